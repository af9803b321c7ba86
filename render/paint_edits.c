/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_steps.h"
#include "model/i18n.h"
#include "render/paint.h"

#define MARK_WIDTH 8u /* "undone" and a blank or two */

/* One state: mark, number, and the change that leads to it. */
typedef struct {
  const char *mark;
  const char *text;
  VhRole role;
  guint number;
} State;

static void
paint_state (VhCanvas *canvas, const VhBox *line, const State *state)
{
  g_autofree char *text = g_strdup_printf ("%4u  %s", state->number, state->text);
  VhBox where = *line;
  where.x++;
  where.width = MIN (MARK_WIDTH, line->width - 1);
  vh_canvas_put (canvas, &where, state->role, state->mark);
  where.x += MARK_WIDTH;
  if (where.x >= line->x + line->width)
    return;
  where.width = line->x + line->width - where.x;
  vh_canvas_put (canvas, &where, state->role, text);
}

static State
get_state (const VhSession *session, const GPtrArray *steps, guint number)
{
  const guint now = vh_edit_steps_count_done (steps);
  State state = { .number = number, .role = VH_ROLE_PLAIN };
  state.mark = number == now ? _ ("now") : number < now ? _ ("done") : _ ("undone");
  if (number > now)
    state.role = VH_ROLE_DIM;
  if (number > 0)
    state.text = ((const VhEditStep *) g_ptr_array_index (steps, number - 1))->text;
  else
    state.text = session->started ? session->started : _ ("as it was loaded");
  return state;
}

guint
vh_paint_count_edits (const VhSession *session)
{
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (session->edits);
  return steps->len + 1;
}

void
vh_paint_edits (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  g_autoptr (GPtrArray) steps = vh_edit_steps_new (scene->session->edits);
  const guint total = steps->len + 1;
  const guint cursor = MIN (scene->view->edit, total - 1);
  const guint top = vh_frame_get_top (scene->view->edit_top, cursor, layout->list.height, total);
  VhBox heading = layout->heading;
  heading.x++;
  heading.width--;
  /* TRANSLATORS: headings of columns; the columns are 8 and 6 letters wide. */
  vh_canvas_put (canvas, &heading, VH_ROLE_HEADING, _ ("STATE   STEP  CHANGE"));
  for (guint i = 0; i < layout->list.height && top + i < total; i++)
    {
      const State state = get_state (scene->session, steps, top + i);
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      paint_state (canvas, &line, &state);
      if (top + i != cursor)
        continue;
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_x = (gint) line.x + 1;
      canvas->cursor_y = (gint) line.y;
    }
}
