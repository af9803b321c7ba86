/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/address.h"

typedef struct {
  const char *text;
  guint max;
  gboolean good;
  guint value;
} NumberRow;

static const NumberRow numbers[] = {
  { "0", 7, TRUE, 0 },
  { "0x1f", 31, TRUE, 31 },
  { "0X1F", 31, TRUE, 31 },
  { "31", 31, TRUE, 31 },
  { "017", 31, TRUE, 15 },
  { "0x0000", 0xffff, TRUE, 0 },
  { "0xffff", 0xffff, TRUE, 0xffff },
  { " 5", 31, TRUE, 5 },
  { "+5", 31, TRUE, 5 },
  { "4294967295", G_MAXUINT, TRUE, G_MAXUINT },
  { "32", 31, FALSE, 0 },
  { "0x20", 31, FALSE, 0 },
  { "08", 31, FALSE, 0 },
  { "0x", 31, FALSE, 0 },
  { "", 31, FALSE, 0 },
  { " ", 31, FALSE, 0 },
  { "5 ", 31, FALSE, 0 },
  { "-1", 31, FALSE, 0 },
  { "-0", 31, FALSE, 0 },
  { "five", 31, FALSE, 0 },
  { "0x1g", 31, FALSE, 0 },
  { "4294967296", G_MAXUINT, FALSE, 0 },
  { "99999999999999999999999999", G_MAXUINT, FALSE, 0 },
  { NULL, 31, FALSE, 0 },
};

static void
test_number (gconstpointer data)
{
  const NumberRow *row = data;
  guint value = 4711;
  g_assert_cmpint (vh_address_parse_number (row->text, row->max, &value), ==, row->good);
  g_assert_cmpuint (value, ==, row->good ? row->value : 4711);
}

typedef struct {
  VhAddress address;
  const char *text;
} FormatRow;

/* In the order of vh_address_compare(). */
static const FormatRow formats[] = {
  { { .present = TRUE }, "0000:00:00.0" },
  { { .present = TRUE, .function = 7 }, "0000:00:00.7" },
  { { .present = TRUE, .slot = 1 }, "0000:00:01.0" },
  { { .present = TRUE, .slot = 0x1f, .function = 2 }, "0000:00:1f.2" },
  { { .present = TRUE, .bus = 1 }, "0000:01:00.0" },
  { { .present = TRUE, .bus = 255, .slot = 31, .function = 7 }, "0000:ff:1f.7" },
  { { .present = TRUE, .domain = 0xffff }, "ffff:00:00.0" },
  { { .present = TRUE, .domain = 0x10000 }, "10000:00:00.0" },
  { { .present = FALSE }, NULL },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = vh_address_format (&formats[i].address);
      g_assert_cmpstr (text, ==, formats[i].text);
    }
}

static int
sign (int number)
{
  return (number > 0) - (number < 0);
}

static void
test_compare (void)
{
  int n = G_N_ELEMENTS (formats);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      g_assert_cmpint (vh_address_compare (&formats[i].address, &formats[j].address), ==,
                       sign (i - j));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/address/number/%u", i);
      g_test_add_data_func (path, &numbers[i], test_number);
    }
  g_test_add_func ("/address/format", test_format);
  g_test_add_func ("/address/compare", test_compare);
  return g_test_run ();
}
