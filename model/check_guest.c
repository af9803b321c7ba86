/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Findings about what the guest will make of it. */
#include "model/check_parts.h"
#include "model/i18n.h"

/* Reasons of a bus that an administrator should hear of without asking, once for each bus that
 * they speak of; NULL: the sentence of the rule, once. */
static const struct {
  VhRuleId rule;
  VhSeverity severity;
  const char *text;
} told[] = {
  { VH_RULE_UEFI_NEEDS_ACPI, VH_SEVERITY_ERROR, NULL },
  { VH_RULE_PIIX4_TABLES_LOST, VH_SEVERITY_WARNING, NULL },
  { VH_RULE_SEABIOS_RESCAN, VH_SEVERITY_WARNING, NULL },
  { VH_RULE_NO_ACPI_LOST, VH_SEVERITY_WARNING, NULL },
  { VH_RULE_SWITCH_GAP, VH_SEVERITY_WARNING,
    N_ ("the ports of this switch leave a slot empty, and with this QEMU some ports "
        "of the machine "
        "then "
        "never hear of a plug; put them into slots from 0 on without a gap, as function 0.") },
  { VH_RULE_EXPANDER_NOTHING, VH_SEVERITY_WARNING,
    N_ ("a port below an expander bus that hides the hot-plug-capable bit has no "
        "hotplug at all; "
        "machine "
        "type 6.1 hides it by itself.") },
  { VH_RULE_EXPANDER_NO_ROOM, VH_SEVERITY_WARNING,
    N_ ("a plug into this bridge is seen once, and then nothing comes or goes there "
        "any more: without "
        "ACPI the guest finds no memory below the expander bus. Add <acpi/> to <features>.") },
  { VH_RULE_PIIX4_LATE_PLUG, VH_SEVERITY_NOTE,
    N_ ("a plug into this bridge stays unseen until the next plug into the root "
        "bus.") },
  { VH_RULE_UNKNOWN_MACHINE, VH_SEVERITY_NOTE, NULL },
  { VH_RULE_NOT_QEMU, VH_SEVERITY_NOTE, NULL },
};

static void
tell_reason (VhChecks *checks, GHashTable *seen, const VhReason *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      gint32 bus = told[i].text ? reason->bus : -1;
      gsize key = ((gsize) (guint32) (bus + 1) << 8) | (gsize) reason->rule;
      if (told[i].rule != reason->rule || !g_hash_table_add (seen, GSIZE_TO_POINTER (key)))
        continue;
      vh_checks_take (checks, told[i].severity, reason->rule, bus,
                      told[i].text
                          ? g_strdup_printf (_ ("Controller %1$d: %2$s"), bus, _ (told[i].text))
                          : g_strdup (vh_rule_to_sentence (reason->rule)));
    }
}

static void
tell_reasons (VhChecks *checks)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < vh_topology_get_n_buses (checks->topology); i++)
    {
      const GArray *reasons = vh_modes_get (checks->modes, i)->reasons;
      for (guint k = 0; k < reasons->len; k++)
        tell_reason (checks, seen, &g_array_index (reasons, VhReason, k));
    }
}

/* libvirt puts nothing into the bus inside a switch, and plugs nothing into this root. */
static gboolean
is_never_used (const VhChecks *checks, const VhBus *bus)
{
  return bus->model == VH_BUS_UPSTREAM_PORT ||
         (bus->model == VH_BUS_PCIE_ROOT && vh_machine_is_arm_virt (checks->topology->machine));
}

/* A list that lies. */
static void
check_lists (VhChecks *checks)
{
  for (guint i = 0; i < vh_topology_get_n_buses (checks->topology); i++)
    {
      const VhMode *mode = vh_modes_get (checks->modes, i);
      const VhBus *bus = vh_topology_get_bus (checks->topology, i);
      gboolean is_known =
          mode->used != VH_MECHANISM_UNKNOWN && mode->listed != VH_MECHANISM_UNKNOWN;
      if (is_known && mode->listed != mode->used)
        vh_checks_take (
            checks, is_never_used (checks, bus) ? VH_SEVERITY_NOTE : VH_SEVERITY_WARNING,
            VH_RULE_LISTED_DIFFERS, bus->index,
            g_strdup_printf (_ ("The guest lists slots of %1$s for %2$s, but a plug there "
                                "is refused or never seen."),
                             bus->alias, vh_mechanism_to_string (mode->listed)));
    }
}

static void
check_acpi (VhChecks *checks)
{
  const VhTopology *topology = checks->topology;
  if (checks->inputs->acpi.value == VH_KNOWN_YES || !vh_machine_is_pc (topology->machine))
    return;
  if (topology->machine->chipset == VH_CHIPSET_Q35)
    vh_checks_warning (
        checks, VH_RULE_ACPI_OFF, -1,
        _ ("Without <acpi/> a q35 guest does not get the hotplug that its ports seem to "
           "offer; add <acpi/> to <features>."));
  else
    vh_checks_note (checks, VH_RULE_ACPI_OFF, -1,
                    _ ("Without <acpi/> only the SHPC of bridges is left for hotplug, and the root "
                       "bus has none."));
}

static void
check_root_off (VhChecks *checks)
{
  const VhInputs *inputs = checks->inputs;
  if (checks->topology->machine->chipset == VH_CHIPSET_I440FX &&
      inputs->acpi.value == VH_KNOWN_YES && inputs->root.value == VH_KNOWN_NO)
    vh_checks_warning (
        checks, VH_RULE_ROOT_OFF_ATTACH, 0,
        _ ("The root bus takes no plug, but libvirt still chooses it for a device without "
           "an address: attaching one fails even when a bridge has room; give the device "
           "an address on a bridge."));
}

static gboolean
is_tried (VhVersion qemu)
{
  static const VhVersion releases[] = { VH_VERSION (5, 2, 0), VH_VERSION (7, 2, 0),
                                        VH_VERSION (10, 0, 0), VH_VERSION (11, 1, 0) };
  for (guint i = 0; i < G_N_ELEMENTS (releases); i++)
    if (qemu / 1000 == releases[i] / 1000)
      return TRUE;
  return FALSE;
}

/* An assumed release that no guest was tried on is assumed all the same, but
 * for one that did not exist when these rules were written. */
static gboolean
is_foreign (VhVersion qemu, gboolean is_assumed)
{
  return is_assumed ? qemu > VH_VERSION (11, 1, 999) : !is_tried (qemu);
}

/* Distributions give their machine types versions of their own. */
static gboolean
is_too_new (const VhMachine *machine, VhVersion qemu)
{
  return !machine->flavour && vh_machine_is_pc (machine) && qemu != 0 &&
         machine->version / 1000 > qemu / 1000;
}

static void
check_release (VhChecks *checks)
{
  const VhMachine *machine = checks->topology->machine;
  const VhInputs *inputs = checks->inputs;
  g_autofree char *version = vh_version_format (inputs->qemu);
  gboolean is_assumed = inputs->qemu_origin == VH_ORIGIN_ASSUMED;
  if (inputs->qemu != 0 && is_assumed)
    vh_checks_note (
        checks, VH_RULE_QEMU_ASSUMED, -1,
        _ ("QEMU %1$s is assumed because of the machine type %2$s; say which QEMU runs the "
           "domain to be sure."),
        version, machine->canonical);
  if (is_too_new (machine, inputs->qemu))
    vh_checks_error (
        checks, VH_RULE_MACHINE_TOO_NEW, -1,
        _ ("QEMU %1$s does not know the machine type %2$s, so the domain does not start "
           "there; use a newer QEMU or an older machine type."),
        version, machine->canonical);
  if (inputs->qemu != 0 && is_foreign (inputs->qemu, is_assumed))
    vh_checks_note (
        checks, VH_RULE_QEMU_UNTRIED, -1,
        _ ("No guest was tried on QEMU %s; the rules for it come from the releases next to "
           "it and from its source."),
        version);
  if (machine->version == 0)
    vh_checks_note (checks, VH_RULE_VERSION_UNKNOWN, -1,
                    _ ("The version of the machine type %s is not known; what depends on it is "
                       "unknown unless QEMU was asked."),
                    *machine->type ? machine->type : _ ("of this domain"));
}

void
vh_checks_look_at_guest (VhChecks *checks)
{
  const VhMachine *machine = checks->topology->machine;
  gboolean has_rules = vh_machine_is_pc (machine) || machine->chipset == VH_CHIPSET_VIRT;
  tell_reasons (checks);
  if (!vh_qom_runs (checks->topology) || !has_rules)
    return;
  check_lists (checks);
  check_acpi (checks);
  check_root_off (checks);
  check_release (checks);
}
