"""What whoever holds a receipt reads of the case that it leads to (decision 021).

Answered from the log itself, so that what was just written is there, and without a record of who
read when: to a frightened reporter that record would be one more danger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.clues.answers.openings import openings_for_reporter
from services.clues.answers.state import context_of, state_of
from services.clues.domain import clue, handling
from services.clues.domain.clue import Clue
from services.clues.domain.context import Context
from services.clues.domain.opinion import Opinion
from services.clues.domain.telling_back import read_by_reporter
from services.clues.handlers.aggregates import CLUE, OPINION
from services.clues.handlers.reporters import RECEIPT
from shared.contracts.clues import commands, queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import ClueLimit, Reporting, Satisfaction
from shared.contracts.days import business_date
from shared.contracts.errors import NotFound, Refused
from shared.contracts.roles import Role
from shared.contracts.stored import instant
from shared.projections.model import Row
from shared.service.query_bus import Asked, QueryRoute
from shared.service.recorded import recorded


def reported_stream(asked: Asked) -> str:
    """The stream of the asker's receipt; of an opinion that was taken as a clue, the clue's.

    Raises NotFound, in the same steps for every receipt that leads nowhere.
    """
    return _streams(asked)[-1]


def _streams(asked: Asked) -> list[str]:
    """What the receipt leads to: an opinion or a clue, or an opinion and the clue it became."""
    key = asked.keyring.keyed_hash(RECEIPT, asked.actor.id)
    rows = asked.rows(
        "SELECT holder FROM eventlog.claim WHERE scope = %s AND key = %s", RECEIPT, key
    )
    if not rows or asked.actor.role is not Role.REPORTER:
        raise NotFound(RECEIPT, "")
    stream = str(rows[0]["holder"])
    prefix, _, identifier = stream.partition("-")
    if prefix == OPINION.prefix:
        state: Opinion = state_of(asked, OPINION, identifier)
        if state.taken_as is not None:
            return [stream, CLUE.stream(state.taken_as)]
    return [stream]


_TOLD: Mapping[str, tuple[str, ...]] = {
    "OpinionFiled": ("topics", "division", "body", "text"),
    "OpinionTakenAsClue": (),
    "OpinionAnswered": ("resolution", "answer"),
    "AnswerRelayed": ("relayed_on", "means"),
    "ClueFiled": (
        *("kinds", "division", "body", "happened_on", "amount"),
        *("place", "unit_concerned", "text"),
    ),
    "RetaliationFlagged": (),
    "ClueAccepted": (),
    "ClueDeclined": ("ground", "reasons"),
    "ClueReferred": ("target",),
    "ReferralWithdrawn": (),
    "VerificationStarted": (),
    "ClueVerificationExtended": (),
    "VerificationPaused": ("ground",),
    "VerificationResumed": (),
    "ClueJoined": (),
    "ClueVerified": ("finding",),
    "ClueClosed": ("finding", "outcomes"),
    "FeedbackGiven": ("means", "text"),
    "FeedbackRelayed": ("relayed_on", "means"),
    "SatisfactionRated": ("satisfaction", "comment"),
    "ClueReopened": (),
}
"""Of what happened, what the reporter is told: dates and results, their own words, and those that
the bureau wrote for them; never who did it, nor what another reporter told."""
_LIMITS = (ClueLimit.ACCEPTANCE, ClueLimit.VERIFICATION, ClueLimit.OVERALL, ClueLimit.FEEDBACK)
_OF_OPINIONS = (ClueLimit.OPINION,)


def follow_receipt(asked: Asked) -> Any:
    """`{nature, id, status, locked, limits, events, may, retaliation, openings}`; `id` is the
    portal's to act with.

    locked: whether the law has it kept, so that what would be told in words is null
    limits: `{name, due_on, provisional}` that run for the reporter
    events: `{type, on, values}`, in order; values are those of `_TOLD`, null once erased or locked
    may: command → null, or the reason why not now
    retaliation: `{status, locked, events}` of the case that is open for it, null without one; how
        it was flagged is not among them, since others may have done it in words of theirs
    openings: as `openings_for_reporter` gives them; null for who is not confidential
    """
    streams = _streams(asked)
    prefix, _, identifier = streams[-1].partition("-")
    if prefix == OPINION.prefix:
        opinion: Opinion = state_of(asked, OPINION, identifier)
        return {
            **{"nature": "opinion", "id": identifier, "status": str(opinion.status)},
            "locked": _is_locked(asked, streams),
            "limits": _limits(opinion, _OF_OPINIONS),
            "events": _events(asked, streams),
            **{"may": {}, "retaliation": None, "openings": None},
        }
    state: Clue = state_of(asked, CLUE, identifier)
    sealed = state.reporting is Reporting.CONFIDENTIAL
    return {
        **{"nature": "clue", "id": identifier, "status": str(state.status)},
        "locked": _is_locked(asked, streams),
        "limits": _limits(state, _LIMITS),
        "events": _events(asked, streams),
        "may": _may(asked, state),
        "retaliation": _retaliation(asked, state),
        "openings": openings_for_reporter(asked, identifier) if sealed else None,
    }


def _retaliation(asked: Asked, state: Clue) -> Row | None:
    if not state.retaliation_clue_id:
        return None
    case: Clue = state_of(asked, CLUE, state.retaliation_clue_id)
    streams = [CLUE.stream(state.retaliation_clue_id)]
    events = _events(asked, streams)
    return {
        "status": str(case.status),
        "locked": _is_locked(asked, streams),
        "events": [its for its in events if its["type"] != "ClueFiled"],
    }


def _is_locked(asked: Asked, streams: Sequence[str]) -> bool:
    return any(asked.is_locked(stream.replace("-", ":", 1)) for stream in streams)


def _limits(state: Clue | Opinion, names: Sequence[ClueLimit]) -> list[Row]:
    return [
        {"name": str(name), "due_on": its.span.due_on, "provisional": its.span.provisional}
        for (name, _), its in state.limits.items()
        if name in names
    ]


def _events(asked: Asked, streams: Sequence[str]) -> list[Row]:
    found = [each for stream in streams for each in _recorded(asked, stream)]
    return [
        {
            "type": its["type"],
            "on": business_date(instant(its["occurred_at"])),
            "values": {name: its["values"][name] for name in _TOLD[its["type"]]},
        }
        for its in found
    ]


def _recorded(asked: Asked, stream: str) -> list[Row]:
    rows = asked.rows(
        "SELECT max(version) AS version FROM eventlog.event WHERE stream = %s", stream
    )
    hidden = {name for kind in EVENTS for name in kind.subjects if name not in _WORDS}
    shut = _is_locked(asked, [stream])  # though a process may have the key in memory still
    return recorded(asked, EVENTS, stream, list(_TOLD), rows[0]["version"], hidden, shut)


_WORDS = {name for told in _TOLD.values() for name in told}


def _may(asked: Asked, state: Clue) -> dict[str, str | None]:
    """What the reporter may do about it now, by what `decide` says."""
    context = context_of(asked)
    rating = commands.RateSatisfaction(
        clue_id=state.clue_id, satisfaction=Satisfaction.SATISFIED, comment=None
    )
    return {
        "RateSatisfaction": _why_not(_as_told(state, context), rating, context),
        "FlagRetaliation": _why_not(state, handling.Flag(_OTHER), context),
    }


def _as_told(state: Clue, context: Context) -> Clue:
    """As it stands once they rate, having read here what came of it."""
    told = read_by_reporter(state, context)
    for event in [] if told is None else clue.decide(state, told, context):
        state = clue.evolve(state, event)
    return state


_OTHER = "00000000-0000-4000-8000-000000000000"
"""An id that nothing has."""


def _why_not(state: Clue, command: Any, context: Context) -> str | None:
    try:
        clue.decide(state, command, context)
    except Refused as refused:
        return str(refused.reason)
    return None


QUERIES: dict[type, QueryRoute] = {
    queries.FollowReceipt: QueryRoute({Role.REPORTER}, (), follow_receipt),
}
