/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every rule of rules.def has a case that it applies to, and one as near as can be that it does not
 * apply to: another bus or device of that domain, or a domain that differs in one statement. */
#include "rule_case.h"

#include <string.h>

/* A case taken apart: its statements, and the words of the rules it shows and rules out. */
typedef struct {
  const char *name;
  char **statements;
  GHashTable *shown, *ruled_out;
} Parts;

static GPtrArray *all;

static Parts *
parts_new (const RuleCase *rule_case)
{
  Parts *parts = g_new0 (Parts, 1);
  parts->name = rule_case->name;
  parts->statements = rule_case_split (rule_case->setup, ";");
  parts->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  parts->ruled_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) words = rule_case_split (rule_case->expect, " ;\n");
  for (char **word = words; *word; word++)
    {
      const char *colon = strchr (*word, ':');
      const char *name = colon ? colon + 1 : *word + 1;
      if (**word == '+' || **word == '-')
        g_hash_table_add (**word == '+' ? parts->shown : parts->ruled_out,
                          g_strndup (name, strcspn (name, "@")));
    }
  return parts;
}

static void
parts_free (gpointer data)
{
  Parts *parts = data;
  g_strfreev (parts->statements);
  g_hash_table_unref (parts->shown);
  g_hash_table_unref (parts->ruled_out);
  g_free (parts);
}

/* How many statements of one the other lacks; *last is the last of them. */
static guint
count_missing (const Parts *from, const Parts *in, const char **last)
{
  guint n = 0;
  for (char **statement = from->statements; *statement; statement++)
    if (!g_strv_contains ((const char *const *) in->statements, *statement))
      {
        n++;
        *last = *statement;
      }
  return n;
}

/* Of one kind: the machine type, or "bus 1 …", "global …". */
static gboolean
is_changed_to (const Parts *a, const char *of_a, const Parts *b, const char *of_b)
{
  if (of_a == a->statements[0] || of_b == b->statements[0])
    return of_a == a->statements[0] && of_b == b->statements[0];
  gsize length = strcspn (of_a, " ");
  return length == strcspn (of_b, " ") && strncmp (of_a, of_b, length) == 0;
}

/* One statement is added, removed or changed, or none. */
static gboolean
are_near (const Parts *a, const Parts *b)
{
  const char *of_a = NULL, *of_b = NULL;
  guint n_a = count_missing (a, b, &of_a), n_b = count_missing (b, a, &of_b);
  return n_a <= 1 && n_b <= 1 && (n_a + n_b <= 1 || is_changed_to (a, of_a, b, of_b));
}

/* How many cases rule the word out; *nearest is one that is near to `a`, if there is any. */
static guint
count_against (const char *word, const Parts *a, const Parts **nearest)
{
  guint n = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const Parts *b = g_ptr_array_index (all, i);
      if (!g_hash_table_contains (b->ruled_out, word))
        continue;
      n++;
      if (are_near (a, b))
        *nearest = b;
    }
  return n;
}

static void
test_rule (gconstpointer data)
{
  const char *word = vh_rule_to_word ((VhRuleId) GPOINTER_TO_INT (data));
  const char *fault = "no case shows it";
  for (guint i = 0; i < all->len; i++)
    {
      const Parts *a = g_ptr_array_index (all, i), *nearest = NULL;
      if (!g_hash_table_contains (a->shown, word))
        continue;
      guint n = count_against (word, a, &nearest);
      if (nearest)
        {
          g_test_message ("%s, but not %s", a->name, nearest->name);
          return;
        }
      fault =
          n ? "every case that rules it out differs in several statements" : "no case rules it out";
    }
  g_assert_cmpstr (fault, ==, NULL);
}

/* What cases show and rule out are rules: a misspelt word would be ruled out for ever. */
static void
test_words (void)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (VhRuleId rule = 0; rule < VH_N_RULES; rule++)
    g_hash_table_add (known, (gpointer) (guintptr) vh_rule_to_word (rule));
  for (guint i = 0; i < all->len; i++)
    {
      const Parts *parts = g_ptr_array_index (all, i);
      GHashTable *const sets[] = { parts->shown, parts->ruled_out };
      for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
        {
          GHashTableIter iter;
          gpointer word = NULL;
          g_hash_table_iter_init (&iter, sets[k]);
          while (g_hash_table_iter_next (&iter, &word, NULL))
            {
              g_test_message ("%s: %s", parts->name, (const char *) word);
              g_assert_true (g_hash_table_contains (known, word));
            }
        }
    }
}

/* Words are unique and plain; sentences are sentences; nothing is without evidence. */
static void
test_documented (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (VhRuleId rule = 0; rule < VH_N_RULES; rule++)
    {
      const char *word = vh_rule_to_word (rule), *sentence = vh_rule_to_sentence (rule);
      g_test_message ("%s", word);
      g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==, strlen (word));
      g_assert_true (g_hash_table_add (words, g_strdup (word)));
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_cmpuint (strlen (vh_rule_to_evidence (rule)), >, 10);
    }
}

static void
take (const RuleCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, parts_new (&cases[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  all = g_ptr_array_new_with_free_func (parts_free);
  take (pc_cases, n_pc_cases);
  take (q35_cases, n_q35_cases);
  take (other_cases, n_other_cases);
  take (check_cases, n_check_cases);
  take (near_cases, n_near_cases);
  rule_case_add_all ("near", near_cases, n_near_cases);
  for (VhRuleId rule = 0; rule < VH_N_RULES; rule++)
    {
      g_autofree char *path = g_strconcat ("/rules/", vh_rule_to_word (rule), NULL);
      g_test_add_data_func (path, GINT_TO_POINTER ((int) rule), test_rule);
    }
  g_test_add_func ("/rules/words", test_words);
  g_test_add_func ("/rules/documented", test_documented);
  int status = g_test_run ();
  g_ptr_array_unref (all);
  return status;
}
