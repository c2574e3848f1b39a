"""The qualification review: which checks a unit needs, and what their findings allow.

Rules of selection: a dishonest debtor or arrears of tax or wages stop an application, a penalty
is flagged and a person decides with reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry.commands import ConcludeReview
from shared.contracts.registry.vocabulary import Check, Finding, RejectionGround, UnitKind

HARD_STOPS = frozenset({Check.DISHONEST_DEBTOR_LIST, Check.TAX_ARREARS, Check.WAGE_ARREARS})
"""Checks that are passed or failed; there is nothing to weigh."""

_OF_TRADERS = frozenset({Check.BUSINESS_LICENCE, Check.TAX_REGISTRATION})
_OF_ORGANISATIONS = frozenset({Check.GOVERNANCE_ABILITY})
_TRADERS = frozenset({UnitKind.ENTERPRISE, UnitKind.INDIVIDUAL_BUSINESS})


def checks_for(kind: UnitKind) -> frozenset[Check]:
    """The checks a unit of this kind must have behind it before it can qualify.

    Villages and chambers trade under no licence; they show how they govern themselves instead.
    """
    return frozenset(Check) - (_OF_ORGANISATIONS if kind in _TRADERS else _OF_TRADERS)


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


def refuse_unqualified(
    kind: UnitKind, findings: Mapping[Check, Finding], command: ConcludeReview
) -> None:
    """Raise Refused unless the findings and the vote allow the conclusion `qualified`."""
    missing = checks_for(kind) - set(findings)
    if missing:
        raise Refused(
            Reason.CHECKS_MISSING,
            f"not checked yet: {', '.join(sorted(missing))}",
            ["conclusion"],
        )
    failed = [check for check, finding in findings.items() if finding is Finding.FAILED]
    if failed:
        raise Refused(Reason.HARD_STOP, f"failed: {', '.join(sorted(failed))}", ["conclusion"])
    if Finding.FLAGGED in findings.values() and command.reasons is None:
        raise Refused(
            Reason.REASONS_NEEDED, "a check is flagged: say why the unit qualifies", ["reasons"]
        )
    if command.grounds:
        raise Invalid.one("grounds", "not_allowed", "a qualified unit has no grounds of rejection")
    if command.votes_for <= command.votes_against:
        raise Refused(
            Reason.MAJORITY_MISSING, "the vote has no majority for the unit", ["votes_for"]
        )


def refuse_ground_of_notice(grounds: Sequence[RejectionGround]) -> None:
    """Raise Invalid for the ground that only a decided objection gives."""
    if RejectionGround.OBJECTION_SUSTAINED in grounds:
        raise Invalid.one("grounds", "not_allowed", "no objection has been decided here")


def reasons_of_rejection(findings: Mapping[Check, Finding], command: ConcludeReview) -> str:
    """The reasons of a negative conclusion.

    Raises Refused without grounds or reasons, and against the vote when no check failed.
    """
    if not command.grounds:
        raise Refused(Reason.REASONS_NEEDED, "name the grounds of rejection", ["grounds"])
    refuse_ground_of_notice(command.grounds)
    if Finding.FAILED not in findings.values() and command.votes_for > command.votes_against:
        raise Refused(
            Reason.MAJORITY_MISSING,
            "no check failed and the vote is for the unit",
            ["votes_against"],
        )
    if command.reasons is None:
        raise Refused(Reason.REASONS_NEEDED, "give the reasons of rejection", ["reasons"])
    return command.reasons
