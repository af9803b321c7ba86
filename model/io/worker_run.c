/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/worker_run.h"

#include "model/i18n.h"
#include "model/io/probe.h"
#include "model/io/probe_running.h"

#include <string.h>

#define HANG_US (2 * G_USEC_PER_SEC)
#define BINARY_LIMIT_MS 10000 /* for each child that is asked */

static void
run_open (VhDesk *desk, const VhJob *job G_GNUC_UNUSED, VhResult *result)
{
  VhLibvirtOptions options = desk->options;
  options.ask = vh_worker_ask_for;
  options.ask_data = desk;
  desk->source = vh_source_new_libvirt (&options, &result->error);
  if (!desk->source)
    return;
  g_atomic_int_set (&desk->is_inside, strstr (desk->source->name, "///embed") != NULL);
  if (options.watches)
    vh_worker_watch (desk);
}

static void
run_connect (VhDesk *desk, const VhJob *job G_GNUC_UNUSED, VhResult *result)
{
  const VhSourceOps *ops = desk->source->ops;
  if (ops->reconnect && ops->is_alive && !ops->is_alive (desk->source))
    vh_source_reconnect (desk->source, &result->error);
}

static void
run_list (VhDesk *desk, const VhJob *job G_GNUC_UNUSED, VhResult *result)
{
  VhSource *source = desk->source;
  if (source->ops->list)
    result->list = source->ops->list (source, &result->error);
  else
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
                 _ ("%s is a file: it holds one domain."), source->name);
}

static void
run_read (VhDesk *desk, const VhJob *job, VhResult *result)
{
  VhSource *source = desk->source;
  if (job->text && source->ops->select && !source->ops->select (source, job->text, &result->error))
    return;
  result->bytes = source->ops->read (source, &result->info, &result->error);
}

static void
run_look (VhDesk *desk, const VhJob *job, VhResult *result)
{
  VhSource *source = desk->source;
  VhDomainInfo **info = job->with_info ? &result->info : NULL;
  if (source->ops->look)
    result->bytes = source->ops->look (source, job->text, info, &result->error);
  else
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
                 _ ("%s is a file: it holds one domain."), source->name);
}

static void
run_probe (VhDesk *desk, const VhJob *job, VhResult *result)
{
  const VhSourceOps *ops = desk->source->ops;
  g_autoptr (VhTopology) topology = vh_topology_new (job->base, NULL, &result->error);
  if (topology && job->text)
    result->caps =
        vh_probe_qemu (job->text, topology->machine->type, BINARY_LIMIT_MS, &result->error);
  else if (topology && (!job->only_kept || !ops->is_kept || ops->is_kept (desk->source, topology)))
    result->caps = ops->probe (desk->source, topology, &result->error);
}

static void
run_read_live (VhDesk *desk, const VhJob *job G_GNUC_UNUSED, VhResult *result)
{
  VhSource *source = desk->source;
  char *xml = NULL;
  if (source->ops->read_live)
    xml = source->ops->read_live (source, &result->error);
  else
    g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
                 _ ("%s is a file: it does not run. Name a domain."), source->name);
  result->bytes = xml ? g_bytes_new_take (xml, strlen (xml)) : NULL;
}

static void
run_ask (VhDesk *desk, const VhJob *job, VhResult *result)
{
  g_autoptr (VhTopology) topology = vh_topology_new (job->base, NULL, &result->error);
  if (topology)
    result->answers = vh_probe_running (desk->source, topology, &result->error);
}

static void
run_validate (VhDesk *desk, const VhJob *job, VhResult *result)
{
  desk->source->ops->validate (desk->source, job->text, NULL, &result->error);
}

static void
run_write (VhDesk *desk, const VhJob *job, VhResult *result)
{
  result->report = vh_writer_write (desk->source, job->base, job->after, &job->options);
}

typedef void (*Runner) (VhDesk *desk, const VhJob *job, VhResult *result);

static const Runner runners[] = {
  [VH_JOB_OPEN] = run_open,   [VH_JOB_CONNECT] = run_connect, [VH_JOB_LIST] = run_list,
  [VH_JOB_READ] = run_read,   [VH_JOB_LOOK] = run_look,       [VH_JOB_READ_LIVE] = run_read_live,
  [VH_JOB_ASK] = run_ask,     [VH_JOB_PROBE] = run_probe,     [VH_JOB_VALIDATE] = run_validate,
  [VH_JOB_WRITE] = run_write,
};

/* A daemon may have been restarted since the last call: what only reads is
 * tried once more on a new connection. The writer decides for itself. One that
 * did not answer for long would not answer a new connection either. */
static gboolean
may_retry (const VhDesk *desk, const VhJob *job, const VhResult *result, gint64 begun)
{
  return job->kind != VH_JOB_OPEN && job->kind != VH_JOB_CONNECT &&
         g_error_matches (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST) &&
         g_get_monotonic_time () - begun < HANG_US && desk->source->ops->reconnect;
}

/* That there is no connection any more is said of the one that could not be made. */
static gboolean
connect_again (VhDesk *desk, GError **lost)
{
  g_autoptr (GError) failure = NULL;
  if (vh_source_reconnect (desk->source, &failure))
    return TRUE;
  if (!g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
    failure->code = VH_SOURCE_ERROR_LOST;
  g_clear_error (lost);
  g_propagate_error (lost, g_steal_pointer (&failure));
  return FALSE;
}

void
vh_worker_run (VhDesk *desk, const VhJob *job, VhResult *result)
{
  if (!desk->source && job->kind != VH_JOB_OPEN)
    {
      g_set_error (&result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
                   _ ("There is no connection. Open it first."));
      return;
    }
  gint64 begun = g_get_monotonic_time ();
  runners[job->kind](desk, job, result);
  if (!may_retry (desk, job, result, begun) || !connect_again (desk, &result->error))
    return;
  g_clear_error (&result->error);
  runners[job->kind](desk, job, result);
}
