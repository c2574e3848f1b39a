"""The evidence of a case: each file once, and never more than a case may have."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.clues.domain import evidence
from services.clues.domain.evidence import MOST_BYTES, MOST_FILES, Evidence
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.clues.vocabulary import EvidenceSource
from shared.contracts.errors import Invalid
from shared.contracts.media import LARGEST_FILE
from shared.contracts.reasons import Reason
from tests.services.clues import examples as example
from tests.services.clues.telling import Story, uid


def attach(number: int, size: int) -> evidence.Attach:
    file = dataclasses.replace(example.EVIDENCE_FILE, file_id=uid(number), size=size)
    return dataclasses.replace(example.ATTACH, file=file)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(1, 70), st.sampled_from([1, 5_000_000, LARGEST_FILE])), max_size=120
    )
)
def test_a_case_never_has_a_file_twice_nor_more_than_it_may(told: list[tuple[int, int]]) -> None:
    story, taken = Story(evidence, Evidence()), dict[str, int]()
    for number, size in told:
        fits = len(taken) < MOST_FILES and sum(taken.values()) + size <= MOST_BYTES
        may = fits and uid(number) not in taken
        if may:
            story.when(attach(number, size))
            taken[uid(number)] = size
        else:
            known = uid(number) in taken
            why = Reason.ALREADY_EXISTS if known else Reason.TOO_MUCH_EVIDENCE
            story.refuses(attach(number, size), why)
        assert set(story.state.brought_by) == set(taken)
        assert story.state.size == sum(taken.values())


def test_the_event_says_whose_it_is_and_what_the_store_holds() -> None:
    body = dataclasses.replace(
        example.ATTACH, brought_by=EvidenceSource.BODY, account="of-body", payment_id=uid(8)
    )
    (event,) = Story(evidence, Evidence()).when(body)
    assert (event.brought_by, event.attached_by, event.payment_id) == ("body", "of-body", uid(8))
    assert event.ciphertext_sha256 == example.EVIDENCE_FILE.ciphertext_sha256
    assert event.file_key == example.EVIDENCE_FILE.file_key


@pytest.mark.parametrize(
    ("instead", "path", "code"),
    [
        ({"file_key": "A" * 44}, "files[0].file_key", "bad_format"),
        ({"file_key": "A" * 42 + "B="}, "files[0].file_key", "bad_format"),
        ({"file_id": "../../etc/passwd"}, "files[0].file_id", "bad_format"),
        ({"size": LARGEST_FILE + 1}, "files[0].size", "out_of_range"),
        ({"size": 0}, "files[0].size", "out_of_range"),
        ({"media_type": "text/html"}, "files[0].media_type", "not_in_vocabulary"),
        ({"file_name": "x" * 121}, "files[0].file_name", "bad_length"),
        ({"ciphertext_sha256": "F" * 64}, "files[0].ciphertext_sha256", "bad_format"),
    ],
)
def test_a_file_that_is_told_wrongly_is_refused_at_its_field(
    instead: dict[str, object], path: str, code: str
) -> None:
    kind = COMMANDS.find("AttachEvidence")
    plain = kind.dump(example.ATTACH_EVIDENCE)
    plain["files"][0] |= instead
    with pytest.raises(Invalid) as wrong:
        kind.load(plain)
    assert [(its.path, its.code) for its in wrong.value.problems] == [(path, code)]
