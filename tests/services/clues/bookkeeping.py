"""What a case must look like by its events alone, kept a second time and more simply.

The limits' days and the refunds' columns follow here from the rules, without the code that is
looked at: which event begins a limit, which ends it, what a pause stops, and what was left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.clues import events
from shared.contracts.clues.fields import WatchedLimit
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit, OutcomeKind
from shared.contracts.days import ONE_DAY
from tests.services.clues.telling import CALENDAR

_L = ClueLimit
Key = tuple[ClueLimit, str | None]
_IN_CALENDAR_DAYS = (_L.OVERALL, _L.CORRECTION, _L.REPORT)
_BEGUN = {
    events.ClueFiled: (_L.ACCEPTANCE, "acceptance", None),
    events.ClueAccepted: (_L.OVERALL, "overall", None),
    events.CaseExtended: (_L.OVERALL, "overall", None),
    events.ClueReopened: (_L.OVERALL, "overall", None),
    events.ClueReferred: (_L.ANSWER, "answering", None),
    events.AnswerReturned: (_L.ANSWER, "answering", None),
    events.VerificationStarted: (_L.VERIFICATION, "verification", None),
    events.ClueVerificationExtended: (_L.VERIFICATION, "verification", None),
    events.RefundOrdered: (_L.REFUND_PAYMENT, "paying", "claim_id"),
    events.RefundPaymentReversed: (_L.REFUND_PAYMENT, "paying", "claim_id"),
    events.ClueClosed: (_L.FEEDBACK, "feedback", None),
    events.ClueDeclined: (_L.FEEDBACK, "feedback", None),
    events.FeedbackGiven: (_L.RELAY, "relaying", None),
}
_FOLLOWED = {
    OutcomeKind.SUPERVISION_OPINION: _L.CORRECTION,
    OutcomeKind.SUPERVISION_DECISION: _L.REPORT,
}


@dataclass
class Days:
    """Limits by what they are of: from which day so many days run, or how many are left.

    raised: the stages of each since it began
    """

    running: dict[Key, tuple[dt.date, int]] = field(default_factory=dict)
    waiting: dict[Key, int] = field(default_factory=dict)
    raised: dict[Key, list[AlarmStage]] = field(default_factory=dict)

    def happen(self, event: Any, day: dt.date) -> None:
        match event:
            case events.AlarmRaised():
                self.raised[event.name, event.about].append(event.stage)
            case events.VerificationPaused():
                self._wait(day, {_L.VERIFICATION, _L.OVERALL})
            case events.LimitsPaused():
                self._wait(day, {_L.OVERALL, *(its.name for its in event.stopped)})
            case events.VerificationResumed():
                names = {_L.VERIFICATION}
                if event.overall is not None:
                    names |= {_L.OVERALL}
                self._run_on(day, [(name, None) for name in names])
            case events.LimitsResumed():
                self._run_on(day, list(self.waiting))
        for key in _ended(event, [*self.running, *self.waiting]):
            self.running.pop(key, None)
            self.waiting.pop(key, None)
        for key, its in _begun(event):
            self.running[key], self.raised[key] = (its.span.counted_from, its.span.days), []
            self.waiting.pop(key, None)

    def _wait(self, day: dt.date, names: set[ClueLimit]) -> None:
        """The day of the pause is not used; what has passed goes on."""
        for key, (since, days) in list(self.running.items()):
            if key[0] in names and not _has_passed(key[0], since, days, day):
                used = _between(key[0], since, max(since, day - ONE_DAY))
                self.waiting[key] = max(1, days - used)
                del self.running[key]

    def _run_on(self, day: dt.date, keys: list[Key]) -> None:
        for key in keys:
            self.running[key] = (day, self.waiting.pop(key))


def _begun(event: Any) -> Iterator[tuple[Key, WatchedLimit]]:
    if isinstance(event, events.OutcomeRecorded) and event.complying is not None:
        yield (_FOLLOWED[event.kind], event.outcome_id), event.complying
    if type(event) in _BEGUN:
        name, of_limit, about = _BEGUN[type(event)]
        its = getattr(event, of_limit)
        if its is not None:
            yield (name, None if about is None else getattr(event, about)), its


def _ended(event: Any, keys: list[Key]) -> list[Key]:
    match event:
        case events.ClueAccepted() | events.ClueDeclined():
            return [(_L.ACCEPTANCE, None)]
        case events.ClueJoined() | events.ClueClosed() | events.FeedbackGiven():
            return keys
        case events.FeedbackRelayed():
            return keys
        case events.ReferralRefused() | events.ReferralWithdrawn():
            return [(_L.ANSWER, None)]
        case events.ReferralAnswered(complete=True):
            return [(_L.ANSWER, None)]
        case events.ClueVerified():
            return [(_L.VERIFICATION, None)]
        case events.OutcomeRecorded():
            return [(_L.CORRECTION, each) for each in event.supersedes]
        case events.ComplianceRecorded():
            return [key for key in keys if key[1] == event.outcome_id]
        case events.RefundPaid(settled=True) | events.RefundOrderReduced(settled=True):
            return [(_L.REFUND_PAYMENT, event.claim_id)]
    return []


def _has_passed(name: ClueLimit, since: dt.date, days: int, day: dt.date) -> bool:
    """For certain: a last day in a year without table may yet move (decision 012)."""
    if name in _IN_CALENDAR_DAYS:
        return day > since + days * ONE_DAY
    last = CALENDAR.due(since, days)
    return not last.provisional and day > last.day


def _between(name: ClueLimit, since: dt.date, day: dt.date) -> int:
    return (day - since).days if name in _IN_CALENDAR_DAYS else CALENDAR.between(since, day)


@dataclass
class Columns:
    """The refund ledger: claimed, verified, ordered and paid fen of each claim."""

    claims: dict[str, dict[str, int]] = field(default_factory=dict)

    def happen(self, event: Any) -> None:
        match event:
            case events.RefundClaimed():
                nothing = {"verified": 0, "ordered": 0, "paid": 0}
                self.claims[event.claim_id] = {"claimed": event.amount, **nothing}
            case events.RefundVerified():
                self.claims[event.claim_id]["verified"] = event.amount
            case events.RefundOrdered():
                self.claims[event.claim_id]["ordered"] = event.amount
            case events.RefundOrderReduced():
                self.claims[event.claim_id]["ordered"] -= event.amount
            case events.RefundPaid():
                self.claims[event.claim_id]["paid"] += event.amount
            case events.RefundPaymentReversed():
                self.claims[event.claim_id]["paid"] -= event.amount

    def total(self, name: str) -> int:
        return sum(its[name] for its in self.claims.values())
