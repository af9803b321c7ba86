/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/pages.h"

#include "model/i18n.h"
#include "render/text.h"
#include "render/words.h"

#include <string.h>

/* Of the keys in the help. */
#define KEYS_WIDTH 16u
/* Further in than the XML of most domains. */
#define DIFF_HANG 12u

static void
push_changes (VhStyled *out, const GPtrArray *changes)
{
  vh_styled_push_heading (out, _ ("Changes"));
  for (guint i = 0; i < changes->len; i++)
    vh_styled_push (out, VH_ROLE_CHANGED, 2,
                    ((const VhChange *) g_ptr_array_index (changes, i))->text);
  if (changes->len == 0)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, _ ("No hotplug mechanism changes."));
}

static void
push_severe (VhStyled *out, VhSeverity severity, const char *text)
{
  vh_styled_push_format (out, vh_words_role_of_severity (severity), "%s: %s",
                         vh_words_of_severity (severity), text);
}

static void
push_introduced (VhStyled *out, const GPtrArray *introduced)
{
  if (introduced->len == 0)
    return;
  vh_styled_push_heading (out, _ ("Errors that these changes bring"));
  for (guint i = 0; i < introduced->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (introduced, i);
      push_severe (out, finding->severity, finding->text);
    }
}

static void
push_consequences (VhStyled *out, const GPtrArray *consequences)
{
  if (consequences->len == 0)
    return;
  vh_styled_push_heading (out, _ ("Consequences"));
  for (guint i = 0; i < consequences->len; i++)
    {
      const VhConsequence *consequence = g_ptr_array_index (consequences, i);
      push_severe (out, consequence->severity, consequence->text);
    }
}

static void
push_arguments (VhStyled *out, const GPtrArray *arguments, const char *sign, VhRole role)
{
  for (guint i = 0; i < arguments->len; i++)
    vh_styled_push_format (out, role, "%s %s", sign,
                           (const char *) g_ptr_array_index (arguments, i));
}

static VhRole
role_of_diff (char kind)
{
  switch (kind)
    {
    case '+':
      return VH_ROLE_ADDED;
    case '-':
      return VH_ROLE_REMOVED;
    case '@':
      return VH_ROLE_HEADING;
    default:
      return VH_ROLE_PLAIN;
    }
}

static void
push_diff (VhStyled *out, const GPtrArray *diff)
{
  vh_styled_push_heading (out, _ ("XML"));
  for (guint i = 0; i < diff->len; i++)
    {
      const VhDiffLine *line = g_ptr_array_index (diff, i);
      g_autofree char *text = line->kind == '@' ? g_strdup (line->text)
                                                : g_strdup_printf ("%c%s", line->kind, line->text);
      vh_styled_push (out, role_of_diff (line->kind), DIFF_HANG, text);
    }
}

static void
push_fates (VhStyled *out, const GPtrArray *fates)
{
  if (fates->len > 0)
    vh_styled_push_heading (out, _ ("Devices that are unplugged in another way, or no more"));
  for (guint i = 0; i < fates->len; i++)
    vh_styled_push (out, VH_ROLE_CHANGED, 2, g_ptr_array_index (fates, i));
}

/* Where a command may be broken: the blank after as many words as there is
 * room for; the end when all of it fits. A blank in quotes is none. */
static gsize
find_break (const char *line, guint room)
{
  gsize last = 0;
  gboolean quoted = FALSE;
  for (gsize at = 0; line[at]; at++)
    {
      if (line[at] == '\'' && (quoted || at == 0 || line[at - 1] != '\\'))
        quoted = !quoted;
      if (line[at] != ' ' || quoted)
        continue;
      g_autofree char *start = g_strndup (line, at);
      if (last > 0 && vh_text_width (start) > room)
        return last;
      last = at;
    }
  return vh_text_width (line) > room && last > 0 ? last : strlen (line);
}

/* In lines that can be copied as they stand. */
static void
push_command (VhStyled *out, const char *line, guint width)
{
  gboolean first = TRUE;
  while (*line)
    {
      const guint indent = first ? 0 : 2;
      const gsize length = find_break (line, width - MIN (width, indent + 2));
      const gboolean last = line[length] == '\0';
      vh_styled_push_format (out, VH_ROLE_PLAIN, "%*s%.*s%s", (int) indent, "", (int) length, line,
                             last ? "" : " \\");
      line += length + !last;
      first = FALSE;
    }
}

static void
push_commands (VhStyled *out, const GPtrArray *commands, guint width)
{
  if (commands == NULL || commands->len == 0)
    return;
  vh_styled_push_heading (out, _ ("The same by commands"));
  for (guint i = 0; i < commands->len; i++)
    {
      const char *line = g_ptr_array_index (commands, i);
      if (*line == '#')
        vh_styled_push (out, VH_ROLE_DIM, 2, line);
      else
        push_command (out, line, width);
    }
}

GPtrArray *
vh_pages_new_write (const VhScene *scene, guint width)
{
  VhStyled out = vh_styled_new (width);
  const VhPlan *plan = scene->plan;
  if (plan == NULL)
    {
      vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("There is nothing to write."));
      return out.lines;
    }
  push_changes (&out, plan->changes);
  push_introduced (&out, plan->introduced);
  push_fates (&out, plan->fates);
  push_consequences (&out, plan->consequences);
  if (plan->args_added->len + plan->args_removed->len > 0)
    vh_styled_push_heading (&out, _ ("Arguments of QEMU"));
  push_arguments (&out, plan->args_removed, "-", VH_ROLE_REMOVED);
  push_arguments (&out, plan->args_added, "+", VH_ROLE_ADDED);
  push_commands (&out, scene->commands, width);
  push_diff (&out, plan->diff);
  return out.lines;
}

GPtrArray *
vh_pages_new_findings (const VhSession *session, guint width)
{
  VhStyled out = vh_styled_new (width);
  const GPtrArray *findings = session->after->findings;
  if (findings->len == 0)
    vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("Nothing was found to be wrong."));
  for (guint i = 0; i < findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (findings, i);
      push_severe (&out, finding->severity, finding->text);
      g_autofree char *evidence = g_strdup_printf ("  %s: %s", vh_rule_to_word (finding->rule),
                                                   vh_rule_to_evidence (finding->rule));
      vh_styled_push (&out, VH_ROLE_DIM, 4, evidence);
    }
  return out.lines;
}

static void
push_terms (VhStyled *out)
{
  static const char *const terms[] = {
    N_ ("OFFERED: what the guest finds and is allowed to use: acpi (the ACPI tables describe the "
        "slots), native (PCIe hotplug by the port itself), shpc (the standard controller of a "
        "bridge)."),
    N_ ("USED: what a device plugged into that bus really uses in a booted current Linux guest; of "
        "a "
        "device, how it can be detached. none: QEMU refuses it, or the guest never sees it. "
        "unknown: "
        "the facts do not reach."),
    N_ ("The two differ: ACPI bridge hotplug decides what is offered, the guest decides what it "
        "uses. "
        "So there is no column that says ACPI: yes or no."),
    N_ ("FREE: slots without a device, for hotplug or not."),
    N_ ("HOTPLUG: the switch of a root or downstream port. default: nothing is written, and it is "
        "on."),
    N_ ("*: differs from what is stored. +: folded, there is more below."),
  };
  vh_styled_push_heading (out, _ ("What the columns say"));
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    vh_styled_push (out, VH_ROLE_PLAIN, 2, _ (terms[i]));
}

/* "Space, x": every key of a hint. Caller frees. */
static char *
new_keys (const VhKeyHint *hint)
{
  if (hint->more_keys == NULL)
    return g_strdup (hint->key);
  return g_strdup_printf ("%s %s", hint->key, hint->more_keys);
}

static void
push_hint (VhStyled *out, const VhKeyHint *hint)
{
  const char *sentence = hint->sentence != NULL ? hint->sentence : hint->label;
  g_autofree char *keys = new_keys (hint);
  vh_styled_push_field (out, KEYS_WIDTH, keys, sentence);
}

static gboolean
is_first_of_group (const GArray *hints, guint position)
{
  const VhKeyHint *hint = &g_array_index (hints, VhKeyHint, position);
  for (guint i = 0; i < position; i++)
    if (g_strcmp0 (g_array_index (hints, VhKeyHint, i).group, hint->group) == 0)
      return FALSE;
  return TRUE;
}

static void
push_group (VhStyled *out, const GArray *hints, const char *group)
{
  vh_styled_push_heading (out, group != NULL ? _ (group) : _ ("Keys"));
  for (guint i = 0; i < hints->len; i++)
    {
      const VhKeyHint *hint = &g_array_index (hints, VhKeyHint, i);
      if (g_strcmp0 (hint->group, group) == 0)
        push_hint (out, hint);
    }
}

GPtrArray *
vh_pages_new_help (const VhScene *scene, guint width)
{
  VhStyled out = vh_styled_new (width);
  for (guint i = 0; scene->help != NULL && i < scene->help->len; i++)
    if (is_first_of_group (scene->help, i))
      push_group (&out, scene->help, g_array_index (scene->help, VhKeyHint, i).group);
  push_terms (&out);
  return out.lines;
}
