#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What the program prints as JSON is what the published schema says, and the schema can say no.

usage: test_json_schema.py FOLDER-OF-THE-TESTS, with VIRT_HOTPLUG in the environment
"""
import copy
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import tap

try:
    import jsonschema
except ImportError:
    jsonschema = None

HERE = sys.argv[1]
DATA = os.path.join(HERE, "..", "data")
DEMO = os.path.join(DATA, "demo")
DOMAINS = sorted(glob.glob(os.path.join(DEMO, "*.xml")) +
                 glob.glob(os.path.join(HERE, "fixtures", "domains", "*.xml")))
Q35 = os.path.join(DEMO, "q35-desktop.xml")
NUMA = os.path.join(DEMO, "q35-numa.xml")
CAPS = "--caps=" + os.path.join(DEMO, "qemu-7.2.caps")
UNREADABLE = {"empty.xml", "entity.xml", "not-a-domain.xml", "not-xml.xml", "truncated.xml"}

with open(os.path.join(DATA, "virt-hotplug.schema.json"), encoding="utf-8") as FILE:
    SCHEMA = json.load(FILE)


def close(node):
    """The schema without its openness: no fields and words but those that it names."""
    if isinstance(node, list):
        return [close(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: close(value) for key, value in node.items()}
    if "properties" in node:
        closed["additionalProperties"] = False
    if "examples" in node:
        closed["enum"] = node["examples"] + ([None] if "null" in node["type"] else [])
    return closed


def fault_of(schema, command, document):
    """The first fault, or None."""
    only = {"$ref": f"#/definitions/{command}", "definitions": schema["definitions"]}
    for error in jsonschema.Draft7Validator(only).iter_errors(document):
        return f"{'/'.join(str(step) for step in error.absolute_path)}: {error.message[:300]}"
    return None


def fault_in(command, document):
    """The first thing in it that the schema forbids, or does not name."""
    return fault_of(SCHEMA, command, document) or fault_of(close(SCHEMA), command, document)


def run(*words):
    with tempfile.TemporaryDirectory(prefix="vh-schema-") as folder:
        return in_folder(folder, *words)


def in_folder(folder, *words):
    env = dict(os.environ, LC_ALL="C.UTF-8", XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder)
    return subprocess.run([os.environ["VIRT_HOTPLUG"], *words], env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120, check=False)


def check(command, done):
    if not done.stdout:
        return f"nothing was printed: {done.stderr.decode()}"
    return fault_in(command, json.loads(done.stdout))


def case(command, *words):
    return lambda: check(command, run(command, *words, "--format=json"))


def every_domain():
    for path in DOMAINS:
        if os.path.basename(path) not in UNREADABLE:
            fault = check("show", run("show", path, "--format=json"))
            if fault:
                return f"{os.path.basename(path)}: {fault}"
    return None


def every_device():
    known = run("fit", Q35, "none").stderr.decode()
    for device in ("virtio-net", "e1000", "hostdev", "pcie-root-port", "qemu-xhci"):
        if device not in known:
            return f"{device} is not named in: {known}"
        for domain in (Q35, NUMA, os.path.join(DEMO, "i440fx-nested.xml")):
            fault = check("fit", run("fit", domain, device, CAPS, "--format=json"))
            if fault:
                return f"{device}: {fault}"
    return None


def history():
    with tempfile.TemporaryDirectory(prefix="vh-schema-") as folder:
        domain = os.path.join(folder, "domain.xml")
        shutil.copyfile(Q35, domain)
        in_folder(folder, "set", domain, CAPS, "--bridge=off", "--yes")
        done = in_folder(folder, "history", domain, "--format=json")
        if len(json.loads(done.stdout)["entries"]) != 1:
            return f"not one entry: {done.stdout.decode()}"
        return check("history", done)


def is_one_of_them():
    """The whole schema takes a document of each command, and none that is of no command."""
    # An old library looks for what "#" means below the id, which is no address.
    validator = jsonschema.Draft7Validator({word: value for word, value in SCHEMA.items() if word != "$id"})
    for command, words in [("show", [Q35]), ("check", [Q35]), ("fit", [Q35, "e1000"]), ("caps", [Q35])]:
        if not validator.is_valid(json.loads(run(command, *words, "--format=json").stdout)):
            return f"it refuses what {command} prints"
    return "it takes anything" if validator.is_valid({"format": 1, "program": "x"}) else None


def changed(document, path, value):
    """A copy with another value at the path; `...` takes it away."""
    other = copy.deepcopy(document)
    inner = other
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return other


# (where in `show`, the value there, is it still valid?)
CHANGES = [
    (["format"], 2, False),
    (["program"], ..., False),
    (["domain", "name"], None, False),
    (["machine", "version"], None, True),
    (["buses", 0, "index"], "0", False),
    (["buses", 0, "slots", "free"], -1, False),
    (["buses", 0, "slots", "free"], None, False),
    (["buses", 1, "hotplug", "used"], ..., False),
    (["buses", 1, "hotplug", "used"], "telepathy", True),
    (["buses", 1, "hotplug", "new"], {"field": 1}, True),
    (["buses", 1, "devices", 0, "unplug"], ["acpi"], False),
    (["findings"], {}, False),
]


def change(path, value, valid):
    def fault():
        document = json.loads(run("show", NUMA, "--format=json").stdout)
        found = fault_of(SCHEMA, "show", changed(document, path, value))
        return None if (found is None) == valid else found or "it was taken"
    return fault


CASES = [
    ("the schema is one", lambda: jsonschema.Draft7Validator.check_schema(SCHEMA)),
    ("show, of every domain", every_domain),
    ("show, as another machine", case("show", NUMA, "--machine=pc-q35-6.0")),
    ("show --live", case("show", "test", "--live", "-c", "test:///default")),
    ("list", case("list", "-c", "test:///default")),
    ("list of two connections", case("list", "-c", "test:///default", "-c", "test:///nowhere")),
    ("check of two connections", case("check", "--all", "-c", "test:///nowhere", "-c", "test:///default")),
    ("check, and what cannot be read",
     case("check", NUMA, "./nowhere.xml", os.path.join(HERE, "fixtures", "domains", "double-index.xml"))),
    ("fit", every_device),
    ("history", history),
    ("caps", case("caps", Q35, CAPS)),
    ("caps, where nothing is known", case("caps", Q35)),
    ("one schema for all", is_one_of_them),
] + [(f"{'/'.join(str(step) for step in path)} {'taken away' if value is ... else value}",
      change(path, value, valid)) for path, value, valid in CHANGES]


def checked(fault):
    def run_case():
        if jsonschema is None:
            raise tap.Skip("python3-jsonschema is not installed")
        return fault()
    return run_case


if __name__ == "__main__":
    sys.exit(tap.run([(name, checked(fault)) for name, fault in CASES]))
