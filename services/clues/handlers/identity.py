"""Keeps who told it, and whom it concerns, out of what goes to an authority or another reporter.

What these read is written by hand; a name or a phone that slips into it is found here, where the
sealed fields can be opened, before anything is appended. Nobody is shown what was compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.clues.domain.clue import Clue
from services.clues.handlers.kin import family_of
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.spelling import spelling
from shared.service.work import Work

_SHORTEST = 2
"""Characters of a name that says who; a single one may be any word's."""

Texts = Mapping[str, str | None]
"""What the authority will read, by the command's fields."""


def refuse_identity(work: Work, clue_id: str, texts: Texts, *, names_unit: bool) -> None:
    """Raise Refused at its field for a reporter's name or phone, or a unit without consent.

    Of the clue, and of every other that it belongs with: what those told is known to the writer.
    names_unit: whether the referral names the unit concerned
    """
    family = family_of(work, clue_id).values()
    refuse_reporters(work, family, texts)
    units = {_plain_of(work, its.unit_concerned) for its in family}
    consenting = {_plain_of(work, its.unit_concerned) for its in family if its.consent}
    field = _field_with(units - consenting if names_unit else units, texts)
    if field is not None:
        raise Refused(Reason.CONSENT_MISSING, "it names a unit concerned", [field])


def refuse_reporters(work: Work, family: Iterable[Clue], texts: Texts) -> None:
    """Raise Refused at its field for the name or phone of whoever told one of these clues."""
    _refuse(_told(work, family), texts)


def refuse_other_reporters(work: Work, clue_id: str, texts: Texts) -> None:
    """Raise Refused at its field for who told another clue that this one belongs with.

    What this one's reporter is told may bear their own name, and they may have told the other too.
    """
    own, *others = family_of(work, clue_id).values()
    _refuse(_told(work, others), texts, without=_told(work, [own]))


def _told(work: Work, family: Iterable[Clue]) -> set[str]:
    """The names and phones of those who told these clues."""
    return {
        _plain_of(work, value)
        for its in family
        for value in (its.reporter_name, its.reporter_phone)
    }


def _refuse(told: Iterable[str], texts: Texts, without: Iterable[str] = ()) -> None:
    field = _field_with(told, texts, without)
    if field is not None:
        raise Refused(Reason.IDENTITY_IN_REFERRAL, "it says who told it", [field])


def _field_with(values: Iterable[str], texts: Texts, without: Iterable[str] = ()) -> str | None:
    """The first field in which one of the values stands, outside of those that may stand there."""
    sought = [value for value in values if len(value) >= _SHORTEST]
    allowed = sorted((value for value in without if len(value) >= _SHORTEST), key=len, reverse=True)
    for field, text in texts.items():
        written = _plain(text or "")
        for value in allowed:
            written = written.replace(value, " ")
        if any(value in written for value in sought):
            return field
    return None


def _plain_of(work: Work, value: Any) -> str:
    """The sealed value in one spelling; nothing once erased or locked away."""
    try:
        found = work.open(value)
    except Refused as refused:
        if refused.reason not in (Reason.SUBJECT_ERASED, Reason.SUBJECT_LOCKED):
            raise
        return ""
    return "" if found is None else _plain(str(found))


def _plain(text: str) -> str:
    """One spelling, without what may stand between the parts of a name or a phone."""
    return "".join(each for each in spelling(text) if each.isalnum())
