/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `report`: what a developer needs to see a wrong prediction. */
#include <string.h>
#include <sys/utsname.h>

#include "config.h"
#include "model/i18n.h"
#include "model/redact.h"
#include "render/export_json.h"
#include "render/export_tree.h"
#include "tui/command_common.h"
#include "tui/resolve.h"
#include "tui/save.h"

#define TREE_WIDTH 100u

/* Each line of the rest begins with the word of its part, so that nothing in a part can be taken
 * for another one. */
static const char head[] =
    "# A report about a prediction of virt-hotplug.\n"
    "#\n"
    "# Please look through it before you give it to anybody. It is made from what is known to be\n"
    "# harmless: machine type and features, kind, model and PCI address of each device, arguments\n"
    "# of QEMU about machine and properties, and what is known of libvirt and QEMU. Names, UUIDs,\n"
    "# MAC addresses, paths, passwords and everything else of the domain are left out, and so is\n"
    "# the name of the host.\n"
    "#\n"
    "# The same prediction from this file alone:\n"
    "#   sed -n 's/^xml| //p' REPORT > ./domain.xml\n"
    "#   sed -n 's/^caps| //p' REPORT > ./domain.caps\n"
    "#   virt-hotplug show ./domain.xml --caps=./domain.caps\n"
    "#\n"
    "# What did you expect, and what did the guest do?\n"
    "#\n"
    "#\n";

static void
append_part (GString *report, const char *word, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] && (*lines[i] || lines[i + 1]); i++)
    {
      g_autofree char *visible = vh_text_dup_visible (lines[i]);
      g_string_append_printf (report, "%s| %s\n", word, visible);
    }
}

static void
append_about (GString *report, const VhSession *session)
{
  struct utsname system;
  const VhInputs *inputs = session->after->inputs;
  g_autofree char *libvirt = vh_version_format (session->caps->libvirt);
  g_autofree char *qemu = vh_version_format (inputs->qemu);
  const char *state = session->info->state ? session->info->state : "a file";
  g_autoptr (GString) text = g_string_new ("program   virt-hotplug " VH_PROGRAM_VERSION "\n");
  g_string_append_printf (text, "libvirt   %s\n", libvirt ? libvirt : "not asked");
  g_string_append_printf (text, "QEMU      %s (%s)\n", qemu ? qemu : "unknown",
                          vh_origin_to_string (inputs->qemu_origin));
  if (uname (&system) == 0)
    g_string_append_printf (text, "kernel    %s %s %s, where virt-hotplug ran\n", system.sysname,
                            system.release, system.machine);
  g_string_append_printf (text, "domain    %s%s\n", state,
                          session->info->managed_save ? ", with a managed save image" : "");
  append_part (report, "about", text->str);
}

static gboolean
add_to_string (const char *bytes, gsize length, gpointer data, GError **error)
{
  (void) error;
  g_string_append_len (data, bytes, (gssize) length);
  return TRUE;
}

static void
append_findings (GString *report, const VhSession *session)
{
  for (guint i = 0; i < session->after->findings->len; i++)
    {
      g_autofree char *line =
          vh_command_format_finding (session->info, session->after->findings->pdata[i]);
      append_part (report, "finding", line);
    }
}

/* Everything comes from the two parts that the reader has. */
static gboolean
append_prediction (GString *report, const VhSession *session, GError **error)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *tree = vh_export_tree (session, TREE_WIDTH);
  append_findings (report, session);
  append_part (report, "tree", tree);
  if (!vh_export_json_show (session, add_to_string, json, error))
    return FALSE;
  append_part (report, "json", json->str);
  return TRUE;
}

/* The recording without what says whose it is. */
static char *
new_recording (const VhSession *session)
{
  g_autoptr (VhCaps) caps = vh_caps_dup (session->caps);
  g_clear_pointer (&caps->host, g_free);
  g_ptr_array_set_size (caps->notes, 0);
  if (caps->emulator && !g_str_has_prefix (caps->emulator, "/usr/"))
    g_clear_pointer (&caps->emulator, g_free);
  return vh_caps_to_recording (caps);
}

static VhSession *
new_reader_session (const char *xml, const char *recording, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, error);
  g_autoptr (VhMachine) machine = document ? vh_topology_read_machine (document, error) : NULL;
  if (!machine)
    return NULL;
  VhCaps *caps = vh_resolve_recorded_caps (recording, strlen (recording), machine, error);
  if (!caps)
    return NULL;
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup ("domain");
  info->source = g_strdup ("./domain.xml");
  info->is_file = TRUE;
  info->persistent = TRUE;
  return vh_session_new (document, info, caps, error);
}

static char *
new_report (const VhSession *session, GError **error)
{
  g_autofree char *xml = vh_redact_new_xml (session->base);
  g_autofree char *recording = new_recording (session);
  g_autoptr (VhSession) reader = new_reader_session (xml, recording, error);
  if (!reader)
    return NULL;
  g_autoptr (GString) report = g_string_new (head);
  append_about (report, session);
  append_part (report, "xml", xml);
  append_part (report, "caps", recording);
  if (!append_prediction (report, reader, error))
    return NULL;
  return g_string_free (g_steal_pointer (&report), FALSE);
}

/* An old report, or the domain itself, is not written over. */
static VhExit
save (const char *report, const char *path)
{
  g_autoptr (GError) error = NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    vh_output_error (_ ("%s exists. Write to another file."), path);
  else if (!vh_save_text (path, report, &error))
    vh_output_error ("%s", error->message);
  else
    {
      vh_output_note (_ ("Written to %s. Look through it before you give it to anybody."), path);
      return VH_EXIT_DONE;
    }
  return VH_EXIT_FAILED;
}

VhExit
vh_command_report_domain (const VhOptions *options)
{
  g_autoptr (GError) error = NULL;
  if (options->machine || options->qemu)
    {
      vh_output_error (_ ("“report” takes no --machine and no --qemu: it is about what there is."));
      return VH_EXIT_USAGE;
    }
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  g_autofree char *report = session ? new_report (session, &error) : NULL;
  if (!report)
    return vh_command_report (error);
  if (options->output)
    return save (report, options->output);
  return vh_output_print (report) ? VH_EXIT_DONE : VH_EXIT_FAILED;
}
