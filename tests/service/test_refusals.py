"""Who, may they, what: in that order, and a refusal leaves the log as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from services.registry.handlers import ROUTES, erasing
from services.registry.handlers.common import point_of
from shared.access.actor import Actor, digest
from shared.contracts.envelope import LARGEST_MESSAGE
from shared.contracts.errors import Invalid, JianduError, NotFound, Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import ObjectionOutcome
from shared.contracts.roles import Role
from tests.service.town import APPLICANT, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh
from tests.services.registry import examples, point_examples

OTHER_CITY = "430300"
OF_THE_DISTRICT = "430211"

EXAMPLES: dict[type, Any] = {
    type(its): its for its in (*examples.COMMANDS, *examples.SENT) if type(its) in ROUTES
}
_SIGNED_FOR = [role for role in Role if role is not Role.SYSTEM]
"""Roles that somebody may have; nobody signs for the system (below)."""


def _named(value: Any) -> str:
    """The same in every process: two of them share the tests."""
    if isinstance(value, type):
        return value.__name__
    return str(value) if isinstance(value, str) else type(value).__name__


@contextmanager
def nothing_logged(town: Town) -> Iterator[None]:
    before = town.counted()
    yield
    assert town.counted() == before


def test_every_command_of_the_registry_has_an_example_and_a_route() -> None:
    assert set(EXAMPLES) == set(ROUTES) == {its.cls for its in commands.COMMANDS}


@pytest.mark.parametrize("command", ROUTES, ids=_named)
def test_a_role_that_may_not_send_a_command_is_refused_before_its_payload_is_read(
    town: Town, command: type
) -> None:
    message = {**town.message(EXAMPLES[command]), "payload": {"surprise": "x"}}
    with nothing_logged(town):
        for role in set(_SIGNED_FOR) - set(ROUTES[command].roles):
            with pytest.raises(Refused) as refusal:
                town.commands.execute(town.signed(message, Actor("somebody", role)))
            assert refusal.value.reason == Reason.WRONG_ROLE, role


@pytest.mark.parametrize("command", ROUTES, ids=_named)
def test_a_role_that_may_send_a_command_is_told_what_is_wrong_with_it(
    town: Town, command: type
) -> None:
    message = {**town.message(EXAMPLES[command]), "payload": {"surprise": "x"}}
    with nothing_logged(town):
        for role in set(_SIGNED_FOR) & set(ROUTES[command].roles):
            with pytest.raises(Invalid) as invalid:
                town.commands.execute(town.signed(message, Actor("somebody", role)))
            assert "surprise" in {its.path for its in invalid.value.problems}, role


@pytest.mark.parametrize("command", ROUTES, ids=_named)
def test_nobody_signs_for_the_system(town: Town, command: type) -> None:
    with nothing_logged(town), pytest.raises(Refused) as refusal:
        town.send(EXAMPLES[command], Actor("system", Role.SYSTEM))
    assert refusal.value.reason == Reason.ACTOR_FORGED


FORGED_BESIDE: dict[str, dict[str, Any]] = {
    "an unknown type": {"type": "DoAnything"},
    "a payload of another shape": {"payload": {"surprise": 1}},
    "a payload that is no object": {"payload": "x"},
    "personal data in clear": {"payload": {"unit_name": "晨光机械有限公司"}},
    "a newer version": {"schema_version": 9},
    "a stale version": {"expected_version": 99},
}


@pytest.mark.parametrize("beside", FORGED_BESIDE)
def test_with_a_forged_actor_nothing_is_told_of_what_else_is_wrong(town: Town, beside: str) -> None:
    message = {**town.message(examples.SUBMIT), **FORGED_BESIDE[beside]}
    with_another = town.issuer.sign(OFFICER, "registry", digest({**message, "id": fresh()}))
    for context, reason in ((with_another, Reason.ACTOR_FORGED), (None, Reason.ACTOR_MISSING)):
        with nothing_logged(town), pytest.raises(Refused) as refusal:
            town.commands.execute({**message, "actor": context})
        assert (refusal.value.reason, refusal.value.fields) == (reason, ("actor",))


def test_a_message_changed_after_it_was_signed_is_forged(town: Town) -> None:
    application_id = town.submitted(town.batch())
    signed = town.signed(
        town.message(replace(examples.PASS, application_id=application_id)), OFFICER
    )
    for changed in ({"expected_version": 1}, {"reply_key": "A" * 43 + "="}, {"id": fresh()}):
        with nothing_logged(town), pytest.raises(Refused) as refusal:
            town.commands.execute({**signed, **changed})
        assert refusal.value.reason == Reason.ACTOR_FORGED
    assert town.commands.execute(signed)["version"] == 2


def test_a_message_beyond_its_size_is_refused_before_anything_else(town: Town) -> None:
    message = {**town.message(examples.PASS), "payload": {"x": "x" * LARGEST_MESSAGE}}
    with nothing_logged(town), pytest.raises(Refused) as refusal:
        town.commands.execute({**message, "actor": None})
    assert refusal.value.reason == Reason.TOO_LARGE


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"id": "not-an-id"}, "id"),
        ({"id": None}, "id"),
        ({"type": 5}, "type"),
        ({"schema_version": "1"}, "schema_version"),
        ({"expected_version": -1}, "expected_version"),
        ({"expected_version": True}, "expected_version"),
        ({"reply_key": "short"}, "reply_key"),
        ({"after": {"stream": "x"}}, "after.version"),
        ({"after": "x"}, "after"),
        ({"surprise": 1}, "surprise"),
        ({"causation_id": "\x00"}, "causation_id"),
    ],
)
def test_a_wrong_envelope_is_refused_at_its_path(
    town: Town, changed: dict[str, Any], path: str
) -> None:
    message = {**town.message(examples.PASS), **changed}
    with nothing_logged(town), pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(message, OFFICER))
    assert [its.path for its in invalid.value.problems] == [path]


@pytest.mark.parametrize("wire", [None, [], "x", 5, True])
def test_what_is_no_message_is_refused(town: Town, wire: Any) -> None:
    with nothing_logged(town), pytest.raises(Invalid):
        town.commands.execute(wire)


def test_a_command_newer_than_this_code_is_refused(town: Town) -> None:
    message = {**town.message(examples.PASS), "schema_version": 2}
    with nothing_logged(town), pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(message, OFFICER))
    assert [its.code for its in invalid.value.problems] == ["too_new"]


def test_an_unknown_command_is_refused(town: Town) -> None:
    message = {**town.message(examples.PASS), "type": "DoAnything"}
    with nothing_logged(town), pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(message, OFFICER))
    assert [(its.path, its.code) for its in invalid.value.problems] == [("type", "unknown_type")]


NOWHERE = [
    (replace(examples.PASS, application_id=fresh()), OFFICER, NotFound),
    (replace(examples.CHECK, application_id=fresh()), REVIEWER, NotFound),
    (replace(examples.SUBMIT, batch_id=fresh()), APPLICANT, NotFound),
    (replace(examples.DELIBERATE, batch_id=fresh()), LEADER, NotFound),
    (replace(examples.PUBLISH.command, batch_id=fresh()), LEADER, NotFound),
    (replace(examples.OBJECT, notice_id=fresh()), PUBLIC, NotFound),
    (replace(examples.OVERRULE, notice_id=fresh()), OFFICER, NotFound),
    (replace(examples.DESIGNATE, notice_id=fresh()), LEADER, NotFound),
    (replace(examples.RETIRE, point_id=fresh()), LEADER, NotFound),
]


@pytest.mark.parametrize(("command", "actor", "error"), NOWHERE, ids=_named)
def test_a_command_about_what_is_not_there_finds_nothing(
    town: Town, command: Any, actor: Actor, error: type[JianduError]
) -> None:
    with nothing_logged(town), pytest.raises(error):
        town.send(command, actor)


OF_REVIEWERS = (
    examples.DECLARE_RECUSAL,
    examples.EXAMINE_RECUSALS,
    examples.RESOLVE,
    examples.POLITICAL,
    examples.GOVERNANCE,
    examples.VISIT,
    examples.TALK,
    examples.ASK_OPINION,
    examples.VOTE,
)


class Situation:
    """A batch on its way: one application submitted, one on notice with an objection."""

    def __init__(self, town: Town) -> None:
        self.batch_id = town.batch()
        self.application_id = town.submitted(self.batch_id)
        self.noticed_id = town.qualified(self.batch_id)
        self.notice_id = town.noticed(self.batch_id, self.noticed_id)
        self.objection_id = fresh()
        self.objection = replace(
            examples.OBJECT,
            notice_id=self.notice_id,
            objection_id=self.objection_id,
            application_id=self.noticed_id,
        )
        town.send(self.objection, PUBLIC)

    def commands(self, town: Town) -> dict[type, tuple[Any, Actor]]:
        """One command of each type about this batch, and somebody who may send it here."""
        about: dict[str, Any] = {"application_id": self.application_id}
        overrule = replace(
            examples.OVERRULE, notice_id=self.notice_id, objection_id=self.objection_id
        )
        sent = [
            (replace(examples.OPEN_BATCH, batch_id=fresh()), LEADER),
            (examples.RECORD_FIGURES, OFFICER),
            (replace(examples.PLAN, batch_id=self.batch_id), LEADER),
            (replace(examples.EXTEND, batch_id=self.batch_id), LEADER),
            (town.submission(self.batch_id), OFFICER),
            (replace(examples.PASS, **about), OFFICER),
            (replace(examples.FAIL, **about), OFFICER),
            (replace(examples.CONFIRM_RECOMMENDATION, **about), OFFICER),
            (replace(examples.DECLINE_RECOMMENDATION, **about), OFFICER),
            (replace(examples.REQUEST_SUPPLEMENT, **about), OFFICER),
            (replace(examples.SUPPLY, **about), OFFICER),
            (replace(examples.TAKE_BACK, **about), OFFICER),
            (replace(examples.CHECK, **about), REVIEWER),
            (replace(examples.CONCLUDE, **about), REVIEWER),
            (town.deliberation(self.batch_id, self.application_id), LEADER),
            (replace(examples.APPOINT_GROUP, batch_id=self.batch_id), LEADER),
            (replace(examples.CHANGE_GROUP, batch_id=self.batch_id), LEADER),
            (
                replace(examples.DECLARE_INTERESTS, batch_id=self.batch_id),
                replace(REVIEWER, id="reviewer-of-another-group"),
            ),
            (replace(examples.ADJOURN, batch_id=self.batch_id), LEADER),
            (replace(examples.STRIKE_OFF, **about), LEADER),
            (replace(examples.PROMOTE, batch_id=self.batch_id), LEADER),
            (replace(examples.CLOSE_RESERVES, batch_id=self.batch_id), LEADER),
            *((replace(its, **about), REVIEWER) for its in OF_REVIEWERS),
            (replace(examples.ANSWER_OPINION, **about), OFFICER),
            (replace(examples.TAKE_BACK_OPINION, **about), OFFICER),
            (town.publication(self.batch_id, self.application_id), OFFICER),
            (replace(examples.CORRECT_NOTICE, notice_id=self.notice_id), OFFICER),
            (replace(examples.EXTEND_VERIFICATION, notice_id=self.notice_id), LEADER),
            (overrule, OFFICER),
            (town.designation(self.notice_id, self.noticed_id), LEADER),
            (point_examples.SET_PREFIX, LEADER),
        ]
        return {type(command): (command, actor) for command, actor in sent}


_ANYWHERE = {
    commands.ObjectToNotice,
    *(its for its in ROUTES if its.__module__.endswith((".points", ".terms", ".retirement"))),
    *(its for its, route in ROUTES.items() if set(route.roles) == {Role.SYSTEM}),
    *(its for its in ROUTES if its.__module__.endswith((".settings", ".documents"))),
    *(its for its in ROUTES if its.__module__.endswith((".organisation", ".corrections"))),
    *erasing.ROUTES,
}
"""Open to everyone; sent by nobody; about what this situation does not have, or of which there is
one for all: test_points_of_others, test_settings_in_the_log, test_documents, test_organisation,
test_corrections, test_erasing_applications.
"""


_NAME_A_DIVISION = {
    commands.SetCertificatePrefix,
    commands.OpenBatch,
    commands.SubmitApplication,
    commands.RecordDistrictFigures,
}
"""Make something in a division; everything else is about what is there."""


@pytest.mark.parametrize("division", [OTHER_CITY, "430204", "440000"])
def test_an_actor_of_another_division_reaches_nothing(town: Town, division: str) -> None:
    sent = Situation(town).commands(town)
    assert set(sent) == set(ROUTES) - _ANYWHERE
    for command, actor in sent.values():
        with nothing_logged(town), pytest.raises(JianduError) as refusal:
            town.send(command, replace(actor, division=division))
        if type(command) in _NAME_A_DIVISION:
            assert isinstance(refusal.value, Refused), command
            assert refusal.value.reason == Reason.OUT_OF_SCOPE, command
        else:  # as if it were not there
            assert isinstance(refusal.value, NotFound), command


def test_a_point_is_retired_by_its_own_divisions_leader_alone(town: Town) -> None:
    batch_id = town.batch()
    application_id = town.qualified(batch_id)
    notice_id = town.noticed(batch_id, application_id)
    town.after_the_notice()
    designated = town.send(town.designation(notice_id, application_id), LEADER)
    assert "PointDesignated" in designated["events"]
    point_id = point_of(application_id)
    retire = replace(examples.RETIRE, point_id=point_id)
    town.to_retire(point_id)

    with nothing_logged(town), pytest.raises(NotFound):
        town.send(retire, replace(LEADER, division=OTHER_CITY))
    town.send(retire, replace(LEADER, division=OF_THE_DISTRICT))


def test_a_district_acts_within_itself_and_not_for_the_whole_city(town: Town) -> None:
    situation = Situation(town)
    town.send(
        replace(examples.PASS, application_id=situation.application_id),
        replace(OFFICER, division=OF_THE_DISTRICT),
    )
    with nothing_logged(town), pytest.raises(NotFound):
        town.send(
            town.publication(situation.batch_id, situation.application_id),
            replace(OFFICER, division=OF_THE_DISTRICT),
        )


def _refused_later(town: Town) -> list[tuple[Any, Actor, str]]:
    """Commands that the state of things refuses, with the reason."""
    its = Situation(town)
    objection = replace(its.objection, objection_id=fresh())
    overrule = replace(examples.OVERRULE, notice_id=its.notice_id, objection_id=its.objection_id)
    unknown = replace(overrule, objection_id=fresh())
    submission = town.submission(its.batch_id)
    town.send(submission, APPLICANT)
    return [
        (replace(submission, staff=1_201), APPLICANT, Reason.ALREADY_EXISTS),
        (replace(submission, application_id=fresh()), APPLICANT, Reason.UNIT_APPLIED_ALREADY),
        (replace(examples.CHECK, application_id=its.application_id), REVIEWER, Reason.WRONG_STATE),
        (replace(examples.PASS, application_id=its.noticed_id), OFFICER, Reason.WRONG_STATE),
        (its.objection, PUBLIC, Reason.ALREADY_EXISTS),
        (replace(objection, application_id=fresh()), PUBLIC, Reason.NOT_ON_NOTICE),
        (unknown, OFFICER, Reason.OBJECTION_UNKNOWN),
        (town.designation(its.notice_id, its.noticed_id), LEADER, Reason.NOTICE_RUNNING),
        (
            replace(town.deliberation(its.batch_id, its.application_id), present=1),
            LEADER,
            Reason.NO_QUORUM,
        ),
    ]


def test_what_the_state_of_things_refuses_leaves_the_log_as_it_was(town: Town) -> None:
    for command, actor, reason in _refused_later(town):
        with nothing_logged(town), pytest.raises(Refused) as refusal:
            town.send(command, actor)
        assert refusal.value.reason == reason, command


def test_a_sustained_objection_is_heard_once(town: Town) -> None:
    its = Situation(town)
    sustain = replace(
        examples.OVERRULE,
        notice_id=its.notice_id,
        objection_id=its.objection_id,
        outcome=ObjectionOutcome.SUSTAINED,
    )
    town.send(sustain, OFFICER)
    with nothing_logged(town), pytest.raises(Refused) as refusal:
        town.send(sustain, OFFICER)
    assert refusal.value.reason == Reason.OBJECTION_DECIDED
