/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sessions for tests of what is shown. */
#pragma once

#include "render/rows.h"

/* A domain of data/demo/ by its name, run by QEMU 7.2.22 of a libvirt 9.0 that
 * has no feature element. `source` stands for the path, which differs. */
VhSession *scene_session (const char *demo);
/* A domain of tests/. */
VhSession *scene_session_of (const char *path);
VhSession *scene_session_of_text (const char *xml);

/* A switch behind a root port with hotplug off. */
#define SCENE_BEHIND_OFF                                                                           \
  "<domain type='kvm'><name>behind-off</name>"                                                     \
  "<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                                   \
  "<features><acpi/></features><devices>"                                                          \
  "<controller type='pci' index='0' model='pcie-root'/>"                                           \
  "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='off'/>"                \
  "<address type='pci' bus='0x00' slot='0x02'/></controller>"                                      \
  "<controller type='pci' index='2' model='pcie-switch-upstream-port'>"                            \
  "<address type='pci' bus='0x01' slot='0x00'/></controller>"                                      \
  "<controller type='pci' index='3' model='pcie-switch-downstream-port'>"                          \
  "<address type='pci' bus='0x02' slot='0x00'/></controller>"                                      \
  "</devices></domain>"

/* A change that must be allowed. */
void scene_set (VhSession *session, VhKnob knob, gint32 bus, VhSwitch to);

/* The row with this text in its name; there must be one. */
const VhRow *scene_find (const GArray *rows, const VhSession *session, const char *name);

/* A setting, a policy, more ports with one of them set in the same step, a
 * setting; and the last two steps back. */
void scene_edit_and_undo (VhSession *session);
