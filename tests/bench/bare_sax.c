/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The least that reading a domain can cost: libxml2's push parser over the file, its position asked at
 * both ends of every element, and nothing kept. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

#define CHUNK 65536

typedef struct {
  xmlParserCtxt *parser;
  unsigned long elements;
  unsigned long sum;
} Count;

static void
note_position (Count *count)
{
#if LIBXML_VERSION >= 21500
  unsigned long position = 0;
  xmlCtxtGetInputPosition (count->parser, 0, NULL, NULL, NULL, &position);
  count->sum += position;
#else
  count->sum += (unsigned long) xmlByteConsumed (count->parser);
#endif
}

static void
on_start (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
          int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
          const xmlChar **attributes)
{
  Count *count = user;
  (void) name, (void) prefix, (void) uri, (void) n_namespaces, (void) namespaces;
  (void) n_attributes, (void) n_defaulted, (void) attributes;
  count->elements++;
  note_position (count);
}

static void
on_end (void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  (void) name, (void) prefix, (void) uri;
  note_position (user);
}

static char *
read_file (const char *path, long *length)
{
  FILE *file = fopen (path, "rb");
  if (!file || fseek (file, 0, SEEK_END) != 0)
    return NULL;
  *length = ftell (file);
  rewind (file);
  char *text = malloc ((size_t) *length + 1);
  if (!text || fread (text, 1, (size_t) *length, file) != (size_t) *length)
    return NULL;
  fclose (file);
  return text;
}

int
main (int argc, char **argv)
{
  long length = 0;
  char *text = argc == 2 ? read_file (argv[1], &length) : NULL;
  if (!text)
    return 2;
  Count count = { 0 };
  xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
                            .startElementNs = on_start,
                            .endElementNs = on_end };
  count.parser = xmlCreatePushParserCtxt (&handler, &count, NULL, 0, NULL);
  if (!count.parser)
    return 1;
  for (long at = 0; at < length; at += CHUNK)
    xmlParseChunk (count.parser, text + at, (int) (length - at < CHUNK ? length - at : CHUNK), 0);
  xmlParseChunk (count.parser, NULL, 0, 1);
  int good = count.parser->wellFormed;
  printf ("%lu elements, sum of positions %lu\n", count.elements, count.sum);
  xmlFreeParserCtxt (count.parser);
  free (text);
  return good ? 0 : 1;
}
