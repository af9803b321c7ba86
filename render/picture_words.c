/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/picture_words.h"

#include "render/words.h"

static void
line_free (VhPictureLine *line)
{
  g_free (line->text);
  g_free (line);
}

GPtrArray *
vh_picture_new_lines (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
}

void
vh_picture_take_line (GPtrArray *lines, VhRole role, char *text)
{
  VhPictureLine *line = g_new0 (VhPictureLine, 1);
  line->role = role;
  line->text = vh_text_dup_visible (text);
  g_free (text);
  g_ptr_array_add (lines, line);
}

guint
vh_picture_get_last (const VhComparison *comparison)
{
  return comparison->variants->len - 1;
}

const VhReading *
vh_picture_get_reading (const VhComparison *comparison, guint variant)
{
  return ((const VhVariant *) g_ptr_array_index (comparison->variants, variant))->reading;
}

/* What one reading says of a bus or device; `position` is in its topology. */
typedef char *(*WordFunc) (const VhReading *reading, guint position);

/* Where it is in the latest state that has it. */
static const VhReading *
latest (const VhComparison *comparison, const VhCompareRow *row, guint *position)
{
  guint variant = vh_picture_get_last (comparison);
  while (row->positions[variant] < 0)
    variant--;
  *position = (guint) row->positions[variant];
  return vh_picture_get_reading (comparison, variant);
}

/* "acpi", or "acpi → native" where the two states differ. */
static char *
new_word (const VhComparison *comparison, const VhCompareRow *row, WordFunc word)
{
  guint position = 0;
  const VhReading *reading = latest (comparison, row, &position);
  g_autofree char *after = word (reading, position);
  if (row->positions[0] < 0)
    return g_steal_pointer (&after);
  g_autofree char *before =
      word (vh_picture_get_reading (comparison, 0), (guint) row->positions[0]);
  return g_str_equal (before, after) ? g_steal_pointer (&after)
                                     : g_strconcat (before, " → ", after, NULL);
}

static char *
word_of_used (const VhReading *reading, guint bus)
{
  return g_strdup (vh_mechanism_to_string (vh_modes_get (reading->modes, bus)->used));
}

static char *
word_of_offered (const VhReading *reading, guint bus)
{
  return vh_words_new_offered (vh_modes_get (reading->modes, bus));
}

static char *
word_of_hotplug (const VhReading *reading, guint bus)
{
  return g_strdup (vh_switch_to_string (vh_topology_get_bus (reading->topology, bus)->hotplug));
}

static char *
word_of_unplug (const VhReading *reading, guint device)
{
  return g_strdup (vh_mechanism_to_string (vh_modes_get_unplug (reading->modes, device)));
}

static char *
word_of_free (const VhReading *reading, guint bus)
{
  return g_strdup_printf ("%u", vh_slots_of_bus (reading->topology, reading->modes, bus).free);
}

/* How a device would come into a free slot. */
static char *
word_of_plug (const VhReading *reading, guint bus)
{
  const gint hotpluggable =
      vh_slots_of_bus (reading->topology, reading->modes, bus).hotpluggable_free;
  VhMechanism plug = vh_modes_get (reading->modes, bus)->used;
  if (hotpluggable <= 0)
    plug = hotpluggable < 0 ? VH_MECHANISM_UNKNOWN : VH_MECHANISM_NONE;
  return g_strdup (vh_mechanism_to_string (plug));
}

static VhPictureMark
mark_of (const VhComparison *comparison, const VhCompareRow *row)
{
  if (row->positions[0] < 0)
    return VH_PICTURE_ADDED;
  if (row->positions[vh_picture_get_last (comparison)] < 0)
    return VH_PICTURE_REMOVED;
  return row->differs ? VH_PICTURE_CHANGED : VH_PICTURE_SAME;
}

/* The first line, with a sign of what became of it; a bus that came or went
 * says so in a word as well. */
static void
push_name (VhPictureBox *box, VhRole role, const char *name)
{
  static const char *const signs[] = {
    [VH_PICTURE_SAME] = "",
    [VH_PICTURE_CHANGED] = "* ",
    [VH_PICTURE_ADDED] = "+ ",
    [VH_PICTURE_REMOVED] = "- ",
  };
  box->lines = vh_picture_new_lines ();
  vh_picture_take_line (box->lines, role, g_strconcat (signs[box->mark], name, NULL));
  if (box->mark == VH_PICTURE_ADDED || box->mark == VH_PICTURE_REMOVED)
    vh_picture_take_line (box->lines, vh_picture_get_color (box),
                          g_strdup (vh_picture_mark_to_string (box->mark)));
}

static void
append_chain (GString *title, const VhMode *mode)
{
  for (guint i = 0; i < mode->reasons->len; i++)
    {
      g_autofree char *why = vh_words_new_reason (&g_array_index (mode->reasons, VhReason, i));
      g_string_append_printf (title, "\n- %s", why);
    }
}

static gboolean
offers_what_is_used (const VhComparison *comparison, const VhCompareRow *row)
{
  for (guint i = 0; i < comparison->variants->len; i++)
    {
      if (row->positions[i] < 0)
        continue;
      const VhMode *mode =
          vh_modes_get (vh_picture_get_reading (comparison, i)->modes, (guint) row->positions[i]);
      const VhMechanisms same = mode->used >= VH_MECHANISM_FIRST ? VH_OFFERS (mode->used) : 0;
      if (mode->offered != same)
        return FALSE;
    }
  return TRUE;
}

static void
push_place (VhPictureBox *box, const VhComparison *comparison, const VhCompareRow *row)
{
  g_autofree char *at = vh_words_new_address (&row->at);
  g_autofree char *hotplug = new_word (comparison, row, word_of_hotplug);
  const gboolean is_usual = g_str_equal (hotplug, vh_switch_to_string (VH_SWITCH_ABSENT));
  if (*at != '\0' || !is_usual)
    vh_picture_take_line (box->lines, VH_ROLE_DIM,
                          g_strconcat (at, *at != '\0' && !is_usual ? ", " : "",
                                       is_usual ? "" : "hotplug ", is_usual ? "" : hotplug, NULL));
}

void
vh_picture_describe_bus (VhPictureBox *box, const VhComparison *comparison, const VhCompareRow *row)
{
  guint position = 0;
  const VhReading *reading = latest (comparison, row, &position);
  const VhMode *mode = vh_modes_get (reading->modes, position);
  g_autofree char *name = vh_words_new_bus (vh_topology_get_bus (reading->topology, position));
  g_autofree char *used = new_word (comparison, row, word_of_used);
  g_autofree char *offered = new_word (comparison, row, word_of_offered);
  g_autofree char *free = new_word (comparison, row, word_of_free);
  box->mark = mark_of (comparison, row);
  box->role = vh_words_role_of_mechanism (mode->used);
  push_name (box, VH_ROLE_BUS, name);
  push_place (box, comparison, row);
  vh_picture_take_line (box->lines, box->role, g_strconcat ("used ", used, NULL));
  if (!offers_what_is_used (comparison, row))
    vh_picture_take_line (box->lines, VH_ROLE_PLAIN, g_strconcat ("offered ", offered, NULL));
  g_autoptr (GString) title = g_string_new (NULL);
  g_string_printf (title, "Bus %s: used %s, offered %s, free slots %s.", name, used, offered, free);
  append_chain (title, mode);
  box->title = g_string_free (g_steal_pointer (&title), FALSE);
}

void
vh_picture_describe_device (VhPictureBox *box, const VhComparison *comparison,
                            const VhCompareRow *row)
{
  guint position = 0;
  const VhReading *reading = latest (comparison, row, &position);
  g_autofree char *at = vh_words_new_address (&row->at);
  g_autofree char *unplug = new_word (comparison, row, word_of_unplug);
  box->mark = mark_of (comparison, row);
  box->role = vh_words_role_of_mechanism (vh_modes_get_unplug (reading->modes, position));
  push_name (box, VH_ROLE_DEVICE, row->name);
  vh_picture_take_line (box->lines, box->role, g_strconcat (at, ", unplug ", unplug, NULL));
  box->title =
      g_strdup_printf ("%s at %s. A detach while the guest runs: %s.", row->name, at, unplug);
}

/* "02-06, 09": neighbours as a range. */
static char *
new_ranges (guint32 slots)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint slot = 0; slot < 32; slot++)
    {
      if ((slots & 1u << slot) == 0)
        continue;
      guint end = slot;
      while (end < 31 && (slots & 1u << (end + 1)) != 0)
        end++;
      g_string_append_printf (text, "%s%02x", text->len > 0 ? ", " : "", slot);
      if (end > slot)
        g_string_append_printf (text, "-%02x", end);
      slot = end;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
vh_picture_describe_free (VhPictureBox *box, const VhComparison *comparison,
                          const VhCompareRow *row)
{
  const guint last = vh_picture_get_last (comparison);
  if (row->positions[last] < 0)
    return FALSE;
  const VhReading *reading = vh_picture_get_reading (comparison, last);
  const guint bus = (guint) row->positions[last];
  const VhSlots slots = vh_slots_of_bus (reading->topology, reading->modes, bus);
  if (slots.free == 0)
    return FALSE;
  g_autofree char *ranges = new_ranges (vh_slots_get_free (reading->topology, bus));
  g_autofree char *plug = new_word (comparison, row, word_of_plug);
  box->role = slots.hotpluggable_free < 0 ? VH_ROLE_UNKNOWN
              : slots.hotpluggable_free > 0
                  ? vh_words_role_of_mechanism (vh_modes_get (reading->modes, bus)->used)
                  : VH_ROLE_NONE;
  box->lines = vh_picture_new_lines ();
  if (slots.free == 1)
    vh_picture_take_line (box->lines, VH_ROLE_PLAIN, g_strdup_printf ("slot %s free", ranges));
  else
    {
      vh_picture_take_line (box->lines, VH_ROLE_PLAIN,
                            g_strdup_printf ("%u free slots", slots.free));
      vh_picture_take_line (box->lines, VH_ROLE_DIM, g_strdup (ranges));
    }
  vh_picture_take_line (box->lines, box->role, g_strconcat ("plug ", plug, NULL));
  box->title = g_strdup_printf ("Free slot%s %s. A device plugged in while the guest runs: %s.",
                                slots.free > 1 ? "s" : "", ranges, plug);
  return TRUE;
}
