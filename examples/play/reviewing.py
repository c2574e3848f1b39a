"""What a review group does: who stays out, what is put on record, asked, found, and voted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from examples.play import payloads
from examples.play.data import Applicant
from examples.play.desk import Desk
from examples.play.people import Cast, Person
from examples.play.review_data import Member, Opinion
from examples.play.stages import Stages


class Reviewing:
    """Each call may be made again, as with `Stages`."""

    def __init__(self, desk: Desk, cast: Cast, stages: Stages, members: Sequence[Member]) -> None:
        self._desk, self._cast, self._stages, self._members = desk, cast, stages, members

    def appoint(self) -> None:
        """The leader appoints the group, whose members then declare their interests."""
        batch_id = self._stages.batch_id
        account = {
            its.key: self._desk.accounts.account_id(self._cast.reviewers[its.key])
            for its in self._members
        }
        payload = payloads.group(batch_id, list(account.values()))
        self._desk.send(self._cast.leader, "AppointReviewGroup", batch_id, payload)
        for its in self._members:
            declared = payloads.interests(its.interests, batch_id, account[its.key])
            name = f"{batch_id}/{its.key}"
            self._desk.send(self._cast.reviewers[its.key], "DeclareInterests", name, declared)

    def review(self, unit: Applicant, day: dt.date) -> None:
        """All of it on one unit, visits and talks held on `day`."""
        self.examine(unit, day)
        self.record_checks(unit, day)
        self.cast_votes(unit)
        payload = payloads.conclusion(unit, self._stages.application_id(unit))
        self._desk.send(self._examiner(unit), "ConcludeReview", unit.key, payload)

    def examine(self, unit: Applicant, day: dt.date) -> None:
        """Who stays out, visits, talks, and opinions with the answers that came."""
        self._keep_out(unit)
        self._go_and_see(unit, day)
        for number, its in enumerate(unit.records.opinions, 1):
            self._ask(unit, f"{unit.key}/{number}", its)

    def record_checks(self, unit: Applicant, day: dt.date, most: int | None = None) -> None:
        """What the checks found, all of them or the first `most`, with interviews of `day`."""
        examiner, application_id = self._examiner(unit), self._stages.application_id(unit)
        for result in unit.checks[:most]:
            name = f"{unit.key}/{result.check}"
            command, payload = payloads.finding(result, application_id, day)
            self._desk.send(examiner, command, name, payload)
            if result.flag is not None:
                decided = payloads.flag(result.check, result.flag, application_id)
                self._desk.send(examiner, "ResolveFlag", name, decided)

    def cast_votes(self, unit: Applicant, most: int | None = None) -> None:
        """Those who take part vote, all of them or the first `most`; the chair votes last."""
        its = unit.conclusion
        votes = [*[True] * its.votes_for, *[False] * its.votes_against]
        voters = reversed(self._taking_part(unit))
        for person, in_favour in list(zip(voters, votes, strict=False))[:most]:
            payload = payloads.vote(self._stages.application_id(unit), in_favour)
            self._desk.send(person, "CastVote", f"{unit.key}/{person.login}", payload)

    def _keep_out(self, unit: Applicant) -> None:
        """By a member's own word, or as the rules find it in what members have declared."""
        application_id = self._stages.application_id(unit)
        for its in unit.records.recusals:
            if its.reasons is not None:
                payload = {"application_id": application_id, "reasons": its.reasons}
                name = f"{unit.key}/{its.member}"
                person = self._cast.reviewers[its.member]
                self._desk.send(person, "DeclareRecusal", name, payload)
        if any(its.reasons is None for its in unit.records.recusals):
            found = {"application_id": application_id}
            self._desk.send(self._examiner(unit), "ExamineRecusals", unit.key, found)

    def _go_and_see(self, unit: Applicant, day: dt.date) -> None:
        kinds = (
            ("RecordVisit", "visit", unit.records.visits),
            ("RecordTalk", "talk", unit.records.talks),
        )
        for command, kind, held in kinds:
            for number, its in enumerate(held, 1):
                name = f"{unit.key}/{number}"
                made = {f"{kind}_id": self._desk.id(kind, name)}
                payload = payloads.encounter(its, self._stages.application_id(unit), made, day)
                self._desk.send(self._examiner(unit), command, name, payload)

    def _ask(self, unit: Applicant, name: str, its: Opinion) -> None:
        """A body with an account answers by itself; else the district's officer enters a letter."""
        application_id, opinion_id = (
            self._stages.application_id(unit),
            self._desk.id("opinion", name),
        )
        body = self._cast.body(its.body)
        unit_of_body = None if body is None else body.unit
        asked = payloads.question(its, application_id, opinion_id, unit_of_body)
        self._desk.send(self._examiner(unit), "AskOpinion", name, asked)
        if its.view is not None:
            answerer = body or self._stages.officer_of(unit)
            answered = payloads.answer(its, application_id, opinion_id)
            self._desk.send(answerer, "AnswerOpinion", name, answered)

    def _examiner(self, unit: Applicant) -> Person:
        """The first of those who take part."""
        return self._taking_part(unit)[0]

    def _taking_part(self, unit: Applicant) -> list[Person]:
        out = {its.member for its in unit.records.recusals}
        return [person for key, person in self._cast.reviewers.items() if key not in out]
