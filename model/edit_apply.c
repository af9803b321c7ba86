/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_apply.h"

#include "model/edit_ports.h"
#include "model/edit_sites.h"
#include "model/i18n.h"

VhSwitch
vh_edit_get_configured (const VhKnobState *knob)
{
  return knob->applies ? knob->configured : VH_SWITCH_ABSENT;
}

gboolean
vh_edit_changes_nothing (const VhEdit *edit, const VhKnobState *knob, const VhReading *now)
{
  if (edit->to != vh_edit_get_configured (knob))
    return FALSE;
  if (!knob->applies || (edit->kind == VH_EDIT_SET_SITE && edit->to == VH_SWITCH_ABSENT))
    return TRUE;
  g_autoptr (VhEditSites) sites = vh_edit_sites_new (now, edit->knob, edit->bus);
  if (edit->to == VH_SWITCH_ABSENT)
    return vh_edit_sites_is_only (sites, VH_SITE_NONE);
  return edit->site == VH_SITE_NONE ||
         (vh_edit_sites_has (sites, edit->site) && vh_edit_sites_is_only (sites, edit->site));
}

static int
compare_knobs (gconstpointer a, gconstpointer b)
{
  const VhEdit *edit_a = a, *edit_b = b;
  if (edit_a->knob != edit_b->knob)
    return edit_a->knob < edit_b->knob ? -1 : 1;
  return edit_a->bus < edit_b->bus ? -1 : edit_a->bus > edit_b->bus;
}

static VhEdit *
find_folded (GArray *folded, const VhEdit *edit)
{
  for (guint i = 0; i < folded->len; i++)
    {
      VhEdit *other = &g_array_index (folded, VhEdit, i);
      if (other->knob == edit->knob && other->bus == edit->bus)
        return other;
    }
  return NULL;
}

/* What was set of a port goes with it: the next one of its index is new. */
static void
forget_port (GArray *folded, const VhEdit *removed)
{
  const VhEdit port = { .knob = VH_KNOB_PORT, .bus = removed->bus };
  VhEdit *same = find_folded (folded, &port);
  if (same)
    g_array_remove_index (folded, (guint) (same - (VhEdit *) (gpointer) folded->data));
}

/* The done edits of knobs as one for each knob: from the state before the
 * first to that after the last, so that what is written never overlaps. The
 * site that was asked for last stays asked for. In one order always, so that
 * the same state gives the same text whichever way led there. */
static GArray *
fold (const VhEditList *list)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  for (guint i = 0; i < list->n_done; i++)
    {
      const VhEdit *edit = &g_array_index (list->edits, VhEdit, i);
      VhEdit *same = vh_edit_ports_is (edit) ? NULL : find_folded (folded, edit);
      if (edit->kind == VH_EDIT_REMOVE_PORT)
        forget_port (folded, edit);
      else if (!same && !vh_edit_ports_is (edit))
        g_array_append_val (folded, *edit);
      if (!same)
        continue;
      same->kind = VH_EDIT_SET_KNOB;
      same->to = edit->to;
      if (edit->site != VH_SITE_NONE)
        same->site = edit->site;
    }
  g_array_sort (folded, compare_knobs);
  return folded;
}

char *
vh_edit_new_obstacle (const VhEdit *edit, const VhKnobState *knob, const VhReading *now,
                      const VhCaps *caps)
{
  gboolean may_clear = edit->to == VH_SWITCH_ABSENT && knob->site != VH_SITE_QEMU_OVERRIDE &&
                       !vh_topology_has_double_index (now->topology);
  if (may_clear && knob->applies)
    return NULL;
  if (knob->reason || edit->site == VH_SITE_NONE)
    return g_strdup (knob->reason);
  return vh_check_new_site_reason (now->topology, caps, edit->knob, edit->site);
}

/* Why the edit no longer fits; NULL when it does. */
static char *
find_misfit (const VhEdit *edit, const VhKnobState *knob, const VhReading *base, const VhCaps *caps)
{
  VhSwitch configured = vh_edit_get_configured (knob);
  if (configured != edit->from)
    return g_strdup_printf (_ ("The setting was '%1$s' then, and it is '%2$s' now."),
                            vh_switch_to_string (edit->from), vh_switch_to_string (configured));
  return vh_edit_new_obstacle (edit, knob, base, caps);
}

static gboolean
check_base (const VhEdit *edit, const VhKnobState *knob, const VhReading *base, const VhCaps *caps,
            GError **error)
{
  g_autofree char *misfit = find_misfit (edit, knob, base, caps);
  if (!misfit)
    return TRUE;
  g_autofree char *description = vh_edit_describe (edit);
  g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_CHANGED,
               _ ("The change \"%1$s\" no longer fits: %2$s"), description, misfit);
  return FALSE;
}

typedef struct {
  const VhReading *base;
  const VhCaps *caps;
  VhEditPorts *ports;
  VhSplices *splices;
  GPtrArray *arguments; /* of char *: new QEMU arguments of all knobs */
} Target;

static gboolean
apply_one (const VhEdit *edit, const Target *target, GError **error)
{
  const VhReading *base = target->base;
  if (vh_edit_ports_take_knob (target->ports, edit))
    return TRUE;
  g_autoptr (VhKnobState) knob =
      vh_check_new_knob (base->topology, base->inputs, target->caps, edit->knob, edit->bus);
  if (vh_edit_get_configured (knob) == edit->from && vh_edit_changes_nothing (edit, knob, base))
    return TRUE;
  if (!check_base (edit, knob, base, target->caps, error))
    return FALSE;
  g_autoptr (VhEditSites) sites = vh_edit_sites_new (base, edit->knob, edit->bus);
  VhSite site = edit->site != VH_SITE_NONE ? edit->site : knob->write_site;
  for (VhSite other = VH_SITE_TARGET; other <= VH_SITE_QEMU_GLOBAL; other++)
    if (edit->to == VH_SWITCH_ABSENT || other != site)
      vh_edit_sites_clear (sites, other, target->splices);
  if (edit->to != VH_SWITCH_ABSENT)
    vh_edit_sites_write (sites, site, edit->to, target->splices, target->arguments);
  return TRUE;
}

VhDocument *
vh_edit_list_apply (const VhEditList *list, const VhReading *base, const VhCaps *caps,
                    GError **error)
{
  g_autoptr (VhEditPorts) ports = vh_edit_ports_new (list, base, error);
  if (!ports)
    return NULL;
  g_autoptr (GArray) edits = fold (list);
  g_autoptr (VhSplices) splices = vh_splices_new (base->document);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  const Target target = { base, caps, ports, splices, arguments };
  for (guint i = 0; i < edits->len; i++)
    if (!apply_one (&g_array_index (edits, VhEdit, i), &target, error))
      return NULL;
  vh_edit_ports_write (ports, splices);
  if (arguments->len > 0)
    {
      g_ptr_array_add (arguments, NULL);
      vh_splices_append_qemu_args (splices, (const char *const *) arguments->pdata);
    }
  return vh_splices_apply (splices, error);
}
