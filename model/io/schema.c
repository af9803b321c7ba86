/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/io/schema.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

#define SCHEMA "/usr/share/libvirt/schemas/domain.rng"
#define TRIES_MAX 500 /* of 0.5 ms each */

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

/* The element that is complained about first; NULL when it is valid. */
static xmlNodePtr
find_fault (xmlRelaxNGPtr schema, xmlDocPtr document)
{
  xmlNodePtr node = NULL;
  xmlRelaxNGValidCtxtPtr validator = xmlRelaxNGNewValidCtxt (schema);
  if (!validator)
    return NULL;
  xmlRelaxNGSetValidStructuredErrors (validator, keep_first, &node);
  gboolean valid = xmlRelaxNGValidateDoc (validator, document) <= 0;
  xmlRelaxNGFreeValidCtxt (validator);
  return valid ? NULL : node;
}

/* The schema blames all of <devices> for one device: it is the one without
 * which the rest is valid. NULL when there is no such one. */
static xmlNodePtr
find_culprit (xmlRelaxNGPtr schema, xmlDocPtr document, xmlNodePtr parent)
{
  xmlNodePtr child = xmlFirstElementChild (parent);
  for (guint i = 0; child && i < TRIES_MAX; i++)
    {
      xmlNodePtr next = xmlNextElementSibling (child);
      xmlNodePtr after = child->prev;
      xmlUnlinkNode (child);
      gboolean valid = !find_fault (schema, document);
      if (after)
        xmlAddNextSibling (after, child);
      else if (parent->children)
        xmlAddPrevSibling (parent->children, child);
      else
        xmlAddChild (parent, child);
      if (valid)
        return child;
      child = next;
    }
  return NULL;
}

static VhKnown
check_document (xmlRelaxNGPtr schema, xmlDocPtr document, char **place)
{
  xmlNodePtr fault = find_fault (schema, document);
  if (!fault)
    return VH_KNOWN_YES;
  if (fault->type != XML_ELEMENT_NODE)
    return VH_KNOWN_NO;
  xmlNodePtr culprit = find_culprit (schema, document, fault);
  if (!culprit)
    culprit = fault;
  *place = g_strdup_printf ("line %ld, <%s>", xmlGetLineNo (culprit), (const char *) culprit->name);
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
