/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/document.h"
#include "model/io/source.h"

#include "scratch.h"
#include "topology_literal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534
#define TEXT "<domain type='kvm'>\r\n<name>n\xc3\xa4me</name></domain>"

/* A document is made of the bytes without a copy. */
static void
assert_terminated (GBytes *bytes)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  g_assert_cmpuint (strlen (data), ==, length);
}

static void
test_round_trip (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *path = vh_scratch_write (scratch, "a.xml", TEXT, 0640);
  g_autoptr (VhSource) source = vh_source_new_file (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDomainInfo) info = NULL;
  g_autoptr (GBytes) bytes = source->ops->read (source, &info, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), TEXT, strlen (TEXT));
  assert_terminated (bytes);
  g_assert_true (info->is_file);
  g_assert_true (info->persistent);
  g_assert_false (info->read_only);
  g_assert_null (info->state);
  g_assert_cmpint (info->id, ==, -1);
  g_assert_cmpstr (info->source, ==, path);

  g_autoptr (GBytes) other = g_bytes_new_static ("<domain/>", 9);
  g_assert_true (source->ops->replace (source, other, VH_REPLACE_VALIDATE, &error));
  g_assert_no_error (error);
  g_autofree char *read = vh_scratch_read (path);
  g_assert_cmpstr (read, ==, "<domain/>");
  struct stat now;
  g_assert_cmpint (stat (path, &now), ==, 0);
  g_assert_cmpuint (now.st_mode & 07777, ==, 0640);
  vh_scratch_free (scratch);
}

typedef struct {
  const char *name;
  const char *target; /* below the scratch folder unless absolute */
  VhSourceError error;
  const char *words;
} RefusedRow;

static const RefusedRow refused[] = {
  { "missing", "nothing.xml", VH_SOURCE_ERROR_NOT_FOUND, "No such file" },
  { "below-a-file", "a.xml/b", VH_SOURCE_ERROR_NOT_FOUND, "Not a directory" },
  { "folder", ".", VH_SOURCE_ERROR_FAILED, "is a folder" },
  { "fifo", "fifo", VH_SOURCE_ERROR_FAILED, "not a regular file" },
  { "device", "/dev/zero", VH_SOURCE_ERROR_FAILED, "not a regular file" },
  { "too-large", "large", VH_SOURCE_ERROR_FAILED, "larger than 256 MiB" },
};

static void
test_refused (gconstpointer data)
{
  const RefusedRow *row = data;
  char *scratch = vh_scratch_new ();
  g_free (vh_scratch_write (scratch, "a.xml", TEXT, 0600));
  g_autofree char *large = vh_scratch_write (scratch, "large", "", 0600);
  g_autofree char *fifo = g_build_filename (scratch, "fifo", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (truncate (large, (off_t) VH_DOCUMENT_MAX_BYTES + 1), ==, 0);
  g_autofree char *target =
      *row->target == '/' ? g_strdup (row->target) : g_build_filename (scratch, row->target, NULL);
  g_autoptr (VhSource) source = vh_source_new_file (target);
  g_autoptr (GError) error = NULL;
  g_assert_null (source->ops->read (source, NULL, &error));
  g_assert_error (error, VH_SOURCE_ERROR, (gint) row->error);
  g_assert_nonnull (strstr (error->message, row->words));
  g_assert_nonnull (strstr (error->message, target));
  vh_scratch_free (scratch);
}

static void
test_no_permission (void)
{
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  g_autofree char *path = vh_scratch_write (scratch, "a.xml", TEXT, 0);
  g_autoptr (VhSource) source = vh_source_new_file (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_assert_cmpint (chmod (scratch, 0755), ==, 0);
  const gboolean is_root = getuid () == 0;
  if (is_root)
    g_assert_cmpint (setresuid (NOBODY, NOBODY, 0), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (source->ops->read (source, NULL, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED);
  g_clear_error (&error);
  g_assert_false (source->ops->replace (source, bytes, 0, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "untouched"));
  if (is_root)
    g_assert_cmpint (setresuid (0, 0, 0), ==, 0);
  vh_scratch_free (scratch);
}

static void
become (int descriptor, const char *path, int flags)
{
  int fd = open (path, flags, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (dup2 (fd, descriptor), ==, descriptor);
  close (fd);
}

static void
test_standard_streams (void)
{
  if (!vh_scratch_is_alone ())
    return;
  char *scratch = vh_scratch_new ();
  g_autofree char *in = vh_scratch_write (scratch, "in", TEXT, 0600);
  g_autofree char *out = g_build_filename (scratch, "out", NULL);
  become (STDIN_FILENO, in, O_RDONLY);
  int before = dup (STDOUT_FILENO);
  become (STDOUT_FILENO, out, O_WRONLY | O_CREAT);

  g_autoptr (VhSource) source = vh_source_new_file ("-");
  g_autoptr (GBytes) first = source->ops->read (source, NULL, NULL);
  g_autoptr (GBytes) again = source->ops->read (source, NULL, NULL);
  g_autoptr (GBytes) text = g_bytes_new_static ("<domain/>", 9);
  gboolean written = source->ops->replace (source, text, 0, NULL);
  g_autoptr (GBytes) after = source->ops->read (source, NULL, NULL);
  dup2 (before, STDOUT_FILENO);

  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), TEXT, strlen (TEXT));
  g_assert_true (g_bytes_equal (first, again));
  g_assert_true (written);
  g_assert_true (g_bytes_equal (after, text));
  assert_terminated (first);
  assert_terminated (after);
  g_autofree char *read = vh_scratch_read (out);
  g_assert_cmpstr (read, ==, "<domain/>");
  vh_scratch_free (scratch);
}

static void
test_closed_streams (void)
{
  if (!vh_scratch_is_alone ())
    return;
  g_autoptr (VhSource) source = vh_source_new_file ("-");
  g_autoptr (GBytes) text = g_bytes_new_static ("<domain/>", 9);
  g_autoptr (GError) error = NULL;
  close (STDIN_FILENO);
  g_assert_null (source->ops->read (source, NULL, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "Standard input"));
  g_clear_error (&error);
  become (STDOUT_FILENO, "/dev/full", O_WRONLY);
  g_assert_false (source->ops->replace (source, text, 0, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED);
}

static void
test_other_calls (void)
{
  g_autoptr (VhSource) source = vh_source_new_file ("/nonexistent");
  g_autoptr (GError) error = NULL;
  GPtrArray *args = NULL;
  g_assert_false (source->ops->validate (source, "<domain/>", &args, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED);
  g_assert_null (args);
  g_assert_null (source->ops->list);
  g_assert_null (source->ops->select);
  g_assert_null (source->ops->count_defines);
  g_assert_null (source->ops->reconnect);
  g_assert_null (source->ops->watch);
  g_autoptr (VhTopology) topology = literal_new ("x86_64", "pc-q35-7.2");
  g_clear_error (&error);
  g_autoptr (VhCaps) caps = source->ops->probe (source, topology, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (caps->qemu, ==, VH_VERSION (7, 2, 0));
  g_assert_cmpint (caps->qemu_origin, ==, VH_ORIGIN_ASSUMED);
}

/* Somebody put a link to another file there since it was read. */
static void
test_becomes_a_link (void)
{
  char *scratch = vh_scratch_new ();
  g_autofree char *path = vh_scratch_write (scratch, "a.xml", TEXT, 0640);
  g_autofree char *other = vh_scratch_write (scratch, "other", "theirs", 0600);
  g_autoptr (VhSource) source = vh_source_new_file (path);
  g_autoptr (GBytes) bytes = source->ops->read (source, NULL, NULL);
  g_assert_nonnull (bytes);
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_cmpint (symlink (other, path), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_false (source->ops->replace (source, bytes, 0, &error));
  g_assert_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_CONFLICT);
  g_autofree char *kept = vh_scratch_read (other);
  g_assert_cmpstr (kept, ==, "theirs");
  vh_scratch_free (scratch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/source-file/becomes-a-link", test_becomes_a_link);
  g_test_add_func ("/source-file/round-trip", test_round_trip);
  g_test_add_func ("/source-file/no-permission", test_no_permission);
  g_test_add_func ("/source-file/standard-streams", test_standard_streams);
  g_test_add_func ("/source-file/closed-streams", test_closed_streams);
  g_test_add_func ("/source-file/other-calls", test_other_calls);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/source-file/refused/%s", refused[i].name);
      g_test_add_data_func (path, &refused[i], test_refused);
    }
  return g_test_run ();
}
