/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A QEMU that is asked for its own values: a fake one, whose answers may be
 * anything, through a worker as the program does it. */
#include <string.h>

#include "fake_source.h"
#include "model/io/worker.h"
#include "model/live.h"

#define PATIENCE_MS 10000
#define XML(machine, ports)                                                                        \
  "<domain type='kvm' id='1'><name>fake</name><os><type arch='x86_64' machine='" machine           \
  "'>hvm</type></os><features><acpi/></features><devices>" ports "</devices></domain>"
#define PORT                                                                                       \
  "<controller type='pci' index='0' model='pcie-root'/>"                                           \
  "<controller type='pci' index='1' model='pcie-root-port'><alias name='ua-\"x'/>"                 \
  "<address type='pci' bus='0' slot='2'/></controller>"
#define Q35 XML ("pc-q35-7.2", PORT)

/* What the fake QEMU answers to a command that has these words in it; the
 * first that fits. */
typedef struct {
  const char *words, *answer;
} Reply;

#define VERSION                                                                                    \
  {                                                                                                \
    "query-version",                                                                               \
        "{\"return\":{\"qemu\":{\"major\":7,\"minor\":2,\"micro\":0},\"package\":\"\"}}"           \
  }
#define LIST                                                                                       \
  {                                                                                                \
    "qom-list", "{\"return\":[{\"name\":\"device[0]\",\"type\":\"child<i8042>\"},"                 \
                "{\"type\":\"string\"},7,{\"name\":\"device[2]\",\"type\":\"child<ICH9-LPC>\"}]}"  \
  }
#define HAS_NOT                                                                                    \
  {                                                                                                \
    "", "{\"error\":{\"class\":\"GenericError\",\"desc\":\"Property not found\"}}"                 \
  }
#define TRUE_OF(words)                                                                             \
  {                                                                                                \
    words, "{\"return\":true}"                                                                     \
  }

static const Reply *replies;

static char *
answer (const char *command)
{
  const Reply *reply = replies;
  while (!strstr (command, reply->words))
    reply++;
  return g_strdup (reply->answer);
}

typedef struct {
  const char *name;
  Reply replies[8];  /* the last has the words "" */
  guint n_answered;  /* 0 with an error */
  const char *finds; /* the rule of the only finding, NULL none; of an error its words */
} Case;

static const Case cases[] = {
  { "agrees",
    { VERSION, LIST, TRUE_OF ("device[2]\",\"property\":\"acpi"),
      TRUE_OF ("device[2]\",\"property\":\"x-keep"),
      TRUE_OF ("/machine/peripheral/ua-\\\"x\",\"property\":\"hotplug"),
      TRUE_OF ("x-native-hotplug"), HAS_NOT },
    4,
    NULL },
  { "disagrees",
    { VERSION, LIST, { "\"property\":\"hotplug", "{\"return\":false}" }, HAS_NOT },
    1,
    "qemu-disagrees" },
  { "a-word-is-a-boolean",
    { VERSION, LIST, { "\"property\":\"hotplug", "{\"return\":\"off\"}" }, HAS_NOT },
    1,
    "qemu-disagrees" },
  { "a-number-is-none",
    { VERSION, LIST, { "\"property\":\"hotplug", "{\"return\":7}" }, HAS_NOT },
    0,
    NULL },
  { "without-the-chipset",
    { VERSION,
      { "qom-list", "{\"return\":[]}" },
      { "device[2]", "nothing" },
      TRUE_OF ("\"hotplug"),
      HAS_NOT },
    1,
    NULL },
  { "knows-nothing", { HAS_NOT }, 0, NULL },
  { "another-release",
    { { "query-version", "{\"return\":{\"qemu\":{\"major\":7,\"minor\":1,\"micro\":5}}}" },
      HAS_NOT },
    0,
    "qemu-replaced" },
  { "no-json", { VERSION, LIST, { "", "hello" } }, 0, "no JSON object" },
  { "not-an-object", { { "", "[]" } }, 0, "no JSON object" },
};

static VhSession *
load (const char *xml)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  VhCaps *caps = vh_caps_new ();
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 0), VH_ORIGIN_PROBED);
  VhSession *session = vh_session_new (document, vh_domain_info_new (), caps, &error);
  g_assert_no_error (error);
  return session;
}

/* What runs, as the worker reads it. */
static VhLive *
read_live (VhWorker *worker, VhInbox *inbox, const VhSession *next)
{
  g_autoptr (GError) error = NULL;
  const guint generation = vh_worker_read_live (worker);
  g_autoptr (VhResult) read = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_cmpint (read->kind, ==, VH_JOB_READ_LIVE);
  g_assert_cmpuint (read->generation, ==, generation);
  g_assert_no_error (read->error);
  g_autoptr (VhDocument) document = vh_document_new (read->bytes, &error);
  VhLive *live = vh_live_new (document, next, &error);
  g_assert_no_error (error);
  return live;
}

static void
check_answers (const Case *c, VhLive *live, VhResult *asked)
{
  guint n = 0;
  vh_live_take_answers (live, g_steal_pointer (&asked->answers));
  for (guint i = 0; i < live->answers->values->len; i++)
    n += g_array_index (live->answers->values, VhAnswer, i).value != VH_KNOWN_UNKNOWN;
  g_assert_cmpuint (n, ==, c->n_answered);
  g_assert_cmpuint (live->findings->len, ==, c->finds ? 1 : 0);
  if (!c->finds)
    return;
  const VhFinding *finding = g_ptr_array_index (live->findings, 0);
  g_assert_cmpstr (vh_rule_to_word (finding->rule), ==, c->finds);
}

static void
test_ask (gconstpointer data)
{
  const Case *c = data;
  const VhFakeOptions options = { .live = Q35, .monitor = answer };
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhSession) next = load (Q35);
  replies = c->replies;
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (Q35, &options), inbox);
  g_autoptr (VhLive) live = read_live (worker, inbox, next);
  vh_worker_ask (worker, live->session->base->document);
  g_autoptr (VhResult) asked = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_cmpint (asked->kind, ==, VH_JOB_ASK);
  if (asked->answers)
    check_answers (c, live, asked);
  else
    g_assert_nonnull (strstr (asked->error->message, c->finds));
  vh_worker_free (worker);
}

/* A call that fails ends it, with the source's own words. */
static void
test_refused (void)
{
  static const VhFakeRule rules[] = {
    { VH_FAKE_MONITOR, 3, VH_FAKE_FAIL, VH_SOURCE_ERROR_DENIED, NULL },
    { VH_FAKE_LIVE, 2, VH_FAKE_FAIL, VH_SOURCE_ERROR_NOT_FOUND, NULL },
    { VH_FAKE_NO_CALL, 0, 0, 0, NULL },
  };
  const VhFakeOptions options = { .rules = rules, .live = Q35, .monitor = answer };
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhSession) next = load (Q35);
  replies = cases[0].replies;
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (Q35, &options), inbox);
  g_autoptr (VhLive) live = read_live (worker, inbox, next);
  vh_worker_ask (worker, live->session->base->document);
  g_autoptr (VhResult) asked = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_error (asked->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED);
  g_assert_null (asked->answers);
  vh_worker_read_live (worker);
  g_autoptr (VhResult) gone = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_error (gone->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND);
  vh_worker_free (worker);
}

/* A file neither runs nor has a QEMU. */
static void
test_file (void)
{
  const VhFakeOptions options = { .is_plain = TRUE };
  g_autoptr (VhInbox) inbox = vh_inbox_new ();
  g_autoptr (VhSession) session = load (Q35);
  VhWorker *worker = vh_worker_new_for_source (vh_fake_source_new (Q35, &options), inbox);
  vh_worker_read_live (worker);
  g_autoptr (VhResult) read = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_error (read->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  vh_worker_ask (worker, session->base->document);
  g_autoptr (VhResult) asked = vh_inbox_pop (inbox, PATIENCE_MS);
  g_assert_error (asked->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  vh_worker_free (worker);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/running/ask/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_ask);
    }
  g_test_add_func ("/running/refused", test_refused);
  g_test_add_func ("/running/file", test_file);
  return g_test_run ();
}
