"""Coordination meetings: on record with their tasks, which are completed or get more time."""

from __future__ import annotations

import datetime as dt

from services.portal.pages.submitting import boxes_of
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, shown_value
from tests.portal.pages.work.conftest import Staff
from tests.system.bureau import OTHER_DISTRICT, Bureau

_MEETING = {
    "subject": "联系点工作推进会",
    "bodies": "市司法局\r\n市工商联\r\n",
    "minutes": "会议研究了联系点工作。",
}


def _day(name: str, bureau: Bureau, days: int) -> dict[str, str]:
    return boxes_of(name, (bureau.today + dt.timedelta(days=days)).isoformat())


def test_a_meeting_is_recorded_with_the_tasks_of_the_rows_that_say_something(
    officer: Browser, leader: Browser, staff: Staff, bureau: Bureau
) -> None:
    form = officer.open("/meetings/new")
    more = officer.send(form, **_MEETING, more="1")
    assert shown_value(more, "minutes") == _MEETING["minutes"]
    assert shown_value(more, "rows") == "5"
    task = {"owner-3": "市市场监管局", "what-3": "", **_day("due_on-3", bureau, -1)}
    page = officer.send(more, **task)
    assert page.status == 422
    assert page.error_at("what-3") == "请写明任务内容。"
    page = officer.send(page, **{"what-3": "编印手册。"})
    assert page.error_at("due_on-3") == "期限不能早于会议日期。"
    page = officer.send(page, **_day("due_on-3", bureau, 3))
    assert "会议已登记" in page.main
    assert "会议研究了联系点工作。" in page.main
    assert "市司法局、市工商联" in page.main
    assert page.texts("tbody th") == ["编印手册。"]
    assert "还剩 4 天（含今天）" in page.main
    path = page.url.partition("?")[0].removeprefix(officer.url)
    assert path in str(staff(Role.PARTNER).open("/meetings").tree)
    assert staff(Role.OFFICER, OTHER_DISTRICT).open(path).status == 404
    assert "登记会议" not in staff(Role.AUDITOR).open("/meetings").main


def test_a_task_gets_more_time_and_is_completed(officer: Browser, bureau: Bureau) -> None:
    task = {"owner-0": "市司法局", "what-0": "走访企业。", **_day("due_on-0", bureau, 2)}
    page = officer.send(officer.open("/meetings/new"), **_MEETING, **task)
    (extension,) = page.tree.select('a[href$="/extension"]')
    form = officer.open(str(extension["href"]))
    assert "走访企业。" in form.main
    page = officer.send(form, **_day("due_on", bureau, 2), reason="人手不足。")
    assert page.error_at("due_on") == "新的期限应当晚于现在的期限，也不能早于今天。"
    page = officer.send(page, **_day("due_on", bureau, 9))
    assert "任务期限已延长" in page.main
    assert "还剩 10 天（含今天）" in page.main
    (completion,) = page.tree.select('a[href$="/completion"]')
    page = officer.send(officer.open(str(completion["href"])), result="走访了八家企业。")
    assert "任务已完成" in page.main
    assert "走访了八家企业。" in page.main
    assert not page.tree.select('a[href$="/extension"]')
    assert "该任务已经完成。" in officer.open(str(extension["href"])).main
    done = officer.open("/meetings/tasks?standing=completed")
    assert "走访企业。" in done.texts("tbody th")
