/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/plan_parts.h"

#define MAX_LISTED 8

typedef struct {
  VhPlan *plan;
  const VhReading *before, *after;
  const VhDomainInfo *info; /* NULL: nothing known */
} Context;

/* Whether a device belongs in a list; `old` and `new` are its positions. */
typedef gboolean (*DeviceTest) (const Context *context, guint old, guint new);

G_GNUC_PRINTF (3, 4)
static void
push (const Context *context, VhSeverity severity, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  vh_plan_add_consequence (context->plan, severity, text);
}

gint32
vh_plan_find_after (const VhReading *before, const VhReading *after, guint old, guint *hint)
{
  const VhDevice *device = vh_topology_get_device (before->topology, old);
  for (guint i = *hint; i < vh_topology_get_n_devices (after->topology); i++)
    {
      const VhDevice *other = vh_topology_get_device (after->topology, i);
      if (vh_address_compare (&device->at, &other->at) != 0 ||
          !g_str_equal (device->label, other->label))
        continue;
      *hint = i + 1;
      return (gint32) i;
    }
  return -1;
}

/* "disk vda virtio, interface 52:54:… virtio and 3 more"; NULL when none. */
static char *
list_devices (const Context *context, DeviceTest test)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_found = 0, hint = 0;
  for (guint i = 0; i < vh_topology_get_n_devices (context->before->topology); i++)
    {
      gint32 new = vh_plan_find_after (context->before, context->after, i, &hint);
      if (new < 0 || !test (context, i, (guint) new))
        continue;
      const VhDevice *device = vh_topology_get_device (context->before->topology, i);
      if (++n_found <= MAX_LISTED)
        g_string_append_printf (text, "%s%s", n_found > 1 ? ", " : "", device->label);
    }
  if (n_found > MAX_LISTED)
    g_string_append_printf (text, P_ (" and %u more", " and %u more", n_found - MAX_LISTED),
                            n_found - MAX_LISTED);
  return n_found > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
consider_state (const Context *context)
{
  const VhDomainInfo *info = context->info;
  if (!info)
    return;
  if (!info->persistent)
    push (context, VH_SEVERITY_WARNING,
          _ ("The domain is transient: to write it would make it persistent, so it is refused. "
             "Define "
             "it first if it shall be kept."));
  if (vh_domain_info_is_active (info))
    push (context, VH_SEVERITY_WARNING,
          _ ("The domain is running: the change takes effect after a full power cycle (shut it "
             "down and "
             "start it again), not after a reboot of the guest."));
  if (info->managed_save)
    push (context, VH_SEVERITY_WARNING,
          _ ("The domain has a managed save image: its next start restores the old configuration, "
             "and "
             "only "
             "the start after that uses the new one (virsh managedsave-remove drops the image)."));
  if (info->n_snapshots > 0)
    push (context, VH_SEVERITY_WARNING,
          P_ ("The domain has %d snapshot: reverting to one brings the old setting back without a "
              "word.",
              "The domain has %d snapshots: reverting to one brings the old setting back without a "
              "word.",
              (gulong) info->n_snapshots),
          info->n_snapshots);
  if (info->autostart && !vh_domain_info_is_active (info))
    push (context, VH_SEVERITY_NOTE,
          _ ("The domain starts with its host, so the change takes effect then at the latest."));
}

static void
consider_taint (const Context *context)
{
  guint old = context->before->topology->args->n_args;
  guint new = context->after->topology->args->n_args;
  if (old == 0 && new > 0)
    push (context, VH_SEVERITY_WARNING,
          _ ("libvirt will mark the domain as tainted (custom-argv) from its next start, since it "
             "then has "
             "QEMU arguments of its own."));
  if (old > 0 && new == 0)
    push (context, VH_SEVERITY_NOTE,
          _ ("The domain has no QEMU arguments of its own any more, so they no longer taint it."));
}

static VhMechanism
used_at (const VhReading *reading, guint device)
{
  gint32 bus = vh_topology_get_device (reading->topology, device)->bus;
  return bus < 0 ? VH_MECHANISM_UNKNOWN : vh_modes_get (reading->modes, (guint) bus)->used;
}

static gboolean
is_renamed_interface (const Context *context, guint old, guint new)
{
  VhMechanism before = used_at (context->before, old), after = used_at (context->after, new);
  return vh_topology_get_device (context->before->topology, old)->kind == VH_DEVICE_INTERFACE &&
         before != after && before != VH_MECHANISM_UNKNOWN && after != VH_MECHANISM_UNKNOWN;
}

static gboolean
loses_acpi_index (const Context *context, guint old, guint new)
{
  const VhDevice *device = vh_topology_get_device (context->before->topology, old);
  const VhDocument *document = context->before->document;
  gint32 acpi = vh_document_find_child (document, device->element, "acpi");
  guint32 begin, length;
  return acpi >= 0 &&
         vh_document_get_attribute_extent (document, (guint) acpi, "index", &begin, &length) &&
         used_at (context->before, old) != VH_MECHANISM_NATIVE &&
         used_at (context->after, new) == VH_MECHANISM_NATIVE;
}

static gboolean
works (VhMechanism mechanism)
{
  return mechanism != VH_MECHANISM_NONE && mechanism != VH_MECHANISM_UNKNOWN;
}

static gboolean
is_locked (const Context *context, guint old, guint new)
{
  return works (vh_modes_get_eject (context->before->modes, old)) &&
         vh_modes_get_eject (context->after->modes, new) == VH_MECHANISM_NONE;
}

static gboolean
is_unlocked (const Context *context, guint old, guint new)
{
  return vh_modes_get_eject (context->before->modes, old) == VH_MECHANISM_NONE &&
         works (vh_modes_get_eject (context->after->modes, new));
}

static void
consider_devices (const Context *context)
{
  static const struct {
    DeviceTest test;
    VhSeverity severity;
    const char *sentence;
  } rows[] = {
    { is_renamed_interface, VH_SEVERITY_WARNING,
      N_ ("The guest may give other names to these network interfaces, since the hotplug mechanism "
          "of their slots changes:") },
    { loses_acpi_index, VH_SEVERITY_WARNING,
      N_ ("The guest no longer sees <acpi index=…>, which native hotplug does not pass on, of:") },
    { is_locked, VH_SEVERITY_WARNING,
      N_ ("These devices can no longer be unplugged while the guest runs, neither by libvirt nor "
          "by the guest:") },
    { is_unlocked, VH_SEVERITY_NOTE,
      N_ ("These devices can be unplugged while the guest runs, by libvirt and by the guest:") },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *list = list_devices (context, rows[i].test);
      if (list)
        push (context, rows[i].severity, "%s %s.", _ (rows[i].sentence), list);
    }
}

/* "disk vda virtio at 0000:04:00.0: acpi -> none" */
static void
push_fates (const Context *context)
{
  guint hint = 0;
  for (guint i = 0; i < vh_topology_get_n_devices (context->before->topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (context->before->topology, i);
      gint32 new = vh_plan_find_after (context->before, context->after, i, &hint);
      VhMechanism old = vh_modes_get_eject (context->before->modes, i);
      if (new < 0 || device->secondary_bus >= 0)
        continue;
      VhMechanism now = vh_modes_get_eject (context->after->modes, (guint) new);
      g_autofree char *at = vh_address_format (&device->at);
      if (now != old)
        g_ptr_array_add (context->plan->fates,
                         g_strdup_printf (_ ("%1$s at %2$s: %3$s -> %4$s"), device->label,
                                          at ? at : "?", vh_mechanism_to_string (old),
                                          vh_mechanism_to_string (now)));
    }
}

static gint32
find_plug_bus (const VhReading *reading)
{
  for (guint i = 0; i < vh_topology_get_n_buses (reading->topology); i++)
    if (works (vh_modes_get (reading->modes, i)->used))
      return vh_topology_get_bus (reading->topology, i)->index;
  return -1;
}

/* libvirt forgets hotplug='off' of pci-root when it chooses an address, and
 * never knew of the QEMU argument (qemuDomainPCIAddressSetCreate,
 * where MODEL_PCI_ROOT is 0). */
static void
consider_root_trap (const Context *context)
{
  if (context->after->topology->machine->chipset != VH_CHIPSET_I440FX ||
      context->after->inputs->root.value != VH_KNOWN_NO ||
      context->before->inputs->root.value == VH_KNOWN_NO)
    return;
  gint32 bus = find_plug_bus (context->after);
  if (bus < 0)
    push (context, VH_SEVERITY_WARNING,
          _ ("No device can be attached while the guest runs: the root bus is off, and no bridge "
             "takes one."));
  else
    push (context, VH_SEVERITY_WARNING,
          _ ("A device that is attached without an address will be refused, since libvirt still "
             "chooses the "
             "root bus for it: give it an address on a bridge, such as bus %d."),
          bus);
}

/* What this machine type and this QEMU make of it, beyond what was asked for. That of the root bus
 * is said by consider_root_trap(), with the way out. */
static void
consider_traps (const Context *context)
{
  g_autoptr (GPtrArray) traps = vh_check_new_introduced (
      context->before->findings, context->after->findings, VH_SEVERITY_WARNING);
  for (guint i = 0; i < traps->len; i++)
    {
      const VhFinding *trap = g_ptr_array_index (traps, i);
      if (trap->rule != VH_RULE_ROOT_OFF_ATTACH)
        push (context, trap->severity, "%s", trap->text);
    }
}

static void
consider_free_slots (const Context *context)
{
  VhFreeSlots old = context->before->free;
  VhFreeSlots new = context->after->free;
  if (old.pcie > 0 && new.pcie == 0)
    push (context, VH_SEVERITY_WARNING,
          _ ("No port is left for a PCIe device while the guest runs."));
  if (old.pci > 0 && new.pci == 0)
    push (context, VH_SEVERITY_WARNING,
          _ ("No slot is left for a conventional PCI device while the guest runs."));
}

void
vh_plan_push_consequences (VhPlan *plan, const VhReading *before, const VhReading *after,
                           const VhDomainInfo *info)
{
  const Context context = { plan, before, after, info };
  consider_state (&context);
  consider_taint (&context);
  consider_devices (&context);
  push_fates (&context);
  consider_root_trap (&context);
  consider_traps (&context);
  consider_free_slots (&context);
}
