"""Which link of the header is marked, by the address and the role in which one is there."""

from __future__ import annotations

import pytest

from services.portal.pages.navigation import current, navigation
from shared.contracts.roles import Role

POINT = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"
OTHER = "5f0e3a51-38a8-4c5e-8a25-1f1f3cbb0a3e"


def marked(role: Role, path: str, unit: str | None = None) -> str | None:
    item = current(navigation(role, unit), path)
    return None if item is None else item.text


@pytest.mark.parametrize(
    ("role", "path", "text"),
    [
        (Role.PUBLIC, "/", "首页"),
        (Role.PUBLIC, "/objection-outcome", "公示"),
        (Role.PUBLIC, "/organisation", None),
        (Role.APPLICANT, f"/apply/{OTHER}/unit", "我的申报"),
        (Role.APPLICANT, f"/applications/{OTHER}/documents", "我的申报"),
        (Role.PARTNER, f"/applications/{OTHER}/recommendation", "推荐确认"),
        (Role.OFFICER, f"/applications/{OTHER}", "申报"),
        (Role.OFFICER, f"/objections/{OTHER}", "公示"),
        (Role.LEADER, "/certificate-prefix", "设置"),
        (Role.LEADER, "/dashboard/trends", "领导看板"),
        (Role.POINT, f"/points/{OTHER}", "联系点"),
        (Role.POINT, f"/points/{POINT}", "我的联系点"),
        (Role.POINT, f"/points/{POINT}/liaison", "我的联系点"),
        (Role.POINT, f"/retirements/{OTHER}", "我的联系点"),
    ],
)
def test_the_closest_link_is_marked(role: Role, path: str, text: str | None) -> None:
    assert marked(role, path, POINT if role is Role.POINT else None) == text


@pytest.mark.parametrize("role", sorted({*Role} - {Role.SYSTEM}))
def test_each_link_marks_itself_where_it_leads(role: Role) -> None:
    for item in navigation(role):
        assert marked(role, item.path) == item.text
