/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The actions that change many ports: more of them, fewer, and policies. */
#include "tui/action_ports.h"

#include "model/i18n.h"
#include "model/policy.h"
#include "model/spare.h"
#include "tui/action_run.h"

static void
say (VhApp *app, VhSeverity severity, const char *text)
{
  vh_view_set_message (app->view, severity, text);
  vh_app_refresh (app);
}

/* ---- more ---- */

char *
vh_action_may_add_ports (const VhApp *app)
{
  char *reason = vh_action_may_edit (app);
  if (reason)
    return reason;
  GArray *ports = vh_spare_new_ports (app->session->after->topology, 1, &reason);
  if (ports)
    g_array_unref (ports);
  return reason;
}

VhEffect
vh_action_run_add_ports (VhApp *app)
{
  g_string_truncate (app->view->answer, 0);
  app->view->prompt = VH_PROMPT_PORTS;
  return VH_EFFECT_NONE;
}

/* What moves is told at once, not only before writing. */
static char *
describe_added (const VhSession *session, guint count)
{
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  const VhPlanNumbers *numbers = &plan->numbers;
  g_autofree char *added =
      g_strdup_printf (P_ ("%u root port added", "%u root ports added", count), count);
  return g_strdup_printf (
      numbers->n_buses_unknown > 0
          ? _ ("%1$s: %2$u of %3$u PCI addresses and %4$u of %5$u bus numbers in the guest "
               "change, as far as they are known. Nothing is written yet.")
          : _ ("%1$s: %2$u of %3$u PCI addresses and %4$u of %5$u bus numbers in the guest "
               "change. Nothing is written yet."),
      added, numbers->n_addresses_changed, numbers->n_addresses, numbers->n_buses_changed,
      numbers->n_buses);
}

void
vh_action_answer_ports (VhApp *app)
{
  g_autoptr (GError) error = NULL;
  const guint count = (guint) MIN (g_ascii_strtoull (app->view->answer->str, NULL, 10), G_MAXUINT);
  if (count == 0)
    return;
  if (!vh_session_add_ports (app->session, count, &error))
    {
      say (app, VH_SEVERITY_ERROR, error->message);
      return;
    }
  g_autofree char *done = describe_added (app->session, count);
  say (app, VH_SEVERITY_NOTE, done);
}

/* ---- fewer ---- */

char *
vh_action_may_remove_port (const VhApp *app)
{
  char *reason = vh_action_may_edit (app);
  if (!reason)
    vh_spare_find_removable (app->session->after->topology, 0, &reason);
  return reason;
}

VhEffect
vh_action_run_remove_port (VhApp *app)
{
  g_autoptr (GError) error = NULL;
  if (!vh_session_remove_port (app->session, &error))
    say (app, VH_SEVERITY_ERROR, error->message);
  vh_app_refresh (app);
  return VH_EFFECT_NONE;
}

/* ---- policies ---- */

VhEffect
vh_action_run_policy (VhApp *app)
{
  app->view->prompt = VH_PROMPT_POLICY;
  return VH_EFFECT_NONE;
}

/* What it did, and what it could not do. */
static void
tell_policy (VhApp *app, VhPolicy policy, guint n_edits)
{
  const VhSession *session = app->session;
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_autoptr (GPtrArray) leftovers = vh_policy_new_leftovers (policy, session->after);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_printf (text,
                   P_ ("%1$s: %2$u setting changed.", "%1$s: %2$u settings changed.", n_edits),
                   vh_policy_to_string (policy), n_edits);
  g_string_append_c (text, ' ');
  g_string_append_printf (text,
                          P_ ("%u device is unplugged in another way, or no more (w lists them).",
                              "%u devices are unplugged in another way, or no more (w lists them).",
                              plan->fates->len),
                          plan->fates->len);
  if (leftovers->len > 0)
    g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (leftovers, 0));
  if (leftovers->len > 1)
    g_string_append_printf (
        text, P_ (" So it is with %u more.", " So it is with %u more.", leftovers->len - 1),
        leftovers->len - 1);
  say (app, leftovers->len > 0 ? VH_SEVERITY_WARNING : VH_SEVERITY_NOTE, text->str);
}

void
vh_action_answer_policy (VhApp *app, VhKey key)
{
  if (key < '1' || key >= '1' + VH_N_POLICIES)
    return;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  const VhPolicy policy = (VhPolicy) (key - '1');
  VhSession *session = app->session;
  g_autoptr (GArray) edits = vh_policy_new_edits (policy, session->after, session->caps, &reason);
  if (!edits)
    say (app, VH_SEVERITY_WARNING, reason);
  else if (!vh_session_push_knobs (session, edits, &error))
    say (app, VH_SEVERITY_ERROR, error->message);
  else
    tell_policy (app, policy, edits->len);
}
