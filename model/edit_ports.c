/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_ports.h"

#include "model/i18n.h"
#include "model/spare.h"

struct VhEditPorts {
  const VhReading *base;
  GArray *added;     /* of VhSparePort */
  GArray *settings;  /* of VhSwitch, as `added` */
  guint n_removed;   /* the highest buses of the base */
  gint32 first_gone; /* the lowest index of them; G_MAXINT32 for none */
};

gboolean
vh_edit_ports_is (const VhEdit *edit)
{
  return edit->kind == VH_EDIT_ADD_PORTS || edit->kind == VH_EDIT_REMOVE_PORT;
}

/* How many ports more than the base has after the first `n` edits. */
static gint
count_ports (const VhEditList *list, guint n)
{
  gint count = 0;
  for (guint i = 0; i < n; i++)
    {
      const VhEdit *edit = &g_array_index (list->edits, VhEdit, i);
      if (edit->kind == VH_EDIT_ADD_PORTS)
        count += (gint) edit->count;
      else if (edit->kind == VH_EDIT_REMOVE_PORT)
        count--;
    }
  return count;
}

gint32
vh_edit_list_find_first_added (const VhEditList *list)
{
  for (guint i = 0; i < list->n_done; i++)
    {
      const VhEdit *edit = &g_array_index (list->edits, VhEdit, i);
      if (edit->kind == VH_EDIT_ADD_PORTS)
        return edit->bus;
    }
  return -1;
}

/* ---- push ---- */

/* A port in the place of one that goes would be the same to libvirt, with
 * traces of the old one. */
static char *
fill_added (VhEdit *edit, const VhEditList *list, const VhReading *now)
{
  char *reason = NULL;
  if (count_ports (list, list->n_done) < 0)
    return g_strdup (_ ("A root port is being removed: take that back first (undo)."));
  g_autoptr (GArray) ports = vh_spare_new_ports (now->topology, edit->count, &reason);
  if (ports)
    edit->bus = vh_spare_find_next_index (now->topology);
  return reason;
}

static char *
fill_removed (VhEdit *edit, const VhReading *now)
{
  char *reason = NULL;
  edit->bus = vh_spare_find_removable (now->topology, 0, &reason);
  return reason;
}

gboolean
vh_edit_ports_fill (VhEdit *edit, const VhEditList *list, const VhReading *now, GError **error)
{
  const char *read_only = vh_document_get_read_only_reason (now->document);
  if (read_only)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_READ_ONLY, read_only);
      return FALSE;
    }
  g_autofree char *reason =
      edit->kind == VH_EDIT_ADD_PORTS ? fill_added (edit, list, now) : fill_removed (edit, now);
  if (reason)
    g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM, reason);
  return reason == NULL;
}

/* ---- apply ---- */

static char *
find_misfit (const VhEditList *list, const VhReading *base)
{
  gint32 first = vh_edit_list_find_first_added (list);
  gint32 next = vh_spare_find_next_index (base->topology);
  if (first >= 0 && first < next)
    return g_strdup_printf (_ ("there is a controller with the index %d now"), first);
  return NULL;
}

static char *
plan_ports (VhEditPorts *ports, gint count)
{
  char *reason = NULL;
  if (count > 0)
    {
      g_array_unref (ports->added);
      ports->added = vh_spare_new_ports (ports->base->topology, (guint) count, &reason);
      if (ports->added)
        g_array_set_size (ports->settings, ports->added->len);
    }
  for (gint gone = 0; gone < -count && !reason; gone++)
    {
      ports->first_gone = vh_spare_find_removable (ports->base->topology, (guint) gone, &reason);
      ports->n_removed++;
    }
  return reason;
}

VhEditPorts *
vh_edit_ports_new (const VhEditList *list, const VhReading *base, GError **error)
{
  g_autoptr (VhEditPorts) ports = g_new0 (VhEditPorts, 1);
  ports->base = base;
  ports->added = g_array_new (FALSE, FALSE, sizeof (VhSparePort));
  ports->settings = g_array_new (FALSE, TRUE, sizeof (VhSwitch));
  ports->first_gone = G_MAXINT32;
  gint count = count_ports (list, list->n_done);
  g_autofree char *misfit = find_misfit (list, base);
  if (!misfit)
    misfit = plan_ports (ports, count);
  if (!misfit)
    return g_steal_pointer (&ports);
  g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED,
               _ ("The change of the root ports no longer fits: %s"), misfit);
  return NULL;
}

void
vh_edit_ports_free (VhEditPorts *ports)
{
  if (!ports)
    return;
  if (ports->added)
    g_array_unref (ports->added);
  g_array_unref (ports->settings);
  g_free (ports);
}

gboolean
vh_edit_ports_take_knob (VhEditPorts *ports, const VhEdit *edit)
{
  if (edit->knob != VH_KNOB_PORT)
    return FALSE;
  for (guint i = 0; i < ports->added->len; i++)
    if (g_array_index (ports->added, VhSparePort, i).index == edit->bus)
      {
        g_array_index (ports->settings, VhSwitch, i) = edit->to;
        return TRUE;
      }
  return edit->bus >= ports->first_gone;
}

/* The controller that stands last in the text. */
static guint
find_last_controller (const VhTopology *topology)
{
  guint last = 0;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      guint32 element = vh_topology_get_bus (topology, i)->element;
      if (element != VH_NO_ELEMENT)
        last = MAX (last, element);
    }
  return last;
}

void
vh_edit_ports_write (const VhEditPorts *ports, VhSplices *splices)
{
  const VhTopology *topology = ports->base->topology;
  guint n_buses = vh_topology_get_n_buses (topology);
  g_autoptr (GString) markup = g_string_new (NULL);
  for (guint i = 0; i < ports->n_removed; i++)
    vh_splices_remove_element (splices, vh_topology_get_bus (topology, n_buses - 1 - i)->element,
                               VH_EMPTIED_COLLAPSE);
  for (guint i = 0; i < ports->added->len; i++)
    {
      g_autofree char *port = vh_spare_format (&g_array_index (ports->added, VhSparePort, i),
                                               g_array_index (ports->settings, VhSwitch, i));
      g_string_append_printf (markup, "%s%s", i > 0 ? "\n" : "", port);
    }
  if (markup->len > 0)
    vh_splices_insert_after (splices, find_last_controller (topology), markup->str);
}

/* ---- replay ---- */

/* Where the result is not known: is there a root port of that index, as it
 * was to be added, or nothing, as it was to be removed? */
static gboolean
is_as_wanted (const VhEdit *edit, gint32 index, const VhReading *base)
{
  gint32 found = vh_topology_find_bus (base->topology, index);
  if (edit->kind == VH_EDIT_REMOVE_PORT || found < 0)
    return edit->kind == VH_EDIT_REMOVE_PORT && found < 0;
  return vh_topology_get_bus (base->topology, (guint) found)->model == VH_BUS_ROOT_PORT;
}

static gboolean
is_same_port (const VhReading *after, gint32 index, const VhReading *base)
{
  gint32 new = vh_topology_find_bus (after->topology, index);
  gint32 old = vh_topology_find_bus (base->topology, index);
  if (new < 0 || old < 0)
    return new == old;
  const VhBus *wanted = vh_topology_get_bus (after->topology, (guint) new);
  const VhBus *there = vh_topology_get_bus (base->topology, (guint) old);
  return wanted->model == there->model && wanted->hotplug == there->hotplug &&
         vh_address_compare (&wanted->at, &there->at) == 0;
}

gboolean
vh_edit_ports_is_reached (const VhEditList *list, const VhReading *after, const VhReading *base)
{
  gboolean any = FALSE;
  for (guint i = 0; i < list->n_done; i++)
    {
      const VhEdit *edit = &g_array_index (list->edits, VhEdit, i);
      guint n = edit->kind == VH_EDIT_ADD_PORTS ? edit->count : 0;
      if (edit->kind == VH_EDIT_REMOVE_PORT)
        n = 1;
      for (guint k = 0; k < n; k++)
        {
          gint32 index = edit->bus + (gint32) k;
          if (after ? !is_same_port (after, index, base) : !is_as_wanted (edit, index, base))
            return FALSE;
        }
      any |= n > 0;
    }
  return any;
}
