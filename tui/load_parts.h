/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the loader share. Nobody else includes it. */
#pragma once

#include "tui/load.h"

struct VhLoader {
  const VhOptions *options;
  VhInbox *inbox;
  VhWorker *libvirt;
  VhWorker *file;
  VhWorker *current; /* one of the two */
  char *demo_directory;
  const char *title;
  char *uri;           /* as given to libvirt; NULL: the default */
  gboolean reads_only; /* the connection is, or is being opened, without a right to write */
  gboolean is_stuck;   /* a worker of its own was abandoned */
  gboolean watches;    /* changes made elsewhere are told */
  gboolean without_details;
  VhWaitFunc wait;
  gpointer wait_data;
  GQueue others; /* of VhResult: arrived while something else was waited for */
};

/* The connection is the current target then; it is opened unless it is. */
gboolean vh_load_open_libvirt (VhLoader *loader, GError **error);
