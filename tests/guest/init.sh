#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
#
# The guest: tells on the serial line what its kernel made of the PCI hotplug hardware, then every device that comes
# or goes, for ever. Each line of ours begins with "VH ".
/bin/busybox --install -s /bin
PATH=/bin
mkdir -p /proc /sys /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec </dev/null >/dev/ttyS0 2>&1
echo 1 >/proc/sys/kernel/printk

known() { # prints "ADDRESS VENDOR DEVICE" of a device folder
  echo "${1##*/} $(cat "$1/vendor" "$1/device" 2>/dev/null | tr '\n' ' ')"
}

behind() { # prints the bus behind a bridge ("0000:01")
  for bus in "/sys/bus/pci/devices/$1/pci_bus"/*; do
    [ -e "$bus" ] && echo "${bus##*/}"
  done
}

# QEMU 5.2 says of empty ports that their link is up. Until the driver has found that nothing is behind one, a plug or
# an unplug there is lost.
is_settled() {
  dmesg | awk '/pciehp: Slot\(.*\): Link Up/ { n++ }
    /pciehp: Slot\(.*\): (No device found|Cannot train link)/ { n-- }
    END { exit n > 0 }'
}

seconds=0
until is_settled || [ "$seconds" -ge 60 ]; do
  sleep 1
  seconds=$((seconds + 1))
done

echo
echo "VH kernel $(uname -r)"
for device in /sys/bus/pci/devices/*; do
  echo "VH device $(known "$device")"
done
for bus in /sys/class/pci_bus/*; do
  echo "VH bus ${bus##*/}"
done
for slot in /sys/bus/pci/slots/*; do
  [ -e "$slot/address" ] || continue
  module=$(readlink "$slot/module" || echo -)
  echo "VH slot ${slot##*/} $(cat "$slot/address") ${module##*/}"
done
for service in /sys/bus/pci_express/drivers/pciehp/*:*; do
  name="${service##*/}"
  [ -e "$service" ] && echo "VH service $name $(behind "${name%:*}")"
done
for bridge in /sys/bus/pci/drivers/shpchp/*:*; do
  [ -e "$bridge" ] && echo "VH shpc ${bridge##*/} $(behind "${bridge##*/}")"
done
[ -d /sys/firmware/acpi/tables ] && echo "VH acpi"
dmesg | grep -iE '_OSC|acpiphp|pciehp|shpchp|ACPI (BIOS )?(Error|Warning)' | sed 's/^/VH log /'
# Before the first plug can come, or that device would not be new.
before="$(echo /sys/bus/pci/devices/*)"
echo "VH ready"

# `set --` and the pattern keep a round free of new processes: a busy host must not starve the guest.
beat=0
while :; do
  now="$(echo /sys/bus/pci/devices/*)"
  if [ "$now" != "$before" ]; then
    for device in $now; do
      case " $before " in *" $device "*) ;; *) echo "VH + $(known "$device")" ;; esac
    done
    for device in $before; do
      case " $now " in *" $device "*) ;; *) echo "VH - ${device##*/}" ;; esac
    done
    before="$now"
  fi
  beat=$((beat + 1))
  [ $((beat % 4)) -eq 0 ] && echo "VH beat $beat"
  usleep 50000
done
