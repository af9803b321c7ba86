/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_tree.h"

#include "render/text.h"

#define NOTHING (-1)

typedef struct {
  const VhReading *reading;
  GString *text;
  GString *line; /* of the row that is made; what is left of it stands before the next one */
  guint width;
} Tree;

/* A function of a bus: a device of the domain, or one of the chipset. */
typedef struct {
  guint slot, function;
  gint32 device;     /* position; NOTHING: the chipset's */
  const char *label; /* of the chipset's */
} Function;

/* A bus that no bridge leads to. */
typedef struct {
  gint32 bus;    /* position */
  gint32 number; /* in the guest; NOTHING: not known */
} Root;

/* QEMU 7.2 hw/i386/pc_piix.c, pc_q35.c. Those that a domain describes as controllers stand there
 * as such. */
static const struct {
  VhChipset chipset;
  Function function;
  gboolean of_acpi; /* not there without ACPI */
} chipsets[] = {
  { VH_CHIPSET_I440FX, { 0x00, 0, NOTHING, "host bridge" }, FALSE },
  { VH_CHIPSET_I440FX, { 0x01, 0, NOTHING, "ISA bridge" }, FALSE },
  { VH_CHIPSET_I440FX, { 0x01, 1, NOTHING, "IDE" }, FALSE },
  { VH_CHIPSET_I440FX, { 0x01, 3, NOTHING, "power management" }, TRUE },
  { VH_CHIPSET_Q35, { 0x00, 0, NOTHING, "host bridge" }, FALSE },
  { VH_CHIPSET_Q35, { 0x1f, 0, NOTHING, "ISA bridge" }, FALSE },
  { VH_CHIPSET_Q35, { 0x1f, 2, NOTHING, "SATA" }, FALSE },
  { VH_CHIPSET_Q35, { 0x1f, 3, NOTHING, "SMBus" }, FALSE },
};

static void append_bus (Tree *tree, gint32 position);

static const VhBus *
get_bus (const Tree *tree, gint32 position)
{
  return vh_topology_get_bus (tree->reading->topology, (guint) position);
}

static gint32
get_number (const Tree *tree, gint32 position)
{
  return g_array_index (tree->reading->bus_numbers, gint32, position);
}

static gboolean
is_expander (const VhBus *bus)
{
  return bus->model == VH_BUS_PCI_EXPANDER || bus->model == VH_BUS_PCIE_EXPANDER;
}

/* ---- what is on a bus ---- */

static int
compare_functions (gconstpointer a, gconstpointer b)
{
  const Function *one = a, *other = b;
  const guint first = one->slot * 8 + one->function, second = other->slot * 8 + other->function;
  return first != second ? (first > second) - (first < second) : one->device - other->device;
}

static void
add_chipset (const Tree *tree, const VhBus *bus, guint64 *taken, GArray *functions)
{
  const VhTopology *topology = tree->reading->topology;
  for (guint i = 0; i < G_N_ELEMENTS (chipsets); i++)
    {
      const Function *function = &chipsets[i].function;
      const gboolean is_there = bus->index == 0 && bus->parent < 0 &&
                                chipsets[i].chipset == topology->machine->chipset &&
                                (topology->acpi || !chipsets[i].of_acpi);
      if (is_there &&
          !(taken[function->slot / 8] >> (function->slot % 8 * 8 + function->function) & 1))
        g_array_append_val (functions, *function);
    }
}

/* By address. */
static GArray *
new_functions (const Tree *tree, gint32 position)
{
  guint first = 0;
  guint64 taken[4] = { 0 };
  GArray *functions = g_array_new (FALSE, FALSE, sizeof (Function));
  const guint n = vh_topology_get_bus_devices (tree->reading->topology, (guint) position, &first);
  for (guint i = first; i < first + n; i++)
    {
      const VhAddress *at = &vh_topology_get_device (tree->reading->topology, i)->at;
      const Function function = { at->slot % 32u, at->function % 8u, (gint32) i, NULL };
      taken[function.slot / 8] |= G_GUINT64_CONSTANT (1)
                                  << (function.slot % 8 * 8 + function.function);
      g_array_append_val (functions, function);
    }
  add_chipset (tree, get_bus (tree, position), taken, functions);
  g_array_sort (functions, compare_functions);
  return functions;
}

/* ---- lines ---- */

/* Ends the line. What leads to lines below it goes on as "|". */
static void
end_line (Tree *tree)
{
  g_autofree char *clipped = vh_text_clip (tree->line->str, tree->width, "..");
  g_string_append_printf (tree->text, "%s\n", clipped);
  for (gsize i = 0; i < tree->line->len; i++)
    tree->line->str[i] = tree->line->str[i] == '+' || tree->line->str[i] == '|' ? '|' : ' ';
}

static void
append_number (GString *line, gint32 number)
{
  if (number < 0)
    g_string_append (line, "??");
  else
    g_string_append_printf (line, "%02x", (guint) number);
}

/* The highest number of the bus and of all that is behind it. */
static gint32
find_last_number (const Tree *tree, gint32 position)
{
  const VhTopology *topology = tree->reading->topology;
  gint32 last = get_number (tree, position);
  guint first = 0;
  const guint n = vh_topology_get_bus_devices (topology, (guint) position, &first);
  for (guint i = first; i < first + n; i++)
    {
      const gint32 behind = vh_topology_get_device (topology, i)->secondary_bus;
      if (behind >= 0 && !is_expander (get_bus (tree, behind)))
        last = MAX (last, find_last_number (tree, behind));
    }
  return last;
}

static void
append_bridge (Tree *tree, gint32 position)
{
  const gint32 number = get_number (tree, position);
  const gint32 last = find_last_number (tree, position);
  g_string_append (tree->line, "-[");
  append_number (tree->line, number);
  if (last != number)
    {
      g_string_append_c (tree->line, '-');
      append_number (tree->line, last);
    }
  g_string_append (tree->line, "]--");
  append_bus (tree, position);
}

static void
append_function (Tree *tree, const Function *function)
{
  const VhTopology *topology = tree->reading->topology;
  g_string_append_printf (tree->line, "%02x.%x", function->slot, function->function);
  if (function->device == NOTHING)
    {
      g_string_append_printf (tree->line, "  %s", function->label);
      end_line (tree);
      return;
    }
  const VhDevice *device = vh_topology_get_device (topology, (guint) function->device);
  if (device->secondary_bus >= 0 && !is_expander (get_bus (tree, device->secondary_bus)))
    {
      append_bridge (tree, device->secondary_bus);
      return;
    }
  const VhMechanism unplug = vh_modes_get_unplug (tree->reading->modes, (guint) function->device);
  g_autofree char *label = vh_text_dup_visible (device->label);
  g_string_append_printf (tree->line, "  %s (%s)", label, vh_mechanism_to_string (unplug));
  end_line (tree);
}

static void
append_empty (Tree *tree, gint32 position)
{
  const VhMode *mode = vh_modes_get (tree->reading->modes, (guint) position);
  g_autofree char *alias = vh_text_dup_visible (get_bus (tree, position)->alias);
  g_string_append_printf (tree->line, "  %s free (%s)", alias, vh_mechanism_to_string (mode->used));
  end_line (tree);
}

static void
append_bus (Tree *tree, gint32 position)
{
  g_autoptr (GArray) functions = new_functions (tree, position);
  const gsize mark = tree->line->len;
  if (functions->len == 0)
    append_empty (tree, position);
  for (guint i = 0; i < functions->len; i++)
    {
      const char *branch = functions->len == 1 ? "--" : i + 1 < functions->len ? "+-" : "\\-";
      g_string_truncate (tree->line, mark);
      g_string_append (tree->line, branch);
      append_function (tree, &g_array_index (functions, Function, i));
    }
}

/* The bus of a pci-expander-bus is behind a bridge of its own. */
static void
append_root (Tree *tree, const Root *root)
{
  const VhBus *bus = get_bus (tree, root->bus);
  g_string_append (tree->line, "[0000:");
  append_number (tree->line, root->number);
  g_string_append (tree->line, "]-");
  if (bus->model != VH_BUS_PCI_EXPANDER)
    {
      append_bus (tree, root->bus);
      return;
    }
  g_string_append (tree->line, "--00.0");
  append_bridge (tree, root->bus);
}

/* ---- roots ---- */

/* As lspci does it; what has no number is last. */
static int
compare_roots (gconstpointer a, gconstpointer b)
{
  const Root *one = a, *other = b;
  const guint first = (guint) one->number, second = (guint) other->number;
  return first != second ? (first > second) - (first < second) : one->bus - other->bus;
}

static GArray *
new_roots (const Tree *tree)
{
  GArray *roots = g_array_new (FALSE, FALSE, sizeof (Root));
  const guint n = vh_topology_get_n_buses (tree->reading->topology);
  for (gint32 i = 0; i < (gint32) n; i++)
    {
      const VhBus *bus = get_bus (tree, i);
      const gboolean behind_own = bus->model == VH_BUS_PCI_EXPANDER;
      const Root root = { i, behind_own ? bus->bus_number : get_number (tree, i) };
      if (bus->parent < 0 || is_expander (bus))
        g_array_append_val (roots, root);
    }
  g_array_sort (roots, compare_roots);
  return roots;
}

char *
vh_export_tree (const VhSession *session, guint width)
{
  g_autoptr (GString) line = g_string_new ("-");
  Tree tree = { session->after, g_string_new (NULL), line, width };
  g_autoptr (GArray) roots = new_roots (&tree);
  const gsize mark = line->len;
  for (guint i = 0; i < roots->len; i++)
    {
      g_string_truncate (line, mark);
      if (roots->len > 1)
        g_string_append (line, i + 1 < roots->len ? "+-" : "\\-");
      append_root (&tree, &g_array_index (roots, Root, i));
    }
  return g_string_free (tree.text, FALSE);
}
