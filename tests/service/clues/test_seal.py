"""Who a confidential reporter is, over a real log: only who asked learns it, and by two others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from services.clues.answers.openings import openings_for_reporter
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.events import EVENTS
from shared.contracts.clues.vocabulary import Nature, Reporting
from shared.contracts.errors import Conflict, Invalid, NotFound, Refused
from shared.contracts.roles import Role
from shared.contracts.unpublished import is_published
from tests.service.clues.town import (
    BODY,
    CITY,
    COLLEAGUE,
    DISTRICT,
    ELSEWHERE,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    PUBLIC,
    ClueTown,
)
from tests.service.town import fresh
from tests.services.clues import examples as example

SECOND = Actor("leader-2", Role.LEADER, DISTRICT)
THIRD = Actor("leader-3", Role.LEADER, CITY)
LEADER_ELSEWHERE = Actor("leader-9", Role.LEADER, OTHER_DISTRICT)
AUDITOR = Actor("auditor-1", Role.AUDITOR, CITY)
SECRETS = ("赵某", "13900001111")
WHY = "电话核对经过"


def asked(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> str:
    """A request that waits; its id."""
    opening_id = fresh()
    its = {"opening_id": opening_id, "clue_id": clue_id}
    town.send(dataclasses.replace(example.REQUEST_OPENING, **its), actor)
    return opening_id


def approve(clue_id: str, opening_id: str) -> commands.ApproveOpening:
    return commands.ApproveOpening(opening_id=opening_id, clue_id=clue_id)


def opened(town: ClueTown, clue_id: str) -> str:
    """One that two leaders have agreed to; its id."""
    opening_id = asked(town, clue_id)
    for leader in (LEADER, SECOND):
        town.send(approve(clue_id, opening_id), leader)
    return opening_id


def read(clue_id: str, opening_id: str) -> commands.ReadIdentity:
    return commands.ReadIdentity(opening_id=opening_id, clue_id=clue_id, purpose=WHY)


def show(clue_id: str, opening_id: str, purpose: str = WHY) -> queries.ShowReporter:
    return queries.ShowReporter(clue_id=clue_id, opening_id=opening_id, purpose=purpose)


def refused(about: Callable[[], Any]) -> str:
    with pytest.raises((Refused, NotFound)) as refusal:
        about()
    return str(getattr(refusal.value, "reason", "not_found"))


def test_two_leaders_open_it_to_whoever_asked_who_reads_name_and_phone(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = opened(town, clue_id)
    town.send(read(clue_id, opening_id), OFFICER)
    told = town.ask(show(clue_id, opening_id))
    assert (told["reporter_name"], told["reporter_phone"]) == SECRETS
    assert town.types(f"seal-{clue_id}") == [
        *("OpeningRequested", "OpeningApproved", "OpeningApproved", "IdentityOpened"),
        "IdentityRead",
    ]


def test_each_reading_is_an_event_before_anything_is_shown(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = opened(town, clue_id)
    asking = show(clue_id, opening_id)
    assert refused(lambda: town.ask(asking)) == "reading_unrecorded"
    town.send(read(clue_id, opening_id), OFFICER)
    other = show(clue_id, opening_id, "别的用途")
    assert refused(lambda: town.ask(other)) == "reading_unrecorded"
    town.ask(asking)
    town.clock.time += dt.timedelta(minutes=1)
    assert refused(lambda: town.ask(asking)) == "reading_unrecorded"


def test_one_approval_replayed_or_given_twice_opens_nothing(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id, command_id = asked(town, clue_id), fresh()
    first = town.send(approve(clue_id, opening_id), LEADER, command_id)
    assert town.send(approve(clue_id, opening_id), LEADER, command_id) == first
    assert refused(lambda: town.send(approve(clue_id, opening_id), LEADER)) == "approved_already"
    replayed = refused(lambda: town.send(approve(clue_id, opening_id), SECOND, command_id))
    assert replayed == "command_id_reused"
    assert town.types(f"seal-{clue_id}").count("OpeningApproved") == 1
    assert refused(lambda: town.send(read(clue_id, opening_id))) == "opening_not_granted"


def test_an_approval_of_one_request_is_none_of_another(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = asked(town, clue_id)
    town.send(approve(clue_id, opening_id), LEADER)
    refusal = {"opening_id": opening_id, "clue_id": clue_id}
    town.send(dataclasses.replace(example.REFUSE_OPENING, **refusal), SECOND)
    again = asked(town, clue_id)
    assert refused(lambda: town.send(approve(clue_id, opening_id), SECOND)) == "opening_decided"
    town.send(approve(clue_id, again), SECOND)
    assert refused(lambda: town.send(read(clue_id, again))) == "opening_not_granted"


def test_no_two_requests_bear_one_id(town: ClueTown) -> None:
    point = town.point()
    opening_id = asked(town, town.accepted(point))
    other = {"opening_id": opening_id, "clue_id": town.accepted(point)}
    command = dataclasses.replace(example.REQUEST_OPENING, **other)
    assert refused(lambda: town.send(command, OFFICER)) == "already_exists"


def test_a_person_with_two_roles_is_one(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id, as_leader = asked(town, clue_id), Actor(OFFICER.id, Role.LEADER, CITY)
    assert refused(lambda: town.send(approve(clue_id, opening_id), as_leader)) == "own_request"
    by_leader = town.accepted(town.point())
    asked_for = asked(town, by_leader, LEADER)
    assert refused(lambda: town.send(approve(by_leader, asked_for), LEADER)) == "own_request"


def test_a_recused_leader_neither_agrees_nor_is_shown_the_request(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = asked(town, clue_id)
    tie = dataclasses.replace(example.RECUSE, clue_id=clue_id, account_id=SECOND.id)
    town.send(tie, LEADER)
    town.send(approve(clue_id, opening_id), LEADER)
    assert refused(lambda: town.send(approve(clue_id, opening_id), SECOND)) == "case_recused"
    asking = queries.ShowIdentityOpening(clue_id=clue_id, opening_id=opening_id)
    assert refused(lambda: town.ask(asking, SECOND)) == "case_recused"
    listed = town.ask(queries.ListIdentityOpenings(clue_id=clue_id), SECOND)["items"]
    assert listed == []
    assert refused(lambda: town.send(read(clue_id, opening_id))) == "opening_not_granted"


def test_another_districts_leader_finds_nothing(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = asked(town, clue_id)
    for about in (
        lambda: town.send(approve(clue_id, opening_id), LEADER_ELSEWHERE),
        lambda: town.ask(
            queries.ShowIdentityOpening(clue_id=clue_id, opening_id=opening_id), LEADER_ELSEWHERE
        ),
        lambda: town.ask(queries.ListCaseReaders(clue_id=clue_id), LEADER_ELSEWHERE),
    ):
        with pytest.raises(NotFound):
            about()
    listed = town.ask(queries.ListIdentityOpenings(limit=100), LEADER_ELSEWHERE)["items"]
    assert clue_id not in [row["clue_id"] for row in listed]


def test_it_is_shut_when_its_time_is_over(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = opened(town, clue_id)
    town.clock.time += dt.timedelta(hours=24)
    assert refused(lambda: town.send(read(clue_id, opening_id))) == "opening_expired"
    assert refused(lambda: town.ask(show(clue_id, opening_id))) == "opening_expired"
    (row,) = town.ask(queries.ListIdentityOpenings(clue_id=clue_id))["items"]
    assert row["state"] == "expired"


def test_it_is_shown_to_nobody_else_while_it_is_open(town: ClueTown) -> None:
    """Every role, the leaders who agreed, and the very point that filed it."""
    point = town.point()
    clue_id = town.accepted(point)
    opening_id = opened(town, clue_id)
    town.send(read(clue_id, opening_id), OFFICER)
    others = [Actor("somebody", role, CITY) for role in Role if role is not Role.SYSTEM]
    town.show()
    for actor in (*others, LEADER, SECOND, COLLEAGUE, ELSEWHERE, BODY, PUBLIC, point):
        with pytest.raises((Refused, NotFound)):
            town.ask_once(show(clue_id, opening_id), actor)


@pytest.mark.parametrize("reporting", [Reporting.CONFIDENTIAL, Reporting.NAMED])
def test_no_answer_of_any_query_tells_who_told(town: ClueTown, reporting: Reporting) -> None:
    """A case that was joined, one of retaliation, an opinion taken as a clue, and the rest: whoever
    does not handle a named one, and nobody at all a confidential one.
    """
    point = town.point()
    main, joined = town.accepted(point, reporting=reporting), town.filed(point, reporting=reporting)
    town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"), OFFICER)
    town.send(commands.FlagRetaliation(clue_id=main, text="上门威胁反映人"), point)
    opinion_id, taken = fresh(), fresh()
    given = {"opinion_id": opinion_id, "reporter_id": fresh(), "reporting": reporting}
    who = {"reporter_name": SECRETS[0], "reporter_phone": SECRETS[1]}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **given, **who), point)
    town.send(dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=opinion_id, clue_id=taken))
    asked_of = [
        *(queries.OpenClue(clue_id=each, purpose="办理") for each in (main, joined, taken)),
        queries.OpenOpinionFiled(entry_id=opinion_id, purpose="办理"),
        queries.ListClues(limit=100),
        queries.ListOpinionsFiled(limit=100),
        queries.SearchCases(words="超标罚款", purpose="检索", nature=Nature.CLUE),
        queries.SuggestSimilarClues(clue_id=main),
        queries.ListReferrals(limit=100),
        queries.ListIdentityOpenings(limit=100),
        queries.ListCaseReaders(clue_id=main),
    ]
    rows = town.ask(queries.ListClues(limit=100), point)["items"]
    (case,) = [row["clue_id"] for row in rows if row["of_clue"] == main]
    asked_of.append(queries.OpenClue(clue_id=case, purpose="办理"))
    askers = [COLLEAGUE, AUDITOR, point, ELSEWHERE]
    if reporting is Reporting.CONFIDENTIAL:
        askers += [OFFICER, LEADER]
    else:
        assert SECRETS[0] in json.dumps(town.ask(asked_of[1]), ensure_ascii=False)
        assert SECRETS[1] in json.dumps(town.ask(asked_of[3], LEADER), ensure_ascii=False)
    town.does(main, dataclasses.replace(example.ASSIGN, handlers=(OFFICER.id,)))
    town.show()
    for query in asked_of:
        for actor in askers:
            if isinstance(query, queries.OpenClue):
                with suppress(Refused, NotFound):
                    town.send(commands.ReadCase(clue_id=query.clue_id, purpose="办理"), actor)
            try:
                told = json.dumps(town.ask_once(query, actor), ensure_ascii=False, default=str)
            except (Refused, NotFound):
                continue
            assert not any(secret in told for secret in SECRETS), (query, actor)


def test_reading_a_case_that_is_not_named_is_on_record_first(town: ClueTown) -> None:
    point = town.point()
    for reporting, who in (
        (Reporting.CONFIDENTIAL, {}),
        (Reporting.ANONYMOUS, {"reporter_name": None, "reporter_phone": None}),
    ):
        clue_id = town.filed(point, reporting=reporting, **who)
        asking = queries.OpenClue(clue_id=clue_id, purpose="办理线索")
        town.show()
        for actor in (OFFICER, LEADER, point):
            assert refused(partial(town.ask_once, asking, actor)) == "reading_unrecorded"
            town.ask(asking, actor)
            town.ask_once(asking, actor)
        told = town.ask(queries.ListCaseReaders(clue_id=clue_id), AUDITOR)["items"]
        assert [row["read_by"] for row in told] == [point.id, LEADER.id, OFFICER.id]
        assert {(row["read"], row["purpose"]) for row in told} == {("case", "办理线索")}
    named = town.filed(point, reporting=Reporting.NAMED)
    town.show()
    assert town.ask_once(queries.OpenClue(clue_id=named, purpose="办理"), OFFICER)
    assert town.types(f"reading-{named}") == []


def test_a_reading_holds_for_half_an_hour_and_for_its_reader_alone(town: ClueTown) -> None:
    clue_id = town.filed(town.point())
    asking = queries.OpenClue(clue_id=clue_id, purpose="办理")
    town.ask(asking)
    assert refused(lambda: town.ask_once(asking, COLLEAGUE)) == "reading_unrecorded"
    town.clock.time += dt.timedelta(minutes=30)
    assert refused(lambda: town.ask_once(asking, OFFICER)) == "reading_unrecorded"
    town.ask(asking)
    assert town.types(f"reading-{clue_id}") == ["CaseRead", "CaseRead"]


def test_whoever_may_not_read_a_case_puts_no_reading_on_record(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    command = commands.ReadCase(clue_id=clue_id, purpose="办理")
    for actor in (ELSEWHERE, town.point(), LEADER_ELSEWHERE):
        with pytest.raises(NotFound):
            town.send(command, actor)
    town.send(dataclasses.replace(example.RECUSE, clue_id=clue_id, account_id="officer-7"), LEADER)
    out = Actor("officer-7", Role.OFFICER, CITY)
    assert refused(lambda: town.send(command, out)) == "case_recused"
    assert town.types(f"reading-{clue_id}") == []


def test_the_readers_show_who_read_the_identity_and_what_for(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = opened(town, clue_id)
    town.send(read(clue_id, opening_id), OFFICER)
    told = town.ask(queries.ListCaseReaders(clue_id=clue_id, limit=1), LEADER)
    (row,) = told["items"]
    assert (row["read"], row["read_by"], row["purpose"]) == ("identity", OFFICER.id, WHY)
    asking = queries.ListCaseReaders(clue_id=clue_id)
    for actor in (OFFICER, town.point(), BODY):
        assert refused(partial(town.ask_once, asking, actor)) == "wrong_role"


def test_both_approvers_see_the_reason_and_who_else(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id = asked(town, clue_id)
    town.send(approve(clue_id, opening_id), LEADER)
    asking = queries.ShowIdentityOpening(clue_id=clue_id, opening_id=opening_id)
    shown = town.ask(asking, SECOND)
    assert shown["reason"] == example.REQUEST_OPENING.reason
    assert (shown["requested_by"], shown["approved_by"]) == (OFFICER.id, [LEADER.id])
    assert (shown["state"], shown["reasons"]) == ("requested", None)
    waiting = town.ask(queries.ListIdentityOpenings(pending=True, limit=100), SECOND)["items"]
    assert opening_id in [row["opening_id"] for row in waiting]
    town.send(approve(clue_id, opening_id), SECOND)
    waiting = town.ask(queries.ListIdentityOpenings(pending=True, limit=100), THIRD)["items"]
    assert opening_id not in [row["opening_id"] for row in waiting]


def test_the_reporter_is_told_that_and_why_but_not_by_whom(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.clock.time += dt.timedelta(hours=13)  # the next day in Shanghai, and not yet in UTC
    opened(town, clue_id)
    asked(town, clue_id)
    told = town.answered(lambda its: openings_for_reporter(its, clue_id))
    first, second = told
    assert first["reason"] == example.REQUEST_OPENING.reason
    assert (first["state"], first["asked_on"]) == ("opened", town.today.isoformat())
    assert first["opened_on"] == "2026-03-03"
    assert first["until"] == "2026-03-03T17:00:00.000000Z"
    assert (second["state"], second["opened_on"], second["until"]) == ("requested", None, None)
    for somebody in (OFFICER, LEADER, SECOND):
        assert somebody.id not in json.dumps(told)


def test_a_reporter_is_told_when_it_was_read_and_why_it_was_refused(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    opening_id, refused_id = opened(town, clue_id), asked(town, clue_id)
    its = {"opening_id": refused_id, "clue_id": clue_id}
    town.send(dataclasses.replace(example.REFUSE_OPENING, **its), LEADER)
    unread, refused_one = town.answered(lambda its: openings_for_reporter(its, clue_id))
    assert unread["read_on"] == []
    assert refused_one["refused_on"] == town.today.isoformat()
    assert refused_one["refused_because"] == example.REFUSE_OPENING.reasons
    for _ in range(2):
        town.send(read(clue_id, opening_id), OFFICER)
    first, _ = town.answered(lambda its: openings_for_reporter(its, clue_id))
    assert first["read_on"] == [town.today.isoformat()], "each day once"
    assert WHY not in json.dumps(first, ensure_ascii=False), "what for is the bureau's own note"


def test_once_erased_nobody_is_shown(town: ClueTown) -> None:
    reporter_id = fresh()
    clue_id = town.accepted(town.point(), reporter_id=reporter_id)
    opening_id = opened(town, clue_id)
    town.send(read(clue_id, opening_id), OFFICER)
    town.erase(f"reporter:{reporter_id}")
    told = town.ask(show(clue_id, opening_id))
    assert (told["reporter_name"], told["reporter_phone"]) == (None, None)


def test_nothing_of_it_is_public(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    town.send(read(clue_id, opened(town, clue_id)), OFFICER)
    town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"))
    for stream in (f"seal-{clue_id}", f"reading-{clue_id}"):
        for event in town.log.stream(stream):
            assert event.public == {}, event.type
            assert not is_published(event, EVENTS), event.type


def test_two_leaders_at_once_do_not_both_open_it(town: ClueTown) -> None:
    """What the second saw is no more so, and decided anew it is the second approval."""
    clue_id = town.accepted(town.point())
    opening_id = asked(town, clue_id)
    stale = town.log.stream(f"seal-{clue_id}")[-1].version
    town.send(approve(clue_id, opening_id), LEADER)
    with pytest.raises(Conflict):
        town.send(approve(clue_id, opening_id), SECOND, expected_version=stale)
    town.send(approve(clue_id, opening_id), SECOND)
    assert town.types(f"seal-{clue_id}").count("IdentityOpened") == 1


def test_a_reason_of_a_word_is_none(town: ClueTown) -> None:
    clue_id = town.accepted(town.point())
    its = {"opening_id": fresh(), "clue_id": clue_id, "reason": "核实"}
    with pytest.raises(Invalid) as invalid:
        town.send(dataclasses.replace(example.REQUEST_OPENING, **its), OFFICER)
    assert [each.path for each in invalid.value.problems] == ["reason"]
