"""How much one client may ask for: requests in a while, by address and by account."""

from __future__ import annotations

from flask import request
from flask_limiter import Limiter

from services.portal.web.visitor import current_visitor

GENERAL = "1200 per minute"
SIGN_IN = "30 per minute; 300 per hour"
REGISTER = "10 per minute; 60 per hour"
OBJECTION = "10 per minute; 60 per hour"


def client() -> str:
    """An account, or the address of somebody who has none."""
    visitor = current_visitor()
    return f"account:{visitor.account_id}" if visitor.account_id else f"address:{address()}"


def address() -> str:
    """Where the request comes from, as the outermost trusted proxy says."""
    return request.remote_addr or "unknown"


# In the memory of each process: the figures are there against floods, not for counting.
limiter = Limiter(client, default_limits=[GENERAL], storage_uri="memory://")
