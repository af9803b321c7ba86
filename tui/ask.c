/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "render/text.h"

#define MAX_BYTES 1024
#define CONTROL(letter) ((letter) &0x1f)
#define DELETE 0x7f

/* What the keyboard is while a secret is typed: no echo, and no signals, since the program that
 * one would end has to give the terminal back first. */
static gboolean
hide (int terminal, struct termios *before)
{
  if (tcgetattr (terminal, before) != 0)
    return FALSE;
  struct termios hidden = *before;
  hidden.c_lflag &= ~(tcflag_t) (ECHO | ECHOE | ECHOK | ECHONL | ISIG | ICANON);
  hidden.c_cc[VMIN] = 1;
  hidden.c_cc[VTIME] = 0;
  return tcsetattr (terminal, TCSAFLUSH, &hidden) == 0;
}

/* What is taken back may be of a secret, too. */
static void
cut (GString *line, gsize length)
{
  explicit_bzero (line->str + length, line->len - length);
  g_string_truncate (line, length);
}

/* A whole character. */
static void
take_last (GString *line)
{
  gsize length = line->len;
  while (length > 0 && (line->str[length - 1] & 0xc0) == 0x80)
    length--;
  cut (line, length > 0 ? length - 1 : 0);
}

/* FALSE: nobody wants to answer. */
static gboolean
read_line (int terminal, GString *line)
{
  for (;;)
    {
      char key = 0;
      const ssize_t n = read (terminal, &key, 1);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0 || key == CONTROL ('C') || key == CONTROL ('D'))
        return FALSE;
      if (key == '\n' || key == '\r')
        return TRUE;
      if (key == CONTROL ('U'))
        cut (line, 0);
      else if (key == CONTROL ('H') || key == DELETE)
        take_last (line);
      else if (key != '\0' && line->len < MAX_BYTES)
        g_string_append_c (line, key);
    }
}

void
vh_ask_forget (char *answer)
{
  if (answer)
    explicit_bzero (answer, strlen (answer));
  g_free (answer);
}

/* What is typed as soon as the prompt shows is hidden already. */
static char *
ask_on (int terminal, const char *prompt, gboolean is_secret)
{
  struct termios before;
  if (is_secret && !hide (terminal, &before))
    return NULL;
  dprintf (terminal, "%s: ", prompt);
  /* Never moved, so that no copy of a secret is left behind. */
  GString *line = g_string_sized_new (MAX_BYTES + 1);
  const gboolean good = read_line (terminal, line);
  if (is_secret)
    {
      tcsetattr (terminal, TCSAFLUSH, &before);
      dprintf (terminal, "\n");
    }
  char *answer = g_string_free (line, FALSE);
  if (!good)
    g_clear_pointer (&answer, vh_ask_forget);
  return answer;
}

char *
vh_ask (const char *who, const char *prompt, gboolean is_secret)
{
  const int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0)
    return NULL;
  g_autofree char *whole = g_strdup_printf ("%s: %s", who, prompt);
  g_strchomp (whole);
  /* The prompt comes from afar, and may have a colon of its own. */
  if (g_str_has_suffix (whole, ":"))
    whole[strlen (whole) - 1] = '\0';
  g_autofree char *visible = vh_text_dup_visible (whole);
  char *answer = ask_on (terminal, visible, is_secret);
  close (terminal);
  return answer;
}
