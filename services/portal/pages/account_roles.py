"""The roles of an account: granted for a division, taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.domain.account import GRANTABLE, MAY_NAME_A_UNIT
from services.portal.labels import label_choices
from services.portal.pages.account_work import account_form, shown_account
from services.portal.pages.asking import ask_all, ask_one
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.districts import Choice, areas
from services.portal.pages.forms import Form
from services.portal.pages.partner_bodies import PARTNERS
from services.portal.pages.point_choices import points_in_office
from services.portal.pages.submitting import Submitted, filled, go_on, text
from services.portal.web.access import allow
from services.portal.web.edge import edge
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("account_roles", __name__)

_WHOLE = "whole"
"""The choice of a role that is held for no division in particular."""

GRANT = CommandForm(
    "GrantRole",
    {"role": "角色", "division": "范围", "point": "代表的联系点", "unit": "代表的单位"},
    {
        ("role", "missing"): "请选择角色。",
        ("division", "missing"): "请选择范围。",
        ("point", "missing"): "请选择代表哪个联系点。",
        ("unit", "missing"): "请填写代表哪个单位。",
        ("unit", "not_allowed"): "该角色不代表单位，请清空此项。",
    },
    "role_granted",
    service="portal",
)
REVOCATION = CommandForm("RevokeRole", note="role_revoked", service="portal")


@pages.get("/accounts/<account_id>/roles/new")
@allow(Role.ADMINISTRATOR)
def new_role(account_id: str) -> Answer:
    """Raises NotFound."""
    return _grant_page(account_id, None)


@pages.post("/accounts/<account_id>/roles/new")
@allow(Role.ADMINISTRATOR)
def grant_role(account_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    role, division = typed.value("role"), typed.value("division")
    at = "point" if role == Role.POINT else "unit"
    unit = text(typed, at) if role in MAY_NAME_A_UNIT else None
    payload = filled(
        account_id=account_id,
        grant_id=typed.value("grant_id"),
        role=role,
        division=None if division == _WHOLE else division,
        unit=unit,
    )
    also = {} if division else {"division": GRANT.words["division", "missing"]}
    if unit is not None and at == "point" and not _may_be_a_point(unit):
        also["point"] = GRANT.words["point", "missing"]
    form = replace(GRANT, field_of=lambda path: at if path == "unit" else path)
    done = form.submit(typed, payload, also)
    if done.is_done:
        return go_on(f"/accounts/{account_id}", done, GRANT.note)
    return _grant_page(account_id, done)


@pages.get("/accounts/<account_id>/roles/<grant_id>/revoke")
@allow(Role.ADMINISTRATOR)
def revoke_form(account_id: str, grant_id: str) -> Answer:
    """Raises NotFound."""
    return _revoke_page(account_id, grant_id, None)


@pages.post("/accounts/<account_id>/roles/<grant_id>/revoke")
@allow(Role.ADMINISTRATOR)
def revoke_role(account_id: str, grant_id: str) -> Response | Answer:
    """Raises NotFound."""
    payload = {"account_id": account_id, "grant_id": grant_id}
    again = partial(_revoke_page, account_id, grant_id)
    return REVOCATION.send(Form.of(request.form), payload, f"/accounts/{account_id}", again)


def _may_be_a_point(unit: str) -> bool:
    """Whether a point has this id, as far as can be known: the registry may be away."""
    try:
        ask_one("ShowPoint", "point_id", unit)
    except NotFound:
        return False
    return True


def _grant_page(account_id: str, shown: Submitted | None) -> Answer:
    scopes = _scopes()
    only = {"division": scopes[0][0]} if len(scopes) == 1 else {}
    return account_form(
        "accounts/grant.html",
        account_id,
        shown,
        GRANT.names,
        {"grant_id": str(uuid.uuid4()), **only, **_wanted()},
        points=points_in_office(),
        partners=_partner_names(),
        roles=[choice for choice in label_choices("role") if choice[0] in GRANTABLE],
        scopes=scopes,
    )


def _wanted() -> dict[str, str]:
    """What the address asks for: a role for the point of `?point=`, where it lies."""
    point_id = request.args.get("point")
    if point_id is None:
        return {}
    part = ask_one("ShowPoint", "point_id", point_id)
    division = {"division": part.result["division"]} if part.result else {}
    return {"role": str(Role.POINT), "point": point_id, **division}


def _partner_names() -> list[str]:
    return sorted({row["name"] for row in ask_all(PARTNERS, {"active": True}).result or ()})


def _revoke_page(account_id: str, grant_id: str, shown: Submitted | None) -> Answer:
    its = shown_account(account_id).result
    grant = next((one for one in its["grants"] if one["grant_id"] == grant_id), None)
    if grant is None and shown is None:
        raise NotFound("grant", grant_id)
    return account_form("accounts/revoke.html", account_id, shown, grant=grant)


def _scopes() -> list[Choice]:
    """Where the administrator may give roles: everywhere, or from their own division down."""
    division = current_visitor().division
    if division is not None:
        return areas(division)
    return [(_WHOLE, "不限区域"), *areas(edge().settings.city)]
