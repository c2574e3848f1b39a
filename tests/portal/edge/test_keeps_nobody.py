"""Which commands leave no trace of who was signed in."""

from __future__ import annotations

import pytest

from services.portal.web.calls import keeps_nobody
from shared.contracts.catalogue import CATALOGUE


@pytest.mark.parametrize(
    ("command", "payload", "is_kept"),
    [
        ("ObjectToNotice", {}, False),
        ("FileClue", {"way": "form"}, False),
        ("FileOpinion", {"way": "form"}, False),
        ("FileClue", {"way": "point"}, True),
        ("FileClue", {}, True),
        ("AcceptClue", {"way": "form"}, True),
    ],
)
def test_what_comes_by_the_form_keeps_nobody(
    command: str, payload: dict[str, str], is_kept: bool
) -> None:
    assert keeps_nobody(command, payload) is not is_kept


def test_what_is_filed_keeps_nobody_in_the_log_either() -> None:
    for service, event in (("clues", "ClueFiled"), ("clues", "OpinionFiled")):
        assert CATALOGUE[service].events.find(event).anonymous
