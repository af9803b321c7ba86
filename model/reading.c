/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/reading.h"

#include "model/bus_numbers.h"

/* What an alias stands for is known for one alias only: the one that was
 * asked about. */
static const char *
find_canonical (const VhDocument *document, const VhCaps *caps)
{
  if (!caps->machine_canonical || !caps->machine_type)
    return caps->machine_canonical;
  gint32 os = vh_document_find_child (document, 0, "os");
  gint32 type = os < 0 ? -1 : vh_document_find_child (document, (guint) os, "type");
  if (type < 0 ||
      !vh_document_attribute_equals (document, (guint) type, "machine", caps->machine_type))
    return NULL;
  return caps->machine_canonical;
}

VhReading *
vh_reading_new (VhDocument *document, const VhCaps *caps, GError **error)
{
  VhTopology *topology = vh_topology_new (document, find_canonical (document, caps), error);
  if (!topology)
    return NULL;
  VhReading *reading = g_new0 (VhReading, 1);
  g_atomic_ref_count_init (&reading->references);
  reading->document = vh_document_ref (document);
  reading->topology = topology;
  reading->inputs = vh_inputs_new (topology, caps);
  reading->modes = vh_modes_new (topology, reading->inputs);
  reading->findings = vh_check_new_findings (topology, reading->inputs, reading->modes, caps);
  reading->bus_numbers = vh_bus_numbers_new (topology, reading->modes);
  reading->free = vh_slots_count_free (topology, reading->modes);
  return reading;
}

VhReading *
vh_reading_ref (VhReading *reading)
{
  g_atomic_ref_count_inc (&reading->references);
  return reading;
}

void
vh_reading_unref (VhReading *reading)
{
  if (!g_atomic_ref_count_dec (&reading->references))
    return;
  g_array_unref (reading->bus_numbers);
  g_ptr_array_unref (reading->findings);
  vh_modes_free (reading->modes);
  vh_inputs_free (reading->inputs);
  vh_topology_free (reading->topology);
  vh_document_unref (reading->document);
  g_free (reading);
}
