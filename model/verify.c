/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/verify.h"

#include "model/i18n.h"
#include "model/verify_facts.h"

#define MASK "***"

static const char *
shown_value (const VhVerifyFact *fact)
{
  return fact->secret ? MASK : fact->value;
}

/* "<devices/controller[pci 3]/target>: hotplug='off'" */
static char *
describe (const VhVerifyFact *fact)
{
  if (fact->kind == VH_FACT_KIND_ELEMENT)
    return g_strdup_printf ("<%s>", fact->path);
  g_autofree char *element = g_strndup (fact->path, fact->element_path);
  if (fact->kind == VH_FACT_KIND_TEXT)
    return g_strdup_printf (_ ("<%1$s>: the text '%2$s'"), element, shown_value (fact));
  return g_strdup_printf ("<%s>: %s='%s'", element, fact->path + fact->element_path + 1,
                          shown_value (fact));
}

G_GNUC_PRINTF (2, 3)
static void
push (GPtrArray *sentences, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (sentences, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
is_there (const VhVerifyFacts *facts, const VhVerifyFact *fact)
{
  const VhVerifyFact *found = vh_verify_facts_find (facts, fact->path);
  return found && g_str_equal (found->value, fact->value);
}

/* Nothing is said of what is inside an element that was spoken of already:
 * marks it and tells. */
static gboolean
is_inside (const VhVerifyFact *fact, const VhDocument *document, guint8 *spoken)
{
  gint32 parent = vh_document_get_element (document, fact->element)->parent;
  if (fact->kind == VH_FACT_KIND_ELEMENT && parent >= 0 && spoken[parent])
    spoken[fact->element] = TRUE;
  return spoken[fact->element];
}

/* `asked`: for the fact; `base`: the fact was there, else nothing was asked for. */
static void
push_missing (GPtrArray *sentences, const VhVerifyFact *fact, gboolean asked, gboolean base)
{
  g_autofree char *what = describe (fact);
  push (sentences,
        asked  ? _ ("%s was asked for and is not there.")
        : base ? _ ("%s was not asked to change and is not there.")
               : _ ("%s is not there."),
        what);
}

/* Likewise, with what is there instead. */
static void
push_other (GPtrArray *sentences, const VhVerifyFact *fact, gboolean asked, gboolean base,
            const char *instead)
{
  g_autofree char *what = describe (fact);
  push (sentences,
        asked  ? _ ("%1$s was asked for and is '%2$s' now.")
        : base ? _ ("%1$s was not asked to change and is '%2$s' now.")
               : _ ("%1$s is '%2$s' now."),
        what, instead);
}

static void
speak_of_missing (VhVerdict *verdict, const VhVerifyFact *fact, const VhVerifyFacts *base,
                  const VhVerifyFacts *stored)
{
  gboolean asked = base && !is_there (base, fact);
  GPtrArray *sentences = asked ? verdict->not_taken : verdict->lost;
  const VhVerifyFact *instead = vh_verify_facts_find (stored, fact->path);
  verdict->n_changed += instead && !asked;
  if (instead)
    push_other (sentences, fact, asked, base != NULL, shown_value (instead));
  else
    push_missing (sentences, fact, asked, base != NULL);
}

static void
compare_wanted (VhVerdict *verdict, const VhVerifyFacts *base, const VhVerifyFacts *wanted,
                const VhVerifyFacts *stored)
{
  g_autofree guint8 *spoken = g_new0 (guint8, vh_document_get_n_elements (wanted->document));
  for (guint i = 0; i < wanted->facts->len; i++)
    {
      const VhVerifyFact *fact = g_ptr_array_index (wanted->facts, i);
      if (is_inside (fact, wanted->document, spoken) || is_there (stored, fact))
        continue;
      speak_of_missing (verdict, fact, base, stored);
      if (fact->kind == VH_FACT_KIND_ELEMENT)
        spoken[fact->element] = TRUE;
    }
}

static void
compare_stored (VhVerdict *verdict, const VhVerifyFacts *base, const VhVerifyFacts *wanted,
                const VhVerifyFacts *stored)
{
  g_autofree guint8 *spoken = g_new0 (guint8, vh_document_get_n_elements (stored->document));
  for (guint i = 0; i < stored->facts->len; i++)
    {
      const VhVerifyFact *fact = g_ptr_array_index (stored->facts, i);
      if (is_inside (fact, stored->document, spoken) || vh_verify_facts_find (wanted, fact->path))
        continue;
      g_autofree char *what = describe (fact);
      if (base && vh_verify_facts_find (base, fact->path))
        push (verdict->not_taken, _ ("%s was to be removed and is still there."), what);
      else
        push (verdict->added, _ ("%s was added."), what);
      if (fact->kind == VH_FACT_KIND_ELEMENT)
        spoken[fact->element] = TRUE;
    }
}

static VhVerdict *
verdict_new (void)
{
  VhVerdict *verdict = g_new0 (VhVerdict, 1);
  verdict->not_taken = g_ptr_array_new_with_free_func (g_free);
  verdict->lost = g_ptr_array_new_with_free_func (g_free);
  verdict->added = g_ptr_array_new_with_free_func (g_free);
  return verdict;
}

/* `base` NULL: nothing was asked for. */
static void
compare (VhVerdict *verdict, const VhVerifyFacts *base, const VhVerifyFacts *wanted,
         const VhVerifyFacts *stored)
{
  compare_wanted (verdict, base, wanted, stored);
  compare_stored (verdict, base, wanted, stored);
  /* The last argument wins, so their order is a setting too. */
  if (vh_verdict_is_good (verdict) && !g_str_equal (wanted->qemu_args, stored->qemu_args))
    g_ptr_array_add (verdict->lost, g_strdup (_ ("The order of the QEMU arguments changed.")));
}

VhVerdict *
vh_verify_new (const VhDocument *base, const VhDocument *wanted, const VhDocument *stored)
{
  VhVerdict *verdict = verdict_new ();
  g_autoptr (VhVerifyFacts) a = vh_verify_facts_new (base);
  g_autoptr (VhVerifyFacts) b = vh_verify_facts_new (wanted);
  g_autoptr (VhVerifyFacts) c = vh_verify_facts_new (stored);
  compare (verdict, a, b, c);
  return verdict;
}

void
vh_verdict_free (VhVerdict *verdict)
{
  g_ptr_array_unref (verdict->not_taken);
  g_ptr_array_unref (verdict->lost);
  g_ptr_array_unref (verdict->added);
  g_free (verdict);
}

gboolean
vh_verdict_is_good (const VhVerdict *verdict)
{
  return verdict->not_taken->len == 0 && verdict->lost->len == 0;
}

GPtrArray *
vh_verify_new_differences (const VhDocument *before, const VhDocument *now)
{
  g_autoptr (VhVerdict) verdict = verdict_new ();
  g_autoptr (VhVerifyFacts) a = vh_verify_facts_new (before);
  g_autoptr (VhVerifyFacts) b = vh_verify_facts_new (now);
  compare (verdict, NULL, a, b);
  for (guint i = 0; i < verdict->added->len; i++)
    g_ptr_array_add (verdict->lost, g_strdup (g_ptr_array_index (verdict->added, i)));
  return g_ptr_array_ref (verdict->lost);
}
