/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal: the only part that knows curses. One at a time. */
#pragma once

#include "render/canvas.h"
#include "tui/key.h"

#define VH_TERM_ERROR (vh_term_error_quark ())
GQuark vh_term_error_quark (void);
typedef enum {
  VH_TERM_ERROR_NO_TERMINAL, /* no terminal, or TERM names none that is known */
} VhTermError;

typedef struct {
  VhLook look; /* MONO is taken where the terminal has no colours */
  gboolean mouse;
} VhTermOptions;

typedef enum {
  VH_TERM_TIMEOUT,
  VH_TERM_KEY,
  VH_TERM_CLICK,   /* at x, y */
  VH_TERM_WHEEL,   /* at x, y; by `notches` */
  VH_TERM_RESIZE,  /* also after the program was stopped and continued */
  VH_TERM_SUSPEND, /* asked for by a signal */
  VH_TERM_END,     /* a signal that ends programs, or the terminal is gone */
  VH_TERM_OTHER,   /* the other descriptor can be read */
} VhTermEventKind;

typedef struct {
  VhTermEventKind kind;
  VhKey key;
  gint x, y;
  gint notches; /* of WHEEL: 1 down, -1 up */
  gint signal;  /* of END; 0: the terminal is gone */
} VhTermEvent;

typedef struct VhTerm VhTerm;

VhTerm *vh_term_new (const VhTermOptions *options, GError **error);
/* Gives the terminal back as it was. */
void vh_term_free (VhTerm *term);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhTerm, vh_term_free)

void vh_term_get_size (VhTerm *term, guint *width, guint *height);
/* What its line carries, if that is a slow one; else 0. */
guint vh_term_get_bytes_per_second (VhTerm *term);
void vh_term_show (VhTerm *term, const VhCanvas *canvas);
/* The next show draws everything anew. */
void vh_term_redraw (VhTerm *term);
/* Stops the program like Ctrl-Z in a shell; returns when it is continued. */
void vh_term_suspend (VhTerm *term);
/* Forgets the keys that came and were not taken. */
void vh_term_drop_keys (VhTerm *term);
/* Sleeps until something happens; `fd` may be -1, `timeout_ms` -1 for ever. */
VhTermEvent vh_term_wait (VhTerm *term, int fd, gint timeout_ms);
