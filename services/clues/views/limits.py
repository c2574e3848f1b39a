"""Running limits: which events open, move and close each, and what is shown of them.

Of one list are made the timekeeper's table, whose row is the alarm that comes next, and what pages
show of a clue or an opinion: each limit's own last day and what was raised of it (held.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.clues.views.folding import SOURCE
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import ClueLimit
from shared.contracts.days import business_date
from shared.projections.model import Fold, Key, Keys, ReadEvent, Row, Rule
from shared.service.limit_rows import TABLE, WHOLE, limit_keys, limit_row, limits_model

_L = ClueLimit


@dataclass(frozen=True)
class Opens:
    """The event opens the limit that stands in `field`; null there changes nothing."""

    event: str
    name: ClueLimit
    field: str
    about: str | None = None


@dataclass(frozen=True)
class Closes:
    """The event ends these limits, where `when` holds."""

    event: str
    names: tuple[ClueLimit, ...]
    about: str | None = None
    when: Callable[[ReadEvent], bool] = lambda _: True


def _settled(event: ReadEvent) -> bool:
    return bool(event.data["settled"])


def _complete(event: ReadEvent) -> bool:
    return bool(event.data["complete"])


def _done(event: ReadEvent) -> bool:
    return bool(event.data["done"])


# A limit that is opened stands after those that its event closes.
MOVES: tuple[Opens | Closes, ...] = (
    Opens("ClueFiled", _L.ACCEPTANCE, "acceptance"),
    Closes("ClueAccepted", (_L.ACCEPTANCE,)),
    Opens("ClueAccepted", _L.OVERALL, "overall"),
    Closes("ClueDeclined", (_L.ACCEPTANCE,)),
    Opens("ClueDeclined", _L.FEEDBACK, "feedback"),
    Closes("ClueJoined", (_L.ACCEPTANCE, _L.OVERALL)),
    Opens("ClueReferred", _L.ANSWER, "answering"),
    Closes("ReferralRefused", (_L.ANSWER,)),
    Closes("ReferralWithdrawn", (_L.ANSWER,)),
    Closes("ReferralAnswered", (_L.ANSWER,), when=_complete),
    Opens("AnswerReturned", _L.ANSWER, "answering"),
    Opens("VerificationStarted", _L.VERIFICATION, "verification"),
    Opens("ClueVerificationExtended", _L.VERIFICATION, "verification"),
    Opens("CaseExtended", _L.OVERALL, "overall"),
    Opens("VerificationResumed", _L.VERIFICATION, "verification"),
    Opens("VerificationResumed", _L.OVERALL, "overall"),
    Closes("ClueVerified", (_L.VERIFICATION,)),
    Closes("ComplianceRecorded", (_L.CORRECTION, _L.REPORT), about="outcome_id"),
    Opens("RefundOrdered", _L.REFUND_PAYMENT, "paying", about="claim_id"),
    Closes("RefundOrderReduced", (_L.REFUND_PAYMENT,), about="claim_id", when=_settled),
    Closes("RefundPaid", (_L.REFUND_PAYMENT,), about="claim_id", when=_settled),
    Opens("RefundPaymentReversed", _L.REFUND_PAYMENT, "paying", about="claim_id"),
    Closes("ClueClosed", (_L.OVERALL,)),
    Opens("ClueClosed", _L.FEEDBACK, "feedback"),
    Closes("FeedbackGiven", (_L.FEEDBACK,)),
    Opens("FeedbackGiven", _L.RELAY, "relaying"),
    Closes("FeedbackRelayed", (_L.RELAY,)),
    Opens("ClueReopened", _L.OVERALL, "overall"),
    Opens("OpinionFiled", _L.OPINION, "answering"),
    Closes("OpinionTakenAsClue", (_L.OPINION,)),
    Closes("OpinionAnswered", (_L.OPINION,)),
    Opens("OpinionAnswered", _L.RELAY, "relaying"),
    Closes("AnswerRelayed", (_L.RELAY,)),
    Opens("QuestionAsked", _L.QUESTION, "answering", about="question_id"),
    Closes("QuestionAnswered", (_L.QUESTION,), about="question_id"),
    Closes("QuestionLapsed", (_L.QUESTION,), about="question_id"),
    Opens("FollowUpsScheduled", _L.FOLLOW_UP, "following"),
    Closes("FollowUpRecorded", (_L.FOLLOW_UP,), when=_done),
    Opens("FollowUpRecorded", _L.FOLLOW_UP, "following"),
)


def _outcome_limit(event: ReadEvent) -> Iterable[Key]:
    names = {
        "supervision_opinion": _L.CORRECTION,
        "supervision_decision": _L.REPORT,
    }
    name = names.get(event.data["kind"])
    return [] if name is None else [(event.stream, str(name), event.data["outcome_id"])]


def _superseded(event: ReadEvent) -> Iterable[Key]:
    return [(event.stream, str(_L.CORRECTION), key) for key in event.data["supersedes"]]


def _stopped(event: ReadEvent) -> Iterable[Key]:
    return [(event.stream, name, WHOLE) for name in event.data["stops"]]


def _each(field: str) -> Keys:
    """The limits that the event lists in a field."""

    def keys(event: ReadEvent) -> Iterable[Key]:
        return [(event.stream, its["name"], its["about"] or WHOLE) for its in event.data[field]]

    return keys


def _watch_of(event: ReadEvent, key: Key) -> Any:
    """What LimitsResumed has of one of its limits."""
    return next(
        its["watch"]
        for its in event.data["resumed"]
        if (its["name"], its["about"] or WHOLE) == key[1:]
    )


def _named(event: ReadEvent) -> Iterable[Key]:
    return [(event.stream, event.data["name"], event.data["about"] or WHOLE)]


RowOf = Callable[[Key, Any], Row | None]
"""A row of the limit's key and its WatchedLimit as plain JSON."""


def rules(table: str, row_of: RowOf, raised: Fold) -> list[Rule]:
    """What the events do to a table of limits; `raised` is the fold of AlarmRaised."""
    return [
        *(_rule(move, table, row_of) for move in MOVES),
        Rule("OutcomeRecorded", table, _superseded, _gone),
        Rule("OutcomeRecorded", table, _outcome_limit, _opening(row_of, "complying")),
        Rule("VerificationPaused", table, _stopped, _gone),
        Rule("LimitsPaused", table, _each("stopped"), _gone),
        Rule(
            "LimitsResumed",
            table,
            _each("resumed"),
            lambda _, event, key: row_of(key, _watch_of(event, key)),
        ),
        Rule("AlarmRaised", table, _named, raised),
    ]


def _rule(move: Opens | Closes, table: str, row_of: RowOf) -> Rule:
    if isinstance(move, Opens):
        keys = limit_keys([move.name], move.about)
        return Rule(move.event, table, keys, _opening(row_of, move.field))
    return Rule(move.event, table, _keys_when(move), _gone)


def _keys_when(move: Closes) -> Keys:
    keys = limit_keys(move.names, move.about)
    return lambda event: keys(event) if move.when(event) else []


def _opening(row_of: RowOf, field: str) -> Fold:
    def fold(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
        its = event.data[field]
        return row if its is None else row_of(key, its)

    return fold


def _gone(row: Row | None, event: ReadEvent, key: Key) -> None:
    return None


def _alarm_row(key: Key, its: Any) -> Row | None:
    """The timekeeper's row; none when all has been raised."""
    if its["alarm"] is None:
        return None
    span, whole = its["alarm"]["span"], its["span"]
    moves = span["working"]
    return limit_row(
        key,
        span["due_on"],
        span["counted_from"] if moves else None,
        span["days"] if moves else None,
        span["provisional"] or whole["provisional"],
    )


def _next_alarm(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    return None if row is None else _alarm_row(key, event.data["watch"])


LIMITS = limits_model(
    SOURCE, EVENTS, rules(TABLE, _alarm_row, _next_alarm), name="clue_limits", moved=_next_alarm
)


def _shown_row(key: Key, its: Any) -> Row:
    """A limit as pages show it: yellow once `yellow_on` has ended, red once `due_on` has.

    raised: how far its alarms have gone · raised_on: the day on which that was done
    """
    span, alarm = its["span"], its["alarm"]
    yellow = alarm is not None and alarm["stage"] == "yellow"
    return {
        "name": key[1],
        "about": key[2] or None,
        "due_on": span["due_on"],
        "yellow_on": alarm["span"]["due_on"] if yellow else span["due_on"],
        "raised": None,
        "raised_on": None,
        "provisional": span["provisional"],
    }


def _raised(row: Row | None, event: ReadEvent, _: Key) -> Row | None:
    if row is None:
        return None
    due_on = event.data["watch"]["span"]["due_on"]
    raised_on = business_date(event.occurred_at).isoformat()
    return {**row, "due_on": due_on, "raised": event.data["stage"], "raised_on": raised_on}


def _moved(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    if row is None:
        return None
    anew = _shown_row(key, event.data["watch"])
    if row["raised"] is not None:
        anew |= {name: row[name] for name in ("raised", "raised_on", "yellow_on")}
    return anew


def _resumed(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    return _as_before(row, event.data[key[1]])


def _all_resumed(row: Row | None, event: ReadEvent, key: Key) -> Row | None:
    return _as_before(row, _watch_of(event, key))


def _as_before(row: Row | None, its: Any) -> Row | None:
    """What has nothing but red ahead of it was yellow when it was stopped."""
    if row is None or its is None or its["alarm"]["stage"] != "red":
        return row
    on = its["span"]["counted_from"]
    return {**row, "yellow_on": on, "raised": "yellow", "raised_on": on}


_SHOWN = "shown"
SHOWN_RULES = [
    *rules(_SHOWN, _shown_row, _raised),
    Rule(
        "VerificationResumed",
        _SHOWN,
        limit_keys([_L.VERIFICATION, _L.OVERALL], None),
        _resumed,
    ),
    Rule("LimitsResumed", _SHOWN, _each("resumed"), _all_resumed),
    Rule("LimitMoved", _SHOWN, _named, _moved),
]
"""What events do to the limits that pages show; their rows lie within those of what they limit."""
