# SPDX-License-Identifier: GPL-2.0-or-later
"""The prediction (our `show --format=json`) against the measurement. Every function gives complaints, or none."""
MECHANISMS = ("acpi", "native", "shpc")


def words(listed):
    """What a guest lists, as the contract words it: slots without a driver do not count."""
    found = [word for word in listed.split("+") if word not in ("-", "none")]
    return "+".join(found) or "none"


def bus(predicted, row, stuck):
    hotplug = predicted["hotplug"]
    where = f"bus {row['index']} ({row['model']})"
    if hotplug["used"] != row["used"]:
        yield f"{where}: predicted used {hotplug['used']}, the guest used {row['used']}"
    listed = hotplug.get("listed") or hotplug["used"]
    if listed != words(row["listed"]):
        yield f"{where}: predicted listed {listed}, the guest listed {words(row['listed'])}"
    if row["unplugged"] is False and row["index"] not in stuck:
        yield f"{where}: a device plugged by {row['used']} did not come out again"


def devices(prediction, found):
    known = {device["address"]: device for row in prediction["buses"] for device in row["devices"]}
    for address, mechanism in found["devices"].items():
        device = known.get(address)
        if device is None:
            yield f"device {address}: not in the prediction"
        elif device["unplug"] != mechanism:
            yield f"device {address}: predicted unplug {device['unplug']}, the guest let it go by {mechanism}"


def all_buses(prediction, found, stuck=()):
    predicted = {row["index"]: row for row in prediction["buses"]}
    complaints = []
    for row in found["buses"]:
        if row["index"] in predicted:
            complaints += bus(predicted.pop(row["index"]), row, stuck)
        else:
            complaints.append(f"bus {row['index']} ({row['model']}): not in the prediction")
    complaints += [f"bus {index}: predicted, but the domain has none" for index in predicted]
    return complaints + list(devices(prediction, found))


def mechanisms(uses, found):
    """A laboratory that measures nothing must not pass."""
    seen = {row["used"] for row in found["buses"]} & set(MECHANISMS)
    if seen == set(uses.split()):
        return []
    return [f"the case is to show [{uses}], the guest used [{' '.join(sorted(seen))}]"]


def toggled(before, after):
    return ["`set` changed nothing in the domain"] if before == after else []


def describe(row):
    plug = row["plug"]
    if plug is None:
        return "no free slot"
    text = f"{plug['address']}: QEMU said {plug['qemu']}; {'seen' if plug['guest_saw'] else 'not seen'}"
    return f"{text}; meanwhile {' '.join(plug['others'])}" if plug["others"] else text


def report(xml, prediction, found):
    """All that is needed to understand a disagreement."""
    predicted = {row["index"]: row["hotplug"] for row in prediction["buses"]}
    lines = [f"guest: Linux {found['kernel']}, ACPI {'found' if found['acpi'] else 'not found'}"]
    for row in found["buses"]:
        hotplug = predicted.get(row["index"], {})
        lines.append(f"bus {row['index']} {row['model']}, guest bus {row['number']}")
        lines.append(f"  guest: used {row['used']}, listed {row['listed']}; plug {describe(row)}")
        lines.append(f"  program: used {hotplug.get('used')}, listed {hotplug.get('listed')}, "
                     f"offered {hotplug.get('offered')}")
        lines += [f"    because {reason['text']} [{reason['rule']}, {reason['origin']}]"
                  for reason in hotplug.get("reasons", [])]
    return "\n".join([*lines, "kernel log:", *found["log"], "domain:", xml])
