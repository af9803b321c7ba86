/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/term_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* Handlers may do no more than write a byte there. */
static int signal_pipe[2] = { -1, -1 };
static const int handled_signals[] = {
  SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT
};
static struct sigaction old_actions[G_N_ELEMENTS (handled_signals)];

static void
on_signal (int number)
{
  const int saved = errno;
  const char byte = (char) number;
  /* A full pipe has a byte that wakes the reader already. */
  const ssize_t written G_GNUC_UNUSED = write (signal_pipe[1], &byte, 1);
  errno = saved;
}

void
vh_term_signals_save (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], NULL, &old_actions[i]);
}

/* A size is always of interest; what else the parent ignores (nohup) stays so. */
static gboolean
is_ignored (guint i)
{
  const gboolean may_be = handled_signals[i] != SIGWINCH && handled_signals[i] != SIGCONT;
  return may_be && old_actions[i].sa_handler == SIG_IGN;
}

gboolean
vh_term_signals_catch (void)
{
  const struct sigaction ours = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  if (pipe2 (signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], is_ignored (i) ? &old_actions[i] : &ours, NULL);
  return TRUE;
}

void
vh_term_signals_leave (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (handled_signals); i++)
    sigaction (handled_signals[i], &old_actions[i], NULL);
  close (signal_pipe[0]);
  close (signal_pipe[1]);
}

int
vh_term_signals_get_fd (void)
{
  return signal_pipe[0];
}

static void
note (VhTermSignals *signals, int number)
{
  if (number == SIGWINCH || number == SIGCONT)
    signals->resize = TRUE;
  else if (number == SIGTSTP)
    signals->suspend = TRUE;
  else
    signals->end = number;
}

void
vh_term_signals_note (VhTermSignals *signals)
{
  char bytes[64];
  const ssize_t n = read (signal_pipe[0], bytes, sizeof bytes);
  for (ssize_t i = 0; i < n; i++)
    note (signals, bytes[i]);
}

gboolean
vh_term_signals_stop (void (*leave) (void))
{
  struct sigaction ours;
  const struct sigaction stop = { .sa_handler = SIG_DFL };
  sigaction (SIGTSTP, NULL, &ours);
  if (ours.sa_handler == SIG_IGN)
    return FALSE;
  leave ();
  sigaction (SIGTSTP, &stop, NULL);
  raise (SIGTSTP);
  sigaction (SIGTSTP, &ours, NULL);
  return TRUE;
}
