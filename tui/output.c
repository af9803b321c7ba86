/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "model/i18n.h"
#include "render/text.h"

#define PROGRESS_US (G_USEC_PER_SEC / 2)

static gboolean is_quiet;
static gboolean is_debug;
static gboolean is_ascii;
static VhColor color;
static gboolean is_alone; /* nobody is asked anything */
static gint64 told_at;    /* of the progress that stands there; 0 none */
static VhLook look;

#define LOOK_VARIABLE "VIRT_HOTPLUG_LOOK"

/* The option, else the environment. */
static VhLook
choose_look (const VhOptions *options)
{
  VhLook chosen = VH_LOOK_DEFAULT;
  const char *name = g_getenv (LOOK_VARIABLE);
  if (options->has_look)
    return options->look;
  if (name && *name && !vh_look_parse (name, &chosen))
    vh_output_warning (
        _ ("There is no look “%1$s”: %2$s takes default, high-contrast, light or mono."), name,
        LOOK_VARIABLE);
  return chosen;
}

void
vh_output_init (const VhOptions *options)
{
  is_quiet = options->quiet;
  is_debug = options->debug;
  is_ascii = options->ascii || !g_str_equal (nl_langinfo (CODESET), "UTF-8");
  color = options->color;
  look = choose_look (options);
}

/* The marks of our own sentences; what comes from elsewhere stays as it is. */
static char *
dup_without_marks (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      const gunichar mark = vh_text_to_ascii (g_utf8_get_char (at));
      g_string_append_unichar (out, mark ? mark : g_utf8_get_char (at));
    }
  return g_string_free (out, FALSE);
}

/* Every line of the message made visible on its own: libvirt's words may have
 * several. `kind` stands before the first; NULL none. */
G_GNUC_PRINTF (2, 0)
static void
print_message (const char *kind, const char *format, va_list arguments)
{
  g_autofree char *prefix = kind ? g_strconcat (kind, ": ", NULL) : g_strdup ("");
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  fflush (stdout); /* what was printed before stands before it */
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      g_autofree char *visible = vh_text_dup_visible (lines[i]);
      g_autofree char *shown = is_ascii ? dup_without_marks (visible) : g_strdup (visible);
      fprintf (stderr, "%s%s\n", i == 0 ? prefix : "  ", shown);
    }
}

void
vh_output_error (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  print_message (_ ("error"), format, arguments);
  va_end (arguments);
}

void
vh_output_warning (const char *format, ...)
{
  if (is_quiet)
    return;
  va_list arguments;
  va_start (arguments, format);
  print_message (_ ("warning"), format, arguments);
  va_end (arguments);
}

void
vh_output_note (const char *format, ...)
{
  if (is_quiet)
    return;
  va_list arguments;
  va_start (arguments, format);
  print_message (NULL, format, arguments);
  va_end (arguments);
}

void
vh_output_progress (const char *format, ...)
{
  const gint64 now = g_get_monotonic_time ();
  if (is_quiet || !isatty (STDERR_FILENO) || now - told_at < PROGRESS_US)
    return;
  told_at = now;
  va_list arguments;
  va_start (arguments, format);
  fputc ('\r', stderr);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fflush (stderr);
}

void
vh_output_end_progress (void)
{
  if (told_at)
    fputs ("\r\033[K", stderr);
  told_at = 0;
}

void
vh_output_debug (const char *format, ...)
{
  if (!is_debug)
    return;
  va_list arguments;
  va_start (arguments, format);
  print_message ("debug", format, arguments);
  va_end (arguments);
}

gboolean
vh_output_write_to (const char *bytes, gsize length, gpointer data, GError **error)
{
  if (fwrite (bytes, 1, length, data) == length)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("The output cannot be written: %s."), g_strerror (errno));
  return FALSE;
}

void
vh_output_report (const GError *error)
{
  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    vh_output_error ("%s", error->message);
}

gboolean
vh_output_write (const char *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;
  if (vh_output_write_to (bytes, length, stdout, &error))
    return TRUE;
  vh_output_report (error);
  return FALSE;
}

gboolean
vh_output_print (const char *text)
{
  return vh_output_write (text, strlen (text));
}

gboolean
vh_output_has_color (void)
{
  if (color != VH_COLOR_AUTO)
    return color == VH_COLOR_ALWAYS;
  const char *no_color = g_getenv ("NO_COLOR");
  const char *term = g_getenv ("TERM");
  return isatty (STDOUT_FILENO) && !(no_color && *no_color) && term && !g_str_equal (term, "dumb");
}

VhLook
vh_output_get_look (void)
{
  return look;
}

gboolean
vh_output_flush (void)
{
  if (fflush (stdout) == 0)
    return TRUE;
  if (errno != EPIPE)
    vh_output_error (_ ("The output cannot be written: %s."), g_strerror (errno));
  return FALSE;
}

gboolean
vh_output_is_ascii (void)
{
  return is_ascii;
}

gboolean
vh_output_may_ask (void)
{
  return !is_alone && isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

/* Whoever leads the session would take it from everybody. */
void
vh_output_leave_terminal (void)
{
  is_alone = TRUE;
  const int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal >= 0 && getsid (0) != getpid ())
    ioctl (terminal, TIOCNOTTY);
  if (terminal >= 0)
    close (terminal);
}

gboolean
vh_output_confirm (const char *question)
{
  char *answer = NULL;
  size_t size = 0;
  fprintf (stderr, "%s [y/N] ", question);
  const gboolean answered = getline (&answer, &size, stdin) > 0;
  const gboolean yes = answered && (g_ascii_strcasecmp (g_strchomp (answer), "y") == 0 ||
                                    g_ascii_strcasecmp (answer, "yes") == 0);
  free (answer);
  return yes;
}
