/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fit.h"

#include "model/i18n.h"
#include "render/rows_parts.h"
#include "render/words.h"

/* Where what belongs to a name begins. */
#define NAME_WIDTH 15u

static void push_field (VhStyled *out, const char *name, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static void
push_field (VhStyled *out, const char *name, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  vh_styled_push_field (out, NAME_WIDTH, name, text);
}

/* What libvirt calls it, and where a guest finds it: on a bus of another number. */
static void
push_address (VhStyled *out, const VhReading *reading, const VhAddress *at, gint32 parent)
{
  g_autofree char *text = vh_words_new_address (at);
  if (*text == '\0')
    return;
  push_field (out, _ ("Address"), _ ("%s, as libvirt counts buses"), text);
  const gint32 number = parent < 0 ? -1 : g_array_index (reading->bus_numbers, gint32, parent);
  if (number < 0)
    push_field (out, _ ("In the guest"), _ ("not known"));
  else
    push_field (out, _ ("In the guest"), "%02x:%02x.%x", (guint) number, at->slot, at->function);
}

static char *
new_fate (VhMechanism unplug)
{
  if (unplug == VH_MECHANISM_UNKNOWN)
    return g_strdup (_ ("whether it can be unplugged is unknown"));
  if (unplug == VH_MECHANISM_NONE)
    return g_strdup (_ ("cannot be unplugged"));
  return g_strdup_printf (_ ("unplugged by %s"), vh_mechanism_to_string (unplug));
}

static void
push_device_line (VhStyled *out, const VhReading *reading, guint position)
{
  const VhDevice *device = vh_topology_get_device (reading->topology, position);
  const VhMechanism unplug = vh_modes_get_unplug (reading->modes, position);
  const char *why = vh_modes_explain_unplug (reading->modes, reading->topology, position);
  g_autofree char *fate = new_fate (unplug);
  vh_styled_push_format (out, vh_words_role_of_mechanism (unplug), "- %s: %s.%s%s", device->label,
                         fate, why != NULL ? " " : "", why != NULL ? why : "");
}

static void
push_devices (VhStyled *out, const VhReading *reading, guint bus)
{
  guint first = 0, n_shown = 0;
  const guint n = vh_topology_get_bus_devices (reading->topology, bus, &first);
  for (guint i = first; i < first + n; i++)
    {
      if (vh_topology_get_device (reading->topology, i)->secondary_bus >= 0)
        continue;
      push_device_line (out, reading, i);
      n_shown++;
    }
  if (n_shown == 0)
    vh_styled_push (out, VH_ROLE_DIM, 2, _ ("No device is on this bus."));
}

static void
push_bus (VhStyled *out, const VhReading *reading, guint position)
{
  const VhBus *bus = vh_topology_get_bus (reading->topology, position);
  const gint32 number = g_array_index (reading->bus_numbers, gint32, position);
  push_address (out, reading, &bus->at, bus->parent);
  if (*bus->alias != '\0')
    push_field (out, _ ("Alias"), "%s", bus->alias);
  if (number < 0)
    push_field (out, _ ("Guest bus"), _ ("not known"));
  else
    push_field (out, _ ("Guest bus"), _ ("%02x: what is on it is named after this number"),
                (guint) number);
  if (bus->model_name != NULL)
    push_field (out, _ ("Model"), "%s", bus->model_name);
  if (bus->chassis >= 0)
    push_field (out, _ ("Chassis"), "%d", bus->chassis);
  if (bus->numa_node >= 0)
    push_field (out, _ ("NUMA node"), "%d", bus->numa_node);
  push_devices (out, reading, position);
}

/* The user's own; libvirt makes others when the domain starts. */
static char *
dup_alias (const VhReading *reading, const VhDevice *device)
{
  if (device->element == VH_NO_ELEMENT)
    return NULL;
  const gint32 alias = vh_document_find_child (reading->document, device->element, "alias");
  return alias < 0 ? NULL : vh_document_dup_attribute (reading->document, (guint) alias, "name");
}

static void
push_device (VhStyled *out, const VhReading *reading, guint position)
{
  const VhDevice *device = vh_topology_get_device (reading->topology, position);
  g_autofree char *alias = dup_alias (reading, device);
  push_address (out, reading, &device->at, device->bus);
  push_field (out, _ ("Alias"), "%s",
              alias != NULL ? alias : _ ("none; libvirt gives one at each start"));
  if (device->bus >= 0)
    {
      const VhBus *bus = vh_topology_get_bus (reading->topology, (guint) device->bus);
      push_field (out, _ ("On bus"), "%d, %s", bus->index, vh_bus_model_to_string (bus->model));
    }
  push_device_line (out, reading, position);
}

/* ---- what libvirt puts into free slots ---- */

static void
push_takes (VhStyled *out, const VhReading *reading, guint bus, gboolean is_live)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    if (vh_fit_may_sit (reading->topology, (VhFitDevice) device, bus, is_live))
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                              vh_fit_device_to_word ((VhFitDevice) device));
  push_field (out, is_live ? _ ("While it runs") : _ ("Defined"), "%s",
              words->len > 0 ? words->str : _ ("nothing that is not given an address here"));
}

static void
push_free (VhStyled *out, const VhReading *reading, const VhRow *row)
{
  const VhBus *bus = vh_topology_get_bus (reading->topology, row->item);
  const guint last = vh_row_get_last_slot (row);
  push_field (out, _ ("Bus"), "%d, %s", bus->index, vh_bus_model_to_string (bus->model));
  if (row->slot == last)
    push_field (out, _ ("Slot"), "0x%02x", last);
  else
    push_field (out, _ ("Slots"), _ ("0x%1$02x to 0x%2$02x"), row->slot, last);
  vh_styled_push (out, VH_ROLE_PLAIN, 2, _ ("What libvirt puts here by itself:"));
  push_takes (out, reading, row->item, TRUE);
  push_takes (out, reading, row->item, FALSE);
}

/* ---- knobs ---- */

static void
push_knob (VhStyled *out, const VhSession *session, VhKnob knob)
{
  const VhReading *after = session->after;
  const VhInput *input = knob == VH_KNOB_ROOT ? &after->inputs->root : &after->inputs->bridge;
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, -1);
  const char *driver = NULL, *property = NULL;
  if (!state->applies)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, _ ("This machine does not have it."));
  else
    push_field (out, _ ("Comes from"), "%s [%s]", input->detail,
                vh_words_of_origin (input->origin));
  push_field (out, _ ("Set in"), "%s",
              state->site != VH_SITE_NONE ? vh_words_of_site (state->site) : _ ("nothing"));
  push_field (out, _ ("Written to"), "%s",
              state->reason == NULL ? vh_words_of_site (state->write_site) : _ ("nothing"));
  if (vh_check_get_global (after->topology->machine, knob, &driver, &property))
    push_field (out, "QEMU", "%s.%s", driver, property);
}

GPtrArray *
vh_rows_new_details (const VhSession *session, const VhRow *row, guint width)
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
      push_bus (&out, session->after, row->item);
      break;
    case VH_ROW_DEVICE:
    case VH_ROW_UNADDRESSED:
      push_device (&out, session->after, row->item);
      break;
    case VH_ROW_SLOTS:
      push_free (&out, session->after, row);
      break;
    case VH_ROW_UNADDRESSED_HEADING:
      vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("Their own rows have the details."));
      break;
    default:
      g_assert_not_reached ();
    }
  return out.lines;
}
