/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What guests of a kind are known to do with a change. */
#include "model/plan.h"

#include <string.h>

#include "sample.h"

#define GUEST(id, chipset, devices)                                                                \
  "<domain type='kvm'><name>a</name><metadata><libosinfo:libosinfo "                               \
  "xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'><libosinfo:os id='" id          \
  "'/></libosinfo:libosinfo></metadata><os><type arch='x86_64' machine='" chipset                  \
  "'>hvm</type></os><features><acpi/></features><devices>" devices "</devices></domain>"
#define CARD(mac, bus, slot, function, more)                                                       \
  "<interface type='user'><mac address='52:54:00:00:00:" mac "'/><model type='virtio'/>" more      \
  "<address type='pci' domain='0x0000' bus='" bus "' slot='" slot "' function='" function          \
  "'/></interface>"
#define PORT_AT_2                                                                                  \
  "<controller type='pci' index='0' model='pcie-root'/><controller type='pci' index='1' "          \
  "model='pcie-root-port'><address type='pci' domain='0x0000' bus='0x00' slot='0x02' "             \
  "function='0x0'/></controller>"
#define CARDS                                                                                      \
  CARD ("01", "0x00", "0x03", "0x0", "")                                                           \
  CARD ("02", "0x00", "0x04", "0x0", "")                                                           \
  CARD ("03", "0x00", "0x04", "0x1", "") CARD ("04", "0x00", "0x05", "0x0", "<acpi index='7'/>")

typedef struct {
  const char *name;
  const char *text;
  const char *edit;
  const char *said[5]; /* pieces of the consequences */
  const char *not_said[3];
} Row;

static const Row rows[] = {
  { .name = "linux-root-off",
    .text = GUEST ("http://debian.org/debian/12", "pc-i440fx-7.2", CARDS),
    .edit = "root off",
    .said = { "52:54:00:00:00:01 virtio: ens3 -> enp0s3", "ens4f0 -> enp0s4f0",
              "ens4f1 -> enp0s4f1", "from documentation: systemd.net-naming-scheme" },
    .not_said = { "ens5", "Windows" } },
  { .name = "windows-root-off",
    .text = GUEST ("http://microsoft.com/win/11", "pc-i440fx-7.2", CARDS),
    .edit = "root off",
    .said = { "There will be fewer than now", "Safely Remove Hardware" },
    .not_said = { "ens3", "macOS" } },
  { .name = "linux-bridge-off",
    .text = GUEST ("http://debian.org/debian/12", "pc-q35-7.2",
                   PORT_AT_2 CARD ("01", "0x01", "0x00", "0x0", "")),
    .edit = "bridge off",
    .said = { "other names" },
    .not_said = { "enp1s0", "ens0" } },
  { .name = "windows-same-number",
    .text = GUEST ("http://microsoft.com/win/11", "pc-q35-7.2",
                   PORT_AT_2 CARD ("01", "0x01", "0x00", "0x0", "")),
    .edit = "bridge off",
    .not_said = { "Windows" } },
  { .name = "macos-bridge-on",
    .text = GUEST ("http://apple.com/macosx/11.0", "pc-q35-6.0",
                   PORT_AT_2 CARD ("01", "0x01", "0x00", "0x0", "")),
    .edit = "bridge on",
    .said = { "macOS guest", "quickemu" },
    .not_said = { "Windows" } },
  { .name = "macos-bridge-off",
    .text = GUEST ("http://apple.com/macosx/11.0", "pc-q35-7.2",
                   PORT_AT_2 CARD ("01", "0x01", "0x00", "0x0", "")),
    .edit = "bridge off",
    .not_said = { "macOS" } },
};

static char *
new_consequences (const VhSession *session)
{
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < plan->consequences->len; i++)
    g_string_append_printf (text, "%s\n",
                            ((const VhConsequence *) plan->consequences->pdata[i])->text);
  return g_string_free (text, FALSE);
}

static void
test_guest (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhSession) session = sample_session (row->text);
  const VhEdit edit = sample_edit (row->edit);
  g_assert_true (vh_session_push (session, &edit, FALSE, NULL));
  g_autofree char *text = new_consequences (session);
  for (const char *const *piece = row->said; *piece; piece++)
    g_assert_nonnull (strstr (text, *piece));
  for (const char *const *piece = row->not_said; *piece; piece++)
    g_assert_null (strstr (text, *piece));
}

/* A port goes that came before another: the card behind that one moves. */
static void
test_renumbered (void)
{
  g_autoptr (VhSession) session = sample_session (
      GUEST ("http://debian.org/debian/12", "pc-q35-7.2",
             "<controller type='pci' index='0' model='pcie-root'/><controller type='pci' index='1' "
             "model='pcie-root-port'><address type='pci' bus='0x00' slot='0x03'/></controller>"
             "<controller type='pci' index='2' model='pcie-root-port'><address type='pci' "
             "bus='0x00' slot='0x02'/></controller>" CARD ("01", "0x01", "0x00", "0x0", "")));
  g_assert_true (vh_session_remove_port (session, NULL));
  g_autofree char *text = new_consequences (session);
  g_assert_nonnull (strstr (text, "52:54:00:00:00:01 virtio: enp2s0 -> enp1s0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-guest/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_guest);
    }
  g_test_add_func ("/plan-guest/renumbered", test_renumbered);
  return g_test_run ();
}
