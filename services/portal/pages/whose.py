"""Pages about one application that its applicant, its recommender and the bureau share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.portal.pages import opening
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, after_of, form_page, version_of
from services.portal.pages.submitting import Submitted, new_form
from services.portal.web.visitor import current_visitor
from shared.contracts.roles import Role

_PURPOSES: Mapping[Role, str] = {
    Role.APPLICANT: "查看本单位申报",
    Role.PARTNER: "确认是否推荐",
}
_OWN, _ASKED = "/my/applications", "/recommendations"


def purpose() -> str:
    """What the visitor opens an application for."""
    role = current_visitor().role
    return _PURPOSES.get(role) or opening.OF_ROLE[role]


def opened(application_id: str, shown: Submitted | None) -> Part:
    """The application, as it must be shown after the form. Raises NotFound."""
    return opening.opened(application_id, purpose(), after_of(shown))


def home(application_id: str) -> str:
    """Where the visitor reads about the application."""
    match current_visitor().role:
        case Role.APPLICANT:
            return f"{_OWN}/{application_id}"
        case Role.PARTNER:
            return _ASKED
    return f"/applications/{application_id}"


def up(application_id: str) -> list[tuple[str, str]]:
    """The pages above, as `parts.breadcrumb` has them."""
    match current_visitor().role:
        case Role.APPLICANT:
            return [("我的申报", _OWN), ("申报进度", home(application_id))]
        case Role.PARTNER:
            return [("推荐确认", _ASKED)]
    return [("申报", "/applications"), ("申报详情", home(application_id))]


def shared_form(
    template: str,
    application_id: str,
    shown: Submitted | None,
    statuses: Collection[str],
    names: Mapping[str, str],
    part: Part | None = None,
    first: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    """A form about an application, shown while it stands in one of `statuses`. Raises NotFound.

    first: what a new form holds
    """
    if part is None:
        part = opened(application_id, shown)
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part), **(first or {})))
    its = part.result
    return form_page(
        template,
        part,
        shown,
        names,
        application_id=application_id,
        possible=its is not None and its["status"] in statuses,
        up=up(application_id),
        home=home(application_id),
        **more,
    )
