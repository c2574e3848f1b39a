"""The work list: what waits for which role, in whose divisions, since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from shared.access.actor import Actor
from shared.contracts.days import business_date, start_of_day
from shared.contracts.registry import commands, queries
from shared.contracts.registry.vocabulary import Check, Finding, IndustryGroup, RetirementGround
from tests.service.point_asking import look
from tests.service.test_lists import everything
from tests.service.test_reviews import BODY, MEMBERS, declares, reviewed_by_group, votes
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh
from tests.services.registry import examples
from tests.services.registry import point_examples as points

DAY = dt.timedelta(days=1)


def waiting(
    town: Town, actor: Actor, *about: str, others: bool | None = None
) -> list[tuple[str, str, int]]:
    """The tasks about these ids: kind, id, number."""
    town.show()
    found = everything(town, queries.ListTasks(limit=100, others=others), actor)
    return [(its["kind"], its["id"], its["number"]) for its in found if its["id"] in about]


def test_an_application_waits_for_whoever_is_next(town: Town) -> None:
    batch_id = town.batch()
    unit = town.submitted(batch_id)
    about = (batch_id, unit)
    assert waiting(town, OFFICER, *about) == [("formal_check", unit, 1)]
    assert waiting(town, REVIEWER, *about) == waiting(town, LEADER, *about) == []

    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    assert waiting(town, REVIEWER, *about) == [("review", unit, 1)]
    assert waiting(town, OFFICER, *about) == waiting(town, LEADER, *about) == []

    for check in examples.ALL_CHECKS:
        town.send(replace(check, application_id=unit), REVIEWER)
    town.conclude(batch_id, unit)
    assert waiting(town, LEADER, *about) == [("deliberation", batch_id, 1)]
    assert waiting(town, REVIEWER, *about) == waiting(town, OFFICER, *about) == []

    town.listed(batch_id, unit)
    assert waiting(town, LEADER, *about) == [("notice", batch_id, 1)]
    assert waiting(town, OFFICER, *about) == [("notice", batch_id, 1)]


def test_a_notice_waits_once_its_days_are_over_and_until_all_its_units_are_settled(
    town: Town,
) -> None:
    batch_id = town.batch()
    units = [town.qualified(batch_id) for _ in range(2)]
    notice_id = town.noticed(batch_id, *units)
    assert waiting(town, LEADER, batch_id, notice_id) == []

    objection = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=units[0]
    )
    town.send(objection, PUBLIC)
    about = (notice_id, objection.objection_id)
    assert waiting(town, OFFICER, *about) == [("objection", objection.objection_id, 1)]
    assert waiting(town, REVIEWER, *about) == []

    town.after_the_notice()
    assert waiting(town, LEADER, *about) == [
        ("objection", objection.objection_id, 1),
        ("designation", notice_id, 2),
    ]
    town.send(
        replace(examples.OVERRULE, notice_id=notice_id, objection_id=objection.objection_id),
        OFFICER,
    )
    town.send(town.designation(notice_id, units[1]), LEADER)
    designating = [("designation", notice_id, 1)]
    assert waiting(town, LEADER, *about) == designating
    assert waiting(town, OFFICER, *about) == []  # only the leader can
    assert waiting(town, OFFICER, *about, others=True) == designating
    assert waiting(town, LEADER, *about, others=True) == []
    town.send(town.designation(notice_id, units[0]), LEADER)
    assert waiting(town, LEADER, *about) == waiting(town, OFFICER, *about) == []


@pytest.mark.parametrize("actor", [OFFICER, REVIEWER, LEADER], ids=lambda actor: actor.role)
def test_what_waits_for_others_waits_for_none_of_the_askers(town: Town, actor: Actor) -> None:
    batch_id = town.batch()
    town.submitted(batch_id)
    town.qualified(batch_id)
    town.show()
    found = everything(town, queries.ListTasks(limit=100, others=True), actor)
    assert found
    assert all(actor.role not in its["roles"] for its in found)
    assert not {"review", "vote"} & {its["kind"] for its in found}
    own = everything(town, queries.ListTasks(limit=100), actor)
    assert all(actor.role in its["roles"] for its in own)


def test_a_review_waits_since_it_began_however_many_checks_were_made_since(town: Town) -> None:
    batch_id = town.batch()
    first, second = town.submitted(batch_id), town.submitted(batch_id)
    began = examples.DAY
    for unit in (first, second):
        town.send(replace(examples.PASS, application_id=unit), OFFICER)
        town.clock.time += DAY
    town.send(replace(examples.CHECK, application_id=first), REVIEWER)
    town.show()
    found = everything(town, queries.ListTasks(limit=100), REVIEWER)
    since = {its["id"]: its["since"] for its in found}
    assert since[first] == began.isoformat()
    assert since[second] == (began + DAY).isoformat()
    order = [its["id"] for its in found]
    assert order.index(first) < order.index(second)


def test_a_task_with_a_limit_tells_its_last_day_and_whether_it_may_yet_move(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.show()
    (found,) = [
        its for its in everything(town, queries.ListTasks(limit=100), OFFICER) if its["id"] == unit
    ]
    (submitted,) = town.log.stream(f"application-{unit}")
    limit = submitted.clear()["check_limit"]
    assert (found["due_on"], found["provisional"]) == (limit["due_on"], limit["provisional"])


def test_a_meeting_waits_until_all_its_tasks_are_completed(town: Town) -> None:
    meeting_id, (first, second) = fresh(), (fresh(), fresh())
    task = examples.MEET.tasks[0]
    tasks = (
        replace(task, task_id=first, due_on=examples.DAY + 9 * DAY),
        replace(task, task_id=second, due_on=examples.DAY + 5 * DAY),
    )
    town.send(replace(examples.MEET, meeting_id=meeting_id, tasks=tasks), OFFICER)
    assert waiting(town, OFFICER, meeting_id) == [("meeting_task", meeting_id, 2)]
    assert waiting(town, LEADER, meeting_id) == [("meeting_task", meeting_id, 2)]
    assert waiting(town, REVIEWER, meeting_id) == []
    complete = replace(examples.COMPLETE_TASK, meeting_id=meeting_id)
    town.send(replace(complete, task_id=second), OFFICER)
    assert waiting(town, OFFICER, meeting_id) == [("meeting_task", meeting_id, 1)]
    town.send(replace(complete, task_id=first), OFFICER)
    assert waiting(town, OFFICER, meeting_id) == []


@pytest.mark.parametrize("actor", [OFFICER, REVIEWER, LEADER], ids=lambda actor: actor.role)
def test_the_work_list_comes_in_pages_each_task_once(town: Town, actor: Actor) -> None:
    batch_id = town.batch()
    for _ in range(3):
        town.submitted(batch_id)
    town.show()
    whole = everything(town, queries.ListTasks(limit=100), actor)
    paged = everything(town, queries.ListTasks(limit=1), actor) if len(whole) < 60 else whole
    assert paged == whole
    order = [(its["due_on"] or "9999-12-31", its["since"]) for its in whole]
    assert order == sorted(order)


def test_what_another_division_must_do_waits_for_nobody_here(town: Town) -> None:
    batch_id = town.batch()
    unit = town.submitted(batch_id)
    listed = town.qualified(batch_id)
    about: tuple[Any, ...] = (unit, batch_id)
    district = replace(OFFICER, division="430211")
    assert waiting(town, district, *about) == [("formal_check", unit, 1)]
    assert waiting(town, replace(OFFICER, division="430203"), *about) == []
    assert waiting(town, LEADER, *about) == [("deliberation", batch_id, 1)]
    # the batch is the city's, so a district's leader does not deliberate on it
    assert waiting(town, replace(LEADER, division="430211"), *about, listed) == []


def test_a_vote_waits_for_each_member_once_all_checks_are_made_and_until_it_is_cast(
    town: Town,
) -> None:
    batch_id, unit = reviewed_by_group(town)
    first, second = MEMBERS[:2]
    vote, review = ("vote", unit, 1), ("review", unit, 1)
    assert waiting(town, first, unit) == [review, vote]
    outsider = replace(REVIEWER, id="reviewer-9")
    assert waiting(town, outsider, unit) == waiting(town, LEADER, unit) == []
    votes(town, unit, first)
    assert waiting(town, first, unit) == [review]
    assert waiting(town, second, unit) == [review, vote]
    begun = town.submitted(batch_id)
    town.send(replace(examples.PASS, application_id=begun), OFFICER)
    assert waiting(town, first, begun) == [("review", begun, 1)]
    stop = examples.found(Check.TAX_ARREARS, Finding.FAILED)
    town.send(replace(stop, application_id=begun), first)
    assert waiting(town, first, begun) == [("review", begun, 1), ("vote", begun, 1)]


def test_a_review_does_not_wait_for_a_member_who_stays_out_whoever_found_the_tie(
    town: Town,
) -> None:
    batch_id, unit = reviewed_by_group(town)
    by_word, by_rule, free = MEMBERS[1:4]
    town.send(replace(examples.DECLARE_RECUSAL, application_id=unit), by_word)
    competing = {"industry_group": IndustryGroup.MANUFACTURING, "district": "430211"}
    declares(town, batch_id, by_rule, **competing)
    declares(town, batch_id, free, bodies=("市律师协会",))
    assert waiting(town, by_word, unit) == waiting(town, by_rule, unit) == []
    assert len(waiting(town, free, unit)) == 2


def test_an_opinion_waits_for_the_officer_when_it_comes_by_letter_or_is_late(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    letter, account = (
        replace(examples.ASK_OPINION, application_id=unit, opinion_id=fresh(), body_unit=body)
        for body in (None, "environment-bureau")
    )
    for command in (letter, account):
        town.send(command, OFFICER)
    about = (letter.opinion_id, account.opinion_id)
    assert waiting(town, OFFICER, *about) == [("opinion", letter.opinion_id, 1)]
    assert waiting(town, MEMBERS[0], *about) == waiting(town, LEADER, *about) == []
    assert waiting(town, replace(OFFICER, division="430203"), *about) == []

    town.clock.time += 20 * DAY
    look(town)
    assert len(waiting(town, OFFICER, *about)) == 2
    for command in (letter, account):
        answer = replace(
            examples.ANSWER_OPINION, application_id=unit, opinion_id=command.opinion_id
        )
        town.send(answer, OFFICER)
    assert waiting(town, OFFICER, *about) == []


def test_no_opinion_waits_once_its_application_has_ended(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    asks = replace(
        examples.ASK_OPINION,
        application_id=unit,
        opinion_id=fresh(),
        body_unit=BODY.unit,
    )
    town.send(asks, OFFICER)
    town.clock.time += 20 * DAY
    look(town)

    def is_open(actor: Actor) -> bool:
        town.show()
        found = everything(town, queries.ListOpinions(open=True), actor)
        return asks.opinion_id in [its["opinion_id"] for its in found]

    assert waiting(town, OFFICER, asks.opinion_id) == [("opinion", asks.opinion_id, 1)]
    assert [is_open(actor) for actor in (BODY, OFFICER)] == [True, True]
    town.send(replace(examples.TAKE_BACK, application_id=unit), APPLICANT)
    assert waiting(town, OFFICER, asks.opinion_id) == []
    assert [is_open(actor) for actor in (BODY, OFFICER)] == [False, False]
    listed = everything(town, queries.ListOpinions(application_id=unit), OFFICER)
    assert asks.opinion_id in [its["opinion_id"] for its in listed]  # the question stays on record


def test_an_objection_whose_limit_has_passed_waits_as_an_overdue_one(town: Town) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    objection_id = fresh()
    objection = replace(
        examples.OBJECT, notice_id=notice_id, objection_id=objection_id, application_id=unit
    )
    town.send(objection, PUBLIC)
    town.clock.time += 30 * DAY
    look(town)
    for actor in (OFFICER, LEADER):
        assert waiting(town, actor, objection_id) == [("overdue_objection", objection_id, 1)]
    overrule = replace(examples.OVERRULE, notice_id=notice_id, objection_id=objection_id)
    town.send(overrule, OFFICER)
    assert waiting(town, OFFICER, objection_id) == []


def test_a_plaque_waits_from_retirement_on_until_it_is_back(town: Town) -> None:
    point_id = town.point()
    given = replace(points.GIVE_PLAQUE, point_id=point_id, plaque_number=point_id)
    town.send(replace(given, given_on=business_date(town.clock.time)), OFFICER)
    town.to_retire(point_id)
    retire = replace(points.RETIRE, point_id=point_id, ground=RetirementGround.OWN_WISH)
    town.send(retire, LEADER)
    assert waiting(town, OFFICER, point_id) == [("plaque", point_id, 1)]
    assert waiting(town, LEADER, point_id) == []
    day = business_date(town.clock.time)
    town.send(replace(points.RETURN_PLAQUE, point_id=point_id, returned_on=day), OFFICER)
    assert waiting(town, OFFICER, point_id) == []


def test_a_term_that_ends_waits_until_something_is_done_about_it(town: Town) -> None:
    point_id, renewal_id = town.point(), fresh()
    ends_on = town_term_ends(town, point_id)
    town.clock.time = start_of_day(ends_on - 90 * DAY)
    look(town)
    assert waiting(town, OFFICER, point_id) == []
    town.clock.time += DAY
    look(town)
    assert waiting(town, OFFICER, point_id) == [("term_ending", point_id, 1)]
    assert waiting(town, LEADER, point_id) == []
    (task,) = [
        its
        for its in everything(town, queries.ListTasks(limit=100), OFFICER)
        if its["id"] == point_id
    ]
    assert task["since"] == (ends_on - 89 * DAY).isoformat()
    assert (task["due_on"], task["name"]) == (ends_on.isoformat(), examples.SUBMIT.unit_name)
    soon = everything(town, queries.ListPoints(ends_soon=True, limit=100), PUBLIC)
    assert point_id in [its["point_id"] for its in soon]

    town.send(replace(points.PROPOSE, renewal_id=renewal_id, point_id=point_id), OFFICER)
    assert waiting(town, OFFICER, point_id) == [("renewal_grade", point_id, 1)]
    town.send(replace(points.RECORD_GRADE, renewal_id=renewal_id), OFFICER)
    assert waiting(town, OFFICER, point_id) == []
    assert waiting(town, LEADER, point_id) == [("renewal_decision", point_id, 1)]
    held_on = business_date(town.clock.time)
    town.send(replace(points.AGREE, renewal_id=renewal_id, held_on=held_on), LEADER)
    assert waiting(town, LEADER, point_id) == [("renewal_completion", point_id, 1)]
    town.send(commands.RenewPoint(renewal_id=renewal_id), LEADER)
    assert waiting(town, LEADER, point_id) == waiting(town, OFFICER, point_id) == []
    soon = everything(town, queries.ListPoints(ends_soon=True, limit=100), PUBLIC)
    assert point_id not in [its["point_id"] for its in soon]


def town_term_ends(town: Town, point_id: str) -> dt.date:
    town.show()
    told = town.ask(queries.ShowPoint(point_id=point_id), PUBLIC)["result"]
    return dt.date.fromisoformat(told["term_ends_on"])


@pytest.mark.parametrize("stated", [True, False])
def test_a_retirement_waits_for_its_next_step_and_while_it_may_answer_for_nobody(
    town: Town, stated: bool
) -> None:
    point_id, its = town.point(), {"retirement_id": fresh()}
    today = business_date(town.clock.time)
    town.send(replace(points.OPEN_RETIREMENT, point_id=point_id, **its), OFFICER)
    assert waiting(town, OFFICER, point_id) == [("retirement_facts", point_id, 1)]
    town.send(replace(points.TELL, told_on=today, **its), OFFICER)
    assert waiting(town, OFFICER, point_id) == waiting(town, LEADER, point_id) == []
    if stated:
        town.send(replace(points.STATE, made_on=today, **its), OFFICER)
        assert waiting(town, LEADER, point_id) == []  # a meeting of the same day is too early
        town.clock.time += DAY
    else:
        town.clock.time += 5 * DAY
        assert waiting(town, LEADER, point_id) == []
        town.clock.time += 9 * DAY
    assert waiting(town, LEADER, point_id) == [("retirement_decision", point_id, 1)]
    today = business_date(town.clock.time)
    town.send(replace(points.DECIDE, held_on=today, **its), LEADER)
    assert waiting(town, LEADER, point_id) == [("retirement_announcement", point_id, 1)]
    town.send(replace(points.RETIRE, point_id=point_id), LEADER)
    assert waiting(town, LEADER, point_id) == waiting(town, OFFICER, point_id) == []


def test_a_retirement_that_nothing_is_reproached_in_waits_for_the_meeting_at_once(
    town: Town,
) -> None:
    point_id = town.point()
    wish = replace(
        points.OPEN_RETIREMENT,
        retirement_id=fresh(),
        point_id=point_id,
        ground=RetirementGround.OWN_WISH,
    )
    town.send(wish, OFFICER)
    assert waiting(town, OFFICER, point_id) == []
    assert waiting(town, LEADER, point_id) == [("retirement_decision", point_id, 1)]
