/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/topology_text.h"

#include <string.h>

VhTopology *
topology_read (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  VhTopology *topology = vh_topology_new (document, NULL, &error);
  g_assert_no_error (error);
  return topology;
}

VhTopology *
topology_read_devices (const char *arch, const char *machine, const char *devices)
{
  g_autofree char *text = g_strdup_printf (
      "<domain type='kvm'><name>d</name><os><type arch='%s' machine='%s'>hvm</type></os>"
      "<devices>%s</devices></domain>",
      arch, machine, devices);
  return topology_read (text);
}

static const char *const bus_marks[] = { "implied",        "double-index", "bad-index",
                                         "missing-parent", "in-cycle",     "bad-switch",
                                         "index-given",    "no-model" };
static const char *const device_marks[] = { "double-address", "missing-bus", "bad-address", "busy",
                                            "fixed" };

guint
topology_find_mark (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (bus_marks); i++)
    if (g_str_equal (word, bus_marks[i]))
      return 1u << i;
  return 0;
}

static void
append_marks (GString *text, guint marks, const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (marks & 1u << i)
      g_string_append_printf (text, " %s", words[i]);
}

char *
topology_describe_buses (const VhTopology *topology)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      g_autofree char *at = vh_address_format (&bus->at);
      g_string_append_printf (text, "%d %s", bus->index, vh_bus_model_to_string (bus->model));
      if (at)
        g_string_append_printf (text, " %s", at);
      if (bus->parent >= 0)
        g_string_append_printf (text, " on %d",
                                vh_topology_get_bus (topology, (guint) bus->parent)->index);
      append_marks (text, bus->marks, bus_marks, G_N_ELEMENTS (bus_marks));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

char *
topology_describe_devices (const VhTopology *topology)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < vh_topology_get_n_devices (topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      g_autofree char *at = vh_address_format (&device->at);
      g_string_append_printf (text, "%s %s", at ? at : "-", device->label);
      if (device->secondary_bus >= 0)
        g_string_append_printf (
            text, " > %d", vh_topology_get_bus (topology, (guint) device->secondary_bus)->index);
      append_marks (text, device->marks, device_marks, G_N_ELEMENTS (device_marks));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

void
topology_assert_sound (const VhTopology *topology)
{
  guint n_buses = vh_topology_get_n_buses (topology);
  guint n_devices = vh_topology_get_n_devices (topology);
  guint n_placed = 0, n_on_buses = 0;
  for (guint i = 0; i < n_devices; i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      g_assert_cmpint (device->bus, <, (gint) n_buses);
      g_assert_cmpint (device->secondary_bus, <, (gint) n_buses);
      g_assert_nonnull (device->label);
      g_assert_nonnull (device->name);
      n_placed += device->bus >= 0;
      if (i > 0)
        g_assert_cmpint (
            vh_address_compare (&vh_topology_get_device (topology, i - 1)->at, &device->at), <=, 0);
    }
  for (guint i = 0; i < n_buses; i++)
    {
      const VhBus *bus = vh_topology_get_bus (topology, i);
      guint first = 0, depth = 0, n = vh_topology_get_bus_devices (topology, i, &first);
      for (guint j = first; j < first + n; j++)
        g_assert_cmpint (vh_topology_get_device (topology, j)->bus, ==, (gint) i);
      n_on_buses += n;
      for (gint32 up = bus->parent; up >= 0;
           up = vh_topology_get_bus (topology, (guint) up)->parent)
        {
          depth++;
          g_assert_cmpuint (depth, <, n_buses);
        }
      g_assert_nonnull (bus->alias);
      g_assert_cmpuint (bus->first_slot, <=, bus->last_slot);
    }
  g_assert_cmpuint (n_on_buses, ==, n_placed);
}
