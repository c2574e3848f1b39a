"""Searching by words, over a real log: found by those who may see it, gone once it is erased."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clues.answers.words import grams, plain
from shared.access.actor import Actor
from shared.contracts.clues import queries
from shared.contracts.clues.vocabulary import ClueKind, Nature, Way
from shared.contracts.errors import Invalid
from tests.service.clues.town import (
    COLLEAGUE,
    ELSEWHERE,
    OFFICER,
    OTHER_DISTRICT,
    ClueTown,
)
from tests.service.town import fresh
from tests.services.clues import examples as example


def search(town: ClueTown, words: str, actor: Actor = OFFICER, **filters: Any) -> list[str]:
    asked = {"nature": None, "status": None, "kind": None, "district": None, "body": None}
    query = queries.SearchCases(words=words, purpose="办理", **{**asked, **filters})
    answer = town.ask(query, actor)
    while not answer["complete"]:  # each search takes in so many texts of the room
        answer = town.ask(query, actor)
    return [its["entry_id"] for its in answer["items"]]


def filed(town: ClueTown, by: Actor, way: Way = Way.BUREAU, **instead: Any) -> str:
    ids = {"clue_id": fresh(), "reporter_id": fresh()}
    command = dataclasses.replace(example.FILE_COMMAND, **ids, way=way, **instead)
    town.send(command, by)
    return str(ids["clue_id"])


def unusual() -> str:
    """A word that stands in no other text of the room."""
    return f"砚{fresh()[:8]}溪"


def test_words_are_found_in_text_place_and_unit_and_the_reporter_is_not(town: ClueTown) -> None:
    word, place, unit, name = (unusual() for _ in range(4))
    clue_id = filed(
        town,
        OFFICER,
        text=f"在{word}检查时 超标罚款",
        place=f"天元区{place}路",
        unit_concerned=f"{unit}厂",
        reporter_name=f"赵{name}",
    )
    for wanted in (word, place, unit, f"超标罚款 {word}", f"检查时超标 {place}", word.upper()):
        assert search(town, wanted) == [clue_id]
    assert search(town, name) == []
    assert search(town, f"{word} 不在其中") == []
    # Its pairs all stand there, though not one behind the other.
    assert search(town, f"{word}检查时超标罚款检查") == []


def test_each_sees_what_they_may_see(town: ClueTown) -> None:
    point, word = town.point(), unusual()
    mine = filed(town, point, Way.POINT, text=f"超标罚款{word}")
    other = filed(town, OFFICER, text=f"超标罚款{word}", division=OTHER_DISTRICT)
    assert search(town, word, point) == [mine]
    assert set(search(town, word)) == {mine, other}
    assert search(town, word, ELSEWHERE) == [other]
    town.send(dataclasses.replace(example.RECUSE, clue_id=mine, account_id=COLLEAGUE.id), COLLEAGUE)
    assert search(town, word, COLLEAGUE) == [other]


def test_filters_and_words_are_combined(town: ClueTown) -> None:
    word = unusual()
    fine = filed(town, OFFICER, text=f"超标罚款{word}")
    slow = filed(
        town, OFFICER, text=f"久拖不决{word}", kinds=(ClueKind.SLOW_ACTION,), body="市税务局"
    )
    opinion_id = fresh()
    town.send(
        dataclasses.replace(
            example.FILE_OPINION_COMMAND,
            opinion_id=opinion_id,
            reporter_id=fresh(),
            way=Way.BUREAU,
            text=f"建议合并检查{word}",
        )
    )
    assert set(search(town, word)) == {fine, slow, opinion_id}
    assert search(town, word, nature=Nature.OPINION) == [opinion_id]
    assert search(town, word, kind=ClueKind.SLOW_ACTION) == [slow]
    assert search(town, word, body="税务") == [slow]
    assert search(town, word, district=OTHER_DISTRICT) == []


def test_what_is_erased_is_found_no_more_and_leaves_the_cache(town: ClueTown) -> None:
    word = unusual()
    clue_id = filed(town, OFFICER, text=f"超标罚款{word}")
    assert search(town, word) == [clue_id]
    town.erase(f"clue:{clue_id}")
    assert search(town, word) == []
    with town.pool.connection() as connection:
        kept = connection.execute(
            "SELECT pairs FROM search.words WHERE stream = %s", (f"clue-{clue_id}",)
        ).fetchall()
    assert kept == []
    assert search(town, word) == []


@pytest.mark.parametrize("words", ["罚", "超标 款", "  ", "，。"])
def test_a_word_has_two_characters_at_least(town: ClueTown, words: str) -> None:
    with pytest.raises(Invalid):
        search(town, words)


@given(st.text(max_size=30), st.text(max_size=8), st.text(max_size=30))
def test_whatever_stands_in_a_text_has_all_its_pairs_there(a: str, word: str, b: str) -> None:
    assert grams(plain(word)) <= grams(plain(f"{a}{word}{b}"))


def test_the_cache_holds_no_pair_in_clear_and_none_that_could_be_guessed(
    town: ClueTown,
) -> None:
    word = unusual()
    clue_id = filed(town, OFFICER, text=f"超标罚款{word}", place=None, unit_concerned=None)
    assert search(town, word) == [clue_id]
    with town.pool.connection() as connection:
        [(row, kept)] = connection.execute(
            "SELECT w::text, pairs FROM search.words w WHERE stream = %s", (f"clue-{clue_id}",)
        ).fetchall()
    in_clear = grams(plain(f"超标罚款{word}"))
    assert len(kept) == len(in_clear)
    assert not [gram for gram in in_clear if not gram.isascii() and gram in row]
    unkeyed = [hashlib.sha256(gram.encode()).digest()[:4] for gram in in_clear]
    assert {int.from_bytes(each, signed=True) for each in unkeyed}.isdisjoint(kept)


def test_searching_is_recorded_like_any_opening(town: ClueTown) -> None:
    search(town, "超标罚款")
    with town.pool.connection() as connection:
        found = connection.execute(
            "SELECT count(*) FROM ops.opening WHERE subject = 'search:cases' AND actor_id = %s",
            (OFFICER.id,),
        ).fetchone()
    assert found is not None
    assert found[0] > 0
