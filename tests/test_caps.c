/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/caps.h"

#include <string.h>

static VhCaps *
new_full (void)
{
  VhCaps *caps = vh_caps_new ();
  vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_YES, VH_ORIGIN_PROBED,
               "QMP device-list-properties ICH9-LPC");
  vh_caps_set (caps, VH_FACT_LIBVIRT_BRIDGE_FEATURE, VH_KNOWN_NO, VH_ORIGIN_PROBED,
               "XMLToNative; \"unexpected feature 'pci'\"\n[facts]\tü");
  vh_caps_set (caps, VH_FACT_DEFAULT_BRIDGE, VH_KNOWN_YES, VH_ORIGIN_PROBED, "QOM");
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 22), VH_ORIGIN_PROBED);
  caps->libvirt = VH_VERSION (9, 0, 0);
  caps->host = g_strdup ("a host");
  caps->emulator = g_strdup ("/usr/bin/qemu; system-x86_64");
  caps->machine_type = g_strdup ("q35");
  caps->machine_canonical = g_strdup ("pc-q35-7.2");
  g_ptr_array_add (caps->notes, g_strdup ("one; note"));
  g_ptr_array_add (caps->notes, g_strdup (""));
  return caps;
}

static void
assert_same (const VhCaps *a, const VhCaps *b)
{
  for (VhFactId id = 0; id < VH_N_FACTS; id++)
    {
      g_assert_cmpint (vh_caps_get (a, id)->value, ==, vh_caps_get (b, id)->value);
      g_assert_cmpstr (vh_caps_get (a, id)->from, ==, vh_caps_get (b, id)->from);
    }
  g_assert_cmpuint (a->qemu, ==, b->qemu);
  g_assert_cmpuint (a->libvirt, ==, b->libvirt);
  g_assert_cmpstr (a->host, ==, b->host);
  g_assert_cmpstr (a->emulator, ==, b->emulator);
  g_assert_cmpstr (a->machine_type, ==, b->machine_type);
  g_assert_cmpstr (a->machine_canonical, ==, b->machine_canonical);
  g_assert_cmpuint (a->notes->len, ==, b->notes->len);
  for (guint i = 0; i < a->notes->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->notes, i), ==, g_ptr_array_index (b->notes, i));
}

static VhCaps *
replay (const char *text)
{
  g_autoptr (GError) error = NULL;
  VhCaps *caps = vh_caps_new_from_recording (text, strlen (text), &error);
  g_assert_no_error (error);
  return caps;
}

static void
test_nothing_known (void)
{
  g_autoptr (VhCaps) caps = vh_caps_new ();
  for (VhFactId id = 0; id < VH_N_FACTS; id++)
    {
      g_assert_cmpint (vh_caps_get (caps, id)->value, ==, VH_KNOWN_UNKNOWN);
      g_assert_null (vh_caps_get (caps, id)->from);
    }
  g_assert_cmpuint (caps->qemu, ==, 0);
  g_assert_null (caps->host);
  g_assert_cmpuint (caps->notes->len, ==, 0);
}

static void
test_recording (void)
{
  g_autoptr (VhCaps) caps = new_full ();
  g_autofree char *text = vh_caps_to_recording (caps);
  g_autoptr (VhCaps) back = replay (text);
  g_autofree char *again = vh_caps_to_recording (back);
  assert_same (caps, back);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpint (vh_caps_get (back, VH_FACT_QEMU_ICH9_BRIDGE)->origin, ==, VH_ORIGIN_RECORDED);
  g_assert_cmpint (back->qemu_origin, ==, VH_ORIGIN_RECORDED);
  g_assert_true (g_str_has_prefix (text, "[recording]\nformat=1\n"));
}

static void
test_empty_recording (void)
{
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autofree char *text = vh_caps_to_recording (caps);
  g_autoptr (VhCaps) back = replay (text);
  assert_same (caps, back);
}

/* What a newer program may have added is left alone. */
static void
test_newer_recording (void)
{
  g_autoptr (VhCaps) caps =
      replay ("[recording]\nformat=1\nprogram=9\n[future]\na=b\n[facts]\nqemu-new-thing=perhaps\n"
              "qemu-port-hotplug=no\n");
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_QEMU_PORT_HOTPLUG)->value, ==, VH_KNOWN_NO);
  g_assert_cmpstr (vh_caps_get (caps, VH_FACT_QEMU_PORT_HOTPLUG)->from, ==, "");
}

static const struct {
  const char *name, *text, *message;
} bad_recordings[] = {
  { "empty", "", "it is empty" },
  { "not-a-key-file", "<domain/>", "This is no recording" },
  { "no-header", "[facts]\nqemu-port-hotplug=no\n", "format=1" },
  { "other-format", "[recording]\nformat=2\n", "format=1" },
  { "bad-fact", "[recording]\nformat=1\n[facts]\nqemu-port-hotplug=maybe\n",
    "\"maybe\" of qemu-port-hotplug" },
  { "bad-version", "[recording]\nformat=1\n[qemu]\nversion=seven\n",
    "\"seven\" is no version of qemu" },
  { "bad-libvirt", "[recording]\nformat=1\n[libvirt]\nversion=\n", "no version of libvirt" },
};

static void
test_bad_recording (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_assert_null (
      vh_caps_new_from_recording (bad_recordings[i].text, strlen (bad_recordings[i].text), &error));
  g_assert_error (error, VH_CAPS_ERROR, VH_CAPS_ERROR_RECORDING);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, bad_recordings[i].message));
}

static void
test_hostile_recording (void)
{
  static const char with_nul[] = "[recording]\nformat=1\n\0[facts]\n";
  g_autoptr (GError) nul = NULL, large = NULL;
  gsize length = 1024 * 1024 + 1;
  g_autofree char *big = g_malloc (length);
  memset (big, '\n', length);
  g_assert_null (vh_caps_new_from_recording (with_nul, sizeof with_nul - 1, &nul));
  g_assert_error (nul, VH_CAPS_ERROR, VH_CAPS_ERROR_RECORDING);
  g_assert_null (vh_caps_new_from_recording (big, length, &large));
  g_assert_error (large, VH_CAPS_ERROR, VH_CAPS_ERROR_RECORDING);
  g_assert_nonnull (strstr (large->message, "larger than 1 MiB"));
}

static void
test_dup (void)
{
  g_autoptr (VhCaps) caps = new_full ();
  g_autoptr (VhCaps) copy = vh_caps_dup (caps);
  assert_same (caps, copy);
  g_assert_cmpint (vh_caps_get (copy, VH_FACT_DEFAULT_BRIDGE)->origin, ==, VH_ORIGIN_PROBED);
  g_assert_cmpint (copy->qemu_origin, ==, VH_ORIGIN_PROBED);
}

static void
test_merge (void)
{
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autoptr (VhCaps) other = new_full ();
  vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "mine");
  vh_caps_set_qemu (caps, VH_VERSION (5, 2, 0), VH_ORIGIN_USER);
  vh_caps_merge (caps, other);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_QEMU_ICH9_BRIDGE)->value, ==, VH_KNOWN_NO);
  g_assert_cmpstr (vh_caps_get (caps, VH_FACT_QEMU_ICH9_BRIDGE)->from, ==, "mine");
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_LIBVIRT_BRIDGE_FEATURE)->value, ==, VH_KNOWN_NO);
  g_assert_cmpuint (caps->qemu, ==, VH_VERSION (5, 2, 0));
  g_assert_cmpint (caps->qemu_origin, ==, VH_ORIGIN_USER);
  g_assert_cmpuint (caps->libvirt, ==, VH_VERSION (9, 0, 0));
  g_assert_cmpstr (caps->machine_canonical, ==, "pc-q35-7.2");
  g_assert_cmpuint (caps->notes->len, ==, 2);
}

/* Defaults of another machine type are no defaults of this one. */
static void
test_merge_of_another_machine (void)
{
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autoptr (VhCaps) other = new_full ();
  caps->machine_type = g_strdup ("pc-q35-6.0");
  vh_caps_merge (caps, other);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_DEFAULT_BRIDGE)->value, ==, VH_KNOWN_UNKNOWN);
  g_assert_cmpint (vh_caps_get (caps, VH_FACT_QEMU_ICH9_BRIDGE)->value, ==, VH_KNOWN_YES);
  g_assert_cmpstr (caps->machine_type, ==, "pc-q35-6.0");
  g_assert_null (caps->machine_canonical);
}

static void
test_assumed (void)
{
  g_autoptr (VhMachine) known = vh_machine_new ("x86_64", "pc-q35-6.2");
  g_autoptr (VhMachine) old = vh_machine_new ("x86_64", "pc-i440fx-2.0");
  g_autoptr (VhMachine) alias = vh_machine_new ("x86_64", "q35");
  g_autoptr (VhCaps) of_known = vh_caps_new_assumed (known);
  g_autoptr (VhCaps) of_old = vh_caps_new_assumed (old);
  g_autoptr (VhCaps) of_alias = vh_caps_new_assumed (alias);
  g_assert_cmpuint (of_known->qemu, ==, VH_VERSION (6, 2, 0));
  g_assert_cmpint (of_known->qemu_origin, ==, VH_ORIGIN_ASSUMED);
  g_assert_cmpuint (of_old->qemu, ==, VH_VERSION (5, 2, 0));
  g_assert_cmpuint (of_alias->qemu, ==, 0);
  g_assert_nonnull (strstr (g_ptr_array_index (of_known->notes, 0), "QEMU 6.2"));
  g_assert_cmpuint (of_alias->notes->len, ==, 1);
}

static void
test_facts_are_documented (void)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (VhFactId id = 0; id < VH_N_FACTS; id++)
    {
      g_assert_true (g_hash_table_add (keys, g_strdup (vh_fact_to_key (id))));
      g_assert_cmpuint (strlen (vh_fact_to_sentence (id)), >, 10);
    }
}

static void
test_forget (void)
{
  g_autoptr (VhCaps) caps = new_full ();
  vh_caps_set (caps, VH_FACT_QEMU_ICH9_BRIDGE, VH_KNOWN_UNKNOWN, VH_ORIGIN_PROBED, "x");
  g_assert_null (vh_caps_get (caps, VH_FACT_QEMU_ICH9_BRIDGE)->from);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/caps/nothing-known", test_nothing_known);
  g_test_add_func ("/caps/recording", test_recording);
  g_test_add_func ("/caps/empty-recording", test_empty_recording);
  g_test_add_func ("/caps/newer-recording", test_newer_recording);
  for (guint i = 0; i < G_N_ELEMENTS (bad_recordings); i++)
    {
      g_autofree char *path = g_strconcat ("/caps/bad-recording/", bad_recordings[i].name, NULL);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad_recording);
    }
  g_test_add_func ("/caps/hostile-recording", test_hostile_recording);
  g_test_add_func ("/caps/dup", test_dup);
  g_test_add_func ("/caps/merge", test_merge);
  g_test_add_func ("/caps/merge-of-another-machine", test_merge_of_another_machine);
  g_test_add_func ("/caps/assumed", test_assumed);
  g_test_add_func ("/caps/facts-are-documented", test_facts_are_documented);
  g_test_add_func ("/caps/forget", test_forget);
  return g_test_run ();
}
