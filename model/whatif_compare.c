/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "model/i18n.h"
#include "model/whatif.h"

#define MOST_VARIANTS 6u
#define MOST_PROPOSED 3u

G_DEFINE_QUARK (vh_whatif_error, vh_whatif_error)

/* ---- one variant ---- */

/* As whatever is known of the real one allows. */
static gboolean
push_variant (GPtrArray *variants, const VhSession *session, const char *word, GError **error)
{
  const VhMachine *machine = session->after->topology->machine;
  VhVersion qemu = 0;
  const gboolean is_release = vh_version_parse (word, &qemu);
  g_autoptr (VhMachine) imagined =
      is_release ? vh_machine_dup (machine)
                 : vh_machine_new_canonical (machine->arch, machine->type, word);
  if (imagined->chipset != machine->chipset)
    {
      g_set_error (
          error, VH_WHATIF_ERROR, VH_WHATIF_ERROR_WORD,
          _ ("“%s” is no QEMU release and no machine type of this chipset, whose controllers these "
             "are."),
          word);
      return FALSE;
    }
  g_autoptr (VhCaps) caps = vh_whatif_new_caps (session->caps, imagined, qemu);
  /* One thing at a time: another machine type is looked at under the same QEMU. */
  if (!is_release && caps->qemu_origin == VH_ORIGIN_ASSUMED && caps->qemu < session->caps->qemu)
    vh_caps_set_qemu (caps, session->caps->qemu, VH_ORIGIN_ASSUMED);
  g_autoptr (VhReading) reading = vh_reading_new (session->after->document, caps, error);
  if (!reading)
    return FALSE;
  g_autofree char *version = vh_version_format (is_release ? qemu : imagined->version);
  g_autofree char *name = is_release ? g_strconcat ("QEMU ", word, NULL) : g_strdup (word);
  g_autofree char *brief = is_release ? g_strconcat ("Q", version, NULL) : g_strdup (version);
  vh_variants_push (variants, name, brief ? brief : word, reading);
  return TRUE;
}

VhComparison *
vh_whatif_compare (const VhSession *session, const char *words, GError **error)
{
  g_auto (GStrv) split = g_strsplit_set (words, " ,|\t", -1);
  g_autoptr (GPtrArray) variants = vh_variants_new ();
  vh_variants_push (variants, _ ("AS IT IS"), _ ("NOW"), session->after);
  for (guint i = 0; split[i]; i++)
    if (*split[i] && !push_variant (variants, session, split[i], error))
      return NULL;
  if (variants->len > 1 && variants->len <= MOST_VARIANTS)
    return vh_compare_new (g_steal_pointer (&variants));
  g_set_error (error, VH_WHATIF_ERROR, VH_WHATIF_ERROR_COUNT,
               _ ("Name one to %u machine types or QEMU releases, as in: pc-q35-6.0 10.0."),
               MOST_VARIANTS - 1);
  return NULL;
}

/* ---- what is worth comparing ---- */

#define N_DEFAULTS (VH_MACHINE_DEFAULT_SHPC + 1)

typedef struct {
  VhKnown values[N_DEFAULTS];
} Defaults;

static gboolean
has_shpc (const VhTopology *topology)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (vh_topology_get_bus (topology, i)->model == VH_BUS_PCI_BRIDGE)
      return TRUE;
  return FALSE;
}

static Defaults
defaults_of (const VhSession *session, const VhMachine *machine)
{
  Defaults defaults = { { VH_KNOWN_UNKNOWN } };
  for (guint i = 0; i < N_DEFAULTS; i++)
    if (i != VH_MACHINE_DEFAULT_SHPC || has_shpc (session->after->topology))
      defaults.values[i] =
          vh_machine_get_default (machine, session->caps->qemu, (VhMachineDefault) i, NULL);
  return defaults;
}

typedef struct {
  const VhSession *session;
  GArray *seen;     /* of Defaults */
  GArray *versions; /* of VhVersion: proposed */
} Proposal;

static char *
new_type (const VhMachine *machine, VhVersion version)
{
  g_autofree char *text = vh_version_format (version);
  return g_strconcat (machine->chipset == VH_CHIPSET_Q35 ? "pc-q35-" : "pc-i440fx-", text, NULL);
}

/* TRUE when the defaults were not there before. */
static gboolean
see (Proposal *proposal, const VhMachine *machine)
{
  const Defaults defaults = defaults_of (proposal->session, machine);
  for (guint i = 0; i < proposal->seen->len; i++)
    if (memcmp (&g_array_index (proposal->seen, Defaults, i), &defaults, sizeof defaults) == 0)
      return FALSE;
  g_array_append_val (proposal->seen, defaults);
  return TRUE;
}

static void
consider (Proposal *proposal, VhVersion version)
{
  const VhMachine *machine = proposal->session->after->topology->machine;
  g_autofree char *type = new_type (machine, version);
  g_autoptr (VhMachine) other = vh_machine_new (machine->arch, type);
  if (proposal->versions->len < MOST_PROPOSED && see (proposal, other))
    g_array_append_val (proposal->versions, version);
}

/* The releases before: 2.12, 3.0, 3.1, 4.0, 4.1, 4.2, 5.0, …; and 1.7, 2.0. */
static VhVersion
version_before (VhVersion version)
{
  const guint major = version / VH_VERSION (1, 0, 0);
  const guint minor = version / VH_VERSION (0, 1, 0) % 1000;
  if (minor > 0)
    return VH_VERSION (major, minor - 1, 0);
  return major == 2   ? VH_VERSION (1, 7, 0)
         : major == 3 ? VH_VERSION (2, 12, 0)
         : major == 4 ? VH_VERSION (3, 1, 0)
                      : VH_VERSION (major - 1, 2, 0);
}

static int
compare_versions (gconstpointer a, gconstpointer b)
{
  const VhVersion one = *(const VhVersion *) a, other = *(const VhVersion *) b;
  return one < other ? -1 : one > other;
}

/* Each version that changed a default, and the one before it; ascending. */
static GArray *
new_candidates (VhChipset chipset)
{
  GArray *candidates = vh_machine_new_changes (chipset);
  const guint n = candidates->len;
  for (guint i = 0; i < n; i++)
    {
      const VhVersion before = version_before (g_array_index (candidates, VhVersion, i));
      g_array_append_val (candidates, before);
    }
  g_array_sort (candidates, compare_versions);
  return candidates;
}

char *
vh_whatif_propose (const VhSession *session)
{
  const VhMachine *machine = session->after->topology->machine;
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (Defaults));
  g_autoptr (GArray) versions = g_array_new (FALSE, FALSE, sizeof (VhVersion));
  g_autoptr (GArray) candidates = new_candidates (machine->chipset);
  Proposal proposal = { session, seen, versions };
  see (&proposal, machine);
  /* Newer ones first: whoever upgrades goes there. */
  for (guint i = 0; machine->version && i < candidates->len; i++)
    if (g_array_index (candidates, VhVersion, i) > machine->version)
      consider (&proposal, g_array_index (candidates, VhVersion, i));
  for (guint i = candidates->len; i-- > 0;)
    if (!machine->version || g_array_index (candidates, VhVersion, i) < machine->version)
      consider (&proposal, g_array_index (candidates, VhVersion, i));
  g_array_sort (versions, compare_versions);
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < versions->len; i++)
    {
      g_autofree char *type = new_type (machine, g_array_index (versions, VhVersion, i));
      g_string_append_printf (words, "%s%s", i ? " " : "", type);
    }
  return g_string_free (words, FALSE);
}
