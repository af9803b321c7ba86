/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/probe_running.h"

#include "model/i18n.h"
#include "model/io/probe_qmp.h"

#define PERIPHERAL "/machine/peripheral"

/* What a command returned; NULL with an error, or without one when QEMU
 * refused the command: it has no such thing. */
static VhQmpNode *
ask (VhSource *source, const char *command, GError **error)
{
  g_autofree char *text = source->ops->monitor (source, command, error);
  if (!text)
    return NULL;
  g_autoptr (VhQmpNode) node = vh_probe_qmp_parse (text);
  if (!node)
    g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_FAILED,
                 _ ("The QEMU of the domain gives an answer that is no JSON object."));
  VhQmpNode *returned = vh_probe_qmp_get_member (node, "return");
  return returned ? vh_probe_qmp_ref (returned) : NULL;
}

static gboolean
ask_version (VhSource *source, VhAnswers *answers, GError **error)
{
  GError *failure = NULL;
  g_autoptr (VhQmpNode) node = ask (source, "{\"execute\":\"query-version\"}", &failure);
  if (node)
    vh_probe_qmp_get_version (node, &answers->qemu);
  if (failure)
    g_propagate_error (error, failure);
  return !failure;
}

/* The chipset's device has no name of its own: it is found by its type. */
static char *
find_chipset (VhSource *source, VhQomClass class, GError **error)
{
  g_autoptr (VhQmpNode) list = ask (
      source, "{\"execute\":\"qom-list\",\"arguments\":{\"path\":\"" VH_PROBE_QMP_UNATTACHED "\"}}",
      error);
  return vh_probe_qmp_find_device (list, vh_qom_to_name (class));
}

static gboolean
ask_value (VhSource *source, const char *path, VhAnswer *answer, GError **error)
{
  GError *failure = NULL;
  g_autofree char *quoted = vh_probe_qmp_quote (path);
  g_autofree char *command =
      g_strdup_printf ("{\"execute\":\"qom-get\",\"arguments\":{\"path\":%s,\"property\":\"%s\"}}",
                       quoted, vh_property_to_name (answer->property));
  g_autoptr (VhQmpNode) node = ask (source, command, &failure);
  answer->value = vh_probe_qmp_get_known (node);
  if (failure)
    g_propagate_error (error, failure);
  return !failure;
}

static char *
new_path (const VhTopology *live, gint32 bus)
{
  const gint32 position = vh_topology_find_bus (live, bus);
  g_assert (position >= 0);
  return g_strdup_printf (PERIPHERAL "/%s", vh_topology_get_bus (live, (guint) position)->alias);
}

VhAnswers *
vh_probe_running (VhSource *source, const VhTopology *live, GError **error)
{
  if (!source->ops->monitor)
    {
      g_set_error (error, VH_SOURCE_ERROR, VH_SOURCE_ERROR_UNSUPPORTED,
                   _ ("%s runs no QEMU that could be asked."), source->name);
      return NULL;
    }
  GError *failure = NULL;
  g_autoptr (VhAnswers) answers = vh_answers_new (live);
  const VhQomClass class = vh_qom_of_machine (live->machine);
  if (!ask_version (source, answers, error))
    return NULL;
  g_autofree char *chipset = class == VH_QOM_NONE ? NULL : find_chipset (source, class, &failure);
  for (guint i = 0; !failure && i < answers->values->len; i++)
    {
      VhAnswer *answer = &g_array_index (answers->values, VhAnswer, i);
      g_autofree char *path = answer->bus < 0 ? g_strdup (chipset) : new_path (live, answer->bus);
      if (path)
        ask_value (source, path, answer, &failure);
    }
  if (!failure)
    return g_steal_pointer (&answers);
  g_propagate_error (error, failure);
  return NULL;
}
