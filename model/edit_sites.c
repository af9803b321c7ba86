/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_sites.h"

#include "model/qom.h"

#include <string.h>

static void
find_target (VhEditSites *sites, gint32 index)
{
  const VhTopology *topology = sites->reading->topology;
  const VhDocument *document = sites->reading->document;
  sites->controller = VH_NO_ELEMENT;
  sites->target = VH_NO_ELEMENT;
  gint32 bus = sites->knob == VH_KNOB_BRIDGE ? -1 : vh_topology_find_bus (topology, index);
  if (bus < 0)
    return;
  sites->controller = vh_topology_get_bus (topology, (guint) bus)->element;
  if (sites->controller == VH_NO_ELEMENT)
    return;
  gint32 target = vh_document_find_child (document, sites->controller, "target");
  guint32 begin, length;
  if (target >= 0 &&
      vh_document_get_attribute_extent (document, (guint) target, "hotplug", &begin, &length))
    sites->target = (guint32) target;
}

static void
push_features (VhEditSites *sites, guint parent, const char *const *names)
{
  const VhDocument *document = sites->reading->document;
  for (gint32 child = vh_document_find_first_child (document, parent); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    {
      guint element = (guint) child;
      if (!vh_document_is (document, element, names[0]))
        continue;
      if (names[1])
        push_features (sites, element, names + 1);
      else
        g_array_append_val (sites->features, element);
    }
}

static void
find_globals (VhEditSites *sites)
{
  const VhTopology *topology = sites->reading->topology;
  if (!vh_check_get_global (topology->machine, sites->knob, &sites->driver, &sites->property))
    return;
  VhQomClass class = vh_qom_of_machine (topology->machine);
  for (guint i = 0; i < topology->args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (topology->args->globals, i);
      if (vh_qom_is (class, global->driver) && g_str_equal (global->property, sites->property))
        g_ptr_array_add (sites->globals, g_ptr_array_index (topology->args->globals, i));
    }
}

VhEditSites *
vh_edit_sites_new (const VhReading *reading, VhKnob knob, gint32 bus)
{
  static const char *const feature_path[] = { "features", "pci", "acpi-bridge-hotplug", NULL };
  VhEditSites *sites = g_new0 (VhEditSites, 1);
  sites->reading = reading;
  sites->knob = knob;
  sites->features = g_array_new (FALSE, FALSE, sizeof (guint));
  sites->globals = g_ptr_array_new ();
  find_target (sites, knob == VH_KNOB_PORT ? bus : 0);
  if (knob == VH_KNOB_BRIDGE)
    push_features (sites, 0, feature_path);
  find_globals (sites);
  return sites;
}

void
vh_edit_sites_free (VhEditSites *sites)
{
  g_array_unref (sites->features);
  g_ptr_array_unref (sites->globals);
  g_free (sites);
}

gboolean
vh_edit_sites_has (const VhEditSites *sites, VhSite site)
{
  switch (site)
    {
    case VH_SITE_TARGET:
      return sites->target != VH_NO_ELEMENT;
    case VH_SITE_FEATURE:
      return sites->features->len > 0;
    case VH_SITE_QEMU_GLOBAL:
      return sites->globals->len > 0;
    case VH_SITE_NONE:
    case VH_SITE_QEMU_OVERRIDE:
    default:
      return FALSE;
    }
}

gboolean
vh_edit_sites_is_only (const VhEditSites *sites, VhSite except)
{
  for (VhSite site = VH_SITE_TARGET; site <= VH_SITE_QEMU_GLOBAL; site++)
    if (site != except && vh_edit_sites_has (sites, site))
      return FALSE;
  return TRUE;
}

/* Nothing between the tags but white space: no child, text or comment. */
static gboolean
is_hollow (const VhDocument *document, guint element)
{
  const VhElement *extent = vh_document_get_element (document, element);
  const char *text = vh_document_get_text (document, NULL);
  for (guint32 at = extent->tag_end; at < extent->end && text[at] != '<'; at++)
    if (!strchr (" \t\r\n", text[at]))
      return FALSE;
  const char *rest = text + extent->tag_end;
  return extent->tag_end == extent->end || g_str_has_prefix (rest + strcspn (rest, "<"), "</");
}

/* libvirt adds the root controller by itself, so a document that came from it
 * has one. Where we had to write it, the order of its attributes tells: libvirt
 * writes the index before the model. */
static gboolean
is_our_controller (const VhDocument *document, guint controller, guint target)
{
  const VhElement *extent = vh_document_get_element (document, controller);
  guint32 model, index, length;
  return extent->n_attributes == 3 &&
         vh_document_get_attribute_extent (document, controller, "model", &model, &length) &&
         vh_document_get_attribute_extent (document, controller, "index", &index, &length) &&
         model < index && vh_document_find_first_child (document, controller) == (gint32) target &&
         vh_document_find_next_sibling (document, target) < 0;
}

static gint32
find_last_controller (const VhDocument *document, guint devices)
{
  gint32 last = -1;
  gboolean last_is_pci = FALSE;
  for (gint32 child = vh_document_find_first_child (document, devices); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    {
      gboolean is_pci = vh_document_attribute_equals (document, (guint) child, "type", "pci");
      if (!vh_document_is (document, (guint) child, "controller") || (last_is_pci && !is_pci))
        continue;
      last = child;
      last_is_pci = is_pci;
    }
  return last;
}

static void
write_root_controller (const VhDocument *document, const char *target, VhSplices *splices)
{
  g_autofree char *controller = g_strdup_printf (
      "<controller type='pci' model='pci-root' index='0'>\n  %s\n</controller>", target);
  gint32 devices = vh_document_find_child (document, 0, "devices");
  gint32 last = devices < 0 ? -1 : find_last_controller (document, (guint) devices);
  if (last >= 0)
    vh_splices_insert_after (splices, (guint) last, controller);
  else if (devices >= 0)
    vh_splices_append_child (splices, (guint) devices, controller);
  else
    {
      g_autofree char *whole =
          g_strdup_printf ("<devices>\n  <controller type='pci' model='pci-root' index='0'>\n"
                           "    %s\n  </controller>\n</devices>",
                           target);
      vh_splices_append_child (splices, 0, whole);
    }
}

static void
write_target (const VhEditSites *sites, const char *value, VhSplices *splices)
{
  const VhDocument *document = sites->reading->document;
  g_autofree char *markup = g_strdup_printf ("<target hotplug='%s'/>", value);
  if (sites->controller == VH_NO_ELEMENT)
    {
      write_root_controller (document, markup, splices);
      return;
    }
  gint32 target = vh_document_find_child (document, sites->controller, "target");
  gint32 model = vh_document_find_child (document, sites->controller, "model");
  if (target >= 0)
    vh_splices_set_attribute (splices, (guint) target, "hotplug", value);
  else if (model >= 0)
    vh_splices_insert_after (splices, (guint) model, markup);
  else
    vh_splices_append_child (splices, sites->controller, markup);
}

static void
clear_target (const VhEditSites *sites, VhSplices *splices)
{
  const VhDocument *document = sites->reading->document;
  if (vh_document_get_element (document, sites->target)->n_attributes > 1 ||
      !is_hollow (document, sites->target))
    vh_splices_remove_attribute (splices, sites->target, "hotplug");
  else if (is_our_controller (document, sites->controller, sites->target))
    vh_splices_remove_element (splices, sites->controller, VH_EMPTIED_REMOVE);
  else
    vh_splices_remove_element (splices, sites->target, VH_EMPTIED_COLLAPSE);
}

static void
write_new_feature (const VhDocument *document, const char *value, VhSplices *splices)
{
  gint32 features = vh_document_find_child (document, 0, "features");
  gint32 pci = features < 0 ? -1 : vh_document_find_child (document, (guint) features, "pci");
  gint32 os = vh_document_find_child (document, 0, "os");
  g_autofree char *feature = g_strdup_printf ("<acpi-bridge-hotplug state='%s'/>", value);
  g_autofree char *in_pci = g_strdup_printf ("<pci>\n  %s\n</pci>", feature);
  g_autofree char *in_features =
      g_strdup_printf ("<features>\n  <pci>\n    %s\n  </pci>\n</features>", feature);
  if (pci >= 0)
    vh_splices_append_child (splices, (guint) pci, feature);
  else if (features >= 0)
    vh_splices_append_child (splices, (guint) features, in_pci);
  else if (os >= 0)
    vh_splices_insert_after (splices, (guint) os, in_features);
  else
    vh_splices_append_child (splices, 0, in_features);
}

static void
clear_features (const VhEditSites *sites, guint from, VhSplices *splices)
{
  for (guint i = from; i < sites->features->len; i++)
    vh_splices_remove_element (splices, g_array_index (sites->features, guint, i),
                               VH_EMPTIED_REMOVE);
}

static void
write_feature (const VhEditSites *sites, const char *value, VhSplices *splices)
{
  if (sites->features->len == 0)
    write_new_feature (sites->reading->document, value, splices);
  else
    vh_splices_set_attribute (splices, g_array_index (sites->features, guint, 0), "state", value);
  clear_features (sites, 1, splices);
}

/* The end of a "key=value" at its comma; two commas belong to the value. */
static gsize
find_pair_end (const char *text, gsize at)
{
  at += strcspn (text + at, "=,");
  while (text[at] != '\0' && (text[at] != ',' || text[at + 1] == ','))
    at += text[at] == ',' ? 2 : 1;
  return at;
}

/* "value=off", or as QEMU also reads it "value" and "novalue". */
static gboolean
is_value_pair (const char *pair)
{
  const gsize length = strcspn (pair, "=,");
  return strncmp (pair, "value", MAX (length, 5)) == 0 ||
         (pair[length] != '=' && strncmp (pair, "novalue", MAX (length, 7)) == 0);
}

/* "driver=X,property=p,value=off": the last value is the one that counts. */
static char *
replace_long_value (const char *text, const char *value)
{
  gsize begin = 0, end = 0;
  for (gsize at = 0; text[at] != '\0';)
    {
      const gsize stop = find_pair_end (text, at);
      if (is_value_pair (text + at))
        begin = at, end = stop;
      at = text[stop] == ',' ? stop + 1 : stop;
    }
  return g_strdup_printf ("%.*svalue=%s%s", (int) begin, text, value, text + end);
}

static char *
replace_value (const char *text, gboolean long_form, const char *value)
{
  return long_form ? replace_long_value (text, value)
                   : g_strdup_printf ("%.*s=%s", (int) strcspn (text, "="), text, value);
}

void
vh_edit_sites_clear_global (const VhGlobal *global, VhSplices *splices)
{
  vh_splices_remove_qemu_arg (splices, global->flag_element);
  vh_splices_remove_qemu_arg (splices, global->value_element);
}

void
vh_edit_sites_update_global (const VhDocument *document, const VhGlobal *global, VhSwitch to,
                             VhSplices *splices)
{
  VhSwitch now = VH_SWITCH_ABSENT;
  if (vh_qemu_args_parse_bool (global->value, &now) && now == to)
    return;
  g_autofree char *text = vh_document_dup_attribute (document, global->value_element, "value");
  g_autofree char *changed = replace_value (text, global->long_form, vh_switch_to_string (to));
  vh_splices_set_attribute (splices, global->value_element, "value", changed);
}

static void
write_global (const VhEditSites *sites, VhSwitch to, VhSplices *splices, GPtrArray *arguments)
{
  guint n_globals = sites->globals->len;
  for (guint i = 0; i + 1 < n_globals; i++)
    vh_edit_sites_clear_global (g_ptr_array_index (sites->globals, i), splices);
  if (n_globals > 0)
    vh_edit_sites_update_global (sites->reading->document,
                                 g_ptr_array_index (sites->globals, n_globals - 1), to, splices);
  else
    {
      g_ptr_array_add (arguments, g_strdup ("-global"));
      g_ptr_array_add (arguments, vh_qemu_args_format_global (sites->driver, sites->property,
                                                              vh_switch_to_string (to)));
    }
}

void
vh_edit_sites_write (const VhEditSites *sites, VhSite site, VhSwitch to, VhSplices *splices,
                     GPtrArray *arguments)
{
  if (site == VH_SITE_TARGET)
    write_target (sites, vh_switch_to_string (to), splices);
  else if (site == VH_SITE_FEATURE)
    write_feature (sites, vh_switch_to_string (to), splices);
  else if (site == VH_SITE_QEMU_GLOBAL)
    write_global (sites, to, splices, arguments);
}

void
vh_edit_sites_clear (const VhEditSites *sites, VhSite site, VhSplices *splices)
{
  if (!vh_edit_sites_has (sites, site))
    return;
  if (site == VH_SITE_TARGET)
    clear_target (sites, splices);
  else if (site == VH_SITE_FEATURE)
    clear_features (sites, 0, splices);
  else if (site == VH_SITE_QEMU_GLOBAL)
    for (guint i = 0; i < sites->globals->len; i++)
      vh_edit_sites_clear_global (g_ptr_array_index (sites->globals, i), splices);
}
