"""The people of the scheme at work: applications of every kind, moved on step by step."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from typing import Any

from deploy.local.processes import wait_until
from services.registry.domain.review import checks_for
from shared.access.actor import Actor
from shared.clock import MovableClock
from shared.contracts.days import business_date
from shared.contracts.registry.vocabulary import Check, OpinionSource, UnitKind
from shared.contracts.roles import Role
from shared.reference.credit_code import ALPHABET, complete
from shared.service.client import ServiceClient
from tests.system.installation import PATIENCE

CITY = "430200"
DISTRICT, OTHER_DISTRICT = "430211", "430203"

LEADER = Actor("leader-1", Role.LEADER, CITY)
OFFICER = Actor("officer-1", Role.OFFICER, CITY)
REVIEWER = Actor("reviewer-1", Role.REVIEWER, CITY)
APPLICANT = Actor("applicant-1", Role.APPLICANT)
RECOMMENDER = Actor("partner-2", Role.PARTNER, CITY, "市工商联")
ANYONE = Actor("partner-1", Role.PARTNER)

STATED: dict[UnitKind, dict[str, Any]] = {
    UnitKind.ENTERPRISE: {
        "industry_section": "C", "trade": "industry", "staff": 400, "revenue_wan": 3_000,
    },
    UnitKind.INDIVIDUAL_BUSINESS: {"industry_section": "F"},
    UnitKind.VILLAGE_COMMUNITY: {"declared_size": "small"},
    UnitKind.CHAMBER: {"declared_size": "not_applicable"},
}  # fmt: skip
"""What a unit of each kind states about its trade and size."""

PROFILE: dict[UnitKind, tuple[str, str]] = {
    UnitKind.ENTERPRISE: ("manufacturing", "medium"),
    UnitKind.INDIVIDUAL_BUSINESS: ("retail", "individual"),
    UnitKind.VILLAGE_COMMUNITY: ("village_community", "small"),
    UnitKind.CHAMBER: ("chamber", "not_applicable"),
}
"""Industry group and size class that the rules make of that (rules.md, unit data)."""

NO_INTERESTS: dict[str, Any] = {
    "member_id": REVIEWER.id,
    "bodies": [],
    **dict.fromkeys(("employer_name", "employer_code", "industry_group", "district")),
}
BODIES = {OpinionSource.STREET: "嵩山路街道办事处", OpinionSource.ENFORCEMENT_BODY: "市生态环境局"}

Payload = dict[str, Any]
Result = dict[str, Any]


class Bureau:
    """Carries out steps in the fitting roles; each returns what the next step needs."""

    def __init__(self, client: ServiceClient, clock: MovableClock) -> None:
        self.client, self.clock = client, clock
        self.last: Result = {}
        self.batch_of: dict[str, str] = {}
        self._grouped: set[str] = set()

    @property
    def today(self) -> dt.date:
        return business_date(self.clock.now())

    def send(self, actor: Actor, command_type: str, payload: Payload, **options: Any) -> Result:
        """Carry out a command; its result stays in `last`, to read one's own write by."""
        self.last = self.client.command(actor, "registry", command_type, payload, **options)
        if command_type == "SubmitApplication":
            self.batch_of[payload["application_id"]] = payload["batch_id"]
        if command_type == "AppointReviewGroup":
            self._grouped.add(payload["batch_id"])
        return self.last

    def read(self, query_type: str, payload: Payload, actor: Actor = LEADER) -> Any:
        """The registry's answer, which must show what was done last."""
        return self.client.query(actor, "registry", query_type, payload, after=self.last)

    def read_all(self, query_type: str, payload: Payload, actor: Actor = LEADER) -> list[Payload]:
        """Every item of a list, which must show what was done last."""
        return self.client.query_all(actor, "registry", query_type, payload, after=self.last)

    def applications(self, batch_id: str) -> dict[str, Payload]:
        """The batch's applications by id."""
        rows = self.read_all("ListApplications", {"batch_id": batch_id})
        return {row["application_id"]: row for row in rows}

    def notice(self, batch_id: str) -> Payload:
        """The batch's only notice."""
        (notice,) = self.read_all("ListNotices", {"batch_id": batch_id})
        found: Payload = notice
        return found

    def points(self, batch_id: str) -> dict[str, Payload]:
        """The points that came of a batch, by application id."""
        rows = self.read_all("ListPoints", {})
        return {row["application_id"]: row for row in rows if row["batch_id"] == batch_id}

    def wait_for_assessment(self) -> None:
        """Return once assessment has applied everything that the registry has on record."""

        def follows() -> bool:
            told = self.client.ask("registry", "status")
            models = self.client.ask("assessment", "status")["models"]
            done = [model["position"] for model in models if model["source"] == "registry"]
            return told["unnumbered"] == 0 and set(done) == {told["head"]}

        assert wait_until(follows, PATIENCE), "assessment has not caught up"

    def open_batch(self, places: int = 50, division: str = CITY) -> str:
        payload = batch(self.today, places, division)
        self.send(LEADER, "OpenBatch", payload)
        return str(payload["batch_id"])

    def apply(self, batch_id: str, kind: UnitKind, division: str = DISTRICT) -> str:
        payload = application(batch_id, kind, division)
        self.send(APPLICANT, "SubmitApplication", payload)
        return str(payload["application_id"])

    def pass_form(self, application_id: str) -> None:
        self.send(OFFICER, "PassFormalCheck", {"application_id": application_id})

    def check(self, application_id: str, kind: UnitKind, **findings: str) -> None:
        """Every check that is asked of the kind, passed unless `findings` says otherwise."""
        for check in sorted(checks_for(kind)):
            command, payload = found(application_id, check, findings.get(check, "passed"))
            if command == "RecordPoliticalDirection":
                payload["interviewed_on"] = self.today.isoformat()
            self.send(REVIEWER, command, payload)

    def examine(self, application_id: str) -> None:
        """What a review needs beside its checks: a visit, and two opinions with their answers."""
        about = {"application_id": application_id}
        self.send(OFFICER, "RecordVisit", {**about, **visit(self.today)})
        for source in OpinionSource:
            asked = {**about, "opinion_id": new_id()}
            who = {"source": str(source), "body": BODIES[source], "body_unit": None}
            self.send(OFFICER, "AskOpinion", {**asked, **who})
            answer = {"view": "no_objection", "text": "近三年没有行政处罚记录"}
            self.send(OFFICER, "AnswerOpinion", {**asked, **answer})

    def group(self, batch_id: str) -> None:
        """The review group, unless there is one: the reviewer alone, without ties."""
        if batch_id in self._grouped:
            return
        members = {"batch_id": batch_id, "member_ids": [REVIEWER.id], "chair": REVIEWER.id}
        self.send(LEADER, "AppointReviewGroup", members)
        self.send(REVIEWER, "DeclareInterests", {"batch_id": batch_id, **NO_INTERESTS})

    def qualify(self, application_id: str, kind: UnitKind) -> None:
        """From submission to a positive conclusion."""
        self.pass_form(application_id)
        self.check(application_id, kind)
        self.conclude(application_id)

    def prepare(self, application_id: str) -> None:
        """What a conclusion needs beside the checks: a group, its records, and its votes."""
        self.group(self.batch_of[application_id])
        self.examine(application_id)
        self.send(REVIEWER, "CastVote", {"application_id": application_id, "in_favour": True})

    def conclude(self, application_id: str) -> None:
        """The rest of a review whose checks are made."""
        self.prepare(application_id)
        self.send(REVIEWER, "ConcludeReview", conclusion(application_id))

    def deliberate(self, batch_id: str, listed: Sequence[str], reserves: Sequence[str] = ()) -> str:
        """The meeting's id."""
        payload = {**deliberation(batch_id, listed, self.today), "reserves": list(reserves)}
        self.send(LEADER, "RecordDeliberation", payload)
        return str(payload["deliberation_id"])

    def publish(self, batch_id: str, application_ids: Sequence[str]) -> str:
        payload = notice(batch_id, application_ids)
        self.send(OFFICER, "PublishNotice", payload)
        return str(payload["notice_id"])

    def designate(self, notice_id: str, application_ids: Sequence[str]) -> None:
        payload = {"notice_id": notice_id, "application_ids": list(application_ids)}
        self.send(LEADER, "DesignatePoints", payload)

    def open_retirement(self, point_id: str, ground: str = "own_wish") -> str:
        """Begin the procedure; its id."""
        payload = opening_of_retirement(point_id, ground)
        self.send(OFFICER, "OpenRetirement", payload)
        return str(payload["retirement_id"])

    def hear(self, retirement_id: str) -> None:
        """Tell the point the facts, and have its statement."""
        told = {"told_on": self.today.isoformat(), "means": "in_person"}
        self.send(OFFICER, "TellRetirementFacts", {"retirement_id": retirement_id, **told})
        statement = {"made_on": self.today.isoformat(), "statement": "我单位接受处理"}
        self.send(OFFICER, "RecordStatement", {"retirement_id": retirement_id, **statement})

    def to_retire(self, point_id: str, ground: str = "own_wish") -> None:
        """From the opening to the decision that the point retires: the day after it was heard."""
        retirement_id = self.open_retirement(point_id, ground)
        if ground not in ("own_wish", "wound_up"):
            self.hear(retirement_id)
            self.clock.advance(dt.timedelta(days=1))
        self.send(LEADER, "DecideRetirement", retirement_decision(retirement_id, self.today))

    def let_renewals_begin(self, days: int = 3_650) -> None:
        """Set in how many of a term's last days it can be renewed.

        On any of them unless told otherwise: nobody waits years in a test.
        """
        figure = {"name": "renewal_window_days", "value": days}
        told = self.read("ShowSettings", {})["figures"]
        if figure["value"] not in [its["value"] for its in told if its["name"] == figure["name"]]:
            change = {"effective_from": self.today.isoformat(), "figures": [figure]}
            self.send(LEADER, "ChangeSettings", {**change, "corrects": None, "reason": "测试"})

    def on_notice(
        self, units: Sequence[tuple[UnitKind, str]], division: str = CITY
    ) -> tuple[str, str, list[str]]:
        """A division's batch whose units all stand on notice: batch, notice, applications."""
        batch_id = self.open_batch(division=division)
        listed = [self.apply(batch_id, kind, division) for kind, division in units]
        for application_id, (kind, _) in zip(listed, units, strict=True):
            self.qualify(application_id, kind)
        self.deliberate(batch_id, listed)
        return batch_id, self.publish(batch_id, listed), listed

    def let_notice_end(self) -> None:
        """Move business time on past the seven days of every notice there is."""
        self.clock.advance(dt.timedelta(days=8))


def new_id() -> str:
    return str(uuid.uuid4())


def batch(today: dt.date, places: int = 50, division: str = CITY) -> Payload:
    """OpenBatch for a division, open from today for two months."""
    return {
        "batch_id": new_id(),
        "division": division,
        "title": "行政执法监督联系点",
        "places": places,
        "opens_on": today.isoformat(),
        "closes_on": (today + dt.timedelta(days=60)).isoformat(),
    }


def plan(batch_id: str, places: int) -> Payload:
    """PlanBatch: all places for one district."""
    return {
        "batch_id": batch_id,
        "districts": [{"division": DISTRICT, "places": places}],
        "groups": [],
        "sizes": [],
        "proposal": None,
        "reason": None,
    }


def application(batch_id: str, kind: UnitKind, division: str = DISTRICT) -> Payload:
    """SubmitApplication of a unit that nobody has heard of."""
    serial = "".join(secrets.choice(ALPHABET) for _ in range(9))
    trades = kind in (UnitKind.ENTERPRISE, UnitKind.INDIVIDUAL_BUSINESS)
    return {
        "application_id": new_id(),
        "batch_id": batch_id,
        "channel": "self_nominated",
        "recommender": None,
        "unit_kind": str(kind),
        "division": division,
        **STATED[kind],
        "unit_name": f"测试单位{serial}",
        "credit_code": complete(f"91{division}{serial}") if trades else None,
        "address": "工业路8号",
        "contact_name": "李一",
        "contact_phone": "13900001234",
    }


def recommended(batch_id: str, kind: UnitKind) -> Payload:
    """SubmitApplication of a unit whose recommender has not spoken yet."""
    its = application(batch_id, kind)
    return {**its, "channel": "recommended", "recommender": RECOMMENDER.unit}


def supplement(application_id: str, kind: UnitKind) -> Payload:
    """SubmitSupplement with data of a unit that nobody has heard of."""
    its = application(new_id(), kind)
    del its["batch_id"]
    return {**its, "application_id": application_id, "answer": "已补交所缺材料"}


def review_check(
    application_id: str, check: str = "tax_arrears", finding: str = "passed"
) -> Payload:
    return {
        "application_id": application_id,
        "check": str(check),
        "finding": finding,
        "evidence": "经查询有关系统，情况属实",
    }


def found(application_id: str, check: str, finding: str) -> tuple[str, Payload]:
    """The command that puts a finding on record; of some checks with a record of their own."""
    if check == Check.POLITICAL_DIRECTION:
        return "RecordPoliticalDirection", {
            "application_id": application_id,
            "party_organisation": "branch",
            "finding": finding,
            "interviewed": "党支部书记",
            "minutes": "党组织健全，活动正常",
        }
    if check == Check.GOVERNANCE_ABILITY:
        findings = dict.fromkeys(("self_discipline", "mediation", "oversight"), finding)
        told = {"application_id": application_id, **findings, "evidence": "自律公约完善"}
        return "RecordGovernanceAbility", told
    return "RecordReviewCheck", review_check(application_id, check, finding)


def visit(today: dt.date) -> Payload:
    """RecordVisit of some application."""
    return {
        "visit_id": new_id(),
        "held_on": today.isoformat(),
        "participants": "两名审查人员",
        "minutes": "查看了生产经营情况",
    }


def conclusion(application_id: str) -> Payload:
    """ConcludeReview: the unit qualifies."""
    return {
        "application_id": application_id,
        "conclusion": "qualified",
        "votes_for": None,
        "votes_against": None,
        "grounds": [],
        "reasons": None,
    }


def deliberation(batch_id: str, listed: Sequence[str], today: dt.date) -> Payload:
    return {
        "batch_id": batch_id,
        "deliberation_id": new_id(),
        "held_on": today.isoformat(),
        "members": 9,
        "present": 7,
        "minutes": "经集体研究，同意拟确定名单",
        "listed": list(listed),
    }


def striking_off(application_id: str, today: dt.date) -> Payload:
    return {
        "application_id": application_id,
        "deliberation_id": new_id(),
        "held_on": today.isoformat(),
        "members": 9,
        "present": 7,
        "minutes": "经集体研究，同意取消资格",
        "grounds": ["dishonest_debtor"],
        "reasons": "审查合格后被列入失信被执行人名单",
    }


def notice(batch_id: str, application_ids: Sequence[str]) -> Payload:
    return {
        "notice_id": new_id(),
        "batch_id": batch_id,
        "text": "现将拟确定的行政执法监督联系点予以公示",
        "application_ids": list(application_ids),
    }


def opening_of_retirement(point_id: str, ground: str = "own_wish") -> Payload:
    return {
        "retirement_id": new_id(),
        "point_id": point_id,
        "ground": ground,
        "facts": "经核实，情况属实",
    }


def retirement_decision(retirement_id: str, today: dt.date) -> Payload:
    return {"retirement_id": retirement_id, "facts_hold": True, "resolution": "retire",
            **_meeting(today)}  # fmt: skip


def renewal_decision(renewal_id: str, today: dt.date) -> Payload:
    return {"renewal_id": renewal_id, "agreed": True, **_meeting(today)}


def _meeting(today: dt.date) -> Payload:
    return {
        "held_on": today.isoformat(),
        "members": 9,
        "present": 7,
        "minutes": "经集体研究，作出决定",
        "reasons": "事实清楚，依据充分",
    }


def objection(notice_id: str, application_id: str, *, anonymous: bool = False) -> Payload:
    return {
        "notice_id": notice_id,
        "objection_id": new_id(),
        "application_id": application_id,
        "anonymous": anonymous,
        "facts": "该单位去年曾受过行政处罚，请核实有关情况",
        "contact_name": None if anonymous else "王二",
        "contact_phone": None if anonymous else "13900005678",
    }


def figures(year: int, **entities: int) -> Payload:
    """RecordDistrictFigures; `entities` as d430211=52000."""
    return {
        "division": CITY,
        "year": year,
        "figures": [
            {"division": name[1:], "market_entities": number, "output_wan": None}
            for name, number in entities.items()
        ],
        "reason": "按统计部门公布的数据更正。",  # another test may have recorded that year
    }
