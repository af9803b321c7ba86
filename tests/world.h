/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole program but its terminal: keys go in, and the screen is text. */
#pragma once

#include "tui/runner.h"

typedef struct {
  VhSource *host; /* NULL: a connection */
  VhOptions *options;
  VhLoader *loader;
  VhApp *app;
  VhRunner runner;
} World;

/* WORDS: the command line, with NULL at its end. HOST: what stands for the connection, which the
 * world owns then; NULL opens the one that the words name. */
void world_open (World *world, const char *const *words, VhSource *host);
void world_close (World *world);

/* Caller frees. */
char *world_dup_screen (World *world);
/* The first line of the screen that has both texts; NULL for none. Caller frees. */
char *world_dup_line (World *world, const char *one, const char *two);
gboolean world_shows (World *world, const char *text);
/* Takes what comes until one line of the screen has the text, or both. */
void world_expect (World *world, const char *text);
void world_expect_both (World *world, const char *one, const char *two);
/* Until a connection that was lost is there again. */
void world_await_connection (World *world);

/* The names of keys, separated by blanks. */
void world_press (World *world, const char *names);
