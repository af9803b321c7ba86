/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/styled.h"

#include <string.h>

#define SENTENCE_HANG 2u

static void
free_line (gpointer data)
{
  VhStyledLine *line = data;
  g_free (line->text);
  g_free (line);
}

VhStyled
vh_styled_new (guint width)
{
  return (VhStyled){ .lines = g_ptr_array_new_with_free_func (free_line), .width = width };
}

static void
push_line (VhStyled *styled, VhRole role, guint indent, char *text)
{
  VhStyledLine *line = g_new (VhStyledLine, 1);
  line->role = (guint8) role;
  line->indent = (guint8) MIN (indent, G_MAXUINT8);
  line->text = text;
  g_ptr_array_add (styled->lines, line);
}

static guint
room_for (const VhStyled *styled, guint indent)
{
  return styled->width > indent ? styled->width - indent : 1;
}

void
vh_styled_push (VhStyled *styled, VhRole role, guint hang, const char *text)
{
  g_auto (GStrv) whole = vh_text_wrap (text, room_for (styled, 0));
  push_line (styled, role, 0, g_strdup (whole[0]));
  if (whole[1] == NULL)
    return;
  g_autofree char *visible = vh_text_dup_visible (text);
  const char *rest = visible + strlen (whole[0]);
  while (*rest == ' ')
    rest++;
  g_auto (GStrv) parts = vh_text_wrap (rest, room_for (styled, hang));
  for (guint i = 0; parts[i] != NULL; i++)
    push_line (styled, role, hang, g_strdup (parts[i]));
}

void
vh_styled_push_format (VhStyled *styled, VhRole role, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  vh_styled_push (styled, role, SENTENCE_HANG, text);
}

void
vh_styled_push_field (VhStyled *styled, guint column, const char *name, const char *text)
{
  guint width = vh_text_width (name);
  g_autofree char *pad = g_strnfill (width < column ? column - width : 1, ' ');
  g_autofree char *line = g_strconcat (name, pad, text, NULL);
  vh_styled_push (styled, VH_ROLE_PLAIN, column, line);
}

void
vh_styled_push_cut (VhStyled *styled, VhRole role, const char *text)
{
  push_line (styled, role, 0, vh_text_dup_visible (text));
}

void
vh_styled_push_heading (VhStyled *styled, const char *text)
{
  if (styled->lines->len > 0)
    push_line (styled, VH_ROLE_PLAIN, 0, g_strdup (""));
  vh_styled_push (styled, VH_ROLE_HEADING, SENTENCE_HANG, text);
}

void
vh_styled_paint (const GPtrArray *lines, guint top, VhCanvas *canvas, const VhBox *box)
{
  for (guint i = 0; i < box->height && top < lines->len && i < lines->len - top; i++)
    {
      const VhStyledLine *line = g_ptr_array_index (lines, top + i);
      VhBox where = { .x = box->x + line->indent, .y = box->y + i, .height = 1 };
      where.width = box->width > line->indent ? box->width - line->indent : 0;
      vh_canvas_put (canvas, &where, (VhRole) line->role, line->text);
    }
}
