/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/complete.h"

#include <string.h>

#include "tui/complete_line.h"
#include "tui/demo.h"
#include "tui/load.h"
#include "tui/output.h"

#define PATIENCE_MS 2000 /* of who presses Tab */

static gboolean
wait_briefly (int fd, const char *what G_GNUC_UNUSED, gint waited_ms G_GNUC_UNUSED, gpointer data)
{
  const gint64 *end = data;
  const gint64 left_ms = (*end - g_get_monotonic_time ()) / 1000;
  GPollFD polled = { .fd = fd, .events = G_IO_IN };
  return left_ms > 0 && g_poll (&polled, 1, (gint) left_ms) >= 0;
}

/* A name that would be taken for something else can be given as UUID. */
static void
offer_domain (const VhCompleteLine *line, const VhDomainInfo *info, GPtrArray *offers)
{
  const gboolean is_command =
      !line->only_operands && !line->command->name && vh_command_find (info->name);
  if (!is_command && info->name[0] != '-' && !vh_load_is_file (info->name))
    vh_complete_offer (offers, info->name, info->state ? info->state : "");
}

static void
offer_domains (const VhCompleteLine *line, GPtrArray *offers)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  /* libvirt's authentication, ssh and its helper find nobody to ask then. */
  vh_output_leave_terminal ();
  g_setenv ("SSH_ASKPASS_REQUIRE", "never", TRUE);
  line->options->read_only = TRUE;
  g_autoptr (VhLoader) loader = vh_loader_new (line->options);
  vh_loader_set_waiter (loader, wait_briefly, &end);
  g_autoptr (GPtrArray) domains = vh_loader_list (loader, NULL);
  for (guint i = 0; domains && i < domains->len; i++)
    offer_domain (line, domains->pdata[i], offers);
}

static void
offer_demo (GPtrArray *offers)
{
  g_auto (GStrv) names = vh_demo_get_names ();
  for (guint i = 0; names[i]; i++)
    vh_complete_offer (offers, names[i], "");
}

/* An operand is a file by the "/" in it. */
static void
offer_files (GPtrArray *offers)
{
  g_autoptr (GDir) folder = g_dir_open (".", 0, NULL);
  const char *name = NULL;
  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_strconcat ("./", name, NULL);
      if (g_str_has_suffix (name, ".xml"))
        vh_complete_offer (offers, path, "");
    }
}

static int
compare_offers (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static gboolean
print_offers (GPtrArray *offers)
{
  g_ptr_array_sort (offers, compare_offers);
  g_autoptr (GString) text = g_string_new ("words\n");
  for (guint i = 0; i < offers->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) offers->pdata[i]);
  return vh_output_print (text->str);
}

VhExit
vh_complete_run (char **words)
{
  const guint n = g_strv_length (words);
  const char *word = n > 0 ? words[n - 1] : "";
  g_autoptr (VhCompleteLine) line = vh_complete_line_new (words, n > 0 ? n - 1 : 0);
  g_autoptr (GPtrArray) offers = g_ptr_array_new_with_free_func (g_free);
  const VhCompleteKind kind = vh_complete_line_offer (line, word, offers);
  if (kind == VH_COMPLETE_TARGETS && line->options->demo)
    offer_demo (offers);
  else if (kind == VH_COMPLETE_TARGETS)
    {
      offer_files (offers);
      offer_domains (line, offers);
    }
  const gboolean printed =
      kind == VH_COMPLETE_FILES ? vh_output_print ("files\n") : print_offers (offers);
  return printed ? VH_EXIT_DONE : VH_EXIT_FAILED;
}
