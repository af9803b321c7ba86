/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The laws on our own fixtures and demo domains, and on every document below
 * the folder that VH_CORPUS names. */
#include "tests/laws.h"

#include <string.h>

static void
tell (const LawsCount *count)
{
  g_test_message ("%u documents, %u refused, %u domains, %u cycles, %u excepted, %u broken",
                  count->n_documents, count->n_refused, count->n_domains, count->n_cycles,
                  count->n_excepted, count->n_broken);
}

static void
test_fixtures (gconstpointer data)
{
  LawsForm form = (LawsForm) GPOINTER_TO_UINT (data);
  g_autofree char *fixtures = g_test_build_filename (G_TEST_DIST, "fixtures", NULL);
  LawsCount count = { 0 };
  laws_check_folder (fixtures, form, &count);
  tell (&count);
  g_assert_cmpuint (count.n_domains, >, 40);
  g_assert_cmpuint (count.n_cycles, >=, count.n_domains);
  g_assert_cmpuint (count.n_excepted, <, count.n_cycles / 10);
}

static void
test_demo (gconstpointer data)
{
  g_autofree char *demo = g_test_build_filename (G_TEST_DIST, "..", "data", "demo", NULL);
  LawsCount count = { 0 };
  laws_check_folder (demo, (LawsForm) GPOINTER_TO_UINT (data), &count);
  tell (&count);
  g_assert_cmpuint (count.n_domains, >, 5);
  g_assert_cmpuint (count.n_excepted, ==, 0);
}

static void
test_corpus (gconstpointer data)
{
  const char *folder = g_getenv ("VH_CORPUS");
  if (!folder)
    {
      g_test_skip ("VH_CORPUS names no folder; tests/corpus/setup makes one");
      return;
    }
  LawsForm form = (LawsForm) GPOINTER_TO_UINT (data);
  /* It takes a minute at most, with sanitizers. */
  LawsCount count = { .one_of = form == LAWS_LATIN_1 ? 10 : 1, .is_quick = form != LAWS_AS_IT_IS };
  laws_check_folder (folder, form, &count);
  tell (&count);
  g_assert_cmpuint (count.n_domains, >, 0);
}

static void
add (const char *name, GTestDataFunc function)
{
  for (guint form = 0; form < LAWS_N_FORMS; form++)
    {
      g_autofree char *path =
          g_strdup_printf ("/%s/%s", name, laws_get_form_name ((LawsForm) form));
      g_test_add_data_func (path, GUINT_TO_POINTER (form), function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1 && strcmp (argv[1], "corpus") == 0)
    add ("corpus", test_corpus);
  else
    {
      add ("fixtures", test_fixtures);
      add ("demo", test_demo);
    }
  return g_test_run ();
}
