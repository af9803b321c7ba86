/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit.h"

#include "model/edit_apply.h"
#include "model/edit_ports.h"
#include "model/i18n.h"

G_DEFINE_QUARK (vh_edit_error, vh_edit_error)

VhEditList *
vh_edit_list_new (void)
{
  VhEditList *list = g_new0 (VhEditList, 1);
  list->edits = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  return list;
}

VhEditList *
vh_edit_list_dup (const VhEditList *list)
{
  VhEditList *copy = vh_edit_list_new ();
  g_array_append_vals (copy->edits, list->edits->data, list->edits->len);
  copy->n_done = list->n_done;
  return copy;
}

void
vh_edit_list_free (VhEditList *list)
{
  if (!list)
    return;
  g_array_unref (list->edits);
  g_free (list);
}

static const VhEdit *
get_edit (const VhEditList *list, guint edit)
{
  return &g_array_index (list->edits, VhEdit, edit);
}

static gboolean
check_port (const VhEdit *edit, const VhReading *now, GError **error)
{
  if (edit->knob != VH_KNOB_PORT)
    return TRUE;
  gint32 bus = vh_topology_find_bus (now->topology, edit->bus);
  if (bus >= 0 && vh_bus_is_port (vh_topology_get_bus (now->topology, (guint) bus)))
    return TRUE;
  if (edit->bus == 0)
    g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_PORT,
                 _ ("Bus 0 is the root bus, not a port: use --root."));
  else if (bus < 0)
    g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_PORT,
                 _ ("There is no PCI controller with the index %d."), edit->bus);
  else
    g_set_error (
        error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_PORT,
        _ ("PCI controller %1$d is a %2$s: only root ports and downstream ports can be set."),
        edit->bus,
        vh_bus_model_to_string (vh_topology_get_bus (now->topology, (guint) bus)->model));
  return FALSE;
}

static gboolean
check_settable (const VhEdit *edit, const VhKnobState *knob, const VhReading *now,
                const VhCaps *caps, GError **error)
{
  const char *read_only = vh_document_get_read_only_reason (now->document);
  if (read_only)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_READ_ONLY, read_only);
      return FALSE;
    }
  g_autofree char *reason = vh_edit_new_obstacle (edit, knob, now, caps);
  if (reason)
    g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, reason);
  return reason == NULL;
}

static void
append (VhEditList *list, const VhEdit *edit)
{
  VhEdit copy = *edit;
  guint step = list->n_done > 0 ? get_edit (list, list->n_done - 1)->step : 0;
  copy.step = edit->step > 0 && step > 0 ? step : step + 1;
  g_array_set_size (list->edits, list->n_done);
  g_array_append_val (list->edits, copy);
  list->n_done++;
}

static gboolean
push_ports (VhEditList *list, const VhEdit *edit, const VhReading *now, GError **error)
{
  VhEdit full = *edit;
  if (edit->kind == VH_EDIT_ADD_PORTS && edit->count == 0)
    return TRUE;
  if (!vh_edit_ports_fill (&full, list, now, error))
    return FALSE;
  append (list, &full);
  return TRUE;
}

gboolean
vh_edit_list_push (VhEditList *list, const VhEdit *edit, const VhReading *now, const VhCaps *caps,
                   GError **error)
{
  if (vh_edit_ports_is (edit))
    return push_ports (list, edit, now, error);
  if (!check_port (edit, now, error))
    return FALSE;
  g_autoptr (VhKnobState) knob =
      vh_check_new_knob (now->topology, now->inputs, caps, edit->knob, edit->bus);
  VhEdit full = *edit;
  full.from = vh_edit_get_configured (knob);
  if (edit->kind == VH_EDIT_SET_SITE)
    full.to = full.from;
  if (edit->knob != VH_KNOB_PORT)
    full.bus = -1;
  if (full.to == VH_SWITCH_ABSENT)
    full.site = VH_SITE_NONE;
  if (vh_edit_changes_nothing (&full, knob, now))
    return TRUE;
  if (!check_settable (&full, knob, now, caps, error))
    return FALSE;
  append (list, &full);
  return TRUE;
}

gboolean
vh_edit_list_may_undo (const VhEditList *list)
{
  return list->n_done > 0;
}

gboolean
vh_edit_list_may_redo (const VhEditList *list)
{
  return list->n_done < list->edits->len;
}

gboolean
vh_edit_list_undo (VhEditList *list)
{
  if (!vh_edit_list_may_undo (list))
    return FALSE;
  guint step = get_edit (list, list->n_done - 1)->step;
  while (list->n_done > 0 && get_edit (list, list->n_done - 1)->step == step)
    list->n_done--;
  return TRUE;
}

gboolean
vh_edit_list_redo (VhEditList *list)
{
  if (!vh_edit_list_may_redo (list))
    return FALSE;
  guint step = get_edit (list, list->n_done)->step;
  while (list->n_done < list->edits->len && get_edit (list, list->n_done)->step == step)
    list->n_done++;
  return TRUE;
}

/* Kept with the backups, so it is in no language but that of the command line. */
char *
vh_edit_describe (const VhEdit *edit)
{
  if (edit->kind == VH_EDIT_ADD_PORTS)
    return g_strdup_printf ("%u more root port%s", edit->count, edit->count == 1 ? "" : "s");
  if (edit->kind == VH_EDIT_REMOVE_PORT)
    return g_strdup_printf ("port %d removed", edit->bus);
  g_autofree char *knob = edit->knob == VH_KNOB_PORT ? g_strdup_printf ("port %d", edit->bus)
                                                     : g_strdup (vh_knob_to_string (edit->knob));
  if (edit->kind == VH_EDIT_SET_SITE)
    return g_strdup_printf ("%s moved to %s", knob, vh_site_to_string (edit->site));
  return g_strdup_printf ("%s %s", knob, vh_switch_to_string (edit->to));
}
