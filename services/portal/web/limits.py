"""How much one client may ask for: requests in a while, by address and by account."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from flask_limiter import Limiter

from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor


def _told(name: str) -> Callable[[], str]:
    return lambda: edge().settings.limits[name]


GENERAL = _told("general")
SIGN_IN = _told("sign_in")
REGISTER = _told("register")
OBJECTION = _told("objection")
"""Each as the settings of the application have it, for `limiter.limit(...)`."""


def client() -> str:
    """An account, or the address of somebody who has none."""
    visitor = current_visitor()
    return f"account:{visitor.account_id}" if visitor.account_id else f"address:{address()}"


def address() -> str:
    """Where the request comes from, as the outermost trusted proxy says."""
    return request.remote_addr or "unknown"


# In the memory of each process: the figures are there against floods, not for counting.
limiter = Limiter(
    client, default_limits=[GENERAL], storage_uri="memory://", strategy="moving-window"
)
