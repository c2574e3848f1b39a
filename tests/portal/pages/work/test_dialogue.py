"""Officer and reporter at their pages: asked, answered, read; notes; follow-ups. No JavaScript."""

from __future__ import annotations

import pytest
from flask import Flask

from deploy.local.processes import wait_until
from shared.contracts.roles import Role
from tests.portal.matrix.dialogue_cases import suffering
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff
from tests.portal.people import People
from tests.portal.reporting import Reported, reported
from tests.system.bureau import Bureau, new_id
from tests.system.installation import PATIENCE

_PROGRESS = "/report/progress"
_ALONE = "430281"
"""A division in which nobody else of the room files."""


@pytest.fixture
def its(app: Flask, bureau: Bureau) -> Reported:
    return reported(app, bureau, division=_ALONE, body=f"市水利局{new_id()[:6]}")


@pytest.fixture
def alone(staff: Staff) -> Browser:
    """An officer of that division."""
    return staff(Role.OFFICER, _ALONE)


def enter(browser: Browser, its: Reported) -> Page:
    return browser.send(browser.open(_PROGRESS), receipt_code=its.code)


def shown(officer: Browser, its: Reported, text: str) -> Page:
    """The page of the case, once it shows the text."""
    pages: list[Page] = []

    def has_come() -> bool:
        pages[:] = [officer.open(f"/clues/{its.clue_id}")]
        return pages[0].status == 200 and text in pages[0].main

    assert wait_until(has_come, PATIENCE), text
    return pages[0]


def on_desk(officer: Browser, its: Reported, there: bool) -> bool:
    link = f'main a[href="/clues/{its.clue_id}"]'

    def is_so() -> bool:
        sections = officer.open("/desk").tree.select('section[aria-labelledby^="dialogues-"]')
        return there is any(each.select_one(link.removeprefix("main ")) for each in sections)

    return wait_until(is_so, PATIENCE)


def test_an_officer_asks_and_the_reporter_answers(
    alone: Browser, browser: Browser, its: Reported
) -> None:
    shown(alone, its, "还没有沟通")
    form = alone.open(f"/clues/{its.clue_id}/question")
    empty = alone.send(form, days="很快")
    assert empty.error_at("text") == "请写明想问什么。"
    assert empty.error_at("days") == "请填写 1 到 60 之间的整数。"
    asked = alone.send(empty, text="罚款票据还在吗？\n有没有照片？", days="5")
    assert "提问已登记" in asked.main
    assert "待回复" in asked.main

    case = enter(browser, its)
    assert "司法局向您提问" in case.main
    answering = browser.open(str(case.one('main a[href*="/question/"]')["href"]))
    assert "罚款票据还在吗？" in answering.main
    assert browser.send(answering).error_at("text") == "请填写回复。"
    done = browser.send(answering, text="票据和照片都在。")
    assert "回复已提交。" in done.main
    assert "票据和照片都在。" in done.main
    assert done.url.split("?")[0].endswith(_PROGRESS), "no address leads to the case"
    again = browser.open(answering.url.removeprefix(browser.url))
    assert "这个提问已经回复" in again.main
    assert again.tree.select_one("main textarea") is None

    page = shown(alone, its, "票据和照片都在。")
    assert "已回复" in page.main
    assert "有 1 条新消息" in page.main


def test_news_stay_on_the_desk_until_somebody_has_read_them(
    alone: Browser, browser: Browser, its: Reported
) -> None:
    enter(browser, its)
    form = browser.open(f"{_PROGRESS}/information")
    told = browser.send(form, text="他们昨天又来了一次。")
    assert "补充的情况已提交。" in told.main
    twice = browser.send(form, text="他们昨天又来了一次。")
    assert twice.main.count("他们昨天又来了一次。") == 1, "the same form is the same command"
    assert on_desk(alone, its, there=True)
    page = shown(alone, its, "有 1 条新消息")
    read = alone.send(page, f'form[action="/clues/{its.clue_id}/reading"]')
    assert "新消息已标为已阅。" in read.main
    assert "条新消息" not in read.main
    assert on_desk(alone, its, there=False)
    assert "没有新消息。" in alone.open(f"/clues/{its.clue_id}/reading").main


def test_a_note_is_for_those_who_work_on_it(
    alone: Browser, staff: Staff, browser: Browser, its: Reported
) -> None:
    leader = staff(Role.LEADER)
    shown(leader, its, "工作备注")
    noted = leader.send(leader.open(f"/clues/{its.clue_id}/note"), text="先调案卷，再约谈。")
    assert "工作备注已保存。" in noted.main
    assert "先调案卷，再约谈。" in alone.open(f"/clues/{its.clue_id}").main
    case = enter(browser, its)
    assert "先调案卷" not in str(case.tree)
    assert staff(Role.LEADER).open(f"/clues/{its.clue_id}/question").status == 403


def test_what_is_typed_is_text_and_no_page(alone: Browser, browser: Browser, its: Reported) -> None:
    evil = "<script>alert(1)</script>\"'>{{ 7*7 }}"
    enter(browser, its)
    told = browser.send(browser.open(f"{_PROGRESS}/information"), text=evil)
    assert evil in told.main
    assert told.tree.select("main script") == []
    page = shown(alone, its, evil)
    assert page.tree.select("main script") == []


def test_a_question_of_another_case_is_not_there(
    app: Flask, bureau: Bureau, people: People, alone: Browser, browser: Browser, its: Reported
) -> None:
    shown(alone, its, "还没有沟通")
    alone.send(alone.open(f"/clues/{its.clue_id}/question"), text="票据还在吗？")
    link = str(enter(browser, its).one('main a[href*="/question/"]')["href"])
    another = Browser(people.url)
    enter(another, reported(app, bureau, division=_ALONE))
    assert another.open(link).status == 404
    told = another.send(another.open(f"{_PROGRESS}/information"), text="别处的话。")
    assert "别处的话。" in told.main
    assert "票据还在吗" not in told.main


def test_whoever_cannot_be_asked_is_not(officer: Browser, bureau: Bureau, scene: Scene) -> None:
    case = suffering(scene, "officer-9")
    page = officer.open(f"/clues/{case}")
    assert "反映人没有查询码" in page.main
    form = officer.open(f"/clues/{case}/question")
    assert "请用其他方式联系" in form.main
    assert form.tree.select_one("main textarea") is None


def test_a_case_of_retaliation_is_followed_up(officer: Browser, scene: Scene) -> None:
    case = suffering(scene, "officer-9")
    page = officer.open(f"/clues/{case}")
    assert "第 2 次： 还剩" in page.main
    assert "仍在受到打击报复" in page.main
    form = officer.open(f"/clues/{case}/follow-up")
    wrong = officer.send(form, means="not_reached", suffering="no")
    assert wrong.error_at("text") == "请填写回访情况。"
    wrong = officer.send(wrong, text="没有再受刁难。")
    assert "没有联系上的，不选此项" in wrong.error_at("suffering")
    wrong = officer.send(wrong, means="by_phone", **_TOMORROW)
    assert wrong.error_at("done_on") == "回访日期不能早于立件之日，也不能晚于今天。"
    done = officer.send(wrong, **_parts(scene))
    assert "回访已登记。" in done.main
    assert "第 3 次" in done.main
    assert "打击报复回访" in officer.open("/dialogues").main


_TOMORROW = {"done_on-year": "2999"}


def _parts(scene: Scene) -> dict[str, str]:
    return {"done_on-year": str(scene.bureau.today.year)}


def test_without_follow_ups_there_is_nothing_to_record(alone: Browser, its: Reported) -> None:
    page = shown(alone, its, "还没有沟通")
    assert "打击报复回访" not in page.main
    form = alone.open(f"/clues/{its.clue_id}/follow-up")
    assert "只有打击报复另行立件的" in form.main


@pytest.fixture(scope="module")
def scene(bureau: Bureau, people: People) -> Scene:
    return Scene(bureau, people)
