/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/fit.h"

#include "render/pages.h"

#define WORD_WIDTH 21u

/* The same advice holds for many devices; it is told once. */
static void
push_advice (VhStyled *out, GPtrArray *told, const char *advice)
{
  if (advice == NULL || g_ptr_array_find_with_equal_func (told, advice, g_str_equal, NULL))
    return;
  g_ptr_array_add (told, g_strdup (advice));
  vh_styled_push_field (out, WORD_WIDTH, "", advice);
}

static void
push_answer (VhStyled *out, VhFitDevice device, const VhFitAnswer *answer)
{
  g_autofree char *text = vh_fit_describe (answer);
  vh_styled_push_field (out, WORD_WIDTH, vh_fit_device_to_word (device), text);
}

/* Devices that get the same answer are neighbours in the table of devices. */
static void
push_answers (VhStyled *out, const GPtrArray *fits, gboolean is_live)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < fits->len; i++)
    {
      const VhFit *fit = g_ptr_array_index (fits, i);
      const VhFitAnswer *answer = is_live ? &fit->live : &fit->cold;
      push_answer (out, fit->device, answer);
      push_advice (out, told, answer->advice);
    }
}

GPtrArray *
vh_pages_new_fit (const VhSession *session, guint width)
{
  VhStyled out = vh_styled_new (width);
  g_autoptr (GPtrArray) fits = g_ptr_array_new_with_free_func ((GDestroyNotify) vh_fit_free);
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    g_ptr_array_add (fits, vh_fit_new (session->after, session->after, (VhFitDevice) device));
  vh_styled_push_heading (&out, "Plugged while the domain runs, after a start with what is shown");
  push_answers (&out, fits, TRUE);
  vh_styled_push_heading (&out, "Added to the definition");
  push_answers (&out, fits, FALSE);
  vh_styled_push_heading (&out, "What they are");
  for (guint device = 0; device < VH_N_FIT_DEVICES; device++)
    vh_styled_push_field (&out, WORD_WIDTH, vh_fit_device_to_word ((VhFitDevice) device),
                          vh_fit_device_to_title ((VhFitDevice) device));
  vh_styled_push (&out, VH_ROLE_DIM, 2,
                  "For hostdev and hostdev-pci the answer was read in libvirt's source; the others "
                  "were attached to real domains.");
  return out.lines;
}
