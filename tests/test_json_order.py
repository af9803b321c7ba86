#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The order of what is printed for programs: the same in every run, wherever memory lies, and in whatever order
a domain, a recording or a host says the same things.

usage: test_json_order.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

HERE = sys.argv[1]
PROGRAM = os.environ["VIRT_HOTPLUG"]
DATA = os.path.join(HERE, "..", "data")
DEMO = os.path.join(DATA, "demo")
FOLDER = tempfile.mkdtemp(prefix="vh-order-")
NUMA = os.path.join(DEMO, "q35-numa.xml")
CONTRADICTING = os.path.join(DEMO, "contradicting.xml")
CAPS = os.path.join(DEMO, "qemu-7.2.caps")
DOMAINS = sorted(glob.glob(os.path.join(DEMO, "*.xml")))
# Everything in them has an address: libvirt gives the others theirs in the order of the text.
ADDRESSED = [NUMA, CONTRADICTING, os.path.join(DEMO, "i440fx-nested.xml"), os.path.join(DEMO, "q35-desktop.xml")]
SEVERITIES = ["error", "warning", "note"]
# Where allocations lie, and what is in fresh memory: a table by addresses would be walked in another order.
MEMORY = [{}, {"MALLOC_MMAP_THRESHOLD_": "1"}, {"MALLOC_TOP_PAD_": "1048576", "MALLOC_PERTURB_": "85"},
          {"MALLOC_MMAP_THRESHOLD_": "1024", "MALLOC_PERTURB_": "170"}, {"LC_ALL": "C"}, {"VH_PADDING": "x" * 40000}]

with open(os.path.join(DATA, "virt-hotplug.schema.json"), encoding="utf-8") as FILE:
    SCHEMA = json.load(FILE)


def run(*words, env=None):
    environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=os.path.join(FOLDER, "state"),
                       XDG_CACHE_HOME=os.path.join(FOLDER, "cache"))
    return subprocess.run([PROGRAM, *words], env={**environment, **(env or {})}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120, check=False)


def printed(*words, env=None):
    done = run(*words, env=env)
    if done.returncode not in (0, 3) or not done.stdout:
        raise RuntimeError(f"{words}: exit status {done.returncode}: {done.stderr}")
    return done.stdout


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def written(name, text):
    path = os.path.join(FOLDER, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def orders(items):
    """The other way round, and three ways of no order at all."""
    yield items[::-1]
    for seed in range(3):
        other = list(items)
        random.Random(seed).shuffle(other)
        yield other


# ---- the fields of an object, and the elements of an array ----

def with_fields(schema):
    """The schema of an object, through references and alternatives."""
    if "$ref" in schema:
        return with_fields(SCHEMA["definitions"][schema["$ref"].rpartition("/")[2]])
    found = [with_fields(other) for other in schema.get("anyOf", [])]
    return next((other for other in found if "properties" in other or "items" in other), schema)


def fault_of_fields(node, schema, path=""):
    """The first object whose fields are not in the order of the schema."""
    schema = with_fields(schema)
    if isinstance(node, list):
        below = [(item, schema.get("items", {}), f"{path}/{i}") for i, item in enumerate(node)]
    elif isinstance(node, dict):
        fields = schema.get("properties", {})
        if list(node) != [field for field in fields if field in node]:
            return f"{path}: {list(node)}, not as {list(fields)}"
        below = [(value, fields[name], f"{path}/{name}") for name, value in node.items()]
    else:
        below = []
    return next(filter(None, (fault_of_fields(*row) for row in below)), None)


def fault_of_arrays(tree):
    """Buses by index, devices by address, findings by severity, bus and rule."""
    indexes = [bus["index"] for bus in tree["buses"] if bus["index"] is not None]
    if indexes != sorted(indexes):
        return f"buses {indexes}"
    for bus in tree["buses"]:
        addresses = [device["address"] for device in bus["devices"]]
        if addresses != sorted(addresses):
            return f"bus {bus['index']}: devices {addresses}"
        if bus["hotplug"]["offered"] != [word for word in ("acpi", "native", "shpc", "papr", "sclp")
                                         if word in bus["hotplug"]["offered"]]:
            return f"bus {bus['index']}: offered {bus['hotplug']['offered']}"
    ranks = [(SEVERITIES.index(finding["severity"]), -1 if finding["bus"] is None else finding["bus"])
             for finding in tree["findings"]]
    return f"findings {ranks}" if ranks != sorted(ranks) else None


COMMANDS = [
    ("show", [NUMA]), ("show", [CONTRADICTING, "--caps=" + CAPS]), ("check", DOMAINS), ("caps", [NUMA]),
    ("caps", [NUMA, "--caps=" + CAPS]), ("fit", [NUMA, "e1000", "--caps=" + CAPS]),
    ("show", ["test", "--live", "-c", "test:///default"]), ("list", ["-c", "test:///default"]),
    ("list", ["-c", "test:///default", "-c", "test:///default"]),
]


def as_the_schema():
    for command, words in COMMANDS:
        tree = json.loads(printed(command, *words, "--format=json"))
        fault = fault_of_fields(tree, SCHEMA["definitions"][command])
        if fault:
            return f"{command} {words}: {fault}"
    return None


def history_as_the_schema():
    path = written("history.xml", read(NUMA))
    for value in ("off", "on", "off"):
        run("set", path, f"--bridge={value}", "--caps=" + CAPS, "--yes")
    tree = json.loads(printed("history", path, "--format=json"))
    times = [entry["entry"] for entry in tree["entries"]]
    fault = fault_of_fields(tree, SCHEMA["definitions"]["history"])
    return fault or (None if len(times) == 3 and times == sorted(times, reverse=True) else f"entries {times}")


def sorted_arrays():
    for path in DOMAINS + sorted(glob.glob(os.path.join(HERE, "fixtures", "domains", "*.xml"))):
        done = run("show", path, "--format=json")
        fault = fault_of_arrays(json.loads(done.stdout)) if done.stdout else None
        if fault:
            return f"{path}: {fault}"
    return None


def refuses_others():
    """What this test takes for right order is not any order."""
    tree = json.loads(printed("show", CONTRADICTING, "--caps=" + CAPS, "--format=json"))
    turned = json.loads(json.dumps(tree))
    turned["buses"][1]["hotplug"] = dict(reversed(turned["buses"][1]["hotplug"].items()))
    if not fault_of_fields(turned, SCHEMA["definitions"]["show"]):
        return "fields of a bus may stand in any order"
    for key in ("buses", "findings"):
        if len(tree[key]) < 2 or not fault_of_arrays(dict(tree, **{key: tree[key][::-1]})):
            return f"{key} may stand in any order"
    return None


# ---- the same bytes ----

def every_run():
    for command, words in COMMANDS:
        texts = {printed(command, *words, "--format=json", env=env) for env in MEMORY}
        if len(texts) != 1:
            return f"{command} {words}: {len(texts)} texts"
    return None


def dry_run_every_run():
    """`set` has no JSON; what --dry-run and the --print options print stays the same, too."""
    for option in ("--dry-run", "--print-diff", "--print-xml", "--print-svg", "--print-dot"):
        texts = {printed("set", NUMA, "--caps=" + CAPS, "--policy=forbid", "--spare-ports=4", option, env=env)
                 for env in MEMORY}
        if len(texts) != 1:
            return f"{option}: {len(texts)} texts"
    return None


def turned_domain(text, order):
    """The domain with its devices in another order."""
    begin, end = text.index("<devices>") + len("<devices>"), text.index("\n  </devices>")
    spans = [match.group(0) for match in
             re.finditer(r"\n    <(\w+)(?:[^>]*/>|[^>]*>.*?</\1>(?=\n    <|\Z))", text[begin:end], re.S)]
    if "".join(spans) != text[begin:end]:
        raise RuntimeError("the devices were not found")
    return text[:begin] + "".join(order(spans)) + text[end:]


def texts_of_domain(path):
    text = read(path)
    yield text
    for i in range(4):
        yield turned_domain(text, lambda spans, i=i: list(orders(spans))[i])


def any_order_of_devices():
    for path in ADDRESSED:
        for words in (["show"], ["check"], ["fit", "e1000"]):
            found = set()
            for text in texts_of_domain(path):
                domain = written("turned.xml", text)
                found.add(printed(words[0], domain, *words[1:], "--caps=" + CAPS, "--format=json"))
            if len(found) != 1:
                return f"{words} of {path}: {len(found)} texts"
    return None


def any_order_of_a_recording():
    parts = re.split(r"(?m)^(?=\[)", read(CAPS))
    groups = [group.rstrip("\n").split("\n") for group in parts[1:]]
    found = {printed("caps", NUMA, "--caps=" + CAPS, "--format=json").replace(CAPS, "RECORDING")}
    for other in orders(groups):
        text = "\n".join("\n".join([group[0], *order, ""]) for group in other
                         for order in [next(orders(group[1:]))])
        path = written("turned.caps", text)
        found.add(printed("caps", NUMA, "--caps=" + path, "--format=json").replace(path, "RECORDING"))
    return None if len(found) == 1 else f"{len(found)} texts: {found}"


DOMAIN = """<domain type='test'><name>{name}</name><uuid>8d3f6a20-5c1e-4b7a-9e44-5254000001{number:02}</uuid>
<memory>65536</memory><os><type>hvm</type></os></domain>
"""


def host(names):
    """The URI of a host on which the domains came in this order."""
    numbers = sorted(names)
    domains = "".join(DOMAIN.format(name=name, number=numbers.index(name)) for name in names)
    return "test://" + written("host.xml", f"<node>{domains}</node>")


def any_order_of_domains():
    """By name, whatever was defined first."""
    names = ["b", "a-2", "a-10", "A", "c", "ä"]
    found = {}
    for order in [names, *orders(names)]:
        uri = host(order)
        for words in (["list"], ["check", "--all"]):
            text = printed("-c", uri, *words, "--format=json")
            rows = [row["domain"]["name"] for row in next(iter(
                value for value in json.loads(text).values() if isinstance(value, list)))]
            if rows != sorted(names):
                return f"{words}: {rows}"
            found.setdefault(words[0], set()).add(text)
        told = run("-c", uri, "set", "--all", "--root=default", "--dry-run", "--keep-going").stderr
        done = [line[:-1] for line in told.splitlines() if line[:-1] in names]
        if done != sorted(names):
            return f"set --all: {told}"
    return next((f"{command}: {len(texts)} texts" for command, texts in found.items() if len(texts) != 1), None)


def operands_stay():
    """`check` of targets is in the order in which they were given."""
    for order in [DOMAINS, *orders(DOMAINS)]:
        results = json.loads(printed("check", *order, "--format=json"))["results"]
        if [row["domain"]["source"] for row in results] != order:
            return f"{[row['domain']['source'] for row in results]}"
    return None


CASES = [
    ("fields are in the order of the schema", as_the_schema),
    ("so are those of the history, the newest first", history_as_the_schema),
    ("buses, devices and findings are sorted", sorted_arrays),
    ("another order is noticed", refuses_others),
    ("the same bytes wherever memory lies", every_run),
    ("the same bytes of a change that is only shown", dry_run_every_run),
    ("the same bytes for any order of devices", any_order_of_devices),
    ("the same bytes for any order of a recording", any_order_of_a_recording),
    ("the same bytes for any order of domains", any_order_of_domains),
    ("targets stay in their order", operands_stay),
]


def guarded(case):
    def attempt():
        try:
            return case()
        except RuntimeError as fault:
            return str(fault)
    return attempt


try:
    sys.exit(tap.run([(name, guarded(case)) for name, case in CASES]))
finally:
    shutil.rmtree(FOLDER)
