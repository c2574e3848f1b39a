"""The fine above the limit: a point reports it for a peer, and it goes its whole way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from examples.first_batch import cast
from examples.play.desk import Desk
from examples.play.people import Person
from examples.play.portal import Say

NAME = "fine"


def fine_id(desk: Desk) -> str:
    """The clue's id in this installation."""
    return desk.id("clue", NAME)


class FineStory:
    """Plays `fine`; may be played again. person: who speaks for the point that reports it"""

    def __init__(self, fine: Mapping[str, Any], desk: Desk, say: Say, person: Person) -> None:
        self._fine, self._desk, self._say, self._person = fine, desk, say, person
        self._clue = {"clue_id": fine_id(desk)}

    def play(self, day: dt.date) -> None:
        """From filing to the peer's word that it is solved. Raises DemoFailed."""
        self._say("制造业联系点：代同行反映一起超标罚款（实名保密）")
        self._file()
        self._say("超标罚款：受理并转办，答复不全被退回，补齐后核实")
        self._refer()
        self._verify(day)
        self._say("超标罚款：处理两名执法人员，责令退还并分两次付清，办结后告知反映人")
        self._refund(day)
        self._tell(day)

    def _file(self) -> None:
        its = self._fine
        told = {name: its[name] for name in ("division", "body", "amount", "text")}
        who = {name: its[name] for name in ("unit_concerned", "reporter_name", "reporter_phone")}
        payload = {
            **self._clue,
            "reporter_id": self._desk.id("reporter", NAME),
            "way": "point",
            "kinds": ["illegal_fine"],
            "urgent": False,
            "retaliation": False,
            "reporting": "confidential",
            "happened_on": None,
            "place": None,
        }
        self._send(self._person, "FileClue", {**payload, **told, **who})

    def _refer(self) -> None:
        officer = cast.CITY_OFFICER
        self._send(officer, "AcceptClue", {})
        handlers = [self._desk.accounts.account_id(officer)]
        self._send(officer, "AssignClue", {"handlers": handlers})
        referral = {"referral_id": self._desk.id("referral", NAME)}
        to = {"target": "body", "authority": None, "unit": cast.ENVIRONMENT.unit}
        summary = {"names_unit": False, "summary": self._fine["summary"]}
        self._send(officer, "ReferClue", {**referral, **to, **summary})
        for name in ("badly", "well"):
            empty = dict.fromkeys(("facts", "basis", "action", "refund"))
            answer = {**referral, **empty, **self._fine[name]}
            self._send(cast.ENVIRONMENT, "AnswerReferral", answer, name)

    def _verify(self, day: dt.date) -> None:
        its, officer = self._fine, cast.CITY_OFFICER
        self._send(officer, "StartVerification", {})
        for number, step in enumerate(its["steps"]):
            step_id = self._desk.id("step", f"{NAME}/{number}")
            taken = {"step_id": step_id, "taken_on": day.isoformat(), **step}
            self._send(officer, "TakeVerificationStep", taken, str(number))
        claim = {"amount": its["amount"], "claimant": its["unit_concerned"]}
        self._send(officer, "ClaimRefund", {**self._claim, **claim})
        verified = {"amount": its["refund"], "basis": its["finding"]["facts"]}
        self._send(officer, "VerifyRefund", {**self._claim, **verified})
        self._send(officer, "ConcludeVerification", {"finding": "substantiated", **_found(its)})

    def _refund(self, day: dt.date) -> None:
        its = self._fine
        discipline = {
            "outcome_id": self._desk.id("outcome", NAME),
            "kind": "discipline",
            "document_number": None,
            "persons": its["persons"],
            "details": its["discipline"],
        }
        self._send(cast.LEADER, "RecordOutcome", discipline)
        notice = {
            "outcome_id": self._desk.id("outcome", f"{NAME}/notice"),
            "kind": "notice",
            "document_number": its["notice_number"],
            "persons": None,
            "details": its["notice"],
        }
        self._send(cast.LEADER, "RecordOutcome", notice, "notice")
        order = {"amount": its["refund"], "document_number": its["notice_number"]}
        self._send(cast.LEADER, "OrderRefund", {**self._claim, **order})
        for number, payment in enumerate(its["payments"]):
            payment_id = self._desk.id("payment", f"{NAME}/{number}")
            paid = {"payment_id": payment_id, "paid_on": day.isoformat(), **payment}
            payload = {**self._claim, **paid}
            self._send(cast.CITY_OFFICER, "RecordRefundPayment", payload, str(number))

    def _tell(self, day: dt.date) -> None:
        its, officer = self._fine, cast.CITY_OFFICER
        self._send(officer, "CloseClue", {"summary": its["closing"]})
        self._send(officer, "GiveFeedback", {"means": "online", "text": its["feedback"]})
        relayed = {"relayed_on": day.isoformat(), "means": "in_person"}
        self._send(self._person, "RelayFeedback", relayed)
        rating = {"satisfaction": "satisfied", "comment": None}
        self._send(self._person, "RateSatisfaction", rating)

    @property
    def _claim(self) -> dict[str, str]:
        return {"claim_id": self._desk.id("claim", NAME)}

    def _send(
        self, person: Person, command: str, payload: Mapping[str, Any], name: str = ""
    ) -> None:
        named = f"{NAME}/{name}" if name else NAME
        self._desk.send(person, command, named, {**self._clue, **payload})


def _found(its: Mapping[str, Any]) -> Mapping[str, str]:
    found: Mapping[str, str] = its["finding"]
    return found
