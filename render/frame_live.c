/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/frame_live.h"

#include "model/i18n.h"
#include "render/paint_compare.h"
#include "render/styled.h"
#include "render/words.h"

static void
push_arguments (VhStyled *out, const VhLive *live, const VhSession *next)
{
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) added = NULL;
  vh_live_new_arguments (live, next, &gone, &added);
  if (gone->len + added->len > 0)
    vh_styled_push_heading (out, _ ("Arguments of QEMU: of what runs (-), of the next start (+)"));
  for (guint i = 0; i < gone->len; i++)
    vh_styled_push_format (out, VH_ROLE_REMOVED, "- %s", (char *) g_ptr_array_index (gone, i));
  for (guint i = 0; i < added->len; i++)
    vh_styled_push_format (out, VH_ROLE_ADDED, "+ %s", (char *) g_ptr_array_index (added, i));
}

static guint
count_answered (const VhAnswers *answers)
{
  guint n = 0;
  for (guint i = 0; i < answers->values->len; i++)
    n += g_array_index (answers->values, VhAnswer, i).value != VH_KNOWN_UNKNOWN ? 1 : 0;
  return n;
}

static void
push_answers (VhStyled *out, const VhLive *live)
{
  if (live->answers == NULL)
    return;
  g_autofree char *version = vh_version_format (live->answers->qemu);
  vh_styled_push_heading (out, _ ("What QEMU itself says"));
  vh_styled_push_format (
      out, VH_ROLE_PLAIN,
      P_ ("QEMU %1$s answered for %2$u setting.", "QEMU %1$s answered for %2$u settings.",
          count_answered (live->answers)),
      version != NULL ? version : _ ("of an unknown release"), count_answered (live->answers));
  for (guint i = 0; i < live->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (live->findings, i);
      vh_styled_push_format (out, vh_words_role_of_severity (finding->severity), "%s: %s",
                             vh_words_of_severity (finding->severity), finding->text);
    }
  if (live->findings->len == 0)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, _ ("Each is as predicted."));
}

static GPtrArray *
new_head (const VhComparison *comparison, guint width)
{
  VhStyled out = vh_styled_new (width);
  vh_styled_push_heading (&out, _ ("What runs, beside what the next start will have"));
  if (comparison->n_differences == 0)
    vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("They are the same."));
  return out.lines;
}

GPtrArray *
vh_frame_new_live_tail (const VhLive *live, const VhSession *next, guint width)
{
  VhStyled out = vh_styled_new (width);
  push_arguments (&out, live, next);
  push_answers (&out, live);
  return out.lines;
}

VhCanvas *
vh_frame_new_live_page (const VhLive *live, const VhSession *next, guint width, gboolean ascii)
{
  g_autoptr (VhComparison) comparison = vh_live_compare (live, next);
  g_autoptr (GPtrArray) rows = vh_paint_new_compared (comparison, TRUE);
  g_autoptr (GPtrArray) head = new_head (comparison, width);
  g_autoptr (GPtrArray) tail = vh_frame_new_live_tail (live, next, width);
  const guint table = rows->len > 0 ? rows->len + 1 : 0;
  VhCanvas *canvas =
      vh_canvas_new (width, head->len + table + (tail->len > 0 ? tail->len + 1 : 0), ascii);
  VhBox box = { .width = width, .height = head->len };
  vh_styled_paint (head, 0, canvas, &box);
  box.y = head->len;
  box.height = 1;
  if (table > 0)
    vh_paint_compared_heading (comparison, canvas, &box);
  for (guint i = 0; i < rows->len; i++)
    {
      box.y++;
      vh_paint_compared_row (comparison, g_ptr_array_index (rows, i), canvas, &box);
    }
  box.y = head->len + table + 1;
  box.height = tail->len;
  vh_styled_paint (tail, 0, canvas, &box);
  return canvas;
}
