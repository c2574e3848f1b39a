"""One subject may lie under several locks, and is erased while no other request has it locked.

Of each subject there are a few places. A lock takes one of them, an erasure takes all: so of an
erasure and a lock that are decided at the same moment the log carries out one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.contracts.erasure.vocabulary import ErasureStatus
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.erasure.aggregate import ERASURE
from shared.service.work import Work

_PLACES = 8
"""How many requests may have one subject locked at the same time."""
_CLAIM = "erasure_lock"


def take_one(work: Work, erasure_id: str, subjects: Iterable[str]) -> None:
    """For the request that locks these subjects, of each a place.

    Raises Refused: SUBJECT_ERASED for what is gone, SUBJECT_LOCKED where every place is taken.
    """
    for subject in subjects:
        holders = list(_holders(work, subject))
        if any(_has_erased(work, its) for its in holders if its is not None):
            raise Refused(Reason.SUBJECT_ERASED, "there is nothing left to lock", ["stream"])
        if None not in holders:
            raise _locked(subject)
        _claim(work, erasure_id, subject, holders.index(None))


def take_all(work: Work, erasure_id: str, subjects: Iterable[str]) -> None:
    """For the request that erases these subjects, every place of those that are not gone yet.

    Raises Refused with SUBJECT_LOCKED, as `refuse_locked` does.
    """
    subjects = tuple(subjects)
    refuse_locked(work, erasure_id, subjects)
    for subject in subjects:
        holders = list(_holders(work, subject))
        for place, holder in enumerate(holders):
            if holder is None:
                _claim(work, erasure_id, subject, place)


def refuse_locked(work: Work, erasure_id: str, subjects: Iterable[str]) -> None:
    """Raise Refused with SUBJECT_LOCKED where another request has one of the subjects locked."""
    own = ERASURE.stream(erasure_id)
    for subject in subjects:
        for holder in _holders(work, subject):
            if holder not in (None, own) and not _has_erased(work, holder):
                raise _locked(subject)


def give_back(work: Work, erasure_id: str) -> None:
    """What the request has locked may be erased by others again."""
    work.release(_CLAIM, ERASURE.stream(erasure_id))


def _holders(work: Work, subject: str) -> Iterator[str | None]:
    return (work.holder_of(_CLAIM, (subject, str(place))) for place in range(_PLACES))


def _has_erased(work: Work, holder: str) -> bool:
    identifier = holder.removeprefix(f"{ERASURE.prefix}-")
    return bool(work.state(ERASURE, identifier).status is ErasureStatus.ERASED)


def _claim(work: Work, erasure_id: str, subject: str, place: int) -> None:
    holder = ERASURE.stream(erasure_id)
    work.claim(_CLAIM, (subject, str(place)), holder, Reason.SUBJECT_LOCKED, "stream")


def _locked(subject: str) -> Refused:
    return Refused(Reason.SUBJECT_LOCKED, f"another request has {subject} locked", ["stream"])
