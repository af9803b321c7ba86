/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/schema.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "model/i18n.h"

#define SCHEMA "/usr/share/libvirt/schemas/domain.rng"
#define SEARCH_US G_USEC_PER_SEC

#if LIBXML_VERSION >= 21200
typedef const xmlError *Complaint;
#else
typedef xmlErrorPtr Complaint;
#endif

static void
ignore (void *data G_GNUC_UNUSED, Complaint complaint G_GNUC_UNUSED)
{
}

static void
keep_first (void *data, Complaint complaint)
{
  xmlNodePtr *node = data;
  if (!*node)
    *node = complaint->node;
}

static xmlRelaxNGPtr
load_schema (void)
{
  if (!g_file_test (SCHEMA, G_FILE_TEST_EXISTS))
    return NULL;
  xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt (SCHEMA);
  if (!parser)
    return NULL;
  xmlRelaxNGSetParserStructuredErrors (parser, ignore, NULL);
  xmlRelaxNGPtr schema = xmlRelaxNGParse (parser);
  xmlRelaxNGFreeParserCtxt (parser);
  return schema;
}

/* *node is the element that is complained about first; NULL when the schema
 * names none. */
static VhKnown
validate (xmlRelaxNGPtr schema, xmlDocPtr document, xmlNodePtr *node)
{
  *node = NULL;
  xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt (schema);
  if (!validator)
    return VH_KNOWN_UNKNOWN;
  xmlRelaxNGSetValidStructuredErrors (validator, keep_first, node);
  int result = xmlRelaxNGValidateDoc (validator, document);
  xmlRelaxNGFreeValidCtxt (validator);
  /* Below zero the validator itself failed. */
  if (result < 0)
    return VH_KNOWN_UNKNOWN;
  return result == 0 ? VH_KNOWN_YES : VH_KNOWN_NO;
}

static gboolean
is_valid_without (xmlRelaxNGPtr schema, xmlNodePtr child)
{
  xmlDocPtr document = child->doc;
  xmlNodePtr parent = child->parent;
  xmlNodePtr before = child->prev;
  xmlNodePtr ignored = NULL;
  xmlUnlinkNode (child);
  VhKnown valid = validate (schema, document, &ignored);
  if (before)
    xmlAddNextSibling (before, child);
  else if (parent->children)
    xmlAddPrevSibling (parent->children, child);
  else
    xmlAddChild (parent, child);
  return valid == VH_KNOWN_YES;
}

/* The schema blames all of <devices> for one device: it is the one without
 * which the rest is valid. NULL when there is no such one, or too many to try. */
static xmlNodePtr
find_culprit (xmlRelaxNGPtr schema, xmlNodePtr parent)
{
  gint64 deadline = g_get_monotonic_time () + SEARCH_US;
  xmlNodePtr child = xmlFirstElementChild (parent);
  while (child && g_get_monotonic_time () < deadline)
    {
      if (is_valid_without (schema, child))
        return child;
      child = xmlNextElementSibling (child);
    }
  return NULL;
}

static VhKnown
check_document (xmlRelaxNGPtr schema, xmlDocPtr document, char **place)
{
  xmlNodePtr fault = NULL;
  VhKnown valid = validate (schema, document, &fault);
  if (valid != VH_KNOWN_NO || !fault || fault->type != XML_ELEMENT_NODE)
    return valid;
  xmlNodePtr culprit = find_culprit (schema, fault);
  if (!culprit)
    culprit = fault;
  *place = g_strdup_printf (_ ("line %1$ld, <%2$s>"), xmlGetLineNo (culprit),
                            (const char *) culprit->name);
  return VH_KNOWN_NO;
}

VhKnown
vh_schema_check (const char *text, gsize length, char **place)
{
  int flags = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  xmlDocPtr document =
      length <= G_MAXINT ? xmlReadMemory (text, (int) length, NULL, "UTF-8", flags) : NULL;
  *place = NULL;
  if (!document)
    return VH_KNOWN_UNKNOWN;
  xmlRelaxNGPtr schema = load_schema ();
  VhKnown valid = schema ? check_document (schema, document, place) : VH_KNOWN_UNKNOWN;
  if (schema)
    xmlRelaxNGFree (schema);
  xmlFreeDoc (document);
  return valid;
}

char *
vh_schema_locate (const char *text, gsize length)
{
  char *place = NULL;
  vh_schema_check (text, length, &place);
  return place;
}
