/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "render/export_json.h"
#include "render/frame.h"
#include "render/frame_live.h"
#include "render/sink.h"
#include "tui/command_common.h"
#include "tui/load_live.h"

#define PAGE_WIDTH 100

static gboolean
write_canvas (const VhCanvas *page, FILE *file, GError **error)
{
  g_autofree char *text =
      file == stdout && vh_output_has_color () ? vh_sink_ansi (page, vh_output_get_look ()) : vh_sink_text (page);
  return vh_output_write_to (text, strlen (text), file, error);
}

static gboolean
write_page (const VhSession *session, FILE *file, GError **error)
{
  g_autoptr (VhCanvas) page = vh_frame_new_page (session, PAGE_WIDTH, vh_output_is_ascii ());
  return write_canvas (page, file, error);
}

static gboolean
write_live_page (const VhSession *session, const VhLive *live, FILE *file, GError **error)
{
  if (!write_page (session, file, error))
    return FALSE;
  g_autoptr (VhCanvas) page =
      live ? vh_frame_new_live_page (live, session, PAGE_WIDTH, vh_output_is_ascii ()) : NULL;
  return !page || (vh_output_write_to ("\n", 1, file, error) && write_canvas (page, file, error));
}

/* *live becomes NULL when the domain does not run, which is an answer too, but
 * not to the question what its QEMU says. */
static gboolean
load_live (const VhOptions *options, VhLoader *loader, const VhSession *session, VhLive **live,
           GError **error)
{
  if (!vh_load_live (loader, session, live, error))
    return FALSE;
  if (!*live && options->ask_qemu)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED,
                   "%s does not run: there is no QEMU to ask.", session->info->name);
      return FALSE;
    }
  if (!*live)
    vh_output_note ("%s does not run: this is what its next start will have.", session->info->name);
  if (!options->ask_qemu)
    return TRUE;
  vh_output_warning ("Asking QEMU marks the running domain as tainted until it stops.");
  return vh_load_answers (loader, *live, error);
}

static gboolean
write_live (const VhOptions *options, VhLoader *loader, const VhSession *session, FILE *file,
            GError **error)
{
  g_autoptr (VhLive) live = NULL;
  if (!load_live (options, loader, session, &live, error))
    return FALSE;
  return vh_command_wants_json (options)
             ? vh_export_json_show_live (session, live, vh_output_write_to, file, error)
             : write_live_page (session, live, file, error);
}

static gboolean
write_stored (const VhOptions *options, const VhSession *session, FILE *file, GError **error)
{
  return vh_command_wants_json (options)
             ? vh_export_json_show (session, vh_output_write_to, file, error)
             : write_page (session, file, error);
}

static gboolean
write_target (const VhOptions *options, VhLoader *loader, const char *target, FILE *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (loader, target, &error);
  if (session && (options->live ? write_live (options, loader, session, file, &error)
                                : write_stored (options, session, file, &error)))
    return TRUE;
  vh_output_report (error);
  return FALSE;
}

static VhExit
write_all (const VhOptions *options, FILE *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_auto (GStrv) targets = vh_command_new_targets (options, loader, &error);
  if (!targets)
    return vh_command_report (error);
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; targets[i] && !vh_worker_has_abandoned (); i++)
    {
      if (i > 0 && !vh_command_wants_json (options))
        fputc ('\n', file);
      if (!write_target (options, loader, targets[i], file))
        status = VH_EXIT_FAILED;
    }
  return status;
}

static VhExit
report_file (const char *path)
{
  vh_output_error ("%s: %s.", path, g_strerror (errno));
  return VH_EXIT_FAILED;
}

/* A device or a pipe is written as it is. */
static VhExit
write_special (const VhOptions *options)
{
  FILE *file = fopen (options->output, "we");
  if (!file)
    return report_file (options->output);
  const VhExit status = write_all (options, file);
  return fclose (file) == 0 ? status : report_file (options->output);
}

/* The old file stays until the new one is whole: it may be all that is left of
 * an earlier look, or the very domain that is shown. */
static VhExit
write_beside (const VhOptions *options)
{
  g_autofree char *path = g_strconcat (options->output, ".XXXXXX", NULL);
  const int fd = g_mkstemp_full (path, O_WRONLY | O_CLOEXEC, 0666);
  FILE *file = fd < 0 ? NULL : fdopen (fd, "w");
  if (!file)
    return report_file (options->output);
  VhExit status = write_all (options, file);
  if (fclose (file) != 0)
    status = report_file (options->output);
  if (status == VH_EXIT_DONE && g_rename (path, options->output) != 0)
    status = report_file (options->output);
  if (status != VH_EXIT_DONE)
    g_unlink (path);
  return status;
}

static gboolean
is_same_file (const char *one, const char *other)
{
  GStatBuf a, b;
  return g_stat (one, &a) == 0 && g_stat (other, &b) == 0 && a.st_dev == b.st_dev &&
         a.st_ino == b.st_ino;
}

static gboolean
check_live (const VhOptions *options)
{
  if (options->ask_qemu && !options->live)
    vh_output_error ("--ask-qemu needs --live: it is about what runs.");
  else if (options->live && (options->machine || options->qemu))
    vh_output_error ("--live shows what runs; --machine and --qemu imagine another machine.");
  else
    return TRUE;
  return FALSE;
}

VhExit
vh_command_show (const VhOptions *options)
{
  if (!vh_command_check_format (options) || !check_live (options))
    return VH_EXIT_USAGE;
  if (!options->output)
    return write_all (options, stdout);
  const char *target = options->targets[0];
  if (target && vh_load_is_file (target) && is_same_file (target, options->output))
    {
      vh_output_error ("%s is the domain itself. Write to another file.", options->output);
      return VH_EXIT_USAGE;
    }
  const gboolean special = g_file_test (options->output, G_FILE_TEST_EXISTS) &&
                           !g_file_test (options->output, G_FILE_TEST_IS_REGULAR);
  return special ? write_special (options) : write_beside (options);
}
