/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads that leave the signals to the main thread. */
#pragma once

#include <glib.h>

/* As g_thread_new(). No signal is delivered to the thread, nor to those that
 * it starts itself, but for what they bring about themselves (SIGSEGV, …). */
GThread *vh_thread_new (const char *name, GThreadFunc work, gpointer data);
