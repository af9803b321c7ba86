/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/modes.h"

#include "model/i18n.h"

static const struct {
  const char *word, *sentence, *evidence;
} rules[] = {
#define VH_RULE_ROW(ID, word, sentence, evidence)                                                  \
  [VH_RULE_##ID] = { (word), (sentence), (evidence) },
#include "model/rules.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (rules) == VH_N_RULES);

const char *
vh_rule_to_word (VhRuleId rule)
{
  g_assert (rule < VH_N_RULES);
  return rules[rule].word;
}

const char *
vh_rule_to_sentence (VhRuleId rule)
{
  g_assert (rule < VH_N_RULES);
  return _ (rules[rule].sentence);
}

const char *
vh_rule_to_evidence (VhRuleId rule)
{
  g_assert (rule < VH_N_RULES);
  return rules[rule].evidence;
}
