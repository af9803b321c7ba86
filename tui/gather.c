/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/gather.h"

#include "tui/gather_parts.h"

/* As few as keep the worker from waiting for the main thread. */
#define N_TASKS 3

static void
task_free (gpointer data)
{
  VhGatherTask *task = data;
  g_free (task->key);
  g_free (task->kin);
  g_clear_pointer (&task->info, vh_domain_info_free);
  g_clear_pointer (&task->document, vh_document_unref);
  g_free (task);
}

static void
free_summary (gpointer summary)
{
  vh_summary_free (summary);
}

static void
free_caps (gpointer caps)
{
  vh_caps_free (caps);
}

VhGather *
vh_gather_new (VhLoader *loader)
{
  VhGather *gather = g_new0 (VhGather, 1);
  gather->loader = loader;
  gather->summaries = g_ptr_array_new_with_free_func (free_summary);
  gather->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  gather->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gather->marked = g_queue_new ();
  gather->tasks = g_ptr_array_new_with_free_func (task_free);
  gather->caps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_caps);
  return gather;
}

void
vh_gather_free (VhGather *gather)
{
  if (!gather)
    return;
  g_hash_table_unref (gather->by_key);
  g_hash_table_unref (gather->stale);
  g_hash_table_unref (gather->caps);
  g_queue_free_full (gather->marked, g_free);
  g_ptr_array_unref (gather->tasks);
  g_ptr_array_unref (gather->summaries);
  g_free (gather);
}

/* ---- the list ---- */

static void
set_stale (VhGather *gather, const char *key, gboolean with_info)
{
  g_hash_table_replace (gather->stale, g_strdup (key), GINT_TO_POINTER (with_info));
}

/* The key that by_key borrows goes with the info of before. */
void
vh_gather_add (VhGather *gather, const VhDomainInfo *info)
{
  g_autofree char *key = g_strdup (info->uuid ? info->uuid : info->name);
  VhSummary *summary = g_hash_table_lookup (gather->by_key, key);
  if (!summary)
    {
      summary = vh_summary_new (info, NULL, NULL, NULL);
      g_ptr_array_add (gather->summaries, summary);
    }
  else
    {
      g_hash_table_remove (gather->by_key, key);
      vh_summary_set_info (summary, info);
    }
  g_hash_table_insert (gather->by_key,
                       summary->info->uuid ? summary->info->uuid : summary->info->name, summary);
}

static gboolean
remove_summary (VhGather *gather, const char *key)
{
  VhSummary *summary = g_hash_table_lookup (gather->by_key, key);
  if (!summary)
    return FALSE;
  g_hash_table_remove (gather->stale, key);
  g_hash_table_remove (gather->by_key, key);
  g_ptr_array_remove (gather->summaries, summary);
  gather->next = 0;
  return TRUE;
}

static void
remove_unlisted (VhGather *gather, const GPtrArray *infos)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < infos->len; i++)
    {
      const VhDomainInfo *info = infos->pdata[i];
      g_hash_table_add (listed, info->uuid ? info->uuid : info->name);
    }
  for (guint i = gather->summaries->len; i-- > 0;)
    {
      g_autofree char *key = g_strdup (vh_summary_get_key (gather->summaries->pdata[i]));
      if (!g_hash_table_contains (listed, key))
        remove_summary (gather, key);
    }
}

static void
take_list (VhGather *gather, const GPtrArray *infos)
{
  remove_unlisted (gather, infos);
  for (guint i = 0; i < infos->len; i++)
    {
      const VhDomainInfo *info = infos->pdata[i];
      vh_gather_add (gather, info);
      const char *key = info->uuid ? info->uuid : info->name;
      if (!g_hash_table_contains (gather->stale, key))
        set_stale (gather, key, FALSE);
    }
  gather->next = 0;
  gather->is_listed = TRUE;
}

static VhGatherTask *
find_task (const VhGather *gather, guint generation)
{
  for (guint i = 0; generation && i < gather->tasks->len; i++)
    if (((VhGatherTask *) gather->tasks->pdata[i])->generation == generation)
      return gather->tasks->pdata[i];
  return NULL;
}

/* What is asked is forgotten; its results are nobody's then. */
static VhGathered
give_up (VhGather *gather, VhResult *result, GError **error)
{
  gather->listing = 0;
  g_ptr_array_set_size (gather->tasks, 0);
  g_hash_table_remove_all (gather->stale);
  g_propagate_error (error, g_steal_pointer (&result->error));
  return VH_GATHERED_FAILURE;
}

static VhGathered
take_of_task (VhGather *gather, VhGatherTask *task, VhResult *result, GError **error)
{
  if (g_error_matches (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
    return give_up (gather, result, error);
  if (result->kind == VH_JOB_PROBE)
    {
      g_autofree char *kin = g_strdup (task->kin);
      return vh_gather_take_caps (gather, kin, result);
    }
  if (!result->error)
    return vh_gather_take_look (gather, task, result);
  if (!g_error_matches (result->error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
    return vh_gather_finish (gather, task, NULL, result->error);
  const gboolean was_shown = remove_summary (gather, task->key);
  g_ptr_array_remove (gather->tasks, task);
  return was_shown ? VH_GATHERED_ROWS : VH_GATHERED_NOTHING;
}

VhGathered
vh_gather_take (VhGather *gather, VhResult *result, GError **error)
{
  VhGatherTask *task = find_task (gather, result->generation);
  VhGathered done = VH_GATHERED_FOREIGN;
  if (task)
    done = take_of_task (gather, task, result, error);
  else if (gather->listing && result->generation == gather->listing)
    {
      gather->listing = 0;
      if (result->error)
        return give_up (gather, result, error);
      take_list (gather, result->list);
      done = VH_GATHERED_ROWS;
    }
  /* A new QEMU may be there when the next one is read. */
  if (task && !vh_gather_count_left (gather))
    g_hash_table_remove_all (gather->caps);
  return done;
}

/* ---- asking ---- */

/* A file has no worker that waits for questions. */
static void
read_file (VhGather *gather, const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhSession) session = vh_loader_load (gather->loader, key, &error);
  VhSummary *summary = g_hash_table_lookup (gather->by_key, key);
  g_hash_table_remove (gather->stale, key);
  if (session && summary)
    vh_summary_update (summary, session->base, session->caps, NULL);
  else if (summary)
    vh_summary_update (summary, NULL, NULL, error->message);
}

static gboolean
read_files (VhGather *gather, GError **error)
{
  g_autoptr (GPtrArray) infos = vh_loader_list (gather->loader, error);
  if (!infos)
    return FALSE;
  take_list (gather, infos);
  for (guint i = 0; i < infos->len; i++)
    read_file (gather, ((VhDomainInfo *) infos->pdata[i])->name);
  return TRUE;
}

gboolean
vh_gather_start (VhGather *gather, GError **error)
{
  if (!vh_loader_open (gather->loader, NULL, error))
    return FALSE;
  if (vh_loader_has_files (gather->loader))
    return read_files (gather, error);
  gather->listing = vh_worker_list (vh_loader_get_worker (gather->loader));
  return TRUE;
}

void
vh_gather_mark (VhGather *gather, const char *key)
{
  if (vh_loader_has_files (gather->loader))
    {
      read_file (gather, key);
      return;
    }
  set_stale (gather, key, TRUE);
  g_queue_push_tail (gather->marked, g_strdup (key));
}

void
vh_gather_set_old (VhGather *gather)
{
  for (guint i = 0; i < gather->summaries->len; i++)
    {
      VhSummary *summary = gather->summaries->pdata[i];
      summary->is_old = vh_summary_is_read (summary);
    }
}

static gboolean
is_stale (const VhGather *gather, const char *key)
{
  return g_hash_table_contains (gather->stale, key);
}

static char *
pick_from (const VhGather *gather, const GArray *positions)
{
  for (guint i = 0; positions && i < positions->len; i++)
    {
      const guint at = g_array_index (positions, guint, i);
      const char *key =
          at < gather->summaries->len ? vh_summary_get_key (gather->summaries->pdata[at]) : "";
      if (is_stale (gather, key))
        return g_strdup (key);
    }
  return NULL;
}

/* Whose turn it is; caller frees. */
static char *
pick (VhGather *gather, const GArray *first)
{
  char *key = pick_from (gather, first);
  while (!key && (key = g_queue_pop_head (gather->marked)))
    if (!is_stale (gather, key))
      g_clear_pointer (&key, g_free);
  for (; !key && gather->next < gather->summaries->len; gather->next++)
    if (is_stale (gather, vh_summary_get_key (gather->summaries->pdata[gather->next])))
      key = g_strdup (vh_summary_get_key (gather->summaries->pdata[gather->next]));
  return key;
}

void
vh_gather_go_on (VhGather *gather, const GArray *first)
{
  VhWorker *worker = vh_loader_get_worker (gather->loader);
  char *key = NULL;
  while (worker && gather->tasks->len < N_TASKS && (key = pick (gather, first)))
    {
      const gboolean with_info = GPOINTER_TO_INT (g_hash_table_lookup (gather->stale, key));
      VhGatherTask *task = g_new0 (VhGatherTask, 1);
      task->kind = VH_JOB_LOOK;
      task->key = key;
      task->generation = vh_worker_look_later (worker, key, with_info);
      g_hash_table_remove (gather->stale, key);
      g_ptr_array_add (gather->tasks, task);
    }
}

/* ---- what there is ---- */

GPtrArray *
vh_gather_get_summaries (const VhGather *gather)
{
  return gather->summaries;
}

gboolean
vh_gather_is_listed (const VhGather *gather)
{
  return gather->is_listed;
}

guint
vh_gather_count_left (const VhGather *gather)
{
  return g_hash_table_size (gather->stale) + gather->tasks->len;
}

gboolean
vh_gather_is_waiting (const VhGather *gather, VhJobKind *kind)
{
  VhJobKind oldest = VH_JOB_LIST;
  for (guint i = 0; i < gather->tasks->len; i++)
    oldest = MAX (oldest, ((VhGatherTask *) gather->tasks->pdata[i])->kind);
  if (kind)
    *kind = oldest;
  return gather->listing || gather->tasks->len;
}
