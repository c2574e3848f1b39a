"""Every query there is, asked by everybody there is, about a case whose reporter is confidential:
no answer tells who it was, but the one that two leaders have opened, to whoever asked for it."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from services.clues.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.vocabulary import Reporting
from shared.contracts.erasure.commands import RequestErasure
from shared.contracts.erasure.vocabulary import ErasureScope
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.roles import Role
from tests.service.clues.evidence import brought
from tests.service.clues.town import (
    BODY,
    CITY,
    COLLEAGUE,
    DISTRICT,
    ELSEWHERE,
    LEADER,
    OFFICER,
    PUBLIC,
    ClueTown,
)
from tests.service.town import fresh
from tests.services.clues import examples as example

NAME, PHONE = "惧某某", "13911112222"
SECOND = Actor("leader-2", Role.LEADER, CITY)
"""Of two leaders: who agrees to an opening learns nothing by it."""


@dataclasses.dataclass
class Heard:
    """Where everything about one confidential reporter is, and who there is to ask for it."""

    ids: dict[str, Any]
    askers: dict[str, Actor]
    receipt: str


@pytest.fixture
def heard(town: ClueTown) -> Heard:
    point, receipt = town.point(), secrets.token_hex(32)
    who = {"reporter_name": NAME, "reporter_phone": PHONE, "reporting": Reporting.CONFIDENTIAL}
    file = brought(town.evidence)
    clue_id = town.filed(point, receipt=receipt, evidence=(file,), **who)
    referral = {"referral_id": fresh()}
    refer, answer = (
        dataclasses.replace(its, **referral) for its in (example.REFER, example.ANSWER)
    )
    town.does(clue_id, example.ACCEPT, example.ASSIGN, refer)
    town.send(dataclasses.replace(answer, clue_id=clue_id), BODY)
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="上门威胁反映人"), point)
    town.does(clue_id, example.START, example.TAKE_STEP, example.CLAIM_REFUND)
    town.does(clue_id, dataclasses.replace(example.ASK_REPORTER, question_id=fresh()))
    ids = {
        "clue_id": clue_id,
        **referral,
        "file_id": file.file_id,
        "opening_id": _opened(town, clue_id),
        "erasure_id": _erasure(town, clue_id),
        **_collected(town, point, who),
        "words": "超标罚款",
        "purpose": "办理线索",
        "limit": 100,
    }
    town.show()
    return Heard(ids, _everybody(town, point, receipt), receipt)


def _opened(town: ClueTown, clue_id: str) -> str:
    opening_id = fresh()
    its = {"opening_id": opening_id, "clue_id": clue_id}
    town.send(dataclasses.replace(example.REQUEST_OPENING, **its), OFFICER)
    for leader in (LEADER, SECOND):
        town.send(commands.ApproveOpening(**its), leader)
    return opening_id


def _erasure(town: ClueTown, clue_id: str) -> str:
    erasure_id = fresh()
    asked = {"stream": f"clue-{clue_id}", "scope": ErasureScope.REPORTER, "reason": "本人提出"}
    town.send(RequestErasure(erasure_id=erasure_id, **asked), OFFICER)
    return erasure_id


def _collected(town: ClueTown, point: Actor, who: dict[str, Any]) -> dict[str, str]:
    """What the same person put into a box, said at a meeting, and gave as an opinion."""
    box_id, symposium_id, opinion_id, proposal_id = (fresh() for _ in range(4))
    slip = dataclasses.replace(example.SLIP, entry_id=fresh(), **who)
    town.send(dataclasses.replace(example.PLACE_COMMAND, box_id=box_id), point)
    emptied = {"box_id": box_id, "emptying_id": fresh(), "entries": (slip,)}
    town.send(dataclasses.replace(example.EMPTY, **emptied), point)
    town.send(dataclasses.replace(example.SCHEDULE_COMMAND, symposium_id=symposium_id), point)
    said = dataclasses.replace(slip, entry_id=fresh())
    held = {"symposium_id": symposium_id, "entries": (said,)}
    town.send(dataclasses.replace(example.HOLD, **held), point)
    given = {"opinion_id": opinion_id, "reporter_id": fresh(), "division": DISTRICT, **who}
    town.send(dataclasses.replace(example.FILE_OPINION_COMMAND, **given), point)
    adopted = {"opinion_id": opinion_id, "proposal_id": proposal_id}
    town.send(dataclasses.replace(example.ADOPT, **adopted), OFFICER)
    return {
        "box_id": box_id,
        "symposium_id": symposium_id,
        "entry_id": opinion_id,
        "proposal_id": proposal_id,
        "theme_id": fresh(),
    }


def _everybody(town: ClueTown, point: Actor, receipt: str) -> dict[str, Actor]:
    holds = {
        role.value: Actor(f"some-{role}", role, CITY) for role in Role if role is not Role.SYSTEM
    }
    return {
        **holds,
        "reporter": Actor(secrets.token_hex(32), Role.REPORTER),
        "public": PUBLIC,
        "who handles it": OFFICER,
        "a colleague": COLLEAGUE,
        "who agreed": LEADER,
        "who agreed too": SECOND,
        "another district": ELSEWHERE,
        "the point it came through": point,
        "another point": town.point(),
        "the body": BODY,
        "the reporter": Actor(receipt, Role.REPORTER),
    }


def asked(heard: Heard) -> Iterator[Any]:
    """Every query, about that case where it can be about one."""
    for kind in DEFINITION.queries:
        fields = {its.name: its for its in dataclasses.fields(kind.cls)}
        given = {name: heard.ids[name] for name in fields if name in heard.ids}
        missing = [n for n, its in fields.items() if n not in given and _is_needed(its)]
        assert not missing, f"{kind.name}: say in this test what {missing} is of that case"
        yield kind.cls(**given)


def _is_needed(its: dataclasses.Field[Any]) -> bool:
    return its.default is dataclasses.MISSING and its.default_factory is dataclasses.MISSING


def told(town: ClueTown, query: Any, actor: Actor) -> str | None:
    """All that is answered, opened; None where it is refused."""
    if isinstance(query, (queries.OpenClue, queries.OpenDialogue, queries.OpenEvidence)):
        with suppress(Refused, NotFound):
            town.send(commands.ReadCase(clue_id=query.clue_id, purpose=query.purpose), actor)
    try:
        return json.dumps(town.ask_once(query, actor), ensure_ascii=False, default=str)
    except (Refused, NotFound, Invalid):
        return None


def test_no_answer_to_anybody_tells_who_told(town: ClueTown, heard: Heard) -> None:
    answered, tells = set(), set()
    for query in asked(heard):
        for who, actor in heard.askers.items():
            answer = told(town, query, actor)
            if answer is not None:
                answered.add(type(query).__name__)
                tells |= {(type(query).__name__, who) for it in (NAME, PHONE) if it in answer}
    assert tells == set()
    unanswered = {its.name for its in DEFINITION.queries} - answered
    assert unanswered == {"ShowReporter", "ShowTheme"}, "nobody has read it; three make a theme"


def test_whoever_asked_reads_it_once_two_agree_and_nobody_else(
    town: ClueTown, heard: Heard
) -> None:
    its = {name: heard.ids[name] for name in ("clue_id", "opening_id", "purpose")}
    town.send(commands.ReadIdentity(**its), OFFICER)
    for who, actor in heard.askers.items():
        if actor != OFFICER:
            with suppress(Refused, NotFound):
                town.send(commands.ReadIdentity(**its), actor)
            assert told(town, queries.ShowReporter(**its), actor) is None, who
    answer = told(town, queries.ShowReporter(**its), OFFICER)
    assert answer is not None
    assert NAME in answer
    assert PHONE in answer


def test_a_code_that_leads_nowhere_takes_the_same_steps_as_one_with_a_wrong_digit(
    town: ClueTown, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service sees hashes: of an unknown code, and of a known one with one wrong digit."""
    ran: list[str] = []
    rows = town.queries._rows

    def counted(query: str, *parameters: Any, **named: Any) -> Any:
        ran.append(query)
        return rows(query, *parameters, **named)

    hashed: list[str] = []
    keyed = town.keyring.keyed_hash

    def counted_hash(scope: str, *parts: str) -> bytes:
        hashed.append(scope)
        return keyed(scope, *parts)

    monkeypatch.setattr(town.queries, "_rows", counted)
    monkeypatch.setattr(town.keyring, "keyed_hash", counted_hash)
    seen = []
    wrong = [f"{heard.receipt[:-1]}{digit}" for digit in "0123" if digit != heard.receipt[-1]]
    for its in (*wrong, secrets.token_hex(32)):
        ran.clear()
        hashed.clear()
        with pytest.raises(NotFound) as refusal:
            town.ask_once(queries.FollowReceipt(), Actor(its, Role.REPORTER))
        seen.append((tuple(ran), tuple(hashed), str(refusal.value)))
    assert len(set(map(str, seen))) == 1
    assert seen[0][0], "a look at the claims is counted"
