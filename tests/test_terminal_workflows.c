/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What people come to do, key by key in a real terminal: each job on screens
 * of two sizes, in UTF-8 and ASCII, with colours and without. */
#include <string.h>

#include "scratch.h"
#include "terminal.h"

#define MAX_STEPS 16

typedef enum {
  END,         /* the program ends; what is sent is the last key */
  SEES,        /* the screen shows the text */
  MISSES,      /* it does not, or no longer */
  IS_ON,       /* the cursor stands on a line with it */
  STORES,      /* the file has it */
  STORES_NOT,  /* the file has not */
  OTHERS_WROTE /* someone else adds the text to the file, then it is sent */
} Want;

typedef struct {
  const char *keys; /* NULL none */
  Want want;
  const char *text;
} Step;

typedef struct {
  const char *name;
  const char *domain; /* of the demo; NULL: the list of them */
  Step steps[MAX_STEPS];
} Workflow;

#define BRIDGE_OFF "acpi-pci-hotplug-with-bridge-support=off"
#define DOWN "\033OB"

static const Workflow workflows[] = {
  { "toggle-and-write",
    "pc-q35-6.2",
    { { NULL, IS_ON, "ACPI bridge hotplug" },
      { " ", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { "\r", SEES, "Write these changes?" },
      { NULL, STORES_NOT, BRIDGE_OFF },
      { "y", SEES, "is stored." },
      { NULL, STORES, BRIDGE_OFF },
      { "q", END, NULL } } },
  { "undo-and-redo",
    "pc-q35-6.2",
    { { "B", SEES, "UNSAVED" },
      { "u", MISSES, "UNSAVED" },
      { "U", SEES, "UNSAVED" },
      { "u", MISSES, "UNSAVED" },
      { "\022", SEES, "UNSAVED" },
      { "u", MISSES, "UNSAVED" },
      { "q", END, NULL } } },
  { "search",
    "pc-q35-6.2",
    { { "/", SEES, "Search:" },
      { "disk", IS_ON, "disk" },
      { "\r", MISSES, "Search:" },
      { "n", IS_ON, "disk" },
      { "N", IS_ON, "disk" },
      { "/", SEES, "Search:" },
      { "\033", MISSES, "Search:" },
      { "q", END, NULL } } },
  { "filter",
    "pc-q35-6.2",
    { { "\\", SEES, "Filter:" },
      { "disk", MISSES, "pci-bridge" },
      { "\r", SEES, "Only lines with" },
      { "\\", SEES, "Filter:" },
      { "\033", MISSES, "Filter:" },
      { NULL, MISSES, "Only lines with" },
      { "q", END, NULL } } },
  { "policy",
    "q35-numa",
    { { "p", SEES, "any other key" },
      { "z", MISSES, "any other key" },
      { "p", SEES, "any other key" },
      { "1", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { "y", SEES, "is stored." },
      { NULL, STORES, "hotplug='off'" },
      { "q", END, NULL } } },
  { "spare-ports",
    "pc-q35-6.2",
    { { "a", SEES, "Enter add" },
      { "2\r", SEES, "UNSAVED" },
      { "u", MISSES, "UNSAVED" },
      { "U", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { "y", SEES, "is stored." },
      { "q", END, NULL } } },
  { "remove-port",
    "pc-q35-6.2",
    { { "x", SEES, "UNSAVED" },
      { "u", MISSES, "UNSAVED" },
      { "x", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { NULL, STORES, "<controller type='pci' index='10'" },
      { "y", SEES, "is stored." },
      { NULL, STORES_NOT, "<controller type='pci' index='10'" },
      { "q", END, NULL } } },
  { "undo-on-the-list",
    "pc-q35-6.2",
    { { "B", SEES, "UNSAVED" },
      { "E", IS_ON, "now        1" },
      { "u", IS_ON, "now        0" },
      { "U", IS_ON, "now        1" },
      { "\033", IS_ON, "ACPI bridge hotplug" },
      { "u", MISSES, "UNSAVED" },
      { "q", END, NULL } } },
  { "xml-of-an-element",
    "pc-q35-6.2",
    { { "/disk\r", IS_ON, "disk vda" },
      { "i", SEES, " Details " },
      { "i", SEES, "<disk " },
      { "k", SEES, "<controller " },
      { "i", MISSES, "<controller " },
      { "q", END, NULL } } },
  { "fit",
    "pc-q35-6.2",
    { { "f", SEES, "virtio-net" }, { "\033", MISSES, "virtio-net" }, { "q", END, NULL } } },
  { "what-if",
    "pc-q35-6.2",
    { { "m", SEES, "Enter compare" },
      { "\025pc-q35-6.0\r", SEES, "AS IT IS" },
      { "\033", MISSES, "AS IT IS" },
      { "q", END, NULL } } },
  { "what-ifs",
    "pc-q35-6.2",
    { { "m", SEES, "Enter compare" },
      { "\025pc-q35-6.0 pc-q35-6.1\r", SEES, "pc-q35-6.1" },
      { NULL, SEES, "pc-q35-6.0" },
      { "c", SEES, "differ" },
      { "m\025pc-q35-6.0|10.0\r", SEES, "QEMU 10.0" },
      { "\033", IS_ON, "ACPI bridge hotplug" },
      { "q", END, NULL } } },
  { "history-and-revert",
    "pc-q35-6.2",
    { { "B", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { "y", SEES, "is stored." },
      { "H", SEES, "BACKUP MADE" },
      { "\r", SEES, "Write these changes?" },
      { "y", SEES, "is stored." },
      { NULL, STORES_NOT, BRIDGE_OFF },
      { "q", END, NULL } } },
  { "conflict",
    "pc-q35-6.2",
    { { "B", SEES, "UNSAVED" },
      { "w", SEES, "Write these changes?" },
      { "y", OTHERS_WROTE, "<!-- theirs -->\n" },
      { NULL, SEES, "Your changes are on top" },
      { NULL, STORES_NOT, BRIDGE_OFF },
      { "w", SEES, "Write these changes?" },
      { "y", SEES, "is stored." },
      { NULL, STORES, BRIDGE_OFF },
      { NULL, STORES, "<!-- theirs -->" },
      { "q", END, NULL } } },
  { "quit-with-unsaved",
    "pc-q35-6.2",
    { { "B", SEES, "UNSAVED" },
      { "q", SEES, "Drop the changes?" },
      { "n", MISSES, "Drop the changes?" },
      { "\003", SEES, "Drop the changes?" },
      { "y", END, NULL } } },
  { "overview",
    NULL,
    { { NULL, SEES, "q35-numa" },
      { "G", SEES, "q35-numa" },
      { "g" DOWN DOWN, SEES, "q35-numa" },
      { "\r", SEES, "ACPI bridge hotplug" },
      { "L", SEES, "q35-numa" },
      { "q", END, NULL } } },
};

typedef struct {
  const char *name;
  guint width, height;
  gboolean ascii; /* as it is where the locale is not UTF-8 */
  gboolean mono;
} Screen;

static const Screen screens[] = {
  { "80x24", 80, 24, FALSE, FALSE },        { "80x24-mono", 80, 24, FALSE, TRUE },
  { "80x24-ascii", 80, 24, TRUE, FALSE },   { "80x24-ascii-mono", 80, 24, TRUE, TRUE },
  { "120x40", 120, 40, FALSE, FALSE },      { "120x40-mono", 120, 40, FALSE, TRUE },
  { "120x40-ascii", 120, 40, TRUE, FALSE }, { "120x40-ascii-mono", 120, 40, TRUE, TRUE },
};

typedef struct {
  const Workflow *workflow;
  const Screen *screen;
} Case;

/* With folders of its own, and without libvirt's driver: the demo is files. */
static Terminal *
start (const Case *c, const char *folder, const char *path)
{
  const char *const variables[] = { "XDG_STATE_HOME",
                                    folder,
                                    "XDG_CACHE_HOME",
                                    folder,
                                    "TMPDIR",
                                    folder,
                                    "LIBVIRT_DRIVER_DIR",
                                    folder,
                                    "NO_COLOR",
                                    c->screen->mono ? "1" : "",
                                    NULL };
  /* In a locale of one byte a letter curses repeats blanks by a sequence that
   * libvterm takes wrongly at the end of a line; screen has none. */
  const TerminalSetting setting = { c->screen->width, c->screen->height,
                                    c->screen->ascii ? "screen" : "xterm-256color",
                                    c->screen->ascii ? "C" : "C.UTF-8", variables };
  const char *const argv[] = { g_getenv ("VIRT_HOTPLUG"), path ? path : "--demo", NULL };
  return terminal_new_with (&setting, argv);
}

static void
add_theirs (const char *path, const char *theirs)
{
  g_autofree char *before = vh_scratch_read (path);
  g_autofree char *after = g_strconcat (before, theirs, NULL);
  g_assert_true (g_file_set_contents (path, after, -1, NULL));
}

static void
expect_stored (const char *path, const Step *step)
{
  g_autofree char *text = vh_scratch_read (path);
  g_assert_cmpint (strstr (text, step->text) != NULL, ==, step->want == STORES);
}

static void
expect (Terminal *terminal, const char *path, const Step *step)
{
  switch (step->want)
    {
    case SEES:
      terminal_expect (terminal, step->text);
      break;
    case MISSES:
      terminal_expect_gone (terminal, step->text);
      break;
    case IS_ON:
      terminal_expect_cursor_on (terminal, step->text);
      break;
    case STORES:
    case STORES_NOT:
      expect_stored (path, step);
      break;
    case END:
      terminal_expect_clean_end (terminal, 0);
      break;
    case OTHERS_WROTE:
      break;
    }
}

static void
walk (Terminal *terminal, const char *path, const Step *steps)
{
  const Step *step = steps;
  do
    {
      if (step->want == OTHERS_WROTE)
        add_theirs (path, step->text);
      if (step->keys)
        terminal_send (terminal, step->keys);
      expect (terminal, path, step);
    }
  while (step++->want != END);
}

static void
expect_look (const Terminal *terminal, const Screen *screen)
{
  const GString *output = terminal_get_output (terminal);
  const gboolean has_color = g_regex_match_simple ("\\x1b\\[[34][0-7]m", output->str, 0, 0);
  g_assert_cmpint (has_color, ==, !screen->mono);
  g_assert_cmpint (g_str_is_ascii (output->str), ==, screen->ascii);
}

static void
test_workflow (gconstpointer data)
{
  const Case *c = data;
  char *folder = vh_scratch_new ();
  g_autofree char *path =
      c->workflow->domain ? terminal_copy_demo (folder, c->workflow->domain) : NULL;
  g_autoptr (Terminal) terminal = start (c, folder, path);
  terminal_expect (terminal, "quit");
  walk (terminal, path, c->workflow->steps);
  expect_look (terminal, c->screen);
  vh_scratch_free (folder);
}

int
main (int argc, char **argv)
{
  static Case cases[G_N_ELEMENTS (workflows) * G_N_ELEMENTS (screens)];
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cases[i] =
          (Case){ &workflows[i / G_N_ELEMENTS (screens)], &screens[i % G_N_ELEMENTS (screens)] };
      g_autofree char *path =
          g_strdup_printf ("/workflow/%s/%s", cases[i].workflow->name, cases[i].screen->name);
      g_test_add_data_func (path, &cases[i], test_workflow);
    }
  return g_test_run ();
}
