"""What the law has kept is erased by no other request, about whatever case of the same reporter."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from shared.contracts.clues import commands as clues
from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.erasure import commands
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from tests.service.clues.test_erasing import (
    REPORTER,
    SECOND,
    THIRD,
    approve,
    destroying,
    erased,
    locked,
    propose,
    requested,
    told_back,
)
from tests.service.clues.test_reporters import by_form
from tests.service.clues.test_search import filed
from tests.service.clues.town import LEADER, OFFICER, ClueTown
from tests.services.clues import examples
from tests.services.erasure import examples as erasing


def opens(town: ClueTown, subject: str) -> bool:
    """Whether the key is there and not locked."""
    with town.keys.connection() as connection:
        row = connection.execute(
            "SELECT wrapped IS NOT NULL AND NOT locked FROM keys.subject WHERE subject = %s",
            (subject,),
        ).fetchone()
    assert row is not None
    return bool(row[0])


def has_key(town: ClueTown, subject: str) -> bool:
    return not town.keyring.are_destroyed([subject])


def reporter_of(town: ClueTown, clue_id: str) -> str:
    return f"reporter:{town.log.stream(f'clue-{clue_id}')[0].clear()['reporter_id']}"


def refuses_approval(town: ClueTown, erasure_id: str) -> None:
    for leader in (SECOND, THIRD):
        with pytest.raises(Refused) as refusal:
            approve(town, erasure_id, leader)
        assert (refusal.value.reason, refusal.value.fields) == (Reason.SUBJECT_LOCKED, ("stream",))


def retaliation(town: ClueTown) -> tuple[str, str]:
    """A case and that of its retaliation, both over."""
    clue_id = filed(town, OFFICER, reporting=Reporting.NAMED)
    town.send(clues.FlagRetaliation(clue_id=clue_id, text="检查次数突然增多"), OFFICER)
    flagged = town.log.stream(f"clue-{clue_id}")[-1].clear()
    other = str(flagged["retaliation_clue_id"])
    for each in (clue_id, other):
        town.does(each, examples.DECLINE, examples.GIVE_FEEDBACK)
    town.clock.time += dt.timedelta(days=60)
    return clue_id, other


def test_a_request_about_the_reporter_alone_does_not_erase_around_a_lock(town: ClueTown) -> None:
    clue_id = told_back(town)
    locked(town, clue_id)
    erasure_id = requested(town, clue_id, REPORTER)
    refuses_approval(town, erasure_id)
    destroying(town).apply()
    assert has_key(town, reporter_of(town, clue_id))


def test_nor_does_one_that_a_leader_approved_before_the_lock(town: ClueTown) -> None:
    clue_id = told_back(town)
    erasure_id = requested(town, clue_id, REPORTER)
    approve(town, erasure_id, LEADER)
    locked(town, clue_id)
    refuses_approval(town, erasure_id)


def test_nor_does_the_case_of_the_retaliation_against_them(town: ClueTown) -> None:
    clue_id, other = retaliation(town)
    locked(town, clue_id)
    refuses_approval(town, requested(town, other))
    assert has_key(town, reporter_of(town, clue_id))


def test_a_reporter_locked_twice_is_open_when_both_locks_are_gone(town: ClueTown) -> None:
    clue_id, other = retaliation(town)
    first, second = locked(town, clue_id), locked(town, other)
    reporter = reporter_of(town, clue_id)
    town.clock.time += dt.timedelta(days=401)
    propose(town)
    for erasure_id, is_open in ((first, False), (second, True)):
        town.send(commands.RefuseErasure(erasure_id=erasure_id, reasons="保存期已满"), SECOND)
        destroying(town).apply()
        assert opens(town, reporter) is is_open
    erased(town, clue_id)
    assert not has_key(town, reporter)


def test_who_was_erased_before_hinders_no_erasure_of_the_case(town: ClueTown) -> None:
    clue_id = told_back(town)
    erased(town, clue_id, REPORTER)
    erased(town, clue_id)
    assert not has_key(town, f"clue:{clue_id}")


def test_its_reporter_is_told_that_a_case_is_locked_and_not_that_it_is_gone(
    town: ClueTown,
) -> None:
    clue_id, reporter = by_form(town)
    town.does(clue_id, examples.DECLINE, examples.GIVE_FEEDBACK)
    town.clock.time += dt.timedelta(days=60)
    asked = (queries.FollowReceipt(), queries.ShowConversation())
    until = town.today + dt.timedelta(days=400)
    assert [town.ask(its, reporter)["locked"] for its in asked] == [False, False]
    erasure_id = requested(town, clue_id)
    town.send(dataclasses.replace(erasing.LOCK, erasure_id=erasure_id, locked_until=until), LEADER)
    # Before any process has applied it, and forgotten the key that it has in memory.
    assert [town.ask(its, reporter)["locked"] for its in asked] == [True, True]
    [filed] = [
        its["values"]
        for its in town.ask(asked[0], reporter)["events"]
        if its["type"] == "ClueFiled"
    ]
    assert filed["text"] is None
    town.clock.time += dt.timedelta(days=401)
    propose(town)
    for leader in (SECOND, THIRD):
        approve(town, erasure_id, leader)
    destroying(town).apply()
    assert [town.ask(its, reporter)["locked"] for its in asked] == [False, False]


def test_who_told_is_kept_with_the_case_though_another_of_theirs_still_needs_their_name(
    town: ClueTown,
) -> None:
    """The open case of retaliation goes on with their name, and nobody erases it meanwhile."""
    clue_id = told_back(town)
    town.send(clues.FlagRetaliation(clue_id=clue_id, text="被停止了供货合同"))
    locked(town, clue_id)
    assert opens(town, reporter_of(town, clue_id))
    refuses_approval(town, requested(town, clue_id, REPORTER))
    assert has_key(town, reporter_of(town, clue_id))
