#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=dash
#
# The guest: tells on its console which driver has which PCI hotplug slot, then the PCI devices there are, for ever.
/bin/busybox --install -s /bin
PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
exec </dev/null >/dev/console 2>&1
for module in /lib/modules/*.ko; do
  [ -e "$module" ] && insmod "$module"
done
echo 1 >/proc/sys/kernel/printk

echo
echo "kernel $(uname -r)"
[ -d /sys/firmware/acpi/tables ] && echo "acpi"
for bus in /sys/bus/pci/devices/*/pci_bus/*; do # "behind BUS BRIDGE"
  [ -e "$bus" ] && bridge=${bus%/pci_bus/*} && echo "behind ${bus##*/} ${bridge##*/}"
done
for service in /sys/bus/pci_express/drivers/pciehp/*:*; do
  [ -e "$service" ] && port=${service##*/} && echo "drives pciehp ${port%:*}"
done
for bridge in /sys/bus/pci/drivers/shpchp/*:*; do
  [ -e "$bridge" ] && echo "drives shpchp ${bridge##*/}"
done
for slot in /sys/bus/pci/slots/*; do
  [ -e "$slot/address" ] && echo "slot ${slot##*/} $(cat "$slot/address")"
done
dmesg | grep -iE '_OSC|acpiphp|pciehp|shpchp|rpaphp|s390_pci' | sed 's/^/log /'
echo "ready"
beat=0
while :; do
  beat=$((beat + 1))
  echo "beat $beat" /sys/bus/pci/devices/*
  usleep 200000
done
