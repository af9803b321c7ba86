/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/change.h"
#include "render/rows.h"
#include "render/rows_parts.h"
#include "render/words.h"

/* What a knob decides. Neither sentence says "ACPI: yes or no": what a guest
 * is offered and what it uses are different facts. */
static const char *
explain_knob (VhKnob knob, VhChipset chipset)
{
  if (knob == VH_KNOB_ROOT)
    return _ (
        "Decides whether the slots of the root bus are offered for ACPI hotplug. What hangs on "
        "bridges does not depend on it.");
  if (chipset == VH_CHIPSET_Q35 || chipset == VH_CHIPSET_VIRT)
    return _ (
        "Decides what ports and bridges offer. On: ACPI hotplug, and the guest is denied native "
        "PCIe hotplug. Off: native PCIe hotplug of ports, SHPC of bridges.");
  return _ (
      "Decides whether the slots of PCI bridges are offered for ACPI hotplug. While the guest "
      "has ACPI, off does not give it SHPC instead.");
}

/* The chain: why it is so, then what proves each step. */
void
vh_rows_push_chain (VhStyled *out, const VhMode *mode, gint32 bus)
{
  for (guint i = 0; i < mode->reasons->len; i++)
    {
      const VhReason *reason = &g_array_index (mode->reasons, VhReason, i);
      g_autofree char *text = vh_words_new_reason (reason);
      g_autofree char *who = reason->bus >= 0 && reason->bus != bus
                                 ? g_strdup_printf (_ ("Bus %d: "), reason->bus)
                                 : g_strdup ("");
      vh_styled_push_format (out, VH_ROLE_PLAIN, "- %s%s [%s]", who, text,
                             vh_words_of_origin (reason->origin));
    }
}

static void
push_evidence (VhStyled *out, const VhMode *mode)
{
  if (mode->reasons->len > 0)
    vh_styled_push (out, VH_ROLE_DIM, 2, _ ("Evidence:"));
  for (guint i = 0; i < mode->reasons->len; i++)
    {
      VhRuleId rule = g_array_index (mode->reasons, VhReason, i).rule;
      vh_styled_push_format (out, VH_ROLE_DIM, "- %s: %s", vh_rule_to_word (rule),
                             vh_rule_to_evidence (rule));
    }
}

void
vh_rows_push_mode (VhStyled *out, const VhMode *mode, const char *prefix, VhRole role)
{
  g_autofree char *offered = vh_words_new_offered (mode);
  gboolean lies = mode->used != VH_MECHANISM_UNKNOWN && mode->listed != mode->used;
  vh_styled_push_format (out, role,
                         lies ? _ ("%1$sOffered to the guest: %2$s. Used by a booted guest: %3$s. "
                                   "Its slot list says: %4$s.")
                              : _ ("%1$sOffered to the guest: %2$s. Used by a booted guest: %3$s."),
                         prefix, offered, vh_mechanism_to_string (mode->used),
                         vh_mechanism_to_string (mode->listed));
}

static void
push_findings (VhStyled *out, const VhReading *reading, gint32 bus)
{
  for (guint i = 0; i < reading->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (reading->findings, i);
      if (finding->bus == bus)
        vh_styled_push_format (out, vh_words_role_of_severity (finding->severity), "%s: %s",
                               vh_words_of_severity (finding->severity), finding->text);
    }
}

static void
push_may (VhStyled *out, const VhKnobState *state)
{
  if (state->reason == NULL)
    vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("A change is written to %s."),
                           vh_words_of_site (state->write_site));
  else
    vh_styled_push_format (out, VH_ROLE_WARNING, _ ("Cannot be set: %s"), state->reason);
}

static const char *
word_of_known (VhKnown value)
{
  return value == VH_KNOWN_UNKNOWN ? _ ("unknown") : value == VH_KNOWN_YES ? "on" : "off";
}

static void
push_knob (VhStyled *out, const VhSession *session, VhKnob knob)
{
  const VhReading *after = session->after;
  const VhInput *input = knob == VH_KNOB_ROOT ? &after->inputs->root : &after->inputs->bridge;
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, -1);
  if (!state->applies)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, _ ("This machine does not have it."));
  else
    vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("%1$s is %2$s: %3$s [%4$s]."),
                           vh_words_of_knob (knob), word_of_known (state->state), input->detail,
                           vh_words_of_origin (input->origin));
  push_may (out, state);
  if (state->applies)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, explain_knob (knob, after->topology->machine->chipset));
  push_findings (out, after, -1);
}

static void
push_port (VhStyled *out, const VhSession *session, gint32 bus)
{
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, VH_KNOB_PORT, bus);
  const char *value = word_of_known (state->state);
  if (state->configured == VH_SWITCH_ABSENT)
    vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("Hotplug of this port is %s by default."), value);
  else
    vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("Hotplug of this port is %1$s, set in %2$s."),
                           value, vh_words_of_site (state->site));
  push_may (out, state);
}

static void
push_slots (VhStyled *out, const VhReading *reading, guint position)
{
  VhSlots slots = vh_slots_of_bus (reading->topology, reading->modes, position);
  g_autofree char *hotpluggable = slots.hotpluggable_free < 0
                                      ? g_strdup (_ ("an unknown number"))
                                      : g_strdup_printf ("%d", slots.hotpluggable_free);
  g_autofree char *range = slots.first == slots.last ? g_strdup_printf (_ ("Slot %u"), slots.first)
                                                     : g_strdup_printf (_ ("Slots %1$u to %2$u"),
                                                                        slots.first, slots.last);
  vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("%1$s: %2$u free, %3$s of them for hotplug."),
                         range, slots.free, hotpluggable);
}

/* The same lines in the same places as for what is on the bus (push_on_bus): a slow terminal draws
 * little anew when the cursor goes from one to the other. */
static void
push_bus (VhStyled *out, const VhSession *session, guint position)
{
  const VhReading *after = session->after;
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  const VhMode *mode = vh_modes_get (after->modes, position);
  const VhMode *before = vh_change_find_mode (session, position);
  vh_rows_push_mode (out, mode, "", vh_words_role_of_mechanism (mode->used));
  if (before != NULL && vh_change_is_bus (session, position))
    vh_rows_push_mode (out, before, _ ("Before: "), VH_ROLE_CHANGED);
  if (bus->index >= 0)
    push_findings (out, after, bus->index);
  push_slots (out, after, position);
  vh_rows_push_chain (out, mode, bus->index);
  if (vh_bus_is_port (bus) && bus->index >= 0)
    push_port (out, session, bus->index);
  if (*bus->alias != '\0')
    vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("Alias: %s."), bus->alias);
  push_evidence (out, mode);
}

/* What holds for all that is on that bus, and in the second line what holds for this alone. */
static void
push_on_bus (VhStyled *out, const VhReading *reading, guint position, VhRole role, const char *own)
{
  const VhMode *mode = vh_modes_get (reading->modes, position);
  vh_rows_push_mode (out, mode, "", vh_words_role_of_mechanism (mode->used));
  vh_styled_push (out, role, 2, own);
  vh_rows_push_chain (out, mode, vh_topology_get_bus (reading->topology, position)->index);
  push_evidence (out, mode);
}

static void
push_device (VhStyled *out, const VhSession *session, guint position)
{
  const VhReading *after = session->after;
  const VhDevice *device = vh_topology_get_device (after->topology, position);
  if (device->bus < 0)
    {
      vh_styled_push (out, VH_ROLE_PLAIN, 2,
                      device->at.present
                          ? _ ("Its address names a bus that does not exist.")
                          : _ ("It has no PCI address yet: libvirt will choose one."));
      return;
    }
  VhMechanism unplug = vh_modes_get_unplug (after->modes, position);
  static const char *const sentences[] = {
    [VH_MECHANISM_UNKNOWN] = N_ ("Whether it can be detached while the guest runs is unknown."),
    [VH_MECHANISM_NONE] = N_ ("It cannot be detached while the guest runs."),
    [VH_MECHANISM_ACPI] = N_ ("It can be detached while the guest runs, by ACPI."),
    [VH_MECHANISM_NATIVE] = N_ ("It can be detached while the guest runs, by native PCIe hotplug."),
    [VH_MECHANISM_SHPC] = N_ ("It can be detached while the guest runs, by SHPC."),
    [VH_MECHANISM_PAPR] = N_ ("It can be detached while the guest runs, by DLPAR."),
    [VH_MECHANISM_SCLP] = N_ ("It can be detached while the guest runs, by events of SCLP."),
  };
  const char *why = vh_modes_explain_unplug (after->modes, after->topology, position);
  push_on_bus (out, after, (guint) device->bus, vh_words_role_of_mechanism (unplug),
               why != NULL ? why : _ (sentences[unplug]));
}

/* Of a run of free slots. */
static void
push_free (VhStyled *out, const VhSession *session, guint position)
{
  static const char *const sentences[] = {
    [VH_MECHANISM_UNKNOWN] =
        N_ ("Whether a guest takes a device that is attached here is unknown."),
    [VH_MECHANISM_NONE] =
        (N_ ("QEMU refuses a device that is attached here while the domain runs, or "
             "the guest never sees it.")),
    [VH_MECHANISM_ACPI] = N_ ("A device can be attached here while the guest runs, by ACPI."),
    [VH_MECHANISM_NATIVE] =
        N_ ("A device can be attached here while the guest runs, by native PCIe hotplug."),
    [VH_MECHANISM_SHPC] = N_ ("A device can be attached here while the guest runs, by SHPC."),
    [VH_MECHANISM_PAPR] = N_ ("A device can be attached here while the guest runs, by DLPAR."),
    [VH_MECHANISM_SCLP] =
        N_ ("A device can be attached here while the guest runs, by events of SCLP."),
  };
  const VhReading *after = session->after;
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  const VhMode *mode = vh_modes_get (after->modes, position);
  if (vh_bus_takes_live_attach (bus))
    {
      push_on_bus (out, after, position, vh_words_role_of_mechanism (mode->used),
                   _ (sentences[mode->used]));
      return;
    }
  g_autofree char *refused = g_strdup_printf (
      _ ("libvirt attaches nothing here while the domain runs: bus %1$d, %2$s, takes "
         "devices only before a start."),
      bus->index, vh_bus_model_to_string (bus->model));
  push_on_bus (out, after, position, VH_ROLE_NONE, refused);
}

GPtrArray *
vh_rows_new_reasons (const VhSession *session, const VhRow *row, guint width)
{
  VhStyled out = vh_styled_new (width);
  switch ((VhRowKind) row->kind)
    {
    case VH_ROW_ROOT_KNOB:
      push_knob (&out, session, VH_KNOB_ROOT);
      break;
    case VH_ROW_BRIDGE_KNOB:
      push_knob (&out, session, VH_KNOB_BRIDGE);
      break;
    case VH_ROW_BUS:
      push_bus (&out, session, row->item);
      break;
    case VH_ROW_DEVICE:
    case VH_ROW_UNADDRESSED:
      push_device (&out, session, row->item);
      break;
    case VH_ROW_SLOTS:
      push_free (&out, session, row->item);
      break;
    case VH_ROW_UNADDRESSED_HEADING:
      vh_styled_push (&out, VH_ROLE_PLAIN, 2,
                      _ ("Devices that have no PCI address, or one on a bus that does not exist."));
      break;
    default:
      g_assert_not_reached ();
    }
  return out.lines;
}
