"""A contact point that the clues service knows, and who speaks for it at a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.errors import Refused
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser
from tests.portal.pages.work.conftest import signed_in
from tests.portal.people import People
from tests.system.bureau import DISTRICT, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE


@dataclass(frozen=True)
class OfPoint:
    """The point, an account that speaks for it, and its browser."""

    point_id: str
    actor: Actor
    browser: Browser


def of_point(app: Flask, bureau: Bureau, people: People) -> OfPoint:
    """A new point of the district; some days pass until it is one."""
    batch_id, notice_id, (application_id,) = bureau.on_notice([(UnitKind.CHAMBER, DISTRICT)])
    bureau.let_notice_end()
    bureau.designate(notice_id, [application_id])
    point_id = str(bureau.points(batch_id)[application_id]["point_id"])
    who = people.new(Role.POINT, unit=point_id)
    actor = Actor(who.account_id, Role.POINT, unit=point_id)
    assert wait_until(lambda: _is_known(bureau, actor), PATIENCE)
    return OfPoint(point_id, actor, signed_in(app, people, who))


def send(bureau: Bureau, actor: Actor, command: str, **payload: Any) -> None:
    bureau.last = bureau.client.command(actor, "clues", command, payload)


def wait_for(bureau: Bureau, query: str, **asked: Any) -> None:
    """Until what was done last is shown."""
    bureau.client.query(OFFICER, "clues", query, asked, after=bureau.last)


def _is_known(bureau: Bureau, actor: Actor) -> bool:
    plan = {"symposium_id": new_id(), "division": DISTRICT, "place": "会议室", "subject": "试"}
    try:
        send(bureau, actor, "ScheduleSymposium", **plan, planned_on=bureau.today.isoformat())
    except Refused:
        return False
    return True
