/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/set_request.h"

#include "model/i18n.h"
#include "tui/output.h"

typedef struct {
  VhKnob knob;
  gint32 bus;
  VhSwitch to;
} Wish;

static gboolean
parse_switch (const char *option, const char *word, VhSwitch *value)
{
  if (vh_switch_from_string (word, value))
    return TRUE;
  vh_output_error (_ ("%1$s takes on, off or default, not “%2$s”."), option, word);
  return FALSE;
}

static gboolean
parse_port (const char *text, Wish *wish)
{
  g_auto (GStrv) halves = g_strsplit (text, "=", 2);
  guint64 index = 0;
  if (!halves[0] || !halves[1] ||
      !g_ascii_string_to_unsigned (halves[0], 10, 0, G_MAXUINT16, &index, NULL))
    {
      vh_output_error (_ ("--port takes INDEX=on, INDEX=off or INDEX=default, not “%s”."), text);
      return FALSE;
    }
  wish->knob = VH_KNOB_PORT;
  wish->bus = (gint32) index;
  return parse_switch ("--port", halves[1], &wish->to);
}

static gboolean
parse_site (const char *word, VhSite *site)
{
  *site = VH_SITE_NONE;
  if (!word)
    return TRUE;
  if (g_str_equal (word, "qemu"))
    *site = VH_SITE_QEMU_GLOBAL;
  else if (g_str_equal (word, "native"))
    *site = VH_SITE_TARGET;
  else
    {
      vh_output_error (_ ("--site takes native or qemu, not “%s”."), word);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_spare (const char *text, guint *n)
{
  guint64 value = 0;
  if (!text)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 1, VH_MAX_BUS_INDEX, &value, NULL))
    {
      vh_output_error (_ ("--spare-ports takes a number from 1 to %1$d, not “%2$s”."),
                       VH_MAX_BUS_INDEX, text);
      return FALSE;
    }
  *n = (guint) value;
  return TRUE;
}

static gboolean
parse_policy (const char *word, VhSetRequest *request)
{
  request->has_policy = word != NULL;
  if (!word || vh_policy_from_string (word, &request->policy))
    return TRUE;
  vh_output_error (
      _ ("--policy takes lock-occupied, lock-non-nic, forbid, native or default, not “%s”."), word);
  return FALSE;
}

static gboolean
parse_knob (const char *option, const char *word, VhKnob knob, GArray *wishes)
{
  Wish wish = { knob, -1, VH_SWITCH_ABSENT };
  if (!word)
    return TRUE;
  if (!parse_switch (option, word, &wish.to))
    return FALSE;
  g_array_append_val (wishes, wish);
  return TRUE;
}

static gboolean
parse_ports (char *const *ports, GArray *wishes)
{
  for (guint i = 0; ports && ports[i]; i++)
    {
      Wish port = { VH_KNOB_PORT, -1, VH_SWITCH_ABSENT };
      if (!parse_port (ports[i], &port))
        return FALSE;
      g_array_append_val (wishes, port);
    }
  return TRUE;
}

VhSetRequest *
vh_set_request_new (const VhOptions *options)
{
  g_autoptr (VhSetRequest) request = g_new0 (VhSetRequest, 1);
  request->wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  if (!parse_knob ("--root", options->root, VH_KNOB_ROOT, request->wishes) ||
      !parse_knob ("--bridge", options->bridge, VH_KNOB_BRIDGE, request->wishes) ||
      !parse_policy (options->policy, request) || !parse_ports (options->ports, request->wishes) ||
      !parse_site (options->site, &request->site) ||
      !parse_spare (options->spare_ports, &request->n_spare))
    return NULL;
  return g_steal_pointer (&request);
}

void
vh_set_request_free (VhSetRequest *request)
{
  g_array_unref (request->wishes);
  g_free (request);
}

gboolean
vh_set_request_is_empty (const VhSetRequest *request)
{
  return !request->has_policy && request->wishes->len == 0 && request->site == VH_SITE_NONE &&
         request->n_spare == 0;
}

/* ---- the edits ---- */

/* --site=native is whichever native element the knob has. */
static VhSite
site_of (VhKnob knob, VhSite asked)
{
  return asked == VH_SITE_TARGET && knob == VH_KNOB_BRIDGE ? VH_SITE_FEATURE : asked;
}

/* The edit of a wish; FALSE when there is nothing to do, or with an error. */
static gboolean
make_edit (const VhSession *session, const Wish *wish, VhSite asked, VhEdit *edit, GError **error)
{
  if (wish->knob == VH_KNOB_PORT && wish->bus == 0)
    {
      g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_PORT,
                   _ ("Bus 0 is the root bus and no port. Use --root for it."));
      return FALSE;
    }
  g_autoptr (VhKnobState) knob = vh_session_new_knob (session, wish->knob, wish->bus);
  if (!knob->applies && wish->to == VH_SWITCH_ABSENT && wish->knob != VH_KNOB_PORT)
    return FALSE;
  *edit = (VhEdit){
    .kind = VH_EDIT_SET_KNOB,
    .knob = wish->knob,
    .bus = wish->bus,
    .to = wish->to,
    .site = wish->knob == VH_KNOB_PORT && asked != VH_SITE_TARGET ? VH_SITE_NONE
                                                                  : site_of (wish->knob, asked),
  };
  return TRUE;
}

static gboolean
append_policy (const VhSetRequest *request, const VhSession *session, GArray *edits, GError **error)
{
  g_autofree char *reason = NULL;
  if (!request->has_policy)
    return TRUE;
  g_autoptr (GArray) all =
      vh_policy_new_edits (request->policy, session->after, session->caps, &reason);
  if (!all)
    {
      g_set_error_literal (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, reason);
      return FALSE;
    }
  for (guint i = 0; i < all->len; i++)
    {
      VhEdit edit = g_array_index (all, VhEdit, i);
      if (edit.knob != VH_KNOB_PORT && edit.to != VH_SWITCH_ABSENT)
        edit.site = site_of (edit.knob, request->site);
      g_array_append_val (edits, edit);
    }
  return TRUE;
}

static gboolean
push_wishes (const VhSetRequest *request, VhSession *session, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (VhEdit));
  if (!append_policy (request, session, edits, error))
    return FALSE;
  for (guint i = 0; i < request->wishes->len && !problem; i++)
    {
      VhEdit edit;
      const Wish *wish = &g_array_index (request->wishes, Wish, i);
      if (make_edit (session, wish, request->site, &edit, &problem))
        g_array_append_val (edits, edit);
    }
  if (!problem)
    return vh_session_push_knobs (session, edits, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* --site alone moves what is configured, and can be moved. */
static gboolean
push_sites (VhSession *session, VhSite asked, GError **error)
{
  const VhKnob knobs[] = { VH_KNOB_ROOT, VH_KNOB_BRIDGE };
  g_autoptr (GString) refused = g_string_new (NULL);
  gboolean moved = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (VhKnobState) knob = vh_session_new_knob (session, knobs[i], -1);
      if (!knob->applies || knob->configured == VH_SWITCH_ABSENT)
        continue;
      const VhEdit edit = {
        .kind = VH_EDIT_SET_SITE, .knob = knobs[i], .bus = -1, .site = site_of (knobs[i], asked)
      };
      if (vh_session_push (session, &edit, moved, &reason))
        moved = TRUE;
      else
        {
          g_string_append (refused, refused->len ? "\n" : "");
          g_string_append_printf (refused, _ ("%1$s stays where it is: %2$s"),
                                  vh_knob_to_string (knobs[i]), reason->message);
        }
    }
  if (refused->len && !moved)
    {
      g_set_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NOT_SETTABLE, "%s", refused->str);
      return FALSE;
    }
  if (refused->len)
    vh_output_warning ("%s", refused->str);
  return TRUE;
}

gboolean
vh_set_request_push (const VhSetRequest *request, VhSession *session, GError **error)
{
  if (!request->has_policy && request->wishes->len == 0 && request->site != VH_SITE_NONE &&
      !push_sites (session, request->site, error))
    return FALSE;
  if (!push_wishes (request, session, error))
    return FALSE;
  return request->n_spare == 0 || vh_session_ensure_spare (session, request->n_spare, error);
}
