# SPDX-License-Identifier: GPL-2.0-or-later
"""Test programs in Python speak TAP, as those in C do."""


class Skip(Exception):
    """Raised by a case that cannot run here; the text says what is missing."""


def outcome(case):
    """("ok" or "not ok", directive, what to tell) of a case: a function that returns the fault."""
    try:
        fault = case()
    except Skip as reason:
        return "ok", f" # SKIP {reason}", ""
    return ("not ok", "", str(fault)) if fault else ("ok", "", "")


def skip(reason):
    """Instead of run(): nothing can be tested here. A reason of several lines would break TAP."""
    print("1..0 # SKIP", " ".join(str(reason).split()))
    return 0


def fault(reason):
    """Instead of run(): what is to be tested could not be got ready."""
    return run([("it is got ready", lambda: reason)])


def run(cases):
    """Runs (name, case) pairs; the exit status."""
    print(f"1..{len(cases)}")
    failed = False
    for number, (name, case) in enumerate(cases, 1):
        word, directive, told = outcome(case)
        failed = failed or word != "ok"
        print(f"{word} {number} {name}{directive}")
        for line in told.splitlines():
            print("#", line)
    return 1 if failed else 0
