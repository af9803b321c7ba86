/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line, read into plain values. */
#pragma once

#include "render/canvas.h"

typedef enum { VH_COLOR_AUTO, VH_COLOR_ALWAYS, VH_COLOR_NEVER } VhColor;

/* Every option of every command; those not given are NULL, FALSE or AUTO. */
typedef struct {
  /* of every command */
  const char *connect; /* the first of them */
  char **connects;     /* each --connect; NULL none */
  char *machine;
  char *qemu;
  char *emulator;
  char *caps;
  char *script;
  VhColor color;
  VhLook look;
  gboolean has_look; /* FALSE: the environment may say */
  gboolean read_only;
  gboolean quiet;
  gboolean debug;
  gboolean ascii;
  gboolean mouse;
  gboolean plain;
  gboolean security_info;
  gboolean version;
  gboolean demo;
  gboolean no_pkttyagent;
  /* of some */
  char *format;
  char *output;
  char *root;
  char *bridge;
  char **ports; /* "INDEX=S" */
  char *policy;
  char *site;
  char *spare_ports; /* a number */
  char *record;
  char *width; /* a number */
  char *from;  /* a file of targets */
  char *columns;
  gboolean live;
  gboolean ask_qemu;
  gboolean print_xml;
  gboolean print_diff;
  gboolean print_svg;
  gboolean print_dot;
  gboolean dry_run;
  gboolean yes;
  gboolean no_validate;
  gboolean all;
  gboolean keep_going;
  gboolean whole;
  gboolean fix;
  /* what is left */
  char *command;  /* a subcommand's name; NULL: the terminal UI */
  char **targets; /* never NULL */
} VhOptions;

/* Reads a NULL-terminated argv in the program's locale. NULL and a
 * GOptionError for a usage error. */
VhOptions *vh_options_new (char **argv, GError **error);
void vh_options_free (VhOptions *options);
/* Does it print, or write to a file, what programs read or what is compared
 * and kept? That is the same in every language. */
gboolean vh_options_are_for_programs (const VhOptions *options);
/* Of GOptionEntry, zero-terminated: the options of every command and those of `allowed`, a
 * VhOptionSet. They lead into `options`, which must outlive them. Caller unrefs. */
GArray *vh_options_new_entries (VhOptions *options, guint allowed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhOptions, vh_options_free)
