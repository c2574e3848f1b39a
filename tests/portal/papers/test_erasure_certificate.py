"""The certificate of an erasure: once the keys are gone, with the place of its event."""

from __future__ import annotations

from typing import Any

from services.portal.papers.erasure_certificate import certificate
from services.portal.papers.setting import Paper, set_paper
from shared.contracts.erasure.vocabulary import ErasureGround, ErasureScope

ERASURE = "1c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"
CLUE = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"


def told(**instead: Any) -> dict[str, Any]:
    return {
        "erasure_id": ERASURE,
        "stream": f"clue-{CLUE}",
        "division": "430200",
        "ground": ErasureGround.SUBJECT_ASKS,
        "scope": ErasureScope.REPORTER,
        "reason": "赵某到窗口提出",
        "requested_at": "2026-11-24T17:00:00+00:00",
        "erased_at": "2026-11-30T04:00:00+00:00",
        "backups_until": "2026-12-30T04:00:00+00:00",
        "erased_in": 1234,
        "keys_destroyed": True,
        "unreadable_from": "2026-11-30T04:00:36.5+00:00",
        **instead,
    }


def test_it_says_what_was_erased_when_and_where_that_stands() -> None:
    content = certificate("clues", told())
    assert content is not None
    text = "".join(its["text"] for its in content["sections"])
    for said in (
        CLUE,
        "2026年11月25日",
        "2026年11月30日",
        "自2026年11月30日12时01分起",
        "2026年12月30日",
        "第 1234 位",
    ):
        assert said in text
    assert "赵某" not in text
    assert content["to"] == "申请人"
    assert set_paper(Paper.SUPERVISION, content).startswith(b"%PDF")


def test_what_was_kept_long_enough_has_nobody_who_asked() -> None:
    content = certificate("clues", told(ground=ErasureGround.RETENTION_OVER))
    assert content is not None
    assert content["to"] == "存档备查"


def test_there_is_none_before_the_keys_are_destroyed() -> None:
    assert certificate("clues", told(keys_destroyed=False)) is None
