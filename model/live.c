/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/live.h"

#include "model/i18n.h"
#include "model/plan_parts.h"

static VhSession *
new_frozen (VhDocument *document, const VhDomainInfo *info, VhCaps *caps, GError **error)
{
  VhSession *session = vh_session_new (document, vh_domain_info_dup (info), caps, error);
  if (session)
    session->frozen = _ ("This is what runs. What the next start will have can be set.");
  return session;
}

VhLive *
vh_live_new (VhDocument *document, const VhSession *next, GError **error)
{
  VhSession *session = new_frozen (document, next->info, vh_caps_dup (next->caps), error);
  if (!session)
    return NULL;
  VhLive *live = g_new0 (VhLive, 1);
  live->session = session;
  live->installed = next->caps->qemu_origin == VH_ORIGIN_ASSUMED ? 0 : next->caps->qemu;
  live->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_finding_free);
  return live;
}

void
vh_live_free (VhLive *live)
{
  if (!live)
    return;
  vh_session_free (live->session);
  g_clear_pointer (&live->answers, vh_answers_free);
  g_ptr_array_unref (live->findings);
  g_free (live);
}

void
vh_live_take_answers (VhLive *live, VhAnswers *answers)
{
  g_clear_pointer (&live->answers, vh_answers_free);
  live->answers = answers;
  if (answers->qemu != 0 && answers->qemu != live->session->caps->qemu)
    {
      VhCaps *caps = vh_caps_dup (live->session->caps);
      vh_caps_set_qemu (caps, answers->qemu, VH_ORIGIN_PROBED);
      vh_session_set_caps (live->session, caps);
    }
  g_ptr_array_unref (live->findings);
  live->findings = vh_answers_new_findings (answers, live->session->after->topology,
                                            live->session->after->inputs, live->installed);
}

VhComparison *
vh_live_compare (const VhLive *live, const VhSession *next)
{
  GPtrArray *variants = vh_variants_new ();
  vh_variants_push (variants, _ ("RUNS"), _ ("RUNS"), live->session->after);
  vh_variants_push (variants, _ ("NEXT START"), _ ("NEXT"), next->after);
  return vh_compare_new (variants);
}

void
vh_live_new_arguments (const VhLive *live, const VhSession *next, GPtrArray **gone,
                       GPtrArray **added)
{
  *gone = g_ptr_array_new_with_free_func (g_free);
  *added = g_ptr_array_new_with_free_func (g_free);
  VhPlan plan = { .args_added = *added, .args_removed = *gone };
  vh_plan_push_arguments (&plan, live->session->after, next->after);
}
