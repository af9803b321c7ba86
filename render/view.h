/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user looks at: everything that is state and not model. */
#pragma once

#include "model/session.h"
#include "model/summary.h"

typedef enum {
  VH_SCREEN_DOMAINS, /* the overview */
  VH_SCREEN_MAIN,
  VH_SCREEN_WRITE,
  VH_SCREEN_HELP,
  VH_SCREEN_FINDINGS,
  VH_SCREEN_COMPARE, /* what runs and the next start, or what if */
  VH_SCREEN_FIT,
  VH_SCREEN_HISTORY, /* the backups */
  VH_SCREEN_EDITS,   /* what was changed and undone, to go to any of it */
} VhScreen;

/* What the line at the bottom asks for. */
typedef enum {
  VH_PROMPT_NONE,
  VH_PROMPT_SEARCH,    /* text */
  VH_PROMPT_FILTER,    /* text */
  VH_PROMPT_QUIT,      /* unsaved changes: y, w, n */
  VH_PROMPT_KEPT,      /* edits that an earlier run left: y, n, Esc */
  VH_PROMPT_WHAT_IF,   /* text */
  VH_PROMPT_ASK,       /* asking QEMU taints the domain: y, n */
  VH_PROMPT_PORTS,     /* a number: how many root ports to add */
  VH_PROMPT_POLICY,    /* which: 1 to 5 */
  VH_PROMPT_UNCHECKED, /* the domain did not pass the schema before: write without it? y, n */
} VhPrompt;

/* What the pane beside or below the tree shows of the row under the cursor. */
typedef enum {
  VH_PANE_REASONS,
  VH_PANE_DETAILS,
  VH_PANE_XML,
  VH_PANE_NONE, /* the tree has all of the screen */
  VH_N_PANES,
} VhPane;

/* A row of the tree, stable over every recompute: a knob of the machine, a
 * bus by controller index, a device by address or, unaddressed, by element, a
 * run of free slots by its bus and its last slot. */
typedef enum {
  VH_ROW_ROOT_KNOB,
  VH_ROW_BRIDGE_KNOB,
  VH_ROW_BUS,
  VH_ROW_DEVICE,
  VH_ROW_UNADDRESSED_HEADING,
  VH_ROW_UNADDRESSED,
  VH_ROW_SLOTS,
} VhRowKind;
typedef guint64 VhRowKey; /* made by vh_row_key_*(); 0: none */

/* Of the overview of domains. */
typedef enum {
  VH_COLUMN_NAME,
  VH_COLUMN_STATE,
  VH_COLUMN_MACHINE,
  VH_COLUMN_ROOT,
  VH_COLUMN_BRIDGE,
  VH_COLUMN_USED,
  VH_COLUMN_PCIE,
  VH_COLUMN_PCI,
  VH_COLUMN_FINDINGS,
  VH_N_COLUMNS,
} VhColumnId;

typedef struct {
  VhScreen screen;
  VhScreen before_help;
  VhPrompt prompt;
  VhRowKey cursor; /* main screen */
  guint row;       /* where that row was last: spares the search for it */
  guint top;       /* first visible row of the main screen */
  guint domain;    /* cursor of the overview, in the rows it shows */
  guint domain_top;
  char *domain_key; /* of the domain there; NULL none */
  VhColumnId sort;  /* of the overview */
  gboolean sort_reversed;
  GString *domain_search; /* "" none */
  GString *domain_filter; /* "" none */
  gboolean is_stale;      /* nothing can be kept up to date: the connection was lost */
  guint n_unread;         /* domains that are still to be read, or read again */
  guint compared;         /* cursor of the comparison, in the rows it shows */
  guint compared_top;
  gboolean only_different; /* of the comparison */
  guint fit;               /* cursor of what would fit */
  guint fit_top;
  guint entry; /* cursor of the history */
  guint entry_top;
  guint edit; /* cursor of the edits: so many steps done */
  guint edit_top;
  gboolean reverting; /* the write screen is about a revert, chosen in the history */
  guint scroll;       /* of write, help and findings screens, in lines */
  VhPane pane;
  guint reasons_scroll; /* of the pane */
  GHashTable *folded;   /* set of VhRowKey (guint64 *) */
  GString *search;      /* "" none */
  GString *filter;      /* "" none */
  GString *what_if;     /* as typed last */
  GString *answer;      /* typed to a prompt that keeps nothing */
  GHashTable *slots;    /* of buses whose free slots are rows: a set like `folded` */
  gboolean only_empty;  /* only slots and ports that are free */
  gboolean only_changed;
  gboolean only_findings;
  gboolean is_asking; /* the capabilities are asked for: what depends on them is not known yet */
  char *message;      /* NULL none */
  VhSeverity message_severity;
} VhView;

VhView *vh_view_new (void);
void vh_view_free (VhView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VhView, vh_view_free)
/* What is searched for, or filtered by, on the screen that shows. */
GString *vh_view_get_search (const VhView *view);
GString *vh_view_get_filter (const VhView *view);
void vh_view_set_message (VhView *view, VhSeverity severity, const char *message);
/* Does a filter or an only-… view leave rows out? */
gboolean vh_view_is_selective (const VhView *view);
/* Without filter, only-… views and search. */
void vh_view_show_all (VhView *view);
