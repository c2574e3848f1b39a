"""Erasing at the pages: asked for at the case, approved by two leaders, proved by a paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from deploy.local.processes import wait_until
from services.portal.pages.submitting import boxes_of
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import ACCEPTED, TELL, TEXT, filed, go_on
from tests.portal.matrix.erasure_cases import LOCK, requested
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser
from tests.portal.pages.work.conftest import signed_in
from tests.portal.people import People
from tests.portal.reporting import reported
from tests.system.bureau import LEADER, OFFICER, Bureau, new_id
from tests.system.installation import PATIENCE

REASON = "本人到窗口提出，已核对身份证。"


@pytest.fixture(scope="module")
def scene(bureau: Bureau, people: People) -> Scene:
    return Scene(bureau, people)


@pytest.fixture(scope="module")
def second(app: Flask, people: People) -> Browser:
    """Another leader."""
    return signed_in(app, people, people.new(Role.LEADER))


def _comes(told: Callable[[], bool]) -> None:
    assert wait_until(told, PATIENCE)


def test_two_leaders_erase_who_told_it_and_the_certificate_says_so(
    scene: Scene, officer: Browser, leader: Browser, second: Browser
) -> None:
    clue_id = filed(scene, scene.people.known(Role.OFFICER).account_id, ACCEPTED)
    case = f"/clues/{clue_id}"
    _comes(lambda: "赵某" in officer.open(case).main)
    (way,) = officer.open(case).tree.select('main a[href^="/erasures/clues/new"]')
    form = officer.open(str(way["href"]))
    again = officer.send(form, scope="whole", reason="")
    assert again.error_at("reason") == "请填写此项。"
    again = officer.send(again, scope="whole", reason=REASON)
    assert "该事项还没有办结" in again.main
    asked = officer.send_once(again, scope="reporter", reason=REASON)
    assert "不能恢复" in asked.main
    page = officer.send(again, scope="reporter", reason=REASON)
    assert "须由两名负责人分别批准" in page.main
    assert "由负责人决定。" in page.main
    path = page.url.partition("?")[0].removeprefix(officer.url)

    page = leader.send(leader.open(f"{path}/approval"))
    assert "已有一人批准" in page.main
    assert "您已经申请或者批准过" in page.main
    refused = leader.send(leader.open(f"{path}/approval"))
    assert "同一人不能既申请又批准" in refused.main
    assert "赵某" in officer.open(case).main, "one leader alone erases nothing"
    seen = second.open(path)
    assert "测试人员" in seen.main
    assert "账号" not in seen.main, "who has asked and who has approved are named"
    second.send(second.open(f"{path}/approval"))
    _comes(lambda: bool(second.open(path).tree.select('main a[href$="/papers/certificate"]')))
    _comes(lambda: "赵某" not in officer.open(case).main)
    paper = second.file(f"/api/v1{path}/papers/certificate")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_before_it_is_erased_there_is_no_certificate_and_others_find_nothing(
    scene: Scene, leader: Browser, app: Flask, people: People
) -> None:
    path = f"/erasures/clues/{requested(scene, 'clues')}"
    _comes(lambda: leader.open(path).status == 200)
    assert leader.file(f"/api/v1{path}/papers/certificate").status_code == 404
    elsewhere = signed_in(app, people, people.new(Role.LEADER, division="430300"))
    assert elsewhere.open(path).status == 404
    assert elsewhere.open(f"{path}/approval").status == 404


def test_what_the_law_keeps_is_locked_and_read_by_two_together(
    scene: Scene, officer: Browser, leader: Browser, second: Browser
) -> None:
    clue_id = filed(scene, scene.people.known(Role.OFFICER).account_id, ACCEPTED)
    case = f"/clues/{clue_id}"
    _comes(lambda: "赵某" in officer.open(case).main)
    form = officer.open(f"/erasures/clues/new?stream=clue-{clue_id}")
    asked = officer.send(form, scope="reporter", reason=REASON)
    path = asked.url.partition("?")[0].removeprefix(officer.url)
    _comes(lambda: leader.open(path).status == 200)
    page = leader.send(leader.open(f"{path}/lock"), ground="proceedings", reasons="复议正在进行")
    assert page.error_at("locked_until") == "请填写此项。"
    page = leader.send(page, **boxes_of("locked_until", "2093-03-01"))
    assert "已封存" in page.main
    _comes(lambda: "赵某" not in officer.open(case).main)
    for browser in (leader, second):
        browser.send(browser.open(f"{path}/reading"), purpose="复议机关依法调取")
    _comes(lambda: "查阅有效至" in leader.open(path).main)
    _comes(lambda: "赵某" in leader.open(case).main)
    assert "赵某" not in officer.open(case).main


def test_a_reporter_is_told_that_their_case_is_locked_and_what_that_means(
    scene: Scene, app: Flask, browser: Browser
) -> None:
    its = reported(app, scene.bureau)
    handling = scene.people.known(Role.OFFICER).account_id
    declined = {"ground": "not_enforcement", "reasons": TEXT}
    go_on(scene, handling, its.clue_id, [("DeclineClue", declined)])
    go_on(scene, handling, its.clue_id, [("GiveFeedback", {**TELL, "text": TEXT})])
    about = {"erasure_id": new_id()}
    asked = {"stream": f"clue-{its.clue_id}", "scope": "whole", "reason": REASON}
    for actor, command, told in ((OFFICER, "RequestErasure", asked), (LEADER, "LockSubject", LOCK)):
        scene.bureau.client.command(actor, "clues", command, {**about, **told})
    browser.send(browser.open("/report/progress"), receipt_code=its.code)
    _comes(lambda: "内容已依法封存" in browser.open("/report/progress").main)
    page = browser.open("/report/progress")
    assert "封存的内容没有删除" in page.main
    assert "（已依法封存）" in page.main
    assert "已依法删除" not in page.main
