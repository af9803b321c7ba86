/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program of the build: fills what the manual leaves to the tables of options and actions.
 *
 * usage: manual TEMPLATE OUTPUT
 *
 * A line "--NAME" of the template becomes the option's names and argument, and what is said of it
 * below begins with the commands that have it. The line ".. keys" becomes the keys. */
#include <string.h>

#include "tui/action.h"
#include "tui/command.h"

#define KEYS_MARK ".. keys"
#define INDENTATION "    "

typedef struct {
  VhOptions options; /* what entries lead into; never read */
  GArray *all;       /* of GOptionEntry: every row of the tables */
  guint n_global;    /* the first of them, which every command has */
  GHashTable *seen;  /* names that the template has had */
  GString *text;
} Manual;

static const GOptionEntry *
find_entry (const GArray *entries, guint begin, const char *name)
{
  for (guint i = begin; i < entries->len; i++)
    {
      const GOptionEntry *entry = &g_array_index (entries, GOptionEntry, i);
      if (g_str_equal (entry->long_name, name))
        return entry;
    }
  return NULL;
}

static gboolean
has_entry (Manual *manual, guint allowed, const char *name)
{
  g_autoptr (GArray) entries = vh_options_new_entries (&manual->options, allowed);
  return find_entry (entries, manual->n_global, name) != NULL;
}

static void
append_argument (GString *text, const GOptionEntry *entry)
{
  if (entry->arg_description)
    g_string_append_printf (text, " *%s*", entry->arg_description);
}

/* Short names, also hidden ones, the long one and the argument. */
static void
append_heading (GString *text, const GArray *all, const GOptionEntry *first)
{
  for (guint i = 0; i < all->len; i++)
    {
      const GOptionEntry *entry = &g_array_index (all, GOptionEntry, i);
      if (entry->short_name && g_str_equal (entry->long_name, first->long_name))
        g_string_append_printf (text, "``-%c``, ", entry->short_name);
    }
  g_string_append_printf (text, "``--%s``", first->long_name);
  append_argument (text, first);
}

/* Does the command have it only beside --fix? */
static gboolean
needs_fix (Manual *manual, const VhCommand *command, const char *name)
{
  return !g_str_equal (name, "fix") && (command->options & VH_OPTION_FIX) &&
         !has_entry (manual, command->options & ~(guint) VH_OPTION_FIX, name);
}

/* Who has it, into `owners`; whose argument is another one, into the heading. */
static void
append_owners (Manual *manual, const GOptionEntry *first, GString *owners)
{
  const VhCommand *command = NULL;
  for (guint i = 0; (command = vh_command_get (i)); i++)
    {
      g_autoptr (GArray) entries = vh_options_new_entries (&manual->options, command->options);
      const GOptionEntry *entry = find_entry (entries, manual->n_global, first->long_name);
      if (!entry)
        continue;
      g_string_append_printf (owners, "%s``%s%s``", owners->len > 0 ? ", " : "", command->name,
                              needs_fix (manual, command, first->long_name) ? " --fix" : "");
      if (g_strcmp0 (entry->arg_description, first->arg_description) == 0)
        continue;
      g_string_append_printf (manual->text, ", ``%s``:", command->name);
      append_argument (manual->text, entry);
    }
  g_string_append (owners, owners->len > 0 ? ": " : "");
}

/* NULL, or what is wrong with it. */
static const char *
append_option (Manual *manual, const char *name)
{
  const GOptionEntry *entry = find_entry (manual->all, 0, name);
  if (!entry)
    return "is no option";
  if (!g_hash_table_add (manual->seen, g_strdup (name)))
    return "is here a second time";
  g_autoptr (GString) owners = g_string_new (NULL);
  append_heading (manual->text, manual->all, entry);
  append_owners (manual, entry, owners);
  g_string_append_printf (manual->text, "\n" INDENTATION "%s", owners->str);
  return NULL;
}

static gboolean
is_option (const char *line)
{
  return g_str_has_prefix (line, "--") && g_ascii_islower (line[2]);
}

static void
append_line (Manual *manual, const char *line, gboolean is_last)
{
  if (!g_str_equal (line, KEYS_MARK))
    g_string_append_printf (manual->text, "%s%s", line, is_last ? "" : "\n");
  else if (g_hash_table_add (manual->seen, g_strdup (KEYS_MARK)))
    {
      g_autofree char *keys = vh_action_format_manual ();
      g_string_append (manual->text, keys);
    }
}

/* FALSE: said on standard error. */
static gboolean
fill (Manual *manual, const char *template)
{
  g_auto (GStrv) lines = g_strsplit (template, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      if (!is_option (lines[i]))
        {
          append_line (manual, lines[i], lines[i + 1] == NULL);
          continue;
        }
      const char *problem = append_option (manual, lines[i] + strlen ("--"));
      if (!problem && lines[i + 1] && g_str_has_prefix (lines[i + 1], INDENTATION))
        g_strchug (lines[i + 1]);
      else
        {
          g_printerr ("line %u: %s %s\n", i + 1, lines[i], problem ? problem : "says nothing");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_complete (const Manual *manual)
{
  gboolean complete = TRUE;
  for (guint i = 0; i < manual->all->len; i++)
    {
      const char *name = g_array_index (manual->all, GOptionEntry, i).long_name;
      if (g_hash_table_contains (manual->seen, name))
        continue;
      g_printerr ("there is no --%s\n", name);
      complete = FALSE;
    }
  if (g_hash_table_contains (manual->seen, KEYS_MARK))
    return complete;
  g_printerr ("there is no line %s\n", KEYS_MARK);
  return FALSE;
}

int
main (int argc, char **argv)
{
  Manual manual = { .text = NULL };
  g_autofree char *template = NULL;
  g_autoptr (GError) error = NULL;
  if (argc != 3 || !g_file_get_contents (argv[1], &template, NULL, &error))
    {
      g_printerr ("%s\n", error ? error->message : "usage: manual TEMPLATE OUTPUT");
      return 1;
    }
  g_autoptr (GArray) global = vh_options_new_entries (&manual.options, 0);
  g_autoptr (GArray) all = vh_options_new_entries (&manual.options, G_MAXUINT);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  manual.all = all;
  manual.n_global = global->len;
  manual.seen = seen;
  manual.text = text;
  if (!fill (&manual, template) || !is_complete (&manual))
    return 1;
  if (g_file_set_contents (argv[2], text->str, (gssize) text->len, &error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
