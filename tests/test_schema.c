/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/schema.h"

#include <string.h>

#define SCHEMA "/usr/share/libvirt/schemas/domain.rng"
#define DOMAIN(features, devices)                                                                  \
  "<domain type='kvm'>\n"                                                                          \
  "  <name>n</name>\n"                                                                             \
  "  <memory>1024</memory>\n"                                                                      \
  "  <os><type>hvm</type></os>\n"                                                                  \
  "  <features>\n" features "  </features>\n"                                                      \
  "  <devices>\n" devices "    <memballoon model='none'/>\n  </devices>\n</domain>\n"

typedef struct {
  const char *name;
  const char *text;
  const char *place; /* NULL: no fault */
} Row;

static const Row rows[] = {
  { "valid", DOMAIN ("    <acpi/>\n", ""), NULL },
  { "feature", DOMAIN ("    <acpi/>\n    <bogus/>\n", ""), "line 7, <bogus>" },
  { "device", DOMAIN ("    <acpi/>\n", "    <emulator>/x</emulator>\n    <bogus/>\n"),
    "line 10, <bogus>" },
  { "device-inside", DOMAIN ("    <acpi/>\n", "    <input type='mouse' bus='bogus'/>\n"),
    "line 9, <input>" },
  { "two-devices", DOMAIN ("    <acpi/>\n", "    <bogus/>\n    <bogus/>\n"), "line 8, <devices>" },
  { "attribute-of-all", "<domain type='kvm' bogus='1'>\n<name>n</name></domain>",
    "line 1, <domain>" },
  { "not-xml", "<domain", NULL },
  { "empty", "", NULL },
};

static void
test_locate (gconstpointer data)
{
  const Row *row = data;
  if (!g_file_test (SCHEMA, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("libvirt's schema is not installed");
      return;
    }
  g_autofree char *place = vh_schema_locate (row->text, strlen (row->text));
  g_assert_cmpstr (place, ==, row->place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/schema/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_locate);
    }
  return g_test_run ();
}
