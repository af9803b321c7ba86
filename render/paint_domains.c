/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/paint.h"
#include "render/words.h"

/* A column of the picker: heading, width with its blank, least width of the
 * screen that has it, and what it says. Caller frees. */
typedef struct {
  const char *heading;
  guint width;
  guint least;
  char *(*dup_text) (const VhSummary *summary);
} Column;

static char *
dup_name (const VhSummary *summary)
{
  return g_strdup (summary->info->name);
}

static char *
dup_state (const VhSummary *summary)
{
  return g_strdup (vh_words_of_state (summary->info));
}

static char *
dup_machine (const VhSummary *summary)
{
  return g_strdup (summary->machine->type);
}

static char *
dup_knob (const VhKnobState *state)
{
  if (!state->applies)
    return g_strdup ("-");
  return g_strdup (state->state == VH_KNOWN_UNKNOWN ? "unknown"
                   : state->state == VH_KNOWN_YES   ? "on"
                                                    : "off");
}

static char *
dup_root (const VhSummary *summary)
{
  return dup_knob (summary->root);
}

static char *
dup_bridge (const VhSummary *summary)
{
  return dup_knob (summary->bridge);
}

static char *
dup_mechanism (const VhSummary *summary)
{
  return g_strdup (vh_mechanism_to_string (summary->mechanism));
}

static char *
dup_count (gint n)
{
  return n < 0 ? g_strdup ("unknown") : g_strdup_printf ("%d", n);
}

static char *
dup_pcie (const VhSummary *summary)
{
  return dup_count (summary->free.pcie);
}

static char *
dup_pci (const VhSummary *summary)
{
  return dup_count (summary->free.pci);
}

/* The name takes the room that the others leave. */
static const Column columns[] = {
  { "DOMAIN", 0, 0, dup_name }, { "STATE", 9, 50, dup_state },   { "MACHINE", 17, 76, dup_machine },
  { "ROOT", 8, 68, dup_root },  { "BRIDGE", 8, 60, dup_bridge }, { "USED", 8, 0, dup_mechanism },
  { "PCIE", 6, 0, dup_pcie },   { "PCI", 4, 0, dup_pci },
};

static guint
width_of_name (guint width)
{
  guint taken = 1;
  for (gsize i = 1; i < G_N_ELEMENTS (columns); i++)
    taken += width >= columns[i].least ? columns[i].width : 0;
  return width > taken ? width - taken : 1;
}

/* One line of the picker; `summary` NULL: the headings. */
static void
paint_line (VhCanvas *canvas, const VhBox *line, const VhSummary *summary)
{
  VhBox where = *line;
  where.x++;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (line->width < columns[i].least)
        continue;
      guint width = i == 0 ? width_of_name (line->width) : columns[i].width;
      gboolean sentence = summary != NULL && summary->error != NULL && i > 0;
      where.width = sentence ? line->x + line->width - where.x : width - 1;
      g_autofree char *text = summary == NULL ? g_strdup (columns[i].heading)
                              : sentence      ? g_strdup (summary->error)
                                              : columns[i].dup_text (summary);
      vh_canvas_put (canvas, &where,
                     summary == NULL ? VH_ROLE_HEADING
                     : sentence      ? VH_ROLE_ERROR
                     : i == 0        ? VH_ROLE_BUS
                                     : VH_ROLE_PLAIN,
                     text);
      if (sentence)
        return;
      where.x += width;
    }
}

void
vh_paint_domains (const VhScene *scene, VhCanvas *canvas, const VhLayout *layout)
{
  guint total = scene->summaries != NULL ? scene->summaries->len : 0;
  guint cursor = scene->view->domain;
  guint top = vh_frame_get_top (scene->view->domain_top, cursor, layout->list.height, total);
  paint_line (canvas, &layout->heading, NULL);
  for (guint i = 0; i < layout->list.height && top + i < total; i++)
    {
      VhBox line = layout->list;
      line.y += i;
      line.height = 1;
      paint_line (canvas, &line, g_ptr_array_index (scene->summaries, top + i));
      if (top + i != cursor)
        continue;
      vh_canvas_set_role (canvas, &line, VH_ROLE_SELECTED);
      canvas->cursor_x = (gint) line.x + 1;
      canvas->cursor_y = (gint) line.y;
    }
  if (total > 0)
    return;
  canvas->cursor_x = 1;
  canvas->cursor_y = (gint) layout->list.y;
  vh_canvas_put (canvas, &layout->list, VH_ROLE_PLAIN, " There are no domains here.");
}
