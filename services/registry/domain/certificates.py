"""A bureau's register of certificates: numbers without gaps, from 1 on in each year.

The whole register is one stream, so of two designations at one moment the later is decided anew
with the number that then comes next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from services.registry.domain.context import Context
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.transitions import Transitions, decide_by


class RegisterStatus(StrEnum):
    ABSENT = "absent"
    KEPT = "kept"


@dataclass(frozen=True)
class Register:
    """`last` has each year's last serial; `prefix` is empty until the bureau sets one.

    numbered: the prefixes set by the bureau under which numbers exist
    """

    status: RegisterStatus = RegisterStatus.ABSENT
    prefix: str = ""
    last: Mapping[int, int] = field(default_factory=dict)
    numbered: frozenset[str] = frozenset()

    @property
    def kept(self) -> frozenset[str]:
        """Every prefix that no other bureau may set: the one in use, and all that numbers bear."""
        return self.numbered | ({self.prefix} if self.prefix else set())


@dataclass(frozen=True)
class Number:
    """Part of DesignatePoints. `usual_prefix` serves a bureau that has set none."""

    division: str
    point_id: str
    usual_prefix: str


def set_prefix(state: Register, command: commands.SetCertificatePrefix, _: Context) -> list[Any]:
    if command.prefix == state.prefix:
        raise Refused(Reason.NOTHING_CHANGES, "that is the prefix already", ["prefix"])
    return [
        events.CertificatePrefixSet(
            division=command.division, prefix=command.prefix, reason=command.reason
        )
    ]


def number(state: Register, command: Number, context: Context) -> list[Any]:
    year = context.today.year
    serial = state.last.get(year, 0) + 1
    return [
        events.CertificateNumbered(
            division=command.division,
            point_id=command.point_id,
            year=year,
            serial=serial,
            certificate_number=f"{state.prefix or command.usual_prefix}〔{year}〕{serial:03}号",
        )
    ]


TRANSITIONS: Transitions = {
    (status, command): decision
    for status in RegisterStatus
    for command, decision in ((commands.SetCertificatePrefix, set_prefix), (Number, number))
}


def decide(state: Register, command: Any, context: Context) -> list[Any]:
    return decide_by(TRANSITIONS, state, command, context)


def evolve(state: Register, event: Any) -> Register:
    state = replace(state, status=RegisterStatus.KEPT)
    match event:
        case events.CertificatePrefixSet():
            return replace(state, prefix=event.prefix)
        case events.CertificateNumbered():
            last = {**state.last, event.year: event.serial}
            return replace(state, last=last, numbered=state.kept)
    raise TypeError(f"a register knows nothing of {type(event).__name__}")
