/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/modes.h"

#include "model/i18n.h"
#include "model/modes_family.h"

#include <string.h>

static void
clear_mode (gpointer data)
{
  g_array_unref (((VhMode *) data)->reasons);
}

static void
clear_reason (gpointer data)
{
  g_free (((VhReason *) data)->detail);
}

static void
rule_machine (VhRuling *ruling)
{
  const VhFamily *family = ruling->family;
  switch (family->topology->machine->chipset)
    {
    case VH_CHIPSET_I440FX:
      vh_modes_pc_rule (ruling);
      break;
    case VH_CHIPSET_Q35:
      if (family->inputs->acpi.value == VH_KNOWN_YES)
        vh_modes_q35_rule (ruling);
      else
        vh_modes_q35_bare_rule (ruling);
      break;
    case VH_CHIPSET_VIRT:
      if (vh_machine_is_arm_virt (family->topology->machine))
        vh_modes_virt_rule (ruling);
      else
        vh_modes_other_rule (ruling);
      break;
    case VH_CHIPSET_PSERIES:
    case VH_CHIPSET_S390_CCW:
    case VH_CHIPSET_MICROVM:
    case VH_CHIPSET_OTHER:
    default:
      vh_modes_other_rule (ruling);
    }
}

static gboolean
never_starts (const VhFamily *family)
{
  return vh_machine_is_pc (family->topology->machine) && family->topology->uefi &&
         family->inputs->acpi.value == VH_KNOWN_NO;
}

static gboolean
has_rules (const VhMachine *machine)
{
  return vh_machine_is_pc (machine) || machine->chipset == VH_CHIPSET_VIRT;
}

static VhMode
rule_bus (const VhFamily *family, guint position)
{
  VhMode mode = { 0, VH_MECHANISM_NONE, VH_MECHANISM_NONE, VH_MECHANISM_NONE,
                  g_array_new (FALSE, FALSE, sizeof (VhReason)) };
  VhRuling ruling = {
    family,
    vh_topology_get_bus (family->topology, position),
    &g_array_index (family->places, VhPlace, position),
    vh_inputs_get_bus (family->inputs, position),
    &mode,
  };
  const VhBus *bus = ruling.bus;
  gboolean is_root = bus->model == VH_BUS_PCI_ROOT || bus->model == VH_BUS_PCIE_ROOT;
  g_array_set_clear_func (mode.reasons, clear_reason);
  if (!vh_qom_runs (family->topology))
    vh_ruling_unknown (&ruling, VH_RULE_NOT_QEMU, NULL);
  else if (has_rules (family->topology->machine) && !vh_place_is_sound (family->topology, bus))
    vh_ruling_unknown (&ruling, VH_RULE_MISPLACED, NULL);
  else if (never_starts (family))
    vh_ruling_unknown (&ruling, VH_RULE_UEFI_NEEDS_ACPI, &family->inputs->acpi);
  else
    {
      if (!bus->at.present && !is_root)
        vh_ruling_because (&ruling, VH_RULE_NOT_ADDRESSED, NULL);
      rule_machine (&ruling);
    }
  return mode;
}

/* What libvirt detaches from a running domain (qemu_hotplug.c, qemuDomainDetachDeviceLive). */
static const VhKnown detachable[] = {
  [VH_DEVICE_DISK] = VH_KNOWN_YES,       [VH_DEVICE_CONTROLLER] = VH_KNOWN_NO,
  [VH_DEVICE_INTERFACE] = VH_KNOWN_YES,  [VH_DEVICE_HOSTDEV] = VH_KNOWN_YES,
  [VH_DEVICE_VIDEO] = VH_KNOWN_NO,       [VH_DEVICE_SOUND] = VH_KNOWN_NO,
  [VH_DEVICE_MEMBALLOON] = VH_KNOWN_NO,  [VH_DEVICE_RNG] = VH_KNOWN_YES,
  [VH_DEVICE_WATCHDOG] = VH_KNOWN_YES,   [VH_DEVICE_INPUT] = VH_KNOWN_YES,
  [VH_DEVICE_FILESYSTEM] = VH_KNOWN_YES, [VH_DEVICE_VSOCK] = VH_KNOWN_YES,
  [VH_DEVICE_SHMEM] = VH_KNOWN_YES,      [VH_DEVICE_IOMMU] = VH_KNOWN_NO,
  [VH_DEVICE_MEMORY] = VH_KNOWN_UNKNOWN, [VH_DEVICE_CRYPTO] = VH_KNOWN_NO,
  [VH_DEVICE_SERIAL] = VH_KNOWN_YES,     [VH_DEVICE_OTHER] = VH_KNOWN_UNKNOWN,
};
G_STATIC_ASSERT (G_N_ELEMENTS (detachable) == VH_DEVICE_OTHER + 1);

static VhKnown
may_detach (const VhDevice *device)
{
  if (device->secondary_bus < 0 && vh_device_is_controller (device, "scsi"))
    return VH_KNOWN_YES;
  return detachable[device->kind];
}

static gboolean
shares_slot (const VhTopology *topology, guint position, int step)
{
  gint64 other = (gint64) position + step;
  if (other < 0 || other >= vh_topology_get_n_devices (topology))
    return FALSE;
  const VhDevice *a = vh_topology_get_device (topology, position);
  const VhDevice *b = vh_topology_get_device (topology, (guint) other);
  return b->bus == a->bus && b->at.present && b->at.slot == a->at.slot;
}

/* From 8.2 on a virtio-mem without memory may go (hw/virtio/virtio-md-pci.c). */
static gboolean
keeps_memory (const VhInputs *inputs)
{
  return inputs->qemu != 0 && inputs->qemu < VH_VERSION (8, 2, 0);
}

/* What holds this very device; in no language yet, NULL: nothing. */
static const char *
find_hold (const VhModes *modes, const VhDevice *device)
{
  if (device->marks & VH_DEVICE_BUSY)
    return N_ (
        "libvirt detaches no SCSI controller on which a disk hangs; the guest may eject it.");
  if (device->marks & VH_DEVICE_FIXED)
    return N_ ("libvirt detaches no file system but a virtiofs one; the guest may eject it.");
  if (device->kind == VH_DEVICE_MEMORY && modes->keeps_memory)
    return N_ ("QEMU before 8.2 lets no memory device of virtio go.");
  return NULL;
}

/* The mechanism by which it goes if nothing holds this very device. `reason` says why it is not
 * simply that of the bus, in no language yet, since this is asked for every device; NULL: it is. */
static VhMechanism
find_eject (const VhTopology *topology, const VhModes *modes, guint position, const char **reason)
{
  const VhDevice *device = vh_topology_get_device (topology, position);
  VhKnown may = may_detach (device);
  *reason = N_ ("libvirt detaches no such device from a running domain.");
  if (may == VH_KNOWN_NO)
    return VH_MECHANISM_NONE;
  *reason = N_ ("It has no place on a PCI bus yet.");
  if (device->bus < 0 || !device->at.present)
    return VH_MECHANISM_UNKNOWN;
  *reason = N_ ("It is one function of a slot with several, and libvirt detaches none of those.");
  if (shares_slot (topology, position, -1) || shares_slot (topology, position, 1))
    return VH_MECHANISM_NONE;
  *reason = N_ ("libvirt detaches nothing from a controller whose hotplug is off.");
  if (vh_topology_get_bus (topology, (guint) device->bus)->hotplug == VH_SWITCH_OFF)
    return VH_MECHANISM_NONE;
  *reason = NULL;
  VhMechanism live = vh_modes_get (modes, (guint) device->bus)->live;
  if (may == VH_KNOWN_YES || live == VH_MECHANISM_NONE)
    return live;
  *reason = N_ ("Whether libvirt detaches such a device is not known.");
  return VH_MECHANISM_UNKNOWN;
}

static void
add_device (const VhTopology *topology, VhModes *modes, guint position)
{
  const char *reason = NULL;
  const guint8 eject = (guint8) find_eject (topology, modes, position, &reason);
  const gboolean is_held = find_hold (modes, vh_topology_get_device (topology, position)) != NULL;
  const guint8 unplug = is_held ? VH_MECHANISM_NONE : eject;
  g_array_append_val (modes->device_eject, eject);
  g_array_append_val (modes->device_unplug, unplug);
}

static VhInput
name_qemu (const VhInputs *inputs, char **name)
{
  g_autofree char *version = vh_version_format (inputs->qemu);
  *name = version ? g_strconcat ("QEMU ", version, NULL) : g_strdup (_ ("QEMU of unknown release"));
  return (VhInput){ VH_KNOWN_YES, inputs->qemu_origin, *name };
}

static gboolean
has_rule (const VhMode *mode, VhRuleId rule)
{
  for (guint i = 0; i < mode->reasons->len; i++)
    if (g_array_index (mode->reasons, VhReason, i).rule == rule)
      return TRUE;
  return FALSE;
}

VhModes *
vh_modes_new (const VhTopology *topology, const VhInputs *inputs)
{
  VhModes *modes = g_new0 (VhModes, 1);
  g_autoptr (GArray) places = vh_place_new_all (topology, inputs);
  g_autofree char *qemu = NULL;
  VhFamily family = { topology, inputs, places, name_qemu (inputs, &qemu), VH_KNOWN_NO };
  modes->modes = g_array_new (FALSE, FALSE, sizeof (VhMode));
  g_array_set_clear_func (modes->modes, clear_mode);
  modes->device_unplug = g_array_new (FALSE, FALSE, sizeof (guint8));
  modes->device_eject = g_array_new (FALSE, FALSE, sizeof (guint8));
  modes->keeps_memory = keeps_memory (inputs);
  if (topology->machine->chipset == VH_CHIPSET_I440FX)
    family.tables_lost = vh_modes_pc_tables_lost (&family);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      VhMode mode = rule_bus (&family, i);
      g_array_append_val (modes->modes, mode);
      if (has_rule (&mode, VH_RULE_SEABIOS_RESCAN))
        modes->rescans_root = TRUE;
    }
  for (guint i = 0; i < vh_topology_get_n_devices (topology); i++)
    add_device (topology, modes, i);
  return modes;
}

void
vh_modes_free (VhModes *modes)
{
  if (!modes)
    return;
  g_array_unref (modes->modes);
  g_array_unref (modes->device_unplug);
  g_array_unref (modes->device_eject);
  g_free (modes);
}

const VhMode *
vh_modes_get (const VhModes *modes, guint bus)
{
  g_assert (bus < modes->modes->len);
  return &g_array_index (modes->modes, VhMode, bus);
}

VhMechanism
vh_modes_get_unplug (const VhModes *modes, guint device)
{
  g_assert (device < modes->device_unplug->len);
  return (VhMechanism) g_array_index (modes->device_unplug, guint8, device);
}

VhMechanism
vh_modes_get_eject (const VhModes *modes, guint device)
{
  g_assert (device < modes->device_eject->len);
  return (VhMechanism) g_array_index (modes->device_eject, guint8, device);
}

const char *
vh_modes_explain_unplug (const VhModes *modes, const VhTopology *topology, guint device)
{
  const char *reason = NULL;
  const VhMechanism eject = find_eject (topology, modes, device, &reason);
  const char *hold = find_hold (modes, vh_topology_get_device (topology, device));
  if (eject != VH_MECHANISM_NONE && hold)
    reason = hold;
  return reason ? _ (reason) : NULL;
}
