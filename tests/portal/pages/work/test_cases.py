"""Cases at the pages: what the list and the case say, and what forms do when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import (
    ACCEPTED,
    CLAIM,
    FED_BACK,
    OWED,
    REFERRED,
    Step,
    clue,
    go_on,
    opinion,
    referral_of,
)
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff
from tests.portal.pages.work.entering import send, wait_for
from tests.portal.people import People
from tests.system.bureau import ANYONE, LEADER, OFFICER, OTHER_DISTRICT, Bureau, new_id

TEXT = "经核实，情况属实。"


@dataclass(frozen=True)
class Cases:
    """Clues about a body that nobody else complains of, handled by the known officer."""

    scene: Scene
    officer_id: str
    body: str

    def filed(self, steps: list[Step] | None = None, **instead: Any) -> str:
        """A clue so far on its way, which is shown."""
        clue_id, bureau = new_id(), self.scene.bureau
        told = {**clue("form"), "body": self.body, **instead}
        send(bureau, ANYONE, "FileClue", clue_id=clue_id, reporter_id=new_id(), **told)
        go_on(self.scene, self.officer_id, clue_id, steps or [])
        self.show(clue_id)
        return clue_id

    def show(self, clue_id: str) -> None:
        """Wait for something that nobody minds, and with it for all that was done before."""
        bureau, people = self.scene.bureau, {"account_id": new_id(), "tie": "relative"}
        send(bureau, LEADER, "RecuseOfficer", clue_id=clue_id, **people, reasons=TEXT)
        asked = {"clue_id": clue_id, "purpose": "查看办理情况"}
        bureau.client.query(OFFICER, "clues", "OpenClue", asked, after=bureau.last)


@pytest.fixture(scope="module")
def scene(bureau: Bureau, people: People) -> Scene:
    return Scene(bureau, people)


@pytest.fixture
def cases(scene: Scene, people: People) -> Cases:
    officer_id = people.known(Role.OFFICER).account_id
    return Cases(scene, officer_id, f"市水利局{new_id()[:6]}")


def rows(page: Page) -> list[str]:
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page.tree.select("tbody tr")]


def test_the_list_tells_urgency_retaliation_limits_and_who_handles_it(
    cases: Cases, officer: Browser
) -> None:
    plain = cases.filed(ACCEPTED)
    urgent = cases.filed(urgent=True, division=OTHER_DISTRICT)
    page = officer.open(f"/clues?body={cases.body}")
    first, second = rows(page)
    assert urgent[:8] in first
    assert "紧急" in first
    assert "受理审查：" in first
    assert "尚未指定" in first
    assert plain[:8] in second
    assert "全案办理：" in second
    assert "测试人员" in second
    assert "对同行企业检查时" not in page.main, "words are told to who opens it"

    (mine,) = rows(officer.open(f"/clues?body={cases.body}&mine=1"))
    assert plain[:8] in mine
    (there,) = rows(officer.open(f"/clues?body={cases.body}&district={OTHER_DISTRICT}"))
    assert urgent[:8] in there
    assert rows(officer.open(f"/clues?body={cases.body}&late=1")) == []
    assert len(rows(officer.open(f"/clues?body={cases.body}&status=nonsense&kind=x"))) == 2
    assert officer.open("/clues?body=%00&cursor=nonsense").status == 200


def test_the_desk_shows_what_is_most_pressing(
    cases: Cases, officer: Browser, leader: Browser
) -> None:
    cases.filed(urgent=True)
    mine = cases.filed(ACCEPTED)
    desk = officer.open("/desk")
    assert "待受理的线索" in desk.main
    assert "紧急" in desk.main
    found = officer.open("/clues?mine=1")
    assert "我承办的线索" in desk.main
    assert mine[:8] in found.main or "下一页" in found.main
    assert leader.open("/desk").status == 200


def test_the_desk_leads_to_what_of_mine_is_open_and_to_opinions_without_an_answer(
    cases: Cases, officer: Browser
) -> None:
    bureau, done, opinion_id = cases.scene.bureau, new_id(), new_id()
    told = {**clue("form"), "body": cases.body}
    send(bureau, ANYONE, "FileClue", clue_id=done, reporter_id=new_id(), **told)
    go_on(cases.scene, cases.officer_id, done, FED_BACK)
    send(bureau, ANYONE, "FileOpinion", opinion_id=opinion_id, reporter_id=new_id(),
         **opinion("form"))  # fmt: skip
    wait_for(bureau, "OpenOpinionFiled", entry_id=opinion_id, purpose="办理")
    at_work = cases.filed(ACCEPTED)
    desk = officer.open("/desk")
    (mine,) = desk.tree.select('main a[href^="/clues?mine=1"]')
    assert desk.tree.select('main a[href^="/opinions-filed/"]')
    assert "意见建议答复：" in desk.main

    (row,) = rows(officer.open(f"{mine['href']}&body={cases.body}"))
    assert at_work[:8] in row
    assert len(rows(officer.open(f"/clues?mine=1&body={cases.body}"))) == 2
    (ended,) = rows(officer.open(f"/clues?open=no&body={cases.body}"))
    assert done[:8] in ended
    assert "意见建议答复：" in officer.open("/opinions-filed").main
    assert officer.open("/opinions-filed?status=told").status == 200


def test_a_question_before_what_stays_tells_whose_it_is_in_words(
    cases: Cases, officer: Browser
) -> None:
    form = officer.open(f"/clues/{cases.filed()}/recusal")
    asked = officer.send_once(form, account_id=cases.officer_id, tie="relative", reasons=TEXT)
    assert cases.body in asked.main
    assert "与当事人有亲属关系" in asked.main
    assert "relative" not in asked.main
    assert cases.officer_id not in asked.main


def test_a_case_is_not_there_for_another_districts_officer(cases: Cases, staff: Staff) -> None:
    clue_id = cases.filed(division=OTHER_DISTRICT)
    for path in ("", "/acceptance", "/handlers"):
        assert staff(Role.OFFICER, "430211").open(f"/clues/{clue_id}{path}").status == 404
        assert staff(Role.OFFICER).open(f"/clues/{clue_id}{path}").status == 200


def test_what_is_not_possible_says_why_in_place_of_its_form(cases: Cases, officer: Browser) -> None:
    clue_id = cases.filed()
    page = officer.open(f"/clues/{clue_id}/verification-conclusion")
    assert "线索处于“核实中”时办理。" in page.main
    assert page.tree.select_one("main form") is None
    case = officer.open(f"/clues/{clue_id}")
    assert "受理" in case.main
    accepted = officer.send(officer.open(f"/clues/{clue_id}/acceptance"))
    assert "线索已受理" in accepted.main
    assert "开始核实：本件还没有承办人，请先指定承办人。" in accepted.main


def test_what_was_typed_stays_when_somebody_was_faster(cases: Cases, officer: Browser) -> None:
    clue_id = cases.filed()
    form = officer.open(f"/clues/{clue_id}/declining")
    cases.show(clue_id)
    typed = {"ground": "not_enforcement", "reasons": "属于民事纠纷。"}
    page = officer.send(form, **typed)
    assert page.status == 409
    assert shown_value(page, "reasons") == "属于民事纠纷。"
    page = officer.send(page)
    assert "不予受理已登记" in page.main
    assert "不予受理告知书（PDF）" in page.main
    paper = officer.file(page.one('main a[href*="/papers/declining"]')["href"])
    assert paper.headers["Content-Type"] == "application/pdf"


def test_a_unit_inspected_too_often_is_named(scene: Scene, officer: Browser) -> None:
    unit, bureau = f"某食品厂{new_id()[:6]}", scene.bureau
    noted = {"division": OTHER_DISTRICT, "body": "市应急管理局", "unit": unit}
    on = {"inspected_on": bureau.today.isoformat()}
    for _ in range(4):
        send(bureau, OFFICER, "NoteInspection", inspection_id=new_id(), **noted, **on)
    form = officer.open("/inspections/new")
    other = {"unit": unit, "body": "市消防救援支队"}
    wrong = officer.send(form, **other, **{"inspected_on-year": "2999"})
    assert wrong.error_at("inspected_on") == "检查日期不能晚于今天。"
    page = officer.send(wrong, **{"inspected_on-year": str(bureau.today.year)})
    assert "检查已登记。" in page.main
    (row,) = [its for its in rows(page) if unit in its]
    assert "市应急管理局、市消防救援支队" in row
    assert "5" in row


def test_a_similar_case_is_one_click_from_being_joined(cases: Cases, officer: Browser) -> None:
    main, other = cases.filed(ACCEPTED), cases.filed()
    case = officer.open(f"/clues/{other}")
    assert "机关、类型、区划" in case.main
    path = case.one(f'main a[href*="joining?into={main}"]')["href"]
    form = officer.open(str(path))
    assert shown_value(form, "into_clue_id") == main
    page = officer.send(form, into_clue_id=new_id(), reasons="同一处罚。")
    assert page.error_at("into_clue_id") == "没有找到正在办理的该件线索，请核对编号。"
    page = officer.send(page, into_clue_id=main)
    assert "已并案" in page.main
    assert page.one(f'main a[href="/clues/{main}"]')
    assert "并入本件一并办理" in officer.open(f"/clues/{main}").main


def test_whoever_stays_out_reads_it_no_more(cases: Cases, staff: Staff, people: People) -> None:
    clue_id, officer = cases.filed(), staff(Role.OFFICER)
    form = officer.open(f"/clues/{clue_id}/recusal")
    assert len(form.tree.select('main input[name="account_id"]')) == 1, "one speaks for oneself"
    page = officer.send(form, account_id=cases.officer_id, tie="relative", reasons=TEXT)
    assert "回避已登记。" in page.main
    assert page.one("h1").get_text() == "问题线索"
    kept_out = officer.open(f"/clues/{clue_id}")
    assert kept_out.status == 422
    assert "应当回避" in kept_out.main
    assert "对同行企业检查时" not in kept_out.main


def test_a_body_is_shown_its_own_referrals_and_nobody_elses(
    cases: Cases, staff: Staff, people: People
) -> None:
    clue_id = cases.filed(REFERRED)
    path = f"/referrals/{referral_of(clue_id)}"
    body = staff(Role.ENFORCEMENT_BODY)
    page = body.open(path)
    assert "请核查答复罚款事项" in page.main
    assert "对同行企业检查时" not in page.main
    assert cases.body in page.main
    assert body.open(f"/clues/{clue_id}").status == 403
    elsewhere = staff(Role.ENFORCEMENT_BODY, "430300")
    assert elsewhere.open(path).status == 404
    assert elsewhere.post(path, clue_id=clue_id, facts=TEXT).status in (400, 403, 404)
    refused = body.send(body.open(f"{path}/refusal"))
    assert refused.error_at("reasons") == "请写明为什么不予接办。"
    gone = body.send(refused, reasons="不属于本单位职责。")
    assert "不予接办已登记" in gone.main
    assert "本次转办不予接办。" in body.open(f"{path}/refusal").main


def test_an_answer_without_a_word_is_told_what_it_lacks(cases: Cases, staff: Staff) -> None:
    body = staff(Role.ENFORCEMENT_BODY)
    clue_id = cases.filed(REFERRED)
    page = body.send(body.open(f"/referrals/{referral_of(clue_id)}"))
    assert page.status == 422
    assert page.error_at("facts") == "请写明事实、依据、处理措施和退还情况。"


def test_what_a_case_waits_for_is_stopped_and_runs_on(cases: Cases, staff: Staff) -> None:
    clue_id, leader, officer = cases.filed(REFERRED), staff(Role.LEADER), staff(Role.OFFICER)
    form = leader.open(f"/clues/{clue_id}/pause")
    assert "受转单位答复" in form.main
    assert "退还付款" not in form.main, "nothing is owed"
    page = leader.send(form, ground="expert", reasons=TEXT)
    assert page.error_at("limits") == "请至少勾选一项期限。"
    page = leader.send(page, limits="answer")
    assert "已中止计算期限。" in page.main
    stopped = [its.get_text() for its in page.tree.select("main .steps-list li")]
    assert [line for line in stopped if "中止计算" in line and "剩余" in line][:2]
    form = officer.open(f"/clues/{clue_id}/resumption")
    page = officer.send(form, reasons=TEXT)
    assert "已恢复计算期限" in page.main
    assert "没有中止计算的期限" in officer.open(f"/clues/{clue_id}/resumption").main


def test_a_refund_is_ordered_by_a_document_of_the_case(cases: Cases, staff: Staff) -> None:
    """And what is not ordered is closed with reasons alone."""
    clue_id, leader = cases.filed(OWED), staff(Role.LEADER)
    form = leader.open(f"/clues/{clue_id}/refund-order?about={CLAIM}")
    assert shown_value(form, "document_number") == "1号"
    page = leader.send(leader.open(f"/clues/{clue_id}/closing"), summary=TEXT)
    assert "没有全部责令退还" in page.error_at("unordered_reasons")
    page = leader.send(page, unordered_reasons="企业书面放弃。")
    assert "本件已办结" in page.main
    assert "企业书面放弃。" in page.main
