#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The house checks must be able to fail: each is run on a small tree with one fault.

usage: test_checks.py FOLDER-OF-THE-CHECKS
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

LICENSE = "/* SPDX-License-Identifier: GPL-2.0-or-later */\n"
BODY = "  x++;\n"


def function(lines=3, parameters="int x", body=BODY, name="f"):
    """A function of so many lines, counted from its name to its closing brace."""
    return f"{LICENSE}static int\n{name} ({parameters})\n{{\n{body * (lines - 3)}}}\n"


def deep(levels):
    return "".join(f"{'  ' * n}if (x)\n" for n in range(1, levels + 1)) + "  x++;\n"


# (name, check, the faulty files, what the check says; None: it finds nothing)
CASES = [
    ("a clean tree stands", "check_floors", {
        "model/a.h": LICENSE + "#include <glib.h>\n",
        "model/a.c": LICENSE + '#include "a.h"\n#include <string.h>\n#include "config.h"\n',
        "tui/b.c": LICENSE + '#include "model/a.h"\n/* stdout, exit (1), #include <x.h> */\n'},
     None),
    ("the model may not see curses", "check_floors",
     {"model/a.c": LICENSE + "#include <curses.h>\n"},
     "model/a.c:2: model/ may not include curses.h"),
    ("only document.c sees libxml2", "check_floors",
     {"model/a.c": LICENSE + "#include <libxml/parser.h>\n",
      "model/document.c": LICENSE + "#include <libxml/parser.h>\n"},
     "model/a.c:2: model/ may not include libxml/parser.h"),
    ("a floor does not look up", "check_floors",
     {"render/a.h": LICENSE, "model/a.c": LICENSE + '#include "render/a.h"\n'},
     "model/a.c:2: model/ may not include render/a.h"),
    ("the model does not look into io", "check_floors",
     {"model/io/a.h": LICENSE, "render/a.c": LICENSE + '#include "model/io/a.h"\n'},
     "render/a.c:2: render/ may not include model/io/a.h"),
    ("headers are followed", "check_floors",
     {"model/a.h": LICENSE + "#include <libxml/tree.h>\n",
      "render/b.c": LICENSE + '#include "model/a.h"\n'},
     "render/b.c:2: render/ may not include libxml/tree.h (by model/a.h)"),
    ("libvirt has one home", "check_floors",
     {"model/io/worker.c": LICENSE + "#include <libvirt/libvirt.h>\n",
      "model/io/source_libvirt.c": LICENSE + "#include <libvirt/libvirt.h>\n"},
     "model/io/worker.c:2: model/io/ may not include libvirt/libvirt.h"),
    ("curses has one home", "check_floors",
     {"tui/app.c": LICENSE + "#include <curses.h>\n",
      "tui/term.c": LICENSE + "#include <curses.h>\n"},
     "tui/app.c:2: tui/ may not include curses.h"),
    ("own header first", "check_floors",
     {"model/a.h": LICENSE, "model/a.c": LICENSE + '#include <glib.h>\n#include "a.h"\n'},
     "model/a.c:1: includes its own header first"),
    ("the model does not print", "check_floors",
     {"model/a.c": LICENSE + 'void f (void)\n{\n  g_print ("x");\n}\n'}, "model/a.c:4: g_print"),
    ("the model has no stdout", "check_floors",
     {"model/a.c": LICENSE + "void *f = stdout;\n"}, "model/a.c:2: stdout"),
    ("the model does not ask the environment", "check_floors",
     {"model/a.c": LICENSE + 'void *f = g_getenv ("x");\n'}, "model/a.c:2: g_getenv"),
    ("the model has no clock", "check_floors",
     {"render/a.c": LICENSE + "int f = time (NULL);\n"}, "render/a.c:2: time"),
    ("a member may be called time", "check_floors",
     {"model/a.c": LICENSE + "int f = x.time (1) + x->read (2) + sometime (3);\n"}, None),
    ("a parameter may be called read", "check_floors",
     {"model/a.c": LICENSE + "int f (int (*read) (int))\n{\n  return read (1);\n}\n"}, None),
    ("a call of read is not let off", "check_floors",
     {"model/a.c": LICENSE + "int f (int (*reads) (int))\n{\n  return read (1);\n}\n"},
     "model/a.c:4: read"),
    ("the model does not ask for a terminal", "check_floors",
     {"model/a.c": LICENSE + "int f = isatty (1);\n"}, "model/a.c:2: isatty"),
    ("nobody ends below main", "check_floors",
     {"tui/a.c": LICENSE + "int f = exit (1);\n", "tui/main.c": LICENSE + "int f = exit (1);\n"},
     "tui/a.c:2: exit"),
    ("no goto", "check_floors", {"tui/a.c": LICENSE + "  goto out;\n"}, "tui/a.c:2: goto"),
    ("no mutex", "check_floors", {"model/io/a.h": LICENSE + "GMutex m;\n"},
     "model/io/a.h:2: GMutex"),
    ("every file names its licence", "check_floors", {"model/a.def": "ROW (1)\n"},
     "model/a.def:1:"),
    ("scripts name it too", "check_floors", {"check": "#!/bin/sh\n"}, "check:1:"),

    ("60 lines stand", "check_size", {"model/a.c": function(10), "model/b.c": function(10),
                                      "model/c.c": function(60)}, "90th percentile 60"),
    ("61 lines do not", "check_size", {"tests/a.c": function(61)}, "tests/a.c:3: f: 61 lines, 60"),
    ("a median of 14 stands", "check_size", {"model/a.c": function(14)}, None),
    ("a median of 15 does not", "check_size", {"model/a.c": function(15)}, "program: median 15"),
    ("tests do not sweeten the median", "check_size",
     {"model/a.c": function(15), "tests/a.c": function(3), "tests/b.c": function(3)},
     "program: median 15"),
    ("a 90th percentile of 41 does not stand", "check_size",
     {**{f"model/{n}.c": function(5) for n in range(8)}, "model/x.c": function(41),
      "model/y.c": function(41)}, "90th percentile 41"),
    ("one long function in ten stands", "check_size",
     {**{f"model/{n}.c": function(5) for n in range(9)}, "model/y.c": function(60)}, None),
    ("five parameters stand", "check_size",
     {"model/a.c": function(parameters="int x, int (*y) (int, int), int c, int d, int e")}, None),
    ("six do not", "check_size", {"model/a.c": function(
        parameters="int x, int b, int c, int d, int e, int f")}, "f: 6 parameters, 5"),
    ("the parameters of a callback are the library's", "check_size",
     {"model/a.c": function(parameters="int x, int b, int c, int d, int e, int f", name="on_f")},
     None),
    ("only a static function is a callback", "check_size",
     {"model/a.c": function(parameters="int x, int b, int c, int d, int e, int f", name="on_f")
                   .replace("static ", "")}, "on_f: 6 parameters, 5"),
    ("three levels stand", "check_size", {"model/a.c": function(4, body=deep(3))}, None),
    ("four do not", "check_size",
     {"model/a.c": function(4, body=deep(4))}, "f: 4 levels of nesting, 3"),
    ("braces, loops and switches nest", "check_size", {"model/a.c": function(4, body="""
  for (;;) { while (x) { switch (x) { case 1: do x--; while (x); default: x++; } } }
""")}, "f: 4 levels of nesting, 3"),
    ("else if does not nest", "check_size", {"model/a.c": function(
        4, body="  if (x) x++;\n" + "  else if (x) x++;\n" * 5 + "  else x++;\n")}, None),
    ("an initialiser does not nest", "check_size", {"model/a.c": function(
        4, body="  int y[1][1][1][1] = { { { { 1 } } } };\n  if (x) x++;\n")}, None),
    ("a macro line hides no function", "check_size",
     {"model/a.c": LICENSE + "G_DEFINE_AUTOPTR_CLEANUP_FUNC (T, t_free)\n"
      + function(61)[len(LICENSE):]}, "model/a.c:4: f: 61 lines"),
    ("400 lines stand", "check_size", {"model/a.c": "\n" * 400}, None),
    ("401 do not", "check_size", {"model/a.c": "\n" * 401}, "model/a.c: 401 lines, 400"),
    ("a table may be long", "check_size", {"model/a.def": "\n" * 401}, None),
    ("120 lines of header stand", "check_size",
     {"model/a.h": "/* x\n */\n" * 50 + "int x;\n" * 120}, None),
    ("121 do not", "check_size",
     {"model/a.h": "int x;\n" * 121}, "model/a.h: 121 lines without comments, 120"),
]


def run(check, files):
    """(exit status, output) of the check on a tree of these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)) or root, exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as out:
                out.write(text)
        done = subprocess.run([sys.executable, os.path.join(sys.argv[1], check), root],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


def case(check, files, expected):
    def fault():
        status, output = run(check, files)
        if status == 77:
            raise tap.Skip(output.strip())
        good = status == 0 if expected is None else status == 1 and expected in output
        return None if good else output or "it found nothing"
    return fault


if __name__ == "__main__":
    sys.exit(tap.run([(f"{check}: {name}", case(check, files, expected))
                      for name, check, files, expected in CASES]))
