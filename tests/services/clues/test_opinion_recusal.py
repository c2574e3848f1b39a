"""Whoever stays out of an opinion does nothing about it, wherever it has got to."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.clues.domain import opinion
from tests.services.clues import examples as example
from tests.services.clues.telling import OFFICER, Story

OUT = dataclasses.replace(example.RECUSE_FROM_OPINION, account_id=OFFICER)


@pytest.mark.parametrize(
    "reached",
    [
        [example.FILE_OPINION],
        [example.FILE_OPINION, example.EXPLAIN],
        [example.FILE_OPINION, example.EXPLAIN, example.RELAY_ANSWER],
        [example.FILE_OPINION, example.TAKE_AS_CLUE],
    ],
    ids=["filed", "answered", "told", "taken"],
)
def test_who_stays_out_of_an_opinion_does_nothing_more_about_it(reached: list[Any]) -> None:
    story = Story(opinion, opinion.Opinion())
    story.when(*reached)
    (recused,) = story.when(OUT, actor="leader-1")
    assert recused.account_id == OFFICER
    for command in (example.EXPLAIN, example.TAKE_AS_CLUE, example.RELAY_ANSWER, OUT):
        story.refuses(command, "case_recused")
    story.refuses(OUT, "nothing_changes", actor="leader-1")


def test_others_go_on_with_it() -> None:
    story = Story(opinion, opinion.Opinion())
    story.when(example.FILE_OPINION, OUT)
    assert story.when(example.EXPLAIN, actor="officer-2")
