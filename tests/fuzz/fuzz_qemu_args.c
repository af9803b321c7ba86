/* SPDX-License-Identifier: GPL-2.0-or-later */
/* QEMU arguments in a domain: each line of the input is one. Laws: all are
 * counted; a switch that is set has its effect and nothing else's, and taken
 * back to the default the property is not on the command line any more. */
#include "model/session.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define DRIVER "ICH9-LPC"
#define PROPERTY "acpi-pci-hotplug-with-bridge-support"

/* *n_args: of them. */
static char *
new_domain (const char *text, guint *n_args)
{
  GString *xml = g_string_new ("<domain type='kvm' "
                               "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
                               "  <os><type machine='pc-q35-7.2'>hvm</type></os>\n"
                               "  <features><acpi/></features>\n  <qemu:commandline>\n");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  *n_args = g_strv_length (lines);
  for (guint i = 0; i < *n_args; i++)
    {
      g_autofree char *value = g_markup_escape_text (lines[i], -1);
      g_string_append_printf (xml, "    <qemu:arg value='%s'/>\n", value);
    }
  g_string_append (xml, "  </qemu:commandline>\n</domain>\n");
  return g_string_free (xml, FALSE);
}

/* What XML cannot hold is left out. */
static char *
new_text (const uint8_t *data, size_t size)
{
  GString *text = g_string_new (NULL);
  for (size_t i = 0; i < size; i++)
    if ((data[i] >= ' ' && data[i] < 0x7f) || data[i] == '\n')
      g_string_append_c (text, (char) data[i]);
  return g_string_free (text, FALSE);
}

static gboolean
has_global (const VhQemuArgs *args)
{
  for (guint i = 0; i < args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (args->globals, i);
      if (g_str_equal (global->driver, DRIVER) && g_str_equal (global->property, PROPERTY))
        return TRUE;
    }
  return FALSE;
}

static void
check_switch (VhSession *session, VhSwitch to)
{
  g_autoptr (VhKnobState) before = vh_session_new_knob (session, VH_KNOB_BRIDGE, -1);
  g_autoptr (GError) error = NULL;
  const gboolean done = vh_session_set_knob (session, VH_KNOB_BRIDGE, -1, to, &error);
  g_assert_true (done || error);
  g_autoptr (VhKnobState) after = vh_session_new_knob (session, VH_KNOB_BRIDGE, -1);
  if (done)
    g_assert_cmpint (after->configured, ==, to);
  else
    g_assert_cmpint (after->configured, ==, before->configured);
  if (done && to == VH_SWITCH_ABSENT)
    g_assert_false (has_global (session->after->topology->args));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint n_args = 0;
  g_autofree char *text = new_text (data, size);
  char *xml = new_domain (text, &n_args);
  g_autoptr (GBytes) bytes = g_bytes_new_take (xml, strlen (xml));
  g_autoptr (VhDocument) document = vh_document_new (bytes, NULL);
  g_assert_nonnull (document);
  g_autoptr (VhQemuArgs) args = vh_qemu_args_new (document);
  g_assert_cmpuint (args->n_args, ==, n_args);
  g_autoptr (VhSession) session =
      vh_session_new (document, vh_domain_info_new (), fuzz_new_caps (), NULL);
  g_assert_nonnull (session);
  check_switch (session, VH_SWITCH_OFF);
  check_switch (session, VH_SWITCH_ON);
  check_switch (session, VH_SWITCH_ABSENT);
  while (vh_session_undo (session))
    ;
  g_assert_true (g_bytes_equal (vh_document_get_bytes (session->after->document), bytes));
  return 0;
}
