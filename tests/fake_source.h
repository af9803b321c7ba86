/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A source whose domain, whose other writers and whose failures are a list of
 * rules. */
#pragma once

#include "model/io/source.h"

typedef enum {
  VH_FAKE_NO_CALL,
  VH_FAKE_LIST,
  VH_FAKE_READ,
  VH_FAKE_REPLACE,
  VH_FAKE_CHECK, /* by the schema here: FAIL_SCHEMA says no, FAIL does not know */
  VH_FAKE_RECONNECT,
  VH_FAKE_LIVE,
  VH_FAKE_MONITOR,
  VH_FAKE_N_CALLS,
} VhFakeCall;

typedef enum {
  VH_FAKE_FAIL,          /* with `error`; nothing is done */
  VH_FAKE_FAIL_SCHEMA,   /* the same, if the schema was asked for */
  VH_FAKE_FAIL_AFTER,    /* does it, and then says `error` */
  VH_FAKE_CHANGE,        /* someone else has defined `text` before the call */
  VH_FAKE_CHANGE_SILENT, /* the same without an event (attach-device --config) */
  VH_FAKE_VANISH,        /* someone else has undefined the domain before the call */
  VH_FAKE_TAKE,          /* stores `text` instead of what was given */
  VH_FAKE_HANG,          /* waits for vh_fake_source_release() */
} VhFakeAction;

typedef struct {
  VhFakeCall call;
  guint nth; /* of this kind, from 1; 0: each time */
  VhFakeAction action;
  VhSourceError error;
  const char *text;
} VhFakeRule;

#define VH_FAKE_END                                                                                \
  {                                                                                                \
    VH_FAKE_NO_CALL, 0, 0, 0, NULL                                                                 \
  }

typedef struct {
  const VhFakeRule *rules; /* up to a row with VH_FAKE_NO_CALL */
  gboolean is_plain;       /* as a file: stores what it is given, tells nothing */
  gboolean no_events;
  gboolean read_only, transient, managed_save;
  const char *live;                       /* what runs; NULL: it does not run */
  char *(*monitor) (const char *command); /* the answer of its QEMU; caller frees */
} VhFakeOptions;

/* The options and rules must outlive the source. */
VhSource *vh_fake_source_new (const char *text, const VhFakeOptions *options);

/* What is stored now; NULL: undefined. Borrowed. */
const char *vh_fake_source_get_text (VhSource *source);
/* How often a call was made. */
guint vh_fake_source_get_n_calls (VhSource *source, VhFakeCall call);
/* Lets a call that hangs go on. From any thread. */
void vh_fake_source_release (VhSource *source);
/* How many fakes exist. */
gint vh_fake_source_get_n_alive (void);
/* Tells the one who watches, about a domain of VH_FAKE_UUID. */
#define VH_FAKE_UUID "6f3c1f0e-0b8a-4a86-9a51-5f1de1a0fa6e"
void vh_fake_source_tell (VhSource *source, gboolean closed);

/* A domain without devices, and the same with one. */
#define VH_FAKE_TEXT                                                                               \
  "<domain type='kvm'><name>fake</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>"    \
  "</os><devices/></domain>"
#define VH_FAKE_CHANGED                                                                            \
  "<domain type='kvm'><name>fake</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>"    \
  "</os><devices><controller type='usb'/></devices></domain>"
/* Of a text that is one; caller owns it. */
VhDocument *vh_fake_new_document (const char *text);
