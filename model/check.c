/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/check.h"

#include "model/check_parts.h"

void
vh_finding_free (VhFinding *finding)
{
  if (!finding)
    return;
  g_free (finding->text);
  g_free (finding);
}

void
vh_checks_take (VhChecks *checks, VhSeverity severity, VhRuleId rule, gint32 bus, char *text)
{
  VhFinding *finding = g_new0 (VhFinding, 1);
  *finding = (VhFinding){ severity, rule, bus, text, VH_NO_ELEMENT };
  g_ptr_array_add (checks->findings, finding);
}

void
vh_checks_place (VhChecks *checks, guint n_before, guint32 element)
{
  for (guint i = n_before; i < checks->findings->len; i++)
    ((VhFinding *) g_ptr_array_index (checks->findings, i))->element = element;
}

#define DEFINE_PUSH(name, SEVERITY)                                                                \
  void name (VhChecks *checks, VhRuleId rule, gint32 bus, const char *format, ...)                 \
  {                                                                                                \
    va_list arguments;                                                                             \
    va_start (arguments, format);                                                                  \
    vh_checks_take (checks, SEVERITY, rule, bus, g_strdup_vprintf (format, arguments));            \
    va_end (arguments);                                                                            \
  }

DEFINE_PUSH (vh_checks_error, VH_SEVERITY_ERROR)
DEFINE_PUSH (vh_checks_warning, VH_SEVERITY_WARNING)
DEFINE_PUSH (vh_checks_note, VH_SEVERITY_NOTE)

VhKnown
vh_check_libvirt_takes (const VhCaps *caps, VhFactId fact)
{
  VhVersion since = fact == VH_FACT_LIBVIRT_ROOT_TARGET ? VH_VERSION (7, 9, 0) : 0;
  VhKnown known = vh_caps_get (caps, fact)->value;
  if (known != VH_KNOWN_UNKNOWN || fact == VH_FACT_LIBVIRT_BRIDGE_FEATURE)
    return known;
  return caps->libvirt == 0 || caps->libvirt >= since ? VH_KNOWN_YES : VH_KNOWN_NO;
}

static gint
compare_findings (gconstpointer a, gconstpointer b)
{
  const VhFinding *left = *(const VhFinding *const *) a, *right = *(const VhFinding *const *) b;
  if (left->severity != right->severity)
    return left->severity < right->severity ? -1 : 1;
  if (left->bus != right->bus)
    return left->bus < right->bus ? -1 : 1;
  if (left->rule != right->rule)
    return left->rule < right->rule ? -1 : 1;
  return g_strcmp0 (left->text, right->text);
}

GPtrArray *
vh_check_new_findings (const VhTopology *topology, const VhInputs *inputs, const VhModes *modes,
                       const VhCaps *caps)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_finding_free);
  VhChecks checks = { topology, inputs, modes, caps, findings };
  vh_checks_look_at_topology (&checks);
  vh_checks_look_at_settings (&checks);
  vh_checks_look_at_guest (&checks);
  vh_checks_look_at_windows (&checks);
  g_ptr_array_sort (findings, compare_findings);
  return findings;
}

/* Rule and bus as one key. */
static gpointer
key_of (const VhFinding *finding)
{
  return GSIZE_TO_POINTER (((gsize) (guint32) (finding->bus + 1) << 8) | (gsize) finding->rule);
}

GPtrArray *
vh_check_new_introduced (const GPtrArray *before, const GPtrArray *after, VhSeverity severity)
{
  GPtrArray *introduced = g_ptr_array_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  G_STATIC_ASSERT (VH_N_RULES <= 256);
  for (guint i = 0; i < before->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (before, i);
      if (finding->severity <= severity)
        g_hash_table_add (known, key_of (finding));
    }
  for (guint i = 0; i < after->len; i++)
    {
      VhFinding *finding = g_ptr_array_index (after, i);
      if (finding->severity == severity && !g_hash_table_contains (known, key_of (finding)))
        g_ptr_array_add (introduced, finding);
    }
  return introduced;
}
