# SPDX-License-Identifier: GPL-2.0-or-later
"""The prediction (our `show --format=json`) against the measurement. Nothing that the program calls unknown is wrong,
but it is counted."""
import dataclasses

import choice

MECHANISMS = ("acpi", "native", "shpc")
# The finding that a bus takes one plug, and then nothing comes or goes.
ONCE = "expander-no-room"


@dataclasses.dataclass
class Verdict:
    buses: int = 0
    wrong: int = 0
    unknown: int = 0
    once: int = 0  # buses of which the program says so, with the right mechanism
    attached: int = 0  # buses on which libvirt was asked to attach a device
    devices: int = 0  # devices of the domain that libvirt was asked to detach
    chosen: int = 0  # devices for which libvirt was asked to find a slot
    complaints: list = dataclasses.field(default_factory=list)
    rules: list = dataclasses.field(default_factory=list)  # that the program gave as reasons of right buses


def words(listed):
    """What a guest lists, as the contract words it: slots without a driver do not count."""
    found = [word for word in listed.split("+") if word not in ("-", "none")]
    return "+".join(found) or "none"


def attach(predicted, row):
    """Is a slot free where a device can be plugged? Then libvirt attaches one, the guest sees it and lets it go."""
    found, promised = row["attach"], predicted["slots"]["hotpluggable_free"]
    if found is None or promised is None:
        return
    came = found["libvirt"] == "ok" and found["guest_saw"]
    if came != (promised > 0):
        yield f"predicted {promised} hotpluggable free slots, but libvirt said {found['libvirt']} and the guest " \
              f"{'saw' if found['guest_saw'] else 'did not see'} the device"
    if came and not found["detached"]:
        yield "what libvirt attached it could not detach"


def bus(predicted, row):
    hotplug = predicted["hotplug"]
    if hotplug["used"] not in (row["used"], "unknown"):
        yield f"predicted used {hotplug['used']}, the guest used {row['used']}"
    listed = hotplug.get("listed") or hotplug["used"]
    if listed not in (words(row["listed"]), "unknown"):
        yield f"predicted listed {listed}, the guest listed {words(row['listed'])}"
    if predicted.get("guest_bus") not in (None, row["number"]):
        yield f"predicted bus number {predicted['guest_bus']} in the guest, which has {row['number']}"
    if row["unplugged"] is False:
        yield f"a device plugged by {row['used']} did not come out again"
    yield from attach(predicted, row)


def is_told(predicted, row, once):
    """Did nothing follow on the first plug, and does the program say so?"""
    hotplug, tried = predicted["hotplug"], row["attach"]
    return row["index"] in once and hotplug["used"] == row["used"] and row["unplugged"] is False and not (
        tried and tried["guest_saw"] and tried["detached"])


def judge_bus(verdict, predicted, row, once):
    hotplug = predicted["hotplug"]
    told = is_told(predicted, row, once)
    complaints = [] if told else list(bus(predicted, row))
    verdict.once += told
    verdict.unknown += hotplug["used"] == "unknown"
    verdict.attached += row["attach"] is not None
    verdict.wrong += bool(complaints)
    verdict.complaints += [f"bus {row['index']} ({row['model']}): {text}" for text in complaints]
    if not complaints:
        verdict.rules += [reason["rule"] for reason in hotplug["reasons"]]


def judge_devices(verdict, prediction, found):
    known = {device["address"]: device for row in prediction["buses"] for device in row["devices"]}
    verdict.devices = len(found["devices"])
    for address, mechanism in found["devices"].items():
        device = known.get(address)
        if device is None:
            verdict.complaints.append(f"device {address}: not in the prediction")
        elif device["unplug"] not in (mechanism, "unknown"):
            verdict.complaints.append(
                f"device {address}: predicted unplug {device['unplug']}, the guest let it go by {mechanism}")


def judge(prediction, found):
    """The Verdict on every bus and device."""
    verdict = Verdict(buses=len(found["buses"]))
    once = {finding["bus"] for finding in prediction["findings"] if finding["rule"] == ONCE}
    predicted = {row["index"]: row for row in prediction["buses"]}
    for row in found["buses"]:
        if row["index"] in predicted:
            judge_bus(verdict, predicted.pop(row["index"]), row, once)
        else:
            verdict.complaints.append(f"bus {row['index']} ({row['model']}): not in the prediction")
    verdict.complaints += [f"bus {index}: predicted, but the domain has none" for index in predicted]
    judge_devices(verdict, prediction, found)
    verdict.rules = sorted(set(verdict.rules))
    return verdict


def judge_choices(verdict, found, fit):
    """FIT: a function of a step of choice.py: what the program's `fit` says about it."""
    for step in found.get("chosen", []):
        verdict.chosen += 1
        verdict.complaints += choice.judge(fit(step), step)


def mechanisms(uses, bare, found):
    """A laboratory that measures nothing must not pass. BARE, unless it is None: for a guest without ACPI tables."""
    if bare is not None and not found["acpi"]:
        uses = bare
    seen = {row["used"] for row in found["buses"]} & set(MECHANISMS)
    if uses is None or seen == set(uses.split()):
        return []
    return [f"the case is to show [{uses}], the guest used [{' '.join(sorted(seen))}]"]


def renumbered(before, found):
    after = {row["index"]: row["number"] for row in found["buses"]}
    return [f"bus {index} had the number {number} in the guest before `set`, and has {after.get(index)} now"
            for index, number in before.items() if after.get(index) != number]


def toggled(before, after):
    return ["`set` changed nothing in the domain"] if before == after else []


def describe(row):
    plug = row["plug"]
    if plug is None:
        return "no free slot"
    text = f"{plug['address']}: QEMU said {plug['qemu']}; {'seen' if plug['guest_saw'] else 'not seen'}"
    return f"{text}; meanwhile {' '.join(plug['others'])}" if plug["others"] else text


def describe_attach(row):
    tried = row["attach"]
    if tried is None:
        return "not tried"
    return f"{tried['address']}: libvirt said {tried['libvirt']}; {'seen' if tried['guest_saw'] else 'not seen'}"


def report(xml, prediction, found):
    """All that is needed to understand a disagreement."""
    predicted = {row["index"]: row for row in prediction["buses"]}
    lines = [f"guest: Linux {found['kernel']}, ACPI {'found' if found['acpi'] else 'not found'}"]
    for row in found["buses"]:
        said = predicted.get(row["index"], {"hotplug": {}, "slots": {}})
        hotplug = said["hotplug"]
        lines.append(f"bus {row['index']} {row['model']}, guest bus {row['number']}")
        lines.append(f"  guest: used {row['used']}, listed {row['listed']}; plug {describe(row)}; "
                     f"attach {describe_attach(row)}")
        lines.append(f"  program: used {hotplug.get('used')}, listed {hotplug.get('listed')}, "
                     f"offered {hotplug.get('offered')}, hotpluggable free {said['slots'].get('hotpluggable_free')}")
        lines += [f"    because {reason['text']} [{reason['rule']}, {reason['origin']}]"
                  for reason in hotplug.get("reasons", [])]
    return "\n".join([*lines, "kernel log:", *found["log"], "domain:", xml])
