/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures of the topology: what is in them, and where it stands. */
#include "render/export_picture.h"

#include <string.h>

#include "render/picture_layout.h"
#include "tests/sample.h"
#include "tests/scene.h"

static const VhPictureBox *
box_at (const VhPicture *picture, guint i)
{
  return g_ptr_array_index (picture->boxes, i);
}

static const VhPictureBox *
find_box (const VhPicture *picture, const char *id)
{
  for (guint i = 0; i < picture->boxes->len; i++)
    if (g_str_equal (box_at (picture, i)->id, id))
      return box_at (picture, i);
  g_error ("no box %s", id);
}

static char *
join_lines (const VhPictureBox *box)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < box->lines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " | " : "",
                            ((const VhPictureLine *) g_ptr_array_index (box->lines, i))->text);
  return g_string_free (text, FALSE);
}

static void
assert_box (const VhPicture *picture, const char *id, VhPictureMark mark, const char *lines)
{
  const VhPictureBox *box = find_box (picture, id);
  g_autofree char *text = join_lines (box);
  g_assert_cmpstr (text, ==, lines);
  g_assert_cmpint (box->mark, ==, mark);
}

/* ---- what the boxes say ---- */

static void
test_plain (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-numa");
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  g_assert_cmpstr (picture->title, ==, "PCI hotplug of q35-numa");
  assert_box (picture, "bus-0", VH_PICTURE_SAME, "0 pcie-root | used none");
  assert_box (picture, "bus-19", VH_PICTURE_SAME,
              "19 pcie-to-pci-bridge | 12:00.0 | used acpi | offered acpi,shpc");
  assert_box (picture, "bus-19-free", VH_PICTURE_SAME, "30 free slots | 02-1f | plug acpi");
  assert_box (picture, "bus-7", VH_PICTURE_SAME,
              "7 pcie-switch-downstream-port | 04:02.0, hotplug off | used none");
  assert_box (picture, "bus-7-free", VH_PICTURE_SAME, "slot 00 free | plug none");
  assert_box (picture, "bus-9", VH_PICTURE_SAME,
              "9 pcie-expander-bus node 0 | 00:03.0 | used none");
  assert_box (picture, "device-0000-05-00-0", VH_PICTURE_SAME,
              "interface 52:54:00:2b:50:20 virtio | 05:00.0, unplug acpi");
  const VhPictureBox *port = find_box (picture, "bus-5");
  g_assert_cmpint (port->role, ==, VH_ROLE_ACPI);
  g_assert_true (g_str_has_prefix (port->title, "Bus 5 pcie-switch-downstream-port: used acpi, "
                                                "offered acpi, free slots 0.\n- "));
  g_assert_cmpstr (box_at (picture, (guint) port->parent)->id, ==, "bus-4");
}

static void
test_before_and_after (void)
{
  g_autoptr (VhSession) session = scene_session ("q35-desktop");
  g_autoptr (GError) error = NULL;
  scene_set (session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  scene_set (session, VH_KNOB_PORT, 9, VH_SWITCH_OFF);
  vh_session_add_ports (session, 1, &error);
  g_assert_no_error (error);
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  assert_box (picture, "bus-1", VH_PICTURE_CHANGED,
              "* 1 pcie-root-port | 00:02.0 | used acpi → native");
  assert_box (picture, "device-0000-01-00-0", VH_PICTURE_CHANGED,
              "* interface 52:54:00:6b:3c:58 virtio | 01:00.0, unplug acpi → native");
  assert_box (picture, "bus-9", VH_PICTURE_CHANGED,
              "* 9 pcie-root-port | 00:03.0, hotplug default → off | used acpi → none");
  assert_box (picture, "bus-9-free", VH_PICTURE_SAME, "slot 00 free | plug acpi → none");
  assert_box (picture, "bus-15", VH_PICTURE_ADDED,
              "+ 15 pcie-root-port | added | 00:03.6 | used native");
  assert_box (picture, "bus-0", VH_PICTURE_SAME, "0 pcie-root | used none");
  g_assert_cmpint (vh_picture_get_color (find_box (picture, "bus-1")), ==, VH_ROLE_CHANGED);
  g_assert_cmpint (vh_picture_get_color (find_box (picture, "bus-0")), ==, VH_ROLE_NONE);
}

/* What runs has another port in the place of port 14. */
static void
test_live (void)
{
  g_autoptr (VhSession) next = scene_session ("q35-desktop");
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "demo", "q35-desktop.xml", NULL);
  g_autofree char *text = sample_read (path);
  g_auto (GStrv) halves = g_strsplit (text, "index='14'", 2);
  g_assert_nonnull (halves[1]);
  g_autofree char *running = g_strjoinv ("index='30'", halves);
  g_autoptr (VhDocument) document = sample_parse (running);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLive) live = vh_live_new (document, next, &error);
  g_assert_no_error (error);
  g_autoptr (VhPicture) picture = vh_picture_new_live (live, next);
  assert_box (picture, "bus-30", VH_PICTURE_REMOVED,
              "- 30 pcie-root-port | removed | 00:03.5 | used acpi");
  assert_box (picture, "bus-14", VH_PICTURE_ADDED,
              "+ 14 pcie-root-port | added | 00:03.5 | used acpi");
  assert_box (picture, "bus-13", VH_PICTURE_SAME, "13 pcie-root-port | 00:03.4 | used acpi");
}

static void
test_without_addresses (void)
{
  g_autoptr (VhSession) session = scene_session_of ("fixtures/domains/no-addresses.xml");
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  assert_box (picture, "bus-1", VH_PICTURE_SAME, "1 pcie-root-port | used acpi");
  assert_box (picture, "without-a-place", VH_PICTURE_SAME, "without a place on a PCI bus");
  assert_box (picture, "device-without-a-place-again-2", VH_PICTURE_SAME, "interface virtio");
  g_autoptr (VhSession) wild = scene_session_of ("fixtures/domains/wild-numbers.xml");
  g_autoptr (VhPicture) nameless = vh_picture_new (wild);
  assert_box (nameless, "bus-without-index", VH_PICTURE_SAME,
              "? pcie-root-port | 00:03.0 | used unknown");
}

/* ---- where they stand ---- */

static gboolean
is_inside (const VhBox *box, const VhBox *around)
{
  return box->x >= around->x && box->y >= around->y &&
         box->x + box->width <= around->x + around->width &&
         box->y + box->height <= around->y + around->height;
}

static gboolean
is_apart (const VhBox *one, const VhBox *other)
{
  return one->x + one->width <= other->x || other->x + other->width <= one->x ||
         one->y + one->height <= other->y || other->y + other->height <= one->y;
}

static void
assert_layout (const VhPicture *picture)
{
  g_autoptr (VhPictureLayout) layout = vh_picture_layout_new (picture);
  const VhBox page = { .y = layout->head_y + layout->head->len * VH_PICTURE_LINE,
                       .width = layout->width,
                       .height =
                           layout->foot_y - layout->head_y - layout->head->len * VH_PICTURE_LINE };
  for (guint i = 0; i < picture->boxes->len; i++)
    {
      const VhPictureBox *box = box_at (picture, i);
      const VhBox *at = &g_array_index (layout->places, VhBox, i);
      const VhBox *around =
          box->parent < 0 ? &page : &g_array_index (layout->places, VhBox, box->parent);
      g_assert_true (is_inside (at, around));
      g_assert_cmpuint (at->height, >=, box->lines->len * VH_PICTURE_LINE);
      g_assert_cmpuint (at->width, >=, 18 * VH_PICTURE_CELL + 2 * VH_PICTURE_PAD);
      for (guint j = i + 1; j < MIN (i + 300, picture->boxes->len); j++)
        if (box_at (picture, j)->parent == box->parent)
          g_assert_true (is_apart (at, &g_array_index (layout->places, VhBox, j)));
    }
}

static const char *const laid_out[] = {
  "../data/demo/i440fx-nested.xml",    "../data/demo/q35-desktop.xml", "../data/demo/q35-numa.xml",
  "fixtures/domains/bridge-cycle.xml", "fixtures/domains/bus-255.xml", "fixtures/domains/lxc.xml",
  "fixtures/domains/no-addresses.xml",
};

static void
test_layout (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (laid_out); i++)
    {
      g_autoptr (VhSession) session = scene_session_of (laid_out[i]);
      g_autoptr (VhPicture) picture = vh_picture_new (session);
      assert_layout (picture);
    }
}

#define DOMAIN(name, devices)                                                                      \
  "<domain type='kvm'><name>" name "</name>"                                                       \
  "<os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>"                                \
  "<features><acpi/></features><devices>"                                                          \
  "<controller type='pci' index='0' model='pci-root'/>" devices "</devices></domain>"

/* ---- size ---- */

static VhSession *
new_large (guint n_bridges, guint n_devices)
{
  g_autoptr (GString) devices = g_string_new (NULL);
  for (guint i = 1; i <= n_bridges; i++)
    g_string_append_printf (devices,
                            "<controller type='pci' index='%u' model='pci-bridge'><address "
                            "type='pci' bus='0' slot='%u' function='%u'/></controller>",
                            i, 2 + i / 8 % 30, i % 8);
  for (guint i = 0; i < n_devices; i++)
    g_string_append_printf (devices,
                            "<interface type='user'><address type='pci' bus='%u' slot='%u' "
                            "function='%u'/></interface>",
                            1 + i / 248 % n_bridges, 1 + i % 248 / 8, i % 8);
  g_autofree char *text = g_strconcat (DOMAIN ("large", ""), NULL);
  char *end = strstr (text, "</devices>");
  g_string_append (devices, end);
  *end = '\0';
  g_autofree char *xml = g_strconcat (text, devices->str, NULL);
  return scene_session_of_text (xml);
}

static void
test_bounds (void)
{
  g_autoptr (VhSession) session = new_large (240, 59520);
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  g_assert_cmpuint (picture->boxes->len, <, 3000);
  assert_box (picture, "device-0000-01-01-0", VH_PICTURE_SAME,
              "interface user | 01:01.0, unplug none");
  assert_box (picture, "bus-1-rest", VH_PICTURE_SAME, "240 more devices");
  assert_layout (picture);
  g_autofree char *svg = vh_export_svg (picture);
  g_assert_cmpuint (strlen (svg), <, 3u << 20);
}

/* Bridges in bridges, and the rest of them counted. */
static void
test_deep (void)
{
  g_autoptr (GString) xml = g_string_new (DOMAIN ("deep", ""));
  g_string_truncate (xml, (gsize) (strstr (xml->str, "</devices>") - xml->str));
  for (guint i = 1; i < 200; i++)
    g_string_append_printf (xml,
                            "<controller type='pci' index='%u' model='pci-bridge'><address "
                            "type='pci' bus='%u' slot='2'/></controller>",
                            i, i - 1);
  g_string_append (xml, "</devices></domain>");
  g_autoptr (VhSession) session = scene_session_of_text (xml->str);
  g_autoptr (VhPicture) picture = vh_picture_new (session);
  assert_box (picture, "bus-11-rest", VH_PICTURE_SAME, "188 more buses");
  assert_layout (picture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/plain", test_plain);
  g_test_add_func ("/picture/before-and-after", test_before_and_after);
  g_test_add_func ("/picture/live", test_live);
  g_test_add_func ("/picture/without-addresses", test_without_addresses);
  g_test_add_func ("/picture/layout", test_layout);
  g_test_add_func ("/picture/bounds", test_bounds);
  g_test_add_func ("/picture/deep", test_deep);
  return g_test_run ();
}
