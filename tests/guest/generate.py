# SPDX-License-Identifier: GPL-2.0-or-later
"""Plans nobody thought of: topologies at random by a seed, and a set in which every pair of settings occurs."""
import itertools
import random

import plan as plans

VERSIONS = {"q35": ("2.4", "2.9", "6.0", "6.1", "6.2", "newest"),
            "i440fx": ("1.7", "2.0", "2.9", "5.1", "newest")}
MOST_WINDOWS = {"q35": 11, "i440fx": 7}
SIZES = ((3, 10), (3, 10), (3, 10), (11, 24), (25, 40))  # in controllers
PLACINGS = ("dense", "dense", "gaps", "packed")


class Grower:
    """Grows one plan, controller by controller."""

    def __init__(self, plan, dice):
        self.plan, self.dice = plan, dice
        self.placing = {-1: dice.choice(PLACINGS)}

    def find_place(self, parent):
        """A free (slot, function) of the bus as its way of placing has it, or None."""
        first, last = plans.SLOTS[self.plan.model(parent)]
        taken = self.plan.taken(parent)
        slots = [slot for slot in range(first, last + 1) if (slot, 0) not in taken]
        placing = self.placing.setdefault(parent, self.dice.choice(PLACINGS))
        if placing == "packed" and first != last:
            for slot in range(first, last + 1):
                used = [function for at, function in taken if at == slot]
                if used and max(used) < 7 and 0 in used:
                    return slot, max(used) + 1
        if not slots:
            return None
        return (self.dice.choice(slots) if placing == "gaps" else slots[0]), 0

    def may_add(self, model):
        plan = self.plan
        if model in plans.CONVENTIONAL or model == "pci-expander-bus" or (
                plan.hides_ports() and model == "pcie-root-port"):
            if plan.windows() >= MOST_WINDOWS[plan.chipset]:
                return False
        return "expander" not in model or (plan.acpi and plan.count(model) < 2)

    def weigh(self, model):
        """Ports make the interesting trees; a switch wants several."""
        return {"pcie-root-port": 4, "pcie-switch-downstream-port": 6, "pci-bridge": 3}.get(model, 1)

    def add_controller(self):
        choices = [(parent, model)
                   for parent in self.plan.buses()
                   for model in plans.TAKES[self.plan.model(parent)] if self.may_add(model)]
        while choices:
            parent, model = self.dice.choices(choices, [self.weigh(model) for _, model in choices])[0]
            where = self.find_place(parent)
            if where:
                hotplug = self.dice.choice(self.switches) if model in plans.PORTS else ""
                self.plan.add(model, parent, *where, hotplug)
                return True
            choices = [choice for choice in choices if choice[0] != parent]
        return False

    def add_device(self):
        parent = self.dice.choice([position for position in self.plan.buses()
                                   if not any(word in self.plan.model(position) for word in ("upstream", "expander"))])
        where = self.find_place(parent)
        model = self.plan.model(parent)
        if where:
            express = model == "pcie-root" or model in plans.PORTS
            kinds = ("rng", "net") if express else ("rng", "net", "e1000", "scsi", "sound")
            self.plan.add(self.dice.choice(kinds), parent, *where)

    def grow(self, n_controllers, n_devices):
        self.switches = self.dice.choice((("",), ("", "", "", "off"), ("", "off", "on"), ("", "", "on")))
        while self.plan.count(*plans.SLOTS) < n_controllers and self.add_controller():
            pass
        for _ in range(n_devices):
            self.add_device()


def random_plan(seed, has):
    """HAS: does this QEMU have the machine type?"""
    dice = random.Random(seed)
    chipset = dice.choice(("q35", "q35", "q35", "i440fx"))
    version = dice.choice(VERSIONS[chipset] + ("newest",) * 2)
    if version != "newest" and not has(chipset, version):
        version = "newest"
    result = plans.Plan(chipset, version, dice.random() > 0.08, bridge=dice.choice(("", "", "on", "on", "off")))
    if chipset == "i440fx":
        result.root = dice.choice(("", "", "on", "off"))
    size = dice.randint(*dice.choice(SIZES)) if chipset == "q35" else dice.randint(1, 8)
    Grower(result, dice).grow(size, dice.randint(0, 6))
    return result


# The shapes of the pairs. Each adds its controllers to a plan; PORT is the hotplug attribute for some of the ports.

def flat(plan, port):
    for slot in range(2, 6):
        plan.add("pcie-root-port", -1, slot, hotplug=port if slot % 2 else "")
    plan.add("rng", 0)
    plan.add("rng", 1)


def packed(plan, port):
    for number in range(10):
        plan.add("pcie-root-port", -1, 2 + number // 8, number % 8, port if number % 3 == 1 else "")
    plan.add("net", 2)


def switch(plan, slots, port):
    """A switch below a root port, with downstream ports in (slot, function) of SLOTS, newest in the lowest slot."""
    plan.add("pcie-root-port", -1, 7)
    upstream = plan.add("pcie-switch-upstream-port", plan.add("pcie-root-port", -1, 2), 0)
    ports = [plan.add("pcie-switch-downstream-port", upstream, *where) for where in reversed(slots)]
    plan.nodes[ports[0]].hotplug = port
    plan.add("pcie-root-port", -1, 3)
    plan.add("rng", ports[-1])
    return ports


def dense_switch(plan, port):
    switch(plan, [(0, 0), (1, 0), (2, 0)], port)


def gap_switch(plan, port):
    switch(plan, [(0, 0), (2, 0), (3, 0)], port)


def packed_switch(plan, port):
    switch(plan, [(0, 0), (0, 1), (0, 2)], port)


def deep_switch(plan, port):
    ports = switch(plan, [(0, 0), (1, 0)], port)
    inner = plan.add("pcie-switch-upstream-port", ports[0], 0)
    plan.add("pcie-switch-downstream-port", inner, 0)
    plan.add("pcie-to-pci-bridge", plan.add("pcie-switch-downstream-port", inner, 1), 0)


def conventional(plan, port):
    dmi = plan.add("dmi-to-pci-bridge", -1, 4)
    plan.add("pci-bridge", dmi, 1)
    behind = plan.add("pcie-to-pci-bridge", plan.add("pcie-root-port", -1, 2, hotplug=port), 0)
    bridge = plan.add("pci-bridge", behind, 1)
    plan.add("pci-bridge", bridge, 2)
    plan.add("e1000", bridge, 3)
    plan.add("rng", behind, 4)


def expander(plan, port):
    outer = plan.add("pcie-expander-bus", -1, 4)
    plan.add("pcie-root-port", -1, 2)
    plan.add("pcie-root-port", outer, 0, hotplug=port)
    behind = plan.add("pcie-to-pci-bridge", plan.add("pcie-root-port", outer, 1), 0)
    plan.add("pci-bridge", behind, 1)
    plan.add("rng", plan.add("pcie-root-port", outer, 2))


def no_bridge(plan, _port):
    plan.add("rng", -1, 3)
    plan.add("net", -1, 4)
    plan.add("sound", -1, 5)


def one_bridge(plan, _port):
    bridge = plan.add("pci-bridge", -1, 3)
    plan.add("rng", bridge, 2)
    plan.add("e1000", bridge, 4)
    plan.add("rng", -1, 4)


def nested_bridges(plan, _port):
    first = plan.add("pci-bridge", -1, 3)
    second = plan.add("pci-bridge", first, 1)
    plan.add("pci-bridge", second, 31)
    plan.add("pci-bridge", -1, 9)
    plan.add("rng", second, 2)


def bridge_functions(plan, _port):
    plan.add("rng", -1, 3)
    plan.add("pci-bridge", -1, 3, 1)
    plan.add("pci-bridge", -1, 5)
    plan.add("pci-bridge", -1, 5, 1)
    plan.add("rng", 1, 7)


def pci_expander(plan, _port):
    outer = plan.add("pci-expander-bus", -1, 4)
    plan.add("pci-bridge", outer, 1)
    plan.add("pci-bridge", -1, 5)


SHAPES = {"q35": (flat, packed, dense_switch, gap_switch, packed_switch, deep_switch, conventional, expander),
          "i440fx": (no_bridge, one_bridge, nested_bridges, bridge_functions, pci_expander)}
SETTINGS = {"q35": ("",), "i440fx": ("", "on", "off")}  # of the root bus


def rows(axes):
    """Rows of values such that every pair of values of two axes occurs in one: greedy, and the same each time."""
    dice = random.Random(0)
    missing = {((a, x), (b, y)) for a, b in itertools.combinations(range(len(axes)), 2)
               for x in axes[a] for y in axes[b]}

    def pairs(row):
        return set(itertools.combinations(enumerate(row), 2))

    while missing:
        (a, x), (b, y) = min(missing, key=lambda pair: tuple((at, str(value)) for at, value in pair))
        tried = []
        for _ in range(40):
            row = [dice.choice(axis) for axis in axes]
            row[a], row[b] = x, y
            tried.append(tuple(row))
        best = max(tried, key=lambda row: len(pairs(row) & missing))
        missing -= pairs(best)
        yield best


def all_pairs(chipset):
    """Plans by name."""
    shapes = {shape.__name__: shape for shape in SHAPES[chipset]}
    axes = (VERSIONS[chipset], (True, True, True, False), SETTINGS[chipset], ("", "on", "off"),
            ("", "on", "off") if chipset == "q35" else ("",), tuple(shapes))
    for number, (version, acpi, root, bridge, port, shape) in enumerate(rows(axes), 1):
        made = plans.Plan(chipset, version, acpi, root, bridge)
        shapes[shape](made, port)
        words = [chipset, f"{number:02}", version, shape.replace("_", "-"), *([] if acpi else ["no-acpi"])]
        yield "pair-" + "-".join(words), made
