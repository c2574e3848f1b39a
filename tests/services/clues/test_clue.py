"""What the rules say of a clue, case by case (rules.md section 2; the speech, part 3 (1))."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.clues.domain import clue, handling
from services.clues.domain.clue import Clue
from services.clues.domain.entries import Origin
from services.clues.domain.steps import next_steps
from shared.contracts.clues.vocabulary import (
    ClueLimit,
    ClueStatus,
    DeclineGround,
    OutcomeKind,
    ReferralTarget,
    ReplyPart,
    Reporting,
    Way,
)
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from tests.services.clues import examples as example
from tests.services.clues.stories import (
    ACCEPTED,
    CLOSED,
    FED_BACK,
    REFERRED,
    TOLD,
    VERIFIED,
    VERIFYING,
)
from tests.services.clues.telling import TODAY, Story, context, uid


def told(*commands: Any) -> Story:
    story = Story(clue, Clue())
    story.when(*commands)
    return story


def filed(origin: Origin = example.THROUGH_POINT, **instead: Any) -> handling.File:
    return handling.File(dataclasses.replace(example.FILE_COMMAND, **instead), origin)


def test_the_speechs_case_a_fine_above_the_limit_reported_by_a_point_for_a_peer() -> None:
    story = told(*ACCEPTED, example.REFER)
    answered, returned = story.when(example.ANSWER_BADLY)
    assert not answered.complete
    assert returned.missing == (ReplyPart.BASIS, ReplyPart.REFUND)
    assert story.state.status is ClueStatus.REFERRED
    story.when(example.ANSWER, example.START, example.TAKE_STEP)
    story.when(example.CLAIM_REFUND, example.VERIFY_REFUND, example.CONCLUDE)
    story.when(example.DISCIPLINE, example.GIVE_NOTICE, example.ORDER_REFUND)
    story.when(example.PAY, example.PAY_REST)
    (closed,) = story.when(example.CLOSE)
    assert closed.outcomes == (OutcomeKind.DISCIPLINE, OutcomeKind.NOTICE, OutcomeKind.REFUND)
    story.when(example.GIVE_FEEDBACK, example.RELAY, example.SATISFIED)
    assert story.state.status is ClueStatus.TOLD


@pytest.mark.parametrize(
    ("instead", "path", "code"),
    [
        ({"reporter_name": None}, "reporter_name", "missing"),
        ({"reporter_phone": None}, "reporter_phone", "missing"),
        (
            {"reporting": Reporting.ANONYMOUS, "reporter_phone": None},
            "reporter_name",
            "not_allowed",
        ),
        ({"happened_on": TODAY + ONE_DAY}, "happened_on", "out_of_range"),
    ],
)
def test_a_reporter_is_known_as_far_as_they_say_and_no_further(
    instead: dict[str, Any], path: str, code: str
) -> None:
    Story(clue, Clue()).finds_wrong(filed(**instead), path, code)


def test_a_point_may_tell_for_itself_and_is_then_told_directly() -> None:
    itself = filed(reporting=Reporting.NAMED, reporter_name=None, reporter_phone=None)
    story = told(itself, *ACCEPTED[1:], *CLOSED[3:])
    (given,) = story.when(example.GIVE_FEEDBACK)
    assert given.relaying is None
    assert story.state.status is ClueStatus.TOLD


def test_nobody_but_a_point_tells_for_itself() -> None:
    directly = filed(Origin(Way.FORM), reporting=Reporting.NAMED, reporter_name=None,
                     reporter_phone=None)  # fmt: skip
    with pytest.raises(Invalid) as invalid:
        Story(clue, Clue()).when(directly)
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("reporter_name", "missing"),
        ("reporter_phone", "missing"),
    ]


@pytest.mark.parametrize(
    "reached",
    [CLOSED, FED_BACK, TOLD, [example.FILE, example.DECLINE]],
    ids=["closed", "fed back", "told", "declined"],
)
def test_a_tie_is_declared_whatever_has_become_of_the_case(reached: list[Any]) -> None:
    """What is over may be reopened, and is read meanwhile."""
    story = told(*reached)
    story.when(dataclasses.replace(example.RECUSE, account_id="officer-2"))
    for command in (example.GIVE_FEEDBACK, example.RELAY, example.SATISFIED, example.FLAG):
        story.refuses(command, "case_recused", actor="officer-2")


def test_whoever_stays_out_neither_handles_nor_decides() -> None:
    story = told(*ACCEPTED)
    story.when(dataclasses.replace(example.RECUSE, account_id="officer-2"))
    assert "officer-2" not in story.state.handlers
    story.refuses(example.ASSIGN, "case_recused")
    story.refuses(example.START, "case_recused", actor="officer-2")


@pytest.mark.parametrize(
    ("reached", "command", "field"),
    [
        (VERIFYING, example.TAKE_STEP, "taken_on"),
        ([*VERIFIED, example.GIVE_OPINION], example.COMPLY, "complied_on"),
        (
            [
                *(*VERIFIED, example.CLAIM_REFUND, example.VERIFY_REFUND),
                *(example.GIVE_NOTICE, example.ORDER_REFUND),
            ],
            *(example.PAY, "paid_on"),
        ),
    ],
)
def test_nothing_of_a_case_is_done_before_it_happened(
    reached: list[Any], command: Any, field: str
) -> None:
    ids = {"step_id": uid(70)} if field == "taken_on" else {}
    happened = dataclasses.replace(example.FILE_COMMAND, happened_on=TODAY - 9 * ONE_DAY)
    filed = dataclasses.replace(example.FILE, command=happened)
    story = told(filed, *reached[1:])
    for day in (TODAY - 10 * ONE_DAY, dt.date.min, TODAY + ONE_DAY):
        story.finds_wrong(
            dataclasses.replace(command, **ids, **{field: day}), field, "out_of_range"
        )
    assert story.when(dataclasses.replace(command, **ids, **{field: TODAY - 9 * ONE_DAY}))


def test_what_is_told_happened_in_living_memory() -> None:
    command = dataclasses.replace(example.FILE_COMMAND, happened_on=dt.date.min)
    Story(clue, Clue()).finds_wrong(
        dataclasses.replace(example.FILE, command=command), "happened_on", "out_of_range"
    )


def test_a_verification_is_its_handlers_and_has_steps() -> None:
    story = told(example.FILE, example.ACCEPT)
    story.refuses(example.START, "not_assigned")
    story.when(example.ASSIGN, example.START)
    story.refuses(example.TAKE_STEP, "not_handler", actor="officer-7")
    story.refuses(example.CONCLUDE, "no_steps_taken")
    story.when(example.TAKE_STEP)
    story.refuses(example.CONCLUDE, "not_handler", actor="officer-7")


def test_the_unit_concerned_is_named_only_with_its_consent() -> None:
    story = told(*ACCEPTED)
    naming = dataclasses.replace(example.REFER, names_unit=True)
    story.refuses(naming, "consent_missing")
    story.when(dataclasses.replace(example.CONSENT, given=False))
    story.refuses(naming, "consent_missing")
    story.when(example.CONSENT, naming)
    told(filed(unit_concerned=None)).refuses(example.CONSENT, "no_unit_concerned")


def test_a_referral_goes_to_the_body_or_to_an_authority_that_is_named() -> None:
    other = dataclasses.replace(example.REFER, target=ReferralTarget.OTHER_AUTHORITY)
    told(*ACCEPTED).finds_wrong(other, "authority", "missing")
    named = dataclasses.replace(example.REFER, authority="市纪委监委")
    told(*ACCEPTED).finds_wrong(named, "authority", "not_allowed")
    (referred,) = told(*ACCEPTED).when(example.REFER)
    assert referred.authority == example.BODY


def test_a_referral_is_refused_within_its_days_only() -> None:
    story = told(*REFERRED)
    last = story.state.referral.refusable.due_on
    assert story.on(last).when(example.REFUSE)
    story = told(*REFERRED)
    story.on(last + ONE_DAY).refuses(example.REFUSE, "refusal_too_late")
    other = dataclasses.replace(example.ANSWER, referral_id=uid(77))
    story.refuses(other, "referral_unknown")


def test_an_answer_that_says_nothing_is_none_and_one_given_back_has_new_days() -> None:
    nothing = dataclasses.replace(example.ANSWER, facts=None, basis=None, action=None, refund=None)
    told(*REFERRED).finds_wrong(nothing, "facts", "missing")
    story = told(*REFERRED, example.ANSWER)
    assert (ClueLimit.ANSWER, None) not in story.state.limits
    story.when(example.RETURN_ANSWER)
    assert story.state.limits[ClueLimit.ANSWER, None].span.days == 5


def test_an_answer_that_goes_back_by_itself_wins_no_time() -> None:
    story = told(*REFERRED)
    before = story.state.limits[ClueLimit.ANSWER, None]
    story.on(TODAY + 3 * ONE_DAY).when(example.ANSWER_BADLY)
    assert story.state.limits[ClueLimit.ANSWER, None] == before


def test_a_decision_follows_an_opinion_that_was_not_followed_in_time() -> None:
    story = told(*VERIFIED)
    story.refuses(example.GIVE_DECISION, "opinion_first")
    story.when(example.GIVE_OPINION)
    story.refuses(example.GIVE_DECISION, "correction_running")
    story.refuses(example.CLOSE, "compliance_open")
    story.on(TODAY + 31 * ONE_DAY).when(example.GIVE_DECISION)
    assert (ClueLimit.CORRECTION, example.SECOND_OUTCOME) not in story.state.limits
    story.refuses(example.COMPLY, "nothing_changes")
    story.refuses(example.CLOSE, "compliance_open")
    story.when(dataclasses.replace(example.COMPLY, outcome_id=example.OUTCOME))
    assert story.when(example.CLOSE)


@pytest.mark.parametrize(
    ("instead", "path", "code"),
    [
        ({"kind": OutcomeKind.REFUND, "persons": None}, "kind", "not_allowed"),
        ({"persons": None}, "persons", "missing"),
        ({"kind": OutcomeKind.NOTICE, "persons": None}, "document_number", "missing"),
        ({"kind": OutcomeKind.CORRECTION}, "persons", "not_allowed"),
    ],
)
def test_an_outcome_says_what_its_kind_has(instead: dict[str, Any], path: str, code: str) -> None:
    told(*VERIFIED).finds_wrong(dataclasses.replace(example.DISCIPLINE, **instead), path, code)


def test_what_was_substantiated_leads_to_something_and_what_was_not_to_nothing() -> None:
    told(*VERIFIED).refuses(example.CLOSE, "outcome_missing")
    unfounded = told(*VERIFYING, example.UNFOUNDED)
    unfounded.refuses(example.DISCIPLINE, "not_substantiated")
    assert unfounded.when(example.CLOSE)


def test_not_solved_reopens_within_its_days_and_the_next_round_is_whole() -> None:
    story = told(*TOLD)
    _, reopened = story.on(TODAY + 15 * ONE_DAY).when(example.NOT_SOLVED)
    assert reopened.round == 2
    assert story.state.finding is None
    story.when(example.START, dataclasses.replace(example.TAKE_STEP, step_id=uid(70)))
    story.when(example.UNFOUNDED, example.CLOSE, example.GIVE_FEEDBACK)
    story.when(dataclasses.replace(example.RELAY, relayed_on=story.day))
    assert story.when(example.SATISFIED)


def test_not_solved_is_recorded_after_its_days_too_and_the_leader_decides_what_follows() -> None:
    story = told(*TOLD)
    story.refuses(example.REOPEN, "not_called_unsolved")
    (rated,) = story.on(TODAY + 16 * ONE_DAY).when(example.NOT_SOLVED)
    assert rated.satisfaction == "not_solved"
    assert story.state.status is ClueStatus.TOLD
    story.refuses(example.SATISFIED, "rated_already")
    decided, reopened = story.on(TODAY + 100 * ONE_DAY).when(example.REOPEN)
    assert decided.reasons == example.REOPEN.reasons
    assert reopened.overall.span.counted_from == story.day
    assert (story.state.round, story.state.satisfaction) == (2, None)


def test_nothing_is_handled_anew_of_what_satisfies_or_was_declined() -> None:
    story = told(*TOLD, example.SATISFIED)
    story.refuses(example.REOPEN, "not_called_unsolved")
    declined = told(example.FILE, example.DECLINE, example.GIVE_FEEDBACK, example.RELAY)
    declined.when(example.NOT_SOLVED)
    declined.refuses(example.REOPEN, "never_accepted")


def test_what_was_declined_is_told_back_too_and_not_reopened() -> None:
    story = told(example.FILE, example.DECLINE, example.GIVE_FEEDBACK, example.RELAY)
    (rated,) = story.when(example.NOT_SOLVED)
    assert type(rated).__name__ == "SatisfactionRated"


@pytest.mark.parametrize("reporting", [Reporting.NAMED, Reporting.CONFIDENTIAL])
def test_whoever_is_known_can_be_asked_for_a_lead(reporting: Reporting) -> None:
    """rules.md section 2: an anonymous clue without a concrete lead is what may be declined."""
    for_want = dataclasses.replace(example.DECLINE, ground=DeclineGround.NO_CONCRETE_LEAD)
    story = told(filed(reporting=reporting))
    with pytest.raises(Refused) as refusal:
        story.when(for_want)
    assert (refusal.value.reason, refusal.value.fields) == ("reporter_known", ("ground",))
    (step,) = (its for its in next_steps(story.state, context()) if its.command == "DeclineClue")
    assert step.possible, "on another ground"
    anonymous = told(filed(reporting=Reporting.ANONYMOUS, reporter_name=None, reporter_phone=None))
    assert anonymous.when(for_want)


def test_a_point_tells_on_a_day_on_which_it_knew() -> None:
    story = told(*CLOSED).on(TODAY + 2 * ONE_DAY)
    story.when(example.GIVE_FEEDBACK)
    story.finds_wrong(example.RELAY, "relayed_on", "out_of_range")


def test_joined_clues_keep_their_own_thread() -> None:
    story = told(example.FILE, example.JOIN)
    story.refuses(example.ACCEPT, "wrong_state")
    story.when(example.CLOSE_WITH_MAIN, example.GIVE_FEEDBACK, example.RELAY, example.NOT_SOLVED)
    assert story.state.status is ClueStatus.ACCEPTED
    assert story.state.into == ""


def test_a_clue_that_is_joined_before_it_was_accepted_is_accepted_with_it() -> None:
    """So that its reporter is told as much as anybody else's (rules.md section 2, acceptance)."""
    story = told(example.FILE)
    accepted, joined = story.when(example.JOIN)
    assert (type(accepted).__name__, type(joined).__name__) == ("ClueAccepted", "ClueJoined")
    assert accepted.overall.span.days == 60
    assert (story.state.status, story.state.limits) == (ClueStatus.JOINED, {})
    assert len(told(*ACCEPTED).when(example.JOIN)) == 1, "it was accepted before"


def test_a_clue_is_not_joined_to_itself_nor_with_others_or_money_in_it() -> None:
    itself = dataclasses.replace(example.JOIN, into_clue_id=example.CLUE)
    told(*ACCEPTED).finds_wrong(itself, "into_clue_id", "not_allowed")
    told(*ACCEPTED, example.GATHER).refuses(example.JOIN, "gathers_others")
    told(*ACCEPTED, example.CLAIM_REFUND).refuses(example.JOIN, "ledger_not_empty")


def test_whoever_stays_out_of_a_joined_clue_stays_out_of_the_main_one() -> None:
    story = told(*ACCEPTED)
    story.when(handling.Gather(example.OTHER_CLUE, frozenset({"officer-2"})))
    story.refuses(example.START, "case_recused", actor="officer-2")


def test_retaliation_opens_one_case_of_its_own() -> None:
    story = told(example.FILE, example.FLAG)
    story.refuses(example.FLAG, "flagged_already")
