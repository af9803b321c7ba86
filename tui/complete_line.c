/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/complete_line.h"

#include <string.h>

#include "model/fit.h"
#include "model/i18n.h"
#include "render/text.h"

static gboolean
takes_value (const GOptionEntry *entry)
{
  return entry->arg != G_OPTION_ARG_NONE;
}

/* The value that stands in the same word: --name=VALUE, -nVALUE; NULL. */
static const char *
get_attached (const char *word)
{
  const char *equal = strchr (word, '=');
  if (g_str_has_prefix (word, "--"))
    return equal ? equal + 1 : NULL;
  return word[1] && word[2] ? word + 2 : NULL;
}

static gboolean
is_named (const GOptionEntry *entry, const char *word)
{
  const gsize length = strlen (entry->long_name);
  if (!g_str_has_prefix (word, "--"))
    return word[1] && word[1] == entry->short_name;
  return strcspn (word + 2, "=") == length && strncmp (word + 2, entry->long_name, length) == 0;
}

static const GOptionEntry *
find_entry (const VhCompleteLine *line, const char *word)
{
  for (guint i = 0; i < line->entries->len; i++)
    {
      const GOptionEntry *entry = &g_array_index (line->entries, GOptionEntry, i);
      if (is_named (entry, word))
        return entry;
    }
  return NULL;
}

static void
take_option (VhCompleteLine *line, const GOptionEntry *entry, const char *value)
{
  if (entry->arg_data == &line->options->demo)
    line->options->demo = TRUE;
  if (g_str_equal (entry->long_name, "connect") && value)
    ((GOptionArgFunc) entry->arg_data) (entry->long_name, value, line->options, NULL);
}

static void
set_command (VhCompleteLine *line, const VhCommand *command)
{
  g_clear_pointer (&line->entries, g_array_unref);
  line->command = command;
  line->entries = vh_options_new_entries (line->options, command->options);
}

static void
read_operand (VhCompleteLine *line, const char *word)
{
  const gboolean first = line->n_operands == 0 && !line->only_operands && !line->command->name;
  const VhCommand *command = first ? vh_command_find (word) : NULL;
  if (command)
    set_command (line, command);
  else
    line->n_operands++;
}

static void
read_word (VhCompleteLine *line, const char *word)
{
  if (line->open)
    {
      take_option (line, line->open, word);
      line->open = NULL;
      return;
    }
  if (line->only_operands || word[0] != '-' || !word[1])
    {
      read_operand (line, word);
      return;
    }
  line->only_operands = g_str_equal (word, "--");
  const GOptionEntry *entry = find_entry (line, word);
  const char *value = get_attached (word);
  if (entry && takes_value (entry) && !value)
    line->open = entry;
  else if (entry)
    take_option (line, entry, value);
}

VhCompleteLine *
vh_complete_line_new (char **words, guint n)
{
  VhCompleteLine *line = g_new0 (VhCompleteLine, 1);
  line->options = g_new0 (VhOptions, 1);
  set_command (line, vh_command_find (NULL));
  for (guint i = 0; i < n; i++)
    read_word (line, words[i]);
  return line;
}

void
vh_complete_line_free (VhCompleteLine *line)
{
  if (!line)
    return;
  g_array_unref (line->entries);
  vh_options_free (line->options);
  g_free (line);
}

void
vh_complete_offer (GPtrArray *offers, const char *word, const char *help)
{
  g_autofree char *visible = vh_text_dup_visible (word);
  if (g_str_equal (visible, word))
    g_ptr_array_add (offers, g_strdup_printf ("%s\t%s", word, help));
}

static void
offer_options (const VhCompleteLine *line, GPtrArray *offers)
{
  for (guint i = 0; i < line->entries->len; i++)
    {
      const GOptionEntry *entry = &g_array_index (line->entries, GOptionEntry, i);
      g_autofree char *word =
          g_strconcat ("--", entry->long_name, takes_value (entry) ? "=" : NULL, NULL);
      if (!(entry->flags & G_OPTION_FLAG_HIDDEN))
        vh_complete_offer (offers, word, entry->description);
    }
  vh_complete_offer (offers, "--help", _ ("Show help options"));
}

static void
offer_each (GPtrArray *offers, const char *prefix, const char *const *words)
{
  for (guint i = 0; words[i]; i++)
    {
      g_autofree char *word = g_strconcat (prefix, words[i], NULL);
      vh_complete_offer (offers, word, "");
    }
}

/* `prefix` stands before the value in the word under the cursor: "--root=", "". */
static VhCompleteKind
offer_values (const GOptionEntry *entry, const char *prefix, const char *value, GPtrArray *offers)
{
  static const char *const uris[] = { "qemu:///system", "qemu:///session", "test:///default",
                                      NULL };
  if (entry->arg == G_OPTION_ARG_FILENAME)
    return VH_COMPLETE_FILES;
  if (g_str_equal (entry->long_name, "connect"))
    offer_each (offers, prefix, uris);
  const char *form = entry->arg_description;
  if (!form || !strchr (form, '|'))
    return VH_COMPLETE_WORDS;
  /* INDEX=on|off: the words come after what stands for INDEX. */
  const char *equal = strchr (form, '='), *given = strchr (value, '=');
  if (equal && !given)
    return VH_COMPLETE_WORDS;
  g_autofree char *index = equal ? g_strndup (value, given + 1 - value) : g_strdup ("");
  g_autofree char *before = g_strconcat (prefix, index, NULL);
  g_auto (GStrv) words = g_strsplit (equal ? equal + 1 : form, "|", -1);
  offer_each (offers, before, (const char *const *) words);
  return VH_COMPLETE_WORDS;
}

static void
offer_commands (GPtrArray *offers)
{
  const VhCommand *command = NULL;
  for (guint i = 0; (command = vh_command_get (i)); i++)
    if (command->name)
      vh_complete_offer (offers, command->name, _ (command->help));
}

static VhCompleteKind
offer_operands (const VhCompleteLine *line, const char *word, GPtrArray *offers)
{
  const VhCommand *command = line->command;
  const gboolean is_second = line->n_operands == 1;
  if (line->n_operands >= command->max_targets || (is_second && command->run == vh_command_revert))
    return VH_COMPLETE_WORDS;
  if (is_second && command->run == vh_command_fit)
    {
      for (guint i = 0; i < VH_N_FIT_DEVICES; i++)
        vh_complete_offer (offers, vh_fit_device_to_word ((VhFitDevice) i),
                           vh_fit_device_to_title ((VhFitDevice) i));
      return VH_COMPLETE_WORDS;
    }
  if (strchr (word, '/'))
    return VH_COMPLETE_FILES;
  if (!command->name && !line->only_operands)
    offer_commands (offers);
  return VH_COMPLETE_TARGETS;
}

VhCompleteKind
vh_complete_line_offer (const VhCompleteLine *line, const char *word, GPtrArray *offers)
{
  if (line->open)
    return offer_values (line->open, "", word, offers);
  if (line->only_operands || word[0] != '-')
    return offer_operands (line, word, offers);
  const GOptionEntry *entry = find_entry (line, word);
  const char *value = get_attached (word);
  if (!entry || !takes_value (entry) || !value)
    {
      offer_options (line, offers);
      return VH_COMPLETE_WORDS;
    }
  g_autofree char *prefix = g_strndup (word, value - word);
  return offer_values (entry, prefix, value, offers);
}
