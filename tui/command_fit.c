/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/export_json.h"
#include "tui/command_common.h"
#include "tui/load_live.h"

static void
append_answer (GString *text, const char *name, const VhFitAnswer *answer)
{
  g_autofree char *line = vh_fit_describe (answer);
  g_autofree char *visible = vh_text_dup_visible (line);
  g_string_append_printf (text, "%-8s %s\n", name, visible);
  if (answer->advice)
    g_string_append_printf (text, "%-8s %s\n", "", answer->advice);
}

static char *
format_text (const VhFit *fit)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "%s: %s\n", vh_fit_device_to_word (fit->device),
                          vh_fit_device_to_title (fit->device));
  append_answer (text, _ ("running"), &fit->live);
  append_answer (text, _ ("defined"), &fit->cold);
  if (vh_fit_device_is_untried (fit->device))
    g_string_append (text,
                     _ ("note: read in libvirt's source, not tried with a device of a host\n"));
  return g_string_free (text, FALSE);
}

static gboolean
find_device (const char *word, VhFitDevice *device)
{
  if (vh_fit_device_from_word (word, device))
    return TRUE;
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < VH_N_FIT_DEVICES; i++)
    g_string_append_printf (words, "%s%s", i == 0 ? "" : ", ",
                            vh_fit_device_to_word ((VhFitDevice) i));
  vh_output_error (_ ("“%1$s” is no device that fit knows: %2$s."), word, words->str);
  return FALSE;
}

/* Of a file, and of what is imagined, only the next start is known. */
static gboolean
asks_live (const VhOptions *options, const VhSession *session)
{
  return !session->info->is_file && !options->machine && !options->qemu;
}

VhExit
vh_command_fit (const VhOptions *options)
{
  VhFitDevice device = VH_FIT_VIRTIO_NET;
  if (!vh_command_check_format (options) || !find_device (options->targets[1], &device))
    return VH_EXIT_USAGE;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  vh_loader_skip_details (loader);
  g_autoptr (VhSession) session = vh_loader_load (loader, options->targets[0], &error);
  if (!session)
    return vh_command_report (error);
  g_autoptr (VhLive) live = NULL;
  if (asks_live (options, session) && !vh_load_live (loader, session, &live, &error))
    return vh_command_report (error);
  g_autoptr (VhFit) fit =
      vh_fit_new (live ? live->session->base : session->base, session->base, device);
  g_autofree char *text =
      vh_command_wants_json (options) ? vh_export_json_fit (fit) : format_text (fit);
  if (!vh_output_print (text) || fit->live.fits == VH_KNOWN_UNKNOWN)
    return VH_EXIT_FAILED;
  return vh_fit_works (fit) == VH_KNOWN_NO ? VH_EXIT_REFUSED : VH_EXIT_DONE;
}
