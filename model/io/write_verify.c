/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/i18n.h"
#include "model/io/write.h"

#include "model/verify.h"

/* An event arrives some time after the call that caused it. */
#define EVENT_STEP_US 5000
#define EVENT_STEPS 40
#define EVENT_REST_US 20000
/* A daemon that only slept may find our request after it has answered the new
 * connection. */
#define SETTLE_STEPS 15
#define SETTLE_PAUSE_US 100000

static char *
join (const GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s%s", i ? " " : "",
                            (const char *) g_ptr_array_index (sentences, i));
  return g_string_free (text, FALSE);
}

guint
vh_write_count_defines (const VhWrite *write)
{
  return write->source->ops->count_defines ? write->source->ops->count_defines (write->source) : 0;
}

/* How often the domain was defined since the text was compared; waits for the
 * news of our own `expected` ones. */
static guint
await_defines (const VhWrite *write, guint expected)
{
  if (!write->source->ops->count_defines)
    return 0;
  guint enough = write->defines_before + expected;
  for (guint i = 0; i < EVENT_STEPS && vh_write_count_defines (write) < enough; i++)
    g_usleep (EVENT_STEP_US);
  g_usleep (EVENT_REST_US);
  return vh_write_count_defines (write) - write->defines_before;
}

/* Is `wanted`, made from `base`, what is stored? The verdict for messages. */
static VhVerdict *
new_verdict (const VhWrite *write, const VhDocument *base, const VhDocument *wanted)
{
  return write->report->now ? vh_verify_new (base, wanted, write->report->now) : NULL;
}

static gboolean
has_old (const VhWrite *write, GBytes *stored)
{
  if (vh_write_is_document (stored, write->base))
    return TRUE;
  g_autoptr (VhVerdict) verdict = new_verdict (write, write->base, write->base);
  return verdict && vh_verdict_is_good (verdict);
}

static void
note_additions (const VhWrite *write, const VhVerdict *verdict)
{
  for (guint i = 0; i < verdict->added->len; i++)
    g_ptr_array_add (write->report->notes, g_strdup (g_ptr_array_index (verdict->added, i)));
}

/* What libvirt added to the new configuration is noted. */
static gboolean
has_new (const VhWrite *write, GBytes *stored)
{
  if (vh_write_is_document (stored, write->after))
    return TRUE;
  g_autoptr (VhVerdict) verdict = new_verdict (write, write->base, write->after);
  gboolean good = verdict && vh_verdict_is_good (verdict);
  if (good)
    note_additions (write, verdict);
  return good;
}

/* As a sentence with a space before it; "" for a file. */
static const char *
describe_effect (const VhWrite *write)
{
  const VhDomainInfo *info = write->report->info;
  return info && info->is_file ? "" : _ (" It takes effect when the domain is started from off.");
}

static void
end_unknown (VhWrite *write, const GError *lost)
{
  g_autofree char *backup = vh_write_describe_backup (write);
  vh_write_end (write, VH_WRITE_UNKNOWN,
                _ ("%1$s Whether the configuration was stored is not known: look at it when the "
                   "daemon is back.%2$s"),
                lost->message, backup);
}

static void
recover_roll_back (VhWrite *write, const GError *lost, GBytes *now)
{
  g_autofree char *backup = vh_write_describe_backup (write);
  if (has_old (write, now))
    vh_write_end (write, VH_WRITE_ROLLED_BACK,
                  _ ("%s The change did not take, and the old configuration is in place."),
                  lost->message);
  else
    vh_write_end (write, VH_WRITE_FAILED, _ ("%1$s The old configuration is not back.%2$s"),
                  lost->message, backup);
}

/* What is stored after a new connection was made; waits for a change as long
 * as it is the old text. */
static GBytes *
read_settled (VhWrite *write, GError **error)
{
  GBytes *now = vh_source_reconnect (write->source, error) ? vh_write_read_now (write, error) : NULL;
  for (guint i = 0; now && i < SETTLE_STEPS && vh_write_is_document (now, write->base); i++)
    {
      g_usleep (SETTLE_PAUSE_US);
      g_bytes_unref (now);
      now = vh_write_read_now (write, error);
    }
  return now;
}

/* The connection went during a call that stores: only looking tells which of
 * the two texts is there. */
void
vh_write_recover (VhWrite *write, const GError *lost, gboolean rolling_back)
{
  g_autoptr (GError) failure = NULL;
  vh_write_forget (write);
  g_autoptr (GBytes) now = read_settled (write, &failure);
  g_autofree char *backup = vh_write_describe_backup (write);
  if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
    vh_write_end_gone (write);
  else if (!now)
    end_unknown (write, lost);
  else if (rolling_back)
    recover_roll_back (write, lost, now);
  else if (vh_write_is_document (now, write->base))
    vh_write_end (write, VH_WRITE_FAILED,
                  _ ("%s The old configuration is in place: nothing was changed. Try again."),
                  lost->message);
  else if (has_new (write, now))
    vh_write_end (write, VH_WRITE_DONE,
                  _ ("The connection went while the domain was written, but the new configuration "
                     "is stored.%s"),
                  describe_effect (write));
  else
    vh_write_end (write, VH_WRITE_CONFLICT,
                  _ ("%1$s What is stored now is neither the old nor the new configuration: it was "
                     "left alone.%2$s"),
                  lost->message, backup);
}

static void
end_restored (VhWrite *write, const char *why)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) now = vh_write_read_now (write, &failure);
  g_autofree char *backup = vh_write_describe_backup (write);
  /* Else the news of it would count against the next write. */
  await_defines (write, 2);
  if (now && has_old (write, now))
    vh_write_end (write, VH_WRITE_ROLLED_BACK,
                  _ ("The change did not take, so the old configuration was put back. %s"), why);
  else
    vh_write_end (write, VH_WRITE_FAILED,
                  _ ("The change did not take, and the old configuration could not be put back as "
                     "it was. %1$s%2$s"),
                  why, backup);
}

/* Not against the schema: an old configuration may never have passed it. */
static void
roll_back (VhWrite *write, GBytes *stored, const char *why)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) now = vh_write_read_now (write, NULL);
  g_autofree char *backup = vh_write_describe_backup (write);
  if (!now || !g_bytes_equal (now, stored))
    {
      vh_write_end (
          write, VH_WRITE_CONFLICT,
          _ ("The change did not take, and someone else changes the domain now: it was left alone. "
             "%1$s%2$s"),
          why, backup);
      return;
    }
  GBytes *base = vh_document_get_bytes (write->base);
  if (write->source->ops->replace (write->source, base, 0, &failure))
    end_restored (write, why);
  else if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
    vh_write_recover (write, failure, TRUE);
  else
    vh_write_end (write, VH_WRITE_FAILED,
                  _ ("The change did not take, and the old configuration could not be put back. "
                     "%1$s %2$s%3$s"),
                  why, failure->message, backup);
}

static char *
describe_verdict (const VhVerdict *verdict)
{
  if (!verdict)
    return g_strdup (_ ("What came back is no XML that can be read."));
  g_autofree char *not_taken = join (verdict->not_taken);
  g_autofree char *lost = join (verdict->lost);
  return g_strdup_printf ("%s%s%s", not_taken, *not_taken && *lost ? " " : "", lost);
}

static void
end_conflict (VhWrite *write, const char *why)
{
  g_autofree char *backup = vh_write_describe_backup (write);
  vh_write_end (
      write, VH_WRITE_CONFLICT,
      _ ("Someone else changed the domain while it was written: look at what is stored now, it was "
         "left alone. %1$s%2$s"),
      why, backup);
}

static void
judge (VhWrite *write, GBytes *stored)
{
  gboolean same = vh_write_is_document (stored, write->after);
  gboolean others = await_defines (write, 1) > 1;
  g_autoptr (VhVerdict) verdict = same ? NULL : new_verdict (write, write->base, write->after);
  gboolean good = same || (verdict && vh_verdict_is_good (verdict));
  if (verdict && good)
    note_additions (write, verdict);
  if (good && !others)
    {
      vh_write_end (write, VH_WRITE_DONE, _ ("The new configuration is stored.%s"),
                    describe_effect (write));
      return;
    }
  g_autofree char *why =
      good ? g_strdup (_ ("What we asked for is stored; a change of theirs may be lost."))
           : describe_verdict (verdict);
  /* A file keeps exactly what it was given, so that a difference is another's. */
  if (others || (verdict && verdict->n_changed) || !write->source->ops->count_defines)
    end_conflict (write, why);
  else
    roll_back (write, stored, why);
}

void
vh_write_verify (VhWrite *write)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) stored = vh_write_read_now (write, &failure);
  g_autofree char *backup = vh_write_describe_backup (write);
  if (stored)
    judge (write, stored);
  else if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_NOT_FOUND))
    vh_write_end_gone (write);
  else if (g_error_matches (failure, VH_SOURCE_ERROR, VH_SOURCE_ERROR_LOST))
    vh_write_recover (write, failure, FALSE);
  else
    vh_write_end (
        write, VH_WRITE_UNKNOWN,
        _ ("The configuration was handed over but could not be read back to verify it. %1$s%2$s"),
        failure->message, backup);
}
