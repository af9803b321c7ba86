/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_picture.h"
#include "render/picture_layout.h"

/* Text inside double quotes: there Graphviz knows backslashes, and entities as
 * in HTML. `end` stands behind each line: "\n" centres, "\l" puts to the left. */
static void
append_quoted (GString *out, const char *text)
{
  g_autofree char *visible = vh_text_dup_visible (text);
  for (const char *at = visible; *at != '\0'; at++)
    switch (*at)
      {
      case '"':
        g_string_append (out, "\\\"");
        break;
      case '\\':
        g_string_append (out, "\\\\");
        break;
      case '&':
        g_string_append (out, "&amp;");
        break;
      default:
        g_string_append_c (out, *at);
      }
}

static void
append_lines (GString *out, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      append_quoted (out, ((const VhPictureLine *) g_ptr_array_index (lines, i))->text);
      g_string_append (out, "\\l");
    }
}

static void
append_tooltip (GString *out, const char *title)
{
  g_auto (GStrv) sentences = g_strsplit (title, "\n", -1);
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? "\\n" : "");
      append_quoted (out, sentences[i]);
    }
}

static const char *
style_of (const VhPictureBox *box)
{
  static const char *const kinds[] = {
    [VH_PICTURE_BUS] = "solid",   [VH_PICTURE_DEVICE] = "solid", [VH_PICTURE_FREE] = "dashed",
    [VH_PICTURE_REST] = "dotted", [VH_PICTURE_GROUP] = "dotted",
  };
  return box->mark == VH_PICTURE_REMOVED ? "dashed" : kinds[box->kind];
}

/* What clusters and nodes have alike. */
static void
append_attributes (GString *out, const VhPictureBox *box, const char *between)
{
  const char *color = vh_role_get_look (vh_picture_get_color (box))->svg_light;
  g_string_append_printf (
      out, "id=\"%s\"%sclass=\"%s %s\"%scolor=\"%s\"%spenwidth=%s%sstyle=%s%slabel=\"", box->id,
      between, vh_picture_kind_to_string (box->kind), vh_picture_mark_to_string (box->mark),
      between, color, between, box->mark == VH_PICTURE_SAME ? "1" : "3", between, style_of (box),
      between);
  append_lines (out, box->lines);
  g_string_append_printf (out, "\"%stooltip=\"", between);
  append_tooltip (out, box->title);
  g_string_append (out, "\"");
}

static const VhPictureBox *
box_at (const VhPicture *picture, gint i)
{
  return g_ptr_array_index (picture->boxes, i);
}

static gboolean
is_leaf (const VhPicture *picture, guint i)
{
  return i + 1 == picture->boxes->len || box_at (picture, (gint) i + 1)->parent != (gint) i;
}

static void
append_node (GString *out, const VhPictureBox *box)
{
  g_string_append_printf (out,
                          "subgraph \"cluster-around-%s\" { peripheries=0; margin=0; label=\"\"\n"
                          "\"%s\" [",
                          box->id, box->id);
  append_attributes (out, box, ", ");
  g_string_append (out, "]\n}\n");
}

/* Buses are clusters, what is in them stands in nodes; a bus with nothing in it
 * is a node, since Graphviz leaves empty clusters out. Each node has a cluster
 * that is not seen, because Graphviz keeps clusters in their order, and puts
 * nodes without one behind them all. */
static void
append_boxes (GString *out, const VhPicture *picture)
{
  gint open = -1;
  for (guint i = 0; i < picture->boxes->len; i++)
    {
      const VhPictureBox *box = box_at (picture, (gint) i);
      for (; open != box->parent; open = box_at (picture, open)->parent)
        g_string_append (out, "}\n");
      if (is_leaf (picture, i))
        {
          append_node (out, box);
          continue;
        }
      g_string_append_printf (out, "subgraph \"cluster-%s\" {\n", box->id);
      append_attributes (out, box, "\n");
      g_string_append (out, "\n");
      open = (gint) i;
    }
  for (; open >= 0; open = box_at (picture, open)->parent)
    g_string_append (out, "}\n");
}

/* The node of a box that takes no more room than one; -1: it has several. */
static gint
find_only_node (const VhPicture *picture, guint i)
{
  while (!is_leaf (picture, i))
    {
      for (guint j = i + 2; j < picture->boxes->len; j++)
        {
          const gint parent = box_at (picture, (gint) j)->parent;
          if (parent == (gint) i)
            return -1;
          if (parent < (gint) i)
            break;
        }
      i++;
    }
  return (gint) i;
}

/* Nodes that no edge connects stand in one long column. Edges that are not seen
 * put those of a bus into rows. */
static void
append_rows (GString *out, const VhPicture *picture)
{
  typedef struct {
    gint before; /* node; -1: none in this row */
    guint n;
  } Row;
  const guint n_columns = vh_picture_layout_count_columns (picture);
  g_autofree Row *rows = g_new0 (Row, picture->boxes->len + 1);
  for (guint i = 0; i < picture->boxes->len; i++)
    {
      const VhPictureBox *box = g_ptr_array_index (picture->boxes, i);
      Row *row = &rows[box->parent + 1];
      const gint node = find_only_node (picture, i);
      if (row->n > 0 && row->n < n_columns && node >= 0)
        g_string_append_printf (out, "\"%s\" -> \"%s\"\n", box_at (picture, row->before)->id,
                                box_at (picture, node)->id);
      else
        row->n = 0;
      row->n += node >= 0 ? 1 : 0;
      row->before = node;
    }
}

char *
vh_export_dot (const VhPicture *picture)
{
  GString *out = g_string_new ("digraph \"");
  append_quoted (out, picture->title);
  g_string_append (out, "\" {\n"
                        "rankdir=LR\nranksep=0.2\nnodesep=0.15\nlabelloc=t\nlabeljust=l\n"
                        "fontname=\"monospace\"\nfontsize=11\nlabel=\"");
  append_quoted (out, picture->title);
  g_string_append (out, "\\l");
  append_lines (out, picture->head);
  g_string_append (out, "\"\nnode [shape=box, fontname=\"monospace\", fontsize=11]\n"
                        "edge [style=invis]\n");
  append_boxes (out, picture);
  append_rows (out, picture);
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}
