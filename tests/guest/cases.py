# SPDX-License-Identifier: GPL-2.0-or-later
"""The cases: a base domain, the machine type it gets, what our `set` is to change, and what must come out.

`uses` names the mechanisms that some bus of the guest must really use, and no others: without it a guest in which
nothing works at all would agree with a program that says so; `bare` are those where the firmware makes no ACPI
tables of its own (SeaBIOS from 1.17 on). `before` are QEMU arguments that stand in the domain
before `set`. `numbers`: no bus number of the guest may change, for which it is booted before `set`, too. `long` cases
run with --all only.
"""
import dataclasses
import os

import domain

DOMAINS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "domains")
CHIPSETS = {"q35": "pc-q35-", "i440fx": "pc-i440fx-"}


@dataclasses.dataclass
class Case:
    base: str
    version: str
    set: list
    uses: str
    what: str
    acpi: bool = True
    before: tuple = ()
    long: bool = False
    numbers: bool = False
    bare: str = None

    @property
    def chipset(self):
        return self.base.partition("-")[0]

    @property
    def name(self):
        return f"{self.chipset}-{self.version}-{self.what}"


def glob(value):
    return ("-global", value)


ICH9 = "ICH9-LPC.acpi-pci-hotplug-with-bridge-support="
PIIX = "PIIX4_PM.acpi-pci-hotplug-with-bridge-support="
PIIX_LONG = "driver=PIIX4_PM,property=acpi-pci-hotplug-with-bridge-support,value="
PIIX_ROOT = "PIIX4_PM.acpi-root-pci-hotplug="

CASES = [
    Case("q35-tree", "7.2", ["--bridge=off"], "native shpc", "bridge-off"),
    Case("q35-tree", "7.2", ["--bridge=on", "--port=1=off", "--port=2=on"], "acpi native", "bridge-on-ports"),
    Case("q35-tree", "6.0", ["--port=2=on"], "native", "no-acpi", acpi=False, bare="native shpc"),
    Case("q35-expander", "6.1", ["--port=1=off"], "shpc", "expander-port-off"),
    Case("q35-switch", "7.2", ["--port=4=off", "--bridge=on"], "acpi", "switch-port-off"),
    Case("q35-chain", "7.2", ["--port=1=off", "--port=5=off"], "acpi", "chains-behind-off-ports"),
    Case("i440fx-nested", "7.2", ["--root=off"], "acpi", "root-off"),
    Case("i440fx-nested", "7.2", ["--root=off", "--bridge=off"], "", "both-off"),
    Case("i440fx-nested", "7.2", ["--bridge=off"], "shpc", "no-acpi", acpi=False),
    Case("i440fx-expander", "7.2", ["--bridge=on", "--root=off"], "acpi", "expander"),

    Case("q35-tree", "6.0", ["--port=1=off", "--port=16=on"], "native shpc", "ports", long=True),
    Case("q35-tree", "6.0", ["--bridge=on"], "acpi native", "bridge-on", long=True),
    Case("q35-tree", "6.1", ["--bridge=default"], "acpi", "back-to-default", before=glob(ICH9 + "off"), long=True),
    Case("q35-tree", "2.9", ["--bridge=on", "--port=7=default"], "acpi native", "bridge-on", long=True),
    Case("q35-expander", "6.1", ["--bridge=off", "--port=6=on"], "native shpc", "expander-bridge-off", long=True),
    Case("i440fx-nested", "7.2", ["--bridge=off"], "acpi", "bridge-off", long=True),
    Case("i440fx-nested", "1.7", ["--root=on", "--bridge=default"], "acpi", "back-to-default",
         before=glob(PIIX + "on"), long=True),
    Case("i440fx-nested", "2.0", ["--bridge=off", "--site=qemu"], "acpi", "bridge-off", long=True),
    Case("i440fx-nested", "2.9", ["--bridge=on"], "acpi", "fold-contradiction",
         before=(*glob(PIIX + "on"), *glob(PIIX_LONG + "off"), *glob(PIIX_ROOT + "on")), long=True),
    Case("q35-tree", "2.9", ["--port=2=on"], "native shpc", "port-on", long=True),
    Case("q35-expander", "6.0", ["--port=6=on"], "native shpc", "no-acpi-expander", acpi=False, long=True),
    Case("q35-tree", "7.2", ["--bridge=off"], "native", "no-acpi-bridge-off", acpi=False, bare="native shpc",
         long=True),
    Case("q35-expander", "6.0", ["--bridge=on", "--port=5=off"], "acpi native shpc", "expander-bridge-on", long=True),
    Case("q35-expander", "7.2", ["--bridge=off"], "native shpc", "expander-bridge-off", long=True),
    Case("q35-switch", "6.0", ["--port=5=off"], "native", "switch-port-off", long=True),
    Case("q35-switch", "6.1", ["--port=8=off"], "acpi", "switch-root-port-off", long=True),
    Case("q35-chain", "7.2", ["--bridge=off", "--port=1=off"], "native shpc", "chains-native", long=True),
    Case("i440fx-nested", "7.2", ["--root=default"], "acpi", "root-default", before=glob(PIIX_ROOT + "off"),
         long=True),
    Case("i440fx-nested", "2.9", ["--bridge=off"], "acpi", "bridge-off", long=True),
    Case("i440fx-nested", "2.9", ["--root=off"], "", "no-acpi", acpi=False, long=True),
    Case("i440fx-nested", "2.0", ["--root=on"], "", "too-large-tables", long=True),
    Case("i440fx-flat", "2.0", ["--root=on"], "acpi", "flat", long=True),
    Case("q35-tree", "7.2", ["--spare-ports=9"], "acpi native", "spare-ports", numbers=True, long=True),
    Case("q35-switch", "6.0", ["--spare-ports=12"], "native", "spare-ports", numbers=True, long=True),
    Case("i440fx-flat", "7.2", ["--root=off", "--site=native"], "", "flat-root-off", long=True),
]


def base(case):
    """The XML tree of a case's domain before `set`."""
    with open(os.path.join(DOMAINS, case.base + ".xml"), encoding="utf-8") as file:
        root = domain.parse(file.read())
    root.find("os/type").set("machine", CHIPSETS[case.chipset] + case.version)
    domain.set_features(root, case.acpi)
    domain.add_arguments(root, case.before)
    return root
