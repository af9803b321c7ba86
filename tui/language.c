/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tui/language.h"

#include <langinfo.h>
#include <locale.h>

#include "model/i18n.h"

/* Where translations are that are not installed. */
#define FOLDER_VARIABLE "VIRT_HOTPLUG_LOCALEDIR"

void
vh_language_init (void)
{
  const char *folder = g_getenv (FOLDER_VARIABLE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder ? folder : VH_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE); /* GLib speaks the language that we speak */
  if (!HAVE_NLS || !g_str_equal (nl_langinfo (CODESET), "UTF-8"))
    vh_language_keep_english (); /* other locales get ASCII, which is not enough for most */
}

void
vh_language_keep_english (void)
{
  setlocale (LC_MESSAGES, "C");
}
