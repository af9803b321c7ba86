/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/machine.h"

typedef struct {
  const char *arch, *type, *chipset;
  VhVersion version;
  const char *flavour;
} TypeRow;

static const TypeRow types[] = {
  { "x86_64", "pc-q35-7.2", "q35", VH_VERSION (7, 2, 0), NULL },
  { "x86_64", "pc-q35-4.0.1", "q35", VH_VERSION (4, 0, 1), NULL },
  { "x86_64", "pc-q35-10.0", "q35", VH_VERSION (10, 0, 0), NULL },
  { "x86_64", "q35", "q35", 0, NULL },
  { "x86_64", "pc-i440fx-2.11", "i440fx", VH_VERSION (2, 11, 0), NULL },
  { "x86_64", "pc-i440fx-1.7", "i440fx", VH_VERSION (1, 7, 0), NULL },
  { "i686", "pc-0.12", "i440fx", VH_VERSION (0, 12, 0), NULL },
  { "x86_64", "pc-1.3", "i440fx", VH_VERSION (1, 3, 0), NULL },
  { "x86_64", "pc", "i440fx", 0, NULL },
  { "", "pc", "i440fx", 0, NULL },
  { NULL, "pc-q35-6.0", "q35", VH_VERSION (6, 0, 0), NULL },
  { "x86_64", "pc-q35-rhel9.4.0", "q35", 0, "rhel" },
  { "x86_64", "pc-i440fx-rhel7.6.0", "i440fx", 0, "rhel" },
  { "x86_64", "rhel6.6.0", "i440fx", 0, "rhel" },
  { "x86_64", "pc-q35-centos9.0", "q35", 0, "rhel" },
  { "ppc64", "pseries-rhel8.6.0", "pseries", 0, "rhel" },
  { "ppc64le", "pseries-2.12-sxxm", "pseries", VH_VERSION (2, 12, 0), "other" },
  { "x86_64", "pc-i440fx-trusty", "i440fx", VH_VERSION (2, 0, 0), "ubuntu" },
  { "x86_64", "pc-i440fx-bionic-hpb", "i440fx", VH_VERSION (2, 11, 0), "ubuntu" },
  { "x86_64", "pc-q35-focal", "q35", VH_VERSION (4, 2, 0), "ubuntu" },
  { "x86_64", "pc-q35-impish", "q35", VH_VERSION (6, 0, 0), "ubuntu" },
  { "x86_64", "pc-q35-jammy", "q35", VH_VERSION (6, 2, 0), "ubuntu" },
  { "x86_64", "pc-q35-jammy-hpb-maxcpus", "q35", VH_VERSION (6, 2, 0), "ubuntu" },
  { "x86_64", "pc-q35-noble-v2", "q35", VH_VERSION (8, 2, 0), "ubuntu" },
  { "x86_64", "ubuntu", "i440fx", 0, "ubuntu" },
  { "x86_64", "ubuntu-q35", "q35", 0, "ubuntu" },
  { "s390x", "s390-ccw-virtio-jammy", "s390-ccw", VH_VERSION (6, 2, 0), "ubuntu" },
  { "x86_64", "pc-1.0-precise", "i440fx", VH_VERSION (1, 0, 0), "ubuntu" },
  { "x86_64", "pc-1.0-qemu-kvm", "i440fx", VH_VERSION (1, 0, 0), "ubuntu" },
  { "x86_64", "pc-i440fx-1.5-saucy", "i440fx", VH_VERSION (1, 5, 0), "ubuntu" },
  { "x86_64", "pc-q35-9.0+pve1", "q35", VH_VERSION (9, 0, 0), "other" },
  { "x86_64", "pc-q35-nosuchname", "q35", 0, "other" },
  { "x86_64", "pc-q35-jammyjelly", "q35", 0, "other" },
  { "x86_64", "pc-q35-", "q35", 0, "other" },
  { "x86_64", "pc-q35-7", "q35", 0, "other" },
  { "x86_64", "pc-q35-7.", "q35", 0, "other" },
  { "x86_64", "pc-q35-99999999999.1", "q35", 0, "other" },
  { "aarch64", "virt", "virt", 0, NULL },
  { "aarch64", "virt-10.0", "virt", VH_VERSION (10, 0, 0), NULL },
  { "riscv64", "virt", "virt", 0, NULL },
  { "m68k", "virt-6.0", "other", 0, NULL },
  { "aarch64", "virt-rhel8.6.0", "virt", 0, "rhel" },
  { "ppc64", "pseries-6.2", "pseries", VH_VERSION (6, 2, 0), NULL },
  { "s390x", "s390-ccw-virtio-8.1", "s390-ccw", VH_VERSION (8, 1, 0), NULL },
  { "s390x", "s390-ccw-virtio-rhel9.2.0", "s390-ccw", 0, "rhel" },
  { "x86_64", "microvm", "microvm", 0, NULL },
  { "x86_64", "isapc", "other", 0, NULL },
  { "x86_64", "xenfv", "other", 0, NULL },
  { "x86_64", "xenfv-4.2", "other", 0, NULL },
  { "x86_64", "xenpv", "other", 0, NULL },
  { "aarch64", "pc-q35-7.2", "other", 0, NULL },
  { "aarch64", "raspi3b", "other", 0, NULL },
  { "x86_64", "pcx", "other", 0, NULL },
  { "x86_64", "virtual", "other", 0, NULL },
  { "x86_64", "", "other", 0, NULL },
  { "x86_64", NULL, "other", 0, NULL },
};

static void
test_type (gconstpointer data)
{
  const TypeRow *row = data;
  g_autoptr (VhMachine) machine = vh_machine_new (row->arch, row->type);
  g_assert_cmpstr (machine->type, ==, row->type ? row->type : "");
  g_assert_cmpstr (machine->canonical, ==, machine->type);
  g_assert_cmpstr (machine->arch, ==, row->arch ? row->arch : "");
  g_assert_cmpstr (vh_chipset_to_string (machine->chipset), ==, row->chipset);
  g_assert_cmpuint (machine->version, ==, row->version);
  g_assert_cmpstr (machine->flavour, ==, row->flavour);
}

static void
test_alias (void)
{
  g_autoptr (VhMachine) machine = vh_machine_new_canonical ("x86_64", "q35", "pc-q35-7.2");
  g_autoptr (VhMachine) copy = vh_machine_dup (machine);
  g_assert_cmpstr (copy->type, ==, "q35");
  g_assert_cmpstr (copy->canonical, ==, "pc-q35-7.2");
  g_assert_cmpstr (copy->arch, ==, "x86_64");
  g_assert_cmpuint (copy->version, ==, VH_VERSION (7, 2, 0));
  g_assert_true (vh_machine_is_pc (copy));
}

typedef struct {
  const char *type;
  VhMachineDefault what;
  VhKnown value;
} DefaultRow;

#define ROOT VH_MACHINE_DEFAULT_ROOT
#define BRIDGE VH_MACHINE_DEFAULT_BRIDGE
#define KEEP_HPC VH_MACHINE_DEFAULT_KEEP_HPC
#define PORT_NATIVE VH_MACHINE_DEFAULT_PORT_NATIVE
#define SHPC VH_MACHINE_DEFAULT_SHPC

static const DefaultRow defaults[] = {
  { "pc-i440fx-1.6", ROOT, VH_KNOWN_YES },
  { "pc-i440fx-7.2", ROOT, VH_KNOWN_YES },
  { "pc-0.12", BRIDGE, VH_KNOWN_NO },
  { "pc-i440fx-1.7", BRIDGE, VH_KNOWN_NO },
  { "pc-i440fx-2.0", BRIDGE, VH_KNOWN_YES },
  { "pc-i440fx-trusty", BRIDGE, VH_KNOWN_YES },
  { "pc-i440fx-11.1", BRIDGE, VH_KNOWN_YES },
  { "pc-q35-2.4", BRIDGE, VH_KNOWN_NO },
  { "pc-q35-6.0", BRIDGE, VH_KNOWN_NO },
  { "pc-q35-impish", BRIDGE, VH_KNOWN_NO },
  { "pc-q35-6.1", BRIDGE, VH_KNOWN_YES },
  { "pc-q35-jammy", BRIDGE, VH_KNOWN_YES },
  { "pc-q35-10.0", BRIDGE, VH_KNOWN_YES },
  { "pc-q35-6.0", KEEP_HPC, VH_KNOWN_YES },
  { "pc-q35-6.1", KEEP_HPC, VH_KNOWN_NO },
  { "pc-q35-6.2", KEEP_HPC, VH_KNOWN_YES },
  { "pc-q35-6.0", PORT_NATIVE, VH_KNOWN_YES },
  { "pc-q35-6.1", PORT_NATIVE, VH_KNOWN_NO },
  { "pc-q35-6.2", PORT_NATIVE, VH_KNOWN_YES },
  { "pc-i440fx-2.8", SHPC, VH_KNOWN_YES },
  { "pc-i440fx-2.9", SHPC, VH_KNOWN_NO },
  { "pc-q35-2.9", SHPC, VH_KNOWN_NO },
  { "pc-i440fx-2.10", SHPC, VH_KNOWN_YES },
  { "pc-q35-7.2", SHPC, VH_KNOWN_YES },
  { "pc-q35-7.2", ROOT, VH_KNOWN_UNKNOWN },
  { "pc-i440fx-7.2", KEEP_HPC, VH_KNOWN_UNKNOWN },
  { "pc-i440fx-7.2", PORT_NATIVE, VH_KNOWN_UNKNOWN },
  { "pc", BRIDGE, VH_KNOWN_UNKNOWN },
  { "pc", ROOT, VH_KNOWN_UNKNOWN },
  { "q35", BRIDGE, VH_KNOWN_UNKNOWN },
  { "pc-q35-rhel9.4.0", BRIDGE, VH_KNOWN_UNKNOWN },
  { "pc-i440fx-rhel7.6.0", ROOT, VH_KNOWN_UNKNOWN },
  { "pc-q35-9.0+pve1", BRIDGE, VH_KNOWN_UNKNOWN },
  { "microvm", BRIDGE, VH_KNOWN_UNKNOWN },
};

static void
test_default (gconstpointer data)
{
  const DefaultRow *row = data;
  const char *evidence = "before";
  g_autoptr (VhMachine) machine = vh_machine_new ("x86_64", row->type);
  g_assert_cmpint (vh_machine_get_default (machine, 0, row->what, &evidence), ==, row->value);
  g_assert_true ((evidence != NULL) == (row->value != VH_KNOWN_UNKNOWN));
  g_assert_cmpint (vh_machine_get_default (machine, 0, row->what, NULL), ==, row->value);
}

static void
test_other_chipsets_have_no_defaults (void)
{
  g_autoptr (VhMachine) virt = vh_machine_new ("aarch64", "virt-10.0");
  g_autoptr (VhMachine) riscv = vh_machine_new ("riscv64", "virt");
  for (guint what = ROOT; what <= SHPC; what++)
    {
      VhKnown expected = what == BRIDGE ? VH_KNOWN_NO : VH_KNOWN_UNKNOWN;
      g_assert_cmpint (vh_machine_get_default (virt, 0, what, NULL), ==, expected);
      g_assert_cmpint (vh_machine_get_default (riscv, 0, what, NULL), ==, VH_KNOWN_UNKNOWN);
    }
  g_assert_false (vh_machine_is_pc (virt));
  g_assert_true (vh_machine_is_arm_virt (virt));
  g_assert_false (vh_machine_is_arm_virt (riscv));
}

static void
test_qemu_6_1_never_keeps_hpc (void)
{
  static const struct {
    const char *type;
    VhVersion qemu;
    VhKnown keep_hpc;
  } rows[] = {
    { "pc-q35-6.0", VH_VERSION (6, 1, 0), VH_KNOWN_NO },
    { "pc-q35-6.0", VH_VERSION (6, 1, 1), VH_KNOWN_NO },
    { "pc-q35-6.0", VH_VERSION (6, 0, 0), VH_KNOWN_YES },
    { "pc-q35-6.0", VH_VERSION (6, 2, 0), VH_KNOWN_YES },
    { "pc-q35-6.1", VH_VERSION (7, 2, 22), VH_KNOWN_NO },
    { "q35", VH_VERSION (6, 1, 0), VH_KNOWN_UNKNOWN },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VhMachine) machine = vh_machine_new ("x86_64", rows[i].type);
      g_assert_cmpint (vh_machine_get_default (machine, rows[i].qemu, KEEP_HPC, NULL), ==,
                       rows[i].keep_hpc);
    }
}

static void
test_assumed_qemu (void)
{
  static const struct {
    const char *type;
    VhVersion qemu;
  } rows[] = {
    { "pc-q35-7.2", VH_VERSION (7, 2, 0) },
    { "pc-i440fx-2.11", VH_VERSION (5, 2, 0) },
    { "pc-q35-5.2", VH_VERSION (5, 2, 0) },
    { "pc-q35-noble", VH_VERSION (8, 2, 0) },
    { "pc-0.12", VH_VERSION (5, 2, 0) },
    { "pc", 0 },
    { "pc-q35-rhel9.4.0", 0 },
    { "", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VhMachine) machine = vh_machine_new ("x86_64", rows[i].type);
      g_assert_cmpuint (vh_machine_get_assumed_qemu (machine), ==, rows[i].qemu);
    }
}

static void
assert_version (const char *text, VhVersion expected, const char *formatted)
{
  VhVersion version = 0;
  g_assert_true (vh_version_parse (text, &version));
  g_assert_cmpuint (version, ==, expected);
  g_autofree char *back = vh_version_format (version);
  g_assert_cmpstr (back, ==, formatted);
}

static void
test_version (void)
{
  static const char *const wrong[] = { "",     "7",    ".2",   "7.",   "7.2.",        "7.2.22.1",
                                       "7.2a", " 7.2", "-7.2", "a",    "1000.0",      "0.0",
                                       "7,2",  "7.2 ", "7..2", "+7.2", "4294967303.2" };
  VhVersion version = 17;
  assert_version ("7.2", VH_VERSION (7, 2, 0), "7.2");
  assert_version ("7.2.22", 7002022, "7.2.22");
  assert_version ("7.2.0", 7002000, "7.2");
  assert_version ("10.0", 10000000, "10.0");
  assert_version ("0.12", 12000, "0.12");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (vh_version_parse (wrong[i], &version));
  g_assert_false (vh_version_parse (NULL, &version));
  g_assert_cmpuint (version, ==, 17);
  g_assert_null (vh_version_format (0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf (
          "/machine/type/%s/%s", types[i].arch && *types[i].arch ? types[i].arch : "any",
          types[i].type && *types[i].type ? types[i].type
          : types[i].type                 ? "empty"
                                          : "none");
      g_test_add_data_func (path, &types[i], test_type);
    }
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/machine/default/%s/%d", defaults[i].type, (int) defaults[i].what);
      g_test_add_data_func (path, &defaults[i], test_default);
    }
  g_test_add_func ("/machine/alias", test_alias);
  g_test_add_func ("/machine/default/other-chipsets", test_other_chipsets_have_no_defaults);
  g_test_add_func ("/machine/default/qemu-6.1", test_qemu_6_1_never_keeps_hpc);
  g_test_add_func ("/machine/assumed-qemu", test_assumed_qemu);
  g_test_add_func ("/machine/version", test_version);
  return g_test_run ();
}
