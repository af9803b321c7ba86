/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/verify.h"
#include "tests/sample.h"

#include <string.h>

/* Domains are written as what stands inside <domain>. */
typedef struct {
  const char *name, *base, *wanted, *stored;
  const char *not_taken, *lost, *added; /* the sentences, one a line; "" for none */
} Row;

#define QEMU_NS "http://libvirt.org/schemas/domain/qemu/1.0"
#define PORT(index, target)                                                                        \
  "<devices><controller type='pci' index='" index "' model='pcie-root-port'>" target               \
  "</controller></devices>"

static const Row rows[] = {
  { "same", "<name>a</name>", "<name>a</name>", "<name>a</name>", "", "", "" },
  { "taken", PORT ("3", ""), PORT ("3", "<target hotplug='off'/>"),
    PORT ("3", "<target hotplug='off'/>"), "", "", "" },
  { "layout", "<a x='1' y='&lt;'>t</a><b/>", "<a x='1' y='&lt;'>t</a><b/>",
    "\n  <b>\n  </b>\n  <!-- c -->\n  <a y=\"&#60;\" x=\"1\">t</a>\n", "", "", "" },
  { "dropped-element", PORT ("3", ""), PORT ("3", "<target hotplug='off'/>"), PORT ("3", ""),
    "<devices/controller[pci 3]/target> was asked for and is not there.", "", "" },
  { "dropped-attribute", PORT ("3", "<target port='1'/>"),
    PORT ("3", "<target port='1' hotplug='off'/>"), PORT ("3", "<target port='1'/>"),
    "<devices/controller[pci 3]/target>: hotplug='off' was asked for and is not there.", "", "" },
  { "other-value", PORT ("3", "<target hotplug='on'/>"), PORT ("3", "<target hotplug='off'/>"),
    PORT ("3", "<target hotplug='on'/>"),
    "<devices/controller[pci 3]/target>: hotplug='off' was asked for and is 'on' now.", "", "" },
  { "still-there", PORT ("3", "<target hotplug='on'/>"), PORT ("3", ""),
    PORT ("3", "<target hotplug='on'/>"),
    "<devices/controller[pci 3]/target> was to be removed and is still there.", "", "" },
  { "removed", PORT ("3", "<target hotplug='on'/>"), PORT ("3", ""), PORT ("3", ""), "", "", "" },
  { "lost-element", "<a/><b><c d='1'/></b>", "<a/><b><c d='1'/></b>", "<a/>", "",
    "<b> was not asked to change and is not there.", "" },
  { "lost-text", "<title>x</title>", "<title>x</title>", "<title>y</title>", "",
    "<title>: the text 'x' was not asked to change and is 'y' now.", "" },
  { "lost-password", "<graphics passwd='s3'/>", "<graphics passwd='s3'/>", "<graphics/>", "",
    "<graphics>: passwd='***' was not asked to change and is not there.", "" },
  { "changed-password", "<graphics passwd='s3'/>", "<graphics passwd='s3'/>",
    "<graphics passwd='s4'/>", "",
    "<graphics>: passwd='***' was not asked to change and is '***' now.", "" },
  { "lost-cookie", "<cookies><cookie name='a'>s3</cookie></cookies>",
    "<cookies><cookie name='a'>s3</cookie></cookies>", "<cookies><cookie name='a'/></cookies>", "",
    "<cookies/cookie[a]>: the text '***' was not asked to change and is not there.", "" },
  { "added", "<a/>", "<a/>", "<a><b c='1'/></a>", "", "", "<a/b> was added." },
  { "added-attribute", "<a/>", "<a/>", "<a b='1'/>", "", "", "<a>: b='1' was added." },
  { "identity", "<uuid>1</uuid>", "<uuid>1</uuid>", "<uuid>2</uuid>", "",
    "<uuid>: the text '1' was not asked to change and is '2' now.", "" },
  { "controllers-moved",
    "<devices><controller type='pci' index='1'><address slot='1'/></controller>"
    "<controller type='pci' index='2'><address slot='2'/></controller></devices>",
    "<devices><controller type='pci' index='1'><address slot='1'/></controller>"
    "<controller type='pci' index='2'><address slot='2'/></controller></devices>",
    "<devices><controller type='pci' index='2'><address slot='2'/></controller>"
    "<controller type='pci' index='1'><address slot='1'/></controller></devices>",
    "", "", "" },
  { "controllers-swapped",
    "<devices><controller type='pci' index='1'><address slot='1'/></controller>"
    "<controller type='pci' index='2'><address slot='2'/></controller></devices>",
    "<devices><controller type='pci' index='1'><address slot='1'/></controller>"
    "<controller type='pci' index='2'><address slot='2'/></controller></devices>",
    "<devices><controller type='pci' index='1'><address slot='2'/></controller>"
    "<controller type='pci' index='2'><address slot='1'/></controller></devices>",
    "",
    "<devices/controller[pci 1]/address>: slot='1' was not asked to change and is '2' now.\n"
    "<devices/controller[pci 2]/address>: slot='2' was not asked to change and is '1' now.",
    "" },
  { "disk-address",
    "<disk><target dev='vda'/><address type='pci' bus='0x01' slot='0x00'/></disk>"
    "<disk><target dev='vdb'/><address type='pci' bus='0x02' slot='0x00'/></disk>",
    "<disk><target dev='vda'/><address type='pci' bus='0x01' slot='0x00'/></disk>"
    "<disk><target dev='vdb'/><address type='pci' bus='0x02' slot='0x00'/></disk>",
    "<disk><target dev='vdb'/><address type='pci' bus='0x03' slot='0x00'/></disk>"
    "<disk><target dev='vda'/><address type='pci' bus='0x01' slot='0x00'/></disk>",
    "", "<disk[vdb]/address>: bus='0x02' was not asked to change and is '0x03' now.", "" },
  { "interfaces-moved",
    "<interface><mac address='a'/><model type='e1000'/></interface>"
    "<interface><mac address='b'/><model type='virtio'/></interface>",
    "<interface><mac address='a'/><model type='e1000'/></interface>"
    "<interface><mac address='b'/><model type='virtio'/></interface>",
    "<interface><mac address='b'/><model type='virtio'/></interface>"
    "<interface><mac address='a'/><model type='e1000'/></interface>",
    "", "", "" },
  { "namespace-dropped", "<a/>",
    "<a/><q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-x'/></q:commandline>", "<a/>",
    "<qemu:commandline> was asked for and is not there.", "", "" },
  { "prefix", "<q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-x'/></q:commandline>",
    "<q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-x'/></q:commandline>",
    "<qemu:commandline xmlns:qemu='" QEMU_NS "'><qemu:arg value='-x'/></qemu:commandline>", "", "",
    "" },
  { "no-namespace", "<q:commandline xmlns:q='" QEMU_NS "'/>",
    "<q:commandline xmlns:q='" QEMU_NS "'/>", "<commandline/>", "",
    "<qemu:commandline> was not asked to change and is not there.", "<commandline> was added." },
  { "arguments-swapped",
    "<q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-a'/><q:arg value='-b'/></q:commandline>",
    "<q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-a'/><q:arg value='-b'/></q:commandline>",
    "<q:commandline xmlns:q='" QEMU_NS "'><q:arg value='-b'/><q:arg value='-a'/></q:commandline>",
    "", "The order of the QEMU arguments changed.", "" },
  { "one-of-twins-lost", "<a/><a/>", "<a/><a/>", "<a/>", "",
    "<a#2> was not asked to change and is not there.", "" },
  { "foreign-attribute", "<a m:x='1' xmlns:m='urn:m'/>", "<a m:x='1' xmlns:m='urn:m'/>",
    "<a xmlns:m='urn:m'/>", "", "<a>: m:x='1' was not asked to change and is not there.", "" },
};

static VhDocument *
domain_new (const char *inside)
{
  g_autofree char *text = g_strdup_printf ("<domain>%s</domain>", inside);
  return sample_parse (text);
}

static void
assert_sentences (GPtrArray *sentences, const char *expected)
{
  g_ptr_array_add (sentences, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) sentences->pdata);
  g_ptr_array_set_size (sentences, (gint) sentences->len - 1);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (VhDocument) base = domain_new (row->base);
  g_autoptr (VhDocument) wanted = domain_new (row->wanted);
  g_autoptr (VhDocument) stored = domain_new (row->stored);
  g_autoptr (VhVerdict) verdict = vh_verify_new (base, wanted, stored);
  assert_sentences (verdict->not_taken, row->not_taken);
  assert_sentences (verdict->lost, row->lost);
  assert_sentences (verdict->added, row->added);
  g_assert_cmpint (vh_verdict_is_good (verdict), ==, !*row->not_taken && !*row->lost);
}

/* Another kind of domain at the root is something else altogether. */
static void
test_root (void)
{
  g_autoptr (VhDocument) base = sample_parse ("<domain type='kvm'><a/></domain>");
  g_autoptr (VhDocument) stored = sample_parse ("<domain type='qemu'><a/></domain>");
  g_autoptr (VhVerdict) verdict = vh_verify_new (base, base, stored);
  assert_sentences (verdict->lost,
                    "<domain>: type='kvm' was not asked to change and is 'qemu' now.");
}

static char *
large_text (guint n_devices)
{
  GString *text = g_string_new ("<domain><devices>");
  for (guint i = 0; i < n_devices; i++)
    g_string_append_printf (
        text,
        "<interface type='user'><mac address='%u'/><address type='pci' bus='%u'/>"
        "</interface><input type='mouse'/>",
        i, i);
  g_string_append (text, "</devices></domain>");
  return g_string_free (text, FALSE);
}

/* Large, with elements that only a number tells apart. */
static void
test_large (void)
{
  g_autofree char *text = large_text (12000);
  g_autoptr (VhDocument) base = sample_parse (text);
  g_autoptr (VhVerdict) verdict = vh_verify_new (base, base, base);
  g_assert_true (vh_verdict_is_good (verdict));
  g_assert_cmpuint (verdict->added->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/verify/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/verify/root", test_root);
  g_test_add_func ("/verify/large", test_large);
  return g_test_run ();
}
