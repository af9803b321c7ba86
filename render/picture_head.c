/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/picture_words.h"
#include "render/words.h"

#define MOST_FINDINGS 20u

/* Takes both. */
static void
push_field (GPtrArray *head, const char *name, char *before, char *after)
{
  const gboolean differs = !g_str_equal (before, after);
  vh_picture_take_line (head, differs ? VH_ROLE_CHANGED : VH_ROLE_PLAIN,
                        differs ? g_strdup_printf ("* %s: %s → %s", name, before, after)
                                : g_strdup_printf ("%s: %s", name, after));
  g_free (before);
  g_free (after);
}

/* It does not apply, or there is none. */
static gboolean
is_empty (const char *cell)
{
  return *cell == '\0' || g_str_equal (cell, "-");
}

static void
push_machine (GPtrArray *head, const VhComparison *comparison)
{
  static const char *const names[] = {
    [VH_COMPARE_MACHINE] = "Machine",
    [VH_COMPARE_QEMU] = "QEMU",
    [VH_COMPARE_ACPI] = "ACPI",
    [VH_COMPARE_ROOT] = "ACPI root hotplug",
    [VH_COMPARE_BRIDGE] = "ACPI bridge hotplug",
  };
  const guint last = vh_picture_get_last (comparison);
  for (guint i = 0; i < comparison->rows->len; i++)
    {
      const VhCompareRow *row = g_ptr_array_index (comparison->rows, i);
      if (row->kind == VH_COMPARE_QEMU)
        push_field (head, names[row->kind],
                    vh_words_new_qemu (vh_picture_get_reading (comparison, 0)->inputs),
                    vh_words_new_qemu (vh_picture_get_reading (comparison, last)->inputs));
      else if (row->kind <= VH_COMPARE_BRIDGE && (row->differs || !is_empty (row->cells[0])))
        push_field (head, names[row->kind], g_strdup (row->cells[0]), g_strdup (row->cells[last]));
    }
}

static char *
new_count (gint n)
{
  return n < 0 ? g_strdup ("unknown") : g_strdup_printf ("%d", n);
}

static char *
new_free (const VhReading *reading)
{
  g_autofree char *pcie = new_count (reading->free.pcie);
  g_autofree char *pci = new_count (reading->free.pci);
  return g_strdup_printf ("PCIe %s, PCI %s", pcie, pci);
}

void
vh_picture_push_head (GPtrArray *head, const VhComparison *comparison, const VhDomainInfo *info,
                      const char *what)
{
  if (!info->is_file)
    vh_picture_take_line (head, VH_ROLE_PLAIN,
                          g_strconcat ("State: ", vh_words_of_state (info), NULL));
  push_machine (head, comparison);
  push_field (head, "Free slots for hotplug", new_free (vh_picture_get_reading (comparison, 0)),
              new_free (vh_picture_get_reading (comparison, vh_picture_get_last (comparison))));
  if (what != NULL)
    vh_picture_take_line (head, VH_ROLE_HEADING, g_strdup (what));
}

void
vh_picture_push_words (GPtrArray *foot)
{
  vh_picture_take_line (
      foot, VH_ROLE_DIM,
      g_strdup ("used: how a device that is plugged into the bus arrives in a booted Linux guest. "
                "offered: what the machine offers the guest, where that is not the same. "
                "unplug: how a detach completes. plug: how a device comes into a free slot."));
}

void
vh_picture_push_findings (GPtrArray *foot, const GPtrArray *findings)
{
  for (guint i = 0; i < MIN (findings->len, MOST_FINDINGS); i++)
    {
      const VhFinding *finding = g_ptr_array_index (findings, i);
      vh_picture_take_line (
          foot, vh_words_role_of_severity (finding->severity),
          g_strdup_printf ("%s: %s", vh_severity_to_string (finding->severity), finding->text));
    }
  if (findings->len > MOST_FINDINGS)
    vh_picture_take_line (
        foot, VH_ROLE_NOTE,
        g_strdup_printf ("and %u more findings: “virt-hotplug check” prints them all.",
                         findings->len - MOST_FINDINGS));
}
