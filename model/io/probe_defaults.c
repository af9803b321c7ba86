/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe_defaults.h"

#include <string.h>

#include "model/i18n.h"

#define COMPAT_SINCE VH_VERSION (9, 1, 0) /* query-machines takes compat-props */
#define PORT_ID "vhport"
#define BRIDGE_ID "vhbridge"

/* A default and the property whose effective value it is. */
typedef struct {
  VhFactId fact;
  VhChipset chipset;
  const char *type;
  const char *property;
  VhFactId has; /* the fact that QEMU has the property */
} Default;

static const Default chip_defaults[] = {
  { VH_FACT_DEFAULT_ROOT, VH_CHIPSET_I440FX, "PIIX4_PM", "acpi-root-pci-hotplug",
    VH_FACT_QEMU_PIIX4_ROOT },
  { VH_FACT_DEFAULT_BRIDGE, VH_CHIPSET_I440FX, "PIIX4_PM", "acpi-pci-hotplug-with-bridge-support",
    VH_FACT_QEMU_PIIX4_BRIDGE },
  { VH_FACT_DEFAULT_BRIDGE, VH_CHIPSET_Q35, "ICH9-LPC", "acpi-pci-hotplug-with-bridge-support",
    VH_FACT_QEMU_ICH9_BRIDGE },
  { VH_FACT_DEFAULT_KEEP_HPC, VH_CHIPSET_Q35, "ICH9-LPC", "x-keep-pci-slot-hpc",
    VH_FACT_QEMU_ICH9_KEEP_HPC },
  { VH_FACT_DEFAULT_BRIDGE, VH_CHIPSET_VIRT, "acpi-ged", "acpi-pci-hotplug-with-bridge-support",
    VH_FACT_QEMU_GED_BRIDGE },
};

static gboolean
is_known (const VhCaps *caps, VhFactId fact)
{
  return vh_caps_get (caps, fact)->value != VH_KNOWN_UNKNOWN;
}

static gboolean
has (const VhCaps *caps, VhFactId fact)
{
  return vh_caps_get (caps, fact)->value == VH_KNOWN_YES;
}

static gboolean
has_ports (VhChipset chipset)
{
  return chipset == VH_CHIPSET_Q35 || chipset == VH_CHIPSET_VIRT;
}

static void
set_default (VhProbeDefaults *probe, VhFactId fact, VhKnown value, const char *from)
{
  if (value == VH_KNOWN_UNKNOWN)
    return;
  g_autofree char *words = g_strdup_printf ("%s of %s", from, probe->canonical);
  vh_caps_set (probe->caps, fact, value, VH_ORIGIN_PROBED, words);
}

static void
add_note (VhCaps *caps, char *note)
{
  g_ptr_array_add (caps->notes, note);
}

/* The value that a machine's compatibility properties give; the last entry
 * wins. */
static VhKnown
find_compat (VhQmpNode *machine, const char *type, const char *property)
{
  VhQmpNode *list = vh_probe_qmp_get_member (machine, "compat-props");
  VhKnown value = VH_KNOWN_UNKNOWN;
  for (guint i = 0; i < vh_probe_qmp_get_length (list); i++)
    {
      VhQmpNode *row = vh_probe_qmp_get_element (list, i);
      if (g_strcmp0 (vh_probe_qmp_get_string (row, "qom-type"), type) == 0 &&
          g_strcmp0 (vh_probe_qmp_get_string (row, "property"), property) == 0)
        value = vh_probe_qmp_get_known (vh_probe_qmp_get_member (row, "value"));
    }
  return value;
}

static VhKnown
find_compat_or_default (const VhProbeDefaults *probe, VhQmpNode *machine, const Default *row)
{
  VhKnown value = find_compat (machine, row->type, row->property);
  return value == VH_KNOWN_UNKNOWN ? probe->type_defaults[row->has] : value;
}

/* ICH9-LPC tells no defaults, so that newer q35 machines must be started. The
 * generic event device of `virt` is set by the machine's own code. */
static void
take_compat (VhProbeDefaults *probe, VhQmpNode *machine)
{
  static const Default shpc = { VH_FACT_DEFAULT_SHPC, VH_CHIPSET_OTHER, "pci-bridge", "shpc",
                                VH_FACT_QEMU_BRIDGE_SHPC };
  if (!vh_probe_qmp_get_member (machine, "compat-props") ||
      (probe->chipset != VH_CHIPSET_I440FX && probe->chipset != VH_CHIPSET_Q35))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (chip_defaults); i++)
    {
      const Default *row = &chip_defaults[i];
      if (row->chipset == probe->chipset)
        set_default (probe, row->fact, find_compat_or_default (probe, machine, row),
                     "QMP query-machines compat-props");
    }
  set_default (probe, VH_FACT_DEFAULT_SHPC, find_compat_or_default (probe, machine, &shpc),
               "QMP query-machines compat-props");
}

static gboolean
is_plain_word (const char *text)
{
  for (const char *at = text; *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr ("-_.+", *at))
      return FALSE;
  return *text != '\0' && *text != '-';
}

static VhQmpNode *
find_machine (VhQmpNode *machines, const char *type)
{
  for (guint i = 0; i < vh_probe_qmp_get_length (machines); i++)
    {
      VhQmpNode *machine = vh_probe_qmp_get_element (machines, i);
      const char *name = vh_probe_qmp_get_string (machine, "name");
      if (!name || !is_plain_word (name))
        continue;
      if (g_str_equal (name, type) ||
          g_strcmp0 (vh_probe_qmp_get_string (machine, "alias"), type) == 0)
        return machine;
    }
  return NULL;
}

gboolean
vh_probe_defaults_find_machine (VhProbeDefaults *probe, VhProbeChild *child, gboolean takes_compat,
                                GError **error)
{
  VhCaps *caps = probe->caps;
  g_autoptr (VhQmpNode) machines = NULL;
  const char *arguments =
      takes_compat && caps->qemu >= COMPAT_SINCE ? "{\"compat-props\":true}" : NULL;
  if (!vh_probe_qmp_execute (child, "query-machines", arguments, &machines, error))
    return FALSE;
  VhQmpNode *machine = find_machine (machines, probe->machine_type);
  if (!machine)
    {
      add_note (caps,
                g_strdup_printf (_ ("%1$s has no machine type %2$s: its defaults are not probed."),
                                 probe->binary, probe->machine_type));
      return TRUE;
    }
  probe->canonical = g_strdup (vh_probe_qmp_get_string (machine, "name"));
  g_autoptr (VhMachine) parsed = vh_machine_new (NULL, probe->canonical);
  probe->chipset = parsed->chipset;
  caps->machine_type = g_strdup (probe->machine_type);
  if (!g_str_equal (probe->canonical, probe->machine_type))
    caps->machine_canonical = g_strdup (probe->canonical);
  if (takes_compat)
    take_compat (probe, machine);
  return TRUE;
}

static gboolean
needs_start (const VhProbeDefaults *probe)
{
  const VhCaps *caps = probe->caps;
  for (guint i = 0; i < G_N_ELEMENTS (chip_defaults); i++)
    {
      const Default *row = &chip_defaults[i];
      if (row->chipset == probe->chipset && has (caps, row->has) && !is_known (caps, row->fact))
        return TRUE;
    }
  if (has_ports (probe->chipset))
    return TRUE;
  return probe->chipset == VH_CHIPSET_I440FX && !is_known (caps, VH_FACT_DEFAULT_SHPC);
}

/* A port and a bridge, to ask them. */
static void
push_devices (GPtrArray *argv, VhChipset chipset)
{
  gpointer flag = (gpointer) (guintptr) "-device";
  if (has_ports (chipset))
    {
      g_ptr_array_add (argv, flag);
      g_ptr_array_add (argv, (gpointer) (guintptr) "pcie-root-port,id=" PORT_ID ",chassis=1");
    }
  g_ptr_array_add (argv, flag);
  g_ptr_array_add (argv, (gpointer) (guintptr) "pci-bridge,id=" BRIDGE_ID ",chassis_nr=2");
}

static VhProbeChild *
start_machine (const VhProbeDefaults *probe, const char *type, gboolean with_devices,
               GError **error)
{
  const char *const words[] = {
    probe->binary,     "-machine", type,   "-accel", "tcg", "-accel", "kvm",  "-nodefaults",
    "-no-user-config", "-display", "none", "-S",     "-m",  "16",     "-qmp", "stdio"
  };
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (argv, (gpointer) (guintptr) words[i]);
  if (with_devices)
    push_devices (argv, probe->chipset);
  g_ptr_array_add (argv, NULL);
  g_autoptr (VhProbeChild) child =
      vh_probe_child_new ((const char *const *) argv->pdata, probe->deadline_ms, error);
  VhVersion version = 0;
  if (!child || !vh_probe_qmp_open (child, &version, error))
    return NULL;
  vh_caps_set_qemu (probe->caps, version, VH_ORIGIN_PROBED);
  return g_steal_pointer (&child);
}

VhProbeChild *
vh_probe_defaults_start_whole (VhProbeDefaults *probe, GError **error)
{
  if (!probe->machine_type || !is_plain_word (probe->machine_type))
    return NULL;
  g_autoptr (VhMachine) parsed = vh_machine_new (NULL, probe->machine_type);
  probe->chipset = parsed->chipset;
  if (probe->chipset != VH_CHIPSET_I440FX && !has_ports (probe->chipset))
    return NULL;
  probe->was_tried = TRUE;
  return start_machine (probe, probe->machine_type, TRUE, error);
}

static VhKnown
get_qom (VhProbeChild *child, const char *path, const char *property)
{
  g_autofree char *quoted = vh_probe_qmp_quote (path);
  g_autofree char *arguments =
      g_strdup_printf ("{\"path\":%s,\"property\":\"%s\"}", quoted, property);
  g_autoptr (VhQmpNode) value = NULL;
  if (!vh_probe_qmp_execute (child, "qom-get", arguments, &value, NULL))
    return VH_KNOWN_UNKNOWN;
  return vh_probe_qmp_get_known (value);
}

static gboolean
read_chips (VhProbeDefaults *probe, VhProbeChild *child, GError **error)
{
  g_autoptr (VhQmpNode) list = NULL;
  if (!vh_probe_qmp_execute (child, "qom-list", "{\"path\":\"" VH_PROBE_QMP_UNATTACHED "\"}", &list,
                             error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (chip_defaults); i++)
    {
      const Default *row = &chip_defaults[i];
      g_autofree char *path = vh_probe_qmp_find_device (list, row->type);
      g_autofree char *from = g_strdup_printf ("QMP qom-get %s.%s", row->type, row->property);
      if (path && has (probe->caps, row->has))
        set_default (probe, row->fact, get_qom (child, path, row->property), from);
    }
  return TRUE;
}

/* QEMU up to 7.2 has the property that shows native hotplug, later ones that
 * which hides it. */
static void
read_devices (VhProbeDefaults *probe, VhProbeChild *child)
{
  const char *port = "/machine/peripheral/" PORT_ID;
  VhKnown native = VH_KNOWN_UNKNOWN;
  const char *property = "x-native-hotplug";
  if (has (probe->caps, VH_FACT_QEMU_PORT_NATIVE))
    native = get_qom (child, port, property);
  else if (has (probe->caps, VH_FACT_QEMU_PORT_HIDE_NATIVE))
    {
      property = "x-do-not-expose-native-hotplug-cap";
      VhKnown hidden = get_qom (child, port, property);
      if (hidden != VH_KNOWN_UNKNOWN)
        native = hidden == VH_KNOWN_YES ? VH_KNOWN_NO : VH_KNOWN_YES;
    }
  g_autofree char *from = g_strdup_printf ("QMP qom-get pcie-root-port.%s", property);
  set_default (probe, VH_FACT_DEFAULT_PORT_NATIVE, native, from);
  set_default (probe, VH_FACT_DEFAULT_SHPC,
               get_qom (child, "/machine/peripheral/" BRIDGE_ID, "shpc"),
               "QMP qom-get pci-bridge.shpc");
}

static void
note_failure (VhProbeDefaults *probe, const GError *failure)
{
  add_note (probe->caps, g_strdup_printf (_ ("The defaults of %1$s are not probed: %2$s"),
                                          probe->canonical, failure->message));
}

void
vh_probe_defaults_read_whole (VhProbeDefaults *probe, VhProbeChild *child)
{
  g_autoptr (GError) failure = NULL;
  if (!probe->canonical)
    return;
  if (read_chips (probe, child, &failure))
    read_devices (probe, child);
  else
    note_failure (probe, failure);
}

void
vh_probe_defaults_start (VhProbeDefaults *probe)
{
  if (!probe->canonical || !needs_start (probe))
    return;
  g_autoptr (GError) failure = NULL;
  const char *type = probe->canonical;
  g_autoptr (VhProbeChild) child =
      probe->was_tried ? NULL : start_machine (probe, type, TRUE, NULL);
  gboolean with_devices = child != NULL;
  if (!child)
    child = start_machine (probe, type, FALSE, &failure);
  if (child && read_chips (probe, child, &failure) && with_devices)
    read_devices (probe, child);
  if (failure)
    note_failure (probe, failure);
  else if (!with_devices)
    add_note (
        probe->caps,
        g_strdup_printf (_ ("The defaults of ports and bridges of %s are not probed: the machine "
                            "does not start with them."),
                         probe->canonical));
}
