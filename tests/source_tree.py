# SPDX-License-Identifier: GPL-2.0-or-later
"""What the house checks share: finding sources and reading C without its comments."""
import os
import re

ROOMS = ("model", "model/io", "render", "tui", "tests")
DATA = ("fixtures", "golden", "scripts", "corpus", "subprojects")

_COMMENT_OR_TEXT = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)


def files(root, rooms=("model", "render", "tui", "tests"), ends=(".c", ".h", ".def")):
    """Paths below root, sorted, of the sources in the rooms; folders of test data are left out."""
    found = []
    for room in rooms:
        for folder, folders, names in os.walk(os.path.join(root, room)):
            folders[:] = sorted(f for f in folders if f not in DATA and not f.startswith("."))
            found += [os.path.relpath(os.path.join(folder, n), root)
                      for n in sorted(names) if n.endswith(tuple(ends))]
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as source:
        return source.read()


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(code):
    """The code with every comment blanked out; lines and columns stay."""
    def keep(match):
        text = match.group()
        return _blank(text) if text[0] == "/" else text
    return _COMMENT_OR_TEXT.sub(keep, code)


def bare(code):
    """The code with comments and the insides of literals blanked out; lines and columns stay."""
    def keep(match):
        text = match.group()
        return _blank(text) if text[0] == "/" else text[0] + _blank(text[1:-1]) + text[-1]
    return _COMMENT_OR_TEXT.sub(keep, code)


def line_of(code, position):
    return code.count("\n", 0, position) + 1


def report(name, problems, good):
    """Prints what was found; the exit status of the check."""
    for problem in problems:
        print(problem)
    print(f"{name}: {len(problems)} problems" if problems else f"{name}: {good}")
    return 1 if problems else 0
