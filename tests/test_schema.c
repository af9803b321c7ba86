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
  VhKnown valid;
} Row;

static const Row rows[] = {
  { "valid", DOMAIN ("    <acpi/>\n", ""), NULL, VH_KNOWN_YES },
  { "feature", DOMAIN ("    <acpi/>\n    <bogus/>\n", ""), "line 7, <bogus>", VH_KNOWN_NO },
  { "device", DOMAIN ("    <acpi/>\n", "    <emulator>/x</emulator>\n    <bogus/>\n"),
    "line 10, <bogus>", VH_KNOWN_NO },
  { "device-inside", DOMAIN ("    <acpi/>\n", "    <input type='mouse' bus='bogus'/>\n"),
    "line 9, <input>", VH_KNOWN_NO },
  { "two-devices", DOMAIN ("    <acpi/>\n", "    <bogus/>\n    <bogus/>\n"), "line 8, <devices>",
    VH_KNOWN_NO },
  { "attribute-of-all", "<domain type='kvm' bogus='1'>\n<name>n</name></domain>",
    "line 1, <domain>", VH_KNOWN_NO },
  { "not-xml", "<domain", NULL, VH_KNOWN_UNKNOWN },
  { "empty", "", NULL, VH_KNOWN_UNKNOWN },
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
  g_autofree char *found = NULL;
  g_assert_cmpint (vh_schema_check (row->text, strlen (row->text), &found), ==, row->valid);
  g_assert_cmpstr (found, ==, row->place);
  g_autofree char *place = vh_schema_locate (row->text, strlen (row->text));
  g_assert_cmpstr (place, ==, row->place);
}

/* Where one of very many is at fault, the search ends; the verdict stays. */
static void
test_many (void)
{
  if (!g_file_test (SCHEMA, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("libvirt's schema is not installed");
      return;
    }
  g_autoptr (GString) devices = g_string_new (NULL);
  for (guint i = 0; i < 3000; i++)
    g_string_append (devices, "    <input type='mouse' bus='usb'/>\n");
  g_string_append (devices, "    <bogus/>\n    <bogus/>\n");
  g_auto (GStrv) around = g_strsplit (DOMAIN ("    <acpi/>\n", "@"), "@", 2);
  g_autofree char *text = g_strconcat (around[0], devices->str, around[1], NULL);
  g_autofree char *place = NULL;
  gint64 begun = g_get_monotonic_time ();
  g_assert_cmpint (vh_schema_check (text, strlen (text), &place), ==, VH_KNOWN_NO);
  g_test_message ("%s after %" G_GINT64_FORMAT " ms", place,
                  (g_get_monotonic_time () - begun) / 1000);
  g_assert_cmpstr (place, ==, "line 8, <devices>");
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 20 * G_USEC_PER_SEC);
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
  g_test_add_func ("/schema/many", test_many);
  return g_test_run ();
}
