/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/sink.h"

/* Of a cell, in the units of the picture; the margin around all of them. */
#define CELL_WIDTH 9u
#define CELL_HEIGHT 19u
#define BASELINE 14u
#define MARGIN 10u

/* Cells beside each other that are one <text>. */
typedef struct {
  guint x, y, width;
  const VhRoleLook *look;
} Run;

/* Text from a domain becomes text of the picture, never markup. */
static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *visible = vh_text_dup_visible (text);
  g_autofree char *escaped = g_markup_escape_text (visible, -1);
  g_string_append (out, escaped);
}

static gboolean
is_blank (const VhCell *cell)
{
  return cell->character == ' ';
}

static gboolean
is_wide (const VhCanvas *canvas, guint x, guint y)
{
  return x + 1 < canvas->width && vh_canvas_get (canvas, x + 1, y)->character == 0;
}

/* A wide character stands alone, so that a font of another width moves nothing
 * but itself. */
static Run
find_run (const VhCanvas *canvas, guint x, guint y)
{
  const VhCell *first = vh_canvas_get (canvas, x, y);
  Run run = { .x = x, .y = y, .width = 1, .look = vh_role_get_look (first->role) };
  if (is_wide (canvas, x, y))
    {
      run.width = 2;
      return run;
    }
  while (x + run.width < canvas->width)
    {
      const VhCell *next = vh_canvas_get (canvas, x + run.width, y);
      if (next->role != first->role || is_wide (canvas, x + run.width, y))
        break;
      run.width++;
    }
  return run;
}

static void
append_background (GString *out, const Run *run)
{
  if (*run->look->svg_background == '\0')
    return;
  g_string_append_printf (out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" fill=\"%s\"/>\n",
                          MARGIN + run->x * CELL_WIDTH, MARGIN + run->y * CELL_HEIGHT,
                          run->width * CELL_WIDTH, CELL_HEIGHT, run->look->svg_background);
}

/* The blanks around a run's text are not drawn. */
static void
trim (const VhCanvas *canvas, Run *run)
{
  while (run->width > 0 && is_blank (vh_canvas_get (canvas, run->x, run->y)))
    {
      run->x++;
      run->width--;
    }
  while (run->width > 0 && is_blank (vh_canvas_get (canvas, run->x + run->width - 1, run->y)))
    run->width--;
}

static void
append_characters (GString *out, const VhCanvas *canvas, const Run *run)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint x = run->x; x < run->x + run->width; x++)
    {
      const VhCell *cell = vh_canvas_get (canvas, x, run->y);
      if (cell->character != 0)
        g_string_append_unichar (text, cell->character);
      if (cell->combining != 0)
        g_string_append_unichar (text, cell->combining);
    }
  append_escaped (out, text->str);
}

static void
append_run (GString *out, const VhCanvas *canvas, Run run)
{
  static const char *const attributes[] = {
    [VH_MONO_NORMAL] = "",
    [VH_MONO_BOLD] = " font-weight=\"bold\"",
    [VH_MONO_UNDERLINE] = " text-decoration=\"underline\"",
    [VH_MONO_REVERSE] = "",
  };
  append_background (out, &run);
  trim (canvas, &run);
  if (run.width == 0)
    return;
  g_string_append_printf (
      out,
      "<text x=\"%u\" y=\"%u\" textLength=\"%u\" lengthAdjust=\"spacingAndGlyphs\" fill=\"%s\"%s>",
      MARGIN + run.x * CELL_WIDTH, MARGIN + run.y * CELL_HEIGHT + BASELINE, run.width * CELL_WIDTH,
      run.look->svg_foreground, attributes[run.look->mono]);
  append_characters (out, canvas, &run);
  g_string_append (out, "</text>\n");
}

static void
append_head (GString *out, const VhCanvas *canvas, const char *title)
{
  guint width = 2 * MARGIN + canvas->width * CELL_WIDTH;
  guint height = 2 * MARGIN + canvas->height * CELL_HEIGHT;
  g_string_append_printf (out,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\" role=\"img\" xml:space=\"preserve\" "
                          "font-family=\"DejaVu Sans Mono, Liberation Mono, monospace\" "
                          "font-size=\"15\">\n<title>",
                          width, height, width, height);
  append_escaped (out, title);
  g_string_append (out, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#1c1f24\"/>\n");
}

char *
vh_sink_svg (const VhCanvas *canvas, const char *title)
{
  GString *out = g_string_new (NULL);
  append_head (out, canvas, title);
  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width;)
      {
        Run run = find_run (canvas, x, y);
        append_run (out, canvas, run);
        x += run.width;
      }
  g_string_append (out, "</svg>\n");
  return g_string_free (out, FALSE);
}
