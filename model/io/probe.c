/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe.h"

#include "model/i18n.h"
#include "model/io/probe_defaults.h"

#include <errno.h>
#include <stdlib.h>

G_DEFINE_QUARK (vh_probe_error, vh_probe_error)

typedef struct {
  VhFactId fact;
  const char *type;
  const char *property;
} Property;

/* Rows of one type are neighbours: it is asked for once. */
static const Property properties[] = {
  { VH_FACT_QEMU_PIIX4_ROOT, "PIIX4_PM", "acpi-root-pci-hotplug" },
  { VH_FACT_QEMU_PIIX4_BRIDGE, "PIIX4_PM", "acpi-pci-hotplug-with-bridge-support" },
  { VH_FACT_QEMU_ICH9_BRIDGE, "ICH9-LPC", "acpi-pci-hotplug-with-bridge-support" },
  { VH_FACT_QEMU_ICH9_KEEP_HPC, "ICH9-LPC", "x-keep-pci-slot-hpc" },
  { VH_FACT_QEMU_PORT_HOTPLUG, "pcie-root-port", "hotplug" },
  { VH_FACT_QEMU_PORT_NATIVE, "pcie-root-port", "x-native-hotplug" },
  { VH_FACT_QEMU_PORT_HIDE_NATIVE, "pcie-root-port", "x-do-not-expose-native-hotplug-cap" },
  { VH_FACT_QEMU_BRIDGE_SHPC, "pci-bridge", "shpc" },
  { VH_FACT_QEMU_GED_BRIDGE, "acpi-ged", "acpi-pci-hotplug-with-bridge-support" },
};

/* The row of a device-list-properties answer; NULL when there is none. */
static VhQmpNode *
find_property (VhQmpNode *list, const char *name)
{
  for (guint i = 0; i < vh_probe_qmp_get_length (list); i++)
    {
      VhQmpNode *row = vh_probe_qmp_get_element (list, i);
      if (g_strcmp0 (vh_probe_qmp_get_string (row, "name"), name) == 0)
        return row;
    }
  return NULL;
}

static gboolean
list_properties (VhProbeChild *child, const char *type, VhQmpNode **list, GError **error)
{
  g_autofree char *arguments = g_strdup_printf ("{\"typename\":\"%s\"}", type);
  return vh_probe_qmp_execute (child, "device-list-properties", arguments, list, error);
}

/* A type that QEMU does not know has none of the properties. */
static gboolean
probe_properties (VhProbeChild *child, VhCaps *caps, VhKnown *defaults, GError **error)
{
  g_autoptr (VhQmpNode) list = NULL;
  const char *listed = "";
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      const Property *property = &properties[i];
      if (!g_str_equal (listed, property->type))
        {
          g_clear_pointer (&list, vh_probe_qmp_free);
          if (!list_properties (child, property->type, &list, error))
            return FALSE;
          listed = property->type;
        }
      VhQmpNode *row = find_property (list, property->property);
      g_autofree char *from = g_strdup_printf ("QMP device-list-properties %s", property->type);
      vh_caps_set (caps, property->fact, row ? VH_KNOWN_YES : VH_KNOWN_NO, VH_ORIGIN_PROBED, from);
      defaults[property->fact] =
          vh_probe_qmp_get_known (vh_probe_qmp_get_member (row, "default-value"));
    }
  return TRUE;
}

/* No machine at all: for what a machine type does not start with. */
static VhProbeChild *
start_bare (VhProbeDefaults *probe, GError **error)
{
  const char *const argv[] = { probe->binary, "-machine", "none", "-nodefaults", "-no-user-config",
                               "-display",    "none",     "-S",   "-qmp",        "stdio",
                               NULL };
  g_autoptr (VhProbeChild) child = vh_probe_child_new (argv, probe->deadline_ms, error);
  VhVersion version = 0;
  if (!child || !vh_probe_qmp_open (child, &version, error))
    return NULL;
  vh_caps_set_qemu (probe->caps, version, VH_ORIGIN_PROBED);
  return g_steal_pointer (&child);
}

static gboolean
ask_binary (VhProbeDefaults *probe, VhProbeChild *child, gboolean is_whole, GError **error)
{
  if (!probe_properties (child, probe->caps, probe->type_defaults, error))
    return FALSE;
  if (!probe->machine_type)
    return TRUE;
  if (!vh_probe_defaults_find_machine (probe, child, !is_whole, error))
    return FALSE;
  if (is_whole)
    vh_probe_defaults_read_whole (probe, child);
  return TRUE;
}

/* A start costs more than all questions, so the machine is started at once. What cannot be run, or
 * hangs, is not tried again without the machine. */
static gboolean
probe_binary (VhProbeDefaults *probe, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (VhProbeChild) child = vh_probe_defaults_start_whole (probe, &failure);
  if (child)
    return ask_binary (probe, child, TRUE, error);
  if (failure && !g_error_matches (failure, VH_PROBE_ERROR, VH_PROBE_ERROR_ANSWER))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  child = start_bare (probe, error);
  if (!child || !ask_binary (probe, child, FALSE, error))
    return FALSE;
  g_clear_pointer (&child, vh_probe_child_free);
  vh_probe_defaults_start (probe);
  return TRUE;
}

VhCaps *
vh_probe_qemu (const char *binary, const char *machine_type, guint deadline_ms, GError **error)
{
  char *real = realpath (binary, NULL);
  if (!real)
    {
      int code = errno;
      g_set_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_START, _ ("%1$s cannot be run: %2$s."),
                   binary, g_strerror (code));
      return NULL;
    }
  g_autoptr (VhCaps) caps = vh_caps_new ();
  caps->emulator = g_strdup (binary);
  VhProbeDefaults probe = { .binary = real, .deadline_ms = deadline_ms, .caps = caps };
  if (machine_type && *machine_type)
    probe.machine_type = machine_type;
  gboolean done = probe_binary (&probe, error);
  g_free (probe.canonical);
  free (real);
  return done ? g_steal_pointer (&caps) : NULL;
}
