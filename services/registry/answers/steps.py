"""What the asker may do next about an application, and if not, why not."""

from __future__ import annotations

from services.registry.answers.designating import differs, terms_before
from services.registry.answers.documents import documents_missing
from services.registry.answers.panels import examination_of, panel_of
from services.registry.answers.seeing import may_work
from services.registry.answers.settings import settings_in_force
from services.registry.domain.next_steps import next_steps
from services.registry.domain.step_facts import Facts, OpenObjection, Step
from services.registry.domain.steps_of_review import kept_out
from services.registry.handlers import ROUTES
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import (
    ApplicationStatus,
    Check,
    Finding,
    Recommendation,
    UnitKind,
)
from shared.projections.model import Row
from shared.service.query_bus import Asked

_COMMANDS = {command.__name__: command for command in ROUTES}
_OF_THE_BUREAU = frozenset(
    {
        "RecordDeliberation",
        "PromoteReserve",
        "PublishNotice",
        "CorrectNotice",
        "ExtendVerification",
        "DecideObjection",
        "DesignatePoints",
        "StrikeOff",
    }
)
"""Done for the batch as a whole, by the bureau that runs it."""


def steps(asked: Asked, application: Row) -> list[Row]:
    """`{command, variant, possible, reason, needs, roles}` for each command on its way.

    What the state of things forbids comes first, then whose role it is, then where: for what is
    another bureau's work `needs` has that bureau's division; then who stays out of the review.
    """
    batch = _batch(asked, application)
    facts = _facts(asked, application, batch)
    return [
        _without_ties(asked, facts, for_asker(asked, step, batch["division"]))
        for step in next_steps(facts)
    ]


def for_asker(asked: Asked, step: Step, bureau: str) -> Row:
    """A step as it is for who asks; `bureau` is whose work it is, if it is the bureau's."""
    roles = sorted(str(role) for role in ROUTES[_COMMANDS[step.command]].roles)
    reason, needs = step.reason, list(step.needs)
    if step.possible and str(asked.actor.role) not in roles:
        reason = Reason.WRONG_ROLE
    elif step.possible and step.command in _OF_THE_BUREAU and not may_work(asked.actor, bureau):
        reason, needs = Reason.OUT_OF_SCOPE, [bureau]
    return {
        "command": step.command,
        "variant": step.variant,
        "possible": reason is None,
        "reason": None if reason is None else str(reason),
        "needs": needs,
        "roles": roles,
    }


def _without_ties(asked: Asked, facts: Facts, told: Row) -> Row:
    """The step for somebody who may stay out of this application's review."""
    if not told["possible"]:
        return told
    reason = kept_out(facts, told["command"], asked.actor.id, asked.actor.role)
    return told if reason is None else {**told, "possible": False, "reason": str(reason)}


def _facts(asked: Asked, application: Row, batch: Row) -> Facts:
    notices = asked.rows(
        "SELECT coalesce((corrected->>%s)::date, last_day) AS ends, units"
        " FROM readmodel.notices_notices WHERE notice_id = %s",
        application["application_id"],
        application["notice_id"],
    )
    objections = asked.rows(
        "SELECT due_on, extended, coalesce(provisional, false) AS provisional"
        " FROM readmodel.notices_objections WHERE application_id = %s AND outcome IS NULL"
        " ORDER BY raised_on, objection_id",
        application["application_id"],
    )
    settings = settings_in_force(asked, asked.today)
    of_filing = settings_in_force(asked, application["filed_on"] or asked.today)
    return Facts(
        status=ApplicationStatus(application["status"]),
        recommendation=Recommendation(application["recommendation"]),
        unit_kind=UnitKind(application["unit_kind"]),
        findings={Check(name): Finding(its) for name, its in application["findings"].items()},
        today=asked.today,
        places_left=batch["places"] - len(batch["listed"]),
        notice_ends=notices[0]["ends"] if notices else None,
        notice_differs=any(differs(asked, application, notice["units"]) for notice in notices),
        objections=tuple(OpenObjection(**its) for its in objections),
        examination=examination_of(asked, application),
        panel=panel_of(asked, application),
        quorum_percent=settings.quorum_percent,
        settings=of_filing,
        reserves_before=_before(application["application_id"], batch["reserves"]),
        supplement_due=application["supplement_due"],
        supplement_provisional=application["supplement_provisional"],
        terms_used_up=terms_before(asked, application, settings) >= settings.most_terms,
        documents_missing=(
            tuple(documents_missing(asked, application)) if of_filing.documents_required else ()
        ),
    )


def _before(application_id: str, reserves: list[str]) -> int:
    return reserves.index(application_id) if application_id in reserves else 0


def _batch(asked: Asked, application: Row) -> Row:
    """The batch, or while its model is behind, one that has no places yet."""
    rows = asked.rows(
        "SELECT division, places, listed, reserves FROM readmodel.batches_batches"
        " WHERE batch_id = %s",
        application["batch_id"],
    )
    nothing: Row = {"places": 0, "listed": [], "reserves": []}
    return rows[0] if rows else {"division": application["division"], **nothing}
