"""Makes objects in the state that a write needs; what a case is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.people import CONSOLE, People
from tests.system.bureau import ANYONE, DISTRICT, Bureau, application, objection

KIND = UnitKind.CHAMBER
_AT_ONCE = 8
"""Points that are made together: their notice ends once, and time moves on once."""


@dataclass(frozen=True)
class Case:
    """What the address names, and the body."""

    ids: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | bytes = field(default_factory=dict)


class Scene:
    """Makes objects in the state that a write needs, by the console."""

    def __init__(self, bureau: Bureau, people: People) -> None:
        self.bureau, self.people = bureau, people
        self.batch_id = bureau.open_batch()
        self._fresh: list[str] = []
        self._running: tuple[str, str] | None = None

    def submitted(self) -> str:
        return self.bureau.apply(self.batch_id, KIND)

    def under_review(self) -> str:
        made = self.submitted()
        self.bureau.pass_form(made)
        return made

    def checked(self) -> str:
        made = self.under_review()
        self.bureau.check(made, KIND)
        return made

    def qualified(self) -> str:
        made = self.submitted()
        self.bureau.qualify(made, KIND)
        return made

    def listed(self) -> str:
        made = self.qualified()
        self.bureau.deliberate(self.batch_id, [made])
        return made

    def on_notice(self) -> tuple[str, str]:
        """Notice and application."""
        made = self.listed()
        return self.bureau.publish(self.batch_id, [made]), made

    def running(self) -> tuple[str, str]:
        """Notice and application, for as many objections as there are people."""
        self._running = self._running or self.on_notice()
        return self._running

    def objected(self) -> tuple[str, str]:
        """Notice and objection."""
        notice_id, made = self.running()
        raised = objection(notice_id, made)
        self.bureau.send(ANYONE, "ObjectToNotice", raised)
        return notice_id, str(raised["objection_id"])

    def over(self) -> tuple[str, str]:
        """Notice and application, after its days."""
        made = self.on_notice()
        self._let_notice_end()
        return made

    def _let_notice_end(self) -> None:
        self.bureau.let_notice_end()
        self._running = None
        self.batch_id = self.bureau.open_batch()  # some days have passed for the old one

    def point(self) -> str:
        """A point to which nothing has happened."""
        if not self._fresh:
            self._fresh = self._points()
        return self._fresh.pop()

    def _points(self) -> list[str]:
        listed = [self.qualified() for _ in range(_AT_ONCE)]
        batch_id = self.batch_id
        self.bureau.deliberate(batch_id, listed)
        notice_id = self.bureau.publish(batch_id, listed)
        self._let_notice_end()
        self.bureau.designate(notice_id, listed)
        points = self.bureau.points(batch_id)
        return [str(points[made]["point_id"]) for made in listed]

    def account(self, role: Role = Role.OFFICER) -> str:
        return self.people.account(role)[0]

    def act(self, command_type: str, actor: Actor = CONSOLE, **payload: Any) -> None:
        """About an account, by the console."""
        self.people.console.command(actor, "portal", command_type, payload)


Make = Callable[[Scene, str], Case]
"""With the id of the caller's account, for what one does with one's own."""


def without(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: its for name, its in payload.items() if name not in names}


def of_application(state: Callable[[Scene], str], body: Mapping[str, Any] | None = None) -> Make:
    return lambda scene, _: Case({"application_id": state(scene)}, body or {})


def ones_own(scene: Scene, caller: str, batch_id: str = "") -> tuple[Actor, str]:
    """The caller as applicant, and an application that it has filed, in the scene's batch if
    none is named.
    """
    actor = Actor(caller, Role.APPLICANT)
    payload = application(batch_id or scene.batch_id, KIND, DISTRICT)
    scene.bureau.send(actor, "SubmitApplication", payload)
    return actor, str(payload["application_id"])
