"""A batch's data as the registry's commands want it. Pure: the ids and days are given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from examples.play.data import (
    Applicant,
    CheckResult,
    Deliberation,
    District,
    Flag,
    Objection,
    Plan,
    Round,
    Supplement,
)
from examples.play.review_data import Encounter, Interests, Opinion
from shared.contracts.days import ONE_DAY

Payload = dict[str, Any]


def open_batch(batch: Round, batch_id: str, start: dt.date) -> Payload:
    return {
        "batch_id": batch_id,
        "division": batch.division,
        "title": batch.title,
        "places": batch.places,
        "opens_on": (start + batch.days.opens * ONE_DAY).isoformat(),
        "closes_on": (start + batch.days.closes * ONE_DAY).isoformat(),
    }


def plan(its: Plan, batch_id: str) -> Payload:
    def sides(name: str, places: Mapping[str, int]) -> list[Payload]:
        return [{name: code, "places": number} for code, number in places.items()]

    return {
        "batch_id": batch_id,
        "districts": sides("division", its.districts),
        "groups": sides("industry_group", its.groups),
        "sizes": sides("size", its.sizes),
        "proposal": None,
        "reason": None,
    }


def district_figures(division: str, districts: Sequence[District], year: int) -> Payload:
    figures = [
        {
            "division": its.division,
            "market_entities": its.market_entities,
            "output_wan": its.output_wan,
        }
        for its in districts
    ]
    return {"division": division, "year": year, "figures": figures}


def application(applicant: Applicant, application_id: str, batch_id: str) -> Payload:
    return {"application_id": application_id, "batch_id": batch_id, **applicant.application}


def supplement(applicant: Applicant, its: Supplement, application_id: str) -> Payload:
    """The answer, with the unit's data as they now are."""
    return {
        "application_id": application_id,
        "answer": its.answer,
        **applicant.application,
        **its.changes,
    }


def review_check(result: CheckResult, application_id: str) -> Payload:
    return {
        "application_id": application_id,
        "check": result.check,
        "finding": result.finding,
        "evidence": result.evidence,
    }


def finding(result: CheckResult, application_id: str, day: dt.date) -> tuple[str, Payload]:
    """The command that puts it on record: of some checks with a record of their own.

    day: of the interview about the unit's political direction
    """
    its = {"application_id": application_id}
    if result.check == "political_direction":
        interview = {"interviewed_on": day.isoformat(), "interviewed": "单位负责人"}
        told = {**its, **interview, "finding": result.finding, "minutes": result.evidence}
        return "RecordPoliticalDirection", {**told, "party_organisation": "branch"}
    if result.check == "governance_ability":
        parts = ("self_discipline", "mediation", "oversight")
        told = {**its, **dict.fromkeys(parts, result.finding), "evidence": result.evidence}
        return "RecordGovernanceAbility", told
    return "RecordReviewCheck", review_check(result, application_id)


def flag(check: str, its: Flag, application_id: str) -> Payload:
    return {
        "application_id": application_id,
        "check": check,
        "resolution": its.resolution,
        "reasons": its.reasons,
    }


def group(batch_id: str, accounts: Sequence[str]) -> Payload:
    """The first account's holder takes the chair."""
    return {"batch_id": batch_id, "member_ids": list(accounts), "chair": accounts[0]}


def interests(its: Interests, batch_id: str, member_id: str) -> Payload:
    declared = {**dataclasses.asdict(its), "bodies": list(its.bodies)}
    return {"batch_id": batch_id, "member_id": member_id, **declared}


def encounter(
    its: Encounter, application_id: str, made: Mapping[str, str], held_on: dt.date
) -> Payload:
    """A visit or a talk; `made` names its own id."""
    return {
        "application_id": application_id,
        **made,
        "held_on": held_on.isoformat(),
        "participants": its.participants,
        "minutes": its.minutes,
        "documents": None,
    }


def question(its: Opinion, application_id: str, opinion_id: str, body_unit: str | None) -> Payload:
    """`body_unit`: whose accounts may answer, None: the answer comes by letter."""
    return {
        "application_id": application_id,
        "opinion_id": opinion_id,
        "source": its.source,
        "body": its.body,
        "body_unit": body_unit,
    }


def answer(its: Opinion, application_id: str, opinion_id: str) -> Payload:
    return {
        "application_id": application_id,
        "opinion_id": opinion_id,
        "view": its.view,
        "text": its.text,
        "document": None,
    }


def vote(application_id: str, in_favour: bool) -> Payload:
    return {"application_id": application_id, "in_favour": in_favour, "reasons": None}


def conclusion(applicant: Applicant, application_id: str) -> Payload:
    vote = applicant.conclusion
    return {
        "application_id": application_id,
        "conclusion": vote.conclusion,
        "votes_for": vote.votes_for,
        "votes_against": vote.votes_against,
        "grounds": list(vote.grounds),
        "reasons": vote.reasons,
    }


def deliberation(
    its: Deliberation,
    batch_id: str,
    deliberation_id: str,
    held_on: dt.date,
    listed: Sequence[str],
    reserves: Sequence[str] = (),
    left_out: Mapping[str, str] | None = None,
) -> Payload:
    """`left_out`: id -> reasons; None leaves whoever is not named for a later meeting."""
    return {
        **adjourned(its, batch_id, deliberation_id, held_on),
        "listed": list(listed),
        "reserves": list(reserves),
        "left_out": None
        if left_out is None
        else [{"application_id": its, "reasons": why} for its, why in left_out.items()],
    }


def adjourned(its: Deliberation, batch_id: str, deliberation_id: str, held_on: dt.date) -> Payload:
    """A meeting without a quorum."""
    return {
        "batch_id": batch_id,
        "deliberation_id": deliberation_id,
        "held_on": held_on.isoformat(),
        "members": its.members,
        "present": its.present,
        "minutes": its.minutes,
    }


def notice(text: str, notice_id: str, batch_id: str, listed: Sequence[str]) -> Payload:
    return {
        "notice_id": notice_id,
        "batch_id": batch_id,
        "text": text,
        "application_ids": list(listed),
    }


def designation(notice_id: str, listed: Sequence[str]) -> Payload:
    return {"notice_id": notice_id, "application_ids": list(listed)}


def objection(its: Objection, notice_id: str, objection_id: str, application_id: str) -> Payload:
    return {
        "notice_id": notice_id,
        "objection_id": objection_id,
        "application_id": application_id,
        "anonymous": its.anonymous,
        "facts": its.facts,
        "contact_name": its.contact_name,
        "contact_phone": its.contact_phone,
    }


def decision(its: Objection, notice_id: str, objection_id: str) -> Payload:
    return {
        "notice_id": notice_id,
        "objection_id": objection_id,
        "outcome": its.outcome,
        "reasons": its.reasons,
    }
