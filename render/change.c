/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/change.h"

static gboolean
is_untouched (const VhSession *session)
{
  return session->base == session->after;
}

const VhMode *
vh_change_find_mode (const VhSession *session, guint bus)
{
  if (bus >= vh_topology_get_n_buses (session->base->topology))
    return NULL;
  return vh_modes_get (session->base->modes, bus);
}

VhKnobState *
vh_change_new_knob (const VhSession *session, VhKnob knob, gint32 bus)
{
  const VhReading *base = session->base;
  return vh_check_new_knob (base->topology, base->inputs, session->caps, knob, bus);
}

gboolean
vh_change_is_bus (const VhSession *session, guint bus)
{
  if (is_untouched (session))
    return FALSE;
  const VhMode *before = vh_change_find_mode (session, bus);
  const VhMode *after = vh_modes_get (session->after->modes, bus);
  if (before == NULL || before->offered != after->offered || before->used != after->used)
    return TRUE;
  return vh_topology_get_bus (session->base->topology, bus)->hotplug !=
         vh_topology_get_bus (session->after->topology, bus)->hotplug;
}

/* Devices are in the order of their addresses, those without one last. */
gint32
vh_change_find_device (const VhSession *session, guint device)
{
  const VhTopology *before = session->base->topology, *after = session->after->topology;
  guint n_before = vh_topology_get_n_devices (before);
  const VhDevice *what = vh_topology_get_device (after, device);
  guint low = 0, high = n_before;
  if (n_before == vh_topology_get_n_devices (after))
    return (gint32) device;
  if (!what->at.present)
    return (gint32) (device + n_before) - (gint32) vh_topology_get_n_devices (after);
  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (vh_address_compare (&vh_topology_get_device (before, middle)->at, &what->at) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  gboolean is_there =
      low < n_before &&
      vh_address_compare (&vh_topology_get_device (before, low)->at, &what->at) == 0;
  return is_there ? (gint32) low : -1;
}

gboolean
vh_change_is_device (const VhSession *session, guint device)
{
  if (is_untouched (session))
    return FALSE;
  gint32 before = vh_change_find_device (session, device);
  if (before < 0)
    return TRUE;
  return vh_modes_get_unplug (session->base->modes, (guint) before) !=
         vh_modes_get_unplug (session->after->modes, device);
}

gboolean
vh_change_is_knob (const VhSession *session, VhKnob knob)
{
  if (is_untouched (session))
    return FALSE;
  g_autoptr (VhKnobState) before = vh_change_new_knob (session, knob, -1);
  g_autoptr (VhKnobState) after = vh_session_new_knob (session, knob, -1);
  return before->applies != after->applies || before->state != after->state ||
         before->configured != after->configured || before->site != after->site;
}
