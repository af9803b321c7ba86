#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The last line of ./check is what one trusts: it must not count wrong, nor hide a failure.

usage: test_count_results.py FOLDER-OF-THE-TESTS
"""
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

GOOD = {"name": "p:unit / a", "result": "OK", "stdout": "1..2\nok 1 /a\nok 2 /b\n"}
SKIPPED = {"name": "b", "result": "SKIP", "stdout": "1..1\nok 1 /c # SKIP no QEMU\n"}
CRASHED = {"name": "c", "result": "ERROR", "stdout": "1..2\nok 1 /a\n"}

# (name, tests in the log, is CI set, exit status, last line, something it says)
CASES = [
    ("cases of a TAP test count", [GOOD], False, 0, "2 passed, 0 failed, 0 skipped", ""),
    ("another test counts as one", [{"name": "floors", "result": "OK", "stdout": "fine\n"}], False,
     0, "1 passed, 0 failed, 0 skipped", ""),
    ("a failed case", [{"name": "a", "result": "FAIL", "stdout": "ok 1 /a\nnot ok 2 /b\n"}], False,
     1, "1 passed, 1 failed, 0 skipped", "failed: a: not ok 2 /b"),
    ("a crash after a good case", [CRASHED], False, 1, "1 passed, 1 failed, 0 skipped",
     "failed: c: error"),
    ("a time-out without a word", [{"name": "a", "result": "TIMEOUT"}], False,
     1, "0 passed, 1 failed, 0 skipped", "failed: a: timeout"),
    ("a build that failed", [GOOD, {"name": "build", "result": "BUILD FAILED"}], False,
     1, "2 passed, 1 failed, 0 skipped", "failed: build: build failed"),
    ("a skip is fine at home", [GOOD, SKIPPED], False, 0, "2 passed, 0 failed, 1 skipped",
     "skipped: b: ok 1 /c # SKIP no QEMU"),
    ("a skip is a fault in CI", [GOOD, SKIPPED], True, 1, "2 passed, 0 failed, 1 skipped",
     "error: "),
    ("a skipped script", [GOOD, {"name": "size", "result": "SKIP"}], True, 1,
     "2 passed, 0 failed, 1 skipped", "skipped: size"),
    ("an incomplete case is no pass", [GOOD, {"name": "a", "result": "OK",
                                              "stdout": "not ok 1 /x # TODO later\n"}], True,
     1, "2 passed, 0 failed, 1 skipped", "# TODO later"),
    ("nothing ran", [], False, 1, "0 passed, 0 failed, 0 skipped", ""),
    ("no log", None, False, 1, "0 passed, 1 failed, 0 skipped", "No such file"),
]


def count(tests, ci):
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log.json")
        if tests is not None:
            with open(log, "w", encoding="utf-8") as out:
                out.writelines(json.dumps(test) + "\n" for test in tests)
        environment = {k: v for k, v in os.environ.items() if k != "CI"}
        if ci:
            environment["CI"] = "true"
        done = subprocess.run([sys.executable, os.path.join(sys.argv[1], "count_results"), log],
                              capture_output=True, text=True, check=False, env=environment)
        return done.returncode, done.stdout + done.stderr


def case(tests, ci, status, last, told):
    def fault():
        got, output = count(tests, ci)
        good = got == status and output.splitlines()[-1] == last and told in output
        return None if good else f"{got}\n{output}"
    return fault


if __name__ == "__main__":
    sys.exit(tap.run([(row[0], case(*row[1:])) for row in CASES]))
