/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/sample.h"

#include <string.h>

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
sample_list (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  for (const char *name; (name = g_dir_read_name (dir));)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (paths, g_build_filename (path, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  g_assert_cmpuint (paths->len, >, 0);
  return paths;
}

char *
sample_read (const char *path)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

char *
sample_name (const char *path)
{
  char *name = g_path_get_basename (path);
  name[strlen (name) - strlen (".xml")] = '\0';
  return name;
}

VhDocument *
sample_parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  VhDocument *document = vh_document_new (bytes, &error);
  g_assert_no_error (error);
  return document;
}

char *
sample_text (const VhDocument *document)
{
  gsize length;
  const char *data = g_bytes_get_data (vh_document_get_bytes (document), &length);
  return g_strndup (data, length);
}

static char *
replace (const char *text, const char *pattern, const char *replacement)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_MULTILINE, 0, NULL);
  return g_regex_replace_literal (regex, text, -1, 0, replacement, 0, NULL);
}

char *
sample_lay_out (const char *text, SampleLayout layout)
{
  switch (layout)
    {
    case SAMPLE_CRLF:
      return replace (text, "\n", "\r\n");
    case SAMPLE_TABS:
      return replace (text, "\\G  ", "\t");
    case SAMPLE_ONE_LINE:
      return replace (text, "\n *", "");
    case SAMPLE_AS_IS:
    case SAMPLE_N_LAYOUTS:
    default:
      return g_strdup (text);
    }
}

VhCaps *
sample_caps (gboolean feature)
{
  VhCaps *caps = vh_caps_new ();
  for (VhFactId id = VH_FACT_LIBVIRT_ROOT_TARGET; id <= VH_FACT_QEMU_BRIDGE_SHPC; id++)
    vh_caps_set (caps, id, VH_KNOWN_YES, VH_ORIGIN_RECORDED, "test");
  vh_caps_set (caps, VH_FACT_LIBVIRT_BRIDGE_FEATURE, feature ? VH_KNOWN_YES : VH_KNOWN_NO,
               VH_ORIGIN_RECORDED, "test");
  vh_caps_set (caps, VH_FACT_QEMU_PORT_HIDE_NATIVE, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "test");
  vh_caps_set (caps, VH_FACT_QEMU_GED_BRIDGE, VH_KNOWN_NO, VH_ORIGIN_RECORDED, "test");
  vh_caps_set_qemu (caps, VH_VERSION (7, 2, 22), VH_ORIGIN_RECORDED);
  caps->libvirt = VH_VERSION (9, 0, 0);
  return caps;
}

VhSession *
sample_session (const char *text)
{
  g_autoptr (VhDocument) document = sample_parse (text);
  g_autoptr (GError) error = NULL;
  VhSession *session =
      vh_session_new (document, vh_domain_info_new (), sample_caps (FALSE), &error);
  g_assert_no_error (error);
  return session;
}

VhReading *
sample_reading (VhDocument *document, const VhCaps *caps)
{
  g_autoptr (GError) error = NULL;
  VhReading *reading = vh_reading_new (document, caps, &error);
  g_assert_no_error (error);
  return reading;
}

static VhSite
site_from_string (const char *word)
{
  for (VhSite site = VH_SITE_NONE; site <= VH_SITE_QEMU_OVERRIDE; site++)
    if (g_str_equal (vh_site_to_string (site), word))
      return site;
  g_assert_not_reached ();
}

VhEdit
sample_edit (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  char **word = words;
  VhEdit edit = { .kind = VH_EDIT_SET_KNOB, .bus = -1, .site = VH_SITE_NONE };
  edit.knob = g_str_equal (*word, "port")     ? VH_KNOB_PORT
              : g_str_equal (*word, "bridge") ? VH_KNOB_BRIDGE
                                              : VH_KNOB_ROOT;
  if (edit.knob == VH_KNOB_PORT)
    edit.bus = (gint32) g_ascii_strtoll (*++word, NULL, 10);
  if (!vh_switch_from_string (*++word, &edit.to))
    edit.kind = VH_EDIT_SET_SITE;
  if (*++word)
    edit.site = site_from_string (*word);
  return edit;
}

gboolean
sample_push (VhEditList *list, const char *edit, const VhReading *now, const VhCaps *caps)
{
  const VhEdit full = sample_edit (edit);
  return vh_edit_list_push (list, &full, now, caps, NULL);
}

VhReading *
sample_apply (const VhEditList *list, const VhReading *base, const VhCaps *caps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VhDocument) document = vh_edit_list_apply (list, base, caps, &error);
  g_assert_no_error (error);
  return sample_reading (document, caps);
}

void
sample_assert_same_text (const VhReading *a, const VhReading *b)
{
  g_autofree char *text_a = sample_text (a->document);
  g_autofree char *text_b = sample_text (b->document);
  g_assert_cmpstr (text_a, ==, text_b);
}
