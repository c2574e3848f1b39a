"""An opened application: its history, its checks, its next steps; and what is not the asker's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared.access.actor import Actor
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import Finding
from shared.service.query_bus import reply_context
from tests.service.town import (
    APPLICANT,
    CITY,
    LEADER,
    OFFICER,
    PUBLIC,
    REVIEWER,
    Town,
    fresh,
    reply_key,
)
from tests.service.unsealing import unsealed
from tests.services.registry import examples

Opened = dict[str, Any]
DISTRICT = "430211"


def opened(town: Town, application_id: str, actor: Actor = OFFICER) -> Opened:
    """The answer with every sealed value opened."""
    town.show()
    asker, query_id = X25519PrivateKey.generate(), fresh()
    question = queries.OpenApplication(application_id=application_id, purpose="形式审查")
    answer = town.ask(question, actor, id=query_id, reply_key=reply_key(asker))
    clear = unsealed(answer["result"], asker, reply_context(query_id))
    assert isinstance(clear, dict)
    return clear


def steps(told: Opened) -> Mapping[tuple[str, str | None], Opened]:
    return {(step["command"], step["variant"]): step for step in told["steps"]}


def possible(town: Town, application_id: str, actor: Actor) -> set[str]:
    told = opened(town, application_id, actor)
    return {step["command"] for step in told["steps"] if step["possible"]}


def test_history_tells_what_changed_when_in_which_role_and_no_personal_data(town: Town) -> None:
    unit = town.qualified(town.batch())
    told = opened(town, unit, LEADER)
    history = told["history"]
    assert [its["version"] for its in history] == list(range(1, told["version"] + 1))
    assert [its["type"] for its in history] == town.types(f"application-{unit}")
    assert (told["stream"], told["filed_at"]) == (f"application-{unit}", history[0]["occurred_at"])
    assert [history[0]["role"], history[1]["role"], history[-1]["role"]] == [
        "applicant", "officer", "reviewer",
    ]  # fmt: skip
    assert history[2]["changed"] == {
        "check": "business_licence", "finding": "passed", "reviewer_id": "reviewer-1",
        "documents": None, "penalised_on": None,
    }  # fmt: skip
    assert history[-1]["changed"] == {
        "conclusion": "qualified", "votes_for": 1, "votes_against": 0,
    }  # fmt: skip
    text = str(history)
    for secret in ("晨光", "李一", "13900001234", "工业路", "applicant-1", "officer-1", "营业执照"):
        assert secret not in text


def test_the_bureau_reads_each_checks_last_evidence(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    check = replace(examples.CHECK, application_id=unit)
    town.send(replace(check, finding=Finding.FLAGGED, evidence="执照即将到期"), REVIEWER)
    town.send(replace(check, evidence="已换发新执照"), REVIEWER)
    told = opened(town, unit, REVIEWER)
    (made,) = told["checks"]
    assert (made["check"], made["finding"], made["evidence"]) == (
        "business_licence", "passed", "已换发新执照",
    )  # fmt: skip
    assert told["findings"] == {"business_licence": "passed"}


def test_an_applicant_reads_why_it_was_rejected_and_not_what_reviewers_wrote(town: Town) -> None:
    batch_id = town.batch()
    unit = town.submitted(batch_id)
    town.group(batch_id)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    for check in examples.ALL_CHECKS:
        town.send(replace(check, application_id=unit), REVIEWER)
    town.send(replace(examples.VOTE, application_id=unit, in_favour=False), REVIEWER)
    rejecting = replace(examples.REJECT, application_id=unit, votes_for=None, votes_against=None)
    town.send(rejecting, REVIEWER)
    for actor in (APPLICANT, OFFICER):
        told = opened(town, unit, actor)
        assert (told["status"], told["rejection_stage"]) == ("rejected", "review")
        assert told["grounds"] == ["dishonest_debtor"]
        assert told["reasons"] == "被列入失信被执行人名单"
    told = opened(town, unit, APPLICANT)
    assert "checks" not in told
    assert (told["findings"], told["steps"]) == ({}, [])
    assert {str(its["changed"]) for its in told["history"]} == {"{}"}
    assert "votes" not in str(told)
    assert "营业执照" not in str(told)


def test_steps_are_those_of_the_askers_role_and_say_whose_the_others_are(town: Town) -> None:
    batch_id = town.batch()
    unit = town.submitted(batch_id)
    assert possible(town, unit, OFFICER) == {
        *("PassFormalCheck", "FailFormalCheck", "RequestSupplement", "WithdrawApplication"),
        *("CorrectUnitData", "DeclareRecusal"),
    }
    assert possible(town, unit, REVIEWER) == {"DeclareRecusal"}
    step = steps(opened(town, unit, REVIEWER))["PassFormalCheck", None]
    assert (step["reason"], step["roles"]) == ("wrong_role", ["officer"])

    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    records = {"RecordVisit", "RecordTalk", "AskOpinion", "DeclareRecusal"}
    assert possible(town, unit, OFFICER) == {*records, "WithdrawApplication", "CorrectUnitData"}
    assert possible(town, unit, REVIEWER) == {
        *records, "RecordReviewCheck", "RecordPoliticalDirection",
    }  # fmt: skip
    conclude = steps(opened(town, unit, REVIEWER))["ConcludeReview", "qualified"]
    assert (conclude["possible"], conclude["reason"]) == (False, "no_review_group")
    town.group(batch_id)
    conclude = steps(opened(town, unit, REVIEWER))["ConcludeReview", "qualified"]
    assert (conclude["possible"], conclude["reason"]) == (False, "checks_missing")
    assert len(conclude["needs"]) == len(examples.ALL_CHECKS)


def test_what_is_done_for_the_whole_batch_is_its_bureaus_to_do(town: Town) -> None:
    batch_id = town.batch(places=1)
    unit, other = town.qualified(batch_id), town.qualified(batch_id)
    assert possible(town, unit, LEADER) == {
        *("RecordDeliberation", "StrikeOff", "DeclareRecusal"),
    }
    step = steps(opened(town, unit, replace(LEADER, division=DISTRICT)))["RecordDeliberation", None]
    assert (step["possible"], step["reason"]) == (False, "out_of_scope")
    assert step["needs"] == [CITY]  # whose work it is

    town.listed(batch_id, other)
    step = steps(opened(town, unit, LEADER))["RecordDeliberation", None]
    assert (step["possible"], step["reason"]) == (False, "too_few_places")
    assert possible(town, other, OFFICER) == {
        *("PublishNotice", "WithdrawApplication", "DeclareRecusal", "CorrectUnitData"),
    }


@pytest.mark.parametrize("objected", [False, True])
def test_designation_waits_for_the_notice_and_for_every_objection(
    town: Town, objected: bool
) -> None:
    batch_id = town.batch()
    unit = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, unit)
    if objected:
        objection = replace(
            examples.OBJECT, notice_id=notice_id, objection_id=fresh(), application_id=unit
        )
        town.send(objection, PUBLIC)
    step = steps(opened(town, unit, LEADER))["DesignatePoints", None]
    assert (step["reason"], step["needs"]) == ("notice_running", ["2026-03-09"])
    town.after_the_notice()
    step = steps(opened(town, unit, LEADER))["DesignatePoints", None]
    assert (step["possible"], step["reason"]) == (
        not objected,
        "objection_open" if objected else None,
    )
    assert ("DecideObjection" in possible(town, unit, LEADER)) == objected
