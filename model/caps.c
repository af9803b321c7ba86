/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/caps.h"

#include <string.h>

#include "model/i18n.h"

#define RECORDING_FORMAT 1
#define MAX_RECORDING (1024u * 1024)

G_DEFINE_QUARK (vh_caps_error, vh_caps_error)

static const char *const fact_keys[] = {
#define VH_FACT_ROW(ID, key, sentence) [VH_FACT_##ID] = (key),
#include "model/fact.def"
};
static const char *const fact_sentences[] = {
#define VH_FACT_ROW(ID, key, sentence) [VH_FACT_##ID] = (sentence),
#include "model/fact.def"
};

const char *
vh_fact_to_key (VhFactId id)
{
  g_assert (id < VH_N_FACTS);
  return fact_keys[id];
}

const char *
vh_fact_to_sentence (VhFactId id)
{
  g_assert (id < VH_N_FACTS);
  return _ (fact_sentences[id]);
}

VhCaps *
vh_caps_new (void)
{
  VhCaps *caps = g_new0 (VhCaps, 1);
  caps->notes = g_ptr_array_new_with_free_func (g_free);
  return caps;
}

void
vh_caps_free (VhCaps *caps)
{
  if (!caps)
    return;
  for (guint i = 0; i < VH_N_FACTS; i++)
    g_free (caps->facts[i].from);
  g_free (caps->host);
  g_free (caps->emulator);
  g_free (caps->machine_type);
  g_free (caps->machine_canonical);
  g_ptr_array_unref (caps->notes);
  g_free (caps);
}

VhCaps *
vh_caps_dup (const VhCaps *caps)
{
  VhCaps *copy = vh_caps_new ();
  vh_caps_merge (copy, caps);
  return copy;
}

VhCaps *
vh_caps_new_assumed (const VhMachine *machine)
{
  VhCaps *caps = vh_caps_new ();
  VhVersion version = vh_machine_get_assumed_qemu (machine);
  caps->machine_type = *machine->type ? g_strdup (machine->type) : NULL;
  const char *type = *machine->canonical ? machine->canonical : _ ("of this domain");
  if (version == 0)
    {
      g_ptr_array_add (
          caps->notes,
          g_strdup_printf (_ ("The machine type %s does not say its version, so no release "
                              "of QEMU can be assumed."),
                           type));
      return caps;
    }
  g_autofree char *name = vh_version_format (version);
  vh_caps_set_qemu (caps, version, VH_ORIGIN_ASSUMED);
  g_ptr_array_add (
      caps->notes,
      g_strdup_printf (_ ("QEMU %1$s is assumed because of the machine type %2$s."), name, type));
  return caps;
}

void
vh_caps_set (VhCaps *caps, VhFactId id, VhKnown value, VhOrigin origin, const char *from)
{
  g_assert (id < VH_N_FACTS);
  VhFact *fact = &caps->facts[id];
  g_free (fact->from);
  fact->value = value;
  fact->origin = origin;
  fact->from = value == VH_KNOWN_UNKNOWN ? NULL : g_strdup (from ? from : "");
}

const VhFact *
vh_caps_get (const VhCaps *caps, VhFactId id)
{
  g_assert (id < VH_N_FACTS);
  return &caps->facts[id];
}

void
vh_caps_set_qemu (VhCaps *caps, VhVersion qemu, VhOrigin origin)
{
  caps->qemu = qemu;
  caps->qemu_origin = origin;
}

static void
fill (char **own, const char *other)
{
  if (!*own)
    *own = g_strdup (other);
}

static gboolean
is_default (VhFactId id)
{
  return id >= VH_FACT_DEFAULT_ROOT;
}

void
vh_caps_merge (VhCaps *caps, const VhCaps *other)
{
  /* Defaults of another machine type say nothing about this one. */
  gboolean same_type = !caps->machine_type || !other->machine_type ||
                       g_str_equal (caps->machine_type, other->machine_type);
  for (guint i = 0; i < VH_N_FACTS; i++)
    {
      const VhFact *fact = &other->facts[i];
      if (caps->facts[i].value == VH_KNOWN_UNKNOWN && (same_type || !is_default (i)))
        vh_caps_set (caps, i, fact->value, fact->origin, fact->from);
    }
  if (caps->qemu == 0)
    vh_caps_set_qemu (caps, other->qemu, other->qemu_origin);
  if (caps->libvirt == 0)
    caps->libvirt = other->libvirt;
  fill (&caps->host, other->host);
  fill (&caps->emulator, other->emulator);
  if (same_type)
    {
      fill (&caps->machine_type, other->machine_type);
      fill (&caps->machine_canonical, other->machine_canonical);
    }
  for (guint i = 0; i < other->notes->len; i++)
    g_ptr_array_add (caps->notes, g_strdup (g_ptr_array_index (other->notes, i)));
}

/* Where a recording keeps the texts, in the order of the arrays below. */
static const struct {
  const char *group, *key;
} text_rows[] = {
  { "libvirt", "host" },
  { "qemu", "emulator" },
  { "machine", "type" },
  { "machine", "canonical" },
};

static void
write_version (GKeyFile *file, const char *group, VhVersion version)
{
  g_autofree char *text = vh_version_format (version);
  if (text)
    g_key_file_set_string (file, group, "version", text);
}

char *
vh_caps_to_recording (const VhCaps *caps)
{
  const char *const texts[] = { caps->host, caps->emulator, caps->machine_type,
                                caps->machine_canonical };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_set_integer (file, "recording", "format", RECORDING_FORMAT);
  /* An assumption is not worth keeping: it is made anew. */
  if (caps->qemu_origin != VH_ORIGIN_ASSUMED)
    write_version (file, "qemu", caps->qemu);
  write_version (file, "libvirt", caps->libvirt);
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    if (texts[i])
      g_key_file_set_string (file, text_rows[i].group, text_rows[i].key, texts[i]);
  for (guint i = 0; i < VH_N_FACTS; i++)
    {
      const VhFact *fact = &caps->facts[i];
      if (fact->value == VH_KNOWN_UNKNOWN)
        continue;
      g_key_file_set_string (file, "facts", fact_keys[i], vh_known_to_string (fact->value));
      g_key_file_set_string (file, "from", fact_keys[i], fact->from);
    }
  if (caps->notes->len > 0)
    g_key_file_set_string_list (file, "notes", "notes", (const char *const *) caps->notes->pdata,
                                caps->notes->len);
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (
      error, VH_CAPS_ERROR, VH_CAPS_ERROR_RECORDING,
      _ ("This is no recording that can be replayed: %s. Make one with \"caps --record\"."), what);
  return FALSE;
}

static gboolean
read_version (GKeyFile *file, const char *group, VhVersion *version, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, "version", NULL);
  if (!text || vh_version_parse (text, version))
    return TRUE;
  g_autofree char *what = g_strdup_printf (_ ("\"%1$s\" is no version of %2$s"), text, group);
  return fail (error, what);
}

/* Keys that are not known here are those of a newer program. */
static gboolean
read_fact (GKeyFile *file, VhCaps *caps, VhFactId id, GError **error)
{
  const char *key = fact_keys[id];
  g_autofree char *word = g_key_file_get_string (file, "facts", key, NULL);
  g_autofree char *from = g_key_file_get_string (file, "from", key, NULL);
  VhKnown value = VH_KNOWN_UNKNOWN;
  if (!word)
    return TRUE;
  if (!vh_known_from_string (word, &value))
    {
      g_autofree char *what =
          g_strdup_printf (_ ("\"%1$s\" of %2$s is neither yes nor no"), word, key);
      return fail (error, what);
    }
  vh_caps_set (caps, id, value, VH_ORIGIN_RECORDED, from);
  return TRUE;
}

static gboolean
read_recording (GKeyFile *file, VhCaps *caps, GError **error)
{
  char **const texts[] = { &caps->host, &caps->emulator, &caps->machine_type,
                           &caps->machine_canonical };
  if (g_key_file_get_integer (file, "recording", "format", NULL) != RECORDING_FORMAT)
    return fail (error, _ ("its [recording] does not say format=1"));
  if (!read_version (file, "qemu", &caps->qemu, error) ||
      !read_version (file, "libvirt", &caps->libvirt, error))
    return FALSE;
  caps->qemu_origin = caps->qemu == 0 ? VH_ORIGIN_ASSUMED : VH_ORIGIN_RECORDED;
  for (guint i = 0; i < VH_N_FACTS; i++)
    if (!read_fact (file, caps, i, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    *texts[i] = g_key_file_get_string (file, text_rows[i].group, text_rows[i].key, NULL);
  g_auto (GStrv) notes = g_key_file_get_string_list (file, "notes", "notes", NULL, NULL);
  for (char **note = notes; note && *note; note++)
    g_ptr_array_add (caps->notes, g_strdup (*note));
  return TRUE;
}

VhCaps *
vh_caps_new_from_recording (const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (VhCaps) caps = vh_caps_new ();
  g_autoptr (GError) cause = NULL;
  if (length > MAX_RECORDING)
    fail (error, _ ("it is larger than 1 MiB"));
  else if (length == 0 || memchr (text, '\0', length))
    fail (error, length == 0 ? _ ("it is empty") : _ ("it is not text"));
  else if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &cause))
    fail (error, cause->message);
  else if (read_recording (file, caps, error))
    return g_steal_pointer (&caps);
  return NULL;
}
