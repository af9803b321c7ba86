/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The bus numbers of the guest, and what a plan says of those that move. */
#include "model/bus_numbers.h"

#include <string.h>

#include "model/session.h"
#include "tests/sample.h"
#include "tests/spare_domain.h"

typedef struct {
  const char *name, *text, *numbers; /* "0 1 2 ?" by position */
} NumbersRow;

#define BRIDGES                                                                                    \
  CONTROLLER ("1", "pci-bridge", AT ("0x09", "0x0"))                                               \
  CONTROLLER ("2", "pci-bridge", AT ("0x03", "0x0"))                                               \
  CONTROLLER ("3", "pci-bridge", ADDRESS ("0x02", "0x01", "0x0", ""))
#define PCI_ROOT "    <controller type='pci' index='0' model='pci-root'/>\n"
#define PXB(number)                                                                                \
  CONTROLLER ("4", "pci-expander-bus", "      <target" number "/>\n" AT ("0x05", "0x0"))           \
  CONTROLLER ("5", "pci-bridge", ADDRESS ("0x04", "0x00", "0x0", ""))
#define PC(devices) DOMAIN_OF ("pc-i440fx-7.2", PCI_ROOT devices)

static const NumbersRow numbers[] = {
  { "by-address", PC (BRIDGES), "0 3 1 2" },
  { "expander", PC (BRIDGES PXB (" busNr='254'")), "0 3 1 2 255 ?" },
  { "expander-lower", PC (BRIDGES PXB (" busNr='100'")), "0 3 1 2 101 102" },
  { "expander-too-high", PC (BRIDGES PXB (" busNr='2147483647'")), "0 3 1 2 ? ?" },
  { "expander-without-number", PC (BRIDGES PXB ("")), "0 3 1 2 ? ?" },
  { "expander-in-the-way", PC (BRIDGES PXB (" busNr='2'")), "? ? ? ? ? ?" },
  { "function-0-missing", Q35 (PORT ("1", AT ("0x02", "0x1")) PORT ("2", AT ("0x03", "0x0"))),
    "0 ? 1" },
  { "functions", Q35 (PORT ("1", AT ("0x02", "0x1")) PORT ("2", AT_MULTI ("0x02"))), "0 2 1" },
  { "no-address", Q35 (TWO PORT ("3", "")), "? ? ? ?" },
  { "not-a-pc", DOMAIN_OF ("virt", PCIE_ROOT TWO), "? ? ?" },
};

static void
test_numbers (gconstpointer data)
{
  const NumbersRow *row = data;
  g_autoptr (VhSession) session = sample_session (row->text);
  g_autoptr (GString) text = g_string_new (NULL);
  const GArray *found = session->base->bus_numbers;
  for (guint i = 0; i < found->len; i++)
    {
      gint32 number = g_array_index (found, gint32, i);
      g_autofree char *word = number < 0 ? g_strdup ("?") : g_strdup_printf ("%d", number);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }
  g_assert_cmpstr (text->str, ==, row->numbers);
}

static gboolean
is_said (const VhPlan *plan, const char *piece)
{
  for (guint i = 0; i < plan->consequences->len; i++)
    if (strstr (((const VhConsequence *) plan->consequences->pdata[i])->text, piece))
      return TRUE;
  return FALSE;
}

static void
test_plan (void)
{
  g_autoptr (VhSession) session =
      sample_session (Q35 (TWO NIC (ADDRESS ("0x01", "0x00", "0x0", ""))));
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_true (is_said (plan, "0 of 3 PCI addresses and 0 of 3 bus numbers"));
  g_assert_cmpuint (plan->changes->len, ==, 1);
  g_assert_cmpstr (((const VhChange *) plan->changes->pdata[0])->text, ==,
                   "bus 3 pcie-root-port: new at 0000:00:02.2; acpi; free hotpluggable slots 1; "
                   "bus number in the guest 3");
}

static void
test_plan_moves (void)
{
  g_autoptr (VhSession) session =
      sample_session (Q35 (TWO CONTROLLER ("3", "dmi-to-pci-bridge", AT ("0x1e", "0x0"))));
  g_assert_true (vh_session_add_ports (session, 2, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_true (is_said (plan, "0 of 3 PCI addresses and 1 of 4 bus numbers in the guest change"));
  g_assert_true (is_said (plan, "bus 3: 3 -> 5"));
  g_assert_cmpuint (plan->numbers.n_buses_changed, ==, 1);
}

static void
test_plan_removed (void)
{
  g_autoptr (VhSession) session = sample_session (Q35 (TWO));
  g_assert_true (vh_session_remove_port (session, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_true (is_said (plan, "0 of 1 PCI addresses and 0 of 2 bus numbers"));
  g_assert_cmpstr (((const VhChange *) plan->changes->pdata[0])->text, ==,
                   "bus 2 pcie-root-port: removed");
}

static void
test_plan_unknown (void)
{
  g_autoptr (VhSession) session = sample_session (DOMAIN_OF ("virt", PCIE_ROOT TWO));
  g_assert_true (vh_session_add_ports (session, 1, NULL));
  g_autoptr (VhPlan) plan = vh_session_new_plan (session);
  g_assert_cmpuint (plan->numbers.n_buses_unknown, ==, 3);
  g_assert_true (is_said (plan, "of 3 buses are not known"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/bus-numbers/%s", numbers[i].name);
      g_test_add_data_func (path, &numbers[i], test_numbers);
    }
  g_test_add_func ("/bus-numbers/plan", test_plan);
  g_test_add_func ("/bus-numbers/plan-moves", test_plan_moves);
  g_test_add_func ("/bus-numbers/plan-removed", test_plan_removed);
  g_test_add_func ("/bus-numbers/plan-unknown", test_plan_unknown);
  return g_test_run ();
}
