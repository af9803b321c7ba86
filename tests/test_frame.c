/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole screens against golden pictures: text, roles, cursor. To make them
 * anew: VH_UPDATE_GOLDEN=1; then read every line of the difference. */
#include "render/frame.h"

#include <string.h>

#include "render/sink.h"
#include "tests/scene.h"

typedef struct Stage Stage;
typedef struct {
  const char *name;
  const char *demo;   /* NULL: no domain */
  const char *cursor; /* name of the row; NULL: the first */
  guint width, height;
  gboolean ascii;
  VhScreen screen;
  void (*prepare) (Stage *stage); /* NULL */
} FrameCase;

struct Stage {
  VhSession *session;
  VhView *view;
  GPtrArray *summaries;
  VhPlan *plan;
  VhScene scene;
};

static const VhKeyHint hints[] = {
  { "Space", NULL, "toggle", "Turn the setting under the cursor on or off.", "Change", TRUE },
  { "w", "F2", "write", "Show what would be written, and what follows from it.", "Change", TRUE },
  { "u", NULL, "undo", "Take the last change back.", "Change", FALSE },
  { "?", "F1", "help", "Show the keys of this screen.", "Program", TRUE },
  { "!", "F3", "findings", "Show what is wrong with this domain.", "Look", TRUE },
  { "/", NULL, "search", "Search names, addresses and mechanisms.", "Look", TRUE },
  { "q", "F10 Ctrl-C", "quit", "Leave the program.", "Program", TRUE },
};

/* ---- what happens before the picture ---- */

static void
change (Stage *stage)
{
  scene_set (stage->session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  scene_set (stage->session, VH_KNOB_PORT, 3, VH_SWITCH_ON);
}

static void
change_root (Stage *stage)
{
  scene_set (stage->session, VH_KNOB_ROOT, -1, VH_SWITCH_OFF);
  stage->session->info->is_file = FALSE;
  stage->session->info->state = "running";
  stage->scene.uri = "qemu:///system";
}

static void
filter (Stage *stage)
{
  g_string_assign (stage->view->filter, "interface");
  stage->view->prompt = VH_PROMPT_FILTER;
}

static void
fold_and_search (Stage *stage)
{
  const VhTopology *topology = stage->session->after->topology;
  gint32 expander = vh_topology_find_bus (topology, 12);
  VhRowKey *key = g_new (VhRowKey, 1);
  *key = vh_row_key_of_bus (topology, (guint) expander);
  g_hash_table_add (stage->view->folded, key);
  g_string_assign (stage->view->search, "native");
  stage->view->only_empty = TRUE;
}

static void
fail (Stage *stage)
{
  vh_view_set_message (stage->view, VH_SEVERITY_ERROR,
                       "unsupported configuration: Option 'hotplug' is not valid for PCI "
                       "controller with index '0', model 'pcie-root' and modelName 'none'. "
                       "Nothing was written.");
}

static void
quit (Stage *stage)
{
  change (stage);
  stage->view->prompt = VH_PROMPT_QUIT;
}

static void
write_down (Stage *stage)
{
  change (stage);
  stage->view->scroll = 12;
}

static void
write_refused (Stage *stage)
{
  static VhFinding finding = { VH_SEVERITY_ERROR, VH_RULE_TOO_MANY_PORTS, -1, NULL };
  change (stage);
  finding.text = (char *) (gsize) "A guest of this machine type does not boot with so many ports.";
  stage->plan = vh_session_new_plan (stage->session);
  g_ptr_array_set_size (stage->plan->introduced, 0);
  g_ptr_array_add (stage->plan->introduced, &finding);
}

static void
read_only (Stage *stage)
{
  change (stage);
  stage->session->info->read_only = TRUE;
}

static VhSummary *
new_summary (const char *demo, const char *name, const char *state)
{
  g_autoptr (VhSession) session = scene_session (demo);
  g_free (session->info->name);
  session->info->name = g_strdup (name);
  session->info->state = state;
  return vh_summary_new (session->info, session->base, session->caps, NULL);
}

static VhSummary *
new_failure (const char *name, const char *error)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup (name);
  info->state = "shutoff";
  VhSummary *summary = vh_summary_new (info, NULL, NULL, error);
  vh_domain_info_free (info);
  return summary;
}

static void
free_summary (gpointer summary)
{
  vh_summary_free (summary);
}

static void
pick (Stage *stage)
{
  stage->summaries = g_ptr_array_new_with_free_func (free_summary);
  g_ptr_array_add (stage->summaries, new_summary ("i440fx-nested", "archive", "shutoff"));
  g_ptr_array_add (stage->summaries, new_summary ("q35-numa", "warehouse-database", "running"));
  g_ptr_array_add (stage->summaries,
                   new_failure ("broken", "The PCI address of a controller is malformed."));
  g_ptr_array_add (stage->summaries,
                   new_summary ("contradicting", "\xe6\x97\xa5\xe6\x9c\xac", "paused"));
  g_ptr_array_add (stage->summaries,
                   new_summary ("pc-q35-6.0", "evil\x1b[2J\xe2\x80\xaename", "crashed"));
  stage->view->domain = 1;
  stage->scene.uri = "qemu:///system";
}

static void
pick_nothing (Stage *stage)
{
  stage->scene.uri = "qemu:///session";
  stage->scene.title = "demo";
}

static const FrameCase cases[] = {
  { "main-80x24", "q35-numa", "3 pcie-root-port", 80, 24, FALSE, VH_SCREEN_MAIN, NULL },
  { "main-80x24-ascii", "q35-numa", "3 pcie-root-port", 80, 24, TRUE, VH_SCREEN_MAIN, NULL },
  { "main-100x30", "i440fx-nested", "3 pci-bridge", 100, 30, FALSE, VH_SCREEN_MAIN, change_root },
  { "main-140x40", "q35-numa", "19 pcie-to", 140, 40, FALSE, VH_SCREEN_MAIN, change },
  { "main-140x40-ascii", "q35-numa", "19 pcie-to", 140, 40, TRUE, VH_SCREEN_MAIN, change },
  { "main-60x16", "q35-numa", "sata", 60, 16, FALSE, VH_SCREEN_MAIN, change },
  { "main-40x10", "q35-numa", "ACPI bridge", 40, 10, FALSE, VH_SCREEN_MAIN, change },
  { "main-39x10", "q35-numa", NULL, 39, 10, FALSE, VH_SCREEN_MAIN, NULL },
  { "filter-80x24", "q35-numa", "50:20", 80, 24, FALSE, VH_SCREEN_MAIN, filter },
  { "views-80x24", "q35-numa", "11 pcie", 80, 24, FALSE, VH_SCREEN_MAIN, fold_and_search },
  { "contradicting-100x30", "contradicting", "ACPI bridge", 100, 30, FALSE, VH_SCREEN_MAIN, NULL },
  { "error-80x24", "q35-desktop", NULL, 80, 24, FALSE, VH_SCREEN_MAIN, fail },
  { "quit-40x10", "q35-numa", NULL, 40, 10, TRUE, VH_SCREEN_MAIN, quit },
  { "write-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_WRITE, change },
  { "write-100x30", "q35-numa", NULL, 100, 30, FALSE, VH_SCREEN_WRITE, write_down },
  { "write-140x40-ascii", "i440fx-nested", NULL, 140, 40, TRUE, VH_SCREEN_WRITE, change_root },
  { "write-refused-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_WRITE, write_refused },
  { "write-read-only-40x10", "q35-numa", NULL, 40, 10, FALSE, VH_SCREEN_WRITE, read_only },
  { "help-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_HELP, NULL },
  { "help-40x10", NULL, NULL, 40, 10, TRUE, VH_SCREEN_HELP, NULL },
  { "findings-80x24", "contradicting", NULL, 80, 24, FALSE, VH_SCREEN_FINDINGS, NULL },
  { "domains-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, pick },
  { "domains-100x30-ascii", NULL, NULL, 100, 30, TRUE, VH_SCREEN_DOMAINS, pick },
  { "domains-40x10", NULL, NULL, 40, 10, FALSE, VH_SCREEN_DOMAINS, pick },
  { "domains-none-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, pick_nothing },
};

/* ---- pictures ---- */

static void
compare_golden (const char *name, const char *got)
{
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "frames", file, NULL);
  g_autoptr (GError) error = NULL;
  if (g_getenv ("VH_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, got, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_autofree char *expected = NULL;
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (got, expected) != 0)
    {
      g_test_message ("%s is now:\n%s", name, got);
      g_test_fail ();
    }
}

/* Text, then roles, each line of a picture as it is. */
static char *
dump (const VhCanvas *canvas)
{
  g_autofree char *text = vh_sink_text (canvas);
  g_autofree char *roles = vh_sink_roles (canvas);
  return g_strdup_printf ("%s== roles\n%s== cursor %d,%d\n", text, roles, canvas->cursor_x,
                          canvas->cursor_y);
}

static void
open_stage (Stage *stage, const FrameCase *c)
{
  *stage = (Stage){ .view = vh_view_new () };
  stage->view->screen = c->screen;
  if (c->demo != NULL)
    stage->session = scene_session (c->demo);
  if (c->prepare != NULL)
    c->prepare (stage);
  if (c->screen == VH_SCREEN_WRITE && stage->plan == NULL)
    stage->plan = vh_session_new_plan (stage->session);
}

/* The last rows of the stage stay with the caller. */
static GArray *
set_scene (Stage *stage, const FrameCase *c)
{
  VhScene *scene = &stage->scene;
  GArray *rows = NULL;
  scene->session = stage->session;
  scene->view = stage->view;
  scene->plan = stage->plan;
  scene->summaries = stage->summaries;
  if (stage->session != NULL)
    {
      rows = vh_rows_new (stage->session, stage->view);
      const VhRow *row = c->cursor != NULL ? scene_find (rows, stage->session, c->cursor)
                                           : &g_array_index (rows, VhRow, 0);
      stage->view->cursor = row->key;
    }
  scene->rows = rows;
  return rows;
}

static void
close_stage (Stage *stage)
{
  g_clear_pointer (&stage->plan, vh_plan_free);
  g_clear_pointer (&stage->session, vh_session_free);
  g_clear_pointer (&stage->summaries, g_ptr_array_unref);
  vh_view_free (stage->view);
}

static void
test_picture (gconstpointer data)
{
  const FrameCase *c = data;
  g_autoptr (GArray) bar = g_array_new (FALSE, FALSE, sizeof (VhKeyHint));
  g_array_append_vals (bar, hints, G_N_ELEMENTS (hints));
  Stage stage;
  open_stage (&stage, c);
  GArray *rows = set_scene (&stage, c);
  stage.scene.bar = stage.scene.help = bar;
  g_autoptr (VhCanvas) canvas = vh_canvas_new (c->width, c->height, c->ascii);
  vh_frame_paint (&stage.scene, canvas);
  g_autofree char *got = dump (canvas);
  g_assert_true (!c->ascii || g_str_is_ascii (got));
  compare_golden (c->name, got);
  g_clear_pointer (&rows, g_array_unref);
  close_stage (&stage);
}

/* No size may crash, and below the minimum it says so. */
static void
test_every_size (gconstpointer data)
{
  const FrameCase *c = data;
  Stage stage;
  open_stage (&stage, c);
  GArray *rows = set_scene (&stage, c);
  for (guint width = 0; width < 150; width += width < 45 ? 4 : 19)
    for (guint height = 0; height < 45; height += height < 18 ? 1 : 11)
      {
        g_autoptr (VhCanvas) canvas = vh_canvas_new (width, height, FALSE);
        vh_frame_paint (&stage.scene, canvas);
        VhExtent extent = vh_frame_get_extent (&stage.scene, width, height);
        g_assert_cmpuint (extent.page, >, 0);
        if (width >= VH_FRAME_MIN_WIDTH && height >= VH_FRAME_MIN_HEIGHT)
          g_assert_cmpint (canvas->cursor_y, >=, 0);
      }
  g_clear_pointer (&rows, g_array_unref);
  close_stage (&stage);
}

/* Wherever the cursor goes, the picture shows it. */
static void
test_cursor_in_sight (void)
{
  static const FrameCase c = { "cursor", "q35-numa", NULL, 0, 0, FALSE, VH_SCREEN_MAIN, NULL };
  Stage stage;
  open_stage (&stage, &c);
  GArray *rows = set_scene (&stage, &c);
  for (guint height = VH_FRAME_MIN_HEIGHT; height < 30; height += 7)
    for (guint i = 0; i < 2 * rows->len; i++)
      {
        guint at = i < rows->len ? i : 2 * rows->len - 1 - i;
        guint page = vh_frame_get_extent (&stage.scene, 80, height).page;
        stage.view->cursor = g_array_index (rows, VhRow, at).key;
        stage.view->top = vh_frame_get_top (stage.view->top, at, page, rows->len);
        g_autoptr (VhCanvas) canvas = vh_canvas_new (80, height, FALSE);
        vh_frame_paint (&stage.scene, canvas);
        g_assert_cmpint (canvas->cursor_y, >=, 0);
        g_assert_cmpint (vh_canvas_get (canvas, 0, (guint) canvas->cursor_y)->role, ==,
                         VH_ROLE_SELECTED);
      }
  g_array_unref (rows);
  close_stage (&stage);
}

static void
test_top (void)
{
  static const guint table[][5] = {
    /* top, cursor, page, total: top */
    { 0, 0, 10, 5, 0 },     { 0, 9, 10, 20, 0 },   { 0, 10, 10, 20, 1 }, { 5, 3, 10, 20, 3 },
    { 15, 19, 10, 20, 10 }, { 0, 19, 10, 20, 10 }, { 3, 4, 0, 20, 4 },   { 0, 0, 10, 0, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpuint (vh_frame_get_top (table[i][0], table[i][1], table[i][2], table[i][3]), ==,
                      table[i][4]);
}

static void
test_page (gconstpointer data)
{
  const char *demo = data;
  gboolean ascii = g_str_equal (demo, "contradicting");
  g_autoptr (VhSession) session = scene_session (demo);
  g_autoptr (VhCanvas) canvas = vh_frame_new_page (session, 100, ascii);
  g_autofree char *text = vh_sink_text (canvas);
  g_autofree char *name = g_strconcat ("page-", demo, NULL);
  compare_golden (name, text);
}

static void
test_page_without_pci (void)
{
  g_autoptr (VhSession) session = scene_session_of ("fixtures/domains/lxc.xml");
  g_autoptr (VhCanvas) canvas = vh_frame_new_page (session, 100, FALSE);
  g_autofree char *text = vh_sink_text (canvas);
  g_assert_nonnull (strstr (text, "This domain has no PCI bus."));
}

static void
add (const char *kind, const FrameCase *c, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/frame/%s/%s", kind, c->name);
  g_test_add_data_func (path, c, function);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    add ("picture", &cases[i], test_picture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i += 4)
    add ("every-size", &cases[i], test_every_size);
  g_test_add_func ("/frame/cursor-in-sight", test_cursor_in_sight);
  g_test_add_func ("/frame/top", test_top);
  g_test_add_data_func ("/frame/page/q35-numa", "q35-numa", test_page);
  g_test_add_data_func ("/frame/page/contradicting", "contradicting", test_page);
  g_test_add_func ("/frame/page/without-pci", test_page_without_pci);
  return g_test_run ();
}
