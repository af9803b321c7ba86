/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The topology as boxes in boxes: what each is, says and changes, before it
 * has a place on a page or a syntax. */
#pragma once

#include "model/live.h"
#include "render/canvas.h"

typedef enum {
  VH_PICTURE_BUS,
  VH_PICTURE_DEVICE,
  VH_PICTURE_FREE,  /* the free slots of the bus around it */
  VH_PICTURE_REST,  /* what is only counted */
  VH_PICTURE_GROUP, /* devices without a place on a bus */
  VH_PICTURE_N_KINDS
} VhPictureKind;

/* What became of it, in a picture of two states. */
typedef enum {
  VH_PICTURE_SAME,
  VH_PICTURE_CHANGED,
  VH_PICTURE_ADDED,
  VH_PICTURE_REMOVED,
  VH_PICTURE_N_MARKS
} VhPictureMark;

typedef struct {
  VhRole role;
  char *text; /* one line, visible */
} VhPictureLine;

typedef struct {
  VhPictureKind kind;
  VhPictureMark mark;
  VhRole role;      /* its colour: that of the mechanism */
  gint parent;      /* position of the box around it; -1: none */
  char *id;         /* "bus-3"; letters, digits and "-", once in a picture */
  char *title;      /* what it is, in sentences, with the reasons; lines */
  GPtrArray *lines; /* of VhPictureLine: what is written in it; one at least */
} VhPictureBox;

typedef struct {
  char *title;      /* "PCI hotplug of web" */
  GPtrArray *head;  /* of VhPictureLine: machine, settings, what is compared */
  GPtrArray *boxes; /* of VhPictureBox; what is in a box follows it */
  GPtrArray *foot;  /* of VhPictureLine: what the words mean, findings */
} VhPicture;

/* Of a session: what was read and what the edits make of it, in one picture.
 * Caller frees. A bus shows 32 devices one by one, fewer where all would be more
 * than 2,000, and counts the rest, as it does what is deeper than 12 levels and
 * what comes after 300 buses. */
VhPicture *vh_picture_new (const VhSession *session);
/* What runs, and what the next start will have. */
VhPicture *vh_picture_new_live (const VhLive *live, const VhSession *next);
void vh_picture_free (VhPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhPicture, vh_picture_free)

/* The colour of its border: that of what became of it, else of the mechanism. */
VhRole vh_picture_get_color (const VhPictureBox *box);
/* "bus", "changed"; static. */
const char *vh_picture_kind_to_string (VhPictureKind kind);
const char *vh_picture_mark_to_string (VhPictureMark mark);
