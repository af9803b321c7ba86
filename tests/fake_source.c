/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fake_source.h"

#include <string.h>

typedef struct {
  VhSource source;
  const VhFakeOptions *options;
  char *text;
  guint n_calls[VH_FAKE_N_CALLS];
  guint defines;
  GAsyncQueue *release;
  VhSourceChanged changed;
  gpointer changed_data;
  GDestroyNotify changed_free;
} Fake;

static const VhSourceOps plain_ops, domain_ops;
static gint n_alive;

static void
set_text (Fake *fake, const char *text, gboolean with_event)
{
  g_free (fake->text);
  fake->text = g_strdup (text);
  if (with_event && !fake->options->no_events)
    fake->defines++;
}

static gboolean
fail (const VhFakeRule *rule, GError **error)
{
  g_set_error (error, VH_SOURCE_ERROR, (gint) rule->error, "The fake fails.");
  return FALSE;
}

/* What happens before the call; FALSE when it fails by that. */
static gboolean
obey (Fake *fake, const VhFakeRule *rule, gboolean with_schema, GError **error)
{
  switch (rule->action)
    {
    case VH_FAKE_FAIL:
      return fail (rule, error);
    case VH_FAKE_FAIL_SCHEMA:
      return !with_schema || fail (rule, error);
    case VH_FAKE_CHANGE:
      set_text (fake, rule->text, TRUE);
      return TRUE;
    case VH_FAKE_CHANGE_SILENT:
      set_text (fake, rule->text, FALSE);
      return TRUE;
    case VH_FAKE_VANISH:
      set_text (fake, NULL, TRUE);
      return TRUE;
    case VH_FAKE_HANG:
      g_async_queue_pop (fake->release);
      return TRUE;
    case VH_FAKE_FAIL_AFTER:
    case VH_FAKE_TAKE:
    default:
      return TRUE;
    }
}

static const VhFakeRule *
find_rule (const Fake *fake, VhFakeCall call, VhFakeAction action)
{
  for (const VhFakeRule *rule = fake->options->rules; rule && rule->call; rule++)
    if (rule->call == call && rule->action == action &&
        (rule->nth == 0 || rule->nth == fake->n_calls[call]))
      return rule;
  return NULL;
}

static gboolean
begin (Fake *fake, VhFakeCall call, gboolean with_schema, GError **error)
{
  fake->n_calls[call]++;
  for (const VhFakeRule *rule = fake->options->rules; rule && rule->call; rule++)
    if (rule->call == call && (rule->nth == 0 || rule->nth == fake->n_calls[call]) &&
        !obey (fake, rule, with_schema, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_there (const Fake *fake, GError **error)
{
  if (!fake->text)
    g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND, "Domain not found.");
  return fake->text != NULL;
}

static VhDomainInfo *
new_info (const Fake *fake)
{
  VhDomainInfo *info = vh_domain_info_new ();
  info->name = g_strdup ("fake");
  info->source = g_strdup ("fake:///");
  info->read_only = fake->options->read_only;
  info->persistent = !fake->options->transient;
  info->is_file = fake->options->is_plain;
  info->managed_save = fake->options->managed_save;
  info->id = fake->options->live ? 1 : -1;
  info->state = fake->options->live ? "running" : NULL;
  return info;
}

static GPtrArray *
fake_list (VhSource *source, GError **error)
{
  Fake *fake = (Fake *) source;
  if (!begin (fake, VH_FAKE_LIST, FALSE, error))
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_domain_info_free);
  g_ptr_array_add (list, new_info (fake));
  return list;
}

static gboolean
fake_select (VhSource *source G_GNUC_UNUSED, const char *target, GError **error)
{
  if (g_str_equal (target, "fake"))
    return TRUE;
  g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND, "No domain %s.", target);
  return FALSE;
}

static GBytes *
fake_read (VhSource *source, VhDomainInfo **info, GError **error)
{
  Fake *fake = (Fake *) source;
  if (!begin (fake, VH_FAKE_READ, FALSE, error) || !is_there (fake, error))
    return NULL;
  if (info)
    *info = new_info (fake);
  return g_bytes_new (fake->text, strlen (fake->text));
}

static char *
fake_read_live (VhSource *source, GError **error)
{
  Fake *fake = (Fake *) source;
  if (!begin (fake, VH_FAKE_LIVE, FALSE, error) || !is_there (fake, error))
    return NULL;
  return g_strdup (fake->options->live ? fake->options->live : fake->text);
}

static char *
fake_monitor (VhSource *source, const char *command, GError **error)
{
  Fake *fake = (Fake *) source;
  if (!begin (fake, VH_FAKE_MONITOR, FALSE, error))
    return NULL;
  return fake->options->monitor (command);
}

static VhCaps *
fake_probe (VhSource *source G_GNUC_UNUSED, const VhTopology *topology,
            GError **error G_GNUC_UNUSED)
{
  return vh_caps_new_assumed (topology->machine);
}

static gboolean
fake_validate (VhSource *source G_GNUC_UNUSED, const char *reduced_xml, GPtrArray **args,
               GError **error G_GNUC_UNUSED)
{
  if (!args)
    return TRUE;
  *args = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (*args, g_strdup (reduced_xml));
  return TRUE;
}

static gboolean
fake_replace (VhSource *source, GBytes *bytes, VhReplaceFlags flags, GError **error)
{
  Fake *fake = (Fake *) source;
  const VhFakeCall call = VH_FAKE_REPLACE;
  if (!begin (fake, call, (flags & VH_REPLACE_VALIDATE) != 0, error))
    return FALSE;
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *given = g_strndup (data, length);
  const VhFakeRule *take = find_rule (fake, call, VH_FAKE_TAKE);
  set_text (fake, take ? take->text : given, TRUE);
  const VhFakeRule *failed = find_rule (fake, call, VH_FAKE_FAIL_AFTER);
  return !failed || fail (failed, error);
}

static VhKnown
fake_check_schema (VhSource *source, GBytes *bytes G_GNUC_UNUSED)
{
  g_autoptr (GError) failure = NULL;
  if (begin ((Fake *) source, VH_FAKE_CHECK, TRUE, &failure))
    return VH_KNOWN_YES;
  return g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_SCHEMA) ? VH_KNOWN_NO
                                                                            : VH_KNOWN_UNKNOWN;
}

static guint
fake_count_defines (VhSource *source)
{
  return ((Fake *) source)->defines;
}

static gboolean
fake_reconnect (VhSource *source, GError **error)
{
  Fake *fake = (Fake *) source;
  return begin (fake, VH_FAKE_RECONNECT, FALSE, error) && is_there (fake, error);
}

static void
fake_watch (VhSource *source, VhSourceChanged changed, gpointer data, GDestroyNotify free_data)
{
  Fake *fake = (Fake *) source;
  fake->changed = changed;
  fake->changed_data = data;
  fake->changed_free = free_data;
}

static void
fake_free (VhSource *source)
{
  Fake *fake = (Fake *) source;
  if (fake->changed_free)
    fake->changed_free (fake->changed_data);
  g_async_queue_unref (fake->release);
  g_free (fake->text);
  g_free (fake);
  g_atomic_int_add (&n_alive, -1);
}

static const VhSourceOps plain_ops = {
  .read = fake_read,
  .probe = fake_probe,
  .validate = fake_validate,
  .replace = fake_replace,
  .free = fake_free,
};

static const VhSourceOps domain_ops = {
  .list = fake_list,
  .select = fake_select,
  .read = fake_read,
  .read_live = fake_read_live,
  .monitor = fake_monitor,
  .probe = fake_probe,
  .validate = fake_validate,
  .replace = fake_replace,
  .check_schema = fake_check_schema,
  .count_defines = fake_count_defines,
  .reconnect = fake_reconnect,
  .watch = fake_watch,
  .free = fake_free,
};

VhSource *
vh_fake_source_new (const char *text, const VhFakeOptions *options)
{
  Fake *fake = g_new0 (Fake, 1);
  fake->source.ops = options->is_plain ? &plain_ops : &domain_ops;
  fake->source.name = g_strdup ("fake:///");
  fake->options = options;
  fake->text = g_strdup (text);
  fake->release = g_async_queue_new ();
  g_atomic_int_inc (&n_alive);
  return &fake->source;
}

const char *
vh_fake_source_get_text (VhSource *source)
{
  return ((Fake *) source)->text;
}

guint
vh_fake_source_get_n_calls (VhSource *source, VhFakeCall call)
{
  return ((Fake *) source)->n_calls[call];
}

void
vh_fake_source_release (VhSource *source)
{
  Fake *fake = (Fake *) source;
  g_async_queue_push (fake->release, fake);
}

gint
vh_fake_source_get_n_alive (void)
{
  return g_atomic_int_get (&n_alive);
}

void
vh_fake_source_tell (VhSource *source, gboolean closed)
{
  Fake *fake = (Fake *) source;
  fake->changed (closed ? NULL : VH_FAKE_UUID, fake->changed_data);
}

VhDocument *
vh_fake_new_document (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  VhDocument *document = vh_document_new (bytes, NULL);
  g_assert_nonnull (document);
  return document;
}
