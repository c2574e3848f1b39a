"""A batch's documents as its data: what is not told of a unit went as usual."""

from __future__ import annotations

from collections.abc import Mapping
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
    members = int(told["review_group"]["members"])
    usual = documents["checks"]
    return Batch(
        division=told["division"],
        title=told["title"],
        places=told["places"],
        days=Window(**told["days"]),
        meetings=tuple(_meeting(entry) for entry in told["meetings"]),
        districts=tuple(District(**row) for row in documents["districts"]),
        applicants=tuple(applicant_of(its, usual, members) for its in documents["applicants"]),
        objections=tuple(Objection(**entry) for entry in documents["objections"]),
        office=told.get("office", {}),
        partner=told.get("partner"),
        plan=Plan(**told["plan"]) if "plan" in told else None,
    )


def applicant_of(entry: Mapping[str, Any], usual: Mapping[str, Any], members: int) -> Applicant:
    """A unit of the data; `usual` is what checks find as a rule, `members` the review group's."""
    review = entry.get("review", {})
    failure = entry.get("formal_failure")
    return Applicant(
        key=entry["key"],
        line=entry["line"],
        application={name: entry.get(name) for name in _UNIT_FIELDS},
        checks=_checks(entry["unit_kind"], review.get("checks", {}), usual),
        conclusion=_conclusion(review, members),
        declined=entry.get("declined"),
        supplement=Supplement(**entry["supplement"]) if "supplement" in entry else None,
        formal_failure=failure and FormalFailure(tuple(failure["grounds"]), failure["reasons"]),
        withdrawal=Withdrawal(**entry["withdrawal"]) if "withdrawal" in entry else None,
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


def _conclusion(review: Mapping[str, Any], members: int) -> Conclusion:
    if "conclusion" not in review:
        return Conclusion("qualified", members, 0)
    return Conclusion(
        review["conclusion"],
        review["votes_for"],
        review["votes_against"],
        tuple(review.get("grounds", ())),
        review.get("reasons"),
    )
