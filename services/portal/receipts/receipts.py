"""From codes to receipts, and what a browser keeps of either, sealed so that we alone read it.

Nothing here is stored: the salt and the key are the portal's own, all else lies with the browser.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore

from services.portal.receipts.codes import bare
from shared.privacy.keyring import Keyring
from shared.privacy.sealing import CannotOpen, open_sealed, seal

ENTERED_SECONDS = 30 * 60
"""How long after their last page a reporter's code must be entered again."""
LONGEST_SECONDS = 2 * 60 * 60
"""How long after it was entered, however busily they read."""
FORM_SECONDS = 60 * 60
"""How long a form that was shown leads to the code that was drawn for it: whoever uses the browser
next finds it there."""

_COST, _BLOCK, _BYTES = 2**15, 8, 32
_MEMORY = 64 * 1024 * 1024
_AT_ONCE = 2
_WAIT_SECONDS = 5.0
_COOKIE = "reporter"


class Busy(Exception):
    """So many codes are being hashed that this one would wait for too long."""


@dataclass(frozen=True)
class Entered:
    """A receipt, and when its code was entered, in seconds of real time."""

    receipt: str
    since: int


class Receipts:
    """`now` gives seconds of real time, which no moved clock of the business changes."""

    def __init__(self, keyring: Keyring, now: Callable[[], float] = time.time) -> None:
        self._keyring, self._now = keyring, now
        # Made before anybody needs them, so that every backup of keys has them.
        keyring.receipts_key()
        keyring.browsers_key()
        self._hashing = BoundedSemaphore(_AT_ONCE)

    def receipt_of(self, code: str) -> str:
        """What services know a code by: scrypt under a salt of this portal alone, in hex.

        It takes a tenth of a second and 32 MiB, a few at once. Raises Busy.
        """
        if not self._hashing.acquire(timeout=_WAIT_SECONDS):
            raise Busy
        try:
            return hashlib.scrypt(
                bare(code).encode(),
                salt=self._keyring.receipts_key(),
                n=_COST,
                r=_BLOCK,
                p=1,
                maxmem=_MEMORY,
                dklen=_BYTES,
            ).hex()
        finally:
            self._hashing.release()

    def into_form(self, code: str, about: str) -> str:
        """The code as a form about this new thing carries it, so that it is the same sent twice."""
        return self._sealed(_form(about), code)

    def from_form(self, carried: str, about: str) -> str | None:
        """The inverse; None for what is none of ours, or too old."""
        return self._opened(_form(about), carried, FORM_SECONDS)

    def entered(self, receipt: str) -> Entered:
        """At this moment."""
        return Entered(receipt, int(self._now()))

    def into_cookie(self, entered: Entered) -> str:
        """The receipt as its holder's browser keeps it from page to page."""
        return self._sealed(_COOKIE, f"{entered.since} {entered.receipt}")

    def from_cookie(self, kept: str) -> Entered | None:
        """The inverse; None for what is none of ours, or over."""
        since, _, receipt = (self._opened(_COOKIE, kept, ENTERED_SECONDS) or "").partition(" ")
        if not receipt or self._now() - int(since) > LONGEST_SECONDS:
            return None
        return Entered(receipt, int(since))

    def _sealed(self, context: str, value: str) -> str:
        plain = json.dumps([value, int(self._now())]).encode()
        return base64.urlsafe_b64encode(seal(self._keyring.browsers_key(), context, plain)).decode()

    def _opened(self, context: str, sealed: str, seconds: int) -> str | None:
        try:
            raw = base64.b64decode(sealed, altchars=b"-_", validate=True)
            value, at = json.loads(open_sealed(self._keyring.browsers_key(), context, raw))
        except (CannotOpen, binascii.Error, ValueError):
            return None
        return str(value) if self._now() - at <= seconds else None


def _form(about: str) -> str:
    return f"form|{about}"
