"""A batch's documents as its data: what is not told of a unit went as usual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from examples.play.data import (
    Applicant,
    Batch,
    CheckResult,
    Conclusion,
    Deliberation,
    District,
    Flag,
    FormalFailure,
    Meeting,
    Objection,
    Plan,
    Supplement,
    Window,
    Withdrawal,
)
from examples.play.review_data import Encounter, Interests, Member, Opinion, Records, Recusal

_TRADERS = frozenset({"enterprise", "individual_business"})
_UNIT_FIELDS = (
    "channel",
    "recommender",
    "unit_kind",
    "division",
    "industry_section",
    "trade",
    "staff",
    "revenue_wan",
    "assets_wan",
    "declared_size",
    "unit_name",
    "credit_code",
    "address",
    "contact_name",
    "contact_phone",
)


def batch_of(documents: Mapping[str, Any]) -> Batch:
    """The batch that five documents of the schema's form tell, by their names there."""
    told = documents["batch"]
    usual = Usual.of(told, documents["checks"])
    return Batch(
        division=told["division"],
        title=told["title"],
        places=told["places"],
        days=Window(**told["days"]),
        meetings=tuple(_meeting(entry) for entry in told["meetings"]),
        districts=tuple(District(**row) for row in documents["districts"]),
        applicants=tuple(applicant_of(its, usual) for its in documents["applicants"]),
        objections=tuple(Objection(**entry) for entry in documents["objections"]),
        office=told.get("office", {}),
        partner=told.get("partner"),
        bodies=tuple(told.get("bodies", ())),
        group=group_of(told),
        plan=Plan(**told["plan"]) if "plan" in told else None,
    )


@dataclass(frozen=True)
class Usual:
    """What holds of a unit of which nothing else is told.

    checks: what they find as a rule · members: how many the review group has
    """

    checks: Mapping[str, Any]
    members: int
    documents: bool = False

    @classmethod
    def of(cls, batch: Mapping[str, Any], checks: Mapping[str, Any]) -> Usual:
        """`batch` and `checks` are documents of the schema's form."""
        return cls(checks, int(batch["review_group"]["members"]), batch.get("documents", False))


def group_of(batch: Mapping[str, Any]) -> tuple[Member, ...]:
    """The members as `batch` tells them, or as many as it says that there are."""
    told = batch["review_group"]
    people: list[dict[str, Any]] = told.get("people") or _unnamed(
        told["members"], batch.get("office", {})
    )
    return tuple(
        Member(its["key"], its["name"], _interests(its.get("interests", {}))) for its in people
    )


def _unnamed(members: int, office: Mapping[str, str]) -> list[dict[str, Any]]:
    """Members of whom nothing is told, the chair under the name that the office has for it."""
    chair = {"key": "reviewer", "name": office.get("reviewer", "审查小组组长")}
    others = ({"key": f"reviewer-{n}", "name": f"审查小组成员{n}"} for n in range(2, members + 1))
    return [chair, *others]


def applicant_of(entry: Mapping[str, Any], usual: Usual) -> Applicant:
    """A unit of the data, with what is usual filled in."""
    review = entry.get("review", {})
    checks = _checks(entry["unit_kind"], review.get("checks", {}), usual.checks)
    records = _records(review, checks)
    failure = entry.get("formal_failure")
    return Applicant(
        key=entry["key"],
        line=entry["line"],
        application={name: entry.get(name) for name in _UNIT_FIELDS},
        checks=checks,
        conclusion=_conclusion(review, usual.members - len(records.recusals)),
        declined=entry.get("declined"),
        supplement=Supplement(**entry["supplement"]) if "supplement" in entry else None,
        formal_failure=failure and FormalFailure(tuple(failure["grounds"]), failure["reasons"]),
        withdrawal=Withdrawal(**entry["withdrawal"]) if "withdrawal" in entry else None,
        records=records,
        brings_documents=entry.get("documents", usual.documents),
    )


def kind_of(unit_kind: str) -> str:
    """Under which word checks.json tells what the checks of such a unit find."""
    return "trader" if unit_kind in _TRADERS else "organisation"


def _meeting(entry: Mapping[str, Any]) -> Meeting:
    listed = entry.get("listed")
    return Meeting(
        day=entry["day"],
        deliberation=Deliberation(**entry["deliberation"]),
        adjourned=entry.get("adjourned", False),
        listed=None if listed is None else tuple(listed),
        reserves=tuple(entry.get("reserves", ())),
        left_out={its["applicant"]: its["reasons"] for its in entry.get("left_out", ())},
        notice=entry.get("notice", ""),
        reserves_notice=entry.get("reserves_notice"),
    )


def _checks(
    unit_kind: str, own: Mapping[str, Any], usual: Mapping[str, Any]
) -> tuple[CheckResult, ...]:
    """Every check that this kind of unit is asked; what is not told of one went as usual."""
    kind = kind_of(unit_kind)
    results = []
    for check, texts in usual.items():
        if kind in texts:
            told = own.get(check, {"finding": "passed", "evidence": texts[kind]})
            flag = Flag(**told["flag"]) if "flag" in told else None
            results.append(CheckResult(check, told["finding"], told["evidence"], flag))
    return tuple(results)


def _records(review: Mapping[str, Any], checks: Sequence[CheckResult]) -> Records:
    """As told; a visit, and the opinions that its checks speak of, are there of every unit."""
    results = {its.check: its for its in checks}
    told = tuple(Opinion(**its) for its in review.get("opinions", ()))
    sources = {its.source for its in told}
    usual = (
        _opinion(source, body, results[f"{source}_opinion"])
        for source, body in _ASKED.items()
        if source not in sources and f"{source}_opinion" in results
    )
    visits = tuple(Encounter(**its) for its in review.get("visits", ()))
    talks = tuple(Encounter(**its) for its in review.get("talks", ()))
    if not (visits or talks):
        visits = (Encounter("资格审查小组成员、单位负责人", results["street_opinion"].evidence),)
    return Records(
        recusals=tuple(Recusal(**its) for its in review.get("recusals", ())),
        visits=visits,
        talks=talks,
        opinions=(*told, *usual),
    )


_ASKED = {"street": "所在街道办事处（乡镇人民政府）", "enforcement_body": "市市场监督管理局"}
"""Who is asked for an opinion as a rule, by the source."""


def _opinion(source: str, body: str, result: CheckResult) -> Opinion:
    """The opinion that the check goes by."""
    view = "no_objection" if result.finding == "passed" else "concerns"
    return Opinion(source, body, view, result.evidence)


def _interests(told: Mapping[str, Any]) -> Interests:
    return Interests(**{**told, "bodies": tuple(told.get("bodies", ()))})


def _conclusion(review: Mapping[str, Any], members: int) -> Conclusion:
    """As told, or all of the `members` who take part for the unit."""
    if "conclusion" not in review:
        return Conclusion("qualified", members, 0)
    return Conclusion(
        review["conclusion"],
        review["votes_for"],
        review["votes_against"],
        tuple(review.get("grounds", ())),
        review.get("reasons"),
    )
