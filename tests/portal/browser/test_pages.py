"""Every page, as each role that may see it: nothing grave for axe-core, none wider than a phone."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from services.portal.web.access import ALL, Access, access_of
from shared.contracts.roles import Role
from tests.portal.browser.judging import faults, grave
from tests.portal.browser.scene import NO_PAGES, Scene, addresses
from tests.portal.browser.visitors import DESK, PHONE, Visitors
from tests.portal.people import People
from tests.portal.routes import plain

_FOR_NOBODY = {"/sign-in", "/register"}
"""Whoever is signed in is led on from there."""
_PAGES_OF_ROLES = (
    Role.APPLICANT,
    Role.PARTNER,
    Role.ENFORCEMENT_BODY,
    Role.OFFICER,
    Role.REVIEWER,
    Role.LEADER,
    Role.POINT,
    Role.REPORTER,
    Role.OPERATOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""Roles with pages of their own; the others see what everybody sees."""


def test_every_page_has_its_place_in_the_scene(app: Flask, scene: Scene) -> None:
    assert set(_access(app)) == set(addresses(scene))


def test_every_role_with_pages_of_its_own_is_tried(app: Flask) -> None:
    own = [its.roles for its in _access(app).values() if its.roles != ALL and not its.signed_in]
    assert frozenset().union(*own) == set(_PAGES_OF_ROLES)


def test_what_everybody_sees(app: Flask, scene: Scene, visitors: Visitors) -> None:
    paths = [path for rule, path in _paths(app, scene) if _access(app)[rule].roles == ALL]
    assert faults(visitors.new(), [*paths, "/nothing-is-here"]) == []


@pytest.mark.long
def test_what_everybody_sees_with_what_a_leader_finds_there(
    app: Flask, scene: Scene, visitors: Visitors
) -> None:
    paths = [
        path
        for rule, path in _paths(app, scene)
        if _access(app)[rule].roles == ALL and rule not in _FOR_NOBODY
    ]
    assert faults(visitors.of(Role.LEADER), paths) == []


@pytest.mark.parametrize("role", _PAGES_OF_ROLES, ids=str)
def test_the_pages_of_a_role_whose_turn_it_is(
    app: Flask, scene: Scene, visitors: Visitors, role: Role
) -> None:
    turns = _turns(app)
    paths = [path for rule, path in _paths(app, scene) if turns.get(rule) is role]
    assert faults(_visitor(visitors, scene, role), paths) == []


@pytest.mark.long
@pytest.mark.parametrize("role", _PAGES_OF_ROLES, ids=str)
def test_the_pages_of_a_role_as_others_see_them_too(
    app: Flask, scene: Scene, visitors: Visitors, role: Role
) -> None:
    turns = _turns(app)
    paths = [
        path
        for rule, path in _paths(app, scene)
        if rule in turns and turns[rule] is not role and role in _access(app)[rule].roles
    ]
    assert faults(_visitor(visitors, scene, role), paths) == []


def test_the_pages_of_ones_own_account(
    app: Flask, scene: Scene, visitors: Visitors, people: People
) -> None:
    page = visitors.signed_in(people.new(Role.OFFICER, Role.REVIEWER).account_id)
    paths = [path for rule, path in _paths(app, scene) if _access(app)[rule].signed_in]
    assert faults(page, paths) == []


def test_a_page_for_another_role_says_so_as_well_as_any(visitors: Visitors) -> None:
    assert faults(visitors.of(Role.OFFICER), ["/batches/new"]) == []


def test_the_interface_is_explained_with_what_is_ours_alone(visitors: Visitors) -> None:
    page = visitors.new()
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name=re.compile("^申报 "))).to_be_visible()


def test_the_interface_is_explained_so_that_all_can_read_it(visitors: Visitors) -> None:
    """With a section, what it asks and what it carries out unfolded, at both widths."""
    page = visitors.new(width=DESK)
    page.goto("/api/docs")
    page.get_by_role("heading", name=re.compile("^申报 ")).click()
    for method in ("get", "post"):
        operation = page.locator(f".opblock-{method}").first
        operation.locator(".opblock-summary-control").click()
        expect(operation.locator(".responses-wrapper")).to_be_visible()
    assert grave(page) == []
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert grave(page) == []


def test_the_judge_finds_what_is_wrong(visitors: Visitors) -> None:
    page = visitors.new()
    page.goto("/sign-in")
    page.evaluate("document.querySelector('label[for=field-login]').remove()")
    (fault,) = grave(page)
    assert fault.startswith("label: ")


def test_the_watch_sees_strangers_and_what_the_policy_forbids(visitors: Visitors) -> None:
    page = visitors.new()
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://else.where/'}))")
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")
    page.goto("about:blank")
    page.set_content('<img src="http://else.where/x.png"><img src="about:nothing">')
    told = "\n".join(visitors.troubles)
    assert "asked a stranger: http://else.where/x.png" in told
    assert "img-src" in told
    assert "inline event handler" in told
    visitors.forgive()


def _turns(app: Flask) -> dict[str, Role]:
    """Which of the roles that may see a page looks at it in a run that has not all day."""
    own = sorted(
        (rule, [role for role in _PAGES_OF_ROLES if role in its.roles])
        for rule, its in _access(app).items()
        if its.roles != ALL and not its.signed_in
    )
    return {rule: roles[turn % len(roles)] for turn, (rule, roles) in enumerate(own)}


def _visitor(visitors: Visitors, scene: Scene, role: Role) -> Page:
    if role is Role.REPORTER:
        return visitors.reporting(scene.reported.receipt)
    if role is Role.POINT:
        return visitors.signed_in(scene.point_account)
    return visitors.of(role)


def _access(app: Flask) -> dict[str, Access]:
    """Rule → who may see the page there."""
    told: dict[str, Access] = {}
    for rule in app.url_map.iter_rules():
        name = plain(rule.rule)
        if "GET" in (rule.methods or ()) and not name.startswith("/api/") and name not in NO_PAGES:
            access = access_of(app.view_functions[rule.endpoint])
            assert access is not None
            told[name] = access
    return told


def _paths(app: Flask, scene: Scene) -> list[tuple[str, str]]:
    known = _access(app)
    return [(rule, path) for rule, its in addresses(scene).items() if rule in known for path in its]
