#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_analysis, check_shell and check_hardening must be able to fail: each is shown one fault.

usage: test_analysis.py FOLDER-OF-THE-CHECKS
"""
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

CHECKS = os.path.abspath(sys.argv[1])

# (tool, what is the matter, the function, what is said of it; None: nothing)
SEEDS = [
    ("tidy", "strcmp and a number", "int f (const char *x)\n{ return strcmp (x, \"x\") == 7; }",
     "bugprone-suspicious-string-compare"),
    ("tidy", "both sides are the same", "gboolean f (int x)\n{ return x == 3 || x == 3; }",
     "misc-redundant-expression"),
    ("paths", "a path through NULL", "int f (int x)\n{ int *y = x ? &x : NULL; return *y; }",
     "clang-analyzer-core.NullDereference"),
    ("tidy", "else after return", "int f (int x)\n{ if (x) return 1; else x++; return x; }",
     "readability-else-after-return"),
    ("tidy", "two numbers may be swapped", "int f (int x, int y)\n{ return x - y; }", None),
    ("cppcheck", "an index too high", "int f (void)\n{ int x[4] = { 0 }; return x[4]; }",
     "arrayIndexOutOfBounds"),
    ("cppcheck", "a leak", "void f (void)\n{ char *x = g_strdup (\"x\"); puts (x); }", "memleak"),
    ("cppcheck", "an array takes a copy", "typedef struct { char *x; } T;\n"
     "void f (GArray *a)\n{ T t = { g_strdup (\"x\") }; g_array_append_val (a, t); }", None),
    ("analyzer", "freed twice", "void f (void)\n{ char *x = malloc (4); free (x); free (x); }",
     "analyzer-double-free"),
    ("analyzer", "a file is left open", "void f (void)\n{ FILE *x = fopen (\"x\", \"r\"); getc (x); }",
     "analyzer-file-leak"),
    ("analyzer", "a path through NULL", "int f (int x)\n{ int *y = x ? &x : NULL; return *y; }",
     "analyzer-null-dereference"),
    ("analyzer", "a failed assertion ends a test",
     "int f (int x)\n{ int *y = x ? &x : NULL; g_assert_nonnull (y); return *y; }", None),
]
SCRIPTS = [
    ("shell", "a word that is split", "#!/bin/sh\nrm $1\n", "SC2086"),
    ("shell", "a script that is well", "#!/bin/sh\nrm \"$1\"\n", None),
    ("python", "a name that nobody knows", "#!/usr/bin/env python3\nprint(x)\n", "undefined name"),
    ("python", "a script that is well", "#!/usr/bin/env python3\nprint(1)\n", None),
]
HEADERS = "#include <glib.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"

# A program with a buffer on its stack and a copy into it.
PROGRAM = """
#include <stdio.h>
#include <string.h>
int main (int argc, char **argv)
{
  char text[16];
  strcpy (text, argv[argc - 1]);
  return puts (text);
}
"""
HARDENED = ["-O2", "-fPIE", "-pie", "-fstack-protector-strong", "-U_FORTIFY_SOURCE",
            "-D_FORTIFY_SOURCE=2", "-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack"]

# (what is missing, the options that leave it out, the number of the case that fails)
WEAK = [
    ("that lacks nothing", [], None),
    ("without a load address", ["-fno-PIE", "-no-pie"], 1),
    ("without read-only tables", ["-Wl,-z,norelro"], 2),
    ("without early binding", ["-Wl,-z,lazy"], 3),
    ("without a stack that holds data alone", ["-Wl,-z,execstack"], 4),
    ("without a guard", ["-fno-stack-protector"], 5),
    ("without checked copies", ["-U_FORTIFY_SOURCE"], 6),
    ("without marked targets of jumps", ["-fcf-protection=none"], 7),
]


def failed_cases(output):
    return [int(line.split()[2]) for line in output.splitlines() if line.startswith("not ok")]


def jumps():
    """How targets of jumps are marked on this machine."""
    return {"x86_64": ["-fcf-protection=full"],
            "aarch64": ["-mbranch-protection=standard"]}.get(os.uname().machine, [])


def without(options, number):
    def fault():
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "a")
            subprocess.run(["gcc", "-x", "c", "-", "-w", "-o", program, *HARDENED, *jumps(), *options],
                           input=PROGRAM, text=True, check=True)
            done = subprocess.run([os.path.join(CHECKS, "check_hardening"), program],
                                  stdout=subprocess.PIPE, text=True, check=False)
            wanted = [number] if number else []
            good = failed_cases(done.stdout) == wanted and bool(done.returncode) == bool(wanted)
            return None if good else done.stdout
    return fault


def database(folder, function):
    """A build with one source."""
    build, source = os.path.join(folder, "build"), os.path.join(folder, "a.c")
    flags = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], check=True, text=True,
                           stdout=subprocess.PIPE).stdout
    os.mkdir(build)
    with open(source, "w", encoding="utf-8") as out:
        out.write(f"{HEADERS}{function}\n")
    with open(os.path.join(build, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump([{"directory": build, "file": "../a.c", "command": f"gcc -std=c17 {flags}"}], out)
    return build


def script(folder, text):
    with open(os.path.join(folder, "a"), "w", encoding="utf-8") as out:
        out.write(text)
    return folder


def seed(write, tool, text, words):
    def fault():
        with tempfile.TemporaryDirectory() as folder:
            told = write(folder, text)
            command = ["check_shell", folder] if tool == "shell" else ["check_analysis", tool, told, folder]
            done = subprocess.run([os.path.join(CHECKS, command[0]), *command[1:]],
                                  stdout=subprocess.PIPE, text=True, check=False)
            if done.returncode == 77:
                raise tap.Skip(done.stdout.strip())
            good = done.returncode == 1 and words in done.stdout if words else not done.returncode
            return None if good else done.stdout or "nothing was said"
    return fault


def cases():
    for tool, name, function, words in SEEDS:
        yield f"{tool}: {name}", seed(database, tool, function, words)
    for tool, name, text, words in SCRIPTS:
        yield f"{tool}: {name}", seed(script, tool, text, words)
    for name, options, number in WEAK:
        if number != 7 or os.uname().machine == "x86_64":
            yield f"hardening: a program {name}", without(options, number)


if __name__ == "__main__":
    sys.exit(tap.run(list(cases())))
