/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_picture.h"
#include "render/picture_layout.h"

#define FONT "DejaVu Sans Mono, Liberation Mono, Menlo, Consolas, monospace"
#define BASELINE 13u
#define TITLE_BASELINE 32u
#define TITLE_CELL 11u
#define MARGIN 16u

/* The look that is not a role's. A box has the class of its mechanism and, where it is not the
 * same as before, of what became of it, whose rule comes later and wins. The strokes tell the kinds
 * of boxes and what changed apart where there is no colour. */
static const char style[] =
    "text{font:13px " FONT ";white-space:pre}\n"
    ".headline{font-size:18px;font-weight:bold}\n"
    ".box{fill:currentColor;fill-opacity:.07;stroke:currentColor;stroke-width:1}\n"
    ".bus-box>.box{stroke-width:1.5}\n"
    ".device-box>.box{fill-opacity:0}\n"
    ".free-box>.box{fill-opacity:0;stroke-dasharray:5 4}\n"
    ".rest-box>.box,.group-box>.box{fill-opacity:0;stroke-dasharray:1 4}\n"
    ".changed>.box,.added>.box{stroke-width:3}\n"
    ".removed>.box{stroke-width:3;stroke-dasharray:12 5}\n";

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *visible = vh_text_dup_visible (text);
  g_autofree char *escaped = g_markup_escape_text (visible, -1);
  g_string_append (out, escaped);
}

/* "acpi". Caller frees. */
static char *
new_class (VhRole role)
{
  return g_ascii_strdown (vh_role_get_look (role)->name, -1);
}

/* One rule a role: as text, and as the colour of a box. */
static void
append_colors (GString *out, gboolean dark)
{
  g_string_append_printf (out, ".page{fill:%s}\n", dark ? "#1c1f24" : "#ffffff");
  for (guint role = 0; role < VH_N_ROLES; role++)
    {
      const VhRoleLook *look = vh_role_get_look ((VhRole) role);
      g_autofree char *class = new_class ((VhRole) role);
      const char *color = dark ? look->svg_foreground : look->svg_light;
      if (*look->svg_background == '\0')
        g_string_append_printf (out, ".%s{color:%s}text.%s{fill:%s%s}\n", class, color, class,
                                color, look->mono == VH_MONO_BOLD ? ";font-weight:bold" : "");
    }
}

static void
append_style (GString *out)
{
  g_string_append (out, "<style>\n");
  g_string_append (out, style);
  append_colors (out, FALSE);
  g_string_append (out, "@media screen and (prefers-color-scheme:dark){\n");
  append_colors (out, TRUE);
  g_string_append (out, "}\n</style>\n");
}

static void
append_text (GString *out, const VhBox *where, VhRole role, const char *text)
{
  g_autofree char *clipped = vh_text_clip (text, where->width / VH_PICTURE_CELL, "…");
  g_autofree char *class = new_class (role);
  const guint n_cells = vh_text_width (clipped);
  if (n_cells == 0)
    return;
  g_string_append_printf (out,
                          "<text class=\"%s\" x=\"%u\" y=\"%u\" textLength=\"%u\" "
                          "lengthAdjust=\"spacingAndGlyphs\">",
                          class, where->x, where->y + BASELINE, n_cells * VH_PICTURE_CELL);
  append_escaped (out, clipped);
  g_string_append (out, "</text>\n");
}

/* Up to what is in the box: that, and its end tag, follow. */
static void
append_box (GString *out, const VhPictureBox *box, const VhBox *at)
{
  g_autofree char *mechanism = new_class (box->role);
  g_autofree char *color = new_class (vh_picture_get_color (box));
  g_string_append_printf (out, "<g id=\"%s\" class=\"%s-box %s%s%s\">\n<title>", box->id,
                          vh_picture_kind_to_string (box->kind), mechanism,
                          box->mark == VH_PICTURE_SAME ? "" : " ",
                          box->mark == VH_PICTURE_SAME ? "" : color);
  g_auto (GStrv) sentences = g_strsplit (box->title, "\n", -1);
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "\n" : "");
      append_escaped (out, sentences[i]);
    }
  g_string_append_printf (out,
                          "</title>\n<rect class=\"box\" x=\"%u\" y=\"%u\" width=\"%u\" "
                          "height=\"%u\" rx=\"4\"/>\n",
                          at->x, at->y, at->width, at->height);
  VhBox where = { .x = at->x + VH_PICTURE_PAD,
                  .y = at->y + VH_PICTURE_PAD / 2,
                  .width = at->width - 2 * VH_PICTURE_PAD };
  for (guint i = 0; i < box->lines->len; i++)
    {
      const VhPictureLine *line = g_ptr_array_index (box->lines, i);
      append_text (out, &where, line->role, line->text);
      where.y += VH_PICTURE_LINE;
    }
}

/* Ends the groups that the box at `parent` is not in. */
static void
close_groups (GString *out, const VhPicture *picture, gint *open, gint parent)
{
  while (*open != parent)
    {
      g_string_append (out, "</g>\n");
      *open = ((const VhPictureBox *) g_ptr_array_index (picture->boxes, *open))->parent;
    }
}

static void
append_boxes (GString *out, const VhPicture *picture, const VhPictureLayout *layout)
{
  gint open = -1;
  for (guint i = 0; i < picture->boxes->len; i++)
    {
      const VhPictureBox *box = g_ptr_array_index (picture->boxes, i);
      close_groups (out, picture, &open, box->parent);
      append_box (out, box, &g_array_index (layout->places, VhBox, i));
      open = (gint) i;
    }
  close_groups (out, picture, &open, -1);
}

static void
append_lines (GString *out, const GPtrArray *lines, guint y, guint width)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const VhStyledLine *line = g_ptr_array_index (lines, i);
      const guint indent = line->indent * VH_PICTURE_CELL;
      const VhBox where = { .x = MARGIN + indent,
                            .y = y + i * VH_PICTURE_LINE,
                            .width = width - 2 * MARGIN - indent };
      append_text (out, &where, (VhRole) line->role, line->text);
    }
}

static void
append_headline (GString *out, const char *title, guint width)
{
  g_autofree char *clipped = vh_text_clip (title, (width - 2 * MARGIN) / TITLE_CELL, "…");
  g_string_append_printf (out,
                          "<text class=\"bus headline\" x=\"%u\" y=\"%u\" textLength=\"%u\" "
                          "lengthAdjust=\"spacingAndGlyphs\">",
                          MARGIN, TITLE_BASELINE, vh_text_width (clipped) * TITLE_CELL);
  append_escaped (out, clipped);
  g_string_append (out, "</text>\n");
}

char *
vh_export_svg (const VhPicture *picture)
{
  g_autoptr (VhPictureLayout) layout = vh_picture_layout_new (picture);
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (out,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\">\n<title>",
                          layout->width, layout->height, layout->width, layout->height);
  append_escaped (out, picture->title);
  g_string_append (out, "</title>\n");
  append_style (out);
  g_string_append (out, "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
  append_headline (out, picture->title, layout->width);
  append_lines (out, layout->head, layout->head_y, layout->width);
  append_boxes (out, picture, layout);
  append_lines (out, layout->foot, layout->foot_y, layout->width);
  g_string_append (out, "</svg>\n");
  return g_string_free (out, FALSE);
}
