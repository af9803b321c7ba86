/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/options.h"

typedef struct {
  const char *line;    /* words after the program's name */
  const char *command; /* NULL: the terminal UI */
  const char *target;  /* the first; NULL none */
  gint error;          /* a GOptionError; -1 none */
} Case;

static const Case cases[] = {
  { "", NULL, NULL, -1 },
  { "vm1", NULL, "vm1", -1 },
  { "-c qemu:///system vm1", NULL, "vm1", -1 },
  { "vm1 -c qemu:///system", NULL, "vm1", -1 },
  { "show vm1", "show", "vm1", -1 },
  { "-c show show vm1", "show", "vm1", -1 },
  { "show --format=json vm1", "show", "vm1", -1 },
  { "show vm1 --format json -r", "show", "vm1", -1 },
  { "-r show -c test:///default vm1", "show", "vm1", -1 },
  { "show vm1 --live --ask-qemu", "show", "vm1", -1 },
  { "vm1 --live", NULL, NULL, G_OPTION_ERROR_UNKNOWN_OPTION },
  { "-- show", NULL, "show", -1 },
  { "show -- list", "show", "list", -1 },
  { "show -", "show", "-", -1 },
  { "set vm1 --root=off --port=1=on --port=2=off -y", "set", "vm1", -1 },
  { "list --format=json", "list", NULL, -1 },
  { "--nonsense", NULL, NULL, G_OPTION_ERROR_UNKNOWN_OPTION },
  { "show --root=on vm1", NULL, NULL, G_OPTION_ERROR_UNKNOWN_OPTION },
  { "vm1 --format=json", NULL, NULL, G_OPTION_ERROR_UNKNOWN_OPTION },
  { "--color=sometimes", NULL, NULL, G_OPTION_ERROR_BAD_VALUE },
  { "--look=bright", NULL, NULL, G_OPTION_ERROR_BAD_VALUE },
  { "show vm1 -c", NULL, NULL, G_OPTION_ERROR_BAD_VALUE },
};

static VhOptions *
read_line (const char *line, GError **error)
{
  g_autofree char *whole = g_strconcat ("virt-hotplug ", line, NULL);
  g_auto (GStrv) argv = g_strsplit (g_strchomp (whole), " ", -1);
  return vh_options_new (argv, error);
}

static void
test_line (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhOptions) options = read_line (row->line, &error);
  if (row->error >= 0)
    {
      g_assert_error (error, G_OPTION_ERROR, row->error);
      g_assert_null (options);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (options->command, ==, row->command);
  g_assert_cmpstr (options->targets[0], ==, row->target);
}

static void
test_values (void)
{
  g_autoptr (VhOptions) options = read_line (
      "-q --color=never --ascii set vm1 --bridge off --port=3=off --port=4=on --dry-run", NULL);
  g_assert_true (options->quiet);
  g_assert_true (options->ascii);
  g_assert_cmpint (options->color, ==, VH_COLOR_NEVER);
  g_assert_cmpstr (options->bridge, ==, "off");
  g_assert_null (options->root);
  g_assert_cmpstr (options->ports[0], ==, "3=off");
  g_assert_cmpstr (options->ports[1], ==, "4=on");
  g_assert_null (options->ports[2]);
  g_assert_true (options->dry_run);
  g_assert_false (options->yes);
}

/* Before the command and after it. */
static void
test_connections (void)
{
  g_autoptr (VhOptions) options = read_line ("-c one --connect=two list -c three", NULL);
  const char *const three[] = { "one", "two", "three", NULL };
  g_assert_true (g_strv_equal ((const char *const *) options->connects, three));
  g_assert_cmpstr (options->connect, ==, "one");
  g_autoptr (VhOptions) none = read_line ("list", NULL);
  g_assert_null (none->connects);
  g_assert_null (none->connect);
}

static void
test_looks (void)
{
  static const struct {
    const char *line;
    gboolean has_look;
    VhLook look;
  } rows[] = {
    { "vm1", FALSE, VH_LOOK_DEFAULT },
    { "--look=default vm1", TRUE, VH_LOOK_DEFAULT },
    { "vm1 --look high-contrast", TRUE, VH_LOOK_CONTRAST },
    { "--look=light list", TRUE, VH_LOOK_LIGHT },
    { "show --look=mono vm1", TRUE, VH_LOOK_MONO },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VhOptions) options = read_line (rows[i].line, NULL);
      g_assert_cmpint (options->has_look, ==, rows[i].has_look);
      g_assert_cmpint (options->look, ==, rows[i].look);
    }
}

static void
test_version_has_two_letters (void)
{
  static const char *const lines[] = { "-v", "-V", "--version" };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (VhOptions) options = read_line (lines[i], NULL);
      g_assert_true (options && options->version);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/options/line/%u", i);
      g_test_add_data_func (path, &cases[i], test_line);
    }
  g_test_add_func ("/options/values", test_values);
  g_test_add_func ("/options/connections", test_connections);
  g_test_add_func ("/options/looks", test_looks);
  g_test_add_func ("/options/version", test_version_has_two_letters);
  return g_test_run ();
}
