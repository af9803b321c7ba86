/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/show.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "model/i18n.h"
#include "render/export_json.h"
#include "render/export_picture.h"
#include "render/export_tree.h"
#include "render/frame.h"
#include "render/frame_live.h"
#include "render/sink.h"
#include "tui/load_live.h"
#include "tui/output.h"

/* Where there is no terminal, and the limits. */
#define USUAL_WIDTH 100u
#define LEAST_WIDTH 40u
#define MOST_WIDTH 1000u

static const struct {
  const char *word, *suffix;
  VhShowFormat format;
} formats[] = {
  { "text", ".txt", VH_SHOW_TEXT },  { "json", ".json", VH_SHOW_JSON },
  { "tree", ".tree", VH_SHOW_TREE }, { "svg", ".svg", VH_SHOW_SVG },
  { "dot", ".dot", VH_SHOW_DOT },    { "dot", ".gv", VH_SHOW_DOT },
};

gboolean
vh_show_find_format (const VhOptions *options, VhShowFormat *format)
{
  const char *word = options->format, *output = options->output;
  *format = VH_SHOW_TEXT;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (word ? g_str_equal (word, formats[i].word)
             : output && g_str_has_suffix (output, formats[i].suffix))
      {
        *format = formats[i].format;
        return TRUE;
      }
  return word == NULL;
}

static gboolean
find_format (VhShow *show)
{
  if (vh_show_find_format (show->options, &show->format))
    return TRUE;
  vh_output_error (_ ("--format takes text, tree, json, svg or dot, not “%s”."),
                   show->options->format);
  return FALSE;
}

static guint
find_terminal_width (const VhOptions *options)
{
  struct winsize size = { 0 };
  if (options->output || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return USUAL_WIDTH;
  return CLAMP (size.ws_col, LEAST_WIDTH, MOST_WIDTH);
}

static gboolean
find_width (VhShow *show)
{
  const char *word = show->options->width;
  guint64 width = find_terminal_width (show->options);
  if (word && !g_ascii_string_to_unsigned (word, 10, LEAST_WIDTH, MOST_WIDTH, &width, NULL))
    {
      vh_output_error (_ ("--width takes a number of columns from %1$u to %2$u, not “%3$s”."),
                       LEAST_WIDTH, MOST_WIDTH, word);
      return FALSE;
    }
  show->width = (guint) width;
  return TRUE;
}

gboolean
vh_show_init (VhShow *show)
{
  return find_format (show) && find_width (show);
}

gboolean
vh_show_is_picture (const VhShow *show)
{
  return show->format == VH_SHOW_SVG || show->format == VH_SHOW_DOT;
}

static gboolean
write_canvas (const VhCanvas *page, FILE *file, GError **error)
{
  g_autofree char *text = file == stdout && vh_output_has_color ()
                              ? vh_sink_ansi (page, vh_output_get_look ())
                              : vh_sink_text (page);
  return vh_output_write_to (text, strlen (text), file, error);
}

static gboolean
write_tree (const VhShow *show, const VhSession *session, GError **error)
{
  g_autofree char *text = vh_export_tree (session, show->width);
  return vh_output_write_to (text, strlen (text), show->file, error);
}

static gboolean
write_page (const VhShow *show, const VhSession *session, GError **error)
{
  g_autoptr (VhCanvas) page = vh_frame_new_page (session, show->width, vh_output_is_ascii ());
  return write_canvas (page, show->file, error);
}

static gboolean
write_live_page (const VhShow *show, const VhSession *session, const VhLive *live, GError **error)
{
  if (!write_page (show, session, error))
    return FALSE;
  g_autoptr (VhCanvas) page =
      live ? vh_frame_new_live_page (live, session, show->width, vh_output_is_ascii ()) : NULL;
  return !page || (vh_output_write_to ("\n", 1, show->file, error) &&
                   write_canvas (page, show->file, error));
}

static gboolean
write_picture (const VhShow *show, const VhSession *session, const VhLive *live, GError **error)
{
  g_autoptr (VhPicture) picture =
      live ? vh_picture_new_live (live, session) : vh_picture_new (session);
  g_autofree char *text =
      show->format == VH_SHOW_SVG ? vh_export_svg (picture) : vh_export_dot (picture);
  return vh_output_write_to (text, strlen (text), show->file, error);
}

/* *live becomes NULL when the domain does not run, which is an answer too, but
 * not to the question what its QEMU says. */
static gboolean
load_live (const VhShow *show, const VhSession *session, VhLive **live, GError **error)
{
  const VhOptions *options = show->options;
  if (!vh_load_live (show->loader, session, live, error))
    return FALSE;
  if (!*live && options->ask_qemu)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_REFUSED,
                   _ ("%s does not run: there is no QEMU to ask."), session->info->name);
      return FALSE;
    }
  if (!*live)
    vh_output_note (_ ("%s does not run: this is what its next start will have."),
                    session->info->name);
  if (!options->ask_qemu)
    return TRUE;
  vh_output_warning (_ ("Asking QEMU marks the running domain as tainted until it stops."));
  return vh_load_answers (show->loader, *live, error);
}

static gboolean
write_live (const VhShow *show, const VhSession *session, GError **error)
{
  g_autoptr (VhLive) live = NULL;
  if (!load_live (show, session, &live, error))
    return FALSE;
  if (vh_show_is_picture (show))
    return write_picture (show, session, live, error);
  return show->format == VH_SHOW_JSON
             ? vh_export_json_show_live (session, live, vh_output_write_to, show->file, error)
             : write_live_page (show, session, live, error);
}

static gboolean
write_stored (const VhShow *show, const VhSession *session, GError **error)
{
  if (vh_show_is_picture (show))
    return write_picture (show, session, NULL, error);
  if (show->format == VH_SHOW_TREE)
    return write_tree (show, session, error);
  return show->format == VH_SHOW_JSON
             ? vh_export_json_show (session, vh_output_write_to, show->file, error)
             : write_page (show, session, error);
}

gboolean
vh_show_write (const VhShow *show, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (show->loader, target, &error);
  if (session && (show->options->live ? write_live (show, session, &error)
                                      : write_stored (show, session, &error)))
    return TRUE;
  vh_output_report (error);
  return FALSE;
}
