/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/paint.h"
#include "render/words.h"

static void
push_message (VhStyled *out, const VhView *view)
{
  if (view->message == NULL)
    return;
  VhRole role = vh_words_role_of_severity (view->message_severity);
  if (view->message_severity == VH_SEVERITY_NOTE)
    vh_styled_push (out, role, 2, view->message);
  else
    vh_styled_push_format (out, role, "%s: %s", vh_words_of_severity (view->message_severity),
                           view->message);
}

static void
push_question (VhStyled *out, const VhScene *scene)
{
  const VhPlan *plan = scene->plan;
  if (plan == NULL)
    return;
  if (scene->session != NULL && scene->session->info->read_only)
    vh_styled_push (out, VH_ROLE_WARNING, 2,
                    _ ("This domain is open for reading only: nothing can be written."));
  else if (plan->introduced->len > 0)
    vh_styled_push (out, VH_ROLE_ERROR, 2,
                    _ ("These changes bring errors, so they cannot be written. Esc returns."));
  else
    vh_styled_push (out, VH_ROLE_WARNING, 2,
                    _ ("Write these changes? y writes, n or Esc returns (default: no)"));
}

static guint
count_findings (const VhReading *reading, VhSeverity severity)
{
  guint n = 0;
  for (guint i = 0; i < reading->findings->len; i++)
    n += ((const VhFinding *) g_ptr_array_index (reading->findings, i))->severity == severity;
  return n;
}

/* "2 warnings". Caller frees. */
static char *
new_count (guint n, VhSeverity severity)
{
  if (severity == VH_SEVERITY_ERROR)
    return g_strdup_printf (P_ ("%u error", "%u errors", n), n);
  if (severity == VH_SEVERITY_WARNING)
    return g_strdup_printf (P_ ("%u warning", "%u warnings", n), n);
  return g_strdup_printf (P_ ("%u note", "%u notes", n), n);
}

static void
append_findings (GString *out, const VhReading *reading)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  for (VhSeverity i = 0; i < VH_N_SEVERITIES; i++)
    {
      const guint n = count_findings (reading, i);
      g_autofree char *text = new_count (n, i);
      if (n > 0)
        g_string_append_printf (counts, "%s%s", counts->len > 0 ? ", " : "", text);
    }
  if (counts->len > 0)
    g_string_append_printf (out, _ ("Findings (!): %s."), counts->str);
}

static char *
new_free (gint n)
{
  return n < 0 ? g_strdup (_ ("unknown")) : g_strdup_printf ("%d", n);
}

/* What is left out of the tree must be told as long as it is, and how to see all. */
static void
append_views (GString *out, const VhView *view)
{
  if (view->filter->len > 0)
    g_string_append_printf (out, _ ("Only lines with \"%s\". "), view->filter->str);
  if (view->only_empty)
    g_string_append (out, _ ("Only buses with a free slot. "));
  if (view->only_changed)
    g_string_append (out, _ ("Only what changed. "));
  if (view->only_findings)
    g_string_append (out, _ ("Only buses with findings. "));
  if (vh_view_is_selective (view))
    g_string_append (out, _ ("Esc shows all. "));
}

static gboolean
has_old (const VhScene *scene)
{
  for (guint i = 0; scene->summaries != NULL && i < scene->summaries->len; i++)
    if (((const VhSummary *) g_ptr_array_index (scene->summaries, i))->is_old)
      return TRUE;
  return FALSE;
}

static void
push_overview (VhStyled *out, const VhScene *scene)
{
  const guint n = scene->list != NULL ? scene->summaries->len : 0;
  const guint n_shown = scene->list != NULL ? scene->list->rows->len : 0;
  const VhView *view = scene->view;
  const char *filter = view->domain_filter->str;
  g_autofree char *all = *filter ? g_strdup_printf (P_ ("%1$u of %2$u domain with \"%3$s\"",
                                                        "%1$u of %2$u domains with \"%3$s\"", n),
                                                    n_shown, n, filter)
                                 : g_strdup_printf (P_ ("%u domain", "%u domains", n), n);
  g_autofree char *domains =
      view->n_unread > 0 ? g_strdup_printf (_ ("%1$s, %2$u read"), all, n - MIN (view->n_unread, n))
                         : g_strdup (all);
  g_autofree char *text = g_strdup_printf (
      view->is_stale    ? _ ("%s. No connection: it is made again. ~ marks what may be old.")
      : has_old (scene) ? _ ("%s. ~ may be old until it was read again.")
                        : _ ("%s. PCIE, PCI: free for hotplug. E error, W warning, N note."),
      domains);
  vh_styled_push_cut (out, view->is_stale ? VH_ROLE_WARNING : VH_ROLE_PLAIN, text);
}

static void
push_compared (VhStyled *out, const VhScene *scene)
{
  const VhComparison *comparison = scene->comparison;
  if (comparison == NULL)
    return;
  g_autofree char *text = g_strdup_printf (
      scene->view->only_different
          ? _ ("Only those: %1$u of %2$u rows differ (*). In brackets: offered, where not the same "
               "is "
               "used.")
          : _ ("%1$u of %2$u rows differ (*). In brackets: offered, where not the same is used."),
      comparison->n_differences, comparison->rows->len);
  vh_styled_push_cut (out, VH_ROLE_PLAIN, text);
}

/* Where the domain was at the write under the cursor. */
static void
push_place (VhStyled *out, const VhScene *scene)
{
  const guint at = scene->view->entry;
  if (scene->entries == NULL || at >= scene->entries->len)
    return;
  g_autofree char *place = vh_history_entry_new_place (g_ptr_array_index (scene->entries, at));
  g_autofree char *text = g_strdup_printf (_ ("Written to: %s"), place);
  vh_styled_push_cut (out, VH_ROLE_PLAIN, text);
}

static void
push_idle (VhStyled *out, const VhScene *scene, guint width)
{
  if (scene->view->screen == VH_SCREEN_DOMAINS)
    push_overview (out, scene);
  if (scene->view->screen == VH_SCREEN_COMPARE)
    push_compared (out, scene);
  if (scene->view->screen == VH_SCREEN_HISTORY)
    push_place (out, scene);
  if (scene->view->screen == VH_SCREEN_EDITS)
    vh_styled_push_cut (
        out, VH_ROLE_PLAIN,
        _ ("Enter goes to the state under the cursor. Nothing is written by that."));
  if (scene->session == NULL || scene->view->screen != VH_SCREEN_MAIN)
    return;
  const VhReading *after = scene->session->after;
  VhFreeSlots slots = after->free;
  g_autoptr (GString) text = g_string_new (NULL);
  append_views (text, scene->view);
  if (!vh_paint_title_has_free (scene, width))
    {
      g_autofree char *pcie = new_free (slots.pcie);
      g_autofree char *pci = new_free (slots.pci);
      g_string_append_printf (text, _ ("Free for hotplug: %1$s PCIe, %2$s PCI. "), pcie, pci);
    }
  append_findings (text, after);
  vh_styled_push_cut (out, VH_ROLE_PLAIN, text->str);
}

char *
vh_paint_new_typed (const VhScene *scene)
{
  const VhView *view = scene->view;
  if (view->prompt == VH_PROMPT_SEARCH)
    return g_strdup_printf (_ ("Search: %s"), vh_view_get_search (view)->str);
  if (view->prompt == VH_PROMPT_FILTER && view->screen == VH_SCREEN_DOMAINS && scene->list != NULL)
    return g_strdup_printf (_ ("Filter (%1$u of %2$u): %3$s"), scene->list->rows->len,
                            scene->summaries->len, view->domain_filter->str);
  if (view->prompt == VH_PROMPT_FILTER)
    return g_strdup_printf (_ ("Filter: %s"), vh_view_get_filter (view)->str);
  if (view->prompt == VH_PROMPT_PORTS)
    return g_strdup_printf (_ ("Add how many root ports? %s"), view->answer->str);
  if (view->prompt == VH_PROMPT_WHAT_IF)
    return g_strdup_printf (_ ("As machine, under QEMU: %s"), view->what_if->str);
  return NULL;
}

/* FALSE: the prompt, if any, is not answered by one key. */
static gboolean
push_answerable (VhStyled *out, VhPrompt prompt)
{
  const char *question = NULL;
  if (prompt == VH_PROMPT_QUIT)
    question =
        _ ("Drop the changes? y drops them and leaves, w shows them to be written, any other "
           "key returns (default: no)");
  else if (prompt == VH_PROMPT_KEPT)
    question = _ ("Take them up? y takes them up, n drops them, Esc leaves them for later.");
  else if (prompt == VH_PROMPT_ASK)
    question =
        _ ("Asking QEMU marks the domain as tainted until it stops. Ask? y asks, any other key "
           "returns (default: no)");
  else if (prompt == VH_PROMPT_POLICY)
    question =
        _ ("Policy: 1 lock-occupied, 2 lock-non-nic, 3 forbid, 4 native, 5 default; any other "
           "key returns. Nothing is written before you look at it.");
  else if (prompt == VH_PROMPT_UNCHECKED)
    question = _ ("Write without the check against the schema? y writes, any other key returns "
                  "(default: no)");
  if (question != NULL)
    vh_styled_push (out, VH_ROLE_WARNING, 2, question);
  return question != NULL;
}

GPtrArray *
vh_paint_new_status (const VhScene *scene, guint width)
{
  VhStyled out = vh_styled_new (width);
  push_message (&out, scene->view);
  if (push_answerable (&out, scene->view->prompt))
    return out.lines;
  if (scene->view->screen == VH_SCREEN_WRITE)
    push_question (&out, scene);
  else if (out.lines->len == 0)
    push_idle (&out, scene, width);
  return out.lines;
}

/* What waits for an answer. */
static gboolean
is_question (const VhScene *scene)
{
  return scene->view->prompt != VH_PROMPT_NONE || scene->view->screen == VH_SCREEN_WRITE;
}

/* Where an answer would be typed. */
static void
place_cursor (VhCanvas *canvas, const VhBox *box, const GPtrArray *lines)
{
  if (lines->len == 0)
    return;
  const VhStyledLine *last = g_ptr_array_index (lines, lines->len - 1);
  guint x = box->x + last->indent + vh_text_width (last->text);
  canvas->cursor_x = (gint) MIN (x, box->x + box->width - 1);
  canvas->cursor_y = (gint) (box->y + MIN (lines->len, box->height) - 1);
}

/* A message that is too long says so. */
static void
mark_cut (VhCanvas *canvas, const VhBox *box, VhRole role)
{
  const char *ellipsis = vh_glyph_to_string (VH_GLYPH_ELLIPSIS, canvas->ascii);
  VhBox where = { .y = box->y + box->height - 1, .width = vh_text_width (ellipsis), .height = 1 };
  where.x = box->x + box->width - where.width;
  vh_canvas_put (canvas, &where, role, ellipsis);
}

static void
paint_typed (const char *typed, VhCanvas *canvas, const VhBox *box)
{
  guint used = vh_canvas_put (canvas, box, VH_ROLE_PLAIN, typed);
  canvas->cursor_x = (gint) (box->x + MIN (used, box->width - 1));
  canvas->cursor_y = (gint) box->y;
}

void
vh_paint_status (const VhScene *scene, VhCanvas *canvas, const VhBox *box)
{
  g_autofree char *typed = vh_paint_new_typed (scene);
  if (typed != NULL)
    {
      paint_typed (typed, canvas, box);
      return;
    }
  g_autoptr (GPtrArray) lines = vh_paint_new_status (scene, box->width);
  guint hidden = lines->len > box->height ? lines->len - box->height : 0;
  vh_styled_paint (lines, is_question (scene) ? hidden : 0, canvas, box);
  if (is_question (scene))
    place_cursor (canvas, box, lines);
  else if (hidden > 0)
    mark_cut (canvas, box, (VhRole) ((VhStyledLine *) lines->pdata[0])->role);
}
