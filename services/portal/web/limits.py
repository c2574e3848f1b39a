"""How much one client may ask for: requests in a while, by address and by account."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import limits
from flask import Flask, request
from flask_limiter import Limiter

from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor


def _told(name: str) -> Callable[[], str]:
    return lambda: edge().settings.limits[name]


GENERAL = _told("general")
SIGN_IN = _told("sign_in")
REGISTER = _told("register")
OBJECTION = _told("objection")
FILING = _told("filing")
RECEIPT = _told("receipt")
RECEIPTS_IN_ALL = _told("receipts_in_all")
"""Each as the settings of the application have it, for `limiter.limit(...)`."""


def client() -> str:
    """An account, or the address of somebody who has none."""
    visitor = current_visitor()
    return f"account:{visitor.account_id}" if visitor.account_id else f"address:{address()}"


def address() -> str:
    """Where the request comes from, as the outermost trusted proxy says; see `network`."""
    return network(request.remote_addr or "unknown")


def network(given: str) -> str:
    """What counts as one address: of IPv6 its /64, which every household has to choose from."""
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False))


# In the memory of each process: the figures are there against floods, not for counting.
limiter = Limiter(
    client, default_limits=[GENERAL], storage_uri="memory://", strategy="moving-window"
)

limit_sign_in = limiter.shared_limit(SIGN_IN, "sign_in", key_func=address)
limit_openid = limiter.shared_limit(SIGN_IN, "openid", key_func=address)
limit_proofs = limiter.shared_limit(SIGN_IN, "proofs", key_func=address)
limit_register = limiter.shared_limit(REGISTER, "register", key_func=address)
limit_objections = limiter.shared_limit(OBJECTION, "objection", key_func=address)
limit_filing = limiter.shared_limit(FILING, "filing", key_func=client)
limit_receipts = limiter.shared_limit(SIGN_IN, "receipts", key_func=address)
limit_entering = limiter.shared_limit(RECEIPT, "entering", key_func=address)
"""Decorators: one count each, over pages and API; by address, whoever is signed in.

What is told counts by account for whoever has one: a whole office, behind one address, may write
down what it hears.
"""


class TooMany(Exception):
    """Of what no route's limit counts; `seconds` is how long the count goes back."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"more than allowed in {seconds} s")
        self.seconds = seconds


def install(app: Flask) -> None:
    """Count every request of the application, those too that reach no route of it."""
    limiter.init_app(app)
    app.before_request(_limit_lost)


def count_receipt_code() -> None:
    """Count a code that is about to be hashed, which is made to be costly, over all addresses.

    Not as a decorator: what its address's own limit refuses must use up nothing of everybody's.
    Raises TooMany.
    """
    _count(RECEIPTS_IN_ALL(), "receipt codes")


def _limit_lost() -> None:
    """The limiter itself looks at routes alone. Raises TooMany."""
    if request.endpoint is None:
        _count(GENERAL(), "nowhere", client())


def _count(allowed: str, *counted: str) -> None:
    for limit in limits.parse_many(allowed):
        if not limiter.limiter.hit(limit, *counted):
            raise TooMany(limit.get_expiry())
