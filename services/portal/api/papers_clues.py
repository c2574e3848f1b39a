"""Papers of a clue to print: letters to whoever told it, to authorities and to the body."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from services.portal.api.documents import described
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.printing import paper_document, printed
from services.portal.papers import clue_papers
from services.portal.papers.setting import Paper
from services.portal.web.access import allow
from services.portal.web.edge import services
from services.portal.web.reading import query_values
from shared.contracts.clues.queries import QUERIES, OpenClue
from shared.contracts.roles import Role

_PURPOSE = {"purpose": QUERIES.find(OpenClue.__name__).schema.fields["purpose"]}
_SUPERVISION = Paper.SUPERVISION


def blueprint() -> Blueprint:
    """`…/papers/…`, below the clue, or what within it each is about."""
    made = new_blueprint("clue_papers", "线索办理的文书")
    clue = "/clues/<id:clue_id>"
    for path, view, summary in (
        (f"{clue}/papers/acceptance", clue_acceptance, "打印受理告知书"),
        (f"{clue}/papers/declining", clue_declining, "打印不予受理告知书"),
        (f"{clue}/papers/feedback", clue_feedback, "打印反馈单"),
        (f"{clue}/outcomes/<id:outcome_id>/papers/document", clue_outcome, "打印监督文书"),
        (f"{clue}/referrals/<id:referral_id>/papers/letter", referral_letter, "打印转办函"),
    ):
        name = "Print" + view.__name__.title().replace("_", "")
        document = paper_document(summary, personal=True)
        add(made, path, "GET", name, view, described(view, name, **document))
    return made


@allow(Role.OFFICER, Role.LEADER)
def clue_acceptance(clue_id: str) -> Response:
    """受理告知书, once the clue is accepted: for a purpose."""
    told = _clue(clue_id)
    return printed(_SUPERVISION, clue_papers.acceptance(told), told)


@allow(Role.OFFICER, Role.LEADER)
def clue_declining(clue_id: str) -> Response:
    """不予受理告知书, once the clue is declined: for a purpose."""
    told = _clue(clue_id)
    return printed(_SUPERVISION, clue_papers.declining(told), told)


@allow(Role.OFFICER, Role.LEADER)
def clue_feedback(clue_id: str) -> Response:
    """反馈单 of the last feedback: for a purpose."""
    told = _clue(clue_id)
    return printed(_SUPERVISION, clue_papers.feedback(told), told)


@allow(Role.OFFICER, Role.LEADER)
def clue_outcome(clue_id: str, outcome_id: str) -> Response:
    """监督通知书, 意见书 or 决定书: for a purpose."""
    told = _clue(clue_id)
    return printed(_SUPERVISION, clue_papers.outcome(told, outcome_id), told)


@allow(Role.OFFICER, Role.LEADER)
def referral_letter(clue_id: str, referral_id: str) -> Response:
    """转办函, with the bureau's own words alone: for a purpose."""
    told = _clue(clue_id)
    letter = clue_papers.referral_letter(told, referral_id)
    return printed(_SUPERVISION, letter, told)


def _clue(clue_id: str) -> Any:
    asked = {"clue_id": clue_id, **query_values(_PURPOSE)}
    return services().query("clues", "OpenClue", asked).result
