# SPDX-License-Identifier: GPL-2.0-or-later
"""What a run showed, as numbers: a line of JSON a case, and the report made of them."""
import collections
import json

KINDS = {"named": "named cases", "pair": "generated pairs", "random": "random topologies",
         "recorded": "recorded domains"}


def row(name, kind, verdict, found):
    return {"name": name, "kind": kind, "buses": verdict.buses, "wrong": verdict.wrong,
            "unknown": verdict.unknown, "once": verdict.once, "attached": verdict.attached, "devices": verdict.devices,
            "chosen": verdict.chosen,
            "complaints": len(verdict.complaints), "rules": verdict.rules, "seconds": found["seconds"],
            "kernel": found["kernel"], "versions": found["versions"]}


def write(path, line):
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def read(paths):
    """The last line of each case counts."""
    rows = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                rows[json.loads(line)["name"]] = json.loads(line)
    return list(rows.values())


def total(rows, key):
    return sum(entry[key] for entry in rows)


def numbers(rows):
    """One line."""
    cases = [entry for entry in rows if entry["kind"] != "random"]
    buses, wrong = total(rows, "buses"), total(rows, "wrong")
    return (f"{buses - wrong} of {buses} buses right ({total(rows, 'unknown')} of them called unknown, "
            f"{total(rows, 'once')} told to take one plug and no more), over {len(cases)} cases and "
            f"{len(rows) - len(cases)} random topologies; attach and detach tried on "
            f"{total(rows, 'attached')} buses, detach of {total(rows, 'devices')} devices, "
            f"libvirt's choice of a slot {total(rows, 'chosen')} times")


def table(rows):
    lines = ["| kind | cases | wrong cases | buses | wrong buses | attached | detached devices | slots chosen | "
             "minutes |",
             "|---|---|---|---|---|---|---|---|---|"]
    for kind, title in KINDS.items():
        some = [entry for entry in rows if entry["kind"] == kind]
        if some:
            lines.append(f"| {title} | {len(some)} | {sum(entry['complaints'] > 0 for entry in some)} | "
                         f"{total(some, 'buses')} | {total(some, 'wrong')} | {total(some, 'attached')} | "
                         f"{total(some, 'devices')} | {total(some, 'chosen')} | {total(some, 'seconds') / 60:.0f} |")
    return lines


def report(rows):
    """The report of a campaign, in Markdown."""
    versions = sorted({(*entry["versions"], entry["kernel"]) for entry in rows})
    shown = collections.Counter(rule for entry in rows for rule in entry["rules"])
    return "\n".join([
        numbers(rows) + ".", "",
        *(f"libvirt {libvirt}, QEMU {qemu}, guest Linux {kernel}." for libvirt, qemu, kernel in versions), "",
        *table(rows), "", "Rules that were reasons of right buses, and in how many cases:", "",
        ", ".join(f"{rule} {count}" for rule, count in sorted(shown.items())) + "."])
