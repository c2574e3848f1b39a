"""Keeps who told it, and whom it concerns, out of what goes to an authority.

A referral or a document is written by hand; a name or a phone that slips into it is found here,
where the sealed fields can be opened, before anything is appended. Nobody is shown what was
compared.
"""

from __future__ import annotations

from typing import Any

from services.clues.domain.clue import Clue
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.spelling import spelling
from shared.service.work import Work

_SHORTEST = 2
"""Characters of a name that says who; a single one may be any word's."""


def refuse_identity(work: Work, state: Clue, text: str, field: str, names_unit: bool) -> None:
    """Raise Refused at `field` for the reporter's name or phone in its text.

    names_unit: whether the unit concerned may stand there; else it is refused too
    """
    written = _plain(text)
    for value in (state.reporter_name, state.reporter_phone):
        if _stands_in(_clear(work, value), written):
            raise Refused(Reason.IDENTITY_IN_REFERRAL, "it says who told it", [field])
    if not names_unit and _stands_in(_clear(work, state.unit_concerned), written):
        raise Refused(Reason.CONSENT_MISSING, "it names the unit concerned", [field])


def _clear(work: Work, value: Any) -> str | None:
    """The sealed value, None once erased."""
    try:
        found = work.open(value)
    except Refused as refused:
        if refused.reason != Reason.SUBJECT_ERASED:
            raise
        return None
    return None if found is None else str(found)


def _stands_in(value: str | None, written: str) -> bool:
    plain = "" if value is None else _plain(value)
    return len(plain) >= _SHORTEST and plain in written


def _plain(text: str) -> str:
    """One spelling, without what may stand between the parts of a name or a phone."""
    return "".join(each for each in spelling(text) if each.isalnum())
