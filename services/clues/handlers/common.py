"""What several handlers of the clues service share: whose a thing is, and who may act on it."""

from __future__ import annotations

from typing import Any

from services.clues.domain.clue import Clue
from services.clues.handlers.aggregates import CLUE
from services.clues.handlers.reporters import refuse_others
from shared.contracts.errors import Invalid, NotFound, Problem, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.keeping.handlers import active_point
from shared.reference.divisions import Divisions
from shared.service.aggregate import Aggregate
from shared.service.work import Work

BUREAU = frozenset({Role.OFFICER, Role.LEADER})


def of(aggregate: Aggregate, field: str) -> Any:
    return lambda command: aggregate.stream(getattr(command, field))


def known(work: Work, aggregate: Aggregate, identifier: str) -> Any:
    """What the command is about: the bureau's by its division, a point's and a reporter's own.

    Raises NotFound for what is not there, or is somebody else's.
    """
    state = work.require(aggregate, identifier)
    if work.actor.role is Role.POINT:
        if work.actor.unit is None or state.point_id != work.actor.unit:
            raise NotFound(aggregate.prefix, identifier)
    elif work.actor.role is Role.REPORTER:
        refuse_others(work, aggregate, identifier)
    else:
        work.within_or_unknown(aggregate, identifier, state.division)
    return state


def clue_within(work: Work, clue_id: str) -> Clue:
    """A clue in the actor's divisions; for who acts for a point its own; for a reporter theirs."""
    found: Clue = known(work, CLUE, clue_id)
    return found


def case_within(work: Work, clue_id: str) -> Clue:
    """The same, which the actor need not stay out of. Raises Refused with CASE_RECUSED."""
    state = clue_within(work, clue_id)
    if work.actor.id in state.recused:
        raise Refused(Reason.CASE_RECUSED, "you stay out of this case")
    return state


def of_point_or_bureau(work: Work, division: str) -> str | None:
    """For what points and the bureau both keep: the point whose it is, None for the bureau.

    Raises Refused for a point that is not at work, and for a division out of reach.
    """
    if work.actor.role is Role.POINT:
        return active_point(work)
    work.within(division)
    return None


def refuse_unknown_division(work: Work, division: str, path: str = "division") -> None:
    """Raise Invalid for a code that is not in this year's table."""
    if not Divisions.for_year(work.context.today.year).is_known(division):
        raise Invalid.one(path, "unknown_division", "is not in the table of divisions")


class within_item:  # noqa: N801 - reads as a phrase where it is used
    """Says which field or item an error is about: paths and fields get it before theirs."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Invalid):
            raise Invalid(
                type(its)(f"{self._path}.{its.path}", its.code, its.message)
                for its in error.problems
            ) from None
        if isinstance(error, Refused):
            fields = [f"{self._path}.{field}" for field in error.fields] or [self._path]
            raise Refused(error.reason, str(error), fields) from None


class Gathered:
    """Gathers what is wrong with one item after another, until all of it is told at once.

    with wrong, within_item(f"orders[{index}]"): …
    wrong.tell()
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._refused: list[Refused] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        if isinstance(error, Invalid):
            self._problems.extend(error.problems)
        elif isinstance(error, Refused):
            self._refused.append(error)
        return isinstance(error, Invalid | Refused)

    def tell(self) -> None:
        """Raise Refused of the one reason that there is; else Invalid, a reason being a code."""
        if not self._problems and len({its.reason for its in self._refused}) == 1:
            fields = [field for its in self._refused for field in its.fields]
            raise Refused(self._refused[0].reason, str(self._refused[0]), fields)
        refused = [
            Problem(field, its.reason, str(its)) for its in self._refused for field in its.fields
        ]
        if self._problems or refused:
            raise Invalid([*self._problems, *refused])
