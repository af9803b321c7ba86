/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/command_common.h"

#include "model/edit.h"
#include "model/i18n.h"
#include "render/words.h"

gboolean
vh_command_check_format (const VhOptions *options)
{
  if (!options->format || g_str_equal (options->format, "text") ||
      g_str_equal (options->format, "json"))
    return TRUE;
  vh_output_error (_ ("--format takes text or json, not “%s”."), options->format);
  return FALSE;
}

gboolean
vh_command_wants_json (const VhOptions *options)
{
  return g_strcmp0 (options->format, "json") == 0;
}

VhExit
vh_command_report (const GError *error)
{
  vh_output_report (error);
  return error->domain == VH_EDIT_ERROR ? VH_EXIT_REFUSED : VH_EXIT_FAILED;
}

VhExit
vh_command_worse (VhExit a, VhExit b)
{
  static const int rank[] = {
    [VH_EXIT_DONE] = 0,   [VH_EXIT_REFUSED] = 1, [VH_EXIT_CONFLICT] = 2,
    [VH_EXIT_FAILED] = 3, [VH_EXIT_USAGE] = 4,
  };
  return rank[a] >= rank[b] ? a : b;
}

char *
vh_command_format_finding (const VhDomainInfo *info, const VhFinding *finding)
{
  g_autofree char *domain = vh_text_dup_visible (info->is_file ? info->source : info->name);
  g_autofree char *visible = vh_text_dup_visible (finding->text);
  g_autofree char *bus =
      finding->bus >= 0 ? g_strdup_printf (_ ("bus %d: "), finding->bus) : g_strdup ("");
  return g_strdup_printf ("%s: %s: %s%s [%s]\n", domain, vh_words_of_severity (finding->severity),
                          bus, visible, vh_rule_to_word (finding->rule));
}

/* Lines; empty ones do not count, as `virsh list --name` ends with one. */
static char **
read_targets (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (g_str_equal (path, "-") ? "/dev/stdin" : path, &text, NULL, error))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  for (guint i = 0; lines[i]; i++)
    if (*g_strchomp (lines[i]))
      g_ptr_array_add (targets, g_strdup (lines[i]));
  g_ptr_array_add (targets, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&targets), FALSE);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const VhDomainInfo *one = *(VhDomainInfo *const *) a, *other = *(VhDomainInfo *const *) b;
  return g_strcmp0 (one->name, other->name);
}

char **
vh_command_new_targets (const VhOptions *options, VhLoader *loader, GError **error)
{
  if (options->from)
    return read_targets (options->from, error);
  const gboolean every = options->all || (options->demo && !options->targets[0]);
  if (!every)
    return g_strdupv (options->targets);
  g_autoptr (GPtrArray) domains = vh_loader_list (loader, error);
  if (!domains)
    return NULL;
  g_ptr_array_sort (domains, compare_names);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < domains->len; i++)
    {
      const VhDomainInfo *info = domains->pdata[i];
      g_ptr_array_add (names, g_strdup (info->uuid ? info->uuid : info->name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
