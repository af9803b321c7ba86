/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pages of the pane: details and XML. */
#include <string.h>

#include "render/rows.h"
#include "tests/scene.h"

#define WIDTH 200

typedef GPtrArray *(*NewLines) (const VhSession *session, const VhRow *row, guint width);

static char *
join (GPtrArray *lines)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    {
      const VhStyledLine *line = g_ptr_array_index (lines, i);
      g_string_append_printf (out, "%s\n", line->text);
    }
  g_ptr_array_unref (lines);
  return g_string_free (out, FALSE);
}

static char *
new_text (const VhSession *session, const char *name, NewLines new_lines)
{
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  return join (new_lines (session, scene_find (rows, session, name), WIDTH));
}

/* ---- XML ---- */

static void
assert_xml (const VhSession *session, const char *name, const char *expected)
{
  g_autofree char *text = new_text (session, name, vh_rows_new_xml);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_xml (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  assert_xml (session, "3 pcie-root",
              "  <controller type='pci' index='3' model='pcie-root-port'>\n"
              "    <model name='pcie-root-port'/>\n"
              "    <target chassis='3' port='0x12' hotplug='off'/>\n"
              "    <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x2'/>\n"
              "  </controller>\n");
  assert_xml (session, "ACPI bridge", "Nothing in the document sets it.\n");
}

/* Lines that the edits brought are marked by a sign, too. */
static void
test_xml_of_edits (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  scene_set (session, VH_KNOB_PORT, 3, VH_SWITCH_ON);
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  assert_xml (session, "3 pcie-root",
              "  <controller type='pci' index='3' model='pcie-root-port'>\n"
              "    <model name='pcie-root-port'/>\n"
              "*   <target chassis='3' port='0x12' hotplug='on'/>\n"
              "    <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x2'/>\n"
              "  </controller>\n");
  assert_xml (session, "ACPI bridge",
              "  <qemu:arg value='-global'/>\n"
              "  <qemu:arg value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/>\n");
}

#define HEAD                                                                                       \
  "<domain type='kvm'><name>n</name><os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>"    \
  "</os><features><acpi/></features><devices>"
#define COOKIES                                                                                    \
  "<disk type='network'><source protocol='https' name='x'><cookies><cookie name='test'>"           \
  "topsecret</cookie></cookies></source><target dev='vda' bus='virtio'/>"

static void
test_xml_without_secrets (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (
      HEAD "\r\n\t" COOKIES "\r\n\t\t<address type='pci' slot='0x05'/>\r\n\t</disk>"
           "</devices></domain>");
  g_autofree char *text = new_text (session, "vda", vh_rows_new_xml);
  g_assert_null (strstr (text, "topsecret"));
  g_assert_nonnull (strstr (text, "<cookie name='test'>***</cookie>"));
  g_assert_nonnull (strstr (text, "\n      <address type='pci' slot='0x05'/>\n  </disk>\n"));
  assert_xml (session, "0 pci-root",
              "It does not stand in the document: libvirt adds it by itself.\n");
}

/* Text of the document cannot reach the terminal as control characters. */
static void
test_xml_is_visible (void)
{
  g_autoptr (VhSession) session = scene_session_of_text (
      HEAD "<disk><target dev='vda' bus='virtio'/><serial>\xe2\x80\xae\xc2\x9b"
           "2J</serial><address type='pci' slot='0x05'/></disk></devices></domain>");
  g_autofree char *text = new_text (session, "vda", vh_rows_new_xml);
  g_assert_null (strstr (text, "\xe2\x80\xae"));
  g_assert_null (strstr (text, "\xc2\x9b"));
}

/* ---- details ---- */

static const struct {
  const char *demo, *row;
  const char *has, *has_not;
} details[] = {
  { "q35-numa", "3 pcie-root", "Address        00:02.2, as libvirt counts buses\n", "NUMA" },
  { "q35-numa", "3 pcie-root", "In the guest   00:02.2\n", "not known" },
  { "q35-numa", "3 pcie-root", "Alias          pci.3\n", "No device" },
  { "q35-numa", "3 pcie-root", "Guest bus      08:", "No device" },
  { "q35-numa", "3 pcie-root",
    "- memballoon virtio: cannot be unplugged. libvirt detaches no such device", "acpi" },
  { "q35-numa", "12 pcie-expander", "NUMA node      1\n", "pcie-root-port" },
  { "q35-numa", "8 pcie-switch", "No device is on this bus.", "unplugged" },
  { "q35-numa", "50:20", "unplugged by acpi.\n", "detaches" },
  { "q35-numa", "50:20", "On bus         5, pcie-switch-downstream-port\n", "Guest bus" },
  { "q35-numa", "50:20", "Alias          none; libvirt gives one at each start\n", "pci.5" },
  { "i440fx-nested", "ide", "libvirt detaches no such device", "unknown" },
  { "q35-numa", "ACPI bridge", "QEMU           ICH9-LPC.acpi-pci-hotplug", "does not have" },
  { "q35-numa", "ACPI root", "This machine does not have it.", "QEMU  " },
};

static void
test_details (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr (VhSession) session = scene_session (details[i].demo);
  g_autofree char *text = new_text (session, details[i].row, vh_rows_new_details);
  if (strstr (text, details[i].has) == NULL || strstr (text, details[i].has_not) != NULL)
    {
      g_autofree char *told = g_strescape (text, NULL); /* GLib 2.66 tells lines, not texts */
      g_test_message ("%s", told);
      g_test_fail ();
    }
}

static void
test_user_alias (void)
{
  g_autoptr (VhSession) session =
      scene_session_of_text (HEAD "<disk><target dev='vda' bus='virtio'/><alias name='ua-root'/>"
                                  "<address type='pci' slot='0x05'/></disk></devices></domain>");
  g_autofree char *text = new_text (session, "vda", vh_rows_new_details);
  g_assert_nonnull (strstr (text, "Alias          ua-root\n"));
}

#define CARD "<interface type='user'><mac address='52:54:00:00:00:0"
#define CARD_AT "'/><model type='virtio'/><address type='pci' slot='0x05' function='0x"

static void
test_shared_slot (void)
{
  g_autoptr (VhSession) session =
      scene_session_of_text (HEAD CARD "0" CARD_AT "0' multifunction='on'/></interface>" CARD
                                       "1" CARD_AT "1'/></interface></devices></domain>");
  g_autofree char *text = new_text (session, "00:01", vh_rows_new_details);
  g_assert_nonnull (
      strstr (text, "cannot be unplugged. It is one function of a slot with several"));
}

/* What libvirt puts into a free slot, running or not. */
static void
test_free (void)
{
  static const struct {
    gint32 bus;
    guint8 slot;
    const char *has, *has_not;
  } table[] = {
    { 8, 0, "While it runs  virtio-net, virtio-blk", "e1000," },
    { 8, 0, "qemu-xhci", "nvme" },
    { 14, 0, "While it runs  nothing that is not given an address here\n", "e1000," },
    { 19, 2, "e1000, rtl8139", "virtio-net" },
    { 0, 5, "Defined        nothing that is not given an address here\n", "virtio" },
  };
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  const VhTopology *topology = session->after->topology;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      VhRow row = { .kind = VH_ROW_SLOTS, .slot = table[i].slot };
      row.item = (guint32) vh_topology_find_bus (topology, table[i].bus);
      row.key = vh_row_key_of_slots (topology, row.item, table[i].slot);
      g_autofree char *text = join (vh_rows_new_details (session, &row, WIDTH));
      g_assert_nonnull (strstr (text, table[i].has));
      g_assert_null (strstr (text, table[i].has_not));
      g_autofree char *xml = join (vh_rows_new_xml (session, &row, WIDTH));
      g_autofree char *slot = g_strdup_printf ("slot='0x%02x'", table[i].slot);
      g_assert_nonnull (strstr (xml, slot));
    }
}

/* No row of any domain is without either page, at any width. */
static void
test_every_row (gconstpointer data)
{
  g_autoptr (VhSession) session = scene_session_of (data);
  g_autoptr (GArray) rows = vh_rows_new (session, NULL);
  for (guint i = 0; i < rows->len; i++)
    for (guint width = 1; width < 80; width += 13)
      {
        const VhRow *row = &g_array_index (rows, VhRow, i);
        g_autofree char *known = join (vh_rows_new_details (session, row, width));
        g_autofree char *xml = join (vh_rows_new_xml (session, row, width));
        g_assert_true (*known != '\0' && *xml != '\0');
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows-pane/xml", test_xml);
  g_test_add_func ("/rows-pane/xml-of-edits", test_xml_of_edits);
  g_test_add_func ("/rows-pane/xml-without-secrets", test_xml_without_secrets);
  g_test_add_func ("/rows-pane/xml-is-visible", test_xml_is_visible);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rows-pane/details/%u", i);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_details);
    }
  g_test_add_func ("/rows-pane/user-alias", test_user_alias);
  g_test_add_func ("/rows-pane/shared-slot", test_shared_slot);
  g_test_add_func ("/rows-pane/free", test_free);
  g_test_add_data_func ("/rows-pane/every-row/cycle", "fixtures/domains/bridge-cycle.xml",
                        test_every_row);
  g_test_add_data_func ("/rows-pane/every-row/lost", "fixtures/domains/no-addresses.xml",
                        test_every_row);
  g_test_add_data_func ("/rows-pane/every-row/contradicting", "../data/demo/contradicting.xml",
                        test_every_row);
  return g_test_run ();
}
