/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/types.h"

/* One array of words for each section of words.def. */
#define WORD(section, NAME, word) [VH_##section##_##NAME] = (word),

static const char *const switch_words[] = {
#define VH_SWITCH_ROW(NAME, word) WORD (SWITCH, NAME, word)
#include "model/words.def"
};
static const char *const known_words[] = {
#define VH_KNOWN_ROW(NAME, word) WORD (KNOWN, NAME, word)
#include "model/words.def"
};
static const char *const origin_words[] = {
#define VH_ORIGIN_ROW(NAME, word) WORD (ORIGIN, NAME, word)
#include "model/words.def"
};
static const char *const mechanism_words[] = {
#define VH_MECHANISM_ROW(NAME, word) WORD (MECHANISM, NAME, word)
#include "model/words.def"
};
static const char *const severity_words[] = {
#define VH_SEVERITY_ROW(NAME, word) WORD (SEVERITY, NAME, word)
#include "model/words.def"
};
static const char *const site_words[] = {
#define VH_SITE_ROW(NAME, word) WORD (SITE, NAME, word)
#include "model/words.def"
};
static const char *const knob_words[] = {
#define VH_KNOB_ROW(NAME, word) WORD (KNOB, NAME, word)
#include "model/words.def"
};

G_STATIC_ASSERT (G_N_ELEMENTS (switch_words) == VH_SWITCH_OFF + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (known_words) == VH_KNOWN_YES + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (origin_words) == VH_ORIGIN_USER + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (mechanism_words) == VH_N_MECHANISMS);
G_STATIC_ASSERT (G_N_ELEMENTS (severity_words) == VH_SEVERITY_NOTE + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (site_words) == VH_SITE_QEMU_OVERRIDE + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (knob_words) == VH_KNOB_PORT + 1);

static const char *
word_of (const char *const *words, guint n_words, guint value)
{
  g_assert (value < n_words);
  return words[value];
}

static gboolean
value_of (const char *const *words, guint n_words, const char *word, guint *value)
{
  for (guint i = 0; word && i < n_words; i++)
    if (g_str_equal (words[i], word))
      {
        *value = i;
        return TRUE;
      }
  return FALSE;
}

const char *
vh_switch_to_string (VhSwitch value)
{
  return word_of (switch_words, G_N_ELEMENTS (switch_words), value);
}

const char *
vh_known_to_string (VhKnown value)
{
  return word_of (known_words, G_N_ELEMENTS (known_words), value);
}

const char *
vh_origin_to_string (VhOrigin value)
{
  return word_of (origin_words, G_N_ELEMENTS (origin_words), value);
}

const char *
vh_mechanism_to_string (VhMechanism value)
{
  return word_of (mechanism_words, G_N_ELEMENTS (mechanism_words), value);
}

const char *
vh_severity_to_string (VhSeverity value)
{
  return word_of (severity_words, G_N_ELEMENTS (severity_words), value);
}

const char *
vh_site_to_string (VhSite value)
{
  return word_of (site_words, G_N_ELEMENTS (site_words), value);
}

const char *
vh_knob_to_string (VhKnob value)
{
  return word_of (knob_words, G_N_ELEMENTS (knob_words), value);
}

gboolean
vh_switch_from_string (const char *word, VhSwitch *value)
{
  guint found = 0;
  if (!value_of (switch_words, G_N_ELEMENTS (switch_words), word, &found))
    return FALSE;
  *value = (VhSwitch) found;
  return TRUE;
}

gboolean
vh_known_from_string (const char *word, VhKnown *value)
{
  guint found = 0;
  if (!value_of (known_words, G_N_ELEMENTS (known_words), word, &found))
    return FALSE;
  *value = (VhKnown) found;
  return TRUE;
}

gboolean
vh_knob_from_string (const char *word, VhKnob *value)
{
  guint found = 0;
  if (!value_of (knob_words, G_N_ELEMENTS (knob_words), word, &found))
    return FALSE;
  *value = (VhKnob) found;
  return TRUE;
}

gboolean
vh_site_from_string (const char *word, VhSite *value)
{
  guint found = 0;
  if (!value_of (site_words, G_N_ELEMENTS (site_words), word, &found))
    return FALSE;
  *value = (VhSite) found;
  return TRUE;
}

VhKnown
vh_known_negate (VhKnown value)
{
  if (value == VH_KNOWN_UNKNOWN)
    return value;
  return value == VH_KNOWN_YES ? VH_KNOWN_NO : VH_KNOWN_YES;
}

VhKnown
vh_switch_to_known (VhSwitch value)
{
  if (value == VH_SWITCH_ABSENT)
    return VH_KNOWN_UNKNOWN;
  return value == VH_SWITCH_ON ? VH_KNOWN_YES : VH_KNOWN_NO;
}
