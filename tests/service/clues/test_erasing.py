"""Erasing a case over a real log: its words and its search rows go, what was counted stays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from services.clues.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import ClueStatus, Reporting, Way
from shared.contracts.erasure import commands
from shared.contracts.erasure.queries import ListErasures, ShowErasure
from shared.contracts.erasure.vocabulary import ErasureScope, LockGround
from shared.contracts.errors import NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.eventlog import audit
from shared.eventlog.checkpointer import Checkpointer
from shared.privacy.keyring import Keyring
from shared.projections import aside
from shared.service.destroying import Destroying
from shared.service.proposing import Proposing
from tests.service.clues.test_search import filed, search, unusual
from tests.service.clues.town import CITY, ELSEWHERE, LEADER, OFFICER, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples

SECOND = Actor("leader-2", Role.LEADER, CITY)
THIRD = Actor("leader-3", Role.LEADER, CITY)
WHOLE, REPORTER = ErasureScope.WHOLE, ErasureScope.REPORTER


def told_back(town: ClueTown, **instead: Any) -> str:
    """A clue of which everything is over."""
    clue_id = filed(town, OFFICER, reporting=Reporting.NAMED, **instead)
    town.does(clue_id, examples.DECLINE, examples.GIVE_FEEDBACK)
    return clue_id


def requested(
    town: ClueTown, clue_id: str, scope: ErasureScope = WHOLE, by: Actor = OFFICER
) -> str:
    erasure_id = fresh()
    town.send(
        commands.RequestErasure(
            erasure_id=erasure_id, stream=f"clue-{clue_id}", scope=scope, reason="本人到窗口提出"
        ),
        by,
    )
    return erasure_id


def approve(town: ClueTown, erasure_id: str, by: Actor) -> None:
    town.send(commands.ApproveErasure(erasure_id=erasure_id), by)


def destroying(town: ClueTown, keyring: Keyring | None = None) -> Destroying:
    return Destroying(town.pool, keyring or town.keyring, town.clock, DEFINITION.forgets)


def erased(town: ClueTown, clue_id: str, scope: ErasureScope = WHOLE) -> str:
    erasure_id = requested(town, clue_id, scope)
    approve(town, erasure_id, LEADER)
    approve(town, erasure_id, SECOND)
    destroying(town).apply()
    return erasure_id


def opened(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> Any:
    return town.ask(queries.OpenClue(clue_id=clue_id, purpose="办理"), actor)


def filing(answer: Any) -> Any:
    return next(its["values"] for its in answer["records"] if its["type"] == "ClueFiled")


def test_after_two_leaders_agree_words_reporter_and_search_rows_are_gone(town: ClueTown) -> None:
    word = unusual()
    clue_id = told_back(town, text=f"超标罚款{word}")
    assert search(town, word) == [clue_id]
    shown = filing(opened(town, clue_id, LEADER))
    assert (shown["text"], shown["reporter_name"]) == (f"超标罚款{word}", "赵某")

    erasure_id = requested(town, clue_id)
    approve(town, erasure_id, LEADER)
    destroying(town).apply()
    assert filing(opened(town, clue_id))["text"] is not None, "one leader alone erases nothing"
    approve(town, erasure_id, SECOND)
    assert not town.ask(ShowErasure(erasure_id=erasure_id), LEADER)["keys_destroyed"]
    destroying(town).apply()

    with town.pool.connection() as connection:
        row = connection.execute(
            "SELECT count(*) FROM search.words WHERE stream = %s", (f"clue-{clue_id}",)
        ).fetchone()
    assert row == (0,), "at once, and not when somebody searches next"
    shown = filing(opened(town, clue_id, LEADER))
    assert {shown[name] for name in ("text", "place", "reporter_name", "reporter_phone")} == {None}
    assert shown["body"] == examples.BODY
    assert search(town, word) == []
    told = town.ask(ShowErasure(erasure_id=erasure_id), LEADER)
    assert (told["status"], told["keys_destroyed"]) == ("erased", True)
    assert told["approved_by"] == [LEADER.id, SECOND.id]


def test_who_told_it_alone_can_be_erased_while_the_case_is_open(town: ClueTown) -> None:
    clue_id = filed(town, OFFICER, reporting=Reporting.NAMED)
    with pytest.raises(Refused) as refusal:
        requested(town, clue_id)
    assert (refusal.value.reason, refusal.value.fields) == (Reason.MATTER_OPEN, ("stream",))
    erased(town, clue_id, REPORTER)
    shown = filing(opened(town, clue_id, LEADER))
    assert (shown["reporter_name"], shown["reporter_phone"]) == (None, None)
    assert shown["text"] == examples.FILE_COMMAND.text
    town.does(clue_id, examples.ACCEPT)


def test_same_leader_twice_and_the_asker_as_leader_count_for_nothing(town: ClueTown) -> None:
    erasure_id = requested(town, told_back(town), by=THIRD)
    approve(town, erasure_id, LEADER)
    for by in (THIRD, LEADER):
        with pytest.raises(Refused) as refusal:
            approve(town, erasure_id, by)
        assert refusal.value.reason == Reason.APPROVER_INVOLVED
    assert town.types(f"erasure-{erasure_id}") == ["ErasureRequested", "ErasureApproved"]


def test_the_same_approval_sent_again_is_the_same_word(town: ClueTown) -> None:
    erasure_id, command_id = requested(town, told_back(town)), fresh()
    command = commands.ApproveErasure(erasure_id=erasure_id)
    for _ in range(2):
        town.send(command, LEADER, command_id)
    with pytest.raises(Refused):
        town.send(command, SECOND, command_id)
    assert town.types(f"erasure-{erasure_id}") == ["ErasureRequested", "ErasureApproved"]


def test_one_thing_has_one_request_at_a_time(town: ClueTown) -> None:
    clue_id = told_back(town)
    erasure_id = requested(town, clue_id)
    with pytest.raises(Refused) as refusal:
        requested(town, clue_id)
    assert refusal.value.reason == Reason.ERASURE_OPEN
    town.send(commands.RefuseErasure(erasure_id=erasure_id, reasons="不是本人"), LEADER)
    requested(town, clue_id)


def test_who_stays_out_of_a_case_neither_asks_nor_approves(town: ClueTown) -> None:
    clue_id = filed(town, OFFICER)
    town.send(dataclasses.replace(examples.RECUSE, clue_id=clue_id, account_id=LEADER.id), LEADER)
    erasure_id = requested(town, clue_id, REPORTER)
    with pytest.raises(Refused) as refusal:
        approve(town, erasure_id, LEADER)
    assert refusal.value.reason == Reason.CASE_RECUSED


def test_other_divisions_find_nothing(town: ClueTown) -> None:
    clue_id = told_back(town)
    erasure_id = requested(town, clue_id)
    stranger = dataclasses.replace(ELSEWHERE, role=Role.LEADER)
    with pytest.raises(NotFound):
        approve(town, erasure_id, stranger)
    with pytest.raises(NotFound):
        requested(town, clue_id, by=ELSEWHERE)
    with pytest.raises(NotFound):
        town.ask(ShowErasure(erasure_id=erasure_id), stranger)
    listed = ListErasures(status=None, stream=f"clue-{clue_id}", cursor=None, limit=None)
    assert town.ask(listed, stranger)["items"] == []
    assert [its["erasure_id"] for its in town.ask(listed, LEADER)["items"]] == [erasure_id]


def test_a_case_taken_up_anew_is_not_erased(town: ClueTown) -> None:
    clue_id = town.closed(OFFICER, way=Way.BUREAU)
    town.does(clue_id, examples.GIVE_FEEDBACK)
    town.clock.time += dt.timedelta(days=30)
    erasure_id = requested(town, clue_id)
    approve(town, erasure_id, LEADER)
    town.clock.time -= dt.timedelta(days=20)
    town.does(clue_id, examples.NOT_SOLVED)
    with pytest.raises(Refused) as refusal:
        approve(town, erasure_id, SECOND)
    assert refusal.value.reason == Reason.MATTER_OPEN


def test_a_key_that_comes_back_is_destroyed_again(town: ClueTown) -> None:
    clue_id = told_back(town)
    subject = f"clue:{clue_id}"
    with town.keys.connection() as connection:
        backup = connection.execute(
            "SELECT wrapped FROM keys.subject WHERE subject = %s", (subject,)
        ).fetchone()
    assert backup is not None
    erased(town, clue_id)
    with town.keys.connection() as connection:
        connection.execute(
            "UPDATE keys.subject SET wrapped = %s, erased_at = NULL WHERE subject = %s",
            (backup[0], subject),
        )
    assert filing(opened(town, clue_id))["text"] is not None
    destroying(town).apply()
    assert filing(opened(town, clue_id))["text"] is None


def test_positions_roots_and_rebuilt_models_are_as_before(town: ClueTown) -> None:
    clue_id = told_back(town)
    town.show()
    key = town.keyring.checkpoint_key()
    verifier = audit.verifier_key("clues", key)
    Checkpointer(town.log, key).sign()
    before = audit.verify(town.log, verifier)
    counted = town.ask(_told())["items"]
    assert before.ok
    erased(town, clue_id)
    town.show()
    Checkpointer(town.log, key).sign()
    after = audit.verify(town.log, verifier)
    assert after.ok
    assert after.checkpoints > before.checkpoints
    assert audit.consistency(town.log, before.size, after.size)
    assert town.ask(_told())["items"] == counted
    for model in DEFINITION.models:
        with aside.opened(model, town.pool, {"clues": town.log.read}) as build:
            build.load(aside.shown(model, town.pool))
            assert not build.differences(moving=False), model.name


def _told() -> queries.ListClues:
    nothing = dict.fromkeys(("kind", "mine", "late", "raised", "body", "district"))
    return queries.ListClues(status=ClueStatus.TOLD, cursor=None, limit=100, **nothing)


# Kept but locked --------------------------------------------------------------------------------


def locked(town: ClueTown, clue_id: str) -> str:
    erasure_id = requested(town, clue_id)
    town.send(
        commands.LockSubject(
            erasure_id=erasure_id,
            ground=LockGround.KEEPING_BY_LAW,
            locked_until=town.today + dt.timedelta(days=400),
            reasons="档案保存期未满",
        ),
        LEADER,
    )
    destroying(town).apply()
    return erasure_id


def allow(town: ClueTown, erasure_id: str, by: Actor) -> None:
    town.send(commands.AllowReading(erasure_id=erasure_id, purpose="复议机关调卷"), by)


def refuses_to_open(town: ClueTown, clue_id: str, actor: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        opened(town, clue_id, actor)
    assert refusal.value.reason == Reason.SUBJECT_LOCKED


def test_what_is_locked_is_read_by_the_two_who_opened_it_and_only_for_a_day(
    town: ClueTown,
) -> None:
    word = unusual()
    clue_id = told_back(town, text=f"超标罚款{word}")
    erasure_id = locked(town, clue_id)
    for actor in (OFFICER, LEADER, SECOND):
        refuses_to_open(town, clue_id, actor)
    assert search(town, word) == []
    allow(town, erasure_id, LEADER)
    refuses_to_open(town, clue_id, LEADER)
    allow(town, erasure_id, SECOND)
    for actor in (LEADER, SECOND):
        assert filing(opened(town, clue_id, actor))["text"] == f"超标罚款{word}"
    for actor in (OFFICER, THIRD):
        refuses_to_open(town, clue_id, actor)
    town.clock.time += dt.timedelta(hours=24)
    refuses_to_open(town, clue_id, LEADER)


def test_a_lock_ends_with_its_day_and_only_then_is_it_erased(town: ClueTown) -> None:
    clue_id = told_back(town)
    erasure_id = locked(town, clue_id)
    with pytest.raises(Refused):
        approve(town, erasure_id, SECOND)
    town.clock.time += dt.timedelta(days=401)
    propose(town)
    assert "LockEnded" in town.types(f"erasure-{erasure_id}")
    refuses_to_open(town, clue_id, LEADER)
    approve(town, erasure_id, SECOND)
    approve(town, erasure_id, THIRD)
    destroying(town).apply()
    assert filing(opened(town, clue_id))["text"] is None


# Kept long enough -------------------------------------------------------------------------------


def propose(town: ClueTown) -> None:
    """All that is due in the room, a part at a time as the leading process does it."""
    its = Proposing(
        DEFINITION.proposes, town.pool, town.commands.standing, town.commands.act, town.clock
    )
    before = -1
    while before != (now := _logged(town)):
        before = now
        its.look()
        town.show()


def _logged(town: ClueTown) -> int:
    town.show()
    return town.log.head()


def test_what_was_kept_ten_years_is_proposed_once_and_erased_by_people(town: ClueTown) -> None:
    clue_id, younger = told_back(town), filed(town, OFFICER, way=Way.BUREAU)
    listed = ListErasures(status=None, stream=f"clue-{clue_id}", cursor=None, limit=None)
    town.clock.time += dt.timedelta(days=365 * 9)
    propose(town)
    assert town.ask(listed, LEADER)["items"] == []
    town.clock.time += dt.timedelta(days=400)
    for _ in range(2):
        propose(town)
    [asked] = town.ask(listed, LEADER)["items"]
    assert (asked["ground"], asked["requested_by"]) == ("retention_over", None)
    assert filing(opened(town, clue_id))["text"] is not None
    still_open = ListErasures(status=None, stream=f"clue-{younger}", cursor=None, limit=None)
    assert town.ask(still_open, LEADER)["items"] == []


def proposals(town: ClueTown, clue_id: str) -> list[Any]:
    """Requests about the clue that the service has made, the latest first."""
    propose(town)
    listed = ListErasures(status=None, stream=f"clue-{clue_id}", cursor=None, limit=None)
    items = town.ask(listed, LEADER)["items"]
    return [its for its in items if its["ground"] == "retention_over"]


def test_what_a_person_was_refused_is_proposed_all_the_same(town: ClueTown) -> None:
    clue_id = told_back(town)
    refused = requested(town, clue_id)
    town.send(commands.RefuseErasure(erasure_id=refused, reasons="不是本人"), LEADER)
    town.clock.time += dt.timedelta(days=365 * 10 + 30)
    assert len(proposals(town, clue_id)) == 1


def test_what_leaders_refused_to_erase_is_proposed_anew_after_a_year(town: ClueTown) -> None:
    clue_id = told_back(town)
    town.clock.time += dt.timedelta(days=365 * 10 + 30)
    [first] = proposals(town, clue_id)
    refusal = commands.RefuseErasure(erasure_id=first["erasure_id"], reasons="档案馆要接收")
    town.send(refusal, LEADER)
    town.clock.time += dt.timedelta(days=300)
    assert len(proposals(town, clue_id)) == 1
    town.clock.time += dt.timedelta(days=100)
    again, _ = proposals(town, clue_id)
    assert (again["status"], first["erasure_id"] != again["erasure_id"]) == ("requested", True)
