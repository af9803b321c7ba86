/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/frame_live.h"
#include "render/rows_parts.h"
#include "render/words.h"

static const VhVariant *
variant_at (const VhComparison *comparison, guint position)
{
  return g_ptr_array_index (comparison->variants, position);
}

/* Once for all variants where nothing differs. */
static guint
count_told (const VhComparison *comparison, const VhCompareRow *row)
{
  return row->differs ? comparison->variants->len : 1;
}

static char *
new_prefix (const VhComparison *comparison, const VhCompareRow *row, guint variant)
{
  return row->differs ? g_strdup_printf ("%s: ", variant_at (comparison, variant)->name)
                      : g_strdup ("");
}

static void
push_bus (VhStyled *out, const VhComparison *comparison, const VhCompareRow *row)
{
  for (guint i = 0; i < count_told (comparison, row); i++)
    {
      g_autofree char *prefix = new_prefix (comparison, row, i);
      if (row->positions[i] < 0)
        {
          vh_styled_push_format (out, VH_ROLE_CHANGED, _ ("%sit is not there."), prefix);
          continue;
        }
      const VhMode *mode =
          vh_modes_get (variant_at (comparison, i)->reading->modes, (guint) row->positions[i]);
      vh_rows_push_mode (out, mode, prefix, vh_words_role_of_mechanism (mode->used));
      vh_rows_push_chain (out, mode, row->bus);
    }
}

static void
push_device (VhStyled *out, const VhComparison *comparison, const VhCompareRow *row)
{
  for (guint i = 0; i < count_told (comparison, row); i++)
    {
      g_autofree char *prefix = new_prefix (comparison, row, i);
      if (row->positions[i] < 0)
        vh_styled_push_format (out, VH_ROLE_CHANGED, _ ("%sit is not there."), prefix);
      else
        vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("%1$sa detach while the guest runs: %2$s."),
                               prefix, row->cells[i]);
    }
}

static const VhInput *
input_of (const VhReading *reading, VhCompareKind kind)
{
  switch (kind)
    {
    case VH_COMPARE_ROOT:
      return &reading->inputs->root;
    case VH_COMPARE_BRIDGE:
      return &reading->inputs->bridge;
    case VH_COMPARE_ACPI:
      return &reading->inputs->acpi;
    case VH_COMPARE_MACHINE:
    case VH_COMPARE_QEMU:
    case VH_COMPARE_BUS:
    case VH_COMPARE_DEVICE:
    default:
      return NULL;
    }
}

static void
push_machine (VhStyled *out, const VhComparison *comparison, const VhCompareRow *row)
{
  for (guint i = 0; i < comparison->variants->len; i++)
    {
      const VhVariant *variant = variant_at (comparison, i);
      const VhInput *input = input_of (variant->reading, row->kind);
      const gboolean why = input != NULL && *input->detail != '\0';
      vh_styled_push_format (out, VH_ROLE_PLAIN, "%s: %s%s%s%s%s.", variant->name, row->cells[i],
                             why ? ", " : "", why ? input->detail : "", why ? " " : "",
                             why ? vh_words_of_origin (input->origin) : "");
    }
}

/* What QEMU said of this bus, or of the chipset. */
static void
push_answers (VhStyled *out, const VhLive *live, gint32 bus)
{
  const VhTopology *topology = live->session->after->topology;
  for (guint i = 0; live->answers != NULL && i < live->answers->values->len; i++)
    {
      const VhAnswer *answer = &g_array_index (live->answers->values, VhAnswer, i);
      if (answer->bus != bus || answer->value == VH_KNOWN_UNKNOWN)
        continue;
      g_autofree char *what = vh_answers_describe (topology, answer);
      vh_styled_push_format (out, VH_ROLE_PLAIN, _ ("QEMU says: %1$s is %2$s."), what,
                             answer->value == VH_KNOWN_YES ? "on" : "off");
    }
  for (guint i = 0; i < live->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (live->findings, i);
      if (finding->bus == bus)
        vh_styled_push_format (out, vh_words_role_of_severity (finding->severity), "%s: %s",
                               vh_words_of_severity (finding->severity), finding->text);
    }
}

GPtrArray *
vh_rows_new_compared (const VhComparison *comparison, const VhCompareRow *row, const VhLive *live,
                      const VhSession *next, guint width)
{
  VhStyled out = vh_styled_new (width);
  if (live != NULL && row->kind != VH_COMPARE_DEVICE && row->kind != VH_COMPARE_MACHINE)
    push_answers (&out, live, row->bus);
  if (row->kind == VH_COMPARE_BUS)
    push_bus (&out, comparison, row);
  else if (row->kind == VH_COMPARE_DEVICE)
    push_device (&out, comparison, row);
  else
    push_machine (&out, comparison, row);
  if (row->kind == VH_COMPARE_MACHINE && live != NULL)
    g_ptr_array_extend_and_steal (out.lines, vh_frame_new_live_tail (live, next, width));
  return out.lines;
}
