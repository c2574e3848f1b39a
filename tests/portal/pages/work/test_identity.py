"""A confidential reporter's identity at the pages: asked for, agreed to by two, and read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import ACCEPTED, filed
from tests.portal.matrix.opening_cases import SECRET
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff
from tests.portal.people import People
from tests.system.bureau import OFFICER, Bureau

WHO = {"reporter_name": "欧阳测试", "reporter_phone": "13912340000"}
WHY = "需要当面核对处罚经过。"


@pytest.fixture
def clue_id(bureau: Bureau, people: People) -> str:
    """A confidential clue that the known officer handles, which is shown."""
    officer_id = people.known(Role.OFFICER).account_id
    made = filed(Scene(bureau, people), officer_id, ACCEPTED, **{**SECRET, **WHO})
    client, its = bureau.client, {"clue_id": made, "purpose": "办理线索"}
    client.command(OFFICER, "clues", "ReadCase", its)
    after = {"stream": f"clue-{made}", "version": 3}
    client.query(OFFICER, "clues", "OpenClue", its, after=after)
    return made


def is_told(page: Page) -> bool:
    return any(each in page.main for each in WHO.values())


def asked(officer: Browser, clue_id: str) -> Page:
    """The page of a request that the officer has made."""
    case = officer.open(f"/clues/{clue_id}")
    assert "反映人要求保密" in case.main
    assert not is_told(case)
    form = officer.open(str(case.one(f'main a[href="/clues/{clue_id}/openings/new"]')["href"]))
    wrong = officer.send(form)
    assert wrong.error_at("reason") == "请写明为什么需要知道反映人是谁。"
    page = officer.send(wrong, reason=WHY)
    assert "申请已提交" in page.main
    assert WHY in page.main
    return page


def approve(leader: Browser, path: str) -> Page:
    return leader.send(leader.open(f"{path}/approval"))


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_two_leaders_agree_and_the_asker_reads_it_which_is_listed(
    clue_id: str, officer: Browser, leader: Browser, staff: Staff
) -> None:
    page = asked(officer, clue_id)
    path, second = path_of(page), staff(Role.LEADER, None)
    assert "只向提出申请的人显示" in leader.open(f"{path}/identity").main
    assert "还没有经两名负责人同意" in officer.open(f"{path}/identity").main
    question = leader.send_once(leader.open(f"{path}/approval"))
    assert question.one("main form[data-sure]")
    assert WHY in question.main, "what one agrees to is said once more"
    first = approve(leader, path)
    assert "已有 1 人同意" in first.main
    assert "您已经同意，还需要另一名负责人同意" in leader.open(f"{path}/approval").main
    shown = second.open(path)
    assert WHY in shown.main
    assert "测试人员" in shown.main, "both see who asked and who else agreed"
    assert "限时可看" in approve(second, path).main

    form = officer.open(f"{path}/identity")
    wrong = officer.send(form)
    assert wrong.error_at("purpose") == "请写明这次查看的用途。"
    told = officer.send(wrong, purpose="电话核对经过")
    assert all(each in told.main for each in WHO.values())
    for browser in (leader, second, officer):
        for where in (path, f"/clues/{clue_id}", f"{path}/identity"):
            assert not is_told(browser.open(where)), where

    readers = leader.open(f"/clues/{clue_id}/readers")
    assert "电话核对经过" in readers.main
    assert "反映人身份" in readers.main
    assert "办理线索" in readers.main
    assert "审批线索" in readers.main
    assert staff(Role.AUDITOR).open(f"/clues/{clue_id}/readers").status == 200
    assert officer.open(f"/clues/{clue_id}/readers").status == 403


def test_who_asked_does_not_agree_and_a_refusal_shows_nothing(
    clue_id: str, officer: Browser, leader: Browser, staff: Staff, people: People
) -> None:
    path = path_of(asked(leader, clue_id))
    desk = staff(Role.LEADER, None).open("/desk")
    assert path in str(desk.tree)
    assert "目前没有等候您办理的事项" not in desk.main
    assert leader.open("/clues/nothing/readers").status == 404
    assert "不能审批自己提出的申请" in leader.open(f"{path}/approval").main
    second = staff(Role.LEADER, None)
    assert path in str(second.open("/identity-openings").tree)
    refused = second.send(second.open(f"{path}/refusal"), reasons="可以通过提问了解。")
    assert "已驳回" in refused.main
    assert "可以通过提问了解。" in leader.open(path).main
    assert "申请已经驳回" in leader.open(f"{path}/identity").main
    assert "审批完毕" in second.open(f"{path}/approval").main


def test_another_districts_people_find_no_request(
    clue_id: str, officer: Browser, staff: Staff
) -> None:
    path = path_of(asked(officer, clue_id))
    for role in (Role.LEADER, Role.OFFICER):
        elsewhere = staff(role, "430300")
        for where in (path, f"{path}/identity", f"/clues/{clue_id}/openings/new"):
            assert elsewhere.open(where).status == 404
    assert staff(Role.POINT).open(path).status == 403


def test_a_named_reporter_is_known_to_handlers_and_the_leader_alone(
    bureau: Bureau, people: People, officer: Browser, leader: Browser, staff: Staff
) -> None:
    officer_id = people.known(Role.OFFICER).account_id
    made = filed(Scene(bureau, people), officer_id, ACCEPTED, **WHO)
    its: dict[str, Any] = {"clue_id": made, "purpose": "办理线索"}
    after = {"stream": f"clue-{made}", "version": 3}
    bureau.client.query(OFFICER, "clues", "OpenClue", its, after=after)
    assert is_told(officer.open(f"/clues/{made}"))
    assert is_told(leader.open(f"/clues/{made}"))
    colleague = staff(Role.OFFICER, None).open(f"/clues/{made}")
    assert not is_told(colleague)
    assert "只有本件的承办人和负责人能够看到" in colleague.main
