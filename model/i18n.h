/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences for the user in the user's language: _(), in a static table N_(). */
#pragma once

#include "config.h"

#include <glib.h>
#include <glib/gi18n-lib.h>

/* The form of a sentence for `n` of something. */
#define P_(one, many, n) g_dngettext (GETTEXT_PACKAGE, (one), (many), (n))
