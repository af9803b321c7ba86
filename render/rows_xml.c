/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The XML of a row as it stands in the edited document. */
#include <string.h>

#include "model/i18n.h"
#include "model/secrets.h"

#include "render/change.h"
#include "render/rows_parts.h"

/* How far in the line begins that the element begins on; 0 when something stands before it. */
static guint
count_indent (const VhDocument *document, guint element)
{
  const char *text = vh_document_get_text (document, NULL);
  const guint32 begin = vh_document_get_element (document, element)->begin;
  guint32 at = begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
    at--;
  return at == 0 || text[at - 1] == '\n' ? begin - at : 0;
}

/* Lines without that indentation and without CR; a tab is four blanks. Caller frees. */
static char **
new_lines (const VhDocument *document, guint element)
{
  g_autofree char *text = vh_secrets_dup_element (document, element);
  const guint indent = count_indent (document, element);
  char **lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *begin = lines[i];
      for (guint cut = 0; cut < indent && (*begin == ' ' || *begin == '\t'); cut++)
        begin++;
      g_auto (GStrv) parts = g_strsplit (begin, "\t", -1);
      char *line = g_strchomp (g_strjoinv ("    ", parts));
      g_free (lines[i]);
      lines[i] = line;
    }
  return lines;
}

/* `before`: the lines that the element had; NULL marks none. */
static void
push_lines (VhStyled *out, char **lines, char **before)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const gboolean is_new =
          before != NULL && !g_strv_contains ((const char *const *) before, lines[i]);
      g_autofree char *line = g_strconcat (is_new ? "* " : "  ", lines[i], NULL);
      vh_styled_push (out, is_new ? VH_ROLE_CHANGED : VH_ROLE_PLAIN, 6, line);
    }
}

/* The same element before the edits; VH_NO_ELEMENT when it was not there. */
static guint32
find_before (const VhSession *session, const VhRow *row)
{
  const VhTopology *base = session->base->topology;
  if (row->kind == VH_ROW_BUS)
    return row->item < vh_topology_get_n_buses (base)
               ? vh_topology_get_bus (base, row->item)->element
               : VH_NO_ELEMENT;
  const gint32 device = vh_change_find_device (session, row->item);
  return device < 0 ? VH_NO_ELEMENT : vh_topology_get_device (base, (guint) device)->element;
}

static void
push_element (VhStyled *out, const VhSession *session, guint32 element, guint32 before)
{
  g_auto (GStrv) lines = new_lines (session->after->document, element);
  g_auto (GStrv) old =
      before == VH_NO_ELEMENT ? g_new0 (char *, 1) : new_lines (session->base->document, before);
  push_lines (out, lines, session->base == session->after ? NULL : old);
}

/* A bus or a device. */
static void
push_own (VhStyled *out, const VhSession *session, const VhRow *row)
{
  const VhTopology *after = session->after->topology;
  const guint32 element = row->kind == VH_ROW_BUS
                              ? vh_topology_get_bus (after, row->item)->element
                              : vh_topology_get_device (after, row->item)->element;
  if (element == VH_NO_ELEMENT)
    vh_styled_push (out, VH_ROLE_DIM, 2,
                    _ ("It does not stand in the document: libvirt adds it by itself."));
  else
    push_element (out, session, element, find_before (session, row));
}

/* ---- what a knob of the machine is set by ---- */

static guint
push_global (VhStyled *out, const VhSession *session, const VhGlobal *global)
{
  const VhDocument *document = session->after->document;
  g_auto (GStrv) flag = new_lines (document, global->flag_element);
  g_auto (GStrv) value = new_lines (document, global->value_element);
  push_lines (out, flag, NULL);
  if (global->value_element != global->flag_element)
    push_lines (out, value, NULL);
  return 1;
}

static guint
push_globals (VhStyled *out, const VhSession *session, VhKnob knob)
{
  const VhTopology *topology = session->after->topology;
  const char *driver = NULL, *property = NULL;
  guint n = 0;
  if (!vh_check_get_global (topology->machine, knob, &driver, &property))
    return 0;
  for (guint i = 0; i < topology->args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (topology->args->globals, i);
      if (g_str_equal (global->driver, driver) && g_str_equal (global->property, property))
        n += push_global (out, session, global);
    }
  return n;
}

static void
push_knob (VhStyled *out, const VhSession *session, VhKnob knob)
{
  const VhTopology *topology = session->after->topology;
  guint n = 0;
  if (knob == VH_KNOB_BRIDGE && topology->feature_element != VH_NO_ELEMENT)
    {
      g_auto (GStrv) lines = new_lines (session->after->document, topology->feature_element);
      push_lines (out, lines, NULL);
      n++;
    }
  const gint32 root = vh_topology_find_bus (topology, 0);
  if (knob == VH_KNOB_ROOT && root >= 0)
    {
      const VhBus *bus = vh_topology_get_bus (topology, (guint) root);
      const VhRow row = { .kind = VH_ROW_BUS, .item = (guint32) root };
      if (bus->hotplug != VH_SWITCH_ABSENT && bus->element != VH_NO_ELEMENT)
        {
          push_own (out, session, &row);
          n++;
        }
    }
  n += push_globals (out, session, knob);
  if (n == 0)
    vh_styled_push (out, VH_ROLE_DIM, 2, _ ("Nothing in the document sets it."));
}

/* For the clipboard: what gives a device a place here. */
static void
push_address (VhStyled *out, const VhSession *session, const VhRow *row)
{
  const VhBus *bus = vh_topology_get_bus (session->after->topology, row->item);
  vh_styled_push (out, VH_ROLE_DIM, 2, _ ("Nothing is here. A device with this address would be:"));
  vh_styled_push_format (out, VH_ROLE_PLAIN,
                         "  <address type='pci' domain='0x0000' bus='0x%02x' slot='0x%02x' "
                         "function='0x0'/>",
                         (guint) MAX (bus->index, 0), row->slot);
}

GPtrArray *
vh_rows_new_xml (const VhSession *session, const VhRow *row, guint width)
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
    case VH_ROW_DEVICE:
    case VH_ROW_UNADDRESSED:
      push_own (&out, session, row);
      break;
    case VH_ROW_SLOTS:
      push_address (&out, session, row);
      break;
    case VH_ROW_UNADDRESSED_HEADING:
      vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("Their own rows have the XML."));
      break;
    default:
      g_assert_not_reached ();
    }
  return out.lines;
}
