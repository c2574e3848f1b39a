"""How every service stands, what alarms, and reactions that wait to be tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from services.portal.web.access import allow
from services.portal.web.calls import ServiceAway
from services.portal.web.edge import edge
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.publication.zh_names import zh_service
from shared.contracts.roles import Role

pages = Blueprint("operations_page", __name__)

_ALL = "all"


@dataclass(frozen=True)
class State:
    """A service as it tells of itself; `status` is None when it does not answer."""

    service: str
    name: str
    status: dict[str, Any] | None = None
    parked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def stopped(self) -> set[tuple[str, str]]:
        """`(model, source)` of read models that stand still."""
        return {
            (alarm["model"], alarm["source"])
            for alarm in (self.status or {"alarms": []})["alarms"]
            if alarm["code"] == "projection_stopped"
        }


@pages.get("/operations")
@allow(Role.OPERATOR)
def operations() -> str:
    return render_template("watch/operations.html", states=[_state(each) for each in CATALOGUE])


@pages.post("/operations/retry")
@allow(Role.OPERATOR)
def retry() -> Response:
    """Asked twice, they are only due sooner. Raises ServiceAway."""
    service, chosen = request.form.get("service", ""), request.form.get("id", "")
    if service not in CATALOGUE or not (chosen == _ALL or _is_id(chosen)):
        raise BadRequest
    ids = None if chosen == _ALL else [int(chosen)]
    edge().calls.operate(service, "RetryParked", {"ids": ids})
    return redirect("/operations?note=retried", 303)


def _state(service: str) -> State:
    name = zh_service(service)
    try:
        status = edge().calls.ask(service, "status")
        parked = edge().calls.operate(service, "ListParked", {}) if status["parked"] else []
    except ServiceAway:
        return State(service, name)
    return State(service, name, status, parked)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 16
