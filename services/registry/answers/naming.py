"""Units' names in lists: told for a purpose, found by words, each that is told on record."""

from __future__ import annotations

from services.registry.handlers.aggregates import APPLICATION
from services.registry.views import SOURCE
from services.registry.views.applications import sealed_in
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.projections.model import Row
from shared.service.finding import says
from shared.service.query_bus import Asked


def refuse_unstated(asked: Asked) -> None:
    """Units' names in a list are told for a purpose, and to those who work on them."""
    if asked.query.words is not None and asked.query.purpose is None:
        raise Invalid.one("purpose", "missing", "names are looked through for a purpose")
    if asked.query.purpose is not None and asked.actor.role is Role.AUDITOR:
        raise Refused(Reason.WRONG_ROLE, "auditors open no unit's name", ["actor"])


def says_of_unit(asked: Asked, words: str, row: Row) -> bool:
    """Whether the name or the credit code of a row's unit has these words in it."""
    stream = APPLICATION.stream(row["application_id"])
    return says(
        words,
        *(
            asked.clear(SOURCE, stream, sealed_in(kept), name, kept)
            for name in ("unit_name", "credit_code")
            for kept in [row["sealed"][name]]
        ),
    )


def named_for_purpose(asked: Asked, row: Row) -> Row:
    """A row with its unit's name in place of what is sealed, noted as opened for the purpose."""
    identifier = row["application_id"]
    asked.note_opening(f"application:{identifier}", asked.query.purpose)
    named = unit_data(asked, row, ("unit_name",))
    return {**{key: its for key, its in row.items() if key != "sealed"}, **named}


def unit_data(asked: Asked, row: Row, names: tuple[str, ...]) -> Row:
    """The unit's data, each opened for the event that says it last."""
    stream = APPLICATION.stream(row["application_id"])
    return {
        name: asked.personal(SOURCE, stream, sealed_in(kept), name, kept)
        for name in names
        for kept in [row["sealed"][name]]
    }
