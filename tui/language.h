/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The locale, and the language of what the user reads. */
#pragma once

/* Takes the locale of the environment, and its language where that locale is
 * UTF-8 and the program was built with translations; else English. */
void vh_language_init (void);

/* English from here on, as programs read it. */
void vh_language_keep_english (void);
