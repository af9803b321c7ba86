/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/machine.h"

#include <string.h>

#define FIRST_COVERED_QEMU VH_VERSION (5, 2, 0)
#define MAX_VERSION_PART 999

static const char *const chipset_words[] = {
#define VH_CHIPSET_ROW(NAME, word) [VH_CHIPSET_##NAME] = (word),
#include "model/machine.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (chipset_words) == VH_CHIPSET_OTHER + 1);

static const struct {
  const char *name;
  VhChipset chipset;
  const char *arches; /* separated by blanks */
  const char *flavour;
} families[] = {
#define VH_FAMILY_ROW(name, CHIPSET, arches, flavour)                                              \
  { (name), VH_CHIPSET_##CHIPSET, (arches), (flavour) },
#include "model/machine.def"
};

static const struct {
  const char *type, *arches;
} preferred[] = {
#define VH_PREFERRED_ROW(type, arches) { (type), (arches) },
#include "model/machine.def"
};

static const struct {
  const char *prefix, *flavour;
} flavours[] = {
#define VH_FLAVOUR_ROW(prefix, flavour) { (prefix), (flavour) },
#include "model/machine.def"
};

static const struct {
  const char *codename;
  VhVersion version;
} ubuntu_releases[] = {
#define VH_UBUNTU_ROW(codename, major, minor) { (codename), VH_VERSION (major, minor, 0) },
#include "model/machine.def"
};

typedef struct {
  VhMachineDefault what;
  VhChipset chipset;
  VhVersion from, until;
  VhKnown value;
  const char *evidence;
} DefaultRow;

#define DEFAULT_ROW(WHAT, CHIPSET, from, until, VALUE, evidence)                                   \
  {                                                                                                \
    VH_MACHINE_DEFAULT_##WHAT, VH_CHIPSET_##CHIPSET, (from), (until), VH_KNOWN_##VALUE, (evidence) \
  },

static const DefaultRow defaults[] = {
#define VH_DEFAULT_ROW DEFAULT_ROW
#include "model/machine.def"
};
static const DefaultRow qemu_defaults[] = {
#define VH_QEMU_DEFAULT_ROW DEFAULT_ROW
#include "model/machine.def"
};

/* One number of a version; NULL when there is none. */
static const char *
read_part (const char *text, guint *part)
{
  guint value = 0;
  if (!g_ascii_isdigit (*text))
    return NULL;
  for (; g_ascii_isdigit (*text); text++)
    {
      value = value * 10 + (guint) (*text - '0');
      if (value > MAX_VERSION_PART)
        return NULL;
    }
  *part = value;
  return text;
}

/* "7.2" or "4.0.1" at the start of `text`; the place behind it, or NULL. */
static const char *
read_version (const char *text, VhVersion *version)
{
  guint parts[3] = { 0, 0, 0 };
  const char *rest = read_part (text, &parts[0]);
  if (!rest || *rest != '.' || !(rest = read_part (rest + 1, &parts[1])))
    return NULL;
  if (*rest == '.' && !(rest = read_part (rest + 1, &parts[2])))
    return NULL;
  *version = VH_VERSION (parts[0], parts[1], parts[2]);
  return rest;
}

/* Does `text` begin with `word`, up to its end or a character that ends a
 * word of a machine type? */
static gboolean
begins_with_word (const char *text, const char *word)
{
  gsize length = strlen (word);
  return strncmp (text, word, length) == 0 && strchr ("-+.", text[length]) != NULL;
}

static gboolean
arch_fits (const char *arches, const char *arch)
{
  if (*arch == '\0' || *arches == '\0')
    return TRUE;
  g_auto (GStrv) words = g_strsplit (arches, " ", -1);
  return g_strv_contains ((const char *const *) words, arch);
}

static void
read_flavour (VhMachine *machine, const char *rest)
{
  for (guint i = 0; i < G_N_ELEMENTS (ubuntu_releases); i++)
    if (begins_with_word (rest, ubuntu_releases[i].codename))
      {
        machine->flavour = "ubuntu";
        machine->version = ubuntu_releases[i].version;
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (flavours); i++)
    if (g_str_has_prefix (rest, flavours[i].prefix))
      {
        machine->flavour = flavours[i].flavour;
        return;
      }
  machine->flavour = "other";
}

/* `rest` follows the family: "", "-7.2", "-rhel9.4.0", "-jammy-hpb", … */
static void
read_rest (VhMachine *machine, const char *rest)
{
  if (*rest == '\0')
    return;
  const char *behind = read_version (rest + 1, &machine->version);
  if (!behind)
    read_flavour (machine, rest + 1);
  else if (*behind != '\0')
    read_flavour (machine, behind + 1);
}

/* RHEL 6 and older: "rhel6.6.0". */
static gboolean
is_old_rhel (const VhMachine *machine, const char *type)
{
  return g_str_has_prefix (type, "rhel") && arch_fits ("x86_64 i686", machine->arch);
}

static void
read_type (VhMachine *machine, const char *type)
{
  machine->chipset = VH_CHIPSET_OTHER;
  if (is_old_rhel (machine, type))
    {
      machine->chipset = VH_CHIPSET_I440FX;
      machine->flavour = "rhel";
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      const char *name = families[i].name;
      if (!begins_with_word (type, name) || !arch_fits (families[i].arches, machine->arch))
        continue;
      machine->chipset = families[i].chipset;
      machine->flavour = families[i].flavour;
      read_rest (machine, type + strlen (name));
      return;
    }
}

VhMachine *
vh_machine_new (const char *arch, const char *type)
{
  return vh_machine_new_canonical (arch, type, NULL);
}

VhMachine *
vh_machine_new_canonical (const char *arch, const char *type, const char *canonical)
{
  VhMachine *machine = g_new0 (VhMachine, 1);
  machine->arch = g_strdup (arch ? arch : "");
  machine->type = g_strdup (type ? type : "");
  machine->canonical = g_strdup (canonical ? canonical : machine->type);
  read_type (machine, machine->canonical);
  return machine;
}

const char *
vh_machine_get_preferred (const char *arch)
{
  for (guint i = 0; arch && *arch != '\0' && i < G_N_ELEMENTS (preferred); i++)
    if (arch_fits (preferred[i].arches, arch))
      return preferred[i].type;
  return NULL;
}

VhMachine *
vh_machine_dup (const VhMachine *machine)
{
  VhMachine *copy = g_new (VhMachine, 1);
  *copy = *machine;
  copy->type = g_strdup (machine->type);
  copy->canonical = g_strdup (machine->canonical);
  copy->arch = g_strdup (machine->arch);
  return copy;
}

void
vh_machine_free (VhMachine *machine)
{
  if (!machine)
    return;
  g_free (machine->type);
  g_free (machine->canonical);
  g_free (machine->arch);
  g_free (machine);
}

const char *
vh_chipset_to_string (VhChipset chipset)
{
  g_assert (chipset < G_N_ELEMENTS (chipset_words));
  return chipset_words[chipset];
}

gboolean
vh_machine_is_pc (const VhMachine *machine)
{
  return machine->chipset == VH_CHIPSET_I440FX || machine->chipset == VH_CHIPSET_Q35;
}

gboolean
vh_machine_is_arm_virt (const VhMachine *machine)
{
  return machine->chipset == VH_CHIPSET_VIRT && g_str_equal (machine->arch, "aarch64");
}

VhVersion
vh_machine_get_assumed_qemu (const VhMachine *machine)
{
  return machine->version == 0 ? 0 : MAX (machine->version, FIRST_COVERED_QEMU);
}

/* Ubuntu's types are upstream's under another name. */
static gboolean
has_upstream_defaults (const VhMachine *machine)
{
  return !machine->flavour || g_str_equal (machine->flavour, "ubuntu");
}

static const DefaultRow *
find_default (const DefaultRow *rows, guint n_rows, VhMachineDefault what, VhChipset chipset,
              VhVersion version)
{
  for (const DefaultRow *row = rows; row < rows + n_rows; row++)
    if (row->what == what && row->chipset == chipset && version >= row->from &&
        (row->until == 0 || version < row->until))
      return row;
  return NULL;
}

VhKnown
vh_machine_get_default (const VhMachine *machine, VhVersion qemu, VhMachineDefault what,
                        const char **evidence)
{
  const DefaultRow *row = NULL;
  /* No version of virt changed anything. */
  gboolean has_version = machine->version != 0 || vh_machine_is_arm_virt (machine);
  if (has_version && has_upstream_defaults (machine))
    {
      row =
          find_default (qemu_defaults, G_N_ELEMENTS (qemu_defaults), what, machine->chipset, qemu);
      if (!row)
        row = find_default (defaults, G_N_ELEMENTS (defaults), what, machine->chipset,
                            machine->version);
    }
  if (evidence)
    *evidence = row ? row->evidence : NULL;
  return row ? row->value : VH_KNOWN_UNKNOWN;
}

static void
push_version (GArray *versions, VhVersion version)
{
  for (guint i = 0; i < versions->len; i++)
    if (g_array_index (versions, VhVersion, i) == version)
      return;
  if (version != 0)
    g_array_append_val (versions, version);
}

GArray *
vh_machine_new_changes (VhChipset chipset)
{
  GArray *versions = g_array_new (FALSE, FALSE, sizeof (VhVersion));
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (defaults[i].chipset == chipset)
      {
        push_version (versions, defaults[i].from);
        push_version (versions, defaults[i].until);
      }
  return versions;
}

char *
vh_version_format (VhVersion version)
{
  guint major = version / 1000000, minor = version / 1000 % 1000, micro = version % 1000;
  if (version == 0)
    return NULL;
  if (micro == 0)
    return g_strdup_printf ("%u.%u", major, minor);
  return g_strdup_printf ("%u.%u.%u", major, minor, micro);
}

gboolean
vh_version_parse (const char *text, VhVersion *version)
{
  VhVersion parsed = 0;
  const char *rest = text ? read_version (text, &parsed) : NULL;
  if (!rest || *rest != '\0' || parsed == 0)
    return FALSE;
  *version = parsed;
  return TRUE;
}
