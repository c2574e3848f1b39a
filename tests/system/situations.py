"""For every command of the registry, a state of things in which it would be carried out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from services.registry.handlers import ROUTES
from shared.access.actor import Actor
from shared.contracts.message import MessageType
from shared.contracts.registry.commands import COMMANDS
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.system.bureau import (
    ANYONE,
    APPLICANT,
    CITY,
    DISTRICT,
    LEADER,
    OFFICER,
    OTHER_DISTRICT,
    REVIEWER,
    Bureau,
    Payload,
    application,
    batch,
    conclusion,
    deliberation,
    figures,
    notice,
    objection,
    review_check,
)
from tests.system.point_situations import points_about

KIND = UnitKind.CHAMBER
COMMAND_NAMES = sorted(
    message_type.name
    for message_type in COMMANDS
    if set(ROUTES[message_type.cls].roles) != {Role.SYSTEM}
)
"""Commands that somebody may send; the rest is the service's own."""


@dataclass(frozen=True)
class Situation:
    """A command that would be carried out now, sent by `actor` with `payload`.

    `stream` is the one it is about, `version` where that stands.
    """

    message_type: MessageType
    actor: Actor
    payload: Payload
    stream: str
    version: int


def prepare(bureau: Bureau) -> dict[str, Situation]:
    """A situation for each command; carrying out one leaves the others as they are."""
    about_points = points_about(bureau)  # first: it lets notices end
    batch_id = bureau.open_batch()
    submitted = [bureau.apply(batch_id, KIND) for _ in range(3)]
    bureau.pass_form(submitted[2])
    reviewed, *qualified = [bureau.apply(batch_id, KIND) for _ in range(7)]
    bureau.pass_form(reviewed)
    bureau.check(reviewed, KIND)
    for application_id in qualified:
        bureau.qualify(application_id, KIND)
    unlisted, *listed = qualified
    bureau.deliberate(batch_id, listed)
    unpublished, running, objected, waiting, done = listed
    objected_notice = bureau.publish(batch_id, [objected])
    ended_notice = bureau.publish(batch_id, [waiting, done])
    raised = objection(objected_notice, objected)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    bureau.let_notice_end()
    bureau.designate(ended_notice, [done])
    running_notice = bureau.publish(batch_id, [running])
    year = 1950 + secrets.randbelow(8_000)
    decision = {
        "notice_id": objected_notice,
        "objection_id": raised["objection_id"],
        "outcome": "overruled",
        "reasons": "经核实，异议不成立",
    }
    failing = {
        "application_id": submitted[1],
        "grounds": ["documents_incomplete"],
        "reasons": "缺少材料",
    }
    about: list[tuple[str, Actor, Payload, str, int]] = [
        ("RecordDistrictFigures", OFFICER,
         figures(year, **{f"d{DISTRICT}": 60_000, f"d{OTHER_DISTRICT}": 40_000}),
         f"district_figures-{CITY}-{year}", 0),
        ("OpenBatch", LEADER, batch(bureau.today), "batch", 0),
        ("SubmitApplication", APPLICANT, application(batch_id, UnitKind.ENTERPRISE),
         "application", 0),
        ("PassFormalCheck", OFFICER, {"application_id": submitted[0]}, "application", 1),
        ("FailFormalCheck", OFFICER, failing, "application", 1),
        ("RecordReviewCheck", REVIEWER, review_check(submitted[2]), "application", 2),
        ("ConcludeReview", REVIEWER, conclusion(reviewed), "application", 10),
        ("RecordDeliberation", LEADER, deliberation(batch_id, [unlisted], bureau.today),
         "batch", 2),
        ("PublishNotice", OFFICER, notice(batch_id, [unpublished]), "notice", 0),
        ("ObjectToNotice", ANYONE, objection(running_notice, running), "notice", 1),
        ("DecideObjection", OFFICER, decision, "notice", 2),
        ("DesignatePoints", LEADER,
         {"notice_id": ended_notice, "application_ids": [waiting]}, "notice", 2),
        *about_points,
    ]  # fmt: skip
    return {
        name: Situation(kind, actor, {**dict.fromkeys(kind.classes), **payload},
                        _stream(prefix, payload), version)
        for name, actor, payload, prefix, version in about
        for kind in [COMMANDS.find(name)]
    }  # fmt: skip


def _stream(prefix: str, payload: Payload) -> str:
    return f"{prefix}-{payload[f'{prefix}_id']}" if "-" not in prefix else prefix
