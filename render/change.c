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

gboolean
vh_change_is_device (const VhSession *session, guint device)
{
  if (is_untouched (session))
    return FALSE;
  if (device >= vh_topology_get_n_devices (session->base->topology))
    return TRUE;
  return vh_modes_get_unplug (session->base->modes, device) !=
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
