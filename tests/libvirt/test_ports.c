/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Root ports on a real driver: what is stored is byte for byte what was shown,
 * the second time there is nothing to change, and taken away again the domain
 * is what it was. */
#include "backend.h"
#include "model/io/writer.h"
#include "model/session.h"

#define ROOT "<controller type='pci' index='0' model='pcie-root'/>"
#define PORT(index) "<controller type='pci' index='" index "' model='pcie-root-port'/>"

static VhBackend *backend;

typedef struct {
  const char *name;
  const char *machine;
  const char *controllers;
  guint n_spare;
} Row;

static const Row rows[] = {
  { "two-ports", "q35", ROOT PORT ("1") PORT ("2"), 4 },
  { "over-a-slot", "q35", ROOT PORT ("1") PORT ("2"), 12 },
  { "old-machine", "pc-q35-5.2", ROOT PORT ("1"), 3 },
  { "switch", "q35",
    ROOT PORT ("1") "<controller type='pci' index='2' model='pcie-switch-upstream-port'/>"
                    "<controller type='pci' index='3' model='pcie-switch-downstream-port'/>",
    2 },
  { "many", "q35", ROOT PORT ("1"), 100 },
};

/* The write verifies; libvirt neither adds nor moves anything. */
static void
write_session (VhSource *source, VhSession *session, const char *name)
{
  g_autoptr (GError) error = NULL;
  const VhWriteOptions how = { .no_validate = FALSE };
  g_autofree char *shown = g_strdup (vh_document_get_text (session->after->document, NULL));
  g_autoptr (VhWriteReport) report =
      vh_writer_write (source, session->base->document, session->after->document, &how);
  g_test_message ("%s", report->message);
  g_assert_cmpint (report->outcome, ==, VH_WRITE_DONE);
  g_assert_cmpuint (report->notes->len, ==, 0);
  g_autofree char *stored = vh_backend_read (backend, name);
  g_assert_cmpstr (stored, ==, shown);
  g_assert_true (vh_session_rebase (session, report->now, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (vh_session_is_changed (session));
}

static void
test_ports (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = vh_backend_new_domain (row->name, row->machine, row->controllers);
  g_autofree char *first = vh_backend_define (backend, xml);
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  g_autoptr (VhSession) session = vh_backend_load (source, row->name);
  guint n_before = vh_topology_get_n_buses (session->base->topology);
  g_assert_true (vh_session_ensure_spare (session, row->n_spare, &error));
  g_assert_no_error (error);
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_cmpuint (plan->numbers.n_addresses_changed, ==, 0);
  g_assert_cmpuint (plan->numbers.n_buses_changed + plan->numbers.n_buses_unknown, ==, 0);
  write_session (source, session, row->name);
  guint n_added = vh_topology_get_n_buses (session->base->topology) - n_before;
  g_assert_cmpuint (n_added, >, 0);
  g_assert_true (vh_session_ensure_spare (session, row->n_spare, &error));
  g_assert_false (vh_session_is_changed (session));

  for (guint i = 0; i < n_added; i++)
    g_assert_true (vh_session_remove_port (session, &error));
  write_session (source, session, row->name);
  g_autofree char *last = vh_backend_read (backend, row->name);
  g_assert_cmpstr (last, ==, first);
  vh_backend_undefine (backend, row->name);
}

/* As many as libvirt takes, and not one more. */
static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml = vh_backend_new_domain ("limit", "q35", ROOT PORT ("1") PORT ("2"));
  g_free (vh_backend_define (backend, xml));
  g_autoptr (VhSource) source = vh_backend_open (backend, NULL);
  g_autoptr (VhSession) session = vh_backend_load (source, "limit");
  g_assert_false (vh_session_add_ports (session, 239, &error));
  g_assert_error (error, VH_EDIT_ERROR, VH_EDIT_ERROR_NO_ROOM);
  g_clear_error (&error);
  while (vh_session_add_ports (session, 8, NULL))
    continue;
  while (vh_session_add_ports (session, 1, NULL))
    continue;
  g_test_message ("%u buses", vh_topology_get_n_buses (session->after->topology));
  g_assert_cmpuint (vh_topology_get_n_buses (session->after->topology), >, 200);
  write_session (source, session, "limit");
  vh_backend_undefine (backend, "limit");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  backend = vh_backend_new (VH_BACKEND_EMBED);
  if (!backend)
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/libvirt/ports/%s", rows[i].name);
      g_test_add_data_func (path, &rows[i], test_ports);
    }
  g_test_add_func ("/libvirt/ports/limit", test_limit);
  int status = g_test_run ();
  vh_backend_free (backend);
  return status;
}
