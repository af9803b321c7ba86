/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/qemu_args.h"

#include <string.h>

#define DOMAIN_START                                                                               \
  "<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' "                    \
  "xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0' xmlns:other='http://example.org/'>"

static VhQemuArgs *
read_domain (const char *inner)
{
  g_autofree char *text = g_strconcat (DOMAIN_START, inner, "</domain>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  return vh_qemu_args_new (document);
}

/* Arguments are separated by blanks. */
static VhQemuArgs *
read_words (const char *words)
{
  g_autoptr (GString) inner = g_string_new ("<qemu:commandline>");
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  for (guint i = 0; list[i]; i++)
    {
      g_autofree char *value = g_markup_escape_text (list[i], -1);
      g_string_append_printf (inner, "<qemu:arg value='%s'/>", value);
    }
  g_string_append (inner, "</qemu:commandline>");
  return read_domain (inner->str);
}

/* "X.p=v;" for each, a '+' before those of the long form. */
static char *
describe (const VhQemuArgs *args)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (args->globals, i);
      g_autofree char *words =
          vh_qemu_args_format_global (global->driver, global->property, global->value);
      g_string_append_printf (text, "%s%s;", global->long_form ? "+" : "", words);
    }
  return g_string_free (text, FALSE);
}

typedef struct {
  const char *name, *words, *globals;
  VhSwitch acpi;
  gboolean joined;
} ArgsRow;

#define NAME64 "n234567890123456789012345678901234567890123456789012345678901234"

static const ArgsRow args_rows[] = {
  { "none", "-nodefaults", "", VH_SWITCH_ABSENT, FALSE },
  { "short", "-global X.p=on", "X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "two-dashes", "--global X.p=on", "X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "three-dashes", "---global X.p=on", "", VH_SWITCH_ABSENT, FALSE },
  { "other-case", "-Global X.p=on", "", VH_SWITCH_ABSENT, FALSE },
  { "order-is-kept", "-global A.p=1 -global B.p=2 -global A.p=3", "A.p=1;B.p=2;A.p=3;",
    VH_SWITCH_ABSENT, FALSE },
  { "value-as-it-is", "-global X.p=OFF,a=b.c=d", "X.p=OFF,a=b.c=d;", VH_SWITCH_ABSENT, FALSE },
  { "empty-value", "-global virtio-net-pci.romfile=", "virtio-net-pci.romfile=;", VH_SWITCH_ABSENT,
    FALSE },
  { "dots-in-property", "-global X.a.b=on", "X.a.b=on;", VH_SWITCH_ABSENT, FALSE },
  { "dashes", "-global ICH9-LPC.x-keep-pci-slot-hpc=off", "ICH9-LPC.x-keep-pci-slot-hpc=off;",
    VH_SWITCH_ABSENT, FALSE },
  { "long", "-global driver=X,property=p,value=on", "+X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "long-any-order", "-global value=on,driver=X,property=p", "+X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "long-repeated-key", "-global driver=X,value=on,property=p,value=off", "+X.p=off;",
    VH_SWITCH_ABSENT, FALSE },
  { "long-lone-key", "-global driver=X,property=p,value", "+X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "long-lone-no", "-global driver=X,property=p,novalue", "+X.p=off;", VH_SWITCH_ABSENT, FALSE },
  { "long-two-commas", "-global driver=X,property=p,value=a,,b", "+X.p=a,b;", VH_SWITCH_ABSENT,
    FALSE },
  { "long-comma-at-end", "-global driver=X,property=p,value=on,", "+X.p=on;", VH_SWITCH_ABSENT,
    FALSE },
  { "long-id", "-global driver=X,property=p,value=on,id=g", "+X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "long-dotted", "-global driver=X,property=p.q,value=on", "+X.p.q=on;", VH_SWITCH_ABSENT,
    FALSE },
  { "long-unknown-key", "-global driver=X,property=p,value=on,more=1", "", VH_SWITCH_ABSENT,
    FALSE },
  { "long-lacks-value", "-global driver=X,property=p", "", VH_SWITCH_ABSENT, FALSE },
  { "long-lacks-driver", "-global property=p,value=on", "", VH_SWITCH_ABSENT, FALSE },
  { "no-value", "-global X.p", "", VH_SWITCH_ABSENT, FALSE },
  { "no-property", "-global X.=on", "", VH_SWITCH_ABSENT, FALSE },
  { "no-driver", "-global .p=on", "", VH_SWITCH_ABSENT, FALSE },
  { "driver-too-long", "-global " NAME64 ".p=on", "", VH_SWITCH_ABSENT, FALSE },
  { "missing-argument", "-global", "", VH_SWITCH_ABSENT, FALSE },
  { "eats-an-option", "-global -global X.p=on", "", VH_SWITCH_ABSENT, FALSE },
  { "eats-once", "-global -no-acpi -global X.p=on", "X.p=on;", VH_SWITCH_ABSENT, FALSE },
  { "joined", "-global=X.p=on", "", VH_SWITCH_ABSENT, TRUE },
  { "joined-two-dashes", "--global=X.p=on", "", VH_SWITCH_ABSENT, TRUE },
  { "joined-eats-nothing", "-global=X.p=on -global Y.p=on", "Y.p=on;", VH_SWITCH_ABSENT, TRUE },
  { "no-acpi", "-no-acpi", "", VH_SWITCH_OFF, FALSE },
  { "no-acpi-two-dashes", "--no-acpi", "", VH_SWITCH_OFF, FALSE },
  { "machine", "-machine pc,acpi=off", "", VH_SWITCH_OFF, FALSE },
  { "machine-two-dashes", "--machine acpi=no", "", VH_SWITCH_OFF, FALSE },
  { "machine-short", "-M q35,acpi=false,usb=off", "", VH_SWITCH_OFF, FALSE },
  { "machine-on", "-M acpi=on", "", VH_SWITCH_ON, FALSE },
  { "machine-last-wins", "-no-acpi -machine acpi=on", "", VH_SWITCH_ON, FALSE },
  { "machine-last-wins-inside", "-machine acpi=on,acpi=off", "", VH_SWITCH_OFF, FALSE },
  { "machine-wrong-value", "-machine acpi=OFF", "", VH_SWITCH_ABSENT, FALSE },
  { "machine-other-key", "-machine x-acpi=off,acpi-x=off", "", VH_SWITCH_ABSENT, FALSE },
  { "machine-lone-key", "-machine noacpi", "", VH_SWITCH_ABSENT, FALSE },
  { "machine-in-a-value", "-machine foo=a,,acpi=off", "", VH_SWITCH_ABSENT, FALSE },
  { "machine-then-global", "-machine acpi=off -global X.p=on", "X.p=on;", VH_SWITCH_OFF, FALSE },
};

static void
test_args (gconstpointer data)
{
  const ArgsRow *row = data;
  g_auto (GStrv) words = g_strsplit (row->words, " ", -1);
  g_autoptr (VhQemuArgs) args = read_words (row->words);
  g_autofree char *globals = describe (args);
  g_assert_cmpstr (globals, ==, row->globals);
  g_assert_cmpint (args->acpi, ==, row->acpi);
  g_assert_cmpint (args->joined_global != 0, ==, row->joined);
  g_assert_cmpuint (args->n_args, ==, g_strv_length (words));
  g_assert_cmpuint (args->overrides->len, ==, 0);
}

typedef struct {
  const char *name, *inner, *globals;
} PlaceRow;

#define FLAG "<qemu:arg value='-global'/>"
#define VALUE "<qemu:arg value='X.p=on'/>"

static const PlaceRow place_rows[] = {
  { "other-prefix",
    "<q:commandline><q:arg value='-global'/><q:arg value='X.p=on'/></q:commandline>", "X.p=on;" },
  { "no-namespace", "<commandline><arg value='-global'/><arg value='X.p=on'/></commandline>", "" },
  { "args-without-namespace",
    "<qemu:commandline><arg value='-global'/><arg value='X.p=on'/></qemu:commandline>", "" },
  { "foreign-namespace",
    "<other:commandline><other:arg value='-global'/><other:arg value='X.p=on'/>"
    "</other:commandline>",
    "" },
  { "not-under-the-root", "<devices><qemu:commandline>" FLAG VALUE "</qemu:commandline></devices>",
    "" },
  { "not-under-the-commandline", FLAG VALUE, "" },
  { "deeper", "<qemu:commandline><x>" FLAG VALUE "</x></qemu:commandline>", "" },
  { "env-between",
    "<qemu:commandline>" FLAG "<qemu:env name='A' value='X.q=on'/>" VALUE "</qemu:commandline>",
    "X.p=on;" },
  { "comment-between",
    "<qemu:commandline>" FLAG "<!-- <qemu:arg value='-x'/> -->" VALUE "</qemu:commandline>",
    "X.p=on;" },
  { "two-commandlines",
    "<qemu:commandline>" FLAG "</qemu:commandline><qemu:commandline>" VALUE "</qemu:commandline>",
    "X.p=on;" },
  { "no-value-attribute", "<qemu:commandline>" FLAG "<qemu:arg/>" VALUE "</qemu:commandline>", "" },
  { "references",
    "<qemu:commandline>" FLAG "<qemu:arg value='X.p=&lt;&#x41;&amp;'/></qemu:commandline>",
    "X.p=<A&;" },
};

static void
test_place (gconstpointer data)
{
  const PlaceRow *row = data;
  g_autoptr (VhQemuArgs) args = read_domain (row->inner);
  g_autofree char *globals = describe (args);
  g_assert_cmpstr (globals, ==, row->globals);
}

static void
test_elements (void)
{
  g_autoptr (VhQemuArgs) args =
      read_domain ("<name>n</name><qemu:commandline><qemu:arg value='-S'/>" FLAG VALUE
                   "<qemu:arg value='-global=X.p=on'/><qemu:arg value='-global=X.p=off'/>"
                   "</qemu:commandline>");
  const VhGlobal *global = g_ptr_array_index (args->globals, 0);
  g_assert_cmpuint (global->flag_element, ==, 4);
  g_assert_cmpuint (global->value_element, ==, 5);
  g_assert_cmpuint (args->joined_global, ==, 6);
}

#define PROPERTY(name, value) "<qemu:property name='" name "' type='bool' value='" value "'/>"
#define DEVICE(alias, inner)                                                                       \
  "<qemu:device alias='" alias "'><qemu:frontend>" inner "</qemu:frontend></qemu:device>"

static void
test_overrides (void)
{
  g_autoptr (VhQemuArgs) args = read_domain (
      "<override><device alias='pci.9'><frontend><property name='hotplug' value='false'/>"
      "</frontend></device></override>"
      "<qemu:override>" DEVICE ("pci.1", PROPERTY ("hotplug", "true")) DEVICE (
          "ua-x", PROPERTY ("shpc", "false") PROPERTY ("hotplug", "false"))
          DEVICE ("pci.1", PROPERTY ("hotplug", "false")) DEVICE (
              "pci.2",
              "<qemu:property name='hotplug' type='remove'/>") "<qemu:device "
                                                               "alias='pci.3'"
                                                               ">" PROPERTY (
                                                                   "hotplug",
                                                                   "false") "</"
                                                                            "qemu:"
                                                                            "device>"
                                                                            "<qemu:"
                                                                            "device><"
                                                                            "qemu:"
                                                                            "frontend"
                                                                            ">" PROPERTY (
                                                                                "hotpl"
                                                                                "ug",
                                                                                "fals"
                                                                                "e") "</"
                                                                                     "qemu:"
                                                                                     "frontend></"
                                                                                     "qemu:device>"
                                                                                     "</"
                                                                                     "qemu:"
                                                                                     "override>");
  g_assert_cmpuint (args->overrides->len, ==, 5);
  g_assert_cmpstr (vh_qemu_args_find_override (args, "pci.1", "hotplug")->value, ==, "false");
  g_assert_cmpstr (vh_qemu_args_find_override (args, "ua-x", "shpc")->value, ==, "false");
  g_assert_null (vh_qemu_args_find_override (args, "pci.2", "hotplug")->value);
  g_assert_cmpuint (vh_qemu_args_find_override (args, "pci.1", "hotplug")->element, >, 0);
  g_assert_null (vh_qemu_args_find_override (args, "pci.3", "hotplug"));
  g_assert_null (vh_qemu_args_find_override (args, "pci.9", "hotplug"));
  g_assert_cmpuint (args->n_args, ==, 0);
}

static void
test_bool (void)
{
  static const char *const on[] = { "on", "yes", "true", "y" };
  static const char *const off[] = { "off", "no", "false", "n" };
  static const char *const neither[] = {
    "ON", "Off", "1", "0", "", " on", "on ", "auto", "default"
  };
  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    {
      VhSwitch value = VH_SWITCH_ABSENT;
      g_assert_true (vh_qemu_args_parse_bool (on[i], &value));
      g_assert_cmpint (value, ==, VH_SWITCH_ON);
      g_assert_true (vh_qemu_args_parse_bool (off[i], &value));
      g_assert_cmpint (value, ==, VH_SWITCH_OFF);
    }
  for (guint i = 0; i < G_N_ELEMENTS (neither); i++)
    {
      VhSwitch value = VH_SWITCH_ON;
      g_assert_false (vh_qemu_args_parse_bool (neither[i], &value));
      g_assert_false (vh_qemu_args_parse_bool (NULL, &value));
      g_assert_cmpint (value, ==, VH_SWITCH_ON);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (args_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/qemu-args/args/", args_rows[i].name, NULL);
      g_test_add_data_func (path, &args_rows[i], test_args);
    }
  for (guint i = 0; i < G_N_ELEMENTS (place_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/qemu-args/place/", place_rows[i].name, NULL);
      g_test_add_data_func (path, &place_rows[i], test_place);
    }
  g_test_add_func ("/qemu-args/elements", test_elements);
  g_test_add_func ("/qemu-args/overrides", test_overrides);
  g_test_add_func ("/qemu-args/bool", test_bool);
  return g_test_run ();
}
