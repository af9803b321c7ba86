/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the elements of a document to buses and devices. */
#include "model/i18n.h"
#include "model/qom.h"
#include "model/topology_private.h"

typedef struct {
  const VhDocument *document;
  VhTopology *topology;
  GString *label; /* used again for every device */
  gboolean is_taken[VH_MAX_BUS_INDEX + 1];
  gboolean is_busy[VH_MAX_SCSI];
} Scan;

static gint32
find_child_of (const VhDocument *document, gint32 element, const char *name)
{
  return element < 0 ? -1 : vh_document_find_child (document, (guint) element, name);
}

static char *
dup_attribute_of (const VhDocument *document, gint32 element, const char *name)
{
  return element < 0 ? NULL : vh_document_dup_attribute (document, (guint) element, name);
}

static char *
dup_content_of (const VhDocument *document, gint32 element)
{
  return element < 0 ? NULL : vh_document_dup_content (document, (guint) element);
}

/* Far above all that libvirt takes, with room to count on. */
#define MAX_DECIMAL (G_MAXINT32 / 2)

/* Decimal as libvirt reads an index, by strtoul; -1 when there is none, or it is wrong. */
static gint32
read_decimal (const char *text, gboolean *is_wrong)
{
  guint64 value = 0;
  if (!text)
    return -1;
  while (g_ascii_isspace (*text))
    text++;
  text += *text == '+' ? 1 : 0;
  *is_wrong = !g_ascii_string_to_unsigned (text, 10, 0, MAX_DECIMAL, &value, NULL);
  return *is_wrong ? -1 : (gint32) value;
}

static VhDevice
make_device (Scan *scan, guint element, VhDeviceKind kind, const VhPlace *place)
{
  VhDevice device = vh_topology_make_device (kind);
  if (kind == VH_DEVICE_OTHER)
    device.name = g_string_chunk_insert_const (scan->topology->strings,
                                               vh_document_get_name (scan->document, element));
  vh_topology_write_label (scan->document, element, kind, scan->label);
  device.label = g_string_chunk_insert_len (scan->topology->strings, scan->label->str,
                                            (gssize) scan->label->len);
  device.at = place->at;
  device.marks = place->is_wrong ? VH_DEVICE_BAD_ADDRESS : 0;
  device.element = element;
  return device;
}

static VhBusModel
root_model_of (const VhMachine *machine)
{
  switch (machine->chipset)
    {
    case VH_CHIPSET_Q35:
    case VH_CHIPSET_VIRT:
      return VH_BUS_PCIE_ROOT;
    case VH_CHIPSET_I440FX:
    case VH_CHIPSET_PSERIES:
      return VH_BUS_PCI_ROOT;
    case VH_CHIPSET_S390_CCW:
    case VH_CHIPSET_MICROVM:
    case VH_CHIPSET_OTHER:
    default:
      return VH_BUS_UNKNOWN;
    }
}

static gint32
read_index (const Scan *scan, guint element, guint *marks)
{
  gboolean is_wrong = FALSE;
  g_autofree char *text = vh_document_dup_attribute (scan->document, element, "index");
  gint32 index = read_decimal (text, &is_wrong);
  if (is_wrong || index > VH_MAX_BUS_INDEX)
    *marks |= VH_BUS_BAD_INDEX;
  return index;
}

/* A controller without an index gets the lowest that no other has, in the order of the document
 * (libvirt src/conf/domain_conf.c, virDomainAssignControllerIndexes). */
static gint32
give_index (Scan *scan, guint *marks)
{
  gint32 index = 0;
  while (index <= VH_MAX_BUS_INDEX && scan->is_taken[index])
    index++;
  *marks |= index > VH_MAX_BUS_INDEX ? VH_BUS_BAD_INDEX : VH_BUS_INDEX_GIVEN;
  if (index > VH_MAX_BUS_INDEX)
    return -1;
  scan->is_taken[index] = TRUE;
  return index;
}

/* What a root is to be one can tell, though libvirt refuses one that does not say it. */
static VhBusModel
model_of (const Scan *scan, const char *word, gint32 index, guint *marks)
{
  VhBusModel model = root_model_of (scan->topology->machine);
  if (word || index != 0 || model == VH_BUS_UNKNOWN)
    return vh_topology_model_of (word);
  *marks |= VH_BUS_NO_MODEL;
  return model;
}

static void
read_bus_target (const Scan *scan, guint element, VhBus *bus)
{
  gboolean is_wrong = FALSE;
  gint32 target = vh_document_find_child (scan->document, element, "target");
  g_autofree char *hotplug = dup_attribute_of (scan->document, target, "hotplug");
  g_autofree char *node =
      dup_content_of (scan->document, find_child_of (scan->document, target, "node"));
  bus->hotplug = vh_topology_read_switch (hotplug);
  if (hotplug && bus->hotplug == VH_SWITCH_ABSENT)
    bus->marks |= VH_BUS_BAD_SWITCH;
  bus->numa_node = read_decimal (node ? g_strstrip (node) : NULL, &is_wrong);
  g_autofree char *number = dup_attribute_of (scan->document, target, "busNr");
  bus->bus_number = read_decimal (number, &is_wrong);
  g_autofree char *chassis = dup_attribute_of (scan->document, target, "chassis");
  bus->chassis = read_decimal (chassis, &is_wrong);
}

static const char *
keep_child_name (Scan *scan, guint element, const char *child)
{
  g_autofree char *name = dup_attribute_of (
      scan->document, vh_document_find_child (scan->document, element, child), "name");
  return name && *name != '\0' ? vh_topology_keep (scan->topology, name) : NULL;
}

static void
scan_bus (Scan *scan, guint element)
{
  guint marks = 0;
  gint32 index = read_index (scan, element, &marks);
  if (index < 0 && marks == 0)
    index = give_index (scan, &marks);
  VhPlace place = vh_topology_read_place (scan->document, element);
  g_autofree char *model = vh_document_dup_attribute (scan->document, element, "model");
  VhBus bus = vh_topology_make_bus (model_of (scan, model, index, &marks), index);
  bus.marks = marks;
  bus.at = place.at;
  bus.element = element;
  bus.alias = keep_child_name (scan, element, "alias");
  bus.model_name = keep_child_name (scan, element, "model");
  bus.model_text = vh_topology_keep (scan->topology, model);
  read_bus_target (scan, element, &bus);
  VhDevice device = make_device (scan, element, VH_DEVICE_CONTROLLER, &place);
  if (marks & VH_BUS_INDEX_GIVEN)
    {
      g_autofree char *label = g_strdup_printf ("%s %d", device.label, index);
      device.label = vh_topology_keep (scan->topology, label);
    }
  vh_topology_add_bus (scan->topology, bus, device);
}

/* Does libvirt choose a PCI address for a device that names no place? An s390
 * machine prefers CCW for all that is not a PCI device of the host. */
static gboolean
is_bound_for_pci (const Scan *scan, guint element, VhDeviceKind kind)
{
  const VhMachine *machine = scan->topology->machine;
  gboolean has_pci = root_model_of (machine) != VH_BUS_UNKNOWN;
  if (machine->chipset == VH_CHIPSET_S390_CCW)
    has_pci = kind == VH_DEVICE_HOSTDEV &&
              vh_document_attribute_equals (scan->document, element, "type", "pci");
  return has_pci && vh_topology_wants_pci (scan->document, element, kind);
}

/* The first <console> is the first <serial> told once more, address and all. */
static gboolean
is_mirror (const Scan *scan, guint element)
{
  return vh_document_is (scan->document, element, "console");
}

static void
scan_device (Scan *scan, guint element)
{
  VhDeviceKind kind = vh_topology_kind_of (vh_document_get_name (scan->document, element));
  VhPlace place = vh_topology_read_place (scan->document, element);
  if (place.is_elsewhere || is_mirror (scan, element))
    return;
  if (!place.is_pci && !is_bound_for_pci (scan, element, kind))
    return;
  VhDevice device = make_device (scan, element, kind, &place);
  device.marks |= vh_topology_find_detach_marks (scan->document, element, kind, scan->is_busy);
  g_array_append_val (scan->topology->devices, device);
}

static gboolean
is_pci_controller (const Scan *scan, guint element)
{
  return vh_document_is (scan->document, element, "controller") &&
         vh_document_attribute_equals (scan->document, element, "type", "pci");
}

static void
note_uses (Scan *scan, guint element)
{
  guint marks = 0;
  vh_topology_note_scsi (scan->document, element, scan->is_busy);
  gint32 index = is_pci_controller (scan, element) ? read_index (scan, element, &marks) : -1;
  if (index >= 0 && marks == 0)
    scan->is_taken[index] = TRUE;
}

static void
scan_element (Scan *scan, guint element)
{
  if (is_pci_controller (scan, element))
    scan_bus (scan, element);
  else if (vh_document_get_element (scan->document, element)->ns == VH_NAMESPACE_NONE)
    scan_device (scan, element);
}

/* libvirt adds the root when nobody wrote it (qemuDomainDefAddDefaultDevices). */
static void
add_implied_root (VhTopology *topology)
{
  VhBusModel model = root_model_of (topology->machine);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (vh_topology_get_bus (topology, i)->index == 0)
      return;
  if (model == VH_BUS_UNKNOWN)
    return;
  VhBus root = vh_topology_make_bus (model, 0);
  root.marks = VH_BUS_IMPLIED;
  vh_topology_add_bus (topology, root, vh_topology_make_device (VH_DEVICE_CONTROLLER));
}

static void
scan_features (VhTopology *topology, const VhDocument *document)
{
  gint32 features = vh_document_find_child (document, 0, "features");
  gint32 pci = find_child_of (document, features, "pci");
  gint32 feature = find_child_of (document, pci, "acpi-bridge-hotplug");
  g_autofree char *state = dup_attribute_of (document, feature, "state");
  topology->feature = vh_topology_read_switch (state);
  topology->feature_element = feature < 0 ? VH_NO_ELEMENT : (guint32) feature;
  topology->acpi = find_child_of (document, features, "acpi") >= 0;
  if (topology->args->acpi != VH_SWITCH_ABSENT)
    topology->acpi = topology->args->acpi == VH_SWITCH_ON;
}

static gboolean
is_uefi (const VhDocument *document, gint32 os)
{
  gint32 loader = find_child_of (document, os, "loader");
  return (os >= 0 && vh_document_attribute_equals (document, (guint) os, "firmware", "efi")) ||
         (loader >= 0 && vh_document_attribute_equals (document, (guint) loader, "type", "pflash"));
}

static VhMachine *
read_machine (const VhDocument *document, const char *canonical)
{
  gint32 os = vh_document_find_child (document, 0, "os");
  gint32 type = find_child_of (document, os, "type");
  g_autofree char *arch = dup_attribute_of (document, type, "arch");
  g_autofree char *machine = dup_attribute_of (document, type, "machine");
  g_autofree char *domain_type = vh_document_dup_attribute (document, 0, "type");
  if (!canonical && (!machine || *machine == '\0') && vh_qom_runs_type (domain_type))
    canonical = vh_machine_get_preferred (arch);
  return vh_machine_new_canonical (arch, machine, canonical);
}

static VhTopology *
new_from_head (const VhDocument *document, const char *canonical)
{
  VhTopology *topology = vh_topology_new_for (read_machine (document, canonical));
  char *name = dup_content_of (document, vh_document_find_child (document, 0, "name"));
  if (name)
    {
      g_free (topology->name);
      topology->name = name;
    }
  topology->uuid = dup_content_of (document, vh_document_find_child (document, 0, "uuid"));
  char *domain_type = vh_document_dup_attribute (document, 0, "type");
  topology->domain_type = domain_type ? domain_type : g_strdup ("");
  topology->uefi = is_uefi (document, vh_document_find_child (document, 0, "os"));
  topology->args = vh_qemu_args_new (document);
  return topology;
}

static void
keep_emulator (Scan *scan, gint32 devices)
{
  if (!scan->topology->emulator)
    scan->topology->emulator =
        dup_content_of (scan->document, find_child_of (scan->document, devices, "emulator"));
}

/* All that stands in <devices>, which a document may have more than once. */
static void
visit_devices (Scan *scan, void (*visit) (Scan *scan, guint element))
{
  const VhDocument *document = scan->document;
  for (gint32 part = vh_document_find_first_child (document, 0); part >= 0;
       part = vh_document_find_next_sibling (document, (guint) part))
    {
      if (!vh_document_is (document, (guint) part, "devices"))
        continue;
      keep_emulator (scan, part);
      for (gint32 child = vh_document_find_first_child (document, (guint) part); child >= 0;
           child = vh_document_find_next_sibling (document, (guint) child))
        visit (scan, (guint) child);
    }
}

static gboolean
is_domain (const VhDocument *document, GError **error)
{
  if (vh_document_is (document, 0, "domain"))
    return TRUE;
  g_set_error (error, VH_TOPOLOGY_ERROR, VH_TOPOLOGY_ERROR_NOT_DOMAIN,
               _ ("This is no libvirt domain: its root element is <%s>, not <domain>."),
               vh_document_get_name (document, 0));
  return FALSE;
}

VhMachine *
vh_topology_read_machine (const VhDocument *document, GError **error)
{
  return is_domain (document, error) ? read_machine (document, NULL) : NULL;
}

VhTopology *
vh_topology_new (const VhDocument *document, const char *canonical, GError **error)
{
  if (!is_domain (document, error))
    return NULL;
  g_autoptr (GString) label = g_string_new (NULL);
  VhTopology *topology = new_from_head (document, canonical);
  Scan scan = { .document = document, .topology = topology, .label = label };
  scan_features (topology, document);
  visit_devices (&scan, note_uses);
  visit_devices (&scan, scan_element);
  add_implied_root (topology);
  vh_topology_link (topology);
  return topology;
}
