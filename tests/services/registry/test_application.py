"""The way of an application: channels, checks, hard stops, reasons (rules of selection)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain import application, review
from services.registry.domain.application import Application, ApplicationStatus
from shared.contracts.errors import Invalid
from shared.contracts.registry import events
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    FlagResolution,
    RejectionGround,
    UnitKind,
)
from tests.services.registry import examples as example
from tests.services.registry.telling import Story


def submitted() -> Story:
    story = Story(application, Application())
    story.when(example.SUBMITTED)
    return story


def under_review() -> Story:
    story = submitted()
    story.when(example.PASS)
    return story


def reviewed(**findings: Finding) -> Story:
    story = under_review()
    for check in example.CHECKS_OF_TRADERS:
        story.when(example.found(check, findings.get(check, Finding.PASSED)))
    return story


def test_a_submitted_application_keeps_who_filed_it_and_its_size() -> None:
    (event,) = Story(application, Application()).when(example.SUBMITTED)

    assert isinstance(event, events.ApplicationSubmitted)
    assert (event.filed_by, event.size) == ("officer-1", "large")


@pytest.mark.parametrize(
    ("channel", "recommender", "path"),
    [
        (Channel.RECOMMENDED, None, "recommender"),
        (Channel.SELF_NOMINATED, "市工商联", "recommender"),
    ],
)
def test_a_recommender_is_named_exactly_when_there_is_one(
    channel: Channel, recommender: str | None, path: str
) -> None:
    command = replace(example.SUBMIT, channel=channel, recommender=recommender)
    with pytest.raises(Invalid) as invalid:
        Story(application, Application()).when(replace(example.SUBMITTED, command=command))
    assert [problem.path for problem in invalid.value.problems] == [path]


def test_a_failed_formal_check_rejects_with_grounds_and_reasons() -> None:
    story = submitted()
    (event,) = story.when(example.FAIL)
    assert (event.stage, event.reasons) == ("formal_check", "缺少税务登记证明")
    assert story.state.status is ApplicationStatus.REJECTED


def test_all_checks_passed_and_a_majority_qualify_a_unit() -> None:
    story = reviewed()
    story.when(example.CONCLUDE)
    assert story.state.status is ApplicationStatus.QUALIFIED


@pytest.mark.parametrize("check", sorted(review.checks_for(UnitKind.ENTERPRISE)))
def test_no_unit_qualifies_while_a_check_is_missing(check: Check) -> None:
    story = under_review()
    for each in example.CHECKS_OF_TRADERS:
        if each is not check:
            story.when(example.found(each))
    story.refuses(example.CONCLUDE, "checks_missing")


@pytest.mark.parametrize("check", sorted(review.checks_for(UnitKind.ENTERPRISE)))
def test_a_failed_check_stops_a_unit_whatever_the_vote(check: Check) -> None:
    reviewed(**{check: Finding.FAILED}).refuses(
        replace(example.CONCLUDE, reasons="情有可原"), "hard_stop"
    )


@pytest.mark.parametrize("check", sorted(review.HARD_STOPS))
def test_arrears_and_dishonest_debt_are_never_merely_flagged(check: Check) -> None:
    command = replace(example.CHECK, check=check, finding=Finding.FLAGGED)
    under_review().refuses(command, "flag_not_allowed")


def test_a_penalty_within_the_year_is_flagged_and_a_person_decides_with_reasons() -> None:
    story = reviewed(violations_and_penalties=Finding.FLAGGED)
    story.refuses(replace(example.CONCLUDE, reasons="情节轻微且已整改"), "flag_open")
    story.when(example.RESOLVE)
    story.when(example.CONCLUDE)
    assert story.state.status is ApplicationStatus.QUALIFIED


def test_the_group_may_leave_out_a_unit_although_it_has_put_things_right() -> None:
    story = reviewed(violations_and_penalties=Finding.FLAGGED)
    concluded, rejected = story.when(
        replace(
            example.REJECT,
            grounds=(RejectionGround.PENALTY_WITHIN_YEAR,),
            reasons="一年内因销售假冒伪劣商品受到处罚",
        )
    )
    assert concluded.conclusion is Conclusion.NOT_QUALIFIED
    assert rejected.grounds == (RejectionGround.PENALTY_WITHIN_YEAR,)
    assert story.state.status is ApplicationStatus.REJECTED


@pytest.mark.parametrize(
    "lacking", [replace(example.REJECT, grounds=()), replace(example.REJECT, reasons=None)]
)
def test_nobody_is_rejected_without_grounds_and_reasons(lacking: object) -> None:
    reviewed().refuses(lacking, "reasons_needed")


@pytest.mark.parametrize(("votes_for", "votes_against"), [(0, 0), (2, 2), (2, 3)])
def test_a_unit_needs_a_majority(votes_for: int, votes_against: int) -> None:
    command = replace(example.CONCLUDE, votes_for=votes_for, votes_against=votes_against)
    reviewed().refuses(command, "majority_missing")


def test_the_last_record_of_a_check_holds() -> None:
    story = reviewed(tax_arrears=Finding.FAILED)
    story.when(replace(example.CHECK, check=Check.TAX_ARREARS, finding=Finding.PASSED))
    assert story.when(example.CONCLUDE)


def test_villages_and_chambers_show_governance_and_no_licence() -> None:
    for kind in (UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER):
        asked = review.checks_for(kind)
        assert Check.GOVERNANCE_ABILITY in asked
        assert Check.BUSINESS_LICENCE not in asked
    under_review().refuses(
        replace(example.CHECK, check=Check.GOVERNANCE_ABILITY), "check_not_asked"
    )


def test_an_application_is_listed_and_shown_within_its_own_batch_only() -> None:
    story = reviewed()
    story.when(example.CONCLUDE)
    story.refuses(replace(example.LIST, batch_id="another"), "not_in_batch")
    story.when(example.LIST)
    story.refuses(replace(example.PUT_ON_NOTICE, batch_id="another"), "not_in_batch")


@given(
    findings=st.fixed_dictionaries(
        {str(check): st.sampled_from(Finding) for check in example.CHECKS_OF_TRADERS}
    ),
    votes=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    resolved=st.one_of(st.none(), st.sampled_from(FlagResolution)),
)
def test_no_findings_and_votes_qualify_a_unit_against_the_rules(
    findings: dict[str, Finding], votes: tuple[int, int], resolved: FlagResolution | None
) -> None:
    allowed = {
        name: Finding.FAILED if Check(name) in review.HARD_STOPS and its is Finding.FLAGGED else its
        for name, its in findings.items()
    }
    command = replace(example.CONCLUDE, votes_for=votes[0], votes_against=votes[1])
    story = reviewed(**allowed)
    for check in (name for name, its in allowed.items() if its is Finding.FLAGGED and resolved):
        story.when(replace(example.RESOLVE, check=Check(check), resolution=resolved))
    should = (
        Finding.FAILED not in allowed.values()
        and (Finding.FLAGGED not in allowed.values() or resolved is FlagResolution.CLEARED)
        and votes[0] > votes[1]
    )
    try:
        story.when(command)
    except Exception:
        assert not should
    else:
        assert should


PENALTY = replace(example.CHECK, check=Check.VIOLATIONS_AND_PENALTIES)


@pytest.mark.parametrize(
    ("penalised_on", "years", "counts"),
    [
        (dt.date(2025, 3, 2), 1, True),
        (dt.date(2025, 3, 1), 1, False),
        (dt.date(2025, 3, 1), 2, True),
        (dt.date(2026, 3, 2), 1, True),
    ],
)
def test_a_penalty_of_the_years_that_count_is_weighed_and_never_passed_over(
    penalised_on: dt.date, years: int, counts: bool
) -> None:
    """Filed on 2 March 2026; the years are counted back from there."""
    passed = replace(PENALTY, penalised_on=penalised_on)
    if counts:
        under_review().refuses(passed, "penalty_to_weigh", penalty_years=years)
    else:
        assert under_review().when(passed, penalty_years=years)
    flagged = replace(passed, finding=Finding.FLAGGED)
    (event,) = under_review().when(flagged, penalty_years=years)
    assert event.penalised_on == penalised_on


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ({"penalised_on": dt.date(2026, 3, 3)}, "out_of_range"),
        ({"penalised_on": example.DAY, "check": Check.TAX_ARREARS}, "not_allowed"),
    ],
)
def test_a_penalty_lies_behind_and_belongs_to_its_check(instead: Any, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        under_review().when(replace(PENALTY, **instead))
    assert [(its.path, its.code) for its in invalid.value.problems] == [("penalised_on", code)]
