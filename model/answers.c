/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/answers.h"

#include "model/i18n.h"

static void
push (VhAnswers *answers, gint32 bus, VhProperty property)
{
  const VhAnswer answer = { bus, property, VH_KNOWN_UNKNOWN };
  g_array_append_val (answers->values, answer);
}

static void
push_chipset (VhAnswers *answers, VhQomClass class)
{
  if (class == VH_QOM_PIIX4_PM)
    push (answers, -1, VH_PROPERTY_ROOT);
  if (class != VH_QOM_NONE)
    push (answers, -1, VH_PROPERTY_BRIDGE);
  if (class == VH_QOM_ICH9_LPC)
    push (answers, -1, VH_PROPERTY_KEEP_HPC);
}

/* The hot-plug-capable bit has another name since QEMU 8.0: one of the two is
 * answered. */
static void
push_bus (VhAnswers *answers, const VhBus *bus)
{
  if (vh_bus_is_port (bus))
    {
      push (answers, bus->index, VH_PROPERTY_HOTPLUG);
      push (answers, bus->index, VH_PROPERTY_NATIVE);
      push (answers, bus->index, VH_PROPERTY_HIDE_NATIVE);
    }
  else if (bus->model == VH_BUS_PCI_BRIDGE)
    push (answers, bus->index, VH_PROPERTY_SHPC);
}

VhAnswers *
vh_answers_new (const VhTopology *topology)
{
  VhAnswers *answers = g_new0 (VhAnswers, 1);
  answers->values = g_array_new (FALSE, FALSE, sizeof (VhAnswer));
  push_chipset (answers, vh_qom_of_machine (topology->machine));
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (vh_topology_get_bus (topology, i)->index >= 0)
      push_bus (answers, vh_topology_get_bus (topology, i));
  return answers;
}

void
vh_answers_free (VhAnswers *answers)
{
  if (!answers)
    return;
  g_array_unref (answers->values);
  g_free (answers);
}

static VhInput
predict_bus (const VhBusInputs *inputs, VhProperty property)
{
  if (property == VH_PROPERTY_HOTPLUG)
    return inputs->hpc;
  if (property == VH_PROPERTY_SHPC)
    return inputs->shpc;
  VhInput native = inputs->native;
  if (property == VH_PROPERTY_HIDE_NATIVE)
    native.value = vh_known_negate (native.value);
  return native;
}

VhInput
vh_answers_predict (const VhTopology *topology, const VhInputs *inputs, const VhAnswer *answer)
{
  if (answer->property == VH_PROPERTY_ROOT)
    return inputs->root;
  if (answer->property == VH_PROPERTY_BRIDGE)
    return inputs->bridge;
  if (answer->property == VH_PROPERTY_KEEP_HPC)
    return inputs->keep_hpc;
  const gint32 position = vh_topology_find_bus (topology, answer->bus);
  g_assert (position >= 0);
  return predict_bus (vh_inputs_get_bus (inputs, (guint) position), answer->property);
}

char *
vh_answers_describe (const VhTopology *topology, const VhAnswer *answer)
{
  const gint32 position = answer->bus < 0 ? -1 : vh_topology_find_bus (topology, answer->bus);
  const char *of = position < 0 ? vh_qom_to_name (vh_qom_of_machine (topology->machine))
                                : vh_topology_get_bus (topology, (guint) position)->alias;
  return g_strdup_printf (_ ("%1$s of %2$s"), vh_property_to_name (answer->property), of);
}

static const char *
word_of (VhKnown value)
{
  return vh_switch_to_string (value == VH_KNOWN_YES ? VH_SWITCH_ON : VH_SWITCH_OFF);
}

/* Takes `text`. */
static void
push_finding (GPtrArray *findings, VhSeverity severity, VhRuleId rule, gint32 bus, char *text)
{
  VhFinding *finding = g_new0 (VhFinding, 1);
  *finding = (VhFinding){ severity, rule, bus, text, VH_NO_ELEMENT };
  g_ptr_array_add (findings, finding);
}

static void
check_answer (GPtrArray *findings, const VhTopology *topology, const VhInputs *inputs,
              const VhAnswer *answer)
{
  const VhInput predicted = vh_answers_predict (topology, inputs, answer);
  if (answer->value == VH_KNOWN_UNKNOWN || predicted.value == VH_KNOWN_UNKNOWN ||
      answer->value == predicted.value)
    return;
  g_autofree char *what = vh_answers_describe (topology, answer);
  push_finding (
      findings, VH_SEVERITY_WARNING, VH_RULE_QEMU_DISAGREES, answer->bus,
      g_strdup_printf (_ ("QEMU says that %1$s is %2$s; predicted was %3$s, from %4$s. This is an "
                          "error of virt-hotplug: please report it."),
                       what, word_of (answer->value), word_of (predicted.value), predicted.detail));
}

GPtrArray *
vh_answers_new_findings (const VhAnswers *answers, const VhTopology *topology,
                         const VhInputs *inputs, VhVersion installed)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_finding_free);
  for (guint i = 0; i < answers->values->len; i++)
    check_answer (findings, topology, inputs, &g_array_index (answers->values, VhAnswer, i));
  if (answers->qemu == 0 || installed == 0 || answers->qemu == installed)
    return findings;
  g_autofree char *runs = vh_version_format (answers->qemu);
  g_autofree char *next = vh_version_format (installed);
  push_finding (
      findings, VH_SEVERITY_NOTE, VH_RULE_QEMU_REPLACED, -1,
      g_strdup_printf (_ ("QEMU %1$s runs the domain; its next start will be in QEMU %2$s."), runs,
                       next));
  return findings;
}
