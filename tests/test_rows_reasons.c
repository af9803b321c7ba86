/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/rows.h"

#include <string.h>

#include "tests/scene.h"

/* All of the text of a pane, lines joined. */
static char *
reasons_of (const VhSession *session, const char *name, guint width)
{
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  g_autoptr (GPtrArray) lines =
      vh_rows_new_reasons (session, scene_find (rows, session, name), width);
  g_autoptr (GString) out = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const VhStyledLine *line = g_ptr_array_index (lines, i);
      g_assert_cmpuint (line->indent + vh_text_width (line->text), <=, width);
      g_string_append_printf (out, "%s ", line->text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

typedef struct {
  const char *row;
  const char *says;
} ReasonCase;

static const ReasonCase reason_cases[] = {
  { "19 pcie", "Offered to the guest: acpi,shpc. Used by a booted guest: acpi." },
  { "19 pcie", "The ACPI tables describe the slots of this bridge" },
  { "19 pcie", "Evidence: - " },
  { "19 pcie", "acpi-before-shpc: guest [q7.2-default]" },
  { "19 pcie", "Slots 1 to 31: 30 free, 30 of them for hotplug." },
  { "3 pcie-root-port", "Hotplug of this port is off, set in <target hotplug> of the controller." },
  { "11 pcie-root-port", "Hotplug of this port is on by default." },
  { "1 pcie-root-port", "The port holds a bridge" },
  { "50:20", "It can be detached while the guest runs, by ACPI." },
  { "50:20", "Offered to the guest: acpi. Used by a booted guest: acpi." },
  { "ACPI bridge", "ACPI bridge hotplug is on: pc-q35-7.2 [machine table]." },
  { "ACPI bridge", "A change is written to a -global of <qemu:commandline>." },
  { "ACPI bridge", "Off: native PCIe hotplug of ports, SHPC of bridges." },
  { "ACPI root", "This machine does not have it. Cannot be set: " },
};

static void
test_reasons (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  for (gsize i = 0; i < G_N_ELEMENTS (reason_cases); i++)
    {
      g_autofree char *text = reasons_of (session, reason_cases[i].row, 60);
      if (strstr (text, reason_cases[i].says) == NULL)
        g_error ("%s: not told: %s\n%s", reason_cases[i].row, reason_cases[i].says, text);
    }
  g_autofree char *narrow = reasons_of (session, "19 pcie", 12);
  g_assert_nonnull (narrow);
}

static void
test_reasons_of_changes (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  g_autofree char *text = reasons_of (session, "19 pcie", 60);
  g_assert_nonnull (strstr (text, "Offered to the guest: shpc. Used by a booted guest: shpc."));
  g_assert_nonnull (
      strstr (text, "Before: Offered to the guest: acpi,shpc. Used by a booted guest: acpi."));
}

/* The ports of a switch behind a port that is off: QEMU 7.2 loses every plug
 * there, though the guest lists the slots. */
static void
test_slot_that_lies (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (SCENE_BEHIND_OFF);
  g_autofree char *text = reasons_of (session, "3 pcie-switch-downstream-port", 70);
  g_assert_nonnull (strstr (text, "Used by a booted guest: none. Its slot list says: acpi."));
  g_autofree char *other = reasons_of (session, "1 pcie-root-port", 70);
  g_assert_null (strstr (other, "Its slot list"));
}

static void
test_unplug (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  g_autofree char *by_bridge = reasons_of (session, "50:22 e1000", 70);
  g_assert_nonnull (strstr (by_bridge, "while the guest runs, by SHPC."));
  g_autofree char *by_port = reasons_of (session, "50:20 virtio", 70);
  g_assert_nonnull (strstr (by_port, "while the guest runs, by native PCIe hotplug."));
  g_autofree char *not = reasons_of (session, "video vga", 70);
  g_assert_nonnull (strstr (not, "libvirt detaches no such device from a running domain."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows-reasons/all", test_reasons);
  g_test_add_func ("/rows-reasons/of-changes", test_reasons_of_changes);
  g_test_add_func ("/rows-reasons/slot-that-lies", test_slot_that_lies);
  g_test_add_func ("/rows-reasons/unplug", test_unplug);
  return g_test_run ();
}
