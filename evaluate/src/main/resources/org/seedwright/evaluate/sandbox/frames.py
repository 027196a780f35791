"""Messages on sockets and pipes: eight bytes of length, then the bytes; descriptors may come along."""

import os
import socket
import time

HEADER = 8

# Where messages are small and come one by one, a reader that waits this long before it looks again gets many at once.
PAUSE_SECONDS = 0.0003
FEW_BYTES = 4096


class TooLong(Exception):
    """A message is longer than its reader allows."""


class Ended(Exception):
    """The other side closed in the place of a message or within one."""


class Inbox:
    """Reads messages of a socket, many at a time where many are there.

    With `patient` it lets small messages gather, which spares both sides a wake-up for each.
    """

    def __init__(self, sock, most):
        self.sock, self.most, self.patient = sock, most, False
        self.buffer, self.at = b"", 0

    def next(self):
        header = self.take(HEADER)
        length = int.from_bytes(header, "little")
        if length > self.most:
            raise TooLong(length)
        return self.take(length)

    def take(self, count):
        if len(self.buffer) - self.at < count:
            parts = [self.buffer[self.at :]]
            have = len(parts[0])
            if self.patient and len(self.buffer) < FEW_BYTES:
                time.sleep(PAUSE_SECONDS)
            while have < count:
                part = self.sock.recv(1 << 16)
                if not part:
                    raise Ended()
                parts.append(part)
                have += len(part)
            self.buffer, self.at = b"".join(parts), 0
        self.at += count
        return self.buffer[self.at - count : self.at]


def pack(payload):
    return len(payload).to_bytes(HEADER, "little") + payload


def send(sock, payload, fds=()):
    if fds:
        socket.send_fds(sock, [len(payload).to_bytes(HEADER, "little")], fds)
        sock.sendall(payload)
    else:
        sock.sendall(pack(payload))


def receive(sock, most=1 << 31):
    return _rest(sock, _exactly(sock, HEADER), most)


def receive_with_fds(sock, count, most=1 << 31):
    header, fds, _, _ = socket.recv_fds(sock, HEADER, count)
    if not header:
        raise Ended()
    if len(header) < HEADER:
        header += _exactly(sock, HEADER - len(header))
    return _rest(sock, header, most), fds


def write(fd, payload):
    """For pipes, whose writer is the only one."""
    view = memoryview(pack(payload))
    while view:
        view = view[os.write(fd, view) :]


def _rest(sock, header, most):
    length = int.from_bytes(header, "little")
    if length > most:
        raise TooLong(length)
    return _exactly(sock, length)


def _exactly(sock, count):
    first = sock.recv(min(count, 1 << 20)) if count else b""
    if len(first) == count:
        return first
    if not first:
        raise Ended()
    parts = bytearray(first)
    while len(parts) < count:
        part = sock.recv(min(count - len(parts), 1 << 20))
        if not part:
            raise Ended()
        parts += part
    return bytes(parts)
