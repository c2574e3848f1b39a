"""A TCP proxy before the broker that can freeze (as if SIGSTOPped), cut, or turn callers away."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit


class BrokerProxy:
    """Passes bytes both ways between callers and the broker behind `amqp_url`, until told not to.

    `url` is the way through the proxy. Frozen, it keeps every connection open and passes nothing.
    """

    def __init__(self, amqp_url: str) -> None:
        parts = urlsplit(amqp_url)
        self._broker = (parts.hostname or "127.0.0.1", parts.port or 5672)
        self._flowing = threading.Event()
        self._flowing.set()
        self._closed = False
        self._sockets: list[socket.socket] = []
        self._cut_after: int | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port: int = self._listener.getsockname()[1]
        userinfo = parts.netloc.rpartition("@")[0]
        netloc = f"{userinfo}@127.0.0.1:{self._port}"
        self.url = urlunsplit(parts._replace(netloc=netloc))
        self.accepted = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        """Nothing passes any more, and nothing is closed."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Bytes pass again."""
        self._flowing.set()

    def cut(self) -> None:
        """Close every connection; new ones are welcome."""
        self._cut_after = None
        sockets, self._sockets = self._sockets, []
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def cut_after(self, sent: int) -> None:
        """Cut everything when the callers have sent this many more bytes."""
        self._cut_after = sent

    def turn_away(self) -> None:
        """Cut everything and refuse new connections: the broker is gone."""
        self._closed = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()

    def welcome(self) -> None:
        """Listen again on the same port."""
        self._closed = False
        self._listener = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> BrokerProxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.thaw()
        self.turn_away()

    def _accept(self) -> None:
        while not self._closed:
            try:
                caller, _ = self._listener.accept()
                broker = socket.create_connection(self._broker)
            except OSError:
                return
            self.accepted += 1
            self._sockets += [caller, broker]
            for source, target, outward in ((caller, broker, True), (broker, caller, False)):
                threading.Thread(
                    target=self._pump, args=(source, target, outward), daemon=True
                ).start()

    def _pump(self, source: socket.socket, target: socket.socket, outward: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flowing.wait()
                if outward and self._cut_after is not None:
                    self._cut_after -= len(data)
                    if self._cut_after < 0:
                        self.cut()
                        break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.close()
