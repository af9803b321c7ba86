/* SPDX-License-Identifier: GPL-2.0-or-later */
/* polkit's agent for text terminals, as virsh starts it. */
#include "model/io/source_libvirt.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define START_MS 5000 /* to be known to polkit */
#define END_TRIES 100 /* of 10 ms */

/* Runs in the child after the fork: only what is safe there. */
static void
prepare_agent (gpointer parent)
{
  sigset_t none;
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != GPOINTER_TO_INT (parent))
    _exit (1);
}

/* It closes its standard output when polkit knows it, or ends. */
static void
wait_for_end (int from)
{
  char byte = 0;
  struct pollfd polled = { .fd = from, .events = POLLIN };
  while (poll (&polled, 1, START_MS) > 0 && read (from, &byte, 1) > 0)
    ;
}

GPid
vh_source_libvirt_agent_start (void)
{
  g_autofree char *process = g_strdup_printf ("%d", (int) getpid ());
  /* Nobody else can ask, else it would not be started: so it need not be a --fallback, which polkit
   * does not use for a process that is in no session of logind's. */
  const char *const words[] = { "pkttyagent", "--process", process, "--notify-fd", "1", NULL };
  g_auto (GStrv) argv = g_strdupv ((char **) (gsize) words);
  GPid pid = 0;
  int from = -1;
  if (!g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                                 prepare_agent, GINT_TO_POINTER ((int) getpid ()), &pid, NULL,
                                 &from, NULL, NULL))
    return 0;
  wait_for_end (from);
  close (from);
  return pid;
}

void
vh_source_libvirt_agent_end (GPid agent)
{
  if (!agent)
    return;
  kill (agent, SIGTERM);
  for (guint i = 0; i < END_TRIES; i++)
    {
      if (waitpid (agent, NULL, WNOHANG) != 0)
        return;
      g_usleep (10000);
    }
  kill (agent, SIGKILL);
  waitpid (agent, NULL, 0);
}
