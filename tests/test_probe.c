/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe.h"
#include "model/io/probe_qmp.h"

#include "scratch.h"

#include <string.h>

#define GREETING                                                                                   \
  "echo '{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 3, \"minor\": 0, \"major\": 10}}}}'\n"
#define NO_SUCH_TYPE "{\"error\": {\"class\": \"DeviceNotFound\", \"desc\": \"no\"}}"

/* Programs that are not what they should be. */
typedef struct {
  const char *name;
  const char *script;
  guint deadline_ms;
  VhProbeError error;
  const char *words; /* in the message */
} HostileRow;

static const HostileRow hostile[] = {
  { "garbage", "echo hello; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "QMP" },
  { "garbage-after-greeting", GREETING "echo hello; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "QMP" },
  { "not-utf8", "printf '{\"\\377\": 1}\\n'; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "QMP" },
  { "array", "echo '[1, 2]'; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "QMP" },
  { "no-version", "echo '{\"QMP\": {}}'; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "release" },
  { "words-as-version",
    "echo '{\"QMP\": {\"version\": {\"qemu\": {\"micro\": \"a\", \"minor\": [], \"major\": {}}}}}'",
    5000, VH_PROBE_ERROR_ANSWER, "release" },
  { "huge-version",
    "echo '{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 0, \"major\": 99999}}}}'",
    5000, VH_PROBE_ERROR_ANSWER, "release" },
  { "deep", "head -c 100000 /dev/zero | tr '\\0' '['; echo; sleep 20", 5000, VH_PROBE_ERROR_ANSWER,
    "QMP" },
  { "endless-line", "tr '\\0' x </dev/zero", 20000, VH_PROBE_ERROR_ANSWER, "too much" },
  { "endless-events", GREETING "yes '{\"event\": \"X\"}'", 20000, VH_PROBE_ERROR_ANSWER, "never" },
  { "huge-lines", "while :; do head -c 3000000 /dev/zero | tr '\\0' ' '; echo '{}'; done", 20000,
    VH_PROBE_ERROR_ANSWER, "" },
  { "ends-at-once", "exit 0", 5000, VH_PROBE_ERROR_ANSWER, "ended without an answer" },
  { "ends-with-a-complaint", "echo 'no such accelerator' >&2; exit 1", 5000, VH_PROBE_ERROR_ANSWER,
    "no such accelerator" },
  { "ends-after-greeting", GREETING "exit 0", 5000, VH_PROBE_ERROR_ANSWER, "ended" },
  { "dies", "kill -SEGV $$", 5000, VH_PROBE_ERROR_ANSWER, "ended" },
  { "silent", "sleep 20", 200, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "silent-with-children", "sleep 20 & sleep 20 & wait", 200, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "drips", "while :; do printf ' '; sleep 0.02; done", 300, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "complains-for-ever", "yes >&2", 300, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "never-reads", GREETING "sleep 20", 200, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "ignores-signals", "trap '' TERM INT HUP; sleep 20", 200, VH_PROBE_ERROR_TIMEOUT, "in time" },
  { "closes-its-ends", "exec 0<&- 1>&- 2>&-; sleep 20", 5000, VH_PROBE_ERROR_ANSWER, "ended" },
};

static char *
write_script (const char *folder, const char *body)
{
  g_autofree char *text = g_strconcat ("#!/bin/sh\n", body, "\n", NULL);
  return vh_scratch_write (folder, "qemu", text, 0755);
}

static void
test_hostile (gconstpointer data)
{
  const HostileRow *row = data;
  char *folder = vh_scratch_new ();
  g_autofree char *binary = write_script (folder, row->script);
  g_autoptr (GError) error = NULL;
  gint64 before = g_get_monotonic_time ();
  VhCaps *caps = vh_probe_qemu (binary, "pc", row->deadline_ms, &error);
  gint64 took = (g_get_monotonic_time () - before) / 1000;
  g_assert_null (caps);
  g_assert_error (error, VH_PROBE_ERROR, (gint) row->error);
  g_assert_nonnull (strstr (error->message, row->words));
  g_assert_cmpint (took, <, (gint64) row->deadline_ms + 10000);
  vh_scratch_free (folder);
}

typedef struct {
  const char *name;
  const char *path;
} StartRow;

static const StartRow starts[] = {
  { "missing", "/nonexistent/qemu" },
  { "folder", "/" },
  { "not-executable", "/etc/passwd" },
  { "empty-name", "" },
};

static void
test_start (gconstpointer data)
{
  const StartRow *row = data;
  g_autoptr (GError) error = NULL;
  g_assert_null (vh_probe_qemu (row->path, NULL, 5000, &error));
  g_assert_error (error, VH_PROBE_ERROR, VH_PROBE_ERROR_START);
}

/* A stand-in for QEMU 10, which answers what a table says: shell patterns of
 * a command, and answers. */
#define SERVE(cases)                                                                               \
  GREETING                                                                                         \
  "while read -r line; do case \"$line\" in\n" cases                                               \
  "*qmp_capabilities*) echo '{\"return\": {}}' ;;\n"                                               \
  "*) echo '" NO_SUCH_TYPE "' ;;\n"                                                                \
  "esac; done\n"
#define PROPERTIES                                                                                 \
  "*PIIX4_PM*) echo '{\"return\": ["                                                               \
  "{\"name\": \"acpi-root-pci-hotplug\", \"default-value\": true},"                                \
  "{\"name\": \"acpi-pci-hotplug-with-bridge-support\", \"default-value\": true}]}' ;;\n"          \
  "*ICH9-LPC*) echo '{\"return\": [{\"name\": \"acpi-pci-hotplug-with-bridge-support\"},"          \
  "{\"name\": \"x-keep-pci-slot-hpc\"}]}' ;;\n"                                                    \
  "*pcie-root-port*) echo '{\"return\": [{\"name\": \"hotplug\", \"default-value\": true},"        \
  "{\"name\": \"x-do-not-expose-native-hotplug-cap\", \"default-value\": false}]}' ;;\n"           \
  "*pci-bridge*) echo '{\"return\": [{\"name\": \"shpc\", \"default-value\": true}]}' ;;\n"
#define MACHINES                                                                                   \
  "*query-machines*) echo '{\"return\": ["                                                         \
  "{\"name\": \"pc-i440fx-10.0\", \"alias\": \"pc\", \"compat-props\": []},"                       \
  "{\"name\": \"pc-i440fx-1.7\", \"compat-props\": ["                                              \
  "{\"qom-type\": \"PIIX4_PM\", \"property\": \"acpi-pci-hotplug-with-bridge-support\","           \
  "\"value\": \"on\"},"                                                                            \
  "{\"qom-type\": \"PIIX4_PM\", \"property\": \"acpi-pci-hotplug-with-bridge-support\","           \
  "\"value\": \"off\"},"                                                                           \
  "{\"qom-type\": \"pci-bridge\", \"property\": \"shpc\", \"value\": \"off\"}]},"                  \
  "{\"name\": \"pc-q35-10.0\", \"alias\": \"q35\", \"compat-props\": []},"                         \
  "{\"name\": \"bad,name\", \"alias\": \"bad\"}, 7, {\"name\": 7}]}' ;;\n"
#define DEVICES                                                                                    \
  "*unattached\\\"*|*unattached}*) echo '{\"return\": [{\"name\": \"device[0]\", \"type\": "       \
  "\"child<x>\"},"                                                                                 \
  "{\"name\": \"device[2]\", \"type\": \"child<ICH9-LPC>\"}]}' ;;\n"                               \
  "*device?2?*with-bridge-support*) echo '{\"return\": true}' ;;\n"                                \
  "*device?2?*slot-hpc*) echo '{\"return\": false}' ;;\n"                                          \
  "*x-do-not-expose*) echo '{\"return\": true}' ;;\n"                                              \
  "*vhbridge*) echo '{\"return\": true}' ;;\n"

/* A machine is started with memory; without one, QEMU only tells of itself. */
#define NO_MACHINE "case \"$*\" in *'-m 16'*) echo 'no memory' >&2; exit 1;; esac\n"

typedef struct {
  const char *name;
  const char *script;
  const char *machine;
  const char *canonical; /* NULL: none */
  const char *note;      /* words of the only note; NULL: none */
  VhKnown root, bridge, keep_hpc, port_native, shpc;
} AnswerRow;

#define UNKNOWN VH_KNOWN_UNKNOWN
#define YES VH_KNOWN_YES
#define NO VH_KNOWN_NO

static const AnswerRow answers[] = {
  { "alias", NO_MACHINE SERVE (PROPERTIES MACHINES), "pc", "pc-i440fx-10.0", NULL, YES, YES,
    UNKNOWN, UNKNOWN, YES },
  { "last-compat-wins", NO_MACHINE SERVE (PROPERTIES MACHINES), "pc-i440fx-1.7", NULL, NULL, YES,
    NO, UNKNOWN, UNKNOWN, NO },
  { "one-start",
    "[ -e \"$0.once\" ] && exit 1\n: >\"$0.once\"\n" SERVE (DEVICES PROPERTIES MACHINES),
    "pc-q35-10.0", NULL, NULL, UNKNOWN, YES, NO, NO, YES },
  { "started", SERVE (DEVICES PROPERTIES MACHINES), "q35", "pc-q35-10.0", NULL, UNKNOWN, YES, NO,
    NO, YES },
  { "does-not-start", NO_MACHINE SERVE (PROPERTIES MACHINES), "q35", "pc-q35-10.0", "no memory",
    UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, YES },
  { "starts-without-devices",
    "case \"$*\" in *vhport*) exit 1;; esac\n" SERVE (DEVICES PROPERTIES MACHINES), "q35",
    "pc-q35-10.0", "ports and bridges", UNKNOWN, YES, NO, UNKNOWN, YES },
  { "unknown-machine", SERVE (PROPERTIES MACHINES), "pc-q35-99.9", NULL, "no machine type", UNKNOWN,
    UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN },
  { "more-than-a-name", SERVE (PROPERTIES MACHINES), "pc-i440fx-10.0,accel=x", NULL,
    "no machine type", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN },
  { "hostile-name", SERVE (PROPERTIES MACHINES), "bad", NULL, "no machine type", UNKNOWN, UNKNOWN,
    UNKNOWN, UNKNOWN, UNKNOWN },
};

static void
assert_fact (const VhCaps *caps, VhFactId id, VhKnown value)
{
  const VhFact *fact = vh_caps_get (caps, id);
  g_assert_cmpstr (vh_known_to_string (fact->value), ==, vh_known_to_string (value));
  if (value != UNKNOWN)
    g_assert_cmpint (fact->origin, ==, VH_ORIGIN_PROBED);
}

static void
test_answer (gconstpointer data)
{
  const AnswerRow *row = data;
  char *folder = vh_scratch_new ();
  g_autofree char *binary = write_script (folder, row->script);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_probe_qemu (binary, row->machine, 20000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (caps->qemu, ==, VH_VERSION (10, 0, 3));
  g_assert_cmpint (caps->qemu_origin, ==, VH_ORIGIN_PROBED);
  g_assert_cmpstr (caps->emulator, ==, binary);
  g_assert_cmpstr (caps->machine_canonical, ==, row->canonical);
  g_assert_cmpuint (caps->notes->len, ==, row->note ? 1 : 0);
  if (row->note)
    g_assert_nonnull (strstr (g_ptr_array_index (caps->notes, 0), row->note));
  assert_fact (caps, VH_FACT_QEMU_PIIX4_BRIDGE, YES);
  assert_fact (caps, VH_FACT_QEMU_ICH9_KEEP_HPC, YES);
  assert_fact (caps, VH_FACT_QEMU_PORT_NATIVE, NO);
  assert_fact (caps, VH_FACT_QEMU_PORT_HIDE_NATIVE, YES);
  assert_fact (caps, VH_FACT_QEMU_GED_BRIDGE, NO);
  assert_fact (caps, VH_FACT_DEFAULT_ROOT, row->root);
  assert_fact (caps, VH_FACT_DEFAULT_BRIDGE, row->bridge);
  assert_fact (caps, VH_FACT_DEFAULT_KEEP_HPC, row->keep_hpc);
  assert_fact (caps, VH_FACT_DEFAULT_PORT_NATIVE, row->port_native);
  assert_fact (caps, VH_FACT_DEFAULT_SHPC, row->shpc);
  vh_scratch_free (folder);
}

/* Answers of the right form and the wrong types. */
static void
test_wrong_types (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *binary = write_script (
      folder, SERVE ("*device-list*) echo '{\"return\": [1, \"x\", {\"name\": 7}, [], null, "
                     "{\"name\": \"shpc\", \"default-value\": {}}]}' ;;\n"
                     "*query-machines*) echo '{\"return\": {\"name\": \"pc\"}}' ;;\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (VhCaps) caps = vh_probe_qemu (binary, "pc", 20000, &error);
  g_assert_no_error (error);
  assert_fact (caps, VH_FACT_QEMU_PIIX4_ROOT, NO);
  assert_fact (caps, VH_FACT_QEMU_BRIDGE_SHPC, YES);
  assert_fact (caps, VH_FACT_DEFAULT_SHPC, UNKNOWN);
  vh_scratch_free (folder);
}

/* Alive, and not only waiting for somebody to take note of its end. */
static gboolean
is_alive (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  const char *state = strrchr (text, ')');
  return state && state[2] != 'Z' && state[2] != 'X';
}

/* Neither the child nor what it started is left. */
static void
test_leaves_nothing (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *pids = g_build_filename (folder, "pids", NULL);
  g_autofree char *script =
      g_strdup_printf ("echo $$ > %s; sleep 30 & echo $! >> %s; sleep 30", pids, pids);
  g_autofree char *binary = write_script (folder, script);
  g_assert_null (vh_probe_qemu (binary, NULL, 500, NULL));
  g_autofree char *text = vh_scratch_read (pids);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  for (char **pid = lines; *pid; pid++)
    {
      for (guint i = 0; i < 200 && is_alive (*pid); i++)
        g_usleep (10000);
      g_assert_false (is_alive (*pid));
    }
  vh_scratch_free (folder);
}

#define ADD_ROWS(prefix, rows, function)                                                           \
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
    {                                                                                              \
      g_autofree char *path = g_strdup_printf ("/probe/" prefix "/%s", (rows)[i].name);            \
      g_test_add_data_func (path, &(rows)[i], function);                                           \
    }

/* Before QEMU 10.0 the device stood beside the south bridge, now it stands inside. */
static void
test_find_device (void)
{
  static const struct {
    const char *list, *type, *path;
  } rows[] = {
    { "{\"l\":[{\"name\":\"device[3]\",\"type\":\"child<PIIX4_PM>\"}]}", "PIIX4_PM",
      "/machine/unattached/device[3]" },
    { "{\"l\":[{\"name\":\"device[2]\",\"type\":\"child<PIIX3>\"}]}", "PIIX4_PM",
      "/machine/unattached/device[2]/pm" },
    { "{\"l\":[{\"name\":\"device[2]\",\"type\":\"child<PIIX3>\"}]}", "ICH9-LPC", NULL },
    { "{\"l\":[{\"type\":\"child<PIIX4_PM>\"}, 7]}", "PIIX4_PM", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VhQmpNode) node = vh_probe_qmp_parse (rows[i].list);
      g_autofree char *path =
          vh_probe_qmp_find_device (vh_probe_qmp_get_member (node, "l"), rows[i].type);
      g_assert_cmpstr (path, ==, rows[i].path);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_ROWS ("hostile", hostile, test_hostile)
  ADD_ROWS ("start", starts, test_start)
  ADD_ROWS ("answer", answers, test_answer)
  g_test_add_func ("/probe/wrong-types", test_wrong_types);
  g_test_add_func ("/probe/find-device", test_find_device);
  g_test_add_func ("/probe/leaves-nothing", test_leaves_nothing);
  return g_test_run ();
}
