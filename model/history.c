/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history.h"

#include <string.h>

#include "model/i18n.h"

/* 'd' is a digit. */
#define NAME_FORM "ddddddddTdddddd.ddddddZ"

G_DEFINE_QUARK (vh_history_error, vh_history_error)

void
vh_history_entry_free (VhHistoryEntry *entry)
{
  if (!entry)
    return;
  g_free (entry->name);
  g_free (entry->path);
  g_free (entry->what);
  g_free (entry->source);
  g_free (entry->host);
  g_free (entry->after);
  g_free (entry);
}

gboolean
vh_history_is_name (const char *name)
{
  if (strlen (name) != strlen (NAME_FORM))
    return FALSE;
  for (guint i = 0; name[i]; i++)
    if (NAME_FORM[i] == 'd' ? !g_ascii_isdigit (name[i]) : name[i] != NAME_FORM[i])
      return FALSE;
  return TRUE;
}

char *
vh_history_entry_new_time (const VhHistoryEntry *entry)
{
  const char *name = entry->name;
  if (!vh_history_is_name (name))
    return g_strdup ("?");
  return g_strdup_printf ("%.4s-%.2s-%.2s %.2s:%.2s:%.2s UTC", name, name + 4, name + 6, name + 9,
                          name + 11, name + 13);
}

char *
vh_history_entry_new_place (const VhHistoryEntry *entry)
{
  if (!entry->source)
    return g_strdup (_ ("not recorded"));
  return entry->host ? g_strdup_printf (_ ("%1$s on %2$s"), entry->source, entry->host)
                     : g_strdup (entry->source);
}

static const VhHistoryEntry *
find_newest (const GPtrArray *entries, const char *source, GError **error)
{
  g_autofree char *recorded = g_utf8_make_valid (source, -1);
  for (guint i = 0; i < entries->len; i++)
    {
      const VhHistoryEntry *entry = g_ptr_array_index (entries, i);
      if (g_strcmp0 (entry->source, recorded) == 0)
        return entry;
    }
  g_set_error (error, VH_HISTORY_ERROR, VH_HISTORY_ERROR_NO_ENTRY,
               entries->len ? _ ("No backup of this domain was made from %s. Name an entry of "
                                 "“virt-hotplug history”.")
                            : _ ("There is no backup of this domain: nothing was written to %s by "
                                 "this user yet."),
               recorded);
  return NULL;
}

const VhHistoryEntry *
vh_history_find (const GPtrArray *entries, const char *word, const char *source, GError **error)
{
  if (!word)
    return find_newest (entries, source, error);
  const VhHistoryEntry *found = NULL;
  guint n_found = 0;
  for (guint i = 0; i < entries->len && *word; i++)
    {
      const VhHistoryEntry *entry = g_ptr_array_index (entries, i);
      if (!g_str_has_prefix (entry->name, word))
        continue;
      found = entry;
      n_found++;
    }
  if (n_found == 1)
    return found;
  g_set_error (error, VH_HISTORY_ERROR, VH_HISTORY_ERROR_NO_ENTRY,
               n_found ? _ ("More than one entry begins with “%s”. Give more of its name, as "
                            "“virt-hotplug history” prints it.")
                       : _ ("There is no entry “%s”. “virt-hotplug history” prints their names."),
               word);
  return NULL;
}
