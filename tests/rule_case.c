/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "rule_case.h"

#include <string.h>

#include "model/topology_private.h"
#include "tests/topology_literal.h"
#include "tests/topology_text.h"

char **
rule_case_split (const char *text, const char *separators)
{
  char **parts = g_strsplit_set (text, separators, -1);
  guint kept = 0;
  for (guint i = 0; parts[i]; i++)
    {
      char *part = g_strstrip (parts[i]);
      if (*part)
        parts[kept++] = part;
      else
        g_free (parts[i]);
    }
  parts[kept] = NULL;
  return parts;
}

/* Separated by blanks; the caller frees with g_strfreev. */
static char **
words_of (const char *text)
{
  return rule_case_split (text, " \n");
}

static const char *
value_of (char **words, const char *key)
{
  gsize length = strlen (key);
  for (; *words; words++)
    if (strncmp (*words, key, length) == 0 && (*words)[length] == '=')
      return *words + length + 1;
  return NULL;
}

static gint32
number (const char *text)
{
  g_assert_nonnull (text);
  return (gint32) g_ascii_strtoll (text, NULL, 10);
}

static VhVersion
version (const char *text)
{
  VhVersion value = 0;
  g_assert_true (vh_version_parse (text, &value));
  return value;
}

static VhBusModel
model_of (const char *word)
{
  for (VhBusModel model = 0; model <= VH_BUS_UNKNOWN; model++)
    if (g_str_equal (word, vh_bus_model_to_string (model)))
      return model;
  g_error ("no model %s", word);
}

static VhDeviceKind
kind_of (const char *word)
{
  static const char *const names[] = {
#define VH_DEVICE_ROW(ID, element, words, is_word, is, not_word, not ) (element),
#include "model/device.def"
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (word, names[i]) == 0)
      return (VhDeviceKind) i;
  return VH_DEVICE_OTHER;
}

static VhFactId
fact_of (const char *key)
{
  for (VhFactId id = 0; id < VH_N_FACTS; id++)
    if (g_str_equal (key, vh_fact_to_key (id)))
      return id;
  g_error ("no fact %s", key);
}

static VhBus *
bus_of (const VhTopology *topology, const char *index)
{
  gint32 position = vh_topology_find_bus (topology, number (index));
  g_assert_cmpint (position, >=, 0);
  return &g_array_index (topology->buses, VhBus, position);
}

static VhSwitch
switch_of (const char *word)
{
  VhSwitch value = VH_SWITCH_ABSENT;
  if (word)
    g_assert_true (vh_switch_from_string (word, &value));
  return value;
}

static void
read_bus (VhTopology *topology, char **words)
{
  gboolean has_parent = words[3] && g_str_equal (words[3], "on");
  const char *at = has_parent && words[5] && g_str_equal (words[5], "at") ? words[6] : NULL;
  guint position = literal_push_bus (topology, model_of (words[2]), number (words[1]),
                                     has_parent ? number (words[4]) : -1, at);
  VhBus *bus = &g_array_index (topology->buses, VhBus, position);
  const char *name = value_of (words, "name");
  bus->hotplug = switch_of (value_of (words, "hotplug"));
  bus->model_name = name ? g_string_chunk_insert (topology->strings, name) : NULL;
}

static void
read_device (VhTopology *topology, char **words)
{
  g_autofree char *label = g_strdup (words[1]);
  for (char *c = label; *c; c++)
    if (*c == '_')
      *c = ' ';
  g_auto (GStrv) parts = g_strsplit (label, " ", 2);
  const char *domain = value_of (words, "domain"), *mark = value_of (words, "mark");
  guint position =
      literal_push_device (topology, kind_of (parts[0]), label, number (words[3]), words[5]);
  VhDevice *device = &g_array_index (topology->devices, VhDevice, position);
  if (mark)
    device->marks |= g_str_equal (mark, "busy") ? VH_DEVICE_BUSY : VH_DEVICE_FIXED;
  if (!domain)
    return;
  device->at.domain = (guint) number (domain);
  vh_topology_link (topology);
}

static void
mark_address (VhTopology *topology, gint32 index)
{
  guint first = 0;
  gint32 bus = vh_topology_find_bus (topology, index);
  g_assert_cmpuint (vh_topology_get_bus_devices (topology, (guint) bus, &first), >, 0);
  g_array_index (topology->devices, VhDevice, first).marks |= VH_DEVICE_BAD_ADDRESS;
}

static gboolean
read_world (RuleWorld *world, char **words)
{
  VhCaps *caps = world->caps;
  VhKnown known = VH_KNOWN_UNKNOWN;
  if (g_str_equal (words[0], "qemu"))
    vh_caps_set_qemu (caps, version (words[1]), words[2] ? VH_ORIGIN_ASSUMED : VH_ORIGIN_USER);
  else if (g_str_equal (words[0], "libvirt"))
    caps->libvirt = version (words[1]);
  else if (g_str_equal (words[0], "recorded-machine"))
    caps->machine_type = g_strdup (words[1]);
  else if (g_str_equal (words[0], "fact"))
    {
      g_assert_true (vh_known_from_string (words[2], &known));
      vh_caps_set (caps, fact_of (words[1]), known, VH_ORIGIN_RECORDED, "a test");
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_domain (VhTopology *topology, char **words)
{
  if (g_str_equal (words[0], "acpi"))
    topology->acpi = FALSE;
  else if (g_str_equal (words[0], "uefi"))
    topology->uefi = TRUE;
  else if (g_str_equal (words[0], "joined"))
    topology->args->joined_global = 7;
  else if (g_str_equal (words[0], "feature"))
    {
      topology->feature = switch_of (words[1]);
      topology->feature_element = 1;
    }
  else if (g_str_equal (words[0], "global"))
    literal_push_global (topology, words[1], words[2], words[3]);
  else if (g_str_equal (words[0], "override"))
    literal_push_override (topology, words[1], words[2], words[3]);
  else if (g_str_equal (words[0], "type"))
    {
      g_free (topology->domain_type);
      topology->domain_type = g_strdup (words[1]);
    }
  else
    return FALSE;
  return TRUE;
}

static void
read_tree (VhTopology *topology, char **words)
{
  if (g_str_equal (words[0], "bus"))
    read_bus (topology, words);
  else if (g_str_equal (words[0], "device"))
    read_device (topology, words);
  else if (g_str_equal (words[0], "bad-address"))
    mark_address (topology, number (words[1]));
  else if (topology_find_mark (words[0]) != 0)
    bus_of (topology, words[1])->marks |= topology_find_mark (words[0]);
  else
    g_error ("no statement %s", words[0]);
}

static gboolean
read_answer (VhAnswers *answers, char **words)
{
  if (g_str_equal (words[0], "runs"))
    return vh_version_parse (words[1], &answers->qemu);
  if (!g_str_equal (words[0], "says"))
    return FALSE;
  VhAnswer answer = { number (words[1]), VH_PROPERTY_ROOT,
                      vh_switch_to_known (switch_of (words[3])) };
  g_assert_true (vh_property_from_name (words[2], &answer.property));
  g_array_append_val (answers->values, answer);
  return TRUE;
}

RuleWorld *
rule_world_new (const char *setup)
{
  RuleWorld *world = g_new0 (RuleWorld, 1);
  g_auto (GStrv) statements = rule_case_split (setup, ";");
  g_auto (GStrv) machine = words_of (statements[0]);
  world->topology = literal_new (machine[1] ? machine[1] : "x86_64", machine[0]);
  world->caps = vh_caps_new ();
  world->answers = vh_answers_new (world->topology);
  for (char **statement = statements + 1; *statement; statement++)
    {
      g_auto (GStrv) words = words_of (*statement);
      if (!read_world (world, words) && !read_domain (world->topology, words) &&
          !read_answer (world->answers, words))
        read_tree (world->topology, words);
    }
  world->inputs = vh_inputs_new (world->topology, world->caps);
  world->modes = vh_modes_new (world->topology, world->inputs);
  world->findings =
      vh_check_new_findings (world->topology, world->inputs, world->modes, world->caps);
  g_ptr_array_extend_and_steal (
      world->findings,
      vh_answers_new_findings (world->answers, world->topology, world->inputs, world->caps->qemu));
  return world;
}

void
rule_world_free (RuleWorld *world)
{
  g_ptr_array_unref (world->findings);
  vh_answers_free (world->answers);
  vh_modes_free (world->modes);
  vh_inputs_free (world->inputs);
  vh_caps_free (world->caps);
  vh_topology_free (world->topology);
  g_free (world);
}

const VhMode *
rule_world_get_mode (const RuleWorld *world, gint32 index)
{
  gint32 position = vh_topology_find_bus (world->topology, index);
  g_assert_cmpint (position, >=, 0);
  return vh_modes_get (world->modes, (guint) position);
}

static gboolean
has_reason (const VhMode *mode, const char *word)
{
  for (guint i = 0; i < mode->reasons->len; i++)
    if (g_str_equal (vh_rule_to_word (g_array_index (mode->reasons, VhReason, i).rule), word))
      return TRUE;
  return FALSE;
}

static char *
join_offers (const VhMode *mode)
{
  GString *text = g_string_new (NULL);
  for (VhMechanism i = VH_MECHANISM_FIRST; i < VH_N_MECHANISMS; i++)
    if (mode->offered & VH_OFFERS (i))
      g_string_append_printf (text, "%s%s", text->len ? "," : "", vh_mechanism_to_string (i));
  return g_string_free (text, FALSE);
}

static void
expect_bus (const RuleWorld *world, char **words)
{
  const VhMode *mode = rule_world_get_mode (world, number (words[1]));
  const char *offers = NULL, *lists = words[2];
  g_autofree char *offered = join_offers (mode);
  g_test_message ("bus %s", words[1]);
  g_assert_cmpstr (vh_mechanism_to_string (mode->used), ==, words[2]);
  for (char **word = words + 3; *word; word++)
    if (g_str_equal (*word, "offers"))
      offers = *++word;
    else if (g_str_equal (*word, "lists"))
      lists = *++word;
    else
      {
        g_test_message ("rule %s", *word);
        g_assert_true (**word == '+' || **word == '-');
        g_assert_cmpint (has_reason (mode, *word + 1), ==, **word == '+');
      }
  if (offers)
    g_assert_cmpstr (offered, ==, g_str_equal (offers, "nothing") ? "" : offers);
  g_assert_cmpstr (vh_mechanism_to_string (mode->listed), ==, lists);
}

/* "RULE", "SEVERITY:RULE", "SEVERITY:RULE@BUS". */
static gboolean
has_finding (const RuleWorld *world, const char *text)
{
  for (guint i = 0; i < world->findings->len; i++)
    {
      const VhFinding *finding = g_ptr_array_index (world->findings, i);
      const char *word = vh_rule_to_word (finding->rule);
      g_autofree char *with_severity =
          g_strconcat (vh_severity_to_string (finding->severity), ":", word, NULL);
      g_autofree char *with_bus = g_strdup_printf ("%s@%d", with_severity, finding->bus);
      if (g_str_equal (text, word) || g_str_equal (text, with_severity) ||
          g_str_equal (text, with_bus))
        return TRUE;
    }
  return FALSE;
}

static void
expect_findings (const RuleWorld *world, char **words)
{
  for (char **word = words + 1; *word; word++)
    {
      g_test_message ("finding %s", *word);
      g_assert_true (**word == '+' || **word == '-');
      g_assert_cmpint (has_finding (world, *word + 1), ==, **word == '+');
    }
}

static void
expect_unplug (const RuleWorld *world, char **words)
{
  for (guint i = 0; i < vh_topology_get_n_devices (world->topology); i++)
    {
      const VhDevice *device = vh_topology_get_device (world->topology, i);
      g_autofree char *at = g_strdup_printf ("%x.%u", device->at.slot, device->at.function);
      if (!device->at.present || device->at.bus != number (words[1]) || !g_str_equal (at, words[2]))
        continue;
      g_test_message ("unplug %s", device->label);
      g_assert_cmpstr (vh_mechanism_to_string (vh_modes_get_unplug (world->modes, i)), ==,
                       words[3]);
      return;
    }
  g_error ("no device at %s %s", words[1], words[2]);
}

void
rule_case_run (gconstpointer data)
{
  const RuleCase *rule_case = data;
  g_autoptr (RuleWorld) world = rule_world_new (rule_case->setup);
  g_auto (GStrv) statements = rule_case_split (rule_case->expect, ";");
  g_assert_nonnull (statements[0]);
  for (char **statement = statements; *statement; statement++)
    {
      g_auto (GStrv) words = words_of (*statement);
      if (g_str_equal (words[0], "bus"))
        expect_bus (world, words);
      else if (g_str_equal (words[0], "finds"))
        expect_findings (world, words);
      else if (g_str_equal (words[0], "unplug"))
        expect_unplug (world, words);
      else
        g_error ("no expectation %s", words[0]);
    }
}

void
rule_case_add_all (const char *prefix, const RuleCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", prefix, cases[i].name);
      g_test_add_data_func (path, &cases[i], rule_case_run);
    }
}
