"""Units found by name or credit code, though both lie sealed: who may, what for, and the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.access.actor import Actor
from shared.contracts.errors import Invalid, Refused
from shared.contracts.registry import queries
from shared.contracts.roles import Role
from shared.service.finding import fitting
from tests.service.test_openings import openings
from tests.service.test_reviews import BODY, OTHER_BODY, asked
from tests.service.town import APPLICANT, CITY, OFFICER, Town, fresh
from tests.services.registry import examples

AUDITOR = Actor("auditor-1", Role.AUDITOR, CITY)
PURPOSE = "查找申报"


def found(town: Town, words: str | None, actor: Actor = OFFICER, **filters: Any) -> list[str]:
    """The names told, page by page, in the list's order."""
    names, cursor = [], None
    while True:
        question = queries.ListApplications(
            words=words, purpose=PURPOSE, limit=2, cursor=cursor, **filters
        )
        answer = asked(town, question, actor)
        names += [row["unit_name"] for row in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            return names


@pytest.fixture
def batch_id(town: Town) -> str:
    return town.batch()


def test_units_are_found_by_a_part_of_their_name_however_it_is_written(
    town: Town, batch_id: str
) -> None:
    for name in ("华兴 机械有限公司", "华兴食品厂", "大众超市"):
        town.submitted(batch_id, unit_name=name)
    assert set(found(town, "华兴", batch_id=batch_id)) == {"华兴 机械有限公司", "华兴食品厂"}
    assert found(town, "兴 机械", batch_id=batch_id) == ["华兴 机械有限公司"]
    assert found(town, "没有这家", batch_id=batch_id) == []
    assert len(found(town, None, batch_id=batch_id)) == 3


def test_units_are_found_by_credit_code(town: Town, batch_id: str) -> None:
    submission = town.submission(batch_id, unit_name="华兴机械有限公司")
    town.send(submission, APPLICANT)
    town.submitted(batch_id)
    code = submission.credit_code
    for words in (code, code.lower(), code[4:]):
        assert found(town, words, batch_id=batch_id) == ["华兴机械有限公司"]


def test_the_latest_comes_first(town: Town, batch_id: str) -> None:
    for name in ("甲厂", "乙厂", "丙厂"):
        town.submitted(batch_id, unit_name=name)
        town.clock.time += dt.timedelta(minutes=1)
    assert found(town, "厂", batch_id=batch_id) == ["丙厂", "乙厂", "甲厂"]


@given(
    st.lists(st.booleans(), max_size=30), st.integers(1, 5), st.integers(1, 6), st.integers(0, 30)
)
def test_nothing_is_missed_between_two_windows(
    fit: list[bool], window: int, most: int, begin: int
) -> None:
    """`fit` says of each row of a list whether it fits; the key is its place."""

    def behind(key: Sequence[Any], count: int) -> list[dict[str, Any]]:
        rows = [{"place": place, "fits": its} for place, its in enumerate(fit)]
        return rows[key[0] + 1 :][:count]

    rows = fitting(behind, [begin], ("place",), lambda row: row["fits"], most, window)
    wanted = [n for n, its in enumerate(fit) if its and n > begin]
    assert [row["place"] for row in rows] == wanted[:most]


def test_a_unit_is_named_to_nobody_outside_its_division(town: Town, batch_id: str) -> None:
    town.submitted(batch_id, unit_name="华兴机械有限公司")
    stranger = replace(OFFICER, division="430203")
    assert found(town, "华兴", stranger, batch_id=batch_id) == []


def test_those_who_are_told_are_on_record_and_those_looked_through_are_not(
    town: Town, batch_id: str
) -> None:
    told = town.submitted(batch_id, unit_name="华兴机械有限公司")
    other = town.submitted(batch_id, unit_name="大众超市")
    found(town, "华兴", batch_id=batch_id)
    (opening,) = openings(town, subject=f"application:{told}")
    assert opening["purpose"] == PURPOSE
    assert openings(town, subject=f"application:{other}") == []


def test_without_a_purpose_there_are_no_names_and_no_words(town: Town, batch_id: str) -> None:
    town.submitted(batch_id, unit_name="华兴机械有限公司")
    plain = asked(town, queries.ListApplications(batch_id=batch_id), OFFICER)["items"]
    assert "unit_name" not in plain[0]
    assert "华兴" not in str(plain)
    for question in (queries.ListApplications, queries.ListOpinions):
        with pytest.raises(Invalid) as wrong:
            town.ask(question(words="华兴"), OFFICER)
        assert wrong.value.problems[0].path == "purpose"


def test_an_auditor_opens_no_names(town: Town) -> None:
    for question in (queries.ListApplications, queries.ListOpinions):
        with pytest.raises(Refused) as refusal:
            asked(town, question(purpose="查看名称"), AUDITOR)
        assert refusal.value.reason == "wrong_role"


def test_a_recommender_finds_its_own_units(town: Town, batch_id: str) -> None:
    its = Actor(f"federation-{fresh()[:8]}", Role.PARTNER, CITY, unit="市工商业联合会")
    own, others = ("市工商业联合会", "市总商会")
    for name, recommender in (("华兴机械厂", own), ("华兴食品厂", others)):
        submission = town.submission(batch_id, unit_name=name, recommender=recommender)
        town.send(replace(submission, channel="recommended"), APPLICANT)
    assert found(town, "华兴", its, batch_id=batch_id) == ["华兴机械厂"]


def test_opinions_are_found_by_unit_and_by_the_body_asked(town: Town, batch_id: str) -> None:
    unit = town.submitted(batch_id, unit_name="华兴机械有限公司")
    town.group(batch_id)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    opinion_id = fresh()
    town.send(
        replace(
            examples.ASK_OPINION,
            application_id=unit,
            opinion_id=opinion_id,
            body="市生态环境局",
            body_unit=BODY.unit,
        ),
        OFFICER,
    )

    def told(words: str, actor: Actor) -> list[tuple[str, str]]:
        question = queries.ListOpinions(
            words=words, purpose="答复征求意见", application_id=unit, limit=100
        )
        items = asked(town, question, actor)["items"]
        return [(row["opinion_id"], row["unit_name"]) for row in items]

    for words in ("华兴", "生态环境"):
        for actor in (BODY, OFFICER):
            assert told(words, actor) == [(opinion_id, "华兴机械有限公司")]
    assert told("大众", BODY) == told("华兴", OTHER_BODY) == []
