/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "config.h"
#include "model/document.h"
#include "model/i18n.h"
#include "model/io/worker.h"
#include "tui/command.h"
#include "tui/complete.h"
#include "tui/language.h"
#include "tui/output.h"

static VhExit
run (char **argv)
{
  if (argv[0] && g_strcmp0 (argv[1], VH_COMPLETE_ARGUMENT) == 0)
    return vh_complete_run (argv + 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhOptions) options = vh_options_new (argv, &error);
  if (!options)
    {
      vh_output_error ("%s", error->message);
      vh_output_note (_ ("See “virt-hotplug --help”."));
      return VH_EXIT_USAGE;
    }
  if (vh_options_are_for_programs (options))
    vh_language_keep_english ();
  vh_output_init (options);
  if (options->version)
    return vh_output_print ("virt-hotplug " VH_PROGRAM_VERSION "\n") ? VH_EXIT_DONE
                                                                     : VH_EXIT_FAILED;
  return vh_command_run (options);
}

/* A file or a socket of ours must not be taken for a standard stream that was
 * closed. */
static void
open_standard_streams (void)
{
  int fd = 0;
  do
    fd = open ("/dev/null", O_RDWR);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd > STDERR_FILENO)
    close (fd);
}

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  open_standard_streams ();
  vh_language_init ();
  vh_document_init ();
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("virt-hotplug");
  g_auto (GStrv) arguments = g_strdupv (argv);
  VhExit status = run (arguments);
  if (!vh_output_flush () && status == VH_EXIT_DONE)
    status = VH_EXIT_FAILED;
  if (vh_worker_has_abandoned ())
    _exit (status); /* a thread hangs in libvirt: nothing may be torn down under it */
  return status;
}
