"""The bureau's meeting by the leader's form: list, reserves, left out; a reserve moves up."""

from __future__ import annotations

import pytest

from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import HEARD_AT, Staff, form_fields, opened, qualified
from tests.system.bureau import ANYONE, OFFICER, Bureau, objection

MEETING = {"members": "9", "present": "7", "minutes": "经集体研究，同意拟确定名单。"}
IN_VAIN = {"members": "9", "present": "4", "minutes": "到会人数不足，改期研究。"}
LEFT_OUT = "本区名额已满。"


@pytest.fixture(scope="module")
def waiting(bureau: Bureau) -> tuple[str, list[str]]:
    """A batch with two units that wait for the deliberation."""
    return qualified(bureau, 2)


def test_a_deliberation_lists_units_and_leads_to_the_notice(
    leader: Browser, bureau: Bureau
) -> None:
    batch_id, units = qualified(bureau, 2)
    form = _form(leader, bureau, batch_id)
    assert "50 个，已列入 0 个，还剩 50 个" in form.main
    assert set(_candidates(form)) == set(units)
    assert all(name.startswith("测试单位") for name in form.texts(".candidate legend"))
    assert {shown_value(form, f"place-{each}") for each in units} == {"later"}
    page = leader.send(form, **{f"place-{units[0]}": "listed"}, **MEETING)
    assert page.status == 200
    assert page.url.partition("?")[0].endswith(f"/batches/{batch_id}/notice")
    ticked = page.tree.select('input[name="application_ids"][checked]')
    assert [str(box["value"]) for box in ticked] == [units[0]]
    text = shown_value(page, "text")
    assert "行政执法监督联系点" in text
    page = leader.send(page, application_ids=units[0], **HEARD_AT)
    assert "公示已发布" in page.main
    assert "/notices/" in page.url
    assert text.splitlines()[0] in page.main
    assert len(page.texts("tbody th")) == 1
    assert _candidates(_form(leader, bureau, batch_id)) == [units[1]]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (
            {"present": "4"},
            "present",
            "到会人数没有超过规定的比例，请核对人数，或者登记延期。",
        ),
        ({"present": "10"}, "present", "实到人数应为 1 到 100，且不超过应到人数。"),
        ({"held_on-year": "2099"}, "held_on", "会议日期不能晚于今天。"),
        ({"minutes": ""}, "minutes", "请填写会议纪要。"),
    ],
)
def test_a_meeting_that_is_wrong_is_told_at_its_field(
    leader: Browser,
    bureau: Bureau,
    waiting: tuple[str, list[str]],
    typed: dict[str, str],
    field: str,
    said: str,
) -> None:
    batch_id, units = waiting
    listed = {f"place-{each}": "listed" for each in units}
    page = leader.send(_form(leader, bureau, batch_id), **{**listed, **MEETING, **typed})
    assert page.status == 422
    assert page.texts(f"#error-{field}") == [f"错误：{said}"]
    assert shown_value(page, "minutes") == {**MEETING, **typed}["minutes"]
    assert {shown_value(page, f"place-{each}") for each in units} == {"listed"}


def test_what_is_said_of_a_candidate_is_told_at_the_candidate(
    leader: Browser, bureau: Bureau, waiting: tuple[str, list[str]]
) -> None:
    batch_id, units = waiting
    one, other = (f"place-{each}" for each in units)
    form = _form(leader, bureau, batch_id)
    nothing = leader.send(form, **MEETING)
    assert nothing.texts("#error-listed") == ["错误：请至少对一个单位作出安排。"]

    both = leader.send(form, **{one: "reserve", other: "reserve"}, **MEETING)
    assert both.error_at(f"rank-{units[0]}") == "请填写候补顺序，例如 1。"
    same = {f"rank-{each}": "1" for each in units}
    both = leader.send(form, **{one: "reserve", other: "reserve"}, **same, **MEETING)
    assert len(both.tree.select("[id^='error-rank-']")) == 1
    assert "候补顺序重复，请核对。" in both.main

    closing = leader.send(form, **{one: "left_out"}, **MEETING)
    assert closing.texts(f"#error-reasons-{units[0]}") == [
        "错误：请写明不列入名单的理由，申报单位会看到。"
    ]
    assert closing.texts(f"#error-place-{units[1]}") == [
        "错误：本次有单位不列入名单，该单位也要作出安排。"
    ]
    assert len(closing.tree.select(".error-summary a")) == 2


def test_a_list_above_the_places_is_refused_at_the_list(leader: Browser, bureau: Bureau) -> None:
    batch_id, units = qualified(bureau, 2, places=1)
    form = _form(leader, bureau, batch_id)
    page = leader.send(form, **{f"place-{each}": "listed" for each in units}, **MEETING)
    assert page.texts("#error-listed") == ["错误：名单超出本批次剩余名额，请调整名单。"]
    filled = _filled_by_ranking(leader, page)
    places = [shown_value(filled, f"place-{each}") for each in _candidates(filled)]
    assert places == ["listed", "reserve"]
    last = _candidates(filled)[1]
    assert shown_value(filled, f"rank-{last}") == "1"


def test_a_second_leader_sees_what_the_first_decided(leader: Browser, bureau: Bureau) -> None:
    batch_id, units = qualified(bureau, 2)
    form = _form(leader, bureau, batch_id)
    bureau.deliberate(batch_id, units[:1])
    listed = {f"place-{each}": "listed" for each in units}
    page = leader.send(form, **listed, **MEETING)
    assert page.status == 409
    assert "内容已被他人更新" in page.one(".error-summary").get_text()
    assert "此前的集体研究" in page.main
    assert _candidates(page) == [units[1]]
    assert leader.send(page).status == 200


def test_a_meeting_without_a_quorum_is_put_off_and_held_again(
    leader: Browser, officer: Browser, bureau: Bureau
) -> None:
    batch_id, (unit,) = qualified(bureau, 1)
    form = _form(leader, bureau, batch_id)
    enough = leader.send(form, decision="adjourn", **MEETING)
    assert enough.error_at("present") == "到会人数已超过规定的比例，请登记集体研究决定。"
    page = leader.send(form, decision="adjourn", **IN_VAIN)
    assert "延期已登记" in page.main
    assert "到会人数不足，延期" in page.main
    (link,) = page.tree.select('a[href*="/deliberations/"]')
    held = officer.open(str(link["href"]))
    assert "实到人数 4 人" in held.main
    assert IN_VAIN["minutes"] in held.main

    again = leader.send(_form(leader, bureau, batch_id), **{f"place-{unit}": "listed"}, **MEETING)
    assert "集体研究决定已登记" in again.main
    rows = leader.open(f"/batches/{batch_id}").texts('td[data-label="结果"]')
    assert rows == ["到会人数不足，延期", "已形成决定"]


def test_a_place_that_an_objection_frees_goes_to_a_reserve_with_a_notice_of_its_own(
    leader: Browser, officer: Browser, staff: Staff, bureau: Bureau
) -> None:
    batch_id, (listed, first, second, out) = qualified(bureau, 4, places=1)
    _decide(leader, bureau, batch_id, listed, [first, second], out)
    (link,) = leader.open(f"/batches/{batch_id}").tree.select('a[href*="/deliberations/"]')
    held = officer.open(str(link["href"]))
    assert "列为候补（2 个单位）" in held.texts("h2")
    assert LEFT_OUT in held.main
    assert MEETING["minutes"] in held.main
    assert "候补第 2 位，共 2 个候补单位。" in officer.open(f"/applications/{second}").main
    assert LEFT_OUT in officer.open(f"/applications/{out}").main
    full = leader.open(f"/batches/{batch_id}/reserves/{first}/promotion")
    assert "本批次没有空出的名额。" in full.main
    assert not form_fields(full)

    notice_id = bureau.publish(batch_id, [listed])
    _sustain(bureau, notice_id, listed)
    reserves = opened(leader, bureau, f"/batches/{batch_id}/reserves")
    assert reserves.texts('td[data-label="候补顺序"]') == ["第 1 位", "第 2 位"]
    assert f"/batches/{batch_id}/reserves" in _desk(leader)
    assert f"/batches/{batch_id}/reserves" not in _desk(officer)
    later = leader.open(f"/batches/{batch_id}/reserves/{second}/promotion")
    assert "前面还有 1 个候补单位" in later.main
    refused = leader.send(later)
    assert refused.error_at("reasons") == "前面还有其他候补单位，请写明为什么由该单位先递补。"

    promotion = leader.open(f"/batches/{batch_id}/reserves/{first}/promotion")
    question = leader.send_once(promotion, reasons="按候补顺序递补。")
    assert "不能退回候补" in question.main
    assert "候补单位 测试单位" in question.main
    notice = leader.send(promotion, reasons="按候补顺序递补。")
    assert "候补单位已递补" in notice.main
    ticked = notice.tree.select('input[name="application_ids"][checked]')
    assert [str(box["value"]) for box in ticked] == [first]
    own = officer.send(officer.open(f"/batches/{batch_id}/notice"), **HEARD_AT)
    assert "公示已发布" in own.main
    assert len(own.texts("tbody th")) == 1
    assert notice_id not in own.url
    assert "候补第 1 位，共 1 个候补单位。" in officer.open(f"/applications/{second}").main

    closing = leader.open(f"/batches/{batch_id}/reserves/closing")
    told = leader.send(closing)
    assert told.error_at("reasons") == "请写明为什么结束候补，理由会告知各候补单位。"
    page = leader.send(told, reasons="本批次已经结束，不再递补。")
    assert "候补已结束" in page.main
    assert "本批次没有候补单位。" in page.main
    assert "本批次已经结束，不再递补。" in officer.open(f"/applications/{second}").main


def test_reserves_are_the_bureaus_alone(staff: Staff, bureau: Bureau) -> None:
    batch_id = bureau.open_batch()
    path = f"/batches/{batch_id}/reserves"
    assert "本批次没有候补单位。" in opened(staff(Role.OFFICER), bureau, path).main
    assert staff(Role.REVIEWER).open(path).status == 403
    assert staff(Role.LEADER, "430211").open(path).status == 404


def _form(browser: Browser, bureau: Bureau, batch_id: str) -> Page:
    return opened(browser, bureau, f"/batches/{batch_id}/deliberation")


def _candidates(page: Page) -> list[str]:
    return [str(its["value"]) for its in page.tree.select('input[name="candidates"]')]


def _filled_by_ranking(browser: Browser, page: Page) -> Page:
    (link,) = page.tree.select('a[href$="?fill=ranking"]')
    return browser.open(str(link["href"]))


def _decide(
    leader: Browser, bureau: Bureau, batch_id: str, listed: str, reserves: list[str], out: str
) -> None:
    form = _form(leader, bureau, batch_id)
    typed = {f"place-{listed}": "listed", f"place-{out}": "left_out", f"reasons-{out}": LEFT_OUT}
    for rank, each in enumerate(reserves, start=1):
        typed |= {f"place-{each}": "reserve", f"rank-{each}": str(rank)}
    page = leader.send(form, **typed, **MEETING)
    assert page.status == 200, page.main


def _sustain(bureau: Bureau, notice_id: str, application_id: str) -> None:
    raised = objection(notice_id, application_id)
    bureau.send(ANYONE, "ObjectToNotice", raised)
    about = {"notice_id": notice_id, "objection_id": raised["objection_id"]}
    decision = {**about, "outcome": "sustained", "reasons": "经核实，反映的情况属实。"}
    bureau.send(OFFICER, "DecideObjection", decision)


def _desk(browser: Browser) -> str:
    """All that waits, page after page."""
    path, seen = "/desk", ""
    while True:
        page = browser.open(path)
        seen += str(page.one("main"))
        further = page.tree.select_one('a[rel="next"]')
        if further is None:
            return seen
        path = str(further["href"])
