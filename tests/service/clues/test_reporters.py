"""Whoever holds a receipt code: the one case that it leads to, and nothing else."""

from __future__ import annotations

import dataclasses
import secrets
from typing import Any

import pytest

from services.clues.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import Reporting, Way
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from tests.service.clues.town import DISTRICT, OFFICER, PUBLIC, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example

FOLLOW = queries.FollowReceipt()


def receipt() -> str:
    return secrets.token_hex(32)


def holder(its: str) -> Actor:
    return Actor(its, Role.REPORTER)


def told(town: ClueTown, its: str) -> Any:
    return town.ask(FOLLOW, holder(its))


def by_form(town: ClueTown, **instead: Any) -> tuple[str, Actor]:
    """A clue by the form whose reporter holds a receipt."""
    given = receipt()
    return town.filed(PUBLIC, way=Way.FORM, receipt=given, **instead), holder(given)


def by_form_told(town: ClueTown) -> tuple[str, Actor]:
    """The same, closed, and its reporter told."""
    clue_id, reporter = by_form(town)
    town.does(clue_id, example.ACCEPT, example.ASSIGN, example.START, example.TAKE_STEP)
    town.does(clue_id, example.CONCLUDE, example.DISCIPLINE, example.CLOSE, example.GIVE_FEEDBACK)
    return clue_id, reporter


def opinion_with(town: ClueTown, its: str) -> str:
    opinion_id = fresh()
    given = {"opinion_id": opinion_id, "reporter_id": fresh(), "division": DISTRICT}
    told = dataclasses.replace(example.FILE_OPINION_COMMAND, **given, way=Way.FORM, receipt=its)
    town.send(told, PUBLIC)
    return opinion_id


def test_a_receipt_leads_to_its_case_at_once(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    answer = town.ask(FOLLOW, reporter)
    assert (answer["nature"], answer["id"], answer["status"]) == ("clue", clue_id, "filed")
    (filed,) = answer["events"]
    assert filed["values"]["text"] == example.FILE_COMMAND.text
    assert [its["name"] for its in answer["limits"]] == ["acceptance"]


def test_no_event_no_claim_and_no_opening_holds_a_receipt(town: ClueTown) -> None:
    clue_id, reporter = by_form_told(town)
    town.ask(FOLLOW, reporter)
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"), reporter)
    with town.pool.connection() as connection:
        for table in ("eventlog.event", "eventlog.claim", "eventlog.command", "ops.opening"):
            found = connection.execute(
                f"SELECT count(*) FROM {table} row WHERE row::text LIKE %s",
                (f"%{reporter.id}%",),
            ).fetchone()
            assert found == (0,), table


def test_an_unknown_receipt_leads_nowhere(town: ClueTown) -> None:
    clue_id, _ = by_form_told(town)
    stranger = holder(receipt())
    with pytest.raises(NotFound):
        town.ask(FOLLOW, stranger)
    for command in (
        dataclasses.replace(example.SATISFIED, clue_id=clue_id),
        commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"),
    ):
        with pytest.raises(NotFound):
            town.send(command, stranger)


def test_a_receipt_reaches_no_other_case(town: ClueTown) -> None:
    clue_id, _ = by_form_told(town)
    _, other = by_form_told(town)
    with pytest.raises(NotFound):
        town.send(dataclasses.replace(example.SATISFIED, clue_id=clue_id), other)
    with pytest.raises(NotFound):
        town.send(commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"), other)


def test_a_receipt_is_of_use_to_the_reporter_alone(town: ClueTown) -> None:
    _, reporter = by_form(town)
    for role in set(Role) - {Role.SYSTEM, Role.REPORTER}:
        with pytest.raises(Refused) as refusal:
            town.ask(FOLLOW, Actor(reporter.id, role, "430200", "unit"))
        assert refusal.value.reason == Reason.WRONG_ROLE, role


def test_a_reporter_sends_and_asks_nothing_but_about_their_case() -> None:
    sent = {
        its.__name__ for its, route in DEFINITION.routes.items() if Role.REPORTER in route.roles
    }
    asked = {
        its.__name__
        for its, route in DEFINITION.query_routes.items()
        if Role.REPORTER in route.roles
    }
    assert sent == {
        *("RateSatisfaction", "FlagRetaliation"),
        *("AnswerQuestion", "AddInformation", "AttachEvidence"),
    }
    assert asked == {"FollowReceipt", "ShowConversation", "ListEvidence", "OpenEvidence"}


def test_a_receipt_leads_to_one_thing(town: ClueTown) -> None:
    _, reporter = by_form(town)
    with pytest.raises(Refused) as refusal:
        town.filed(PUBLIC, way=Way.FORM, receipt=reporter.id)
    assert (refusal.value.reason, refusal.value.fields) == (Reason.ALREADY_EXISTS, ("receipt",))


def test_a_point_that_tells_for_itself_gets_none(town: ClueTown) -> None:
    itself = {"reporting": Reporting.NAMED, "reporter_name": None, "reporter_phone": None}
    with pytest.raises(Invalid) as invalid:
        town.filed(town.point(), receipt=receipt(), **itself)
    assert invalid.value.problems[0].path == "receipt"


def test_the_reporter_rates_what_came_of_it(town: ClueTown) -> None:
    clue_id, reporter = by_form_told(town)
    assert town.ask(FOLLOW, reporter)["may"]["RateSatisfaction"] is None
    town.send(dataclasses.replace(example.NOT_SOLVED, clue_id=clue_id), reporter)
    answer = town.ask(FOLLOW, reporter)
    assert answer["status"] == "accepted"
    assert [its["type"] for its in answer["events"]][-2:] == ["SatisfactionRated", "ClueReopened"]
    rated = town.log.stream(f"clue-{clue_id}")[-2]
    assert (rated.type, rated.actor_id, rated.role) == ("SatisfactionRated", "", "public")


def test_a_reporter_who_has_read_it_need_not_wait_for_the_point_to_rate_it(town: ClueTown) -> None:
    its, point = receipt(), town.point()
    clue_id = town.closed(point, receipt=its)
    assert told(town, its)["may"]["RateSatisfaction"] == "wrong_state"
    town.does(clue_id, example.GIVE_FEEDBACK)
    assert told(town, its)["status"] == "fed_back"
    assert told(town, its)["may"]["RateSatisfaction"] is None
    town.send(dataclasses.replace(example.SATISFIED, clue_id=clue_id), holder(its))
    relayed, rated = town.log.stream(f"clue-{clue_id}")[-2:]
    assert (relayed.type, relayed.clear()["means"]) == ("FeedbackRelayed", "online")
    for event in (relayed, rated):
        assert (event.actor_id, event.role) == ("", "public")
    assert told(town, its)["may"]["RateSatisfaction"] == "rated_already"
    with pytest.raises(Refused):
        town.send(dataclasses.replace(example.RELAY, clue_id=clue_id), point)


def test_what_the_reporter_flags_is_told_to_the_bureau_and_not_to_the_point(town: ClueTown) -> None:
    its, point = receipt(), town.point()
    clue_id = town.accepted(point, receipt=its)
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"), holder(its))
    case_id = next(
        event.clear()["retaliation_clue_id"]
        for event in town.log.stream(f"clue-{clue_id}")
        if event.type == "RetaliationFlagged"
    )
    opened = town.ask(queries.OpenClue(clue_id=case_id, purpose="办理"), OFFICER)
    filed = opened["records"][0]["values"]
    assert (filed["way"], filed["point_id"], filed["filed_by"]) == ("form", None, None)
    with pytest.raises(NotFound):
        town.ask(queries.OpenClue(clue_id=case_id, purpose="办理"), point)
    answer = told(town, its)
    assert answer["retaliation"] == {"status": "filed", "locked": False, "events": []}
    assert answer["may"]["FlagRetaliation"] == "flagged_already"


def test_an_opinion_is_followed_into_the_clue_that_it_became(town: ClueTown) -> None:
    its = receipt()
    opinion_id = opinion_with(town, its)
    assert told(town, its)["nature"] == "opinion"
    clue_id = fresh()
    taken = dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=opinion_id, clue_id=clue_id)
    town.send(taken, OFFICER)
    answer = told(town, its)
    assert (answer["nature"], answer["id"]) == ("clue", clue_id)
    assert [each["type"] for each in answer["events"]] == [
        *("OpinionFiled", "OpinionTakenAsClue", "ClueFiled")
    ]
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"), holder(its))


def test_an_opinion_is_no_clue_to_act_on(town: ClueTown) -> None:
    its = receipt()
    opinion_id = opinion_with(town, its)
    with pytest.raises(NotFound):
        town.send(
            commands.FlagRetaliation(clue_id=opinion_id, text="被停止了供货合同"), holder(its)
        )


def test_nobody_is_named_and_nobody_elses_words_are_told(town: ClueTown) -> None:
    """Of a case that another was joined to, whose verification was written down."""
    main_id, main = by_form(town)
    joined_id, joined = by_form(town, text="另一位反映人自己说的话")
    for clue_id in (main_id, joined_id):
        town.does(clue_id, example.ACCEPT, example.ASSIGN)
    town.send(dataclasses.replace(example.JOIN, clue_id=joined_id, into_clue_id=main_id), OFFICER)
    town.does(main_id, example.START, example.TAKE_STEP, example.CONCLUDE)
    town.does(main_id, example.DISCIPLINE, example.CLOSE)
    for reporter, stranger in ((main, joined_id), (joined, main_id)):
        shown = str(town.ask(FOLLOW, reporter))
        assert stranger not in shown
        assert "officer-1" not in shown
        assert example.TAKE_STEP.account not in shown
        assert example.JOIN.reasons not in shown
    assert "另一位反映人自己说的话" not in str(town.ask(FOLLOW, main))


def test_a_confidential_reporter_is_told_who_asked_for_their_name_and_an_anonymous_one_nothing(
    town: ClueTown,
) -> None:
    clue_id, reporter = by_form(town)
    assert town.ask(FOLLOW, reporter)["openings"] == []
    town.does(clue_id, example.ACCEPT, example.ASSIGN)
    asking = dataclasses.replace(example.REQUEST_OPENING, clue_id=clue_id, opening_id=fresh())
    town.send(asking, OFFICER)
    (asked,) = town.ask(FOLLOW, reporter)["openings"]
    assert (asked["state"], asked["reason"]) == ("requested", asking.reason)
    assert OFFICER.id not in str(asked)
    nobody = {"reporting": Reporting.ANONYMOUS, "reporter_name": None, "reporter_phone": None}
    _, anonymous = by_form(town, **nobody)
    assert town.ask(FOLLOW, anonymous)["openings"] is None


def test_not_even_whoever_holds_the_code_is_told_the_reporters_name(town: ClueTown) -> None:
    """A code that fell into other hands must not say whose it was."""
    named = {"reporting": Reporting.NAMED}
    for _, reporter in (by_form(town), by_form(town, **named)):
        shown = str(town.ask(FOLLOW, reporter))
        assert example.FILE_COMMAND.reporter_name not in shown
        assert example.FILE_COMMAND.reporter_phone not in shown


def test_what_was_erased_is_told_as_nothing(town: ClueTown) -> None:
    clue_id, reporter = by_form(town)
    town.erase(f"clue:{clue_id}")
    (filed,) = town.ask(FOLLOW, reporter)["events"]
    assert filed["values"]["text"] is None
