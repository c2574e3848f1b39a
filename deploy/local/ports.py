"""Free loopback ports, chosen once and remembered."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Collection

from deploy.local.files import read_json, write_json
from deploy.local.place import Place
from deploy.local.trouble import SetupError

# Below the range the kernel takes outgoing ports from (32768 on), or a client's connection may sit
# on a server's port between a stop and the next start.
_FIRST, _LAST = 20_000, 32_000
_TRIES = 500
_LETTING_GO_SECONDS = 15.0


def port(place: Place, name: str) -> int:
    """The port remembered under `name`, or a free one that is remembered from now on."""
    known = remembered(place)
    return known[name] if name in known else renew(place, name)


def usable_port(place: Place, name: str, patience: float = _LETTING_GO_SECONDS) -> int:
    """Like `port`, but for a server about to start: another one if someone took it meanwhile.

    A server that was just killed leaves children that hold its port for a moment, a long one on
    a busy machine. It keeps its address if they let go within `patience` seconds: whoever is
    connected knows it by that and would go on calling the old one for ever.
    """
    number = port(place, name)
    until = time.monotonic() + patience
    while not is_free(number):
        if time.monotonic() > until:
            return renew(place, name)
        time.sleep(0.05)
    return number


def renew(place: Place, name: str) -> int:
    """Remember another port for `name`, one that is free."""
    known = remembered(place)
    known[name] = _choose(known.values())
    write_json(place.root / "ports.json", known)
    return known[name]


def remembered(place: Place) -> dict[str, int]:
    """All ports of this run folder, by the name of their holder."""
    return {name: int(number) for name, number in read_json(place.root / "ports.json").items()}


def is_free(number: int) -> bool:
    """Whether a server could listen on this port of the loopback interface now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def _choose(taken: Collection[int]) -> int:
    # Random, so that two clones that look at the same moment rarely pick the same; when they do,
    # the server that comes second ends at once and its starter asks for another.
    for _ in range(_TRIES):
        number = random.randrange(_FIRST, _LAST)  # noqa: S311 - no secret
        if number not in taken and is_free(number):
            return number
    raise SetupError(
        f"No free loopback port between {_FIRST} and {_LAST}: "
        "stop what holds them (`ss -ltn` lists it) and run this again."
    )
