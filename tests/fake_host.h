/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A source with many domains, as slow as a test wants it. Its domains are changed by the test only
 * while no call is running. */
#pragma once

#include "model/io/source.h"

/* Domains vm-0, vm-1, …: the even ones are q35, the odd ones i440fx. A slow one makes every list
 * and every look wait for a permit. */
VhSource *vh_fake_host_new (guint n, gboolean is_slow);
void vh_fake_host_permit (VhSource *source, guint n_calls);

/* The UUID of the domain of that number; caller frees. */
char *vh_fake_host_dup_uuid (guint number);
/* The number of the domain whose look began next; waits for it. */
guint vh_fake_host_pop_look (VhSource *source);

void vh_fake_host_set_state (VhSource *source, guint number, const char *state);
void vh_fake_host_set_machine (VhSource *source, guint number, const char *machine);
void vh_fake_host_rename (VhSource *source, guint number, const char *name);
void vh_fake_host_add (VhSource *source, guint number);
void vh_fake_host_remove (VhSource *source, guint number);
/* From now on nothing is kept of what a probe found, and each waits for an answer. */
void vh_fake_host_hold_probes (VhSource *source);
/* To the next of them; FALSE: an error. */
void vh_fake_host_answer_probe (VhSource *source, gboolean is_good);
/* From now on every call fails, until it is told to work again. */
void vh_fake_host_set_lost (VhSource *source, gboolean is_lost);

/* The same, and tells the one who watches that the connection was closed. */
void vh_fake_host_tell_lost (VhSource *source);
/* How often a connection was tried to be made again. */
guint vh_fake_host_count_connects (VhSource *source);
/* Tells the one who watches about the domain. */
void vh_fake_host_tell (VhSource *source, guint number);
