/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/source_libvirt.h"

#include <libvirt/virterror.h>
#include <stdlib.h>
#include <string.h>

/* One question: is a domain with this setting taken, and does the setting
 * arrive in QEMU's arguments? (libvirt drops silently what it does not know.) */
typedef struct {
  VhFactId fact;
  gboolean (*applies) (VhChipset chipset);
  const char *features;
  const char *controllers;    /* NULL: the root's own */
  const char *argument;       /* what an argument must contain, … */
  const char *argument_first; /* … or its form before JSON arguments; NULL */
} Question;

static gboolean
is_i440fx (VhChipset chipset)
{
  return chipset == VH_CHIPSET_I440FX;
}

static gboolean
is_q35 (VhChipset chipset)
{
  return chipset == VH_CHIPSET_Q35;
}

static gboolean
has_ports (VhChipset chipset)
{
  return chipset == VH_CHIPSET_Q35 || chipset == VH_CHIPSET_VIRT;
}

static gboolean
is_any (VhChipset chipset G_GNUC_UNUSED)
{
  return TRUE;
}

static const Question questions[] = {
  { VH_FACT_LIBVIRT_ROOT_TARGET, is_i440fx, "",
    "<controller type='pci' index='0' model='pci-root'><target hotplug='off'/></controller>",
    "acpi-root-pci-hotplug=off", NULL },
  { VH_FACT_LIBVIRT_ROOT_TARGET, is_q35, "",
    "<controller type='pci' index='0' model='pcie-root'><target hotplug='off'/></controller>",
    "acpi-root-pci-hotplug=off", NULL },
  { VH_FACT_LIBVIRT_PORT_TARGET, has_ports, "",
    "<controller type='pci' index='0' model='pcie-root'/>"
    "<controller type='pci' index='1' model='pcie-root-port'><target hotplug='off'/></controller>",
    "\"hotplug\":false", ",hotplug=off" },
  { VH_FACT_LIBVIRT_BRIDGE_FEATURE, is_any, "<pci><acpi-bridge-hotplug state='off'/></pci>", "",
    "acpi-pci-hotplug-with-bridge-support=off", NULL },
};

static gboolean
is_setting_of_environment (const char *word)
{
  const char *at = word;
  while (g_ascii_isalnum (*at) || *at == '_')
    at++;
  return *at == '=' && at > word;
}

static GPtrArray *
split_line (const char *line)
{
  g_auto (GStrv) words = NULL;
  GPtrArray *args = g_ptr_array_new_with_free_func (g_free);
  if (!g_shell_parse_argv (line, NULL, &words, NULL))
    return args;
  char **word = words;
  while (*word && is_setting_of_environment (*word))
    word++;
  /* The binary itself is no argument. */
  for (; *word && word[1]; word++)
    g_ptr_array_add (args, g_strdup (word[1]));
  return args;
}

/* NULL with libvirt's last error when it refuses. */
static GPtrArray *
new_args (VhLibvirt *libvirt, const char *xml)
{
  char *line = virConnectDomainXMLToNative (libvirt->connection, "qemu-argv", xml, 0);
  GPtrArray *args = line ? split_line (line) : NULL;
  free (line);
  return args;
}

GPtrArray *
vh_source_libvirt_native_new_args (VhLibvirt *libvirt, const char *xml, GError **error)
{
  GPtrArray *args = new_args (libvirt, xml);
  if (!args)
    vh_source_libvirt_set_error (error, libvirt, VH_CALL_ASK,
                                 _ ("libvirt makes no QEMU arguments of it"));
  return args;
}

static gboolean
is_x86 (const char *arch)
{
  return g_str_equal (arch, "x86_64") || g_str_equal (arch, "i686");
}

static char *
new_small_domain (const VhTopology *topology, const char *emulator, const char *features,
                  const char *controllers)
{
  const VhMachine *machine = topology->machine;
  const char *type = topology->domain_type ? topology->domain_type : "qemu";
  /* Elsewhere ACPI asks for a firmware. */
  const char *acpi = is_x86 (machine->arch) ? "<acpi/>" : "";
  g_autofree char *os = g_markup_printf_escaped ("<os><type arch='%s' machine='%s'>hvm</type></os>",
                                                 machine->arch, machine->type);
  g_autofree char *path = g_markup_printf_escaped ("<emulator>%s</emulator>", emulator);
  g_autofree char *begin = g_markup_printf_escaped (
      "<domain type='%s'><name>virt-hotplug-probe</name><memory>65536</memory>", type);
  return g_strdup_printf ("%s%s<features>%s%s</features><devices>%s%s</devices></domain>", begin,
                          os, acpi, features, path, controllers);
}

static gboolean
has_argument (const GPtrArray *args, const Question *question)
{
  for (guint i = 0; i < args->len; i++)
    {
      const char *arg = g_ptr_array_index (args, i);
      if (strstr (arg, question->argument) ||
          (question->argument_first && strstr (arg, question->argument_first)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
ask (VhLibvirt *libvirt, const Question *question, const char *xml, VhCaps *caps, GError **error)
{
  g_autoptr (GError) refused = NULL;
  g_autoptr (GPtrArray) args = new_args (libvirt, xml);
  if (!args)
    vh_source_libvirt_set_words (&refused, libvirt, VH_CALL_ASK);
  if (!args && !g_error_matches (refused, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  VhKnown value = VH_KNOWN_NO;
  g_autofree char *from = NULL;
  if (!args)
    from = g_strdup_printf ("XMLToNative of a small domain: %s", refused->message);
  else if (has_argument (args, question))
    {
      value = VH_KNOWN_YES;
      from = g_strdup_printf ("XMLToNative of a small domain passes %s", question->argument);
    }
  else
    from = g_strdup ("XMLToNative of a small domain takes it and passes nothing on");
  vh_caps_set (caps, question->fact, value, VH_ORIGIN_PROBED, from);
  return TRUE;
}

gboolean
vh_source_libvirt_native_probe (VhLibvirt *libvirt, const VhTopology *topology,
                                const char *emulator, VhCaps *caps, GError **error)
{
  g_autofree char *plain = new_small_domain (topology, emulator, "", "");
  g_autoptr (GPtrArray) args = vh_source_libvirt_native_new_args (libvirt, plain, error);
  if (!args)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      const Question *question = &questions[i];
      if (!question->applies (topology->machine->chipset))
        continue;
      g_autofree char *xml =
          new_small_domain (topology, emulator, question->features, question->controllers);
      if (!ask (libvirt, question, xml, caps, error))
        return FALSE;
    }
  return TRUE;
}
