/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/export_json.h"
#include "render/words.h"
#include "tui/command_common.h"
#include "tui/save.h"

/* Without a TARGET the questions are about the machine type that this
 * connection gives a new domain. */
static const char default_domain[] =
    "<domain type='qemu'><os><type arch='x86_64' machine='q35'>hvm</type></os>"
    "<features><acpi/></features></domain>";

static VhCaps *
find_caps (VhLoader *loader, const char *target, GError **error)
{
  if (target)
    {
      g_autoptr (VhSession) session = vh_loader_load (loader, target, error);
      return session ? vh_caps_dup (session->caps) : NULL;
    }
  if (!vh_loader_open (loader, NULL, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (default_domain, sizeof default_domain - 1);
  g_autoptr (VhDocument) document = vh_document_new (bytes, error);
  return document ? vh_loader_find_caps (loader, document, error) : NULL;
}

static void
append_value (GString *text, const char *name, const char *value)
{
  g_autofree char *visible = vh_text_dup_visible (value ? value : _ ("unknown"));
  g_string_append_printf (text, "%-16s %s\n", name, visible);
}

static char *
format_text (const VhCaps *caps)
{
  GString *text = g_string_new (NULL);
  g_autofree char *libvirt = vh_version_format (caps->libvirt);
  g_autofree char *qemu = vh_version_format (caps->qemu);
  append_value (text, "libvirt", libvirt ? libvirt : _ ("not asked"));
  append_value (text, _ ("host"), caps->host ? caps->host : _ ("not asked"));
  append_value (text, "QEMU", qemu);
  append_value (text, _ ("QEMU from"), qemu ? vh_words_of_origin (caps->qemu_origin) : NULL);
  append_value (text, _ ("emulator"), caps->emulator);
  append_value (text, _ ("machine"),
                caps->machine_canonical ? caps->machine_canonical : caps->machine_type);
  g_string_append_c (text, '\n');
  for (VhFactId id = 0; id < VH_N_FACTS; id++)
    {
      const VhFact *fact = vh_caps_get (caps, id);
      g_autofree char *from = vh_text_dup_visible (fact->from ? fact->from : "");
      const gboolean known = fact->value != VH_KNOWN_UNKNOWN;
      g_string_append_printf (text, "%-8s %s", vh_known_to_string (fact->value),
                              vh_fact_to_sentence (id));
      if (known)
        g_string_append_printf (text, "  (%s: %s)", vh_words_of_origin (fact->origin), from);
      g_string_append_c (text, '\n');
    }
  for (guint i = 0; i < caps->notes->len; i++)
    {
      g_autofree char *note = vh_text_dup_visible (caps->notes->pdata[i]);
      g_string_append_printf (text, _ ("note: %s\n"), note);
    }
  return g_string_free (text, FALSE);
}

static gboolean
record (const VhCaps *caps, const char *path, GError **error)
{
  g_autofree char *recording = vh_caps_to_recording (caps);
  return vh_save_text (path, recording, error);
}

VhExit
vh_command_caps (const VhOptions *options)
{
  if (!vh_command_check_format (options) ||
      (options->record && vh_save_is_domain (options->record, options->targets[0])))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  vh_loader_skip_details (loader);
  g_autoptr (VhCaps) caps = find_caps (loader, options->targets[0], &error);
  if (!caps || (options->record && !record (caps, options->record, &error)))
    return vh_command_report (error);
  g_autofree char *text =
      vh_command_wants_json (options) ? vh_export_json_caps (caps) : format_text (caps);
  return vh_output_print (text) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}
