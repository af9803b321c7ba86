/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/inbox.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* The descriptor is a semaphore that counts the letters, so that it is
 * readable exactly as long as one is there. */
struct VhInbox {
  gatomicrefcount references;
  GAsyncQueue *letters;
  int wake;
  guint generation;
};

typedef struct {
  VhResult *result;
  VhInboxSender *sender;
} Letter;

VhInboxSender *
vh_inbox_sender_new (void)
{
  VhInboxSender *sender = g_new0 (VhInboxSender, 1);
  g_atomic_ref_count_init (&sender->references);
  return sender;
}

VhInboxSender *
vh_inbox_sender_ref (VhInboxSender *sender)
{
  g_atomic_ref_count_inc (&sender->references);
  return sender;
}

void
vh_inbox_sender_unref (VhInboxSender *sender)
{
  if (g_atomic_ref_count_dec (&sender->references))
    g_free (sender);
}

static gboolean
is_abandoned (VhInboxSender *sender)
{
  return g_atomic_int_get (&sender->abandoned) != 0;
}

void
vh_result_free (VhResult *result)
{
  if (!result)
    return;
  g_clear_error (&result->error);
  g_clear_pointer (&result->list, g_ptr_array_unref);
  g_clear_pointer (&result->bytes, g_bytes_unref);
  g_clear_pointer (&result->info, vh_domain_info_free);
  g_free (result->uuid);
  g_free (result->prompt);
  g_clear_pointer (&result->answers, vh_answers_free);
  g_clear_pointer (&result->caps, vh_caps_free);
  g_clear_pointer (&result->report, vh_write_report_free);
  g_free (result);
}

static void
letter_free (gpointer data)
{
  Letter *letter = data;
  vh_result_free (letter->result);
  vh_inbox_sender_unref (letter->sender);
  g_free (letter);
}

VhInbox *
vh_inbox_new (void)
{
  VhInbox *inbox = g_new0 (VhInbox, 1);
  g_atomic_ref_count_init (&inbox->references);
  inbox->letters = g_async_queue_new_full (letter_free);
  inbox->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
  g_assert (inbox->wake >= 0);
  return inbox;
}

VhInbox *
vh_inbox_ref (VhInbox *inbox)
{
  g_atomic_ref_count_inc (&inbox->references);
  return inbox;
}

void
vh_inbox_free (VhInbox *inbox)
{
  if (!inbox || !g_atomic_ref_count_dec (&inbox->references))
    return;
  g_async_queue_unref (inbox->letters);
  close (inbox->wake);
  g_free (inbox);
}

int
vh_inbox_get_fd (const VhInbox *inbox)
{
  return inbox->wake;
}

guint
vh_inbox_next_generation (VhInbox *inbox)
{
  return ++inbox->generation;
}

void
vh_inbox_push (VhInbox *inbox, VhInboxSender *sender, VhResult *result)
{
  Letter *letter = g_new (Letter, 1);
  *letter = (Letter){ result, vh_inbox_sender_ref (sender) };
  g_async_queue_push (inbox->letters, letter);
  eventfd_write (inbox->wake, 1);
}

/* One letter and its count; NULL when there is none, or from one who was
 * abandoned. */
static VhResult *
take (VhInbox *inbox, gboolean *empty)
{
  eventfd_t count;
  *empty = eventfd_read (inbox->wake, &count) != 0;
  if (*empty)
    return NULL;
  Letter *letter = g_async_queue_pop (inbox->letters);
  VhResult *result = NULL;
  if (!is_abandoned (letter->sender))
    result = g_steal_pointer (&letter->result);
  letter_free (letter);
  return result;
}

VhResult *
vh_inbox_pop (VhInbox *inbox, gint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;
  for (;;)
    {
      gboolean empty = FALSE;
      VhResult *result = take (inbox, &empty);
      if (result)
        return result;
      if (!empty)
        continue;
      gint64 left = (deadline - g_get_monotonic_time () + 999) / 1000;
      if (timeout_ms >= 0 && left <= 0)
        return NULL;
      struct pollfd ready = { .fd = inbox->wake, .events = POLLIN };
      poll (&ready, 1, timeout_ms < 0 ? -1 : (int) left);
    }
}
