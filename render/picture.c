/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/picture.h"

#include <string.h>

#include "render/picture_words.h"
#include "render/words.h"

/* What is drawn one by one. */
#define MOST_DEVICES_OF_BUS 32u
#define MOST_DEVICES 2000u
#define MOST_BUSES 300u
#define DEEPEST 12u

/* A bus whose boxes are not complete; the first one stands for the page. */
typedef struct {
  gint box;                /* -1: the page */
  const VhCompareRow *row; /* NULL: the page */
  guint n_devices;         /* drawn in it */
  guint n_left_out_devices;
  guint n_left_out_buses;
} Open;

typedef struct {
  const VhComparison *comparison;
  VhPicture *picture;
  GArray *open; /* of Open, the outermost first */
  GHashTable *ids;
  guint n_buses;
  guint most_devices; /* of one bus */
  guint left_out;     /* depth of the bus that is left out with all below; G_MAXUINT: none */
} Builder;

const char *
vh_picture_kind_to_string (VhPictureKind kind)
{
  static const char *const words[] = {
    [VH_PICTURE_BUS] = "bus",   [VH_PICTURE_DEVICE] = "device", [VH_PICTURE_FREE] = "free",
    [VH_PICTURE_REST] = "rest", [VH_PICTURE_GROUP] = "group",
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (words) == VH_PICTURE_N_KINDS);
  return words[kind];
}

const char *
vh_picture_mark_to_string (VhPictureMark mark)
{
  static const char *const words[] = {
    [VH_PICTURE_SAME] = "same",
    [VH_PICTURE_CHANGED] = "changed",
    [VH_PICTURE_ADDED] = "added",
    [VH_PICTURE_REMOVED] = "removed",
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (words) == VH_PICTURE_N_MARKS);
  return words[mark];
}

VhRole
vh_picture_get_color (const VhPictureBox *box)
{
  const VhRole roles[] = {
    [VH_PICTURE_SAME] = box->role,
    [VH_PICTURE_CHANGED] = VH_ROLE_CHANGED,
    [VH_PICTURE_ADDED] = VH_ROLE_ADDED,
    [VH_PICTURE_REMOVED] = VH_ROLE_REMOVED,
  };
  return roles[box->mark];
}

static void
box_free (VhPictureBox *box)
{
  g_free (box->id);
  g_free (box->title);
  g_ptr_array_unref (box->lines);
  g_free (box);
}

/* ---- boxes ---- */

static Open *
innermost (const Builder *builder)
{
  return &g_array_index (builder->open, Open, builder->open->len - 1);
}

/* Takes `id`; another box may have it. */
static char *
take_id (const Builder *builder, char *id)
{
  g_strcanon (id, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-", '-');
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (builder->ids, id)) + 1;
  g_hash_table_replace (builder->ids, g_strdup (id), GUINT_TO_POINTER (n));
  if (n == 1)
    return id;
  char *other = g_strdup_printf ("%s-again-%u", id, n);
  g_free (id);
  return other;
}

/* Takes `id`. */
static VhPictureBox *
push_box (const Builder *builder, VhPictureKind kind, char *id)
{
  VhPictureBox *box = g_new0 (VhPictureBox, 1);
  box->kind = kind;
  box->role = VH_ROLE_PLAIN;
  box->parent = innermost (builder)->box;
  box->id = take_id (builder, id);
  g_ptr_array_add (builder->picture->boxes, box);
  return box;
}

static gint
last_box (const Builder *builder)
{
  return (gint) builder->picture->boxes->len - 1;
}

static const char *
id_of_open (const Builder *builder)
{
  const gint box = innermost (builder)->box;
  return box < 0 ? "page"
                 : ((const VhPictureBox *) g_ptr_array_index (builder->picture->boxes, box))->id;
}

static void
append_count (GString *text, guint n, const char *what)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u more %s", text->len > 0 ? ", " : "", n, what);
}

static void
push_rest (const Builder *builder)
{
  const Open *bus = innermost (builder);
  g_autoptr (GString) text = g_string_new (NULL);
  append_count (text, bus->n_left_out_buses, "buses");
  append_count (text, bus->n_left_out_devices, "devices");
  if (text->len == 0)
    return;
  VhPictureBox *box =
      push_box (builder, VH_PICTURE_REST, g_strconcat (id_of_open (builder), "-rest", NULL));
  box->title = g_strconcat (text->str, ", which are not drawn.", NULL);
  box->lines = vh_picture_new_lines ();
  vh_picture_take_line (box->lines, VH_ROLE_PLAIN, g_string_free (g_steal_pointer (&text), FALSE));
}

static void
push_free (const Builder *builder)
{
  const VhCompareRow *row = innermost (builder)->row;
  VhPictureBox what = { 0 };
  if (row == NULL || !vh_picture_describe_free (&what, builder->comparison, row))
    return;
  VhPictureBox *box =
      push_box (builder, VH_PICTURE_FREE, g_strconcat (id_of_open (builder), "-free", NULL));
  box->mark = what.mark;
  box->role = what.role;
  box->title = what.title;
  box->lines = what.lines;
}

/* Completes the buses that are as deep as the row to come, or deeper. */
static void
close_to (const Builder *builder, guint depth)
{
  while (builder->open->len > depth + 1)
    {
      push_rest (builder);
      push_free (builder);
      g_array_set_size (builder->open, builder->open->len - 1);
    }
}

static void
push_bus (Builder *builder, const VhCompareRow *row)
{
  if (row->depth >= DEEPEST || builder->n_buses >= MOST_BUSES)
    {
      innermost (builder)->n_left_out_buses++;
      builder->left_out = row->depth;
      return;
    }
  builder->n_buses++;
  char *id = row->bus < 0 ? g_strdup ("bus-without-index") : g_strdup_printf ("bus-%d", row->bus);
  VhPictureBox *box = push_box (builder, VH_PICTURE_BUS, id);
  vh_picture_describe_bus (box, builder->comparison, row);
  const Open bus = { .box = last_box (builder), .row = row };
  g_array_append_val (builder->open, bus);
}

static void
push_device (const Builder *builder, const VhCompareRow *row)
{
  Open *bus = innermost (builder);
  if (bus->n_devices >= builder->most_devices)
    {
      bus->n_left_out_devices++;
      return;
    }
  bus->n_devices++;
  g_autofree char *at = vh_address_format (&row->at);
  VhPictureBox *box =
      push_box (builder, VH_PICTURE_DEVICE, g_strconcat ("device-", at != NULL ? at : "", NULL));
  vh_picture_describe_device (box, builder->comparison, row);
}

static void
push_row (Builder *builder, const VhCompareRow *row)
{
  if (row->kind < VH_COMPARE_BUS)
    return;
  if (row->depth > builder->left_out)
    {
      if (row->kind == VH_COMPARE_BUS)
        innermost (builder)->n_left_out_buses++;
      else
        innermost (builder)->n_left_out_devices++;
      return;
    }
  builder->left_out = G_MAXUINT;
  close_to (builder, row->depth);
  if (row->kind == VH_COMPARE_BUS)
    push_bus (builder, row);
  else
    push_device (builder, row);
}

/* ---- devices without a place on a bus ---- */

static void
push_unplaced (Builder *builder, const char *label)
{
  Open *group = innermost (builder);
  if (group->box < 0)
    {
      VhPictureBox *around = push_box (builder, VH_PICTURE_GROUP, g_strdup ("without-a-place"));
      around->title = g_strdup ("Devices without a place on a PCI bus.");
      around->lines = vh_picture_new_lines ();
      vh_picture_take_line (around->lines, VH_ROLE_HEADING,
                            g_strdup ("without a place on a PCI bus"));
      const Open open = { .box = last_box (builder) };
      g_array_append_val (builder->open, open);
      group = innermost (builder);
    }
  if (group->n_devices++ >= builder->most_devices)
    {
      group->n_left_out_devices++;
      return;
    }
  VhPictureBox *box = push_box (builder, VH_PICTURE_DEVICE, g_strdup ("device-without-a-place"));
  box->title = g_strconcat (label, ", without a place on a PCI bus.", NULL);
  box->lines = vh_picture_new_lines ();
  vh_picture_take_line (box->lines, VH_ROLE_DEVICE, g_strdup (label));
}

/* As the latest of the states has them: none of their mechanisms is known. */
static void
push_unaddressed (Builder *builder)
{
  const GPtrArray *variants = builder->comparison->variants;
  const VhVariant *variant = g_ptr_array_index (variants, variants->len - 1);
  const VhTopology *topology = variant->reading->topology;
  for (guint i = 0; i < vh_topology_get_n_devices (topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (topology, i);
      if (device->bus < 0 && device->secondary_bus < 0)
        push_unplaced (builder, device->label);
    }
}

/* ---- the picture ---- */

static guint
count_buses (const VhComparison *comparison)
{
  guint n = 0;
  for (guint i = 0; i < comparison->rows->len; i++)
    n += ((const VhCompareRow *) g_ptr_array_index (comparison->rows, i))->kind == VH_COMPARE_BUS
             ? 1
             : 0;
  return MIN (n, MOST_BUSES);
}

static guint
find_most_devices (const VhComparison *comparison)
{
  const guint share = MOST_DEVICES / MAX (count_buses (comparison), 1);
  return MIN (share, MOST_DEVICES_OF_BUS);
}

static void
push_boxes (VhPicture *picture, const VhComparison *comparison)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Open));
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const Open page = { .box = -1 };
  g_array_append_val (open, page);
  Builder builder = { .comparison = comparison,
                      .picture = picture,
                      .open = open,
                      .ids = ids,
                      .most_devices = find_most_devices (comparison),
                      .left_out = G_MAXUINT };
  for (guint i = 0; i < comparison->rows->len; i++)
    push_row (&builder, g_ptr_array_index (comparison->rows, i));
  close_to (&builder, 0);
  push_rest (&builder);
  push_unaddressed (&builder);
  close_to (&builder, 0);
}

/* Takes the comparison. `what` NULL: nothing is compared. */
static VhPicture *
new_picture (VhComparison *comparison, const VhSession *session, const char *what)
{
  const VhTopology *topology = session->after->topology;
  VhPicture *picture = g_new0 (VhPicture, 1);
  g_autofree char *name = vh_text_dup_visible (topology->name);
  picture->title = *name != '\0' ? g_strconcat ("PCI hotplug of ", name, NULL)
                                 : g_strdup ("PCI hotplug of a domain without a name");
  picture->head = vh_picture_new_lines ();
  picture->foot = vh_picture_new_lines ();
  picture->boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) box_free);
  vh_picture_push_head (picture->head, comparison, session->info, what);
  push_boxes (picture, comparison);
  if (picture->boxes->len == 0)
    vh_picture_take_line (picture->head, VH_ROLE_PLAIN, g_strdup ("This domain has no PCI bus."));
  else
    vh_picture_push_words (picture->foot);
  vh_picture_push_findings (picture->foot, session->after->findings);
  vh_compare_free (comparison);
  return picture;
}

#define SIGNS "* differs, + added, - removed."

VhPicture *
vh_picture_new (const VhSession *session)
{
  GPtrArray *variants = vh_variants_new ();
  if (!vh_session_is_changed (session))
    {
      vh_variants_push (variants, "", "", session->after);
      return new_picture (vh_compare_new (variants), session, NULL);
    }
  vh_variants_push (variants, "BEFORE", "BEFORE", session->base);
  vh_variants_push (variants, "AFTER", "AFTER", session->after);
  g_autofree char *changes = vh_session_describe (session);
  g_autofree char *what = g_strdup_printf ("Before → after “%s”: " SIGNS, changes);
  return new_picture (vh_compare_new (variants), session, what);
}

VhPicture *
vh_picture_new_live (const VhLive *live, const VhSession *next)
{
  VhComparison *comparison = vh_live_compare (live, next);
  return new_picture (comparison, next,
                      comparison->n_differences > 0
                          ? "What runs → what the next start will have: " SIGNS
                          : "What runs is what the next start will have.");
}

void
vh_picture_free (VhPicture *picture)
{
  if (picture == NULL)
    return;
  g_free (picture->title);
  g_ptr_array_unref (picture->head);
  g_ptr_array_unref (picture->boxes);
  g_ptr_array_unref (picture->foot);
  g_free (picture);
}
