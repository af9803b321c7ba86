#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Every finding has a page in docs/findings, which says what the program (VIRT_HOTPLUG) says, and whose examples hold.

usage: test_findings.py TESTS
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

# Found by `show --live --ask-qemu` alone, so that no document is an example of them.
LIVE = {"qemu-disagrees", "qemu-replaced"}


def rules(top):
    """Word -> (sentence, evidence), in the order of the file; a row is VH_RULE_ROW (ID, "word", N_ ("sentence"), "evidence")."""
    with open(os.path.join(top, "model", "rules.def"), encoding="utf-8") as file:
        rows = re.sub(r"\bN_ \(((?:\s*\"(?:[^\"\\]|\\.)*\")+)\)", r"\1", file.read()).split("VH_RULE_ROW (")[1:]
    found = {}
    for row in rows:
        fields = re.match(r"\w+((?:,\s*(?:\"(?:[^\"\\]|\\.)*\"\s*)+){3})\)", row).group(1)
        word, sentence, evidence = ("".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", field)) for field in
                                    re.findall(r",\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)", fields))
        found[word] = (sentence, evidence)
    return found


def sources(top):
    """The rules that are findings somewhere in the sources, by their words."""
    used = set()
    for name in os.listdir(os.path.join(top, "model")):
        if re.match(r"(check.*|answers)\.c$", name):
            with open(os.path.join(top, "model", name), encoding="utf-8") as file:
                used |= set(re.findall(r"VH_RULE_([A-Z0-9_]+)", file.read()))
    return {word.lower().replace("_", "-") for word in used}


def page(top, word):
    path = os.path.join(top, "docs", "findings", word + ".md")
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def check(options, document):
    """Word -> severity of the findings of a document."""
    with tempfile.NamedTemporaryFile("w", suffix=".xml", encoding="utf-8") as file:
        file.write(document)
        file.flush()
        answer = subprocess.run([os.environ["VIRT_HOTPLUG"], *options, "check", file.name, "--format=json"],
                                capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    result = json.loads(answer.stdout)["results"][0]
    return {finding["rule"]: finding["severity"] for finding in result["findings"] or []}


def examples(text):
    """The options of the command of a page, and its documents."""
    command = re.search(r"^    virt-hotplug (.*)check \./domain\.xml$", text, re.M)
    return command.group(1).split() if command else [], re.findall(r"^```xml\n(.*?)^```$", text, re.M | re.S)


def judge(word, text, sentence, evidence):
    """What is wrong with a page; nothing when it is right."""
    severity = re.match(r"# %s\n\n\*\*(error|warning|note).*?\*\*: (.*)$" % re.escape(word), text, re.M)
    if not severity:
        return "the page does not begin with its name and severity"
    if severity.group(2) != sentence or not text.endswith("## How it is known\n\n%s\n" % evidence):
        return "the page does not say what model/rules.def says"
    options, documents = examples(text)
    if word in LIVE:
        return "" if not documents else "it has an example"
    shown = check(options, documents[0]) if documents else {}
    if shown.get(word) != severity.group(1):
        return "the example has %s" % (shown or "no finding")
    if len(documents) > 1 and word in check(options, documents[1]):
        return "the cure does not cure"
    return ""


def main():
    top = os.path.dirname(os.path.abspath(sys.argv[1]))
    known = rules(top)
    found = sources(top)
    pages = {name[:-3] for name in os.listdir(os.path.join(top, "docs", "findings"))} - {"README"}
    listed = set(re.findall(r"^\| \[([a-z0-9-]+)\]\(\1\.md\) \|", page(top, "README"), re.M))
    cases = [("the page of " + word, lambda word=word: judge(word, page(top, word), *known[word]))
             for word in sorted(found)]
    cases += [("no page of anything else", lambda: " ".join(sorted(pages - found))),
              ("the list of pages", lambda: " ".join(sorted(listed ^ pages)))]
    return tap.run(cases)


if __name__ == "__main__":
    sys.exit(main())
