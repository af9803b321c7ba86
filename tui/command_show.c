/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/i18n.h"
#include "tui/command_common.h"
#include "tui/save.h"
#include "tui/show.h"

static VhExit
write_all (const VhOptions *options, VhShow *show, FILE *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  if (show->format != VH_SHOW_JSON)
    vh_loader_skip_details (loader);
  g_auto (GStrv) targets = vh_command_new_targets (options, loader, &error);
  if (!targets)
    return vh_command_report (error);
  if (vh_show_is_picture (show) && targets[0] && targets[1])
    {
      vh_output_error (_ ("A picture is of one domain. Name one."));
      return VH_EXIT_USAGE;
    }
  show->loader = loader;
  show->file = file;
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; targets[i] && !vh_worker_has_abandoned (); i++)
    {
      if (i > 0 && (show->format == VH_SHOW_TEXT || show->format == VH_SHOW_TREE))
        fputc ('\n', file);
      if (targets[1] && show->format == VH_SHOW_TREE) /* which has no name in it */
        fprintf (file, "%s:\n", targets[i]);
      if (!vh_show_write (show, targets[i]))
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

/* As it comes: who reads a pipe need not wait for the end. */
static VhExit
write_special (const VhOptions *options, VhShow *show)
{
  FILE *file = fopen (options->output, "we");
  if (!file)
    return report_file (options->output);
  const VhExit status = write_all (options, show, file);
  return fclose (file) == 0 ? status : report_file (options->output);
}

/* The old file stays until all is there: it may be all that is left of an earlier look. */
static VhExit
write_whole (const VhOptions *options, VhShow *show)
{
  char *bytes = NULL;
  size_t length = 0;
  FILE *memory = open_memstream (&bytes, &length);
  if (!memory)
    return report_file (options->output);
  g_autoptr (GError) error = NULL;
  VhExit status = write_all (options, show, memory);
  if (fclose (memory) != 0)
    status = report_file (options->output);
  if (status == VH_EXIT_DONE && !vh_save (options->output, bytes, length, &error))
    status = vh_command_report (error);
  free (bytes);
  return status;
}

static gboolean
check_live (const VhShow *show)
{
  const VhOptions *options = show->options;
  if (options->live && show->format == VH_SHOW_TREE)
    vh_output_error (_ ("--live compares two states, and a tree like that of lspci has one."));
  else if (options->ask_qemu && !options->live)
    vh_output_error (_ ("--ask-qemu needs --live: it is about what runs."));
  else if (options->live && (options->machine || options->qemu))
    vh_output_error (_ ("--live shows what runs; --machine and --qemu imagine another machine."));
  else
    return TRUE;
  return FALSE;
}

VhExit
vh_command_show (const VhOptions *options)
{
  VhShow show = { .options = options };
  if (!vh_show_init (&show) || !check_live (&show))
    return VH_EXIT_USAGE;
  if (!options->output)
    return write_all (options, &show, stdout);
  if (vh_save_is_domain (options->output, options->targets[0]))
    return VH_EXIT_USAGE;
  return vh_save_is_special (options->output) ? write_special (options, &show)
                                              : write_whole (options, &show);
}
