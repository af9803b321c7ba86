/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/edit_record.h"

#include "model/edit_ports.h"
#include "model/i18n.h"
#include "model/policy.h"

#include <string.h>

#define FIRST_LINE "virt-hotplug edits 1"
#define SUM_DIGITS 64
#define SHOWN_OF_LINE 40
#define MAX_INDEX G_MAXUINT16

static const char *const kind_words[] = {
#define VH_EDIT_KIND_ROW(NAME, word) [VH_EDIT_##NAME] = (word),
#include "model/words.def"
};
G_STATIC_ASSERT (G_N_ELEMENTS (kind_words) == VH_EDIT_REMOVE_PORT + 1);

G_DEFINE_QUARK (vh_edit_record_error, vh_edit_record_error)

void
vh_edit_record_free (VhEditRecord *record)
{
  if (!record)
    return;
  g_free (record->base);
  g_clear_pointer (&record->edits, vh_edit_list_free);
  g_free (record);
}

char *
vh_edit_record_new_sum (const VhDocument *document)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, vh_document_get_bytes (document));
}

/* ---- writing ---- */

static void
append_edit (GString *text, const VhEdit *edit)
{
  g_string_append (text, kind_words[edit->kind]);
  if (edit->kind == VH_EDIT_ADD_PORTS)
    g_string_append_printf (text, " %d %u\n", edit->bus, edit->count);
  else if (edit->kind == VH_EDIT_REMOVE_PORT)
    g_string_append_printf (text, " %d\n", edit->bus);
  else
    {
      g_string_append_printf (text, " %s ", vh_knob_to_string (edit->knob));
      if (edit->knob == VH_KNOB_PORT)
        g_string_append_printf (text, "%d", edit->bus);
      else
        g_string_append_c (text, '-');
      g_string_append_printf (text, " %s %s %s\n", vh_switch_to_string (edit->from),
                              vh_switch_to_string (edit->to), vh_site_to_string (edit->site));
    }
}

static void
append_step (GString *text, const VhEdit *first)
{
  g_string_append (text, "step");
  if (first->policy > 0)
    g_string_append_printf (text, " %s", vh_policy_to_string ((VhPolicy) (first->policy - 1)));
  g_string_append_c (text, '\n');
}

char *
vh_edit_record_format (const VhEditList *edits, const char *base)
{
  GString *text = g_string_new (FIRST_LINE "\n");
  g_string_append_printf (text, "base %s\n", base);
  guint step = 0;
  for (guint i = 0; i < edits->edits->len; i++)
    {
      const VhEdit *edit = &g_array_index (edits->edits, VhEdit, i);
      if (i == edits->n_done)
        g_string_append (text, "undone\n");
      if (i == 0 || i == edits->n_done || edit->step != step)
        append_step (text, edit);
      step = edit->step;
      append_edit (text, edit);
    }
  g_string_append (text, "end\n");
  return g_string_free (text, FALSE);
}

/* ---- reading ---- */

static gboolean
parse_number (const char *word, guint64 least, guint64 most, guint64 *number)
{
  return word && g_ascii_string_to_unsigned (word, 10, least, most, number, NULL);
}

static gboolean
parse_index (const char *word, gint32 *bus)
{
  guint64 number = 0;
  if (!parse_number (word, 0, MAX_INDEX, &number))
    return FALSE;
  *bus = (gint32) number;
  return TRUE;
}

static gboolean
parse_knob (char *const *words, guint n_words, VhEdit *edit)
{
  if (n_words != 6 || !vh_knob_from_string (words[1], &edit->knob))
    return FALSE;
  const gboolean has_bus =
      edit->knob == VH_KNOB_PORT ? parse_index (words[2], &edit->bus) : g_str_equal (words[2], "-");
  return has_bus && vh_switch_from_string (words[3], &edit->from) &&
         vh_switch_from_string (words[4], &edit->to) &&
         vh_site_from_string (words[5], &edit->site) && edit->site != VH_SITE_QEMU_OVERRIDE;
}

static gboolean
parse_ports (char *const *words, guint n_words, VhEdit *edit)
{
  guint64 count = 0;
  if (edit->kind == VH_EDIT_REMOVE_PORT)
    return n_words == 2 && parse_index (words[1], &edit->bus);
  if (n_words != 3 || !parse_index (words[1], &edit->bus) ||
      !parse_number (words[2], 1, VH_MAX_BUS_INDEX, &count))
    return FALSE;
  edit->count = (guint) count;
  return TRUE;
}

static gboolean
parse_edit (const char *line, VhEdit *edit)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 8);
  const guint n_words = g_strv_length (words);
  for (guint kind = 0; n_words > 0 && kind < G_N_ELEMENTS (kind_words); kind++)
    if (g_str_equal (kind_words[kind], words[0]))
      {
        *edit = (VhEdit){ .kind = (VhEditKind) kind, .bus = -1 };
        return vh_edit_ports_is (edit) ? parse_ports (words, n_words, edit)
                                       : parse_knob (words, n_words, edit);
      }
  return FALSE;
}

typedef struct {
  VhEditList *edits;
  guint step;      /* 0: none was begun */
  guint policy;    /* of the step, as in VhEdit */
  gboolean undone; /* its mark was there */
} Reader;

/* "step", or "step lock-occupied". */
static gboolean
read_step (Reader *reader, const char *line)
{
  VhPolicy policy;
  if (!g_str_has_prefix (line, "step"))
    return FALSE;
  const char *word = line + strlen ("step");
  if (*word != '\0' && (*word != ' ' || !vh_policy_from_string (word + 1, &policy)))
    return FALSE;
  reader->policy = *word ? 1 + (guint) policy : 0;
  reader->step++;
  return TRUE;
}

/* A line after the first two. */
static gboolean
read_line (Reader *reader, const char *line)
{
  VhEdit edit;
  if (read_step (reader, line))
    return TRUE;
  if (g_str_equal (line, "undone") && !reader->undone)
    {
      reader->undone = TRUE;
      reader->edits->n_done = reader->edits->edits->len;
      reader->step++;
      return TRUE;
    }
  if (reader->step == 0 || !parse_edit (line, &edit))
    return FALSE;
  edit.step = reader->step;
  edit.policy = vh_edit_ports_is (&edit) ? 0 : reader->policy;
  g_array_append_val (reader->edits->edits, edit);
  return TRUE;
}

static gboolean
is_sum (const char *text)
{
  return strlen (text) == SUM_DIGITS && strspn (text, "0123456789abcdef") == SUM_DIGITS;
}

static gboolean
read_head (VhEditRecord *record, char *const *lines, guint n_lines)
{
  if (n_lines < 2 || !g_str_has_prefix (lines[1], "base ") || !is_sum (lines[1] + strlen ("base ")))
    return FALSE;
  record->base = g_strdup (lines[1] + strlen ("base "));
  return TRUE;
}

/* The line that is wrong, counted from 0; -1 when none is. */
static gint
read_lines (VhEditRecord *record, char *const *lines, guint n_lines)
{
  Reader reader = { .edits = record->edits };
  if (!read_head (record, lines, n_lines))
    return 1;
  for (guint i = 2; i < n_lines; i++)
    {
      if (g_str_equal (lines[i], "end") && i + 2 == n_lines && *lines[i + 1] == '\0')
        {
          if (!reader.undone)
            record->edits->n_done = record->edits->edits->len;
          return -1;
        }
      if (!read_line (&reader, lines[i]))
        return (gint) i;
    }
  return (gint) n_lines;
}

static void
fail_at (GError **error, char *const *lines, guint n_lines, guint bad)
{
  const char *line = bad < n_lines ? lines[bad] : "";
  if (bad < n_lines && *line)
    g_set_error (
        error, VH_EDIT_RECORD_ERROR, VH_EDIT_RECORD_ERROR_MALFORMED,
        _ ("Line %1$u, “%3$.*2$s”, is nothing that this version of the program writes."), bad + 1,
        (int) (g_utf8_offset_to_pointer (line, MIN (g_utf8_strlen (line, -1), SHOWN_OF_LINE)) -
               line),
        line);
  else
    g_set_error (error, VH_EDIT_RECORD_ERROR, VH_EDIT_RECORD_ERROR_MALFORMED,
                 _ ("It ends too early, at line %u."), bad + 1);
}

VhEditRecord *
vh_edit_record_new (const char *text, gsize length, GError **error)
{
  const char *fault = NULL;
  if (length == 0)
    fault = _ ("It is empty.");
  else if (length > VH_EDIT_RECORD_MAX_BYTES)
    fault = _ ("It is too large.");
  else if (!g_utf8_validate_len (text, length, NULL))
    fault = _ ("It is no text.");
  else if (!g_strstr_len (text, (gssize) MIN (length, strlen (FIRST_LINE) + 1), FIRST_LINE "\n"))
    fault = _ ("It does not begin as this version of the program writes it.");
  if (fault)
    {
      g_set_error_literal (error, VH_EDIT_RECORD_ERROR, VH_EDIT_RECORD_ERROR_MALFORMED, fault);
      return NULL;
    }
  g_autoptr (VhEditRecord) record = g_new0 (VhEditRecord, 1);
  record->edits = vh_edit_list_new ();
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  const guint n_lines = g_strv_length (lines);
  const gint bad = read_lines (record, lines, n_lines);
  if (bad < 0)
    return g_steal_pointer (&record);
  fail_at (error, lines, n_lines, (guint) bad);
  return NULL;
}
