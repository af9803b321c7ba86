/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/equivalent.h"

#include <string.h>

#include "model/check.h"
#include "model/fix.h"
#include "model/i18n.h"
#include "model/spare.h"

#define SAFE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-"

/* A word that a POSIX shell reads as this text: as it is where that is safe. */
static char *
quote (const char *word)
{
  return *word && word[strspn (word, SAFE)] == '\0' ? g_strdup (word) : g_shell_quote (word);
}

/* What has to be set: a knob that is there before and after, and differs. */
typedef struct {
  VhKnob knob;
  gint32 bus;
  VhSwitch to;
  VhSite from_site, to_site;
} Wish;

typedef struct {
  const VhSession *session;
  const VhOptions *options; /* NULL none */
  const char *uri;
  char *target;
  GArray *wishes; /* of Wish */
  GArray *added;  /* of Wish: the settings of ports that are new */
  guint n_added;
  guint n_removed;
  GPtrArray *lines;
} Work;

/* ---- what differs ---- */

static VhKnobState *
new_knob (const Work *work, const VhReading *reading, VhKnob knob, gint32 bus)
{
  return vh_check_new_knob (reading->topology, reading->inputs, work->session->caps, knob, bus);
}

static void
compare_knob (Work *work, VhKnob knob, gint32 bus)
{
  g_autoptr (VhKnobState) old = new_knob (work, work->session->base, knob, bus);
  g_autoptr (VhKnobState) new = new_knob (work, work->session->after, knob, bus);
  if (!old->applies || !new->applies)
    return;
  const Wish wish = { knob, bus, new->configured, old->site, new->site };
  if (old->configured != new->configured || old->site != new->site)
    g_array_append_val (work->wishes, wish);
}

static void
look_at_new_bus (Work *work, const VhBus *bus)
{
  if (vh_topology_find_bus (work->session->base->topology, bus->index) >= 0)
    return;
  const Wish wish = { VH_KNOB_PORT, bus->index, bus->hotplug, VH_SITE_NONE, VH_SITE_TARGET };
  work->n_added++;
  if (bus->hotplug != VH_SWITCH_ABSENT)
    g_array_append_val (work->added, wish);
}

static void
compare (Work *work)
{
  const VhTopology *before = work->session->base->topology;
  const VhTopology *after = work->session->after->topology;
  compare_knob (work, VH_KNOB_ROOT, -1);
  compare_knob (work, VH_KNOB_BRIDGE, -1);
  for (guint i = 0; i < vh_topology_get_n_buses (before); i++)
    {
      const VhBus *bus = vh_topology_get_bus (before, i);
      if (vh_topology_find_bus (after, bus->index) < 0)
        work->n_removed++;
      else if (vh_bus_is_port (bus))
        compare_knob (work, VH_KNOB_PORT, bus->index);
    }
  for (guint i = 0; i < vh_topology_get_n_buses (after); i++)
    look_at_new_bus (work, vh_topology_get_bus (after, i));
}

/* ---- lines ---- */

static void
append_word (GString *line, const char *word)
{
  g_autofree char *quoted = quote (word);
  g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", quoted);
}

static void
append_option (GString *line, const char *option, const char *value)
{
  if (!value)
    return;
  g_autofree char *word = g_strconcat (option, "=", value, NULL);
  append_word (line, word);
}

static GString *
begin (const Work *work, const char *command)
{
  GString *line = g_string_new ("virt-hotplug");
  if (!work->session->info->is_file && work->uri)
    {
      append_word (line, "-c");
      append_word (line, work->uri);
    }
  if (work->session->info->is_file && work->options)
    {
      append_option (line, "--connect", work->options->connect);
      append_option (line, "--qemu", work->options->qemu);
      append_option (line, "--emulator", work->options->emulator);
      append_option (line, "--caps", work->options->caps);
    }
  append_word (line, command);
  append_word (line, work->target);
  return line;
}

static void
append_wish (GString *line, const Wish *wish)
{
  if (wish->knob == VH_KNOB_PORT)
    g_string_append_printf (line, " --port=%d=%s", wish->bus, vh_switch_to_string (wish->to));
  else
    g_string_append_printf (line, " --%s=%s", vh_knob_to_string (wish->knob),
                            vh_switch_to_string (wish->to));
}

static void
push_line (Work *work, GString *line)
{
  g_ptr_array_add (work->lines, g_string_free (line, FALSE));
}

static void
refuse (Work *work, const char *reason)
{
  g_ptr_array_add (work->lines, g_strconcat ("# ", reason, NULL));
}

/* ---- this program ---- */

static VhSite
site_of (const Wish *wish, VhSite asked)
{
  if (asked == VH_SITE_TARGET && wish->knob == VH_KNOB_BRIDGE)
    return VH_SITE_FEATURE;
  return wish->knob == VH_KNOB_PORT && asked != VH_SITE_TARGET ? VH_SITE_NONE : asked;
}

static gboolean
push_wishes (VhSession *trial, const GArray *wishes, VhSite asked)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  for (guint i = 0; i < wishes->len; i++)
    {
      const Wish *wish = &g_array_index (wishes, Wish, i);
      const VhEdit edit = { .kind = VH_EDIT_SET_KNOB,
                            .knob = wish->knob,
                            .bus = wish->bus,
                            .to = wish->to,
                            .site = site_of (wish, asked) };
      g_array_append_val (edits, edit);
    }
  return vh_session_push_knobs (trial, edits, NULL);
}

/* What `set` would do, on a copy of the base. *spare: for --spare-ports. */
static gboolean
try_set (const Work *work, VhSite asked, guint *spare)
{
  const VhSession *session = work->session;
  g_autoptr (VhSession) trial =
      vh_session_new (session->base->document, vh_domain_info_dup (session->info),
                      vh_caps_dup (session->caps), NULL);
  if (!trial || !push_wishes (trial, work->wishes, asked))
    return FALSE;
  *spare = (guint) MAX (vh_spare_count_free (trial->after), 0) + work->n_added;
  if (work->n_added > 0 && !vh_session_ensure_spare (trial, *spare, NULL))
    return FALSE;
  if (!push_wishes (trial, work->added, VH_SITE_NONE))
    return FALSE;
  return g_bytes_equal (vh_document_get_bytes (trial->after->document),
                        vh_document_get_bytes (session->after->document));
}

static void
push_set (Work *work, const char *site, guint spare)
{
  GString *line = begin (work, "set");
  for (guint i = 0; i < work->wishes->len; i++)
    append_wish (line, &g_array_index (work->wishes, Wish, i));
  if (work->n_added > 0)
    g_string_append_printf (line, " --spare-ports=%u", spare);
  append_option (line, "--site", site);
  push_line (work, line);
  if (work->added->len == 0)
    return;
  line = begin (work, "set");
  for (guint i = 0; i < work->added->len; i++)
    append_wish (line, &g_array_index (work->added, Wish, i));
  push_line (work, line);
}

static void
push_own (Work *work)
{
  static const struct {
    VhSite site;
    const char *word;
  } sites[] = { { VH_SITE_NONE, NULL },
                { VH_SITE_QEMU_GLOBAL, "qemu" },
                { VH_SITE_TARGET, "native" } };
  guint spare = 0;
  if (work->n_removed > 0)
    {
      refuse (work, _ ("virt-hotplug: no option of “set” removes a root port."));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    if (try_set (work, sites[i].site, &spare))
      {
        push_set (work, sites[i].word, spare);
        return;
      }
  refuse (work, _ ("virt-hotplug: no options of “set” lead to the same text."));
}

/* ---- virt-xml ---- */

static GString *
begin_virt_xml (const Work *work)
{
  GString *line = g_string_new ("virt-xml");
  if (work->uri)
    {
      append_word (line, "-c");
      append_word (line, work->uri);
    }
  append_word (line, work->target);
  g_string_append (line, " --edit");
  return line;
}

static gboolean
is_element (const Wish *wish)
{
  return (wish->to == VH_SWITCH_ABSENT || wish->to_site == VH_SITE_TARGET) &&
         (wish->from_site == VH_SITE_NONE || wish->from_site == VH_SITE_TARGET);
}

/* virt-xml adds arguments at the end, and removes none. */
static gboolean
is_first_argument (const Work *work, const Wish *wish)
{
  return wish->from_site == VH_SITE_NONE && wish->to_site == VH_SITE_QEMU_GLOBAL &&
         work->session->base->topology->args->n_args == 0;
}

static gboolean
may_virt_xml (const Work *work)
{
  guint n_arguments = 0;
  for (guint i = 0; i < work->wishes->len; i++)
    {
      const Wish *wish = &g_array_index (work->wishes, Wish, i);
      n_arguments += is_first_argument (work, wish);
      if (!is_element (wish) && !is_first_argument (work, wish))
        return FALSE;
    }
  return n_arguments < 2 && work->n_added + work->n_removed == 0;
}

static void
push_virt_xml_wish (Work *work, const Wish *wish)
{
  const char *driver = NULL, *property = NULL;
  GString *line = begin_virt_xml (work);
  if (is_element (wish))
    g_string_append_printf (line, " type=pci,index=%d --controller target.hotplug=%s",
                            MAX (wish->bus, 0),
                            wish->to == VH_SWITCH_ABSENT ? "" : vh_switch_to_string (wish->to));
  else if (vh_check_get_global (work->session->base->topology->machine, wish->knob, &driver,
                                &property))
    {
      g_autofree char *global =
          vh_qemu_args_format_global (driver, property, vh_switch_to_string (wish->to));
      g_autofree char *option = g_strdup_printf ("--qemu-commandline=-global %s", global);
      append_word (line, option);
    }
  push_line (work, line);
}

static void
push_virt_xml (Work *work)
{
  if (work->session->info->is_file)
    return;
  if (!may_virt_xml (work))
    {
      refuse (work, work->n_added + work->n_removed > 0
                        ? _ ("virt-xml: it does not choose places for root ports, nor remove them.")
                        : _ ("virt-xml: it cannot take an argument of QEMU out, or change one."));
      return;
    }
  for (guint i = 0; i < work->wishes->len; i++)
    push_virt_xml_wish (work, &g_array_index (work->wishes, Wish, i));
}

/* ---- all ---- */

/* A name that cannot be typed is no help: then the UUID; NULL for a path. */
static char *
new_target (const VhDomainInfo *info)
{
  const char *name = info->is_file ? info->source : info->name;
  gboolean plain = name && *name != '-' && *name != '\0' && g_utf8_validate (name, -1, NULL);
  for (const char *at = name; plain && *at; at = g_utf8_next_char (at))
    plain = g_unichar_isprint (g_utf8_get_char (at));
  if (plain)
    return g_strdup (name);
  return info->is_file ? NULL : g_strdup (info->uuid);
}

static void
push_fix (Work *work)
{
  GString *line = begin (work, "check");
  append_word (line, "--fix");
  push_line (work, line);
}

static void
push_revert (Work *work)
{
  const char *entry = strrchr (work->session->started, ' ');
  if (work->session->edits->n_done > 0 || !entry)
    {
      refuse (work, _ ("virt-hotplug: a revert that was edited further is no one command."));
      return;
    }
  GString *line = begin (work, "revert");
  append_word (line, entry + 1);
  append_word (line, "--whole");
  push_line (work, line);
}

GPtrArray *
vh_equivalent_new (const VhSession *session, const VhOptions *options, const char *uri)
{
  Work work = { .session = session, .options = options, .uri = uri };
  work.lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *target = new_target (session->info);
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Wish));
  work.target = target;
  work.wishes = wishes;
  work.added = added;
  if (!target || g_str_equal (target, "-"))
    refuse (&work, _ ("There is no name to give to a command."));
  else if (options && options->machine)
    refuse (&work, _ ("With --machine nothing can be written."));
  else if (g_strcmp0 (session->started, VH_FIX_NAME) == 0)
    push_fix (&work);
  else if (session->started)
    push_revert (&work);
  else
    {
      compare (&work);
      push_own (&work);
      push_virt_xml (&work);
    }
  return work.lines;
}
