"""A batch's review group as one application meets it, as the read models tell."""

from __future__ import annotations

from services.registry.domain.examination import AskedOpinion, Examination
from services.registry.domain.recusal import Interests, Panel, Unit, closest_tie
from services.registry.handlers.aggregates import APPLICATION, REVIEW_GROUP
from services.registry.views import SOURCE
from services.registry.views.applications import sealed_in
from shared.contracts.registry.vocabulary import (
    Check,
    FlagResolution,
    IndustryGroup,
    OpinionSource,
    RecusalGround,
)
from shared.projections.model import Row
from shared.service.query_bus import Asked


def panel_of(asked: Asked, application: Row) -> Panel | None:
    """The group with the ties that the rules find; None when the batch has no group."""
    rows = asked.rows(
        "SELECT members, statements FROM readmodel.reviews_groups WHERE batch_id = %s",
        application["batch_id"],
    )
    if not rows:
        return None
    unit, statements = unit_of(asked, application), rows[0]["statements"]
    stream = REVIEW_GROUP.stream(application["batch_id"])
    ties = {
        member: ground
        for member, declared in statements.items()
        for ground in [closest_tie([_interests(asked, stream, its) for its in declared], unit)]
        if ground is not None
    }
    return Panel(frozenset(rows[0]["members"]), ties, frozenset(statements))


def examination_of(asked: Asked, application: Row) -> Examination:
    """What is on record of its examination."""
    rows = asked.rows(
        "SELECT * FROM readmodel.reviews_examinations WHERE application_id = %s",
        application["application_id"],
    )
    kept = rows[0] if rows else {"recused": {}, "resolutions": {}, "votes": {}, "visits": []}
    opinions = asked.rows(
        "SELECT opinion_id, body_unit, source, answered_on, overdue, taken_back_on"
        " FROM readmodel.reviews_opinions WHERE application_id = %s",
        application["application_id"],
    )
    return Examination(
        recused={member: RecusalGround(its) for member, its in kept["recused"].items()},
        resolutions={
            Check(check): FlagResolution(its) for check, its in kept["resolutions"].items()
        },
        votes=kept["votes"],
        opinions={
            its["opinion_id"]: AskedOpinion(
                its["body_unit"],
                OpinionSource(its["source"]),
                its["answered_on"] is not None,
                its["overdue"],
                its["taken_back_on"] is not None,
            )
            for its in opinions
        },
        records=frozenset(kept["visits"]),
    )


def unit_of(asked: Asked, application: Row) -> Unit:
    """The applicant in clear, for what the rules compare; nothing of it is told."""
    stream = APPLICATION.stream(application["application_id"])
    name, code = (
        asked.clear(SOURCE, stream, sealed_in(kept), field, kept)
        for field in ("unit_name", "credit_code")
        for kept in [application["sealed"][field]]
    )
    return Unit(
        name=name or "",
        credit_code=code,
        recommender=application["recommender"],
        industry_group=IndustryGroup(application["industry_group"]),
        division=application["division"],
    )


def _interests(asked: Asked, stream: str, declared: Row) -> Interests:
    name, code, bodies = (
        asked.clear(SOURCE, stream, "InterestsDeclared", field, declared["sealed"].get(field))
        for field in ("employer_name", "employer_code", "bodies")
    )
    group = declared["industry_group"]
    return Interests(
        employer_name=name,
        employer_code=code,
        bodies=tuple(bodies or ()),
        industry_group=None if group is None else IndustryGroup(group),
        district=declared["district"],
    )
