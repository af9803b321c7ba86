/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/pages.h"
#include "render/paint.h"
#include "render/words.h"

#define LABEL_WIDTH 21u

static void
push_domain (VhStyled *out, const VhSession *session)
{
  const VhDomainInfo *info = session->info;
  const VhTopology *topology = session->after->topology;
  g_autofree char *name =
      info->is_file ? g_strdup (topology->name)
                    : g_strdup_printf ("%s (%s)", topology->name, vh_words_of_state (info));
  vh_styled_push_field (out, LABEL_WIDTH, _ ("Domain"), name);
  vh_styled_push_field (out, LABEL_WIDTH, info->is_file ? _ ("File") : _ ("Source"), info->source);
}

static void
push_machine (VhStyled *out, const VhSession *session)
{
  const VhReading *after = session->after;
  const VhMachine *machine = after->topology->machine;
  gboolean alias = g_strcmp0 (machine->type, machine->canonical) != 0;
  g_autofree char *type = g_strdup_printf (
      "%s%s%s%s, %s", *machine->type != '\0' ? machine->type : _ ("not given"), alias ? " (" : "",
      alias ? machine->canonical : "", alias ? ")" : "", vh_chipset_to_string (machine->chipset));
  g_autofree char *qemu = vh_words_new_qemu (after->inputs);
  vh_styled_push_field (out, LABEL_WIDTH, _ ("Machine"), type);
  vh_styled_push_field (out, LABEL_WIDTH, "QEMU", qemu);
  vh_styled_push_field (out, LABEL_WIDTH, "ACPI", after->topology->acpi ? "on" : "off");
}

static void
push_knob (VhStyled *out, const VhSession *session, VhKnob knob, gboolean ascii)
{
  VhRow row = { .kind = knob == VH_KNOB_ROOT ? VH_ROW_ROOT_KNOB : VH_ROW_BRIDGE_KNOB };
  VhRowText text;
  vh_row_text_init (&text, session, &row, ascii);
  g_autofree char *state = *text.note != '\0'
                               ? g_strdup_printf ("%s: %s", text.knob_text, text.note)
                               : g_strdup (text.knob_text);
  vh_styled_push_field (out, LABEL_WIDTH, text.name, state);
  vh_row_text_clear (&text);
}

static GPtrArray *
new_head (const VhSession *session, guint width, gboolean ascii)
{
  VhStyled out = vh_styled_new (width);
  push_domain (&out, session);
  push_machine (&out, session);
  push_knob (&out, session, VH_KNOB_ROOT, ascii);
  push_knob (&out, session, VH_KNOB_BRIDGE, ascii);
  return out.lines;
}

static GPtrArray *
new_tail (const VhSession *session, guint width)
{
  VhStyled out = vh_styled_new (width);
  if (vh_topology_get_n_buses (session->after->topology) == 0)
    vh_styled_push (&out, VH_ROLE_PLAIN, 2, _ ("This domain has no PCI bus."));
  if (session->after->findings->len > 0)
    vh_styled_push_heading (&out, _ ("Findings"));
  for (guint i = 0; i < session->after->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (session->after->findings, i);
      vh_styled_push_format (&out, vh_words_role_of_severity (finding->severity), "%s: %s",
                             vh_words_of_severity (finding->severity), finding->text);
    }
  return out.lines;
}

/* The knobs stand above; the tree is what remains of the rows. */
static GArray *
new_tree_rows (const VhSession *session)
{
  GArray *rows = vh_rows_new (session, NULL);
  g_array_remove_range (rows, 0, 2);
  return rows;
}

VhCanvas *
vh_frame_new_page (const VhSession *session, guint width, gboolean ascii)
{
  g_autoptr (GPtrArray) head = new_head (session, width, ascii);
  g_autoptr (GPtrArray) tail = new_tail (session, width);
  g_autoptr (GArray) rows = new_tree_rows (session);
  guint height = head->len + 1 + (rows->len + 1) + (tail->len > 0 ? tail->len + 1 : 0);
  VhCanvas *canvas = vh_canvas_new (width, height, ascii);
  VhBox box = { .width = width, .height = head->len };
  vh_styled_paint (head, 0, canvas, &box);
  box.y = head->len + 1;
  box.height = rows->len + 1;
  vh_paint_whole_tree (session, rows, canvas, &box);
  box.y += box.height + 1;
  box.height = tail->len;
  vh_styled_paint (tail, 0, canvas, &box);
  return canvas;
}
