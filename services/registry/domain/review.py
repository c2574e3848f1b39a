"""The qualification review: which checks a unit needs, and what their findings allow.

Rules of selection: a dishonest debtor or arrears of tax or wages stop an application, a penalty
is flagged and a person decides with reasons, before the group concludes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.commands import ConcludeReview
from shared.contracts.registry.vocabulary import (
    Check,
    Finding,
    FlagResolution,
    RejectionGround,
    UnitKind,
)

HARD_STOPS = frozenset({Check.DISHONEST_DEBTOR_LIST, Check.TAX_ARREARS, Check.WAGE_ARREARS})
"""Checks that are passed or failed; there is nothing to weigh."""

_OF_TRADERS = frozenset({Check.BUSINESS_LICENCE, Check.TAX_REGISTRATION})
_OF_ORGANISATIONS = frozenset({Check.GOVERNANCE_ABILITY})
TRADERS = frozenset({UnitKind.ENTERPRISE, UnitKind.INDIVIDUAL_BUSINESS})
"""Kinds of unit that trade under a licence."""


@dataclass(frozen=True)
class Tally:
    """How the group has voted. `eligible`: how many members might vote, None when not known."""

    votes_for: int
    votes_against: int
    eligible: int | None = None

    @property
    def is_for_the_unit(self) -> bool:
        """More than half of those who might vote, or more than were against."""
        if self.eligible is not None:
            return self.votes_for * 2 > self.eligible
        return self.votes_for > self.votes_against


def checks_for(kind: UnitKind) -> frozenset[Check]:
    """The checks a unit of this kind must have behind it before it can qualify.

    Villages and chambers trade under no licence; they show how they govern themselves instead.
    """
    return frozenset(Check) - (_OF_ORGANISATIONS if kind in TRADERS else _OF_TRADERS)


def refuse_unasked(kind: UnitKind, check: Check, finding: Finding) -> None:
    """Raise Refused for a check this kind is not asked, or a flag where none is possible."""
    if check not in checks_for(kind):
        raise Refused(
            Reason.CHECK_NOT_ASKED, f"{check} is not asked of this kind of unit", ["check"]
        )
    if check in HARD_STOPS and finding is Finding.FLAGGED:
        raise Refused(
            Reason.FLAG_NOT_ALLOWED, f"{check} is passed or failed, never flagged", ["finding"]
        )


def missing_checks(kind: UnitKind, findings: Mapping[Check, Finding]) -> list[Check]:
    """The checks that a unit of this kind still needs, in their usual order."""
    needed = checks_for(kind)
    return [check for check in Check if check in needed and check not in findings]


def has_failed(findings: Mapping[Check, Finding]) -> bool:
    """Whether a check has failed: that stops the unit, whatever the others find."""
    return Finding.FAILED in findings.values()


def unchecked(kind: UnitKind, findings: Mapping[Check, Finding]) -> list[Check]:
    """The checks that a vote has to wait for, in their usual order; none once one has failed."""
    return [] if has_failed(findings) else missing_checks(kind, findings)


def refuse_unchecked(kind: UnitKind, findings: Mapping[Check, Finding]) -> None:
    """Raise Refused while a vote has to wait for checks."""
    missing = unchecked(kind, findings)
    if missing:
        raise Refused(Reason.CHECKS_MISSING, f"not checked yet: {', '.join(missing)}")


RECORDED = frozenset({Check.POLITICAL_DIRECTION, Check.GOVERNANCE_ABILITY})
"""Checks whose finding comes with a record of its own: party organisation and interview, or how
the unit governs itself.
"""


def refuse_bare(check: Check) -> None:
    """Raise Refused for a bare finding of a check that needs its record."""
    if check in RECORDED:
        raise Refused(Reason.CHECK_NEEDS_RECORD, f"{check} comes with its record", ["check"])


def open_flags(
    findings: Mapping[Check, Finding], resolutions: Mapping[Check, FlagResolution]
) -> list[Check]:
    """Checks whose flag nobody has decided about yet, in their usual order."""
    return [
        check
        for check in Check
        if findings.get(check) is Finding.FLAGGED and check not in resolutions
    ]


def upheld_flags(resolutions: Mapping[Check, FlagResolution]) -> list[Check]:
    """Checks whose flag a person has upheld, in their usual order."""
    return [check for check in Check if resolutions.get(check) is FlagResolution.UPHELD]


def is_against_the_unit(
    findings: Mapping[Check, Finding], resolutions: Mapping[Check, FlagResolution]
) -> bool:
    """Whether a failed check or an upheld flag stops the unit, however the group votes."""
    return has_failed(findings) or bool(upheld_flags(resolutions))


def worst(*findings: Finding) -> Finding:
    """Failed before flagged before passed."""
    return max(findings, key=list(Finding).index)


def refuse_findings(
    kind: UnitKind,
    findings: Mapping[Check, Finding],
    resolutions: Mapping[Check, FlagResolution],
) -> None:
    """Raise Refused unless the findings allow the conclusion `qualified`."""
    missing = missing_checks(kind, findings)
    failed = [check for check, finding in findings.items() if finding is Finding.FAILED]
    for reason, says, checks in (
        (Reason.CHECKS_MISSING, "not checked yet", missing),
        (Reason.HARD_STOP, "failed", failed),
        (Reason.FLAG_OPEN, "flagged, and nobody has decided", open_flags(findings, resolutions)),
        (Reason.FLAG_UPHELD, "flagged, and upheld", upheld_flags(resolutions)),
    ):
        if checks:
            raise Refused(reason, f"{says}: {', '.join(sorted(checks))}", ["conclusion"])


def refuse_vote(command: ConcludeReview, tally: Tally) -> None:
    """Raise Refused unless the vote is for the unit, Invalid for grounds against it."""
    if command.grounds:
        raise Invalid.one("grounds", "not_allowed", "a qualified unit has no grounds of rejection")
    if not tally.is_for_the_unit:
        raise Refused(
            Reason.MAJORITY_MISSING, "the vote has no majority for the unit", ["votes_for"]
        )


def refuse_ground_of_notice(grounds: Sequence[RejectionGround]) -> None:
    """Raise Invalid for the ground that only a decided objection gives."""
    if RejectionGround.OBJECTION_SUSTAINED in grounds:
        raise Invalid.one("grounds", "not_allowed", "no objection has been decided here")


def reasons_of_rejection(
    findings: Mapping[Check, Finding],
    resolutions: Mapping[Check, FlagResolution],
    command: ConcludeReview,
    tally: Tally,
) -> str:
    """The reasons of a negative conclusion.

    Raises Refused without grounds or reasons, and against the vote when no check failed and no
    flag was upheld.
    """
    if not command.grounds:
        raise Refused(Reason.REASONS_NEEDED, "name the grounds of rejection", ["grounds"])
    refuse_ground_of_notice(command.grounds)
    if tally.is_for_the_unit and not is_against_the_unit(findings, resolutions):
        raise Refused(
            Reason.MAJORITY_MISSING,
            "no check failed, no flag was upheld, and the vote is for the unit",
            ["votes_against"],
        )
    if command.reasons is None:
        raise Refused(Reason.REASONS_NEEDED, "give the reasons of rejection", ["reasons"])
    return command.reasons
