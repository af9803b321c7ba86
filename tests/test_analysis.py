#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""check_hardening must be able to fail: each is shown one fault.

usage: test_analysis.py FOLDER-OF-THE-CHECKS
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

CHECKS = os.path.abspath(sys.argv[1])

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


def cases():
    for name, options, number in WEAK:
        if number != 7 or os.uname().machine == "x86_64":
            yield f"hardening: a program {name}", without(options, number)


if __name__ == "__main__":
    sys.exit(tap.run(list(cases())))
