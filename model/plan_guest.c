/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a guest of a kind does with a change. Nothing of it was measured here:
 * each sentence names the document that says so. */
#include "model/guest_os.h"
#include "model/i18n.h"
#include "model/plan_parts.h"

#define MAX_LISTED 4

typedef struct {
  VhPlan *plan;
  const VhReading *before, *after;
} Context;

/* ---- names of network interfaces ---- */

static gboolean
has_other_function (const VhTopology *topology, const VhDevice *device)
{
  guint first = 0;
  guint n = vh_topology_get_bus_devices (topology, (guint) device->bus, &first);
  for (guint i = first; i < first + n; i++)
    {
      const VhDevice *other = vh_topology_get_device (topology, i);
      if (other->at.slot == device->at.slot && other->at.function != device->at.function)
        return TRUE;
    }
  return FALSE;
}

/* The name that systemd.net-naming-scheme(7) gives by place: by the hotplug
 * slot where the guest has slots of distinct numbers ("ens3"), which is on the
 * root bus of i440fx; else by bus and device ("enp1s0"). NULL where a slot's
 * number may be there twice, on conventional bridges, or an ACPI index names
 * the card. Caller frees. */
static char *
new_name (const VhReading *reading, guint position)
{
  const VhDevice *device = vh_topology_get_device (reading->topology, position);
  if (device->bus < 0 || vh_document_find_child (reading->document, device->element, "acpi") >= 0)
    return NULL;
  const VhBus *bus = vh_topology_get_bus (reading->topology, (guint) device->bus);
  const VhMechanism used = vh_modes_get (reading->modes, (guint) device->bus)->used;
  const gint32 number = g_array_index (reading->bus_numbers, gint32, device->bus);
  g_autofree char *function = has_other_function (reading->topology, device)
                                  ? g_strdup_printf ("f%u", device->at.function)
                                  : g_strdup ("");
  if (number < 0 || used == VH_MECHANISM_UNKNOWN)
    return NULL;
  if (bus->model == VH_BUS_PCI_ROOT && used == VH_MECHANISM_ACPI)
    return g_strdup_printf ("ens%u%s", device->at.slot, function);
  if (bus->parent >= 0 && !vh_bus_is_port (bus))
    return NULL;
  return g_strdup_printf ("enp%ds%u%s", number, device->at.slot, function);
}

/* "interface 52:54:… virtio ens3 -> enp0s3"; NULL when it keeps its name, or one is not known. */
static char *
describe_rename (const Context *context, guint old, guint new)
{
  const VhDevice *device = vh_topology_get_device (context->before->topology, old);
  if (device->kind != VH_DEVICE_INTERFACE)
    return NULL;
  g_autofree char *from = new_name (context->before, old);
  g_autofree char *to = new_name (context->after, new);
  if (!from || !to || g_str_equal (from, to))
    return NULL;
  return g_strdup_printf ("%s: %s -> %s", device->label, from, to);
}

static void
consider_names (const Context *context)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_found = 0, hint = 0;
  for (guint i = 0; i < vh_topology_get_n_devices (context->before->topology); i++)
    {
      gint32 new = vh_plan_find_after (context->before, context->after, i, &hint);
      g_autofree char *one = new < 0 ? NULL : describe_rename (context, i, (guint) new);
      if (one && ++n_found <= MAX_LISTED)
        g_string_append_printf (text, "%s%s", n_found > 1 ? ", " : "", one);
    }
  if (n_found > MAX_LISTED)
    g_string_append_printf (text, P_ (" and %u more", " and %u more", n_found - MAX_LISTED),
                            n_found - MAX_LISTED);
  g_autofree char *sentence = g_strdup_printf (_ ("A Linux guest that names network interfaces by "
                                                  "their place calls these otherwise: %s (from "
                                                  "documentation: systemd.net-naming-scheme)."),
                                               text->str);
  if (n_found > 0)
    vh_plan_add_consequence (context->plan, VH_SEVERITY_WARNING, sentence);
}

/* ---- systems that are known to care ---- */

static guint
count_ejectable (const VhReading *reading)
{
  guint n = 0;
  for (guint i = 0; i < vh_topology_get_n_devices (reading->topology); i++)
    {
      const VhMechanism eject = vh_modes_get_eject (reading->modes, i);
      n += vh_topology_get_device (reading->topology, i)->secondary_bus < 0 &&
           eject != VH_MECHANISM_NONE && eject != VH_MECHANISM_UNKNOWN;
    }
  return n;
}

/* KubeVirt's pull requests 3054 and 17605 tell what users of Windows did with that list. */
static void
consider_windows (const Context *context)
{
  const guint before = count_ejectable (context->before);
  const guint after = count_ejectable (context->after);
  const char *text =
      after > before
          ? _ ("The metadata name a Windows guest: it lists devices that can be unplugged under "
               "“Safely Remove Hardware”, where its users can eject them. There will be more than "
               "now (from documentation: KubeVirt, pull request 3054).")
          : _ ("The metadata name a Windows guest: it lists devices that can be unplugged under "
               "“Safely Remove Hardware”, where its users can eject them. There will be fewer than "
               "now (from documentation: KubeVirt, pull request 3054).");
  if (before != after)
    vh_plan_add_consequence (context->plan, after > before ? VH_SEVERITY_WARNING : VH_SEVERITY_NOTE,
                             text);
}

/* It is run with ACPI hotplug of bridges off: OSX-KVM made that its default (issue 203), quickemu
 * calls it required from QEMU 6.1 on (pull request 1827). */
static void
consider_macos (const Context *context)
{
  if (context->before->inputs->bridge.value != VH_KNOWN_YES &&
      context->after->inputs->bridge.value == VH_KNOWN_YES)
    vh_plan_add_consequence (
        context->plan, VH_SEVERITY_WARNING,
        _ ("The metadata name a macOS guest: those are run with ACPI hotplug of bridges off, and "
           "may "
           "not start with it on (from documentation: quickemu, pull request 1827)."));
}

void
vh_plan_push_guest (VhPlan *plan, const VhReading *before, const VhReading *after)
{
  const Context context = { plan, before, after };
  switch (vh_guest_os_find (before->document))
    {
    case VH_GUEST_OS_WINDOWS:
      consider_windows (&context);
      break;
    case VH_GUEST_OS_MACOS:
      consider_macos (&context);
      break;
    case VH_GUEST_OS_UNKNOWN:
    case VH_GUEST_OS_OTHER:
    default:
      consider_names (&context);
      break;
    }
}
