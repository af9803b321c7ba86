/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/stage.h"

#include "model/fit.h"
#include "model/whatif.h"
#include "tests/scene.h"
#include "tests/stage_domains.h"

static void
change (Stage *stage)
{
  scene_set (stage->session, VH_KNOB_BRIDGE, -1, VH_SWITCH_OFF);
  scene_set (stage->session, VH_KNOB_PORT, 3, VH_SWITCH_ON);
}

static void
change_root (Stage *stage)
{
  scene_set (stage->session, VH_KNOB_ROOT, -1, VH_SWITCH_OFF);
  stage->session->info->is_file = FALSE;
  stage->session->info->state = "running";
  stage->scene.uri = "qemu:///system";
}

static void
filter (Stage *stage)
{
  g_string_assign (stage->view->filter, "interface");
  stage->view->prompt = VH_PROMPT_FILTER;
}

static void
fold_and_search (Stage *stage)
{
  const VhTopology *topology = stage->session->after->topology;
  gint32 expander = vh_topology_find_bus (topology, 12);
  VhRowKey *key = g_new (VhRowKey, 1);
  *key = vh_row_key_of_bus (topology, (guint) expander);
  g_hash_table_add (stage->view->folded, key);
  g_string_assign (stage->view->search, "native");
  stage->view->only_empty = TRUE;
}

static void
show_slots (Stage *stage)
{
  const VhTopology *topology = stage->session->after->topology;
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    {
      VhRowKey *key = g_new (VhRowKey, 1);
      *key = vh_row_key_of_bus (topology, i);
      g_hash_table_add (stage->view->slots, key);
    }
}

static void
look_closer (Stage *stage)
{
  show_slots (stage);
  stage->view->pane = VH_PANE_DETAILS;
}

/* Names that are wide, written from right to left, or of letters with marks. */
static void
name_far (Stage *stage)
{
  stage->session = scene_session_of ("fixtures/far-names.xml");
  g_string_assign (stage->view->search, "\xe6\x9c\xac");
  stage->view->pane = VH_PANE_XML;
}

static void
hide_pane (Stage *stage)
{
  stage->view->pane = VH_PANE_NONE;
}

static void
read_xml (Stage *stage)
{
  change (stage);
  stage->view->pane = VH_PANE_XML;
}

static void
fit (Stage *stage)
{
  const VhReading *after = stage->session->after;
  stage->fits = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_fit_free);
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    g_ptr_array_add (stage->fits, vh_fit_new (after, after, (VhFitDevice) device));
}

static void
fit_no_more (Stage *stage)
{
  scene_set (stage->session, VH_KNOB_PORT, 3, VH_SWITCH_OFF);
  scene_set (stage->session, VH_KNOB_PORT, 10, VH_SWITCH_OFF);
  fit (stage);
  stage->view->fit = VH_FIT_HOSTDEV;
}

static void
fail (Stage *stage)
{
  vh_view_set_message (stage->view, VH_SEVERITY_ERROR,
                       "unsupported configuration: Option 'hotplug' is not valid for PCI "
                       "controller with index '0', model 'pcie-root' and modelName 'none'. "
                       "Nothing was written.");
}

static void
ask_unchecked (Stage *stage)
{
  fail (stage);
  stage->view->prompt = VH_PROMPT_UNCHECKED;
}

/* Bridges in bridges, a device in the last. */
static void
nest (Stage *stage)
{
  g_autoptr (GString) xml = g_string_new (
      "<domain type='kvm'><name>deep</name><os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm"
      "</type></os><features><acpi/></features><devices>");
  for (guint i = 1; i <= 14; i++)
    g_string_append_printf (xml,
                            "<controller type='pci' index='%u' model='pci-bridge'><address "
                            "type='pci' bus='0x%02x' slot='0x05'/></controller>",
                            i, i - 1);
  g_string_append (xml, "<disk><target dev='vda' bus='virtio'/><address type='pci' bus='0x0e' "
                        "slot='0x01'/></disk></devices></domain>");
  stage->session = scene_session_of_text (xml->str);
}

static void
quit (Stage *stage)
{
  change (stage);
  stage->view->prompt = VH_PROMPT_QUIT;
}

static void
write_down (Stage *stage)
{
  change (stage);
  stage->view->scroll = 12;
}

static void
write_refused (Stage *stage)
{
  static VhFinding finding = { VH_SEVERITY_ERROR, VH_RULE_TOO_MANY_PORTS, -1, NULL, VH_NO_ELEMENT };
  change (stage);
  finding.text = (char *) (gsize) "A guest of this machine type does not boot with so many ports.";
  stage->plan = vh_session_new_plan (stage->session);
  g_ptr_array_set_size (stage->plan->introduced, 0);
  g_ptr_array_add (stage->plan->introduced, &finding);
}

static void
read_only (Stage *stage)
{
  change (stage);
  stage->session->info->read_only = TRUE;
}

/* Nobody has answered yet. */
static void
ask_for_capabilities (Stage *stage)
{
  vh_session_set_caps (stage->session, vh_caps_new ());
  stage->session->frozen = "Capabilities are still being asked for.";
  stage->view->is_asking = TRUE;
}

/* What is stored runs; the edits are for the next start. */
static void
compare_live (Stage *stage)
{
  stage->live = vh_live_new (stage->session->base->document, stage->session, NULL);
  g_assert_nonnull (stage->live);
  change (stage);
  stage->comparison = vh_live_compare (stage->live, stage->session);
}

/* QEMU says of one port what nobody predicted. */
static void
compare_asked (Stage *stage)
{
  compare_live (stage);
  VhAnswers *answers = vh_answers_new (stage->session->base->topology);
  answers->qemu = VH_VERSION (7, 2, 22);
  for (guint i = 0; i < answers->values->len; i++)
    {
      VhAnswer *answer = &g_array_index (answers->values, VhAnswer, i);
      if (answer->bus <= 1 && answer->property != VH_PROPERTY_HIDE_NATIVE)
        answer->value = answer->bus == 1 ? VH_KNOWN_NO : VH_KNOWN_YES;
    }
  vh_live_take_answers (stage->live, answers);
}

static void
compare_differing (Stage *stage)
{
  compare_asked (stage);
  stage->view->only_different = TRUE;
  stage->view->compared = 2;
  stage->view->prompt = VH_PROMPT_ASK;
}

static void
imagine (Stage *stage)
{
  stage->comparison =
      vh_whatif_compare (stage->session, "pc-q35-6.0 | pc-q35-6.1 | 5.2, 10.0", NULL);
  g_assert_nonnull (stage->comparison);
  stage->view->compared = 7;
}

static void
imagine_more (Stage *stage)
{
  imagine (stage);
  g_autofree char *words = vh_whatif_propose (stage->session);
  g_string_assign (stage->view->what_if, words);
  stage->view->prompt = VH_PROMPT_WHAT_IF;
}

/* One was interrupted, one is of another host, one would take the screen over. */
static void
look_back (Stage *stage)
{
  static const char *const rows[][3] = {
    { "20261123T043501.123456Z", "bridge default, port 3 default, port 4 default, port 5 default",
      "qemu:///system" },
    { "20261123T043459.000000Z", NULL, NULL },
    { "20261122T235959.999999Z", "root \033[2Joff \u202eport", "qemu+ssh://root@far/system" },
  };
  stage->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_history_entry_free);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      VhHistoryEntry *entry = g_new0 (VhHistoryEntry, 1);
      entry->name = g_strdup (rows[i][0]);
      entry->what = g_strdup (rows[i][1]);
      entry->source = g_strdup (rows[i][2]);
      entry->host = g_strdup (rows[i][2] ? "far" : NULL);
      g_ptr_array_add (stage->entries, entry);
    }
  stage->view->entry = 2;
}

const StageCase stage_cases[] = {
  { "main-80x24", "q35-numa", "3 pcie-root-port", 80, 24, FALSE, VH_SCREEN_MAIN, NULL },
  { "main-80x24-ascii", "q35-numa", "3 pcie-root-port", 80, 24, TRUE, VH_SCREEN_MAIN, NULL },
  { "main-100x30", "i440fx-nested", "3 pci-bridge", 100, 30, FALSE, VH_SCREEN_MAIN, change_root },
  { "main-140x40", "q35-numa", "19 pcie-to", 140, 40, FALSE, VH_SCREEN_MAIN, change },
  { "main-140x40-ascii", "q35-numa", "19 pcie-to", 140, 40, TRUE, VH_SCREEN_MAIN, change },
  { "main-60x16", "q35-numa", "sata", 60, 16, FALSE, VH_SCREEN_MAIN, change },
  { "main-40x10", "q35-numa", "ACPI bridge", 40, 10, FALSE, VH_SCREEN_MAIN, change },
  { "main-39x10", "q35-numa", NULL, 39, 10, FALSE, VH_SCREEN_MAIN, NULL },
  { "main-110x30", "q35-numa", "19 pcie-to", 110, 30, FALSE, VH_SCREEN_MAIN, change },
  { "main-120x40-ascii", "pc-q35-6.1", "9 pcie", 120, 40, TRUE, VH_SCREEN_MAIN, look_closer },
  { "asking-80x24", "q35-numa", "3 pcie-root-port", 80, 24, FALSE, VH_SCREEN_MAIN,
    ask_for_capabilities },
  { "asking-40x10", "q35-numa", "ACPI bridge", 40, 10, TRUE, VH_SCREEN_MAIN, ask_for_capabilities },
  { "main-200x60", "q35-numa", "3 pcie", 200, 60, FALSE, VH_SCREEN_MAIN, read_xml },
  { "details-80x24", "q35-numa", "5 pcie", 80, 24, FALSE, VH_SCREEN_MAIN, look_closer },
  { "details-40x10", "q35-numa", "slots 05", 40, 10, TRUE, VH_SCREEN_MAIN, look_closer },
  { "xml-80x24", "q35-numa", "ACPI bridge", 80, 24, FALSE, VH_SCREEN_MAIN, read_xml },
  { "names-80x24", NULL, "disk re", 80, 24, FALSE, VH_SCREEN_MAIN, name_far },
  { "names-40x10", NULL, "disk re", 40, 10, TRUE, VH_SCREEN_MAIN, name_far },
  { "no-pane-80x24", "q35-numa", "3 pcie", 80, 24, FALSE, VH_SCREEN_MAIN, hide_pane },
  { "slots-80x24-ascii", "i440fx-nested", "slots 08", 80, 24, TRUE, VH_SCREEN_MAIN, show_slots },
  { "filter-80x24", "q35-numa", "50:20", 80, 24, FALSE, VH_SCREEN_MAIN, filter },
  { "views-80x24", "q35-numa", "11 pcie", 80, 24, FALSE, VH_SCREEN_MAIN, fold_and_search },
  { "contradicting-100x30", "contradicting", "ACPI bridge", 100, 30, FALSE, VH_SCREEN_MAIN, NULL },
  { "error-80x24", "q35-desktop", NULL, 80, 24, FALSE, VH_SCREEN_MAIN, fail },
  { "error-40x10", "q35-numa", NULL, 40, 10, FALSE, VH_SCREEN_MAIN, fail },
  { "unchecked-40x10", "q35-numa", NULL, 40, 10, FALSE, VH_SCREEN_MAIN, ask_unchecked },
  { "deep-80x24", NULL, "disk vda", 80, 24, FALSE, VH_SCREEN_MAIN, nest },
  { "quit-40x10", "q35-numa", NULL, 40, 10, TRUE, VH_SCREEN_MAIN, quit },
  { "write-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_WRITE, change },
  { "write-100x30", "q35-numa", NULL, 100, 30, FALSE, VH_SCREEN_WRITE, write_down },
  { "write-140x40-ascii", "i440fx-nested", NULL, 140, 40, TRUE, VH_SCREEN_WRITE, change_root },
  { "write-refused-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_WRITE, write_refused },
  { "write-read-only-40x10", "q35-numa", NULL, 40, 10, FALSE, VH_SCREEN_WRITE, read_only },
  { "live-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_COMPARE, compare_live },
  { "live-140x40", "q35-numa", NULL, 140, 40, FALSE, VH_SCREEN_COMPARE, compare_asked },
  { "live-ask-80x24-ascii", "q35-numa", NULL, 80, 24, TRUE, VH_SCREEN_COMPARE, compare_differing },
  { "live-40x10", "q35-numa", NULL, 40, 10, FALSE, VH_SCREEN_COMPARE, compare_live },
  { "what-if-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_COMPARE, imagine_more },
  { "what-if-100x30", "q35-desktop", NULL, 100, 30, FALSE, VH_SCREEN_COMPARE, imagine },
  { "what-if-40x10", "q35-numa", NULL, 40, 10, TRUE, VH_SCREEN_COMPARE, imagine },
  { "help-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_HELP, NULL },
  { "help-40x10", NULL, NULL, 40, 10, TRUE, VH_SCREEN_HELP, NULL },
  { "fit-80x24", "pc-q35-6.2", NULL, 80, 24, FALSE, VH_SCREEN_FIT, fit },
  { "fit-120x40", "pc-q35-6.2", NULL, 120, 40, FALSE, VH_SCREEN_FIT, fit_no_more },
  { "fit-40x10", "pc-q35-6.2", NULL, 40, 10, TRUE, VH_SCREEN_FIT, fit_no_more },
  { "findings-80x24", "contradicting", NULL, 80, 24, FALSE, VH_SCREEN_FINDINGS, NULL },
  { "history-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_HISTORY, look_back },
  { "history-40x10", "q35-numa", NULL, 40, 10, TRUE, VH_SCREEN_HISTORY, look_back },
  { "domains-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, stage_pick },
  { "domains-100x30-ascii", NULL, NULL, 100, 30, TRUE, VH_SCREEN_DOMAINS, stage_pick },
  { "domains-40x10", NULL, NULL, 40, 10, FALSE, VH_SCREEN_DOMAINS, stage_pick },
  { "domains-many-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, stage_pick_many },
  { "domains-many-120x40", NULL, NULL, 120, 40, FALSE, VH_SCREEN_DOMAINS, stage_pick_many },
  { "domains-many-200x60", NULL, NULL, 200, 60, FALSE, VH_SCREEN_DOMAINS, stage_pick_many },
  { "domains-filter-80x24-ascii", NULL, NULL, 80, 24, TRUE, VH_SCREEN_DOMAINS,
    stage_pick_filtered },
  { "domains-lost-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, stage_pick_lost },
  { "domains-lost-40x10", NULL, NULL, 40, 10, TRUE, VH_SCREEN_DOMAINS, stage_pick_lost },
  { "domains-none-80x24", NULL, NULL, 80, 24, FALSE, VH_SCREEN_DOMAINS, stage_pick_nothing },
  { "main-120x40", "q35-numa", "3 pcie-root-port", 120, 40, FALSE, VH_SCREEN_MAIN, NULL },
  { "details-120x40", "q35-numa", "5 pcie", 120, 40, FALSE, VH_SCREEN_MAIN, look_closer },
  { "xml-120x40-ascii", "q35-numa", "ACPI bridge", 120, 40, TRUE, VH_SCREEN_MAIN, read_xml },
  { "names-120x40", NULL, "disk re", 120, 40, FALSE, VH_SCREEN_MAIN, name_far },
  { "slots-120x40", "i440fx-nested", "slots 08", 120, 40, FALSE, VH_SCREEN_MAIN, show_slots },
  { "filter-120x40-ascii", "q35-numa", "50:20", 120, 40, TRUE, VH_SCREEN_MAIN, filter },
  { "views-120x40", "q35-numa", "11 pcie", 120, 40, FALSE, VH_SCREEN_MAIN, fold_and_search },
  { "error-120x40", "q35-desktop", NULL, 120, 40, FALSE, VH_SCREEN_MAIN, fail },
  { "quit-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_MAIN, quit },
  { "quit-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_MAIN, quit },
  { "unchecked-80x24", "q35-numa", NULL, 80, 24, FALSE, VH_SCREEN_MAIN, ask_unchecked },
  { "unchecked-120x40-ascii", "q35-numa", NULL, 120, 40, TRUE, VH_SCREEN_MAIN, ask_unchecked },
  { "deep-120x40", NULL, "disk vda", 120, 40, FALSE, VH_SCREEN_MAIN, nest },
  { "write-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_WRITE, change },
  { "write-refused-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_WRITE, write_refused },
  { "write-read-only-80x24-ascii", "q35-numa", NULL, 80, 24, TRUE, VH_SCREEN_WRITE, read_only },
  { "live-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_COMPARE, compare_live },
  { "live-ask-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_COMPARE, compare_differing },
  { "what-if-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_COMPARE, imagine_more },
  { "help-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_HELP, NULL },
  { "findings-120x40", "contradicting", NULL, 120, 40, FALSE, VH_SCREEN_FINDINGS, NULL },
  { "findings-40x10", "contradicting", NULL, 40, 10, TRUE, VH_SCREEN_FINDINGS, NULL },
  { "history-120x40", "q35-numa", NULL, 120, 40, FALSE, VH_SCREEN_HISTORY, look_back },
  { "domains-120x40-ascii", NULL, NULL, 120, 40, TRUE, VH_SCREEN_DOMAINS, stage_pick },
  { "domains-none-120x40", NULL, NULL, 120, 40, FALSE, VH_SCREEN_DOMAINS, stage_pick_nothing },
};

const gsize stage_n_cases = G_N_ELEMENTS (stage_cases);
