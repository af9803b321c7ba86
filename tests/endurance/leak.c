/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Preloaded, makes a program leak at every poll() of its first thread: LEAK=memory, descriptor or
 * latency. It proves that tests/endurance/run sees what it looks for. */
#include <dlfcn.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BYTES 4096
#define POLLS_A_DESCRIPTOR 20
#define LOOPS_MORE 2000

typedef int (*Poll) (struct pollfd *, nfds_t, int);

static void
leak (const char *what)
{
  static unsigned long count;
  static volatile unsigned long sink;
  count++;
  if (strcmp (what, "memory") == 0)
    {
      char *lost = malloc (BYTES);
      if (lost)
        memset (lost, (int) count, BYTES);
      sink += (unsigned long) lost;
    }
  else if (strcmp (what, "descriptor") == 0 && count % POLLS_A_DESCRIPTOR == 0)
    sink += (unsigned long) dup (STDIN_FILENO);
  else if (strcmp (what, "latency") == 0)
    for (unsigned long i = 0; i < count * LOOPS_MORE; i++)
      sink += i;
}

int
poll (struct pollfd *fds, nfds_t n, int timeout)
{
  static Poll next;
  const char *what = getenv ("LEAK");
  if (!next)
    next = (Poll) dlsym (RTLD_NEXT, "poll");
  if (what && getpid () == gettid ())
    leak (what);
  return next (fds, n, timeout);
}
