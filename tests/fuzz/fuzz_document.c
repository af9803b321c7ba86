/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a domain, and edits on it: the first 16 bytes say which, the
 * rest is the document. Laws: it is loaded or refused with a reason; what is
 * edited changes a few tags and no other byte; undone it has its own bytes
 * again; the screen, the plan and the JSON of it can be made. */
#include "model/session.h"
#include "render/export_json.h"
#include "render/frame.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define N_CONTROL 16
/* An edit of one knob: domain, features, pci, the element itself, commandline
 * and two arguments, each with the white space around it. */
#define MAX_CHANGED_TAGS 16

/* The text cut before each "<": what an edit did not touch is there again. */
static GHashTable *
count_pieces (const VhDocument *document)
{
  gsize length = 0;
  const char *text = vh_document_get_text (document, &length);
  GHashTable *pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) cut = g_strsplit (text, "<", -1);
  for (guint i = 0; cut[i]; i++)
    {
      char *piece = g_strdup (g_strchomp (cut[i]));
      const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (pieces, piece));
      g_hash_table_replace (pieces, piece, GUINT_TO_POINTER (n + 1));
    }
  return pieces;
}

/* Pieces of `of` that `among` does not have as often. */
static guint
count_missing (GHashTable *of, GHashTable *among)
{
  GHashTableIter iter;
  gpointer piece, count;
  guint n = 0;
  g_hash_table_iter_init (&iter, of);
  while (g_hash_table_iter_next (&iter, &piece, &count))
    {
      const guint other = GPOINTER_TO_UINT (g_hash_table_lookup (among, piece));
      n += GPOINTER_TO_UINT (count) > other ? GPOINTER_TO_UINT (count) - other : 0;
    }
  return n;
}

static void
check_few_changes (const VhDocument *before, const VhDocument *after)
{
  g_autoptr (GHashTable) was = count_pieces (before), is = count_pieces (after);
  g_assert_cmpuint (count_missing (was, is), <=, MAX_CHANGED_TAGS);
  g_assert_cmpuint (count_missing (is, was), <=, MAX_CHANGED_TAGS);
}

static gboolean
drop (const char *bytes, gsize length, gpointer data, GError **error)
{
  (void) bytes;
  (void) error;
  *(gsize *) data += length;
  return TRUE;
}

static void
look (const VhSession *session)
{
  gsize length = 0;
  g_assert_true (vh_export_json_show (session, drop, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_autoptr (VhCanvas) page = vh_frame_new_page (session, 100, FALSE);
  g_assert_nonnull (page);
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_nonnull (plan);
}

/* Two bits: which knob; two: the switch; the others: which port. */
static void
edit (VhSession *session, guint8 control)
{
  static const VhSwitch switches[] = { VH_SWITCH_ABSENT, VH_SWITCH_ON, VH_SWITCH_OFF,
                                       VH_SWITCH_OFF };
  const VhKnob knob = (VhKnob) MIN (control & 3u, VH_KNOB_PORT);
  const VhSwitch to = switches[(control >> 2) & 3u];
  const guint n = vh_topology_get_n_buses (session->after->topology);
  gint32 bus = -1;
  if (knob == VH_KNOB_PORT && n > 0)
    bus = vh_topology_get_bus (session->after->topology, (control >> 4) % n)->index;
  g_autoptr (VhDocument) before = vh_document_ref (session->after->document);
  g_autoptr (GError) error = NULL;
  if (!vh_session_set_knob (session, knob, bus, to, &error))
    {
      g_assert_nonnull (error);
      g_assert_true (session->after->document == before);
      return;
    }
  check_few_changes (before, session->after->document);
  g_autoptr (VhKnobState) state = vh_session_new_knob (session, knob, bus);
  g_assert_true (!state->applies || state->configured == to);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size <= N_CONTROL)
    return 0;
  g_autoptr (GBytes) bytes = g_bytes_new (data + N_CONTROL, size - N_CONTROL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_true ((document == NULL) == (error != NULL));
  if (!document)
    return 0;
  g_assert_true (g_bytes_equal (vh_document_get_bytes (document), bytes));
  g_autoptr (VhSession) session =
      vh_session_new (document, vh_domain_info_new (), fuzz_new_caps (), &error);
  if (!session)
    return 0;
  for (guint i = 0; i < N_CONTROL; i++)
    edit (session, data[i]);
  look (session);
  while (vh_session_undo (session))
    ;
  g_assert_true (g_bytes_equal (vh_document_get_bytes (session->after->document), bytes));
  return 0;
}
