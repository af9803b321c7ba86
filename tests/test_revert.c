/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/revert.h"

#include <string.h>

#include "tests/sample.h"

#define DOMAIN(namespace, memory, target, more)                                                    \
  "<domain type='kvm'" namespace ">\n"                                                             \
                                 "  <name>d</name>\n"                                              \
                                 "  <!-- ours -->\n"                                               \
                                 "  <memory>" memory "</memory>\n"                                 \
                                 "  <os><type machine='pc-q35-6.2'>hvm</type></os>\n"              \
                                 "  <features><acpi/></features>\n"                                \
                                 "  <devices>\n"                                                   \
                                 "    <controller type='pci' index='0' "                           \
                                 "model='pcie-root'/>\n" target "  </devices>\n" more              \
                                 "</domain>\n"
#define PORT "    <controller type='pci' index='1' model='pcie-root-port'/>\n"
#define PORT_OFF                                                                                   \
  "    <controller type='pci' index='1' model='pcie-root-port'>\n"                                 \
  "      <target hotplug='off'/>\n    </controller>\n"
#define PORT_ON                                                                                    \
  "    <controller type='pci' index='1' model='pcie-root-port'>\n"                                 \
  "      <target hotplug='on'/>\n    </controller>\n"
#define SPACE " xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
#define GLOBAL                                                                                     \
  "  <qemu:commandline>\n    <qemu:arg value='-global'/>\n"                                        \
  "    <qemu:arg value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/>\n"                    \
  "  </qemu:commandline>\n"

/* Before a write, right after it, and when it is to be reverted. */
typedef struct {
  const char *name;
  const char *before, *after, *now;
  gboolean whole;
  const char *reverted; /* NULL: refused */
  VhRevertKind kind;
  guint n_differing;
  const char *words; /* of the note or of the refusal */
} Row;

static const Row rows[] = {
  { "nothing-since", DOMAIN ("", "1", PORT, ""), DOMAIN ("", "1", PORT_OFF, ""),
    DOMAIN ("", "1", PORT_OFF, ""), FALSE, DOMAIN ("", "1", PORT, ""), VH_REVERT_WHOLE, 0, NULL },
  { "other-knobs-since", DOMAIN ("", "1", PORT_OFF, ""), DOMAIN ("", "1", PORT_ON, ""),
    DOMAIN (SPACE, "1", PORT_ON, GLOBAL), FALSE, DOMAIN ("", "1", PORT_OFF, ""), VH_REVERT_KNOBS, 0,
    NULL },
  { "memory-since", DOMAIN ("", "1", PORT_OFF, ""), DOMAIN ("", "1", PORT_ON, ""),
    DOMAIN ("", "2", PORT_ON, ""), FALSE, DOMAIN ("", "2", PORT_OFF, ""), VH_REVERT_KNOBS, 1,
    "stays as it is now: <memory>: the text '1' is '2' now." },
  { "memory-since-whole", DOMAIN ("", "1", PORT_OFF, ""), DOMAIN ("", "1", PORT_ON, ""),
    DOMAIN ("", "2", PORT_ON, ""), TRUE, DOMAIN ("", "1", PORT_OFF, ""), VH_REVERT_WHOLE, 0, NULL },
  { "bridge", DOMAIN (SPACE, "1", PORT, GLOBAL), DOMAIN ("", "1", PORT, ""),
    DOMAIN ("", "2", PORT, ""), FALSE, DOMAIN (SPACE, "2", PORT, GLOBAL), VH_REVERT_KNOBS, 1,
    "<memory>" },
  { "added-since", DOMAIN ("", "1", PORT, ""), DOMAIN ("", "1", PORT_OFF, ""),
    DOMAIN ("", "1", PORT_OFF "    <emulator>/x</emulator>\n", ""), FALSE, NULL, VH_REVERT_KNOBS, 1,
    "was added" },
  { "port-gone", DOMAIN ("", "1", PORT_OFF, ""), DOMAIN ("", "1", PORT_ON, ""),
    DOMAIN ("", "1", "", ""), FALSE, NULL, VH_REVERT_KNOBS, 0, "no port any more" },
  { "port-gone-whole", DOMAIN ("", "1", PORT_OFF, ""), DOMAIN ("", "1", PORT_ON, ""),
    DOMAIN ("", "1", "", ""), TRUE, DOMAIN ("", "1", PORT_OFF, ""), VH_REVERT_WHOLE, 0, NULL },
  { "not-a-domain", "<network/>", DOMAIN ("", "1", PORT_ON, ""), DOMAIN ("", "1", PORT_ON, ""),
    TRUE, NULL, VH_REVERT_WHOLE, 0, "domain" },
};

static void
assert_text (const VhReading *reading, const char *expected)
{
  g_autofree char *text = sample_text (reading->document);
  g_assert_cmpstr (text, ==, expected);
}

static void
check_done (const Row *row, VhSession *session, const VhRevert *revert)
{
  g_autofree char *note = vh_revert_new_note (revert);
  g_assert_cmpint (revert->kind, ==, row->kind);
  g_assert_cmpuint (revert->differing->len, ==, row->n_differing);
  g_assert_cmpint (note != NULL, ==, row->n_differing > 0);
  if (row->words)
    g_assert_nonnull (strstr (note, row->words));
  if (row->reverted)
    assert_text (session->after, row->reverted);
  g_assert_true (vh_session_is_changed (session));
  g_autofree char *what = vh_session_describe (session);
  g_assert_cmpint (g_str_has_prefix (what, "revert to "), ==, row->kind == VH_REVERT_WHOLE);
  g_assert_true (vh_session_may_undo (session));
  while (vh_session_undo (session))
    continue;
  assert_text (session->after, row->now);
  g_assert_false (vh_session_may_undo (session));
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = sample_session (row->now);
  g_autoptr (VhDocument) backup = sample_parse (row->before);
  g_autofree char *after = g_compute_checksum_for_string (G_CHECKSUM_SHA256, row->after, -1);
  char name[] = "20261123T043501.123456Z";
  const VhHistoryEntry entry = { .name = name, .after = after };
  g_autoptr (VhRevert) revert = vh_revert_new (session, &entry, backup, row->whole, &error);
  if (revert)
    {
      check_done (row, session, revert);
      return;
    }
  g_assert_null (row->reverted);
  g_assert_nonnull (strstr (error->message, row->words));
  g_assert_false (vh_session_is_changed (session));
}

/* Edits go on top of the whole text, and a new base drops it. */
static void
test_edits_on_top (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = sample_session (DOMAIN ("", "2", PORT, ""));
  g_autoptr (VhDocument) start = sample_parse (DOMAIN ("", "1", PORT, ""));
  g_assert_true (vh_session_start_from (session, start, "revert to x", &error));
  g_assert_true (vh_session_set_knob (session, VH_KNOB_PORT, 1, VH_SWITCH_OFF, &error));
  assert_text (session->after, DOMAIN ("", "1", PORT_OFF, ""));
  g_autofree char *what = vh_session_describe (session);
  g_assert_cmpstr (what, ==, "revert to x, port 1 off");
  vh_session_set_caps (session, sample_caps (FALSE));
  assert_text (session->after, DOMAIN ("", "1", PORT_OFF, ""));
  g_autoptr (VhDocument) other = sample_parse (DOMAIN ("", "3", PORT, ""));
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (vh_session_rebase (session, other, NULL, dropped, &error));
  assert_text (session->after, DOMAIN ("", "3", PORT_OFF, ""));
  g_assert_cmpuint (dropped->len, ==, 1);
  g_assert_cmpstr (dropped->pdata[0], ==, "revert to x");
}

static const struct {
  const char *name;
  gboolean good;
} names[] = {
  { "20261123T043501.123456Z", TRUE },   { "20261123T043501.123456", FALSE },
  { "20261123T043501.123456Z.", FALSE }, { "../61123T043501.123456Z", FALSE },
  { "2026112xT043501.123456Z", FALSE },  { "", FALSE },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (vh_history_is_name (names[i].name), ==, names[i].good);
  char name[] = "20261123T043501.123456Z", source[] = "qemu:///system", host[] = "far";
  VhHistoryEntry entry = { .name = name };
  g_autofree char *time = vh_history_entry_new_time (&entry);
  g_assert_cmpstr (time, ==, "2026-11-23 04:35:01 UTC");
  g_autofree char *nowhere = vh_history_entry_new_place (&entry);
  g_assert_cmpstr (nowhere, ==, "not recorded");
  entry.source = source;
  entry.host = host;
  g_autofree char *place = vh_history_entry_new_place (&entry);
  g_assert_cmpstr (place, ==, "qemu:///system on far");
}

/* By the beginning of a name; without one the newest of this source. */
static void
test_find (void)
{
  static const struct {
    const char *word, *source;
    gint found;
    const char *words;
  } asked[] = {
    { NULL, "a", 1, NULL },       { NULL, "b", 0, NULL },      { NULL, "c", -1, "from c" },
    { "20260102", "c", 0, NULL }, { "2026", "a", -1, "More" }, { "2025", "a", -1, "no entry" },
    { "", "a", -1, "no entry" },
  };
  char newer[] = "20260102T000000.000000Z", older[] = "20260101T000000.000000Z", a[] = "a",
       b[] = "b";
  VhHistoryEntry one = { .name = newer, .source = b }, two = { .name = older, .source = a };
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_ptr_array_add (entries, &one);
  g_ptr_array_add (entries, &two);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GError) error = NULL;
      const VhHistoryEntry *entry =
          vh_history_find (entries, asked[i].word, asked[i].source, &error);
      g_assert_true (entry == (asked[i].found < 0 ? NULL : entries->pdata[asked[i].found]));
      if (asked[i].words)
        g_assert_nonnull (strstr (error->message, asked[i].words));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/revert/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/revert/edits-on-top", test_edits_on_top);
  g_test_add_func ("/revert/names", test_names);
  g_test_add_func ("/revert/find", test_find);
  return g_test_run ();
}
