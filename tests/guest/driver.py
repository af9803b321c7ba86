# SPDX-License-Identifier: GPL-2.0-or-later
"""What the laboratory asks of libvirt, by the library itself: a process for every question would starve the guest."""
import ctypes
import json

LIVE, CONFIG = 1, 2
INACTIVE = 2
HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
SILENT = HANDLER(lambda _data, _error: None)


class LabError(Exception):
    """The laboratory itself failed: no measurement."""


class Refused(LabError):
    """libvirt or QEMU said no; the text is theirs."""


def load():
    library = ctypes.CDLL("libvirt.so.0")
    library.virGetLastErrorMessage.restype = ctypes.c_char_p
    for name in ("virConnectOpen", "virDomainDefineXML", "virDomainLookupByName", "virDomainGetXMLDesc",
                 "virConnectGetCapabilities"):
        getattr(library, name).restype = ctypes.c_void_p
    library.virSetErrorFunc.argtypes = [ctypes.c_void_p, HANDLER]
    library.virSetErrorFunc(None, SILENT)
    return library


class Driver:
    """One connection, which several threads may use."""

    def __init__(self, uri):
        self.uri = uri
        self.library = load()
        self.qemu_library = ctypes.CDLL("libvirt-qemu.so.0")
        self.libc = ctypes.CDLL(None)
        self.connection = self.whole(self.library.virConnectOpen(uri.encode()))

    def refuse(self):
        text = self.library.virGetLastErrorMessage()
        raise Refused((text or b"unknown error").decode("utf-8", "replace"))

    def whole(self, pointer):
        if not pointer:
            self.refuse()
        return ctypes.c_void_p(pointer)

    def text(self, pointer):
        held = self.whole(pointer)
        value = ctypes.string_at(held).decode("utf-8", "replace")
        self.libc.free(held)
        return value

    def domain(self, name):
        return self.whole(self.library.virDomainLookupByName(self.connection, name.encode()))

    def call(self, function, name, *arguments):
        """A function of a domain that answers a number."""
        domain = self.domain(name)
        try:
            if getattr(self.library, function)(domain, *arguments) < 0:
                self.refuse()
        finally:
            self.library.virDomainFree(domain)

    def define(self, xml):
        self.library.virDomainFree(self.whole(self.library.virDomainDefineXML(self.connection, xml.encode())))

    def undefine(self, name):
        self.call("virDomainUndefine", name)

    def start(self, name):
        self.call("virDomainCreate", name)

    def destroy(self, name):
        self.call("virDomainDestroy", name)

    def dump(self, name, flags=0):
        domain = self.domain(name)
        try:
            return self.text(self.library.virDomainGetXMLDesc(domain, flags))
        finally:
            self.library.virDomainFree(domain)

    def attach(self, name, xml, flags=LIVE):
        self.call("virDomainAttachDeviceFlags", name, xml.encode(), flags)

    def detach(self, name, alias):
        """Asks, and does not wait for the guest."""
        self.call("virDomainDetachDeviceAlias", name, alias.encode(), LIVE)

    def qmp(self, name, request):
        """QEMU's answer, whole."""
        domain, answer = self.domain(name), ctypes.c_void_p()
        try:
            if self.qemu_library.virDomainQemuMonitorCommand(domain, json.dumps(request).encode(),
                                                             ctypes.byref(answer), 0) < 0:
                self.refuse()
            return json.loads(self.text(answer.value))
        finally:
            self.library.virDomainFree(domain)

    def capabilities(self):
        return self.text(self.library.virConnectGetCapabilities(self.connection))

    def versions(self):
        """The releases of libvirt and of QEMU, as words."""
        words = []
        for function in ("virConnectGetLibVersion", "virConnectGetVersion"):
            number = ctypes.c_ulong()
            if getattr(self.library, function)(self.connection, ctypes.byref(number)) < 0:
                self.refuse()
            whole = number.value
            words.append(f"{whole // 1000000}.{whole // 1000 % 1000}.{whole % 1000}")
        return words
