"""A batch opened and put on notice by the leader's forms."""

from __future__ import annotations

import datetime as dt

import pytest

from services.portal.pages.wording import zh_date
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, shown_value
from tests.portal.pages.work.conftest import HEARD_AT, Staff, form_fields, opened, qualified
from tests.system.bureau import Bureau


def test_a_new_batch_is_open_to_everyone(leader: Browser, bureau: Bureau) -> None:
    form = leader.open("/batches/new")
    closes = _boxes("closes_on", bureau.today + dt.timedelta(days=30))
    page = leader.send(form, title="第二批联系点遴选", places="１２", **closes)
    assert page.status == 200
    assert "批次已启动" in page.main
    assert page.texts("h1") == ["第二批联系点遴选"]
    assert "12 个" in page.main
    again = leader.send(form, title="第二批联系点遴选", places="１２", **closes)
    assert again.url == page.url


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"title": " "}, "title", "请填写批次名称。"),
        ({"places": "许多"}, "places", "请填写整数，例如 12。"),
        ({"places": "0"}, "places", "名额应为 1 到 1000。"),
        ({"closes_on-month": "2", "closes_on-day": "30"}, "closes_on", "没有这一天，请核对日期。"),
        ({"closes_on-year": ""}, "closes_on", "没有这一天，请核对日期。"),
        ({"closes_on-year": "2020"}, "closes_on", "截止日期不能早于开始日期。"),
    ],
)
def test_a_batch_that_is_wrong_is_told_at_its_field(
    leader: Browser, bureau: Bureau, typed: dict[str, str], field: str, said: str
) -> None:
    good = {"title": "某批", "places": "5", **_boxes("closes_on", bureau.today)}
    page = leader.send(leader.open("/batches/new"), **{**good, **typed})
    assert page.status == 422
    assert page.texts(f"#error-{field}") == [f"错误：{said}"]
    (link,) = page.tree.select(".error-summary a")
    assert link["href"] == f"#field-{field}"
    assert shown_value(page, "places") == {**good, **typed}["places"]


def test_only_a_leader_opens_batches_and_deliberates(staff: Staff, batch_id: str) -> None:
    for path in ("/batches/new", f"/batches/{batch_id}/deliberation"):
        page = staff(Role.OFFICER).open(path)
        assert page.status == 403
        assert "角色" in page.main


def test_without_units_there_is_no_form(leader: Browser, bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    for path, said in (("deliberation", "等候集体研究的单位"), ("notice", "等候公示的单位")):
        page = opened(leader, bureau, f"/batches/{batch_id}/{path}")
        assert said in page.main
        assert not form_fields(page)


def test_a_notice_needs_a_unit_and_a_text(officer: Browser, bureau: Bureau) -> None:
    batch_id, units = qualified(bureau, 1)
    bureau.deliberate(batch_id, units)
    form = opened(officer, bureau, f"/batches/{batch_id}/notice")
    page = officer.send(form, application_ids=[], text=" ")
    assert page.status == 422
    assert page.error_at("application_ids") == "请至少勾选一个单位。"
    assert page.error_at("text") == "请填写公示正文。"
    assert page.error_at("phone") == "请填写受理异议的电话。"
    assert page.error_at("address") == "请填写受理异议的地址。"
    page = officer.send(page, application_ids=units, text="现予公示。", **HEARD_AT)
    assert "现予公示。" in page.main
    assert "受理异议的电话：0731-28680000；地址：天元区测试路1号。" in page.main
    assert zh_date(bureau.today + dt.timedelta(days=7)) in page.main


def _boxes(name: str, day: dt.date) -> dict[str, str]:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}
