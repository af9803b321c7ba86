/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which slot each kind of device would get. */
#include "model/fit.h"

#include "model/i18n.h"
#include "render/paint.h"
#include "render/words.h"

#define MARK_WIDTH 1u
#define DEVICE_WIDTH 20u
#define ANSWER_WIDTH 27u
/* From this width on the definition has a column, too. */
#define LEAST_BOTH 68u

static const VhFit *
fit_at (const VhScene *scene, guint position)
{
  return g_ptr_array_index (scene->fits, position);
}

static const char *
describe_plug (VhMechanism mechanism)
{
  if (mechanism == VH_MECHANISM_UNKNOWN)
    return "";
  return mechanism == VH_MECHANISM_NONE ? _ ("never seen") : vh_mechanism_to_string (mechanism);
}

/* An answer in a column. */
static char *
new_cell (const VhFitAnswer *answer)
{
  if (answer->fits == VH_KNOWN_UNKNOWN)
    return g_strdup (_ ("not known"));
  if (answer->fits == VH_KNOWN_NO)
    return g_strdup (_ ("does not fit"));
  const char *plug = describe_plug (answer->mechanism);
  g_autofree char *place = g_strdup_printf (_ ("bus %1$d, slot %2$d"), answer->bus, answer->slot);
  return g_strconcat (place, *plug != '\0' ? ", " : "", plug, NULL);
}

static VhRole
role_of_answer (const VhFitAnswer *answer)
{
  if (answer->fits != VH_KNOWN_YES)
    return answer->fits == VH_KNOWN_NO ? VH_ROLE_ERROR : VH_ROLE_UNKNOWN;
  return answer->mechanism == VH_MECHANISM_UNKNOWN ? VH_ROLE_PLAIN
                                                   : vh_words_role_of_mechanism (answer->mechanism);
}

/* A column at where->x, which moves on. */
static void
put_cell (VhCanvas *canvas, VhBox *where, guint width, VhRole role, const char *text)
{
  const guint end = where->x + where->width;
  VhBox cell = *where;
  cell.width = MIN (width - 1, where->width);
  vh_canvas_put (canvas, &cell, role, text);
  where->x = MIN (where->x + width, end);
  where->width = end - where->x;
}

static void
paint_heading (VhCanvas *canvas, VhBox line)
{
  const gboolean both = line.width >= LEAST_BOTH;
  line.x += MARK_WIDTH;
  line.width -= MARK_WIDTH;
  put_cell (canvas, &line, DEVICE_WIDTH, VH_ROLE_HEADING, _ ("DEVICE"));
  put_cell (canvas, &line, ANSWER_WIDTH, VH_ROLE_HEADING, _ ("WHILE IT RUNS"));
  if (both)
    put_cell (canvas, &line, ANSWER_WIDTH, VH_ROLE_HEADING, _ ("DEFINED"));
}

static void
paint_device (const VhFit *fit, VhCanvas *canvas, VhBox line)
{
  g_autofree char *live = new_cell (&fit->live);
  g_autofree char *cold = new_cell (&fit->cold);
  const gboolean both = line.width >= LEAST_BOTH;
  line.x += MARK_WIDTH;
  line.width -= MARK_WIDTH;
  put_cell (canvas, &line, DEVICE_WIDTH, VH_ROLE_DEVICE, vh_fit_device_to_word (fit->device));
  put_cell (canvas, &line, ANSWER_WIDTH, role_of_answer (&fit->live), live);
  if (both)
    put_cell (canvas, &line, ANSWER_WIDTH, role_of_answer (&fit->cold), cold);
}

/* ---- the pane ---- */

/* What a key does about it stands before what else could be done. */
static void
push_answer (VhStyled *out, const char *heading, const VhFitAnswer *answer, const char *key)
{
  g_autofree char *text = vh_fit_describe (answer);
  vh_styled_push_format (out, role_of_answer (answer), "%s: %s", heading, text);
  if (key != NULL)
    vh_styled_push (out, VH_ROLE_WARNING, 2, key);
  if (answer->advice != NULL)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, answer->advice);
}

static GPtrArray *
new_lines (const VhFit *fit, guint width)
{
  VhStyled out = vh_styled_new (width);
  push_answer (&out, _ ("While it runs, once started as shown"), &fit->live,
               vh_fit_is_cured_by_ports (fit) ? _ ("Press a to add root ports here.") : NULL);
  push_answer (&out, _ ("Added to the definition"), &fit->cold, NULL);
  if (vh_fit_device_is_untried (fit->device))
    vh_styled_push (&out, VH_ROLE_DIM, 2,
                    _ ("This was read in libvirt's source; other devices were attached to real "
                       "domains."));
  return out.lines;
}

static guint
get_cursor (const VhScene *scene)
{
  return MIN (scene->view->fit, scene->fits->len - 1);
}

VhExtent
vh_paint_get_fit_extent (const VhScene *scene, const VhLayout *layout)
{
  g_autoptr (GPtrArray) lines = new_lines (fit_at (scene, get_cursor (scene)), layout->pane.width);
  return (VhExtent){ .page = layout->pane.height, .total = lines->len };
}

static void
paint_pane (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  const VhFit *fit = fit_at (scene, get_cursor (scene));
  g_autoptr (GPtrArray) lines = new_lines (fit, layout->pane.width);
  const VhExtent extent = { .page = layout->pane.height, .total = lines->len };
  const guint most = extent.total > extent.page ? extent.total - extent.page : 0;
  const guint top = MIN (scene->view->reasons_scroll, most);
  g_autofree char *title = g_strdup_printf (" %s ", vh_fit_device_to_title (fit->device));
  VhBox rule = layout->rule;
  rule.width = vh_paint_position (canvas, &rule, extent, top);
  rule.x += 2;
  rule.width = rule.width > 4 ? rule.width - 4 : 0;
  vh_canvas_put (canvas, &rule, VH_ROLE_HEADING, title);
  vh_styled_paint (lines, top, canvas, &layout->pane);
}

void
vh_paint_fits (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  const guint total = scene->fits->len, cursor = get_cursor (scene);
  const guint top = vh_frame_get_top (scene->view->fit_top, cursor, layout->list.height, total);
  if (layout->heading.height > 0)
    paint_heading (canvas, layout->heading);
  for (guint i = 0; i < layout->list.height && top + i < total; i++)
    {
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      paint_device (fit_at (scene, top + i), canvas, line);
      if (top + i != cursor)
        continue;
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_x = (gint) (line.x + MARK_WIDTH);
      canvas->cursor_y = (gint) line.y;
    }
  paint_pane (scene, canvas, layout);
}
