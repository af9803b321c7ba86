/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records of edits. Laws: what was read and written is read as the same
 * again; whatever a record says, a domain that takes it up comes back to its
 * own text by undo. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "model/session_replay.h"

#define DOMAIN                                                                                     \
  "<domain type='kvm'><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"                \
  "<features><acpi/></features><devices><controller type='pci' index='0' model='pcie-root'/>"      \
  "<controller type='pci' index='1' model='pcie-root-port'><address type='pci' bus='0x00' "        \
  "slot='0x02'/></controller></devices></domain>"

static VhSession *
new_session (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (DOMAIN, strlen (DOMAIN));
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  return vh_session_new (document, vh_domain_info_new (), vh_caps_new (), NULL);
}

/* Once on another text than it was made to, and once on that very one. */
static void
take_up (VhEditRecord *record, gboolean same)
{
  g_autoptr (VhSession) session = new_session ();
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func (g_free);
  if (same)
    {
      g_free (record->base);
      record->base = vh_edit_record_new_sum (session->base->document);
    }
  g_assert_true (vh_session_take_up (session, record, dropped, NULL));
  while (vh_session_redo (session))
    continue;
  if (vh_session_go_to (session, 0, NULL))
    g_assert_false (vh_session_is_changed (session));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhEditRecord) record = vh_edit_record_new ((const char *) data, size, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (!record)
    return 0;
  g_autofree char *written = vh_edit_record_format (record->edits, record->base);
  g_autoptr (VhEditRecord) again = vh_edit_record_new (written, strlen (written), &error);
  g_assert_no_error (error);
  g_autofree char *rewritten = vh_edit_record_format (again->edits, again->base);
  g_assert_cmpstr (rewritten, ==, written);
  take_up (record, FALSE);
  take_up (record, TRUE);
  return 0;
}
