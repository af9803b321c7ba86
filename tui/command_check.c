/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fix.h"
#include "model/i18n.h"
#include "render/export_json.h"
#include "render/words.h"
#include "tui/command_common.h"
#include "tui/hosts.h"

#define PATIENCE_US G_USEC_PER_SEC /* before progress is told */

static GPtrArray *
dup_findings (const GPtrArray *findings)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_finding_free);
  for (guint i = 0; i < findings->len; i++)
    {
      const VhFinding *finding = findings->pdata[i];
      VhFinding *dup = g_new (VhFinding, 1);
      *dup = *finding;
      dup->text = g_strdup (finding->text);
      g_ptr_array_add (copy, dup);
    }
  return copy;
}

/* All that is known of what could not be read. */
static VhDomainInfo *
new_unread (const char *target)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup (target);
  info->source = g_strdup (target);
  info->is_file = vh_load_is_file (target);
  return info;
}

/* A file's domain has the name and UUID that its text says. */
static VhDomainInfo *
new_read (const VhSession *session)
{
  VhDomainInfo *info = vh_domain_info_dup (session->info);
  g_free (info->name);
  g_free (info->uuid);
  info->name = g_strdup (session->base->topology->name);
  info->uuid = g_strdup (session->base->topology->uuid);
  return info;
}

static VhCheckResult *
check_target (VhLoader *loader, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (loader, target, &error);
  VhCheckResult *result = g_new0 (VhCheckResult, 1);
  result->info = session ? new_read (session) : new_unread (target);
  if (session)
    {
      result->findings = dup_findings (session->base->findings);
      result->cures = vh_fix_new_cures (session->base, session->caps);
    }
  else
    result->error = g_strdup (error->message);
  return result;
}

static VhExit
get_status (const VhCheckResult *result)
{
  if (result->error)
    return VH_EXIT_FAILED;
  /* Sorted by severity: an error comes first. */
  const VhFinding *first = result->findings->len > 0 ? result->findings->pdata[0] : NULL;
  return first && first->severity == VH_SEVERITY_ERROR ? VH_EXIT_REFUSED : VH_EXIT_DONE;
}

/* `uri` NULL: there is but one connection. */
static gboolean
print_result (const char *uri, const VhCheckResult *result)
{
  if (result->error)
    {
      vh_output_error ("%s%s%s", uri ? uri : "", uri ? ": " : "", result->error);
      return TRUE;
    }
  g_autofree char *visible = uri ? vh_text_dup_visible (uri) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < result->findings->len; i++)
    {
      g_autofree char *line = vh_command_format_finding (result->info, result->findings->pdata[i]);
      if (uri)
        g_string_append_printf (text, "%s: ", visible);
      g_string_append (text, line);
    }
  return vh_output_print (text->str);
}

/* Not a line of the result, so that each of those is a finding. */
static void
offer_fix (const GPtrArray *results)
{
  guint n = 0;
  for (guint i = 0; i < results->len; i++)
    {
      const VhCheckResult *result = results->pdata[i];
      for (guint k = 0; result->cures && k < result->cures->len; k++)
        n += result->cures->pdata[k] != NULL;
    }
  if (n > 0)
    vh_output_note (P_ ("%u finding can be fixed by this program: look with --fix --dry-run.",
                        "%u findings can be fixed by this program: look with --fix --dry-run.", n),
                    n);
}

static gboolean
print_results (const VhOptions *options, const GPtrArray *results)
{
  if (vh_command_wants_json (options))
    {
      g_autofree char *json = vh_export_json_check (results);
      return vh_output_print (json);
    }
  for (guint i = 0; i < results->len; i++)
    if (!print_result (NULL, results->pdata[i]))
      return FALSE;
  offer_fix (results);
  return TRUE;
}

/* --dry-run and the like are about what --fix would write. */
static gboolean
check_usage (const VhOptions *options)
{
  const gboolean writes = options->dry_run || options->print_diff || options->yes ||
                          options->no_validate || options->keep_going;
  if (!writes)
    return vh_command_check_format (options);
  vh_output_error (
      _ ("--dry-run, --print-diff, --yes, --no-validate and --keep-going go with --fix."));
  return FALSE;
}

static VhExit
print_host (const VhHost *host, gboolean in_text)
{
  VhExit status = VH_EXIT_DONE;
  if (host->error && in_text)
    vh_output_error ("%s: %s", host->uri, host->error);
  if (host->error)
    return VH_EXIT_FAILED;
  for (guint i = 0; i < host->summaries->len; i++)
    {
      const VhSummary *summary = host->summaries->pdata[i];
      const VhCheckResult result = { summary->info, summary->findings, summary->cures,
                                     summary->error };
      status = vh_command_worse (status, get_status (&result));
      if (in_text && !print_result (host->uri, &result))
        return VH_EXIT_FAILED;
    }
  return status;
}

/* Every domain of several connections. */
static VhExit
check_hosts (const VhOptions *options)
{
  g_autoptr (GPtrArray) hosts = vh_hosts_load (options);
  const gboolean in_json = vh_command_wants_json (options);
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; i < hosts->len; i++)
    status = vh_command_worse (status, print_host (hosts->pdata[i], !in_json));
  g_autofree char *json = in_json ? vh_export_json_check_hosts (hosts) : NULL;
  return !json || vh_output_print (json) ? status : VH_EXIT_FAILED;
}

/* The worst status of all; a result of each that was read, in their order. */
static VhExit
check_targets (VhLoader *loader, char **targets, GPtrArray *results)
{
  const gint64 begun = g_get_monotonic_time ();
  VhExit status = VH_EXIT_DONE;
  for (guint i = 0; targets[i] && !vh_worker_has_abandoned (); i++)
    {
      VhCheckResult *result = check_target (loader, targets[i]);
      g_ptr_array_add (results, result);
      status = vh_command_worse (status, get_status (result));
      if (targets[i + 1] && g_get_monotonic_time () - begun >= PATIENCE_US)
        vh_output_progress (_ ("Read %1$u of %2$u domains."), i + 1, g_strv_length (targets));
    }
  vh_output_end_progress ();
  return status;
}

VhExit
vh_command_check (const VhOptions *options)
{
  if (options->fix)
    return vh_command_fix (options);
  if (!check_usage (options))
    return VH_EXIT_USAGE;
  if (vh_command_has_hosts (options))
    return check_hosts (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhLoader) loader = vh_loader_new (options);
  if (!vh_command_wants_json (options))
    vh_loader_skip_details (loader);
  g_auto (GStrv) targets = vh_command_new_targets (options, loader, &error);
  if (!targets)
    return vh_command_report (error);
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vh_check_result_free);
  const VhExit status = check_targets (loader, targets, results);
  return print_results (options, results) ? status : VH_EXIT_FAILED;
}
