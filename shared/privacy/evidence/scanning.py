"""Asks a clamd whether a file is known to be malicious (its INSTREAM command, clamd(8)).

The file is streamed to it in clear: it runs on the machine that took the file in, or is reached
over a wire that nobody else reads.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from shared.privacy.evidence.pieces import cut

_PIECE = 64 * 1024
_LONGEST_ANSWER = 4_096
SECONDS = 30.0
"""For connecting, for each piece, and for the verdict."""


class ScannerAway(Exception):
    """Nobody can say whether the file is clean."""


class Malicious(Exception):
    """The scanner knows the file; its name for it is not told to whoever sent it."""


@dataclass(frozen=True)
class Scanner:
    """`address`: `host:port`, or the path of a socket."""

    address: str
    seconds: float = SECONDS

    def refuse_malicious(self, clear: Iterable[bytes]) -> None:
        """Raises Malicious, ScannerAway, and what the pieces raise."""
        try:
            with self._connected() as clamd:
                clamd.sendall(b"zINSTREAM\0")
                for piece in cut(clear, _PIECE):
                    clamd.sendall(struct.pack(">I", len(piece)) + piece)
                clamd.sendall(struct.pack(">I", 0))
                verdict = _answer(clamd)
        except OSError as error:
            raise ScannerAway(f"{self.address}: {error}") from error
        if verdict.endswith(b" FOUND"):
            raise Malicious
        if verdict != b"stream: OK":
            # A file above its own limits, say: what was not looked at is not clean.
            raise ScannerAway(f"{self.address} gives no verdict")

    def _connected(self) -> socket.socket:
        host, _, port = self.address.rpartition(":")
        if not self.address.startswith("/"):
            return socket.create_connection((host.strip("[]"), int(port)), self.seconds)
        clamd = socket.socket(socket.AF_UNIX)
        try:
            clamd.settimeout(self.seconds)
            clamd.connect(self.address)
        except BaseException:
            clamd.close()
            raise
        return clamd


def _answer(clamd: socket.socket) -> bytes:
    told = b""
    while not told.endswith(b"\0") and len(told) < _LONGEST_ANSWER:
        piece = clamd.recv(_LONGEST_ANSWER)
        if not piece:
            break
        told += piece
    return told.rstrip(b"\0\n")
