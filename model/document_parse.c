/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One pass of libxml2's push parser that notes where elements begin and end. */
#include "model/document_private.h"
#include "model/document_text.h"
#include "model/i18n.h"

#include <libxml/parser.h>
#include <string.h>

#define QEMU_URI "http://libvirt.org/schemas/domain/qemu/1.0"
#define CHUNK 65536
#define MAX_ATTRIBUTES 255
#define MAX_ELEMENTS 4000000u /* a domain of 64,000 devices has 400,000 */

#if LIBXML_VERSION >= 21200
typedef const xmlError *ParserError;
#else
typedef xmlErrorPtr ParserError;
#endif

typedef struct {
  VhDocument *document;
  const char *text;
  gsize length;
  gsize skipped; /* a byte order mark that the parser is not shown */
  xmlParserCtxt *parser;
  GHashTable *names; /* libxml2's own string to the name's number plus one */
  gint32 current;    /* the innermost open element */
  guint depth;
  GError *error;
} Parse;

static void
fail (Parse *parse, VhDocumentError code, const char *message)
{
  if (!parse->error)
    parse->error = g_error_new_literal (VH_DOCUMENT_ERROR, code, message);
  if (parse->parser)
    xmlStopParser (parse->parser);
}

/* Bytes of the text that the parser has read: the only place that asks. */
static gsize
position_of (const Parse *parse)
{
#if LIBXML_VERSION >= 21500
  unsigned long position = 0;
  xmlCtxtGetInputPosition (parse->parser, 0, NULL, NULL, NULL, &position);
#else
  long position = xmlByteConsumed (parse->parser);
#endif
  return parse->skipped + (gsize) position;
}

static VhNamespace
namespace_of (const xmlChar *prefix, const xmlChar *uri)
{
  if (!prefix && !uri)
    return VH_NAMESPACE_NONE;
  return uri && strcmp ((const char *) uri, QEMU_URI) == 0 ? VH_NAMESPACE_QEMU : VH_NAMESPACE_OTHER;
}

/* libxml2 keeps one string for each name, so its address tells names apart. */
static guint16
intern (Parse *parse, const xmlChar *name)
{
  GPtrArray *names = parse->document->names;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (parse->names, name));
  if (number)
    return (guint16) (number - 1);
  if (names->len > G_MAXUINT16)
    {
      fail (parse, VH_DOCUMENT_ERROR_TOO_LARGE,
            _ ("The document has more than 65,536 different names of elements."));
      return 0;
    }
  g_ptr_array_add (names, g_strdup ((const char *) name));
  g_hash_table_insert (parse->names, (gpointer) (guintptr) name, GUINT_TO_POINTER (names->len));
  return (guint16) (names->len - 1);
}

/* Called with the parser just before the '>' or '/>' of the start tag. */
static void
open_element (Parse *parse, VhElement element)
{
  gsize end = position_of (parse);
  if (end >= parse->length || !strchr ("/>", parse->text[end]))
    {
      fail (parse, VH_DOCUMENT_ERROR_NOT_XML,
            _ ("This libxml2 reports positions that do not fit the text."));
      return;
    }
  /* A raw '<' cannot stand in a start tag, not even in a value. */
  const char *begin = memrchr (parse->text, '<', end);
  g_assert (begin);
  element.begin = (guint32) (begin - parse->text);
  element.tag_end = (guint32) end + (parse->text[end] == '/' ? 2 : 1);
  element.parent = parse->current;
  parse->current = (gint32) parse->document->elements->len;
  g_array_append_val (parse->document->elements, element);
}

static void
on_start_element (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                  int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
                  const xmlChar **attributes)
{
  Parse *parse = user;
  (void) namespaces;
  (void) n_defaulted;
  (void) attributes;
  parse->depth++;
  if (parse->error)
    return;
  if (parse->depth > VH_DOCUMENT_MAX_DEPTH)
    fail (parse, VH_DOCUMENT_ERROR_TOO_LARGE,
          _ ("The document nests elements more than 256 deep."));
  else if (n_attributes + n_namespaces > MAX_ATTRIBUTES)
    fail (parse, VH_DOCUMENT_ERROR_TOO_LARGE, _ ("An element has more than 255 attributes."));
  else if (parse->document->elements->len >= MAX_ELEMENTS)
    fail (parse, VH_DOCUMENT_ERROR_TOO_LARGE, _ ("The document has more than 4,000,000 elements."));
  else
    open_element (parse, (VhElement){ .name = intern (parse, name),
                                      .ns = (guint8) namespace_of (prefix, uri),
                                      .n_attributes = (guint8) n_attributes });
}

/* Called with the parser just after the element. */
static void
on_end_element (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Parse *parse = user;
  (void) name;
  (void) prefix;
  (void) uri;
  parse->depth--;
  if (parse->error || parse->current < 0)
    return;
  GArray *elements = parse->document->elements;
  VhElement *element = &g_array_index (elements, VhElement, parse->current);
  element->end = (guint32) position_of (parse);
  element->next = elements->len;
  parse->current = element->parent;
}

/* The push parser has only misleading words for this. */
static void
fail_truncated (Parse *parse)
{
  const VhDocument *document = parse->document;
  guint32 begin = vh_document_get_element (document, (guint) parse->current)->begin;
  g_autofree char *message = g_strdup_printf (
      _ ("The document is not well-formed XML: it ends inside the element <%1$s> of line %2$u."),
      vh_document_get_name (document, (guint) parse->current),
      vh_document_text_get_line (parse->text, begin));
  fail (parse, VH_DOCUMENT_ERROR_NOT_XML, message);
}

static void
fail_with_words (Parse *parse, ParserError problem)
{
  g_autofree char *words = g_strdup (problem->message ? problem->message : _ ("no reason given"));
  g_autofree char *message =
      g_strdup_printf (_ ("The document is not well-formed XML: line %1$d, column %2$d: %3$s."),
                       problem->line, problem->int2, g_strchomp (words));
  fail (parse, VH_DOCUMENT_ERROR_NOT_XML, message);
}

static void
on_error (void *user, ParserError problem)
{
  Parse *parse = user;
  if (problem->level != XML_ERR_FATAL || parse->error)
    return;
  if (problem->code == XML_ERR_DOCUMENT_EMPTY)
    fail (parse, VH_DOCUMENT_ERROR_NOT_XML,
          _ ("The document is not XML: it does not begin with '<'."));
  else if (problem->code == XML_ERR_DOCUMENT_END && parse->current >= 0)
    fail_truncated (parse);
  else
    fail_with_words (parse, problem);
}

static void
fail_entity (Parse *parse, const xmlChar *name)
{
  g_autofree char *message =
      g_strdup_printf (_ ("The document declares or uses the entity \"%s\". Entities of a document "
                          "type are never read here; write their text instead."),
                       (const char *) name);
  fail (parse, VH_DOCUMENT_ERROR_ENTITY, message);
}

static void
on_entity (void *user, const xmlChar *name, int type, const xmlChar *public_id,
           const xmlChar *system_id, xmlChar *content)
{
  (void) type;
  (void) public_id;
  (void) system_id;
  (void) content;
  fail_entity (user, name);
}

static void
on_unparsed_entity (void *user, const xmlChar *name, const xmlChar *public_id,
                    const xmlChar *system_id, const xmlChar *notation)
{
  (void) public_id;
  (void) system_id;
  (void) notation;
  fail_entity (user, name);
}

/* The five entities of XML itself are resolved before anybody is asked. */
static xmlEntityPtr
on_get_entity (void *user, const xmlChar *name)
{
  fail_entity (user, name);
  return NULL;
}

/* A default would be an attribute that stands nowhere in the text. */
static void
on_attribute_declaration (void *user, const xmlChar *element, const xmlChar *name, int type,
                          int kind, const xmlChar *value, xmlEnumerationPtr words)
{
  (void) element;
  (void) name;
  (void) type;
  (void) kind;
  xmlFreeEnumeration (words);
  if (value)
    fail (user, VH_DOCUMENT_ERROR_ENTITY,
          _ ("The document type declares default values of attributes, which are never read here; "
             "write the attributes where they belong."));
}

/* libxml2 compares every attribute of a tag with every other one before it
 * reports the tag, so a tag of many megabytes is refused before. */
static gboolean
check_long_tags (Parse *parse)
{
  const char *end = parse->text + parse->length;
  const char *tag = memchr (parse->text, '<', parse->length);
  while (tag)
    {
      const char *next = memchr (tag + 1, '<', (gsize) (end - tag - 1));
      const char *stop = next ? next : end;
      if (stop - tag > CHUNK && !strchr ("!?/", tag[1]) &&
          vh_document_text_count_attributes (tag, stop) > MAX_ATTRIBUTES)
        {
          fail (parse, VH_DOCUMENT_ERROR_TOO_LARGE, _ ("An element has more than 255 attributes."));
          return FALSE;
        }
      tag = next;
    }
  return TRUE;
}

/* No chunk ends inside a character. */
static gsize
chunk_length (const char *text, gsize left)
{
  gsize length = MIN (left, CHUNK);
  while (length < left && length > 0 && ((guchar) text[length] & 0xC0) == 0x80)
    length--;
  return length;
}

static void
push_text (Parse *parse)
{
  gsize at = parse->skipped;
  while (at < parse->length && !parse->error)
    {
      gsize length = chunk_length (parse->text + at, parse->length - at);
      xmlParseChunk (parse->parser, parse->text + at, (int) length, 0);
      at += length;
    }
  if (!parse->error)
    xmlParseChunk (parse->parser, NULL, 0, 1);
}

static void
run_parser (Parse *parse)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start_element,
    .endElementNs = on_end_element,
    .entityDecl = on_entity,
    .unparsedEntityDecl = on_unparsed_entity,
    .getEntity = on_get_entity,
    .getParameterEntity = on_get_entity,
    .attributeDecl = on_attribute_declaration,
    .serror = on_error,
  };
  parse->parser = xmlCreatePushParserCtxt (&handler, parse, NULL, 0, NULL);
  g_assert (parse->parser);
  xmlCtxtUseOptions (parse->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  push_text (parse);
  if (!parse->parser->wellFormed || parse->document->elements->len == 0)
    fail (parse, VH_DOCUMENT_ERROR_NOT_XML, _ ("The document is not well-formed XML."));
  xmlFreeDoc (parse->parser->myDoc);
  xmlFreeParserCtxt (parse->parser);
}

void
vh_document_init (void)
{
  xmlInitParser ();
}

gboolean
vh_document_parse (VhDocument *document, GError **error)
{
  Parse parse = { .document = document, .current = -1 };
  parse.text = g_bytes_get_data (document->text, &parse.length);
  parse.skipped = g_str_has_prefix (parse.text, "\xEF\xBB\xBF") ? 3 : 0;
  g_autoptr (GHashTable) names = g_hash_table_new (NULL, NULL);
  parse.names = names;
  if (strspn (parse.text + parse.skipped, " \n\t\r") == parse.length - parse.skipped)
    fail (&parse, VH_DOCUMENT_ERROR_NOT_XML, _ ("The document is empty."));
  else if (check_long_tags (&parse))
    run_parser (&parse);
  if (parse.error)
    g_propagate_error (error, parse.error);
  return !parse.error;
}
