/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fix.h"

#include <string.h>

#include "model/edit_sites.h"
#include "model/i18n.h"
#include "model/qom.h"

/* Each pass cures all that do not touch each other; few need a second one. */
#define MAX_PASSES 64

/* One pass over the findings of a reading. */
typedef struct {
  const VhReading *reading;
  const VhCaps *caps;
  VhSplices *splices;
  GPtrArray *arguments; /* of char *: new arguments of QEMU */
  GHashTable *claimed;  /* elements that a cure of this pass touches */
} Fixer;

/* May this cure touch the element? One a pass. */
static gboolean
claim (Fixer *fixer, guint32 element)
{
  return g_hash_table_add (fixer->claimed, GUINT_TO_POINTER (element));
}

/* They are in the order of the document. */
static const VhGlobal *
find_global (const Fixer *fixer, const VhFinding *finding)
{
  const GPtrArray *globals = fixer->reading->topology->args->globals;
  guint low = 0, high = globals->len;
  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      const VhGlobal *global = g_ptr_array_index (globals, middle);
      if (global->value_element == finding->element)
        return global;
      if (global->value_element < finding->element)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static char *
remove_global (Fixer *fixer, const VhGlobal *global)
{
  g_autofree char *words =
      vh_qemu_args_format_global (global->driver, global->property, global->value);
  if (!claim (fixer, global->value_element))
    return NULL;
  vh_edit_sites_clear_global (global, fixer->splices);
  return g_strdup_printf (_ ("remove -global %s"), words);
}

/* ---- one function a rule ---- */

/* A class that no device of this machine has, where the devices are known. */
static char *
remove_dead (Fixer *fixer, const VhFinding *finding)
{
  const VhGlobal *global = find_global (fixer, finding);
  if (!global || vh_qom_of_machine (fixer->reading->topology->machine) == VH_QOM_NONE)
    return NULL;
  return remove_global (fixer, global);
}

/* All before the last, which is the one that QEMU obeys. */
static char *
remove_losers (Fixer *fixer, const VhFinding *finding)
{
  const GPtrArray *globals = fixer->reading->topology->args->globals;
  const VhGlobal *wins = find_global (fixer, finding);
  if (!wins || !claim (fixer, wins->value_element))
    return NULL;
  for (guint i = 0; g_ptr_array_index (globals, i) != wins; i++)
    {
      const VhGlobal *global = g_ptr_array_index (globals, i);
      if (g_str_equal (global->driver, wins->driver) &&
          g_str_equal (global->property, wins->property) && claim (fixer, global->value_element))
        vh_edit_sites_clear_global (global, fixer->splices);
    }
  return g_strdup_printf (_ ("remove the -global %1$s.%2$s before the last"), wins->driver,
                          wins->property);
}

/* The name of the element as the text writes it: with its prefix. Caller frees. */
static char *
dup_tag_name (const VhDocument *document, guint element)
{
  const char *begin =
      vh_document_get_text (document, NULL) + vh_document_get_element (document, element)->begin;
  return g_strndup (begin + 1, strcspn (begin + 1, " \t\r\n/>"));
}

/* The only one of its pass: what it adds stands where others may be removed. */
static char *
split_joined (Fixer *fixer, const VhFinding *finding)
{
  const VhDocument *document = fixer->reading->document;
  if (g_hash_table_size (fixer->claimed) > 0 || !claim (fixer, finding->element))
    return NULL;
  g_autofree char *text = vh_document_dup_attribute (document, finding->element, "value");
  g_autofree char *tag = dup_tag_name (document, finding->element);
  const char *setting = strchr (text, '=') + 1;
  g_autofree char *markup = g_markup_printf_escaped ("<%s value='%s'/>", tag, setting);
  vh_splices_set_attribute (fixer->splices, finding->element, "value", "-global");
  vh_splices_insert_after (fixer->splices, finding->element, markup);
  return g_strdup_printf (_ ("write -global and %s as two arguments"), setting);
}

/* "OFF", "Yes": the case is all that is wrong. */
static gboolean
read_careless (const char *text, VhSwitch *value)
{
  g_autofree char *lower = text ? g_ascii_strdown (text, -1) : NULL;
  return vh_qemu_args_parse_bool (lower, value);
}

static char *
spell_value (Fixer *fixer, const VhFinding *finding)
{
  const VhGlobal *global = find_global (fixer, finding);
  VhSwitch value = VH_SWITCH_ABSENT;
  if (!global || !read_careless (global->value, &value) || !claim (fixer, global->value_element))
    return NULL;
  vh_edit_sites_update_global (fixer->reading->document, global, value, fixer->splices);
  return g_strdup_printf (_ ("write '%1$s' as '%2$s'"), global->value, vh_switch_to_string (value));
}

/* The controller's own setting, for which no other must have its index. NULL: none. */
static VhEditSites *
new_port_sites (Fixer *fixer, const VhFinding *finding)
{
  const VhTopology *topology = fixer->reading->topology;
  if (vh_topology_has_double_index (topology))
    return NULL;
  VhEditSites *sites = vh_edit_sites_new (fixer->reading, VH_KNOB_PORT, finding->bus);
  if (sites->target != VH_NO_ELEMENT && claim (fixer, sites->target))
    return sites;
  vh_edit_sites_free (sites);
  return NULL;
}

static char *
spell_switch (Fixer *fixer, const VhFinding *finding)
{
  g_autoptr (VhEditSites) sites = new_port_sites (fixer, finding);
  VhSwitch value = VH_SWITCH_ABSENT;
  if (!sites)
    return NULL;
  g_autofree char *text =
      vh_document_dup_attribute (fixer->reading->document, sites->target, "hotplug");
  if (!read_careless (text, &value))
    return NULL;
  vh_splices_set_attribute (fixer->splices, sites->target, "hotplug", vh_switch_to_string (value));
  return g_strdup_printf (_ ("write hotplug='%1$s' as hotplug='%2$s'"), text,
                          vh_switch_to_string (value));
}

static char *
remove_features (Fixer *fixer)
{
  g_autoptr (VhEditSites) sites = vh_edit_sites_new (fixer->reading, VH_KNOB_BRIDGE, -1);
  if (sites->features->len == 0 || !claim (fixer, g_array_index (sites->features, guint, 0)))
    return NULL;
  vh_edit_sites_clear (sites, VH_SITE_FEATURE, fixer->splices);
  return g_strdup (_ ("remove <acpi-bridge-hotplug>"));
}

static char *
remove_feature (Fixer *fixer, const VhFinding *finding)
{
  (void) finding;
  return remove_features (fixer);
}

/* QEMU does not start with it. Of an override, what is left may be no element that libvirt
 * takes. */
static char *
remove_missing (Fixer *fixer, const VhFinding *finding)
{
  const VhGlobal *global = find_global (fixer, finding);
  if (global)
    return remove_global (fixer, global);
  return finding->element == fixer->reading->topology->feature_element ? remove_features (fixer)
                                                                       : NULL;
}

static char *
remove_hotplug (Fixer *fixer, const VhFinding *finding)
{
  g_autoptr (VhEditSites) sites = new_port_sites (fixer, finding);
  if (!sites)
    return NULL;
  g_autofree char *text =
      vh_document_dup_attribute (fixer->reading->document, sites->target, "hotplug");
  vh_edit_sites_clear (sites, VH_SITE_TARGET, fixer->splices);
  return g_strdup_printf (_ ("remove hotplug='%1$s' of controller %2$d"), text, finding->bus);
}

static const VhBus *
find_bus (const Fixer *fixer, const VhFinding *finding)
{
  const VhTopology *topology = fixer->reading->topology;
  const gint32 position = vh_topology_find_bus (topology, finding->bus);
  return position < 0 ? NULL : vh_topology_get_bus (topology, (guint) position);
}

/* libvirt obeys 'off' of a port, whatever QEMU does: then it is not without effect. */
static char *
remove_overridden (Fixer *fixer, const VhFinding *finding)
{
  const VhBus *bus = find_bus (fixer, finding);
  if (finding->bus < 0)
    return remove_features (fixer);
  const gboolean is_obeyed = bus && vh_bus_is_port (bus) && bus->hotplug == VH_SWITCH_OFF;
  return is_obeyed ? NULL : remove_hotplug (fixer, finding);
}

/* From an element that libvirt does not take to the -global that does the same, unless one is
 * there, which is stronger. */
static char *
move_to_global (Fixer *fixer, VhKnob knob, VhSwitch value)
{
  g_autofree char *reason =
      vh_check_new_site_reason (fixer->reading->topology, fixer->caps, knob, VH_SITE_QEMU_GLOBAL);
  g_autoptr (VhEditSites) sites = vh_edit_sites_new (fixer->reading, knob, 0);
  const VhSite from = knob == VH_KNOB_ROOT ? VH_SITE_TARGET : VH_SITE_FEATURE;
  if (reason || !sites->driver || value == VH_SWITCH_ABSENT || !vh_edit_sites_has (sites, from))
    return NULL;
  if (!claim (fixer,
              from == VH_SITE_TARGET ? sites->target : g_array_index (sites->features, guint, 0)))
    return NULL;
  g_autofree char *words =
      vh_qemu_args_format_global (sites->driver, sites->property, vh_switch_to_string (value));
  vh_edit_sites_clear (sites, from, fixer->splices);
  if (sites->globals->len > 0)
    return g_strdup (_ ("remove the element, which a -global overrides"));
  vh_edit_sites_write (sites, VH_SITE_QEMU_GLOBAL, value, fixer->splices, fixer->arguments);
  return g_strdup_printf (_ ("write -global %s in its place"), words);
}

static char *
cure_hotplug_refused (Fixer *fixer, const VhFinding *finding)
{
  const VhBus *bus = find_bus (fixer, finding);
  const gboolean is_root = bus && bus->index == 0 && bus->model == VH_BUS_PCI_ROOT &&
                           fixer->reading->topology->machine->chipset == VH_CHIPSET_I440FX;
  if (!bus || vh_bus_is_port (bus))
    return NULL;
  if (vh_topology_has_double_index (fixer->reading->topology))
    return NULL;
  return is_root ? move_to_global (fixer, VH_KNOB_ROOT, bus->hotplug)
                 : remove_hotplug (fixer, finding);
}

static char *
cure_feature_refused (Fixer *fixer, const VhFinding *finding)
{
  (void) finding;
  const VhQomClass class = vh_qom_of_machine (fixer->reading->topology->machine);
  if (vh_qom_has (class, VH_PROPERTY_BRIDGE, fixer->caps) == VH_KNOWN_NO)
    return remove_features (fixer);
  return move_to_global (fixer, VH_KNOB_BRIDGE, fixer->reading->topology->feature);
}

static const struct {
  VhRuleId rule;
  char *(*cure) (Fixer *fixer, const VhFinding *finding);
} cures[] = {
  { VH_RULE_BAD_SWITCH, spell_switch },
  { VH_RULE_HOTPLUG_REFUSED, cure_hotplug_refused },
  { VH_RULE_FEATURE_REFUSED, cure_feature_refused },
  { VH_RULE_FEATURE_MACHINE, remove_feature },
  { VH_RULE_GLOBAL_JOINED, split_joined },
  { VH_RULE_GLOBAL_CONTRADICTION, remove_losers },
  { VH_RULE_GLOBAL_WRONG_CLASS, remove_dead },
  { VH_RULE_GLOBAL_UNKNOWN_CLASS, remove_dead },
  { VH_RULE_PROPERTY_MISSING, remove_missing },
  { VH_RULE_BAD_VALUE, spell_value },
  { VH_RULE_SETTING_OVERRIDDEN, remove_overridden },
};

/* ---- a pass ---- */

static Fixer
fixer_for (const VhReading *reading, const VhCaps *caps)
{
  return (Fixer){ reading, caps, vh_splices_new (reading->document),
                  g_ptr_array_new_with_free_func (g_free), g_hash_table_new (NULL, NULL) };
}

static void
fixer_clear (Fixer *fixer)
{
  vh_splices_free (fixer->splices);
  g_ptr_array_unref (fixer->arguments);
  g_hash_table_unref (fixer->claimed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixer, fixer_clear)

static char *
cure (Fixer *fixer, const VhFinding *finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (cures); i++)
    if (cures[i].rule == finding->rule)
      return cures[i].cure (fixer, finding);
  return NULL;
}

char *
vh_fix_new_cure (const VhReading *reading, const VhCaps *caps, const VhFinding *finding)
{
  g_auto (Fixer) fixer = fixer_for (reading, caps);
  return cure (&fixer, finding);
}

GPtrArray *
vh_fix_new_cures (const VhReading *reading, const VhCaps *caps)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < reading->findings->len; i++)
    g_ptr_array_add (all, vh_fix_new_cure (reading, caps, reading->findings->pdata[i]));
  return all;
}

static VhDocument *
new_pass (const VhReading *reading, const VhCaps *caps, GError **error)
{
  g_auto (Fixer) fixer = fixer_for (reading, caps);
  for (guint i = 0; i < reading->findings->len; i++)
    g_free (cure (&fixer, g_ptr_array_index (reading->findings, i)));
  if (fixer.arguments->len > 0)
    {
      g_ptr_array_add (fixer.arguments, NULL);
      vh_splices_append_qemu_args (fixer.splices, (const char *const *) fixer.arguments->pdata);
    }
  return vh_splices_apply (fixer.splices, error);
}

VhDocument *
vh_fix_new_document (VhReading *reading, const VhCaps *caps, GError **error)
{
  g_autoptr (VhReading) now = vh_reading_ref (reading);
  for (guint i = 0; i < MAX_PASSES; i++)
    {
      g_autoptr (VhDocument) document = new_pass (now, caps, error);
      if (!document)
        return NULL;
      if (document == now->document)
        break;
      VhReading *next = vh_reading_new (document, caps, error);
      if (!next)
        return NULL;
      vh_reading_unref (now);
      now = next;
    }
  return vh_document_ref (now->document);
}
