/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/keeper.h"

#include "model/i18n.h"
#include "model/io/store_edits.h"
#include "model/session_replay.h"

#define MAX_TOLD 3 /* edits named in the question */

struct VhKeeper {
  VhStoreEdits *own;        /* of this run; NULL: nothing is kept of this domain */
  const VhSession *session; /* whose edits were kept last; only compared */
  guint revision;
  VhDocument *under; /* what the edits lie over, and its sum: a document never changes */
  char *sum;
  VhStoreEdits *found; /* of an earlier run, while it is asked about; else NULL */
  VhEditRecord *record;
  gboolean has_told; /* that nothing can be kept */
};

VhKeeper *
vh_keeper_new (void)
{
  return g_new0 (VhKeeper, 1);
}

void
vh_keeper_leave_found (VhKeeper *keeper)
{
  if (!keeper)
    return;
  g_clear_pointer (&keeper->found, vh_store_edits_free);
  g_clear_pointer (&keeper->record, vh_edit_record_free);
}

void
vh_keeper_drop_found (VhKeeper *keeper)
{
  if (!keeper)
    return;
  if (keeper->found)
    vh_store_edits_remove (keeper->found);
  vh_keeper_leave_found (keeper);
}

void
vh_keeper_free (VhKeeper *keeper)
{
  if (!keeper)
    return;
  vh_keeper_leave_found (keeper);
  vh_store_edits_free (keeper->own);
  g_clear_pointer (&keeper->under, vh_document_unref);
  g_free (keeper->sum);
  g_free (keeper);
}

void
vh_keeper_drop (VhKeeper *keeper)
{
  if (!keeper)
    return;
  if (keeper->own)
    vh_store_edits_remove (keeper->own);
  g_clear_pointer (&keeper->own, vh_store_edits_free);
  keeper->session = NULL;
}

/* ---- keeping ---- */

/* The edits lie over the text of a backup, while one is gone back to. */
static char *
new_text (VhKeeper *keeper, const VhSession *session)
{
  const VhReading *under = session->start ? session->start : session->base;
  if (keeper->under != under->document)
    {
      g_clear_pointer (&keeper->under, vh_document_unref);
      g_free (keeper->sum);
      keeper->under = vh_document_ref (under->document);
      keeper->sum = vh_edit_record_new_sum (under->document);
    }
  return vh_edit_record_format (session->edits, keeper->sum);
}

static gboolean
save (VhKeeper *keeper, const VhSession *session, GError **error)
{
  keeper->session = session;
  keeper->revision = session->revision;
  if (session->edits->n_done == 0)
    {
      vh_store_edits_remove (keeper->own);
      return TRUE;
    }
  g_autofree char *text = new_text (keeper, session);
  return vh_store_edits_keep (keeper->own, text, error);
}

gboolean
vh_keeper_update (VhKeeper *keeper, VhApp *app)
{
  const VhSession *session = app->session;
  if (!keeper || !keeper->own || !session ||
      (keeper->session == session && keeper->revision == session->revision))
    return FALSE;
  g_autoptr (GError) error = NULL;
  if (save (keeper, session, &error) || keeper->has_told || app->view->message)
    return FALSE;
  keeper->has_told = TRUE;
  g_autofree char *text = g_strdup_printf (
      _ ("Until they are written, your changes would be lost if the program were killed. %s"),
      error->message);
  vh_view_set_message (app->view, VH_SEVERITY_WARNING, text);
  return TRUE;
}

/* ---- what an earlier run left ---- */

static void
tell_unreadable (VhApp *app, const VhStoreEdits *found, const GError *error)
{
  g_autofree char *text = g_strdup_printf (
      _ ("Changes of an earlier run cannot be taken up. %1$s Remove %2$s to read this no "
         "more."),
      error->message, vh_store_edits_get_path (found));
  vh_view_set_message (app->view, VH_SEVERITY_WARNING, text);
}

static VhEditRecord *
read_record (const VhStoreEdits *found, GError **error)
{
  g_autoptr (GBytes) bytes = vh_store_edits_read (found, error);
  if (!bytes)
    return NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  return vh_edit_record_new (text, length, error);
}

/* The program may have ended between a write and the end of what it kept. */
static gboolean
has_news (const VhEditRecord *record, const VhSession *session)
{
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  const VhReplay replay = { record->edits, NULL, session->base, session->caps };
  g_autoptr (VhEditList) edits = vh_session_replay (&replay, dropped);
  return edits->n_done + dropped->len > 0;
}

static void
ask (VhApp *app, const VhStoreEdits *found, const VhEditList *edits)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (vh_store_edits_get_time (found));
  g_autofree char *stamp = time ? g_date_time_format (time, "%Y-%m-%d %H:%M UTC") : g_strdup ("?");
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < MIN (edits->n_done, MAX_TOLD); i++)
    {
      g_autofree char *one = vh_edit_describe (&g_array_index (edits->edits, VhEdit, i));
      g_string_append_printf (list, "%s%s", i ? ", " : "", one);
    }
  if (edits->n_done > MAX_TOLD)
    g_string_append (list, ", …");
  g_autofree char *text = g_strdup_printf (
      P_ ("Changes to this domain were not written on %1$s: %2$u change (%3$s).",
          "Changes to this domain were not written on %1$s: %2$u changes (%3$s).", edits->n_done),
      stamp, edits->n_done, list->str);
  vh_view_set_message (app->view, VH_SEVERITY_NOTE, text);
  app->view->prompt = VH_PROMPT_KEPT;
}

static void
consider_found (VhKeeper *keeper, VhApp *app)
{
  g_autoptr (GError) error = NULL;
  keeper->record = read_record (keeper->found, &error);
  if (keeper->record && has_news (keeper->record, app->session))
    {
      ask (app, keeper->found, keeper->record->edits);
      return;
    }
  if (keeper->record)
    vh_keeper_drop_found (keeper);
  else
    tell_unreadable (app, keeper->found, error);
  vh_keeper_leave_found (keeper);
}

void
vh_keeper_open (VhKeeper *keeper, VhApp *app)
{
  const VhDomainInfo *info = app->session->info;
  gboolean in_use = FALSE;
  vh_keeper_leave_found (keeper);
  vh_keeper_drop (keeper);
  if (!keeper || g_strcmp0 (info->source, "-") == 0 ||
      vh_document_get_read_only_reason (app->session->base->document))
    return;
  keeper->own = vh_store_edits_new (info);
  keeper->found = vh_store_edits_find (info, &in_use);
  if (keeper->found)
    consider_found (keeper, app);
  else if (in_use)
    vh_view_set_message (app->view, VH_SEVERITY_NOTE,
                         _ ("Another run of this program has changes to this domain that are not "
                            "written yet."));
}

/* ---- taking up ---- */

static void
tell_taken (VhApp *app, const GPtrArray *dropped)
{
  g_autofree char *lost = vh_session_describe_dropped (dropped);
  const char *taken = vh_session_is_changed (app->session)
                          ? _ ("Taken up again: w shows what would be written.")
                          : lost;
  g_autofree char *text = g_strjoin (" ", taken, taken == lost ? NULL : lost, NULL);
  vh_view_set_message (app->view, lost ? VH_SEVERITY_WARNING : VH_SEVERITY_NOTE, text);
}

/* What was found goes when the same is kept by this run. */
void
vh_keeper_take_up (VhKeeper *keeper, VhApp *app)
{
  if (!keeper || !keeper->record)
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  if (!vh_session_take_up (app->session, keeper->record, dropped, &error))
    {
      vh_view_set_message (app->view, VH_SEVERITY_ERROR, error->message);
      vh_keeper_leave_found (keeper);
      return;
    }
  tell_taken (app, dropped);
  vh_app_refresh (app);
  if (save (keeper, app->session, NULL))
    vh_keeper_drop_found (keeper);
  else
    vh_keeper_leave_found (keeper);
}
