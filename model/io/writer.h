/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The safe sequence of a write, once, for every source: back up, re-read and
 * compare, replace, read back, verify, roll back if it did not take. */
#pragma once

#include "model/document.h"
#include "model/io/source.h"

typedef enum {
  VH_WRITE_DONE,
  VH_WRITE_CONFLICT,       /* changed by someone else; nothing of ours stored, or both kept */
  VH_WRITE_REFUSED,        /* the configuration was refused; nothing stored */
  VH_WRITE_INVALID_BEFORE, /* the schema refuses the base as well, or whether it does cannot be
                              told: ask, then write without validation */
  VH_WRITE_ROLLED_BACK,    /* it did not take; the old text is back */
  VH_WRITE_FAILED,         /* nothing stored, or the backup's path says where the old text is */
  VH_WRITE_UNKNOWN,        /* the connection was lost and could not be made again */
} VhWriteOutcome;

typedef struct {
  VhWriteOutcome outcome;
  char *message;      /* whole sentences */
  GPtrArray *notes;   /* of char *: what libvirt added by itself, managed save, … */
  char *backup;       /* path; NULL when none was made */
  VhDocument *now;    /* what is stored now, as read; NULL when not known */
  VhDomainInfo *info; /* beside `now`; NULL when not known */
} VhWriteReport;

typedef struct {
  gboolean no_validate;
  const char *what; /* is done, for the history: "bridge off"; NULL: not said */
} VhWriteOptions;

/* Never NULL. Blocks. */
VhWriteReport *vh_writer_write (VhSource *source, VhDocument *base, VhDocument *after,
                                const VhWriteOptions *options);
void vh_write_report_free (VhWriteReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhWriteReport, vh_write_report_free)
