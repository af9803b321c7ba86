/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/resolve.h"

#include "model/whatif.h"
#include "tui/demo.h"

/* A recording made for another machine type says nothing about the defaults of
 * this one. */
VhCaps *
vh_resolve_recorded_caps (const char *text, gsize length, const VhMachine *machine, GError **error)
{
  g_autoptr (VhCaps) caps = vh_caps_new_from_recording (text, length, error);
  if (!caps)
    return NULL;
  VhCaps *replayed = g_strcmp0 (caps->machine_type, machine->type) == 0
                         ? g_steal_pointer (&caps)
                         : vh_whatif_new_caps (caps, machine, 0);
  if (!replayed->qemu)
    {
      g_autoptr (VhCaps) assumed = vh_caps_new_assumed (machine);
      vh_caps_merge (replayed, assumed);
    }
  return replayed;
}

VhCaps *
vh_resolve_offline_caps (const VhOptions *options, const VhMachine *machine, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (options->caps)
    return g_file_get_contents (options->caps, &text, &length, error)
               ? vh_resolve_recorded_caps (text, length, machine, error)
               : NULL;
  if (!options->demo)
    return vh_caps_new_assumed (machine);
  g_autoptr (GBytes) recording = vh_demo_new_recording ();
  const char *recorded = g_bytes_get_data (recording, &length);
  return vh_resolve_recorded_caps (recorded, length, machine, error);
}

VhCaps *
vh_resolve_imagined_caps (const VhOptions *options, const VhCaps *real, const VhMachine *machine)
{
  VhVersion qemu = 0;
  if (!options->qemu && !options->machine)
    return vh_caps_dup (real);
  if (options->qemu)
    vh_version_parse (options->qemu, &qemu); /* checked with the command line */
  const char *canonical = options->machine ? options->machine : real->machine_canonical;
  g_autoptr (VhMachine) imagined =
      canonical ? vh_machine_new_canonical (machine->arch, machine->type, canonical)
                : vh_machine_dup (machine);
  return vh_whatif_new_caps (real, imagined, qemu);
}
