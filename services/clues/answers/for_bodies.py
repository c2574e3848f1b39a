"""What of a case's records the body or authority reads that it was referred to: all of it here.

It has what the bureau wrote to it, what it answered, and how far the bureau has urged it. Of the
refunds that it is ordered to pay it has amounts and days, and the proof of what it paid itself.
Whatever else people of the bureau write about the money stays in the case: reasons, and their own
notes on a payment, which may name to whom it went.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.clues.handlers.aggregates import CLUE
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import AlarmStage, ClueLimit
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.query_bus import Asked
from shared.service.recorded import recorded

_OF_REFERRALS = (
    *("ClueReferred", "ReferralRefused", "ReferralAnswered", "AnswerReturned"),
    "ReferralWithdrawn",
)
_OF_REFUNDS = ("RefundOrdered", "RefundOrderReduced", "RefundPaid", "RefundPaymentReversed")
_URGED = frozenset({AlarmStage.NUDGE, AlarmStage.SUPERVISE, AlarmStage.PUBLISH})
_TOLD_OF_ALARMS = ("name", "about", "stage")
_OWN_LIMITS = frozenset({"refusable", "answering", "paying"})
"""Days that stand beside, where they may since have moved."""


def is_by_its_body(row: Row) -> bool:
    """Whether by this referral, of the clue's, the body reads what it is to refund."""
    return bool(row["body_referral"] == row["referral_id"])


def records_for(asked: Asked, row: Row) -> list[Row]:
    """The records of a referral, in order; of its body, those of its refunds too.

    row: the referral's with its clue's `version` and `body_referral`
    """
    stream, version = CLUE.stream(row["clue_id"]), row["version"]
    referrals = recorded(asked, EVENTS, stream, _OF_REFERRALS, version)
    alarms = recorded(asked, EVENTS, stream, ("AlarmRaised",), version)
    told = [its for its in referrals if its["values"]["referral_id"] == row["referral_id"]]
    told += [_without_days(its) for its in alarms if _is_told(its, row, referrals)]
    if is_by_its_body(row):
        of_refunds = recorded(asked, EVENTS, stream, _OF_REFUNDS, version, ("reasons",))
        told += [_without_others_notes(its, row, referrals) for its in of_refunds]
    return [_without_limits(its) for its in sorted(told, key=lambda its: its["version"])]


def _is_told(alarm: Row, row: Row, referrals: Sequence[Row]) -> bool:
    """What the bureau has done about a limit that ran against whoever has the referral."""
    values = alarm["values"]
    if values["stage"] not in _URGED:
        return False
    if values["name"] == ClueLimit.ANSWER:
        at_work = _referred_at(alarm["version"], referrals)
        return at_work is not None and bool(at_work["referral_id"] == row["referral_id"])
    return bool(values["name"] == ClueLimit.REFUND_PAYMENT) and is_by_its_body(row)


def _without_others_notes(record: Row, row: Row, referrals: Sequence[Row]) -> Row:
    """Of a payment, the proof only for the body that gave it."""
    if record["type"] != "RefundPaid":
        return record
    at_work = _referred_at(record["version"], referrals, of_body=True)
    its_own = at_work is not None and at_work["unit"] == row["unit"]
    if record["role"] == Role.ENFORCEMENT_BODY and its_own:
        return record
    return _only(record, [name for name in record["values"] if name != "proof"])


def _referred_at(version: int, referrals: Sequence[Row], *, of_body: bool = False) -> Row | None:
    """What the latest referral said before the clue had this version."""
    said = [
        its["values"]
        for its in referrals
        if its["type"] == "ClueReferred"
        and its["version"] < version
        and not (of_body and (its["values"]["target"] != "body" or not its["values"]["unit"]))
    ]
    return said[-1] if said else None


def _without_days(alarm: Row) -> Row:
    return _only(alarm, _TOLD_OF_ALARMS)


def _without_limits(record: Row) -> Row:
    return _only(record, [name for name in record["values"] if name not in _OWN_LIMITS])


def _only(record: Row, names: Sequence[str]) -> Row:
    values = record["values"]
    return {**record, "values": {name: values[name] for name in names if name in values}}
