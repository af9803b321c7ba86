/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/words.h"

#include <string.h>

#include "model/i18n.h"

const char *
vh_words_of_knob (VhKnob knob)
{
  static const char *const words[] = {
    [VH_KNOB_ROOT] = N_ ("ACPI root hotplug"),
    [VH_KNOB_BRIDGE] = N_ ("ACPI bridge hotplug"),
    [VH_KNOB_PORT] = N_ ("hotplug of the port"),
  };
  return _ (words[knob]);
}

const char *
vh_words_of_severity (VhSeverity severity)
{
  static const char *const words[] = {
    [VH_SEVERITY_ERROR] = N_ ("error"),
    [VH_SEVERITY_WARNING] = N_ ("warning"),
    [VH_SEVERITY_NOTE] = N_ ("note"),
  };
  return _ (words[severity]);
}

const char *
vh_words_of_origin (VhOrigin origin)
{
  static const char *const words[] = {
    [VH_ORIGIN_ASSUMED] = N_ ("assumed"),
    [VH_ORIGIN_MACHINE_TABLE] = N_ ("machine table"),
    [VH_ORIGIN_RECORDED] = N_ ("recorded"),
    [VH_ORIGIN_PROBED] = N_ ("probed"),
    [VH_ORIGIN_DOMAIN_XML] = N_ ("domain XML"),
    [VH_ORIGIN_QEMU_COMMANDLINE] = "qemu:commandline",
    [VH_ORIGIN_USER] = N_ ("user"),
  };
  return _ (words[origin]);
}

const char *
vh_words_of_site (VhSite site)
{
  static const char *const words[] = {
    [VH_SITE_NONE] = N_ ("nowhere"),
    [VH_SITE_TARGET] = N_ ("<target hotplug> of the controller"),
    [VH_SITE_FEATURE] = N_ ("<acpi-bridge-hotplug> of <features>"),
    [VH_SITE_QEMU_GLOBAL] = N_ ("a -global of <qemu:commandline>"),
    [VH_SITE_QEMU_OVERRIDE] = "<qemu:override>",
  };
  return _ (words[site]);
}

char *
vh_words_new_bus (const VhBus *bus)
{
  const char *model = vh_bus_model_to_string (bus->model);
  if (bus->model == VH_BUS_UNKNOWN && bus->model_text != NULL)
    model = bus->model_text;
  g_autoptr (GString) name = g_string_new (NULL);
  if (bus->index < 0)
    g_string_append_printf (name, "? %s", model);
  else
    g_string_append_printf (name, "%d %s", bus->index, model);
  if (bus->numa_node >= 0)
    g_string_append_printf (name, _ (" node %d"), bus->numa_node);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

char *
vh_words_new_address (const VhAddress *address)
{
  g_autofree char *text = vh_address_format (address);
  if (text == NULL)
    return g_strdup ("");
  return g_strdup (address->domain == 0 ? strchr (text, ':') + 1 : text);
}

char *
vh_words_new_change (const char *before, const char *after, gboolean ascii)
{
  if (g_str_equal (before, after))
    return g_strdup (after);
  return g_strconcat (before, vh_glyph_to_string (VH_GLYPH_ARROW, ascii), after, NULL);
}

char *
vh_words_new_offered (const VhMode *mode)
{
  g_autoptr (GString) words = g_string_new (NULL);
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if ((mode->offered & VH_OFFERS (i)) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "," : "", vh_mechanism_to_string (i));
  if (words->len == 0)
    g_string_append (words, vh_mechanism_to_string (mode->used == VH_MECHANISM_UNKNOWN
                                                        ? VH_MECHANISM_UNKNOWN
                                                        : VH_MECHANISM_NONE));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
vh_words_new_reason (const VhReason *reason)
{
  const char *sentence = vh_rule_to_sentence (reason->rule);
  if (reason->detail == NULL || *reason->detail == '\0')
    return g_strdup (sentence);
  gsize length = strlen (sentence);
  if (length > 0 && sentence[length - 1] == '.')
    length--;
  return g_strdup_printf ("%.*s (%s).", (int) length, sentence, reason->detail);
}

char *
vh_words_new_qemu (const VhInputs *inputs)
{
  g_autofree char *version = vh_version_format (inputs->qemu);
  if (version == NULL)
    return g_strdup (_ ("unknown"));
  if (inputs->qemu_origin == VH_ORIGIN_ASSUMED)
    return g_strdup_printf (_ ("%s, assumed from the machine type"), version);
  return g_strdup_printf ("%s (%s)", version, vh_words_of_origin (inputs->qemu_origin));
}

const char *
vh_words_of_state (const VhDomainInfo *info)
{
  static const char *const words[] = { N_ ("running"),  N_ ("blocked"),    N_ ("paused"),
                                       N_ ("shutdown"), N_ ("shutoff"),    N_ ("crashed"),
                                       N_ ("nostate"),  N_ ("pmsuspended") };
  for (gsize i = 0; info->state != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (info->state, words[i]))
      return _ (words[i]);
  if (info->state != NULL)
    return info->state;
  return info->is_file ? _ ("file") : _ ("unknown");
}

VhRole
vh_words_role_of_mechanism (VhMechanism mechanism)
{
  static const VhRole roles[] = {
    [VH_MECHANISM_UNKNOWN] = VH_ROLE_UNKNOWN, [VH_MECHANISM_NONE] = VH_ROLE_NONE,
    [VH_MECHANISM_ACPI] = VH_ROLE_ACPI,       [VH_MECHANISM_NATIVE] = VH_ROLE_NATIVE,
    [VH_MECHANISM_SHPC] = VH_ROLE_SHPC,       [VH_MECHANISM_PAPR] = VH_ROLE_NATIVE,
    [VH_MECHANISM_SCLP] = VH_ROLE_NATIVE,
  };
  return roles[mechanism];
}

VhRole
vh_words_role_of_severity (VhSeverity severity)
{
  static const VhRole roles[] = {
    [VH_SEVERITY_ERROR] = VH_ROLE_ERROR,
    [VH_SEVERITY_WARNING] = VH_ROLE_WARNING,
    [VH_SEVERITY_NOTE] = VH_ROLE_NOTE,
  };
  return roles[severity];
}
