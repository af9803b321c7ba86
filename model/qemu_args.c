/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/qemu_args.h"

#include <string.h>

/* QEMU reads driver and property of the short form with "%63[^.=].%63[^=]";
 * what does not fit is read as the long form (softmmu/vl.c,
 * qemu_global_option). */
#define MAX_SHORT_NAME 63

/* What the option before makes of an argument. */
typedef enum { EXPECT_OPTION, EXPECT_GLOBAL, EXPECT_MACHINE } Expected;

typedef struct {
  const VhDocument *document;
  VhQemuArgs *args;
  Expected expected;
  guint32 flag_element;
} Reader;

static void
global_free (gpointer data)
{
  VhGlobal *global = data;
  g_free (global->driver);
  g_free (global->property);
  g_free (global->value);
  g_free (global);
}

static void
override_free (gpointer data)
{
  VhOverride *override = data;
  g_free (override->alias);
  g_free (override->property);
  g_free (override->value);
  g_free (override);
}

VhQemuArgs *
vh_qemu_args_new_empty (void)
{
  VhQemuArgs *args = g_new0 (VhQemuArgs, 1);
  args->globals = g_ptr_array_new_with_free_func (global_free);
  args->overrides = g_ptr_array_new_with_free_func (override_free);
  return args;
}

void
vh_qemu_args_free (VhQemuArgs *args)
{
  if (!args)
    return;
  g_ptr_array_unref (args->globals);
  g_ptr_array_unref (args->overrides);
  g_free (args);
}

/* A value up to its comma; two commas stand for one. The end, at the comma or
 * the end of the text. */
static const char *
read_value (const char *text, GString *value)
{
  g_string_truncate (value, 0);
  while (*text != '\0' && (*text != ',' || text[1] == ','))
    {
      text += *text == ',' ? 1 : 0;
      g_string_append_c (value, *text++);
    }
  return text;
}

/* One "key=value" or a lone "key", which is "on" ("nokey": "off"). The place
 * behind its comma; NULL at the end of the text. */
static const char *
read_pair (const char *text, GString *key, GString *value)
{
  gsize length = strcspn (text, "=,");
  g_string_truncate (key, 0);
  g_string_append_len (key, text, (gssize) length);
  text += length;
  if (*text == '=')
    text = read_value (text + 1, value);
  else if (g_str_has_prefix (key->str, "no"))
    {
      g_string_erase (key, 0, 2);
      g_string_assign (value, "off");
    }
  else
    g_string_assign (value, "on");
  return *text == ',' ? text + 1 : NULL;
}

/* driver=X,property=p,value=v in any order, the last of each counts. FALSE
 * when QEMU refuses it: one is missing, or there is another key. */
static gboolean
read_long_form (const char *text, char *parts[3])
{
  static const char *const keys[3] = { "driver", "property", "value" };
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  while (text && *text != '\0')
    {
      guint i = 0;
      text = read_pair (text, key, value);
      while (i < 3 && !g_str_equal (key->str, keys[i]))
        i++;
      if (i == 3 && !g_str_equal (key->str, "id"))
        return FALSE;
      if (i < 3)
        {
          g_free (parts[i]);
          parts[i] = g_strdup (value->str);
        }
    }
  return parts[0] && parts[1] && parts[2];
}

static gboolean
read_short_form (const char *text, char *parts[3])
{
  gsize driver = strcspn (text, ".=");
  if (driver == 0 || driver > MAX_SHORT_NAME || text[driver] != '.')
    return FALSE;
  const char *property = text + driver + 1;
  gsize length = strcspn (property, "=");
  if (length == 0 || length > MAX_SHORT_NAME || property[length] != '=')
    return FALSE;
  parts[0] = g_strndup (text, driver);
  parts[1] = g_strndup (property, length);
  parts[2] = g_strdup (property + length + 1);
  return TRUE;
}

static void
read_global (Reader *reader, guint32 element, const char *text)
{
  char *parts[3] = { NULL, NULL, NULL };
  gboolean is_short = read_short_form (text, parts);
  if (is_short || read_long_form (text, parts))
    {
      VhGlobal *global = g_new0 (VhGlobal, 1);
      global->driver = g_steal_pointer (&parts[0]);
      global->property = g_steal_pointer (&parts[1]);
      global->value = g_steal_pointer (&parts[2]);
      global->flag_element = reader->flag_element;
      global->value_element = element;
      global->long_form = !is_short;
      g_ptr_array_add (reader->args->globals, global);
    }
  for (guint i = 0; i < 3; i++)
    g_free (parts[i]);
}

static void
read_machine (VhQemuArgs *args, const char *text)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  while (text && *text != '\0')
    {
      gboolean is_pair = text[strcspn (text, "=,")] == '=';
      text = read_pair (text, key, value);
      if (is_pair && g_str_equal (key->str, "acpi"))
        vh_qemu_args_parse_bool (value->str, &args->acpi);
    }
}

static void
read_option (Reader *reader, guint32 element, const char *text)
{
  if (text[0] != '-')
    return;
  const char *name = text + (text[1] == '-' ? 2 : 1);
  reader->flag_element = element;
  if (g_str_equal (name, "global"))
    reader->expected = EXPECT_GLOBAL;
  else if (g_str_equal (name, "machine") || g_str_equal (name, "M"))
    reader->expected = EXPECT_MACHINE;
  else if (g_str_equal (name, "no-acpi"))
    reader->args->acpi = VH_SWITCH_OFF;
  else if (g_str_has_prefix (name, "global=") && reader->args->joined_global == 0)
    reader->args->joined_global = element;
}

static void
read_arg (Reader *reader, guint32 element)
{
  g_autofree char *text = vh_document_dup_attribute (reader->document, element, "value");
  Expected expected = reader->expected;
  reader->expected = EXPECT_OPTION;
  reader->args->n_args++;
  if (!text)
    return;
  if (expected == EXPECT_GLOBAL)
    read_global (reader, element, text);
  else if (expected == EXPECT_MACHINE)
    read_machine (reader->args, text);
  else
    read_option (reader, element, text);
}

/* Elements of the qemu namespace below `parent`: calls `read` with each that
 * has the name. */
static void
read_children (Reader *reader, guint32 parent, const char *name,
               void (*read) (Reader *reader, guint32 element))
{
  const VhDocument *document = reader->document;
  for (gint32 child = vh_document_find_first_child (document, parent); child >= 0;
       child = vh_document_find_next_sibling (document, (guint) child))
    if (vh_document_is_qemu (document, (guint) child, name))
      read (reader, (guint32) child);
}

static void
read_commandline (Reader *reader, guint32 element)
{
  read_children (reader, element, "arg", read_arg);
}

static guint
parent_of (const VhDocument *document, guint element)
{
  return (guint) vh_document_get_element (document, element)->parent;
}

/* <qemu:device alias=…><qemu:frontend><qemu:property name=… value=…/>. */
static void
read_property (Reader *reader, guint32 element)
{
  const VhDocument *document = reader->document;
  guint device = parent_of (document, parent_of (document, element));
  g_autofree char *alias = vh_document_dup_attribute (document, device, "alias");
  g_autofree char *name = vh_document_dup_attribute (document, element, "name");
  g_autofree char *value = vh_document_dup_attribute (document, element, "value");
  gboolean is_removed = vh_document_attribute_equals (document, element, "type", "remove");
  if (!alias || !name)
    return;
  VhOverride *override = g_new0 (VhOverride, 1);
  override->alias = g_steal_pointer (&alias);
  override->property = g_steal_pointer (&name);
  override->value = is_removed ? NULL : g_steal_pointer (&value);
  override->element = element;
  g_ptr_array_add (reader->args->overrides, override);
}

static void
read_frontend (Reader *reader, guint32 element)
{
  read_children (reader, element, "property", read_property);
}

static void
read_device (Reader *reader, guint32 element)
{
  read_children (reader, element, "frontend", read_frontend);
}

static void
read_override (Reader *reader, guint32 element)
{
  read_children (reader, element, "device", read_device);
}

VhQemuArgs *
vh_qemu_args_new (const VhDocument *document)
{
  VhQemuArgs *args = vh_qemu_args_new_empty ();
  Reader reader = { document, args, EXPECT_OPTION, 0 };
  read_children (&reader, 0, "commandline", read_commandline);
  read_children (&reader, 0, "override", read_override);
  return args;
}

const VhOverride *
vh_qemu_args_find_override (const VhQemuArgs *args, const char *alias, const char *property)
{
  for (guint i = args->overrides->len; i > 0; i--)
    {
      const VhOverride *override = g_ptr_array_index (args->overrides, i - 1);
      if (g_str_equal (override->alias, alias) && g_str_equal (override->property, property))
        return override;
    }
  return NULL;
}

gboolean
vh_qemu_args_parse_bool (const char *text, VhSwitch *value)
{
  static const char *const on[] = { "on", "yes", "true", "y", NULL };
  static const char *const off[] = { "off", "no", "false", "n", NULL };
  if (text && g_strv_contains (on, text))
    *value = VH_SWITCH_ON;
  else if (text && g_strv_contains (off, text))
    *value = VH_SWITCH_OFF;
  else
    return FALSE;
  return TRUE;
}

char *
vh_qemu_args_format_global (const char *driver, const char *property, const char *value)
{
  return g_strdup_printf ("%s.%s=%s", driver, property, value);
}
