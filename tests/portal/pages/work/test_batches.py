"""A batch opened, deliberated over and put on notice by the leader's forms."""

from __future__ import annotations

import datetime as dt

import pytest

from services.portal.pages.wording import zh_date
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.system.bureau import Bureau

CHAMBER = UnitKind.CHAMBER
MEETING = {"members": "9", "present": "7", "minutes": "经集体研究，同意拟确定名单。"}


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


def test_a_deliberation_lists_units_and_leads_to_the_notice(
    leader: Browser, bureau: Bureau
) -> None:
    batch_id, qualified = _qualified(bureau, 2)
    form = _open(leader, bureau, f"/batches/{batch_id}/deliberation")
    assert "50 个，已列入 0 个，还剩 50 个" in form.main
    boxes = form.tree.select('input[name="listed"]')
    assert {str(box["value"]) for box in boxes} == set(qualified)
    assert all(label.startswith("测试单位") for label in form.texts('label[for^="field-listed"]'))
    page = leader.send(form, listed=qualified[0], **MEETING)
    assert page.status == 200
    assert page.url.partition("?")[0].endswith(f"/batches/{batch_id}/notice")
    ticked = page.tree.select('input[name="application_ids"][checked]')
    assert [str(box["value"]) for box in ticked] == [qualified[0]]
    text = shown_value(page, "text")
    assert "行政执法监督联系点" in text
    page = leader.send(page, application_ids=qualified[0])
    assert "公示已发布" in page.main
    assert "/notices/" in page.url
    assert text.splitlines()[0] in page.main
    assert len(page.texts("tbody th")) == 1


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"listed": []}, "listed", "请至少勾选一个单位。"),
        ({"present": "4"}, "present", "到会人数未过半数，不能形成集体研究决定。"),
        ({"present": "10"}, "present", "实到人数应为 1 到 100，且不超过应到人数。"),
        ({"held_on-year": "2099"}, "held_on", "会议日期不能晚于今天。"),
        ({"minutes": ""}, "minutes", "请填写会议纪要。"),
    ],
)
def test_a_deliberation_that_is_wrong_is_told_at_its_field(
    leader: Browser,
    bureau: Bureau,
    waiting: tuple[str, list[str]],
    typed: dict[str, str],
    field: str,
    said: str,
) -> None:
    batch_id, qualified = waiting
    form = _open(leader, bureau, f"/batches/{batch_id}/deliberation")
    page = leader.send(form, **{"listed": qualified, **MEETING, **typed})
    assert page.status == 422
    assert page.texts(f"#error-{field}") == [f"错误：{said}"]
    assert shown_value(page, "minutes") == {**MEETING, **typed}["minutes"]
    ticked = {str(box["value"]) for box in page.tree.select('input[name="listed"][checked]')}
    assert ticked == set({"listed": qualified, **typed}["listed"])


@pytest.fixture(scope="module")
def waiting(bureau: Bureau) -> tuple[str, list[str]]:
    """A batch with two units that wait for the deliberation."""
    return _qualified(bureau, 2)


def test_a_list_above_the_places_is_refused_at_the_list(leader: Browser, bureau: Bureau) -> None:
    batch_id, qualified = _qualified(bureau, 2, places=1)
    form = _open(leader, bureau, f"/batches/{batch_id}/deliberation")
    page = leader.send(form, listed=qualified, **MEETING)
    assert page.error_at("listed") == "名单超出本批次剩余名额，请调整名单。"


def test_a_second_leader_sees_what_the_first_decided(leader: Browser, bureau: Bureau) -> None:
    batch_id, qualified = _qualified(bureau, 2)
    form = _open(leader, bureau, f"/batches/{batch_id}/deliberation")
    bureau.deliberate(batch_id, qualified[:1])
    page = leader.send(form, listed=qualified, **MEETING)
    assert page.status == 409
    assert "内容已被他人更新" in page.one(".error-summary").get_text()
    assert "已有 1 次集体研究" in page.main
    boxes = page.tree.select('input[name="listed"]')
    assert [str(box["value"]) for box in boxes] == [qualified[1]]
    assert leader.send(page, listed=qualified[1], **MEETING).status == 200


def test_without_units_there_is_no_form(leader: Browser, bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    for path, said in (("deliberation", "等候集体研究的单位"), ("notice", "等候公示的单位")):
        page = _open(leader, bureau, f"/batches/{batch_id}/{path}")
        assert said in page.main
        assert not form_fields(page)


def test_a_notice_needs_a_unit_and_a_text(officer: Browser, bureau: Bureau) -> None:
    batch_id, qualified = _qualified(bureau, 1)
    bureau.deliberate(batch_id, qualified)
    form = _open(officer, bureau, f"/batches/{batch_id}/notice")
    page = officer.send(form, application_ids=[], text=" ")
    assert page.status == 422
    assert page.error_at("application_ids") == "请至少勾选一个单位。"
    assert page.error_at("text") == "请填写公示正文。"
    page = officer.send(page, application_ids=qualified, text="现予公示。")
    assert "现予公示。" in page.main
    assert zh_date(bureau.today + dt.timedelta(days=7)) in page.main


def _qualified(bureau: Bureau, number: int, places: int = 50) -> tuple[str, list[str]]:
    batch_id = bureau.open_batch(places)
    applications = [bureau.apply(batch_id, CHAMBER) for _ in range(number)]
    for application_id in applications:
        bureau.qualify(application_id, CHAMBER)
    return batch_id, applications


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200
    return page


def _boxes(name: str, day: dt.date) -> dict[str, str]:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}
