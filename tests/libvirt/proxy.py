# SPDX-License-Identifier: GPL-2.0-or-later
"""Stands between a program and a libvirt daemon, and knows the framing of libvirt's protocol."""
import collections
import socket
import struct
import threading

REMOTE_PROGRAM = 0x20008086  # src/remote/remote_protocol.x
CALL, REPLY = 0, 1           # src/rpc/virnetprotocol.x

Header = collections.namedtuple("Header", "program version procedure kind serial status")


def receive(sock, length):
    data = b""
    while len(data) < length:
        more = sock.recv(length - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def packets(sock):
    """(header, bytes) of each packet until the end."""
    while True:
        try:
            length = receive(sock, 4)
            body = receive(sock, struct.unpack(">I", length)[0] - 4)
        except (EOFError, OSError):
            return
        yield Header(*struct.unpack(">IIiiII", body[:24])), length + body


class Proxy:
    """Passes on what comes on the socket `path` to the daemon's and back, but not what `keeps` is true of."""

    def __init__(self, path, daemon, keeps):
        self.daemon, self.keeps = daemon, keeps
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(path)
        self.listening.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listening.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.daemon)
            for pair in ((client, server), (server, client)):
                threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, source, target):
        for header, packet in packets(source):
            if not self.keeps(header):
                try:
                    target.sendall(packet)
                except OSError:
                    break
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
