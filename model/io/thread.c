/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/thread.h"

#include <signal.h>

GThread *
vh_thread_new (const char *name, GThreadFunc work, gpointer data)
{
  sigset_t blocked, before;
  sigfillset (&blocked);
  /* What the thread does to itself is still reported. */
  sigdelset (&blocked, SIGSEGV);
  sigdelset (&blocked, SIGBUS);
  sigdelset (&blocked, SIGFPE);
  sigdelset (&blocked, SIGILL);
  sigdelset (&blocked, SIGABRT);
  /* A thread begins with the mask of the one that starts it. */
  pthread_sigmask (SIG_SETMASK, &blocked, &before);
  GThread *thread = g_thread_new (name, work, data);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return thread;
}
