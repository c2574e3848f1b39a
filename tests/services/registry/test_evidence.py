"""Evidence that a record names is a document of the application that counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.registry.domain import application
from services.registry.domain.application import Application
from tests.services.registry import examples as example
from tests.services.registry.telling import Story, uid

EVIDENCE = example.ATTACH_EVIDENCE.document_id
NAMING: list[Any] = [
    replace(its, documents=(EVIDENCE,)) for its in (example.CHECK, example.VISIT, example.TALK)
]
ANSWER = replace(example.ANSWER, command=replace(example.ANSWER_OPINION, document=EVIDENCE))


def under_review(*then: Any) -> Story:
    story = Story(application, Application())
    for command in (example.SUBMITTED, example.PASS, example.ASK_OPINION, *then):
        story.when(command)
    return story


@pytest.mark.parametrize("command", [*NAMING, ANSWER], ids=lambda its: type(its).__name__)
def test_evidence_is_a_document_that_was_attached_and_not_taken_back(command: Any) -> None:
    under_review().refuses(command, "document_unknown")
    assert under_review(example.ATTACH_EVIDENCE).when(command)
    taken_back = under_review(example.ATTACH_EVIDENCE, example.WITHDRAW_EVIDENCE)
    taken_back.refuses(command, "document_unknown")


@pytest.mark.parametrize("command", [*NAMING, ANSWER], ids=lambda its: type(its).__name__)
def test_evidence_stays_while_a_record_names_it(command: Any) -> None:
    story = under_review(*example.ALL_CHECKS, example.ATTACH_EVIDENCE)
    for then in (command, example.CONCLUDE, example.LIST, example.PUT_ON_NOTICE):
        story.when(then)
        story.refuses(example.WITHDRAW_EVIDENCE, "document_named")


def test_evidence_of_a_check_that_was_made_anew_without_it_may_be_taken_back() -> None:
    story = under_review(example.ATTACH_EVIDENCE, NAMING[0])
    story.refuses(example.WITHDRAW_EVIDENCE, "document_named")
    story.when(example.CHECK)
    assert story.when(example.WITHDRAW_EVIDENCE)


def test_the_one_that_is_wrong_is_named() -> None:
    story = under_review(example.ATTACH_EVIDENCE)
    with pytest.raises(Exception, match="no such document") as refusal:
        story.when(replace(example.VISIT, documents=(EVIDENCE, uid(99))))
    assert refusal.value.fields == ("documents[1]",)  # type: ignore[attr-defined]


def test_a_reserve_takes_documents_as_a_listed_unit_does() -> None:
    story = under_review(*example.ALL_CHECKS, example.CONCLUDE, example.RESERVE)
    assert story.when(example.ATTACH_EVIDENCE)
