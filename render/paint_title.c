/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "render/paint.h"
#include "render/words.h"

static void
append_part (GString *out, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, "  ");
  g_string_append (out, text);
}

/* Whose rules are shown. Caller frees. */
static char *
new_qemu (const VhScene *scene)
{
  const VhInputs *inputs = scene->session->after->inputs;
  g_autofree char *version = vh_version_format (inputs->qemu);
  if (scene->view->is_asking)
    return g_strdup (_ ("asking for capabilities"));
  if (version == NULL)
    return g_strdup (_ ("QEMU unknown"));
  const gboolean is_assumed = inputs->qemu_origin == VH_ORIGIN_ASSUMED;
  return g_strdup_printf (is_assumed ? _ ("QEMU %s assumed") : "QEMU %s", version);
}

static char *
new_domain_title (const VhScene *scene)
{
  const VhSession *session = scene->session;
  const VhTopology *topology = session->after->topology;
  g_autoptr (GString) out = g_string_new (NULL);
  append_part (out, *topology->name != '\0' ? topology->name : session->info->source);
  append_part (out, vh_words_of_state (session->info));
  append_part (out, topology->machine->type);
  g_autofree char *qemu = new_qemu (scene);
  append_part (out, qemu);
  append_part (out, scene->title);
  append_part (out, scene->uri != NULL ? scene->uri : session->info->source);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
new_title (const VhScene *scene)
{
  static const char *const names[] = {
    [VH_SCREEN_DOMAINS] = N_ ("Domains"),   [VH_SCREEN_MAIN] = NULL,
    [VH_SCREEN_WRITE] = N_ ("Write"),       [VH_SCREEN_HELP] = N_ ("Help"),
    [VH_SCREEN_FINDINGS] = N_ ("Findings"), [VH_SCREEN_COMPARE] = N_ ("What if"),
    [VH_SCREEN_FIT] = N_ ("Fit"),           [VH_SCREEN_HISTORY] = N_ ("History"),
    [VH_SCREEN_EDITS] = N_ ("Changes"),
  };
  g_autoptr (GString) out = g_string_new (NULL);
  const char *name = scene->view->screen == VH_SCREEN_COMPARE && scene->live != NULL
                         ? N_ ("Live")
                         : names[scene->view->screen];
  append_part (out, name != NULL ? _ (name) : NULL);
  gboolean domain = scene->session != NULL && scene->view->screen != VH_SCREEN_DOMAINS;
  g_autofree char *what = domain ? new_domain_title (scene) : NULL;
  append_part (out, what);
  if (!domain)
    {
      append_part (out, scene->title);
      append_part (out, scene->uri);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What must not be cut off. */
static char *
new_flags (const VhScene *scene)
{
  const VhSession *session = scene->session;
  g_autoptr (GString) out = g_string_new (NULL);
  if (session != NULL && scene->view->screen != VH_SCREEN_DOMAINS)
    {
      append_part (out, scene->view->is_stale ? _ ("NO CONNECTION") : "");
      append_part (out, session->info->read_only ? _ ("READ-ONLY") : "");
      append_part (out, vh_session_is_changed (session) ? _ ("* UNSAVED") : "");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* "free 8 PCIe 0 PCI": what can be plugged into; "" where there is no tree. */
static char *
new_free (const VhScene *scene)
{
  if (scene->session == NULL || scene->view->screen == VH_SCREEN_DOMAINS)
    return g_strdup ("");
  const VhFreeSlots slots = scene->session->after->free;
  g_autofree char *pcie = slots.pcie < 0 ? g_strdup ("?") : g_strdup_printf ("%d", slots.pcie);
  g_autofree char *pci = slots.pci < 0 ? g_strdup ("?") : g_strdup_printf ("%d", slots.pci);
  return g_strdup_printf (_ ("free %1$s PCIe %2$s PCI"), pcie, pci);
}

/* The right end of the line: what is free gives way first. */
static char *
new_end (const VhScene *scene, guint width, gboolean *has_free)
{
  g_autofree char *title = new_title (scene);
  g_autofree char *flags = new_flags (scene);
  g_autofree char *free_slots = new_free (scene);
  g_autofree char *both =
      g_strconcat (free_slots, *free_slots != '\0' && *flags != '\0' ? "  " : "", flags, NULL);
  const gboolean fits = vh_text_width (title) + vh_text_width (both) + 4 <= width;
  *has_free = fits && *free_slots != '\0';
  return fits ? g_steal_pointer (&both) : g_steal_pointer (&flags);
}

gboolean
vh_paint_title_has_free (const VhScene *scene, guint width)
{
  gboolean has_free = FALSE;
  g_free (new_end (scene, width, &has_free));
  return has_free;
}

void
vh_paint_title (const VhScene *scene, VhCanvas *canvas, const VhBox *box)
{
  vh_canvas_fill (canvas, box, VH_ROLE_TITLE);
  g_autofree char *title = new_title (scene);
  gboolean has_free = FALSE;
  g_autofree char *flags = new_end (scene, box->width, &has_free);
  guint flags_width = vh_text_width (flags);
  guint taken = flags_width > 0 ? flags_width + 3 : 2;
  VhBox where = *box;
  where.x++;
  where.width = box->width > taken ? box->width - taken : 0;
  vh_canvas_put (canvas, &where, VH_ROLE_TITLE, title);
  where.x = box->x + (box->width > flags_width + 1 ? box->width - flags_width - 1 : 0);
  where.width = flags_width;
  vh_canvas_put (canvas, &where, VH_ROLE_TITLE, flags);
}

/* What cannot be done now stands in brackets. It takes no more room than
 * without: on a slow line the bar must not move with the cursor. */
static char *
new_label (const VhKeyHint *hint)
{
  return g_strdup_printf (hint->enabled ? " %s " : "(%s)", hint->label);
}

void
vh_paint_bar (const GArray *hints, VhCanvas *canvas, const VhBox *box)
{
  vh_canvas_fill (canvas, box, VH_ROLE_KEY_LABEL);
  VhBox where = *box;
  for (guint i = 0; hints != NULL && i < hints->len; i++)
    {
      const VhKeyHint *hint = &g_array_index (hints, VhKeyHint, i);
      g_autofree char *label = new_label (hint);
      g_autofree char *key = g_strdup_printf (" %s", hint->key);
      guint width = vh_text_width (key) + vh_text_width (label);
      if (width > box->x + box->width - where.x)
        continue;
      where.width = width;
      where.x += vh_canvas_put (canvas, &where, VH_ROLE_KEY, key);
      where.x += vh_canvas_put (canvas, &where, hint->enabled ? VH_ROLE_KEY_LABEL : VH_ROLE_KEY_OFF,
                                label);
    }
}

guint
vh_paint_position (VhCanvas *canvas, const VhBox *line, VhExtent extent, guint top)
{
  if (extent.total <= extent.page)
    return line->width;
  guint end = top + extent.page;
  const gboolean tells = end < extent.total && line->width >= 60;
  g_autofree char *text =
      g_strdup_printf (tells ? _ (" %1$u-%2$u of %3$u, more below ") : _ (" %1$u-%2$u of %3$u "),
                       top + 1, end, extent.total);
  guint width = MIN (vh_text_width (text), line->width - 1);
  VhBox where = *line;
  where.x += line->width - 1 - width;
  where.width = width;
  vh_canvas_put (canvas, &where, VH_ROLE_HEADING, text);
  return line->width - 1 - width;
}
