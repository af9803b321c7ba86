/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "render/export_json_parts.h"

static void
add_known (VhJson *json, const char *name, VhKnown known)
{
  if (known == VH_KNOWN_UNKNOWN)
    vh_json_add_null (json, name);
  else
    vh_json_add_boolean (json, name, known == VH_KNOWN_YES);
}

static void
add_added (VhJson *json, const GArray *added)
{
  vh_json_begin_array (json, "added");
  for (guint i = 0; i < added->len; i++)
    {
      const VhFitAdded *row = &g_array_index (added, VhFitAdded, i);
      vh_json_begin_object (json, NULL);
      vh_json_add_count (json, "index", row->index);
      vh_json_add_string (json, "model", vh_bus_model_to_string (row->model));
      vh_json_add_count (json, "bus", row->bus);
      vh_json_add_count (json, "slot", row->slot);
      vh_json_end_object (json);
    }
  vh_json_end_array (json);
}

/* A mechanism is part of a live answer only. */
static void
add_answer (VhJson *json, const char *name, const VhFitAnswer *answer, gboolean is_live)
{
  gboolean has_mechanism = is_live && answer->bus >= 0;
  vh_json_begin_object (json, name);
  add_known (json, "fits", answer->fits);
  vh_json_add_count (json, "bus", answer->bus);
  vh_json_add_count (json, "slot", answer->slot);
  vh_json_add_string (json, "mechanism",
                      has_mechanism ? vh_mechanism_to_string (answer->mechanism) : NULL);
  vh_json_add_string (json, "error", answer->error);
  vh_json_add_string (json, "advice", answer->advice);
  if (!is_live)
    add_added (json, answer->added);
  vh_json_end_object (json);
}

char *
vh_export_json_fit (const VhFit *fit)
{
  g_autoptr (VhJson) json = vh_export_json_begin ();
  vh_json_add_string (json, "device", vh_fit_device_to_word (fit->device));
  add_answer (json, "live", &fit->live, TRUE);
  add_answer (json, "cold", &fit->cold, FALSE);
  return vh_export_json_end (json);
}
