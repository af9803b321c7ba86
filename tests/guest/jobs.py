# SPDX-License-Identifier: GPL-2.0-or-later
"""What one run may do: named cases, domains with a recorded truth, generated pairs, random topologies."""
import dataclasses
import glob
import os

import cases
import domain
import generate
import plan as plans

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "ground-truth")
RANDOM = 100
# ./check boots these of the generated ones, beside the named cases that are not long.
SHORT = ("random-6", "random-57")


class Unknown(Exception):
    """No job of that name."""


class Skip(Exception):
    """Why this laboratory cannot do a job."""


@dataclasses.dataclass
class Job:
    name: str
    kind: str  # named, pair, random, recorded
    make: object  # a function of the Lab: the XML tree to define, and its plan or None
    set: tuple = ()
    uses: str = None
    long: bool = True
    numbers: bool = False
    bare: str = None


def named():
    for case in cases.CASES:
        yield Job(case.name, "named", lambda _lab, case=case: (cases.base(case), None), tuple(case.set), case.uses,
                  case.long, case.numbers, case.bare)


def build(lab, made):
    """The XML tree of a plan, less what this libvirt or this QEMU has no word for, and that plan."""
    if lab.libvirt < (7, 9):
        made = dataclasses.replace(made, root="")
    if lab.qemu < (6, 1) and made.chipset == "q35":
        made = dataclasses.replace(made, bridge="")
    return plans.build(made, lab.newest), made


def pairs():
    for chipset in ("q35", "i440fx"):
        for name, made in generate.all_pairs(chipset):
            yield Job(name, "pair", lambda lab, made=made: build(lab, made))


def grow(lab, seed):
    return build(lab, generate.random_plan(seed, lambda chipset, version: f"pc-{chipset}-{version}" in lab.machines))


def randoms(seeds):
    for seed in seeds:
        name = f"random-{seed}"
        yield Job(name, "random", lambda lab, seed=seed: (grow(lab, seed)), long=name not in SHORT)


def read(path):
    with open(path, encoding="utf-8") as file:
        return domain.parse(file.read()), None


def recorded():
    for path in sorted(glob.glob(os.path.join(FIXTURES, "*.xml"))):
        yield Job("recorded-" + os.path.basename(path)[:-4], "recorded", lambda _lab, path=path: read(path))


def everything():
    return [*named(), *pairs(), *randoms(range(1, RANDOM + 1)), *recorded()]


def find(name, known):
    kind, _, seed = name.partition("-")
    if name in known:
        return known[name]
    if kind == "random" and seed.isdigit():
        return next(randoms([int(seed)]))
    raise Unknown(f"There is no case {name}; `run --all --list` names them all.")


def select(names, kinds, long):
    """By name; else of KINDS, or those of ./check."""
    jobs = everything()
    known = {job.name: job for job in jobs}
    assert len(known) == len(jobs), "two cases have one name"
    if names:
        return [find(name, known) for name in names]
    return [job for job in jobs if (job.kind in kinds if kinds else long or not job.long)]


def check_usable(root, lab):
    """Raises Skip for what this QEMU or this host lacks."""
    machine = root.find("os/type").get("machine")
    if machine not in lab.machines:
        raise Skip(f"this QEMU has no machine type {machine}")
    loader = root.find("os/loader")
    if loader is not None and not os.path.exists(loader.text):
        raise Skip(f"there is no firmware {loader.text}")
