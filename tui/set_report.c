/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/set_report.h"

#include <string.h>

#include "model/i18n.h"
#include "model/io/schema.h"
#include "render/export_picture.h"
#include "render/words.h"
#include "tui/command_common.h"
#include "tui/equivalent.h"
#include "tui/load_write.h"

static void
append_lines (GString *text, const char *heading, const GPtrArray *lines)
{
  if (lines->len)
    g_string_append_printf (text, "%s\n", heading);
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *visible = vh_text_dup_visible (lines->pdata[i]);
      g_string_append_printf (text, "  %s\n", visible);
    }
}

static char *
format_plan (const VhPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      g_autofree char *visible =
          vh_text_dup_visible (((const VhChange *) plan->changes->pdata[i])->text);
      g_string_append_printf (text, "%s\n", visible);
    }
  append_lines (text, _ ("Devices that are unplugged in another way, or no more:"), plan->fates);
  append_lines (text, _ ("QEMU arguments that appear:"), plan->args_added);
  append_lines (text, _ ("QEMU arguments that vanish:"), plan->args_removed);
  for (guint i = 0; i < plan->consequences->len; i++)
    {
      const VhConsequence *consequence = plan->consequences->pdata[i];
      g_autofree char *visible = vh_text_dup_visible (consequence->text);
      g_string_append_printf (text, "%s: %s\n", vh_words_of_severity (consequence->severity),
                              visible);
    }
  return g_string_free (text, FALSE);
}

gboolean
vh_set_report_plan (const VhPlan *plan, FILE *stream)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = format_plan (plan);
  if (vh_output_write_to (text, strlen (text), stream, &error))
    return TRUE;
  vh_output_error ("%s", error->message);
  return FALSE;
}

VhExit
vh_set_print_xml (const VhOptions *options, const VhSession *session)
{
  const VhDocument *after = session->after->document;
  gsize length = 0;
  if (session->info->is_file || options->security_info)
    {
      const char *bytes = g_bytes_get_data (vh_document_get_bytes (after), &length);
      return vh_output_write (bytes, length) ? VH_EXIT_DONE : VH_EXIT_FAILED;
    }
  guint n_secrets = 0;
  g_autofree char *text = vh_diff_dup_text_without_secrets (after, &n_secrets);
  if (n_secrets)
    vh_output_warning (P_ ("%u password or cookie was left out. Do not define this text; "
                           "--security-info includes it.",
                           "%u passwords or cookies were left out. Do not define this text; "
                           "--security-info includes "
                           "them.",
                           n_secrets),
                       n_secrets);
  return vh_output_print (text) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}

static char *
format_diff (const VhSession *session, const GPtrArray *lines)
{
  const char *name = session->info->is_file ? session->info->source : session->info->name;
  g_autofree char *after = g_strdup_printf ("%s (new)", name);
  return vh_diff_format (lines, name, after);
}

static char *
new_diff (const VhSession *session)
{
  g_autoptr (GPtrArray) lines = vh_diff_new (session->base->document, session->after->document);
  g_autofree char *text = format_diff (session, lines);
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i]; i++)
    {
      char *visible = vh_text_dup_visible (rows[i]);
      g_free (rows[i]);
      rows[i] = visible;
    }
  return g_strjoinv ("\n", rows);
}

gboolean
vh_set_show_diff (const VhOptions *options, const VhSession *session)
{
  const gboolean shown = !options->print_xml && !options->print_diff &&
                         !(options->yes && options->quiet) && vh_session_is_changed (session);
  if (!shown)
    return TRUE;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = new_diff (session);
  if (vh_output_write_to (text, strlen (text), options->dry_run ? stdout : stderr, &error))
    return TRUE;
  vh_output_error ("%s", error->message);
  return FALSE;
}

VhExit
vh_set_print_diff (const VhSession *session, const VhPlan *plan)
{
  g_autofree char *text = format_diff (session, plan->diff);
  return vh_output_print (text) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}

VhExit
vh_set_print_picture (const VhOptions *options, const VhSession *session)
{
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  g_autofree char *text = options->print_svg ? vh_export_svg (picture) : vh_export_dot (picture);
  return vh_output_print (text) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}

/* Would the driver have said the same of the domain as it was? Then the
 * reduced copy is not what it can be asked about. */
static gboolean
is_refused_unedited (VhLoader *loader, const VhSession *session, const GError *refused)
{
  g_autoptr (GError) before = NULL;
  g_autoptr (VhResult) result = vh_loader_check (loader, session->base->document, &before);
  return !result && g_str_equal (before->message, refused->message);
}

/* The driver's own word on a reduced copy. */
static VhExit
ask_driver (VhLoader *loader, const VhSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhResult) result = vh_loader_check (loader, session->after->document, &error);
  if (result)
    {
      vh_output_note (_ (
          "libvirt accepts it (checked on a reduced copy: machine, controllers, QEMU arguments)."));
      return VH_EXIT_DONE;
    }
  const gboolean refused = g_error_matches (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED);
  if (g_error_matches (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED) ||
      (refused && is_refused_unedited (loader, session, error)))
    {
      vh_output_note (_ ("Not checked by libvirt: %s"), error->message);
      return VH_EXIT_DONE;
    }
  vh_output_error ("%s", error->message);
  return refused ? VH_EXIT_REFUSED : VH_EXIT_FAILED;
}

/* This machine's copy of libvirt's schema. Only a fault that the edit brings
 * counts: a domain that was invalid before can still be repaired. */
static VhExit
ask_schema (const VhSession *session)
{
  gsize length = 0;
  const char *text = vh_document_get_text (session->after->document, &length);
  g_autofree char *place = NULL;
  const VhKnown valid = vh_schema_check (text, length, &place);
  if (valid == VH_KNOWN_UNKNOWN)
    vh_output_note (_ ("Not checked against the schema: this machine has no copy of libvirt's."));
  if (valid == VH_KNOWN_YES)
    vh_output_note (_ ("libvirt's schema takes it."));
  if (valid != VH_KNOWN_NO)
    return VH_EXIT_DONE;
  g_autofree char *before = NULL;
  text = vh_document_get_text (session->base->document, &length);
  if (vh_schema_check (text, length, &before) == VH_KNOWN_NO)
    {
      vh_output_warning (_ ("libvirt's schema refuses it at %s, as it did before the change."),
                         place ? place : _ ("its root"));
      return VH_EXIT_DONE;
    }
  vh_output_error (_ ("libvirt's schema refuses it at %s."), place ? place : _ ("its root"));
  return VH_EXIT_REFUSED;
}

/* To copy: nothing stands before them. */
static gboolean
print_commands (const VhOptions *options, const VhSession *session)
{
  g_autoptr (GPtrArray) lines = vh_equivalent_new (session, options, options->connect);
  g_autoptr (GString) text = g_string_new (_ ("The same by commands:\n"));
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *visible = vh_text_dup_visible (lines->pdata[i]);
      g_string_append_printf (text, "%s\n", visible);
    }
  return vh_output_print (text->str);
}

VhExit
vh_set_dry_run (VhLoader *loader, const VhSession *session, const VhPlan *plan)
{
  if (!vh_set_report_plan (plan, stdout) ||
      (vh_session_is_changed (session) &&
       !print_commands (vh_loader_get_options (loader), session)))
    return VH_EXIT_FAILED;
  if (!vh_session_is_changed (session))
    vh_output_note (_ ("Nothing to change: the domain is configured like that already."));
  const VhExit schema = ask_schema (session);
  const VhExit status = vh_command_worse (schema, ask_driver (loader, session));
  vh_output_note (_ ("Nothing was written."));
  return status;
}

static VhExit
status_of (VhWriteOutcome outcome)
{
  switch (outcome)
    {
    case VH_WRITE_DONE:
      return VH_EXIT_DONE;
    case VH_WRITE_CONFLICT:
      return VH_EXIT_CONFLICT;
    case VH_WRITE_REFUSED:
    case VH_WRITE_INVALID_BEFORE:
      return VH_EXIT_REFUSED;
    case VH_WRITE_ROLLED_BACK:
    case VH_WRITE_FAILED:
    case VH_WRITE_UNKNOWN:
      break;
    }
  return VH_EXIT_FAILED;
}

static void
print_report (const VhWriteReport *report)
{
  for (guint i = 0; i < report->notes->len; i++)
    vh_output_note ("%s", (const char *) report->notes->pdata[i]);
  if (report->outcome == VH_WRITE_DONE)
    vh_output_note ("%s", report->message);
  else
    vh_output_error ("%s", report->message);
  if (report->outcome == VH_WRITE_CONFLICT)
    vh_output_note (_ ("Look at it (“virt-hotplug show”), then run the command again."));
}

VhExit
vh_set_write (const VhOptions *options, VhLoader *loader, const VhSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhResult) result = vh_load_write (loader, session, options->no_validate, &error);
  /* --yes does not answer this question: the domain was invalid before us. */
  if (result && result->report->outcome == VH_WRITE_INVALID_BEFORE && vh_output_may_ask ())
    {
      vh_output_error ("%s", result->report->message);
      if (!vh_output_confirm (_ ("Write it without libvirt's schema check?")))
        return VH_EXIT_REFUSED;
      g_clear_pointer (&result, vh_result_free);
      result = vh_load_write (loader, session, TRUE, &error);
    }
  if (!result)
    {
      vh_output_error ("%s", error->message);
      return VH_EXIT_FAILED;
    }
  print_report (result->report);
  return status_of (result->report->outcome);
}
