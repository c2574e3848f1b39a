"""One application with all it meets, for tests of its next steps: what it is asked, what it says.

World: holds application, batch and notice together, as the handlers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from services.registry.domain import (
    application,
    asking_opinions,
    batch,
    documents,
    examining,
    leaving,
    notice,
)
from services.registry.domain.recusal import Panel
from services.registry.domain.review import RECORDED
from services.registry.domain.settings import Settings
from services.registry.domain.step_facts import Facts, OpenObjection, Step
from shared.contracts.days import business_date
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Channel,
    Check,
    Conclusion,
    DocumentKind,
    LimitName,
    ObjectionOutcome,
    RecusalGround,
    UnitKind,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import RULES, context, uid

MODULES: dict[str, ModuleType] = {"application": application, "batch": batch, "notice": notice}
Part = tuple[str, Any]
"""One aggregate and what it is asked: the parts of a command happen all, or none.

The part `group` asks that the batch has a review group, as the handlers do.
"""
SOMEBODY = "somebody-else"
"""An actor who has not voted and is not recused."""
TIED = "reviewer-3"
PANELS = {
    "none": None,
    "three": example.PANEL,
    "one tied": Panel(
        example.PANEL.members, {TIED: RecusalGround.COMPETITOR}, example.PANEL.declared
    ),
}


class World:
    """One application with its batch, group and notice, as the handlers hold them together."""

    def __init__(
        self,
        kind: UnitKind,
        places: int,
        panel: Panel | None = None,
        channel: Channel = Channel.SELF_NOMINATED,
        settings: Settings | None = None,
    ) -> None:
        self.now, self.panel = example.NOW, panel
        self.settings = settings or RULES
        self.states: dict[str, Any] = {
            "application": application.Application(),
            "batch": batch.Batch(),
            "notice": notice.Notice(),
        }
        named = SUBMISSIONS[channel]
        submit = replace(named, unit_kind=kind)
        self.does([("batch", replace(example.OPEN_BATCH, places=places))])
        self.does([("application", replace(example.SUBMITTED, command=submit))])
        self.serial = 100
        self.supplement = replace(
            example.SUPPLY, unit_kind=kind, channel=channel, recommender=named.recommender
        )

    def fresh(self) -> str:
        self.serial += 1
        return uid(self.serial)

    def refusals(self, parts: Sequence[Part], actor: str = SOMEBODY) -> list[str]:
        """The reason of every part that is refused; none when the whole is accepted."""
        reasons: list[str] = []
        acting = self._acting(actor)
        for name, command in parts:
            if name == "group":
                reasons += [Reason.NO_REVIEW_GROUP] if self.panel is None else []
                continue
            try:
                MODULES[name].decide(self.states[name], command, acting)
            except Refused as refused:
                reasons.append(refused.reason)
        return reasons

    def does(self, parts: Sequence[Part], actor: str = SOMEBODY) -> None:
        """Carry the command out if all of it is accepted."""
        if self.refusals(parts, actor):
            return
        acting = self._acting(actor)
        for name, command in (its for its in parts if its[0] != "group"):
            for event in MODULES[name].decide(self.states[name], command, acting):
                self.states[name] = MODULES[name].evolve(self.states[name], event)

    def _acting(self, actor: str) -> Any:
        return replace(context(self.now, self.settings), actor_id=actor)

    def facts(self) -> Facts:
        unit, of_batch, its_notice = (self.states[name] for name in MODULES)
        stands = its_notice.status is not notice.NoticeStatus.ABSENT
        limit = unit.limits.get((LimitName.SUPPLEMENT, None))
        return Facts(
            status=unit.status,
            recommendation=unit.recommendation,
            unit_kind=unit.unit_kind,
            findings=unit.findings,
            today=business_date(self.now),
            places_left=of_batch.places - len(of_batch.listed),
            notice_ends=its_notice.last_day_of(example.APPLICATION) if stands else None,
            objections=tuple(
                _open_objection(its_notice, key, its.extended)
                for key, its in its_notice.objections.items()
                if its.outcome is None
            ),
            examination=unit.examination,
            panel=self.panel,
            quorum_percent=self.settings.quorum_percent,
            settings=self.settings,
            reserves_before=sum(its != example.APPLICATION for its in of_batch.reserves[:1]),
            supplement_due=limit and limit.due_on,
            supplement_provisional=bool(limit and limit.provisional),
            documents_missing=tuple(self.missing()) if self.settings.documents_required else (),
        )

    def missing(self) -> list[DocumentKind]:
        """Kinds of document that the unit needs and has not attached."""
        unit = self.states["application"]
        there = documents.that_count(unit.documents)
        return documents.missing(unit.unit_kind, unit.channel, there, self.settings)

    # What may be sent ----------------------------------------------------------------------------

    def deliberation(self, listed: str = example.APPLICATION) -> list[Part]:
        command = replace(example.DELIBERATE, deliberation_id=self.fresh(), listed=(listed,))
        its = [("application", example.LIST)] if listed == example.APPLICATION else []
        return [("batch", command), *its]

    def supplied(self) -> application.Supplement:
        return replace(example.SUPPLIED, command=self.supplement)

    def reserving(self, *reserves: str) -> list[Part]:
        """A meeting that keeps these as reserves; the application's own part, if it is one."""
        command = replace(example.RESERVING, deliberation_id=self.fresh(), reserves=reserves)
        its = [("application", example.RESERVE)] if example.APPLICATION in reserves else []
        return [("batch", command), *its]

    def conclusion(self, command: Any) -> list[Part]:
        its: Any = command
        if self.panel is not None:
            uncounted = replace(command, votes_for=None, votes_against=None)
            its = application.ConcludeByVote(uncounted, self.panel)
        qualifies = command.conclusion is Conclusion.QUALIFIED
        noted = [("batch", example.NOTE_QUALIFIED)] if qualifies else []
        return [("application", its), *noted]

    def leaving(self, command: Any) -> list[Part]:
        """The application leaves; its batch and its notice hear of it as the handlers tell them."""
        status = self.states["application"].status
        struck = isinstance(command, commands.StrikeOff)
        parts: list[Part] = [("application", command)]
        if struck and status in leaving.STRIKABLE:
            parts.append(("batch", batch.RecordStrikingOff(command)))
        if status in (ApplicationStatus.QUALIFIED, ApplicationStatus.RESERVE):
            parts.append(("batch", example.NOTE_LEFT))
        if status in (ApplicationStatus.LISTED, ApplicationStatus.ON_NOTICE):
            parts.append(("batch", example.FREE_PLACE))
        if status is ApplicationStatus.ON_NOTICE:
            parts.append(("notice", example.LEAVE_NOTICE))
        return parts

    def objections(self) -> list[str]:
        return [*self.states["notice"].objections, self.fresh()]

    def opinions(self) -> list[str]:
        return [*self.states["application"].examination.opinions, self.fresh()]

    def decisions(self) -> list[list[Part]]:
        return [
            self.decision(objection_id, outcome)
            for objection_id in self.objections()
            for outcome in ObjectionOutcome
        ]

    def decision(self, objection_id: str, outcome: ObjectionOutcome) -> list[Part]:
        command = replace(example.OVERRULE, objection_id=objection_id, outcome=outcome)
        drops = [("application", example.DROP_OUT), ("batch", example.FREE_PLACE)]
        pending = example.APPLICATION in self.states["notice"].pending
        falls = outcome is ObjectionOutcome.SUSTAINED and pending
        return [("notice", command), *(drops if falls else [])]

    def payloads(self, step: Step) -> list[list[Part]]:
        """Well-formed commands of the step's kind, as good as its sender can make them."""
        match step.command, step.variant:
            case name, None if name in ALONE:
                return [[("application", ALONE[name])]]
            case "SubmitSupplement", None:
                return [[("application", self.supplied())]]
            case "RecordReviewCheck", None:
                bare = [check for check in Check if check not in RECORDED]
                checks = [replace(example.CHECK, check=check) for check in bare]
                return [[("application", check)] for check in checks]
            case "ConcludeReview", Conclusion.QUALIFIED:
                return [self.conclusion(example.CONCLUDE)]
            case "ConcludeReview", Conclusion.NOT_QUALIFIED:
                return [self.conclusion(example.REJECT)]
            case "ResolveFlag", None:
                flags = [replace(example.RESOLVE, check=check) for check in Check]
                return [[("application", flag)] for flag in flags]
            case "AskOpinion", None:
                asked = replace(example.ASK_OPINION, opinion_id=self.fresh())
                return [[("application", asked)]]
            case "TakeBackOpinion", None:
                return [
                    [("application", replace(example.TAKE_BACK_OPINION, opinion_id=its))]
                    for its in self.opinions()
                ]
            case "AnswerOpinion", None:
                return [[("application", answer(its))] for its in self.opinions()]
            case "StrikeOff", None:
                return [self.leaving(replace(example.STRIKE_OFF, deliberation_id=self.fresh()))]
            case "WithdrawApplication", None:
                return [self.leaving(example.TAKE_BACK)]
            case "ExamineRecusals", None:
                panel = self.panel or example.PANEL
                return [[("group", None), ("application", examining.Examine(panel))]]
            case "CastVote", None:
                return [[("group", None), ("application", example.VOTE)]]
            case "PromoteReserve", None:
                return [promotion("先列候补放弃递补")]
            case "CorrectNotice", None:
                return [[("notice", example.CORRECT_NOTICE)]]
            case "ExtendVerification", None:
                extensions = [
                    replace(example.EXTEND_VERIFICATION, objection_id=its)
                    for its in self.objections()
                ]
                return [[("notice", its)] for its in extensions]
            case name, None if name in RECORDS:
                record = RECORDS[name]
                fresh = {f: self.fresh() for f in ("visit_id", "talk_id") if hasattr(record, f)}
                return [[("application", replace(record, **fresh))]]
            case "RecordDeliberation", None:
                return [self.deliberation()]
            case "PublishNotice", None:
                return [PUBLICATION]
            case "DecideObjection", None:
                return self.decisions()
            case "DesignatePoints", None:
                return [DESIGNATION]
        raise AssertionError(f"no payload is known for {step}")


SUBMISSIONS = {
    Channel.SELF_NOMINATED: example.SUBMIT,
    Channel.RECOMMENDED: example.SUBMIT_RECOMMENDED,
}
ALONE: dict[str, Any] = {
    "ConfirmRecommendation": example.CONFIRM_RECOMMENDATION,
    "DeclineRecommendation": example.DECLINE_RECOMMENDATION,
    "PassFormalCheck": example.PASS,
    "FailFormalCheck": example.FAIL,
    "RequestSupplement": example.REQUEST_SUPPLEMENT,
    "CorrectUnitData": example.CORRECT_DATA,
}
"""Commands that concern the application alone, one payload each."""


def _open_objection(its_notice: notice.Notice, objection_id: str, extended: bool) -> OpenObjection:
    limit = its_notice.limits.get((LimitName.OBJECTION_VERIFICATION, objection_id))
    if limit is None:
        return OpenObjection(None, extended)
    return OpenObjection(limit.due_on, extended, limit.provisional)


def answer(opinion_id: str) -> asking_opinions.Answer:
    return replace(example.ANSWER, command=replace(example.ANSWER_OPINION, opinion_id=opinion_id))


def promotion(reasons: str | None) -> list[Part]:
    command = replace(example.PROMOTE, application_id=example.APPLICATION, reasons=reasons)
    return [("batch", command), ("application", example.MOVE_UP)]


RECORDS: dict[str, Any] = {
    "DeclareRecusal": example.DECLARE_RECUSAL,
    "RecordPoliticalDirection": example.POLITICAL,
    "RecordGovernanceAbility": example.GOVERNANCE,
    "RecordVisit": example.VISIT,
    "RecordTalk": example.TALK,
}
PUBLICATION: list[Part] = [
    ("application", example.PUT_ON_NOTICE),
    ("notice", example.PUBLISH),
]
DESIGNATION: list[Part] = [
    ("notice", example.DESIGNATE),
    ("application", example.DESIGNATE_APPLICATION),
]
