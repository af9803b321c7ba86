/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/fuzz/fuzz.h"

VhCaps *
fuzz_new_caps (void)
{
  VhCaps *caps = vh_caps_new ();
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 0), VH_ORIGIN_PROBED);
  caps->libvirt = VH_VERSION (9, 0, 0);
  for (guint i = 0; i < VH_N_FACTS; i++)
    vh_caps_set (caps, (VhFactId) i, VH_KNOWN_YES, VH_ORIGIN_PROBED, "the fuzzer");
  return caps;
}
