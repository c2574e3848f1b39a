"""The demo on real services: killed half way and started again, it tells the whole story."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.local.place import PROJECT
from examples.play.portal import Portal, Request
from tests.system.installation import Installation

pytestmark = pytest.mark.timeout(900)

KILLED_AT = "资格审查"
"""The stage in whose middle the play is killed: many commands, side by side."""


@pytest.fixture(scope="module")
def told(system: Installation) -> dict[str, Any]:
    """What the demo tells of itself after it was killed and started again."""
    _play_until(system, KILLED_AT)
    play = _play(system)
    assert play.wait() == 0
    document: dict[str, Any] = json.loads((system.place.root / "demo.json").read_text())
    return document


def test_the_first_batch_is_the_speech_s(told: dict[str, Any]) -> None:
    assert (len(told["points"]), len(told["eliminated"]), len(told["objections"])) == (20, 5, 2)
    assert told["by_channel"] == {"recommended": 12, "self_nominated": 8}
    assert told["early_designation"]["reason"] == "notice_running"


def test_the_logs_are_proved_and_the_subscriber_has_all_of_it(told: dict[str, Any]) -> None:
    assert told["log_verified"]
    received = told["subscriber_received"]
    assert received["inclusion_failed"] == []
    assert received["inclusion_proved"] == received["count"] == told["logs"]["registry"]["size"]


def test_in_the_second_batch_something_stands_at_every_station(told: dict[str, Any]) -> None:
    assert told["second_batch"] == {
        "submitted": 3,
        "under_review": 3,
        "qualified": 1,
        "reserve": 1,
        "left_out": 1,
        "listed": 2,
        "on_notice": 4,
        "rejected": 2,
    }


def test_points_have_certificates_and_plaques_and_one_is_about_to_retire(
    told: dict[str, Any],
) -> None:
    assert all(its["certificate_number"] for its in told["points"])
    assert sum(1 for its in told["points"] if its["plaque_number"]) == 3
    (retirement,) = told["retirements"]
    assert retirement["status"] == "facts_told"


def test_everything_that_a_review_knows_has_happened(told: dict[str, Any]) -> None:
    happened = told["subscriber_received"]["by_type"]
    assert happened.keys() >= {
        *("DocumentAttached", "ReviewGroupAppointed", "InterestsDeclared", "RecusalDeclared"),
        *("RecusalsExamined", "VisitRecorded", "TalkRecorded", "OpinionAsked", "OpinionAnswered"),
        *("VoteCast", "ReviewConcluded", "PointLiaisonAppointed", "RetirementFactsTold"),
    }


def test_the_speech_s_opinions_fine_and_theme_come_out_as_it_tells(told: dict[str, Any]) -> None:
    heard = told["heard"]
    assert heard["as_in_the_speech"]
    assert heard["opinions"] == {"opinion_box": 9, "symposium": 14}
    fine = heard["fine"]
    assert (fine["finding"], fine["status"]) == ("substantiated", "told")
    assert fine["outcomes"] == ["discipline", "notice", "refund"]
    assert (fine["disciplined"], fine["satisfaction"]) == (2, "satisfied")
    assert fine["paid"] == fine["ordered"] == fine["verified"] < fine["claimed"]
    (theme,) = heard["themes"]
    assert (theme["kind"], theme["counted"]) == ("excessive_inspection", 3)
    assert told["logs"]["clues"]["size"] > 0


def test_the_login_of_every_role_opens_what_the_role_is_for(
    told: dict[str, Any], system: Installation
) -> None:
    portal = Portal(told["portal"], print)
    for role, login in told["logins"].items():
        token = _sign_in(portal, system, login)
        assert portal.ask(Request("GET", "/sessions/current"), token)["role"] == role


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("officer", {"formal_check", "opinion", "notice", "objection", "meeting_task"}),
        ("reviewer", {"review", "vote"}),
        ("leader", {"deliberation", "notice", "objection", "designation", "meeting_task"}),
    ],
)
def test_no_work_list_is_empty(
    told: dict[str, Any], system: Installation, role: str, kinds: set[str]
) -> None:
    portal = Portal(told["portal"], print)
    token = _sign_in(portal, system, told["logins"][role])
    tasks = portal.ask(Request("GET", "/tasks", params={"limit": 100}), token)["items"]
    assert {its["kind"] for its in tasks} == kinds


def test_played_again_it_changes_nothing_of_the_batches(
    told: dict[str, Any], system: Installation
) -> None:
    play = _play(system)
    assert play.wait() == 0
    again = json.loads((system.place.root / "demo.json").read_text())
    assert again["logs"]["registry"]["size"] == told["logs"]["registry"]["size"]
    assert again == {**told, "logs": again["logs"]}


def _play(system: Installation, output: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "examples.first_batch.play"]
    return subprocess.Popen(
        [*command, "--run-dir", str(system.place.root)], cwd=PROJECT, stdout=output, text=True
    )


def _play_until(system: Installation, stage: str) -> None:
    play = _play(system, subprocess.PIPE)
    assert play.stdout is not None
    with play.stdout as lines:
        assert any(stage in line for line in lines), "the play ended before that"
    play.kill()
    play.wait()


def _sign_in(portal: Portal, system: Installation, login: str) -> str:
    password = Path(system.place.secrets / f"portal.{login}.password").read_text()
    return portal.sign_in(login, password)
