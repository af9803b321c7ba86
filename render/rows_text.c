/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "model/i18n.h"
#include "render/change.h"
#include "render/rows.h"
#include "render/words.h"

/* A state in one or two words. Of a port the usual one is not told twice. */
static const char *
word_of_state (const VhKnobState *state, gboolean port)
{
  if (!state->applies)
    return port ? "" : _ ("does not apply");
  if (state->configured != VH_SWITCH_ABSENT)
    return vh_switch_to_string (state->configured);
  if (state->state == VH_KNOWN_YES)
    return port ? vh_switch_to_string (VH_SWITCH_ABSENT) : _ ("default (on)");
  return state->state == VH_KNOWN_NO ? _ ("default (off)") : _ ("default (unknown)");
}

static char *
new_knob_text (const VhSession *session, VhKnob knob, gint32 bus, gboolean ascii)
{
  gboolean port = knob == VH_KNOB_PORT;
  g_autoptr (VhKnobState) after = vh_session_new_knob (session, knob, bus);
  if (session->base == session->after)
    return g_strdup (word_of_state (after, port));
  g_autoptr (VhKnobState) before = vh_change_new_knob (session, knob, bus);
  return vh_words_new_change (word_of_state (before, port), word_of_state (after, port), ascii);
}

static const VhInput *
input_of_knob (const VhReading *reading, VhKnob knob)
{
  return knob == VH_KNOB_ROOT ? &reading->inputs->root : &reading->inputs->bridge;
}

static char *
new_note (const VhSession *session, VhKnob knob)
{
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, -1);
  if (!state->applies)
    return g_strdup (state->reason != NULL ? state->reason : "");
  g_autofree char *where =
      state->configured != VH_SWITCH_ABSENT
          ? g_strdup_printf (_ ("in %s"), vh_words_of_site (state->site))
          : g_strdup_printf (_ ("from %s"), input_of_knob (session->after, knob)->detail);
  return state->reason != NULL
             ? g_strdup_printf (_ ("%1$s; cannot be set: %2$s"), where, state->reason)
             : g_steal_pointer (&where);
}

static void
init_knob (VhRowText *text, const VhSession *session, VhKnob knob, gboolean ascii)
{
  text->name = g_strdup (vh_words_of_knob (knob));
  text->knob_text = new_knob_text (session, knob, -1, ascii);
  text->note = new_note (session, knob);
}

static void
init_bus (VhRowText *text, const VhSession *session, guint position, gboolean ascii)
{
  const VhReading *after = session->after;
  const VhBus *bus = vh_topology_get_bus (after->topology, position);
  const VhMode *mode = vh_modes_get (after->modes, position);
  const VhMode *before = vh_change_find_mode (session, position);
  VhSlots slots = vh_slots_of_bus (after->topology, after->modes, position);
  text->name = vh_words_new_bus (bus);
  text->address = vh_words_new_address (&bus->at);
  text->used = mode->used;
  text->used_text =
      vh_words_new_change (vh_mechanism_to_string (before != NULL ? before->used : mode->used),
                           vh_mechanism_to_string (mode->used), ascii);
  text->offered = vh_words_new_offered (mode);
  text->offered_changed = before != NULL && before->offered != mode->offered;
  text->free_text = g_strdup_printf ("%u", slots.free);
  if (vh_bus_is_port (bus) && bus->index >= 0)
    text->knob_text = new_knob_text (session, VH_KNOB_PORT, bus->index, ascii);
}

static void
init_device (VhRowText *text, const VhSession *session, guint position, gboolean ascii)
{
  const VhReading *after = session->after, *base = session->base;
  const VhDevice *device = vh_topology_get_device (after->topology, position);
  text->name = g_strdup (device->label);
  text->address = vh_words_new_address (&device->at);
  if (device->bus < 0)
    return;
  gint32 old = vh_change_find_device (session, position);
  text->used = vh_modes_get_unplug (after->modes, position);
  VhMechanism before = old < 0 ? text->used : vh_modes_get_unplug (base->modes, (guint) old);
  text->used_text = vh_words_new_change (vh_mechanism_to_string (before),
                                         vh_mechanism_to_string (text->used), ascii);
}

/* The mechanism of a plug into a free slot of the bus. */
static VhMechanism
mechanism_of_slot (const VhReading *reading, guint bus)
{
  if (!vh_bus_takes_live_attach (vh_topology_get_bus (reading->topology, bus)))
    return VH_MECHANISM_NONE;
  return vh_modes_get (reading->modes, bus)->used;
}

/* Slots in hexadecimal, as in addresses; numbers of slots in decimal. */
static void
init_slots (VhRowText *text, const VhSession *session, const VhRow *row, gboolean ascii)
{
  guint first = row->slot, last = vh_row_get_last_slot (row);
  text->name = first == last ? g_strdup_printf (_ ("slot %02x free"), first)
                             : g_strdup_printf (_ ("slots %1$02x-%2$02x free, %3$u"), first, last,
                                                last - first + 1);
  text->used = mechanism_of_slot (session->after, row->item);
  VhMechanism before = vh_change_find_mode (session, row->item) != NULL
                           ? mechanism_of_slot (session->base, row->item)
                           : text->used;
  text->used_text = vh_words_new_change (vh_mechanism_to_string (before),
                                         vh_mechanism_to_string (text->used), ascii);
}

static void
fill_empty (char **text)
{
  if (*text == NULL)
    *text = g_strdup ("");
}

void
vh_row_text_init (VhRowText *text, const VhSession *session, const VhRow *row, gboolean ascii)
{
  *text = (VhRowText){ .used = VH_MECHANISM_UNKNOWN };
  switch ((VhRowKind) row->kind)
    {
    case VH_ROW_ROOT_KNOB:
      init_knob (text, session, VH_KNOB_ROOT, ascii);
      break;
    case VH_ROW_BRIDGE_KNOB:
      init_knob (text, session, VH_KNOB_BRIDGE, ascii);
      break;
    case VH_ROW_BUS:
      init_bus (text, session, row->item, ascii);
      break;
    case VH_ROW_DEVICE:
    case VH_ROW_UNADDRESSED:
      init_device (text, session, row->item, ascii);
      break;
    case VH_ROW_SLOTS:
      init_slots (text, session, row, ascii);
      break;
    case VH_ROW_UNADDRESSED_HEADING:
      text->name = g_strdup (_ ("without a place on a PCI bus"));
      break;
    default:
      g_assert_not_reached ();
    }
  char **all[] = { &text->name,      &text->address,   &text->offered, &text->used_text,
                   &text->free_text, &text->knob_text, &text->note };
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    fill_empty (all[i]);
}

void
vh_row_text_clear (VhRowText *text)
{
  g_free (text->name);
  g_free (text->address);
  g_free (text->offered);
  g_free (text->used_text);
  g_free (text->free_text);
  g_free (text->knob_text);
  g_free (text->note);
  *text = (VhRowText){ .used = VH_MECHANISM_UNKNOWN };
}

gboolean
vh_row_matches (const VhSession *session, const VhRow *row, const char *needle)
{
  VhRowText text;
  vh_row_text_init (&text, session, row, FALSE);
  g_autofree char *line =
      g_strjoin (" ", text.name, text.address, text.offered, text.used_text, text.knob_text, NULL);
  vh_row_text_clear (&text);
  g_autofree char *hay = g_utf8_casefold (line, -1);
  g_autofree char *folded = g_utf8_casefold (needle, -1);
  return strstr (hay, folded) != NULL;
}
