"""A server that speaks clamd's INSTREAM, for machines without one: it knows a single file."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread


class ClamdLike:
    """Listens at `host:port` or a socket's path; `evil` is what it finds, whole."""

    def __init__(self, address: str, evil: bytes, largest: int) -> None:
        self._address, self._evil, self._largest = address, evil, largest

    @contextmanager
    def running(self) -> Iterator[None]:
        host, _, port = self._address.rpartition(":")
        listening = socket.socket(socket.AF_INET if host else socket.AF_UNIX)
        listening.bind((host, int(port)) if host else self._address)
        listening.listen()
        Thread(target=self._serve, args=(listening,), daemon=True).start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for the next one
            listening.close()

    def _serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                asking, _ = listening.accept()
                with asking, suppress(OSError):
                    asking.sendall(self._verdict(asking) + b"\0")

    def _verdict(self, asking: socket.socket) -> bytes:
        if _exactly(asking, 10) != b"zINSTREAM\0":
            return b"UNKNOWN COMMAND"
        told = b""
        while length := struct.unpack(">I", _exactly(asking, 4))[0]:
            told += _exactly(asking, length)
            if len(told) > self._largest:
                return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Jiandu.Test FOUND" if told == self._evil else b"stream: OK"


def _exactly(asking: socket.socket, length: int) -> bytes:
    got = b""
    while len(got) < length and (piece := asking.recv(length - len(got))):
        got += piece
    if len(got) < length:
        raise ConnectionError("it ended half way")
    return got
