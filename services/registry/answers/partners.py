"""Where a partner body works along no more, and so sees and does nothing."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts.roles import Role
from shared.contracts.scope import covers, prefix
from shared.contracts.spelling import spelling
from shared.service.query_bus import Asked


@dataclass(frozen=True)
class Partnership:
    """The divisions that a body is registered for, or was once."""

    current: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    def has_ended_for(self, division: str) -> bool:
        """As commands ask it: it was a partner around here, and is one nowhere around here."""
        was, goes_on = (
            any(covers(its, division) for its in divisions)
            for divisions in (self.former, self.current)
        )
        return was and not goes_on

    def parameters(self) -> dict[str, list[str]]:
        """For `GOES_ON`."""
        return {
            "former": [prefix(its) for its in self.former],
            "current": [prefix(its) for its in self.current],
        }


GOES_ON = (
    "(NOT EXISTS (SELECT 1 FROM unnest(%(former)s::text[]) its WHERE starts_with(division, its))"
    " OR EXISTS (SELECT 1 FROM unnest(%(current)s::text[]) its WHERE starts_with(division, its)))"
)
"""`not has_ended_for(division)` of a row, in SQL."""


def partnership_of(asked: Asked) -> Partnership:
    """The asker's, if it acts for a partner; for everybody else nothing has ended."""
    if asked.actor.role is not Role.PARTNER or asked.actor.unit is None:
        return Partnership()
    own = spelling(asked.actor.unit)
    rows = asked.rows("SELECT name, division, ended_on FROM readmodel.organisation_partners")
    held = [row for row in rows if spelling(row["name"]) == own]
    return Partnership(
        current=tuple(row["division"] for row in held if row["ended_on"] is None),
        former=tuple(row["division"] for row in held if row["ended_on"] is not None),
    )
