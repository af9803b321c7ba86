/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can happen during a write, and what must come of it. */
#pragma once

#include "fake_source.h"
#include "model/io/writer.h"

#define UUID "12345678-9abc-def0-1234-56789abcdef0"
#define DOMAIN(port, more)                                                                         \
  "<domain type='kvm'>\n"                                                                          \
  "  <name>fake</name>\n"                                                                          \
  "  <uuid>" UUID "</uuid>\n"                                                                      \
  "  <devices>\n"                                                                                  \
  "    <controller type='pci' index='0' model='pcie-root'/>\n"                                     \
  "    <controller type='pci' index='1' model='pcie-root-port'" port "\n" more "  </devices>\n"    \
  "</domain>\n"
#define PORT_OFF "><target hotplug='off'/></controller>"
#define BASE DOMAIN ("/>", "")
#define AFTER DOMAIN (PORT_OFF, "")

typedef struct {
  const char *name;
  VhFakeRule rules[5];
  VhFakeOptions options;
  VhWriteOptions how;
  VhWriteOutcome outcome;
  const char *stored; /* in the end; NULL: undefined */
  gboolean backup;
  guint notes;
  const char *words; /* in the message */
  const char *whole; /* the message; NULL: any */
} VhWriterRow;

/* Up to a row without a name. */
extern const VhWriterRow vh_writer_rows[];
