/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/redact.h"

#include <string.h>

#include "model/guest_os.h"
#include "model/qom.h"

#define LEFT_OUT "left-out"
#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"

/* Attributes that are words and numbers, of whichever element. */
static const char *const harmless[] = { "type",    "arch",     "machine",  "firmware",
                                        "model",   "index",    "bus",      "controller",
                                        "domain",  "slot",     "function", "chassis",
                                        "port",    "state",    "busNr",    "multifunction",
                                        "hotplug", "chassisNr" };

typedef struct {
  const VhDocument *document;
  const VhTopology *topology;
  GString *xml;
} Redaction;

/* For an attribute; in ASCII, so that nothing in it can be invisible. Caller frees. */
static char *
dup_escaped (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  GString *ascii = g_string_new (NULL);
  for (const char *at = escaped; *at; at = g_utf8_next_char (at))
    if (g_ascii_isprint (*at))
      g_string_append_c (ascii, *at);
    else
      g_string_append_printf (ascii, "&#x%x;", g_utf8_get_char (at));
  return g_string_free (ascii, FALSE);
}

static void
append_attribute (const Redaction *redaction, guint element, const char *name)
{
  g_autofree char *value = vh_document_dup_attribute (redaction->document, element, name);
  g_autofree char *escaped = value ? dup_escaped (value) : NULL;
  if (escaped)
    g_string_append_printf (redaction->xml, " %s='%s'", name, escaped);
}

/* The start of a tag, up to its attributes. */
static void
begin_tag (const Redaction *redaction, guint element, guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (redaction->xml, "  ");
  g_string_append_printf (redaction->xml, "<%s",
                          vh_document_get_name (redaction->document, element));
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    append_attribute (redaction, element, harmless[i]);
}

static void
end_tag (const Redaction *redaction, guint element, guint depth)
{
  for (guint i = 0; i < depth; i++)
    g_string_append (redaction->xml, "  ");
  g_string_append_printf (redaction->xml, "</%s>\n",
                          vh_document_get_name (redaction->document, element));
}

/* ---- devices ---- */

/* The disk's name in the guest, and what names a controller for libvirt and QEMU. */
static void
append_names (const Redaction *redaction, guint device, guint child)
{
  const VhDocument *document = redaction->document;
  const gboolean is_controller = vh_document_is (document, device, "controller");
  if (vh_document_is (document, device, "disk") && vh_document_is (document, child, "target"))
    append_attribute (redaction, child, "dev");
  if (is_controller &&
      (vh_document_is (document, child, "alias") || vh_document_is (document, child, "model")))
    append_attribute (redaction, child, "name");
}

static void
append_node (const Redaction *redaction, guint target)
{
  const gint32 node = vh_document_find_child (redaction->document, target, "node");
  g_autofree char *number =
      node < 0 ? NULL : vh_document_dup_content (redaction->document, (guint) node);
  guint64 value = 0;
  if (number && g_ascii_string_to_unsigned (g_strstrip (number), 10, 0, G_MAXINT32, &value, NULL))
    g_string_append_printf (redaction->xml, "><node>%u</node></target>\n", (guint) value);
  else
    g_string_append (redaction->xml, "/>\n");
}

static void
append_device_child (const Redaction *redaction, guint device, guint child)
{
  static const char *const kept[] = { "address", "target", "model", "alias", NULL };
  const VhDocument *document = redaction->document;
  const char *name = vh_document_get_name (document, child);
  const gboolean is_file_system =
      vh_document_is (document, device, "filesystem") && g_str_equal (name, "driver");
  if (vh_document_get_element (document, child)->ns != VH_NAMESPACE_NONE ||
      (!is_file_system && !g_strv_contains (kept, name)))
    return;
  begin_tag (redaction, child, 3);
  append_names (redaction, device, child);
  if (vh_document_is (document, child, "target"))
    append_node (redaction, child);
  else
    g_string_append (redaction->xml, "/>\n");
}

static void
append_device (const Redaction *redaction, guint device)
{
  begin_tag (redaction, device, 2);
  g_string_append (redaction->xml, ">\n");
  for (gint32 child = vh_document_find_first_child (redaction->document, device); child >= 0;
       child = vh_document_find_next_sibling (redaction->document, (guint) child))
    append_device_child (redaction, device, (guint) child);
  end_tag (redaction, device, 2);
}

static void
append_devices (const Redaction *redaction, guint devices)
{
  const VhDocument *document = redaction->document;
  g_string_append (redaction->xml, "  <devices>\n");
  for (gint32 child = vh_document_find_first_child (document, devices); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    if (vh_document_get_element (document, (guint) child)->ns == VH_NAMESPACE_NONE &&
        !vh_document_is (document, (guint) child, "emulator"))
      append_device (redaction, (guint) child);
  g_string_append (redaction->xml, "  </devices>\n");
}

/* ---- machine ---- */

/* Elements of that name with their harmless attributes, and those below them. */
static void
append_plain (const Redaction *redaction, guint element, const char *const *names, guint depth)
{
  const VhDocument *document = redaction->document;
  if (vh_document_get_element (document, element)->ns != VH_NAMESPACE_NONE ||
      !g_strv_contains (names, vh_document_get_name (document, element)))
    return;
  begin_tag (redaction, element, depth);
  g_string_append (redaction->xml, ">\n");
  for (gint32 child = vh_document_find_first_child (document, element); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    append_plain (redaction, (guint) child, names, depth + 1);
  end_tag (redaction, element, depth);
}

/* Which guest it is, as far as anything depends on it. */
static void
append_guest (const Redaction *redaction)
{
  static const char *const ids[] = {
    [VH_GUEST_OS_WINDOWS] = "http://microsoft.com/win",
    [VH_GUEST_OS_MACOS] = "http://apple.com/macosx",
    [VH_GUEST_OS_OTHER] = "http://libosinfo.org/unknown",
  };
  const VhGuestOs guest = vh_guest_os_find (redaction->document);
  if (guest != VH_GUEST_OS_UNKNOWN)
    g_string_append_printf (
        redaction->xml,
        "  <metadata><o:libosinfo "
        "xmlns:o='http://libosinfo.org/xmlns/libvirt/domain/1.0'><o:os id='%s'/>"
        "</o:libosinfo></metadata>\n",
        ids[guest]);
}

/* ---- QEMU ---- */

/* The name of a machine type or of a device, and nothing like a piece of JSON. */
static gboolean
is_name (const char *text)
{
  for (const char *at = text; *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr ("-_.", *at))
      return FALSE;
  return *text != '\0';
}

/* Of "first,key=value,…" the first word, if it is a name, and the pairs of `keys`. */
static char *
dup_pairs (const char *text, const char *const *keys)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  for (guint i = 0; pairs[i]; i++)
    {
      const char *equal = strchr (pairs[i], '=');
      g_autofree char *key = equal ? g_strndup (pairs[i], (gsize) (equal - pairs[i])) : NULL;
      if (key ? g_strv_contains (keys, key) : i == 0 && is_name (pairs[i]))
        g_string_append_printf (kept, "%s%s", kept->len > 0 ? "," : "", pairs[i]);
    }
  return g_strdup (kept->len > 0 ? kept->str : LEFT_OUT);
}

/* Only of the properties that decide on hotplug is it known that their values are harmless. */
static gboolean
is_about_hotplug (const Redaction *redaction, guint element)
{
  VhProperty property;
  for (guint i = 0; i < redaction->topology->args->globals->len; i++)
    {
      const VhGlobal *global = g_ptr_array_index (redaction->topology->args->globals, i);
      if (global->value_element == element)
        return vh_property_from_name (global->property, &property);
    }
  return FALSE;
}

/* The option as QEMU knows it, with one dash or two; NULL for anything else. */
static const char *
find_option (const char *text)
{
  static const char *const options[] = { "global", "machine", "M", "device", "no-acpi" };
  const char *name = text && *text == '-' ? text + (text[1] == '-' ? 2 : 1) : NULL;
  for (guint i = 0; name && i < G_N_ELEMENTS (options); i++)
    if (g_str_equal (name, options[i]))
      return options[i];
  return NULL;
}

/* What an argument is for a stranger, `option` being the one before it. Caller frees. */
static char *
dup_argument (const Redaction *redaction, guint element, const char *option, const char *text)
{
  static const char *const of_machine[] = { "acpi", NULL };
  static const char *const of_device[] = { "bus", "addr", "hotplug", "multifunction", NULL };
  if (g_strcmp0 (option, "global") == 0)
    return g_strdup (is_about_hotplug (redaction, element) ? text : LEFT_OUT);
  if (g_strcmp0 (option, "machine") == 0 || g_strcmp0 (option, "M") == 0)
    return dup_pairs (text, of_machine);
  if (g_strcmp0 (option, "device") == 0)
    return dup_pairs (text, of_device);
  if (g_str_has_prefix (text, "-global=") || g_str_has_prefix (text, "--global="))
    return g_strdup ("-global=" LEFT_OUT);
  return g_strdup (find_option (text) ? text : LEFT_OUT);
}

static void
append_arguments (const Redaction *redaction, guint commandline)
{
  const VhDocument *document = redaction->document;
  const char *option = NULL;
  g_string_append (redaction->xml, "  <qemu:commandline>\n");
  for (gint32 child = vh_document_find_first_child (document, commandline); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    {
      if (!vh_document_is_qemu (document, (guint) child, "arg"))
        continue;
      g_autofree char *text = vh_document_dup_attribute (document, (guint) child, "value");
      g_autofree char *kept =
          text ? dup_argument (redaction, (guint) child, option, text) : g_strdup (LEFT_OUT);
      g_autofree char *escaped = dup_escaped (kept);
      g_string_append_printf (redaction->xml, "    <qemu:arg value='%s'/>\n", escaped);
      option = option ? NULL : find_option (text);
      if (g_strcmp0 (option, "no-acpi") == 0)
        option = NULL;
    }
  g_string_append (redaction->xml, "  </qemu:commandline>\n");
}

/* The properties that decide on hotplug. */
static void
append_property (const Redaction *redaction, guint element)
{
  const VhDocument *document = redaction->document;
  g_autofree char *name = vh_document_dup_attribute (document, element, "name");
  VhProperty property;
  if (!vh_document_is_qemu (document, element, "property") || !name ||
      !vh_property_from_name (name, &property))
    return;
  g_string_append_printf (redaction->xml, "        <qemu:property name='%s'", name);
  append_attribute (redaction, element, "type");
  append_attribute (redaction, element, "value");
  g_string_append (redaction->xml, "/>\n");
}

static gboolean
is_of_bus (const VhTopology *topology, const char *alias)
{
  for (guint i = 0; i < vh_topology_get_n_buses (topology); i++)
    if (g_str_equal (vh_topology_get_bus (topology, i)->alias, alias))
      return TRUE;
  return FALSE;
}

/* Of others nothing is predicted, and their aliases may say anything. */
static void
append_override (const Redaction *redaction, guint device)
{
  const VhDocument *document = redaction->document;
  g_autofree char *alias = vh_document_dup_attribute (document, device, "alias");
  if (!alias || !vh_document_is_qemu (document, device, "device") ||
      !is_of_bus (redaction->topology, alias))
    return;
  g_autofree char *escaped = dup_escaped (alias);
  g_string_append_printf (redaction->xml, "    <qemu:device alias='%s'>\n      <qemu:frontend>\n",
                          escaped);
  for (gint32 front = vh_document_find_first_child (document, device); front >= 0;
       front = vh_document_find_next_sibling (document, (guint) front))
    for (gint32 child = vh_document_is_qemu (document, (guint) front, "frontend")
                            ? vh_document_find_first_child (document, (guint) front)
                            : -1;
         child >= 0; child = vh_document_find_next_sibling (document, (guint) child))
      append_property (redaction, (guint) child);
  g_string_append (redaction->xml, "      </qemu:frontend>\n    </qemu:device>\n");
}

static void
append_overrides (const Redaction *redaction, guint override)
{
  g_string_append (redaction->xml, "  <qemu:override>\n");
  for (gint32 child = vh_document_find_first_child (redaction->document, override); child >= 0;
       child = vh_document_find_next_sibling (redaction->document, (guint) child))
    append_override (redaction, (guint) child);
  g_string_append (redaction->xml, "  </qemu:override>\n");
}

/* ---- all ---- */

static void
append_child (const Redaction *redaction, guint child)
{
  static const char *const os[] = { "os", "type", "loader", NULL };
  static const char *const features[] = { "features", "acpi", "pci", "acpi-bridge-hotplug", NULL };
  const VhDocument *document = redaction->document;
  if (vh_document_is (document, child, "os"))
    append_plain (redaction, child, os, 1);
  else if (vh_document_is (document, child, "features"))
    append_plain (redaction, child, features, 1);
  else if (vh_document_is (document, child, "devices"))
    append_devices (redaction, child);
  else if (vh_document_is_qemu (document, child, "commandline"))
    append_arguments (redaction, child);
  else if (vh_document_is_qemu (document, child, "override"))
    append_overrides (redaction, child);
}

char *
vh_redact_new_xml (const VhReading *reading)
{
  const VhDocument *document = reading->document;
  const Redaction redaction = { document, reading->topology, g_string_new ("<domain") };
  append_attribute (&redaction, 0, "type");
  g_string_append (redaction.xml, " xmlns:qemu='" QEMU_URI "'>\n  <name>domain</name>\n");
  append_guest (&redaction);
  for (gint32 child = vh_document_find_first_child (document, 0); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    append_child (&redaction, (guint) child);
  g_string_append (redaction.xml, "</domain>\n");
  return g_string_free (redaction.xml, FALSE);
}
