# SPDX-License-Identifier: GPL-2.0-or-later
"""`show FILE --format=json` against reading the XML at all, and its growth; drawing a tree against lspci."""
import os
import subprocess

import documents
from measure import PROGRAM, costs_table, exponent, growth_table, in_turn, instructions, median, ratio

HERE = os.path.dirname(os.path.abspath(__file__))
SHOW, LINT, BARE = "show FILE --format=json", "xmllint --noout FILE", "bare_sax FILE"
LIBVIRT_MOST = 2000  # what 4 MiB of XML can carry
LARGE = 60000  # from here on the targets hold


def build_bare(folder):
    path = os.path.join(folder, "bare_sax")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"], stdout=subprocess.PIPE, text=True,
                           check=True).stdout.split()
    subprocess.run(["cc", "-O2", "-g", "-o", path, os.path.join(HERE, "bare_sax.c"), *flags], check=True)
    return path


def commands_for(bare, path):
    return {SHOW: [PROGRAM, "show", path, "--format=json"], LINT: ["xmllint", "--noout", path], BARE: [bare, path]}


def compare(table, figures, size, is_binding):
    """The targets are for the largest; what they come to for the largest that libvirt takes stands beside it."""
    table.add(f"{size:,} devices: CPU / xmllint", ratio(figures, SHOW, LINT, "cpu"), "",
              0.45 if is_binding else None, "show FILE --format=json; xmllint --noout FILE" if is_binding else "")
    table.add(f"{size:,} devices: CPU / bare push parse with positions", ratio(figures, SHOW, BARE, "cpu"), "",
              3.5 if is_binding else None, "show FILE --format=json; bare_sax FILE" if is_binding else "")
    table.add(f"{size:,} devices: peak memory / xmllint", ratio(figures, SHOW, LINT, "peak"), "",
              0.35 if is_binding else None)


def measure_growth(plan, table, bare, paths, empty):
    counts, cpu, columns = [], [], {"CPU ms": [], "million instructions": [], "peak MiB": []}
    start = instructions(commands_for(bare, empty)[SHOW])
    idle = in_turn(plan.runs, {SHOW: commands_for(bare, empty)[SHOW]})[SHOW]
    for path in paths.values():
        command = commands_for(bare, path)[SHOW]
        runs = in_turn(plan.runs, {SHOW: command})[SHOW]
        counts.append(instructions(command))
        cpu.append(median(run.cpu for run in runs))
        columns["CPU ms"].append(f"{1000 * cpu[-1]:.1f}")
        columns["million instructions"].append(f"{counts[-1] / 1e6:,.1f}")
        columns["peak MiB"].append(f"{median(run.peak for run in runs) / 1024:.1f}")
    sizes = list(paths)
    table.add("exponent over devices, instructions", exponent(sizes, [count - start for count in counts]), "", 1.05,
              "show FILE --format=json")
    large = [i for i, size in enumerate(sizes) if size >= 1000]
    if len(large) > 1:
        idle_cpu = median(run.cpu for run in idle)
        table.add("exponent over 1,000 devices and more, CPU",
                  exponent([sizes[i] for i in large], [cpu[i] - idle_cpu for i in large]), "", 1.05)
    table.note("Growth of `show FILE --format=json`; the exponents leave out what a domain without devices costs "
               f"({start / 1e6:.1f} million instructions, which is the start).")
    table.note(growth_table("devices", sizes, columns))


def measure_tree(plan, table, folder):
    """Drawing a tree of 500 devices."""
    dump, domain = os.path.join(folder, "lspci.dump"), os.path.join(folder, "tree.xml")
    documents.write_dump(dump, 500)
    with open(domain, "w", encoding="utf-8") as file:
        documents.write_domain(file, 3, most=500)
    commands = {"lspci -tv -F DUMP": ["lspci", "-tv", "-F", dump], "show FILE": [PROGRAM, "show", domain],
                "virsh --version": ["virsh", "--version"]}
    figures = in_turn(plan.runs, commands)
    table.note("A tree of 500 devices drawn; `virsh --version` is what loading the libraries costs:")
    table.note(costs_table(commands, figures, {name: instructions(each) for name, each in commands.items()}))


def measure(plan, table, folder):
    bare = build_bare(folder)
    paths = documents.make_domains(folder, plan.devices)
    empty = documents.make_domains(folder, (0,))[0]
    most = documents.make_domains(folder, (LIBVIRT_MOST,))
    for size, path in (*most.items(), (max(paths), paths[max(paths)])):
        commands = commands_for(bare, path)
        figures = in_turn(plan.runs, commands)
        counts = {name: instructions(command) for name, command in commands.items()}
        compare(table, figures, size, size > LARGE)
        table.note(f"{size:,} devices, {os.path.getsize(path) / 1e6:.1f} MB:")
        table.note(costs_table(commands, figures, counts))
        table.add(f"{size:,} devices: instructions / bare push parse", counts[SHOW] / counts[BARE])
    measure_growth(plan, table, bare, paths, empty)
    measure_tree(plan, table, folder)
