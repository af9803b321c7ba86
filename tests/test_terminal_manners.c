/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a terminal and its user may expect of any program: quiet, no grabbing,
 * their colours, their size, their screen back. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "scratch.h"
#include "terminal.h"

#define DOMAIN "pc-q35-6.2"
#define REST_MS 2000
#define N_RESIZES 1000

/* The program with an option, NULL for none, when it shows the domain. */
static Terminal *
start (const TerminalSetting *setting, const char *option)
{
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), path, option, NULL };
  Terminal *terminal = terminal_new_with (setting, argv);
  terminal_expect (terminal, "quit");
  return terminal;
}

static const TerminalSetting usual = { .width = 80, .height = 24 };

static void
quit (Terminal *terminal)
{
  terminal_send (terminal, "q");
  terminal_expect_clean_end (terminal, 0);
}

static gboolean
has_written (Terminal *terminal, const char *bytes)
{
  return strstr (terminal_get_output (terminal)->str, bytes) != NULL;
}

/* Who does nothing gets nothing: no clock, no spinner. */
static void
test_rest (void)
{
  g_autoptr (Terminal) terminal = start (&usual, NULL);
  g_assert_cmpuint (terminal_rest (terminal, REST_MS), ==, 0);
  terminal_send (terminal, "B");
  terminal_expect (terminal, "UNSAVED");
  g_assert_cmpuint (terminal_rest (terminal, REST_MS), ==, 0);
  terminal_send (terminal, "u");
  terminal_expect_gone (terminal, "UNSAVED");
  quit (terminal);
}

/* A terminal that reports clicks can no longer select text. */
static void
test_mouse (gconstpointer data)
{
  static const char *const modes[] = { "\033[?9h", "\033[?1000", "\033[?1002", "\033[?1003",
                                       "\033[?1006" };
  const char *option = data;
  g_autoptr (Terminal) terminal = start (&usual, option);
  if (option)
    {
      terminal_send (terminal, "\033[<0;20;6M\033[<0;20;6m");
      terminal_expect_cursor_on (terminal, "video vga");
    }
  quit (terminal);
  gboolean asked = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    asked = asked || has_written (terminal, modes[i]);
  g_assert_cmpint (asked, ==, option != NULL);
}

typedef struct {
  const char *name;
  const char *option;
  const char *variables[5];
  gboolean has_color;
} ColorCase;

static const ColorCase color_cases[] = {
  { "plain", NULL, { NULL }, TRUE },
  { "no-color", NULL, { "NO_COLOR", "1", NULL }, FALSE },
  { "no-color-any", NULL, { "NO_COLOR", "no", NULL }, FALSE },
  { "no-color-empty", NULL, { "NO_COLOR", "", NULL }, TRUE },
  { "always", "--color=always", { "NO_COLOR", "1", NULL }, TRUE },
  { "never", "--color=never", { NULL }, FALSE },
  { "mono", "--look=mono", { NULL }, FALSE },
  { "mono-variable", NULL, { "VIRT_HOTPLUG_LOOK", "mono", NULL }, FALSE },
  { "option-wins", "--look=default", { "VIRT_HOTPLUG_LOOK", "mono", NULL }, TRUE },
  { "contrast", "--look=high-contrast", { NULL }, TRUE },
  { "light", "--look=light", { NULL }, TRUE },
  { "contrast-no-color", "--look=high-contrast", { "NO_COLOR", "1", NULL }, FALSE },
};

static void
test_color (gconstpointer data)
{
  const ColorCase *c = data;
  const TerminalSetting setting = { .width = 80, .height = 24, .variables = c->variables };
  g_autoptr (Terminal) terminal = start (&setting, c->option);
  quit (terminal);
  const char *output = terminal_get_output (terminal)->str;
  g_assert_cmpint (g_regex_match_simple ("\\x1b\\[(3|4|9|10)[0-7]m", output, 0, 0), ==,
                   c->has_color);
}

/* Bright where the terminal has it, else by bold. */
static void
test_bright (gconstpointer data)
{
  const TerminalSetting setting = { .width = 80, .height = 24, .type = data };
  g_autoptr (Terminal) terminal = start (&setting, "--look=high-contrast");
  quit (terminal);
  const gboolean has_bright = g_str_equal (setting.type, "xterm-256color");
  g_assert_cmpint (has_written (terminal, "\033[97m"), ==, has_bright);
  g_assert_true (has_bright || has_written (terminal, "\033[37m"));
}

/* The window is dragged, and closed to nothing on the way. */
static void
test_resize_storm (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);
  g_autoptr (Terminal) terminal = start (&usual, NULL);
  for (guint i = 0; i < N_RESIZES; i++)
    {
      if (i % 50 == 0)
        terminal_resize (terminal, 1, 1);
      else
        terminal_resize (terminal, (guint) g_rand_int_range (chance, 1, 300),
                         (guint) g_rand_int_range (chance, 1, 100));
      if (i % 7 == 0)
        terminal_send (terminal, i % 14 ? "\033OA" : "\033OB");
    }
  terminal_resize (terminal, 80, 24);
  terminal_expect (terminal, "quit");
  terminal_rest (terminal, 0);
  g_autofree char *resized = terminal_dup_text (terminal);
  terminal_send (terminal, "\014"); /* draws all anew: nothing was left wrong */
  terminal_rest (terminal, 0);
  g_autofree char *drawn = terminal_dup_text (terminal);
  g_assert_cmpstr (resized, ==, drawn);
  quit (terminal);
}

typedef struct {
  guint width, height;
  const char *shows;
} SizeCase;

static const SizeCase size_cases[] = {
  { 40, 10, "ACPI bridge" },  { 80, 24, "search" },   { 120, 40, "search" },
  { 200, 60, "search" },      { 300, 100, "search" }, { 300, 10, "ACPI bridge" },
  { 40, 100, "ACPI bridge" },
};

static void
test_size (gconstpointer data)
{
  const SizeCase *c = data;
  const TerminalSetting setting = { .width = c->width, .height = c->height };
  g_autofree char *path = terminal_get_demo_path (DOMAIN);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), path, NULL };
  g_autoptr (Terminal) terminal = terminal_new_with (&setting, argv);
  terminal_expect (terminal, c->shows);
  terminal_send (terminal, "?");
  terminal_expect (terminal, "Esc back");
  terminal_send (terminal, "\033");
  terminal_expect_gone (terminal, "Esc back");
  quit (terminal);
}

/* Wide letters, marks on top, and writing from the right, beside what would
 * turn the line around. Columns stay where they are. */
static void
test_names (gconstpointer data)
{
  static const char xml[] =
      "<domain type='kvm'><name>\xe6\x97\xa5\xe6\x9c\xac e\xcc\x81 "
      "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d "
      "\xe2\x80\xaeright</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>"
      "<devices><controller type='pci' index='1' model='pcie-root-port'><alias "
      "name='ua-\xe6\x97\xa5\xe6\x9c\xac'/><address type='pci' bus='0x00' slot='0x02'/>"
      "</controller><filesystem type='mount'><source dir='/a'/><target "
      "dir='\xe6\x97\xa5\xe6\x9c\xac"
      "e\xcc\x81\xd7\xa9\xd7\x9c'/><address type='pci' bus='0x01' "
      "slot='0x00'/></filesystem></devices></domain>";
  char *folder = vh_scratch_new ();
  g_autofree char *path = vh_scratch_write (folder, "names.xml", xml, 0600);
  const TerminalSetting setting = { .width = 80, .height = 24, .locale = data };
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), path, NULL };
  g_autoptr (Terminal) terminal = terminal_new_with (&setting, argv);
  terminal_expect (terminal, "quit");
  g_assert_false (has_written (terminal, "\xe2\x80\xae"));
  terminal_send (terminal, "G");
  terminal_expect_cursor_on (terminal, "filesystem");
  quit (terminal);
  vh_scratch_free (folder);
}

static void
test_window_closed (void)
{
  g_autoptr (Terminal) terminal = start (&usual, NULL);
  terminal_hang_up (terminal);
  const int status = terminal_expect_end (terminal);
  /* Whichever it sees first: the signal, or the line. */
  g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGHUP : WEXITSTATUS (status) == 1);
}

/* Text pasted into the wrong window: w opens the write screen, but the y
 * behind it was never an answer. */
static void
test_paste (void)
{
  char *folder = vh_scratch_new ();
  g_autofree char *path = terminal_copy_demo (folder, DOMAIN);
  g_autofree char *before = vh_scratch_read (path);
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), path, NULL };
  g_autoptr (Terminal) terminal = terminal_new_with (&usual, argv);
  terminal_expect (terminal, "quit");
  terminal_send (terminal, "B");
  terminal_expect (terminal, "UNSAVED");
  terminal_send (terminal, "wy");
  terminal_expect (terminal, "Write these changes?");
  terminal_rest (terminal, 0);
  terminal_expect (terminal, "Write these changes?");
  terminal_send (terminal, "\033");
  terminal_expect_gone (terminal, "Write these changes?");
  terminal_send (terminal, "qy");
  terminal_expect (terminal, "Drop the changes?");
  terminal_send (terminal, "y");
  terminal_expect_clean_end (terminal, 0);
  g_autofree char *after = vh_scratch_read (path);
  g_assert_cmpstr (after, ==, before);
  vh_scratch_free (folder);
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (color_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/manners/color/", color_cases[i].name, NULL);
      g_test_add_data_func (path, &color_cases[i], test_color);
    }
  for (guint i = 0; i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/manners/size/%ux%u", size_cases[i].width, size_cases[i].height);
      g_test_add_data_func (path, &size_cases[i], test_size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manners/rest", test_rest);
  g_test_add_data_func ("/manners/mouse/not-asked", NULL, test_mouse);
  g_test_add_data_func ("/manners/mouse/asked", "--mouse", test_mouse);
  add_tables ();
  g_test_add_data_func ("/manners/bright/xterm", "xterm-256color", test_bright);
  g_test_add_data_func ("/manners/bright/linux", "linux", test_bright);
  g_test_add_func ("/manners/resize-storm", test_resize_storm);
  g_test_add_data_func ("/manners/names/utf-8", "C.UTF-8", test_names);
  g_test_add_data_func ("/manners/names/ascii", "C", test_names);
  g_test_add_func ("/manners/window-closed", test_window_closed);
  g_test_add_func ("/manners/paste", test_paste);
  return g_test_run ();
}
