"""A review by its group: who is in it and who stays out, what it records, asks and votes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests import files
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.portal.people import People
from tests.system.bureau import DISTRICT, LEADER, NO_INTERESTS, REVIEWER, Bureau, review_check

KIND = UnitKind.CHAMBER
MET = {"participants": "街道办事处、社区网格员", "minutes": "走访了经营场所，反映良好。"}


@pytest.fixture
def batch_id(bureau: Bureau) -> str:
    """One of this test's own: its group is made here."""
    return bureau.open_batch()


@pytest.fixture
def member(people: People) -> str:
    """The known reviewer's account."""
    return people.known(Role.REVIEWER).account_id


@pytest.fixture
def reviewed(bureau: Bureau, batch_id: str) -> str:
    """An application under review, its batch without a group yet."""
    application_id = bureau.apply(batch_id, KIND)
    bureau.pass_form(application_id)
    return application_id


def test_a_leader_appoints_a_group_and_its_members_declare_their_ties(
    leader: Browser, reviewer: Browser, bureau: Bureau, batch_id: str, member: str
) -> None:
    form = _open(leader, bureau, f"/batches/{batch_id}/review-group")
    told = leader.send(form, chair=member)
    assert told.error_at("member_ids") == "请至少勾选一名成员，最多 50 名。"
    page = leader.send(told, member_ids=[member], chair=member)
    assert page.status == 200, page.main
    assert "资格审查小组已成立" in page.main
    assert "尚未申报" in page.main
    form = reviewer.open(f"/batches/{batch_id}/interests")
    declared = {"employer_name": "某机械公司", "bodies": "市工商联\n市商会\n"}
    asked = reviewer.send_once(form, "main form", **declared, district=DISTRICT)
    assert "申报后不能修改或者撤回" in asked.main
    page = reviewer.send(form, **declared)
    assert page.status == 200, page.main
    assert "利益关系已申报" in page.main
    assert "尚未申报" not in page.main
    form = leader.open(f"/batches/{batch_id}/review-group")
    told = leader.send(form)
    assert told.status == 422
    assert told.error_at("reasons") == "请写明为什么调整。"


def test_somebody_outside_a_group_declares_nothing(
    reviewer: Browser, bureau: Bureau, batch_id: str
) -> None:
    bureau.applications(batch_id)
    assert reviewer.open(f"/batches/{batch_id}/interests").status == 404


def test_an_officer_declares_ties_too_also_one_of_a_district(
    officer: Browser, staff: Staff, bureau: Bureau, batch_id: str, member: str
) -> None:
    group = {"batch_id": batch_id, "member_ids": [member], "chair": member}
    bureau.send(LEADER, "AppointReviewGroup", group)
    for someone in (officer, staff(Role.OFFICER, DISTRICT)):
        form = _open(someone, bureau, f"/batches/{batch_id}/interests")
        page = someone.send(form, employer_name="某机械公司")
        assert page.status == 200, page.main
        assert "利益关系已申报" in page.main
    assert staff(Role.OFFICER, "430300").open(f"/batches/{batch_id}/interests").status == 404


def test_visits_talks_and_flags_stand_in_the_record(
    officer: Browser, reviewer: Browser, bureau: Bureau, reviewed: str
) -> None:
    here = f"/applications/{reviewed}/review"
    for kind, said in (("visit", "走访记录已登记"), ("talk", "座谈记录已登记")):
        told = officer.send(_open(officer, bureau, f"{here}/{kind}"), minutes="x")
        assert told.error_at("participants") == "请填写参加人员。"
        page = officer.send(told, **MET)
        assert page.status == 200, page.main
        assert said in page.main
    assert MET["minutes"] in page.main
    flagged = review_check(reviewed, "violations_and_penalties", "flagged")
    bureau.send(REVIEWER, "RecordReviewCheck", flagged)
    form = _open(reviewer, bureau, f"{here}/flag")
    given = {"resolution": "cleared", "reasons": "处罚轻微，已经改正。"}
    question = reviewer.send_once(form, **given)
    assert "认定后不能更改" in question.main
    assert "不影响资格" in question.main
    page = reviewer.send(form, **given)
    assert page.status == 200, page.main
    assert "存疑项的认定已登记" in page.main
    assert "处罚轻微，已经改正。" in page.main


def test_an_enforcement_body_answers_what_it_was_asked(
    officer: Browser, staff: Staff, bureau: Bureau, reviewed: str
) -> None:
    body = staff(Role.ENFORCEMENT_BODY)
    form = _open(officer, bureau, f"/applications/{reviewed}/review/opinion")
    told = officer.send(form, source="enforcement_body")
    assert told.error_at("body") == "请选择可以在线答复的单位，或者填写单位名称。"
    assert "unit-1" in {str(its["value"]) for its in told.tree.select("#field-body_unit option")}
    page = officer.send(told, body_unit="unit-1")
    assert "征求意见已发出" in page.main
    assert "unit-1" in page.main  # named as its accounts are, where nothing else is given
    path = str(page.one('a[href^="/opinions/"]')["href"])
    assert path in {str(each["href"]) for each in body.open("/opinions").tree.select("main a")}
    form = body.open(path)
    assert "李一" not in form.main  # only about whom, not who is to be called
    told = body.send(form, view="concerns")
    assert told.error_at("text") == "请写明具体意见和依据。"
    page = body.send(told, text="去年有一次整改。")
    assert "答复已登记" in page.main
    assert "有顾虑" in page.main
    assert "view" not in form_fields(page)
    assert "有顾虑" in officer.open(f"/applications/{reviewed}/review").main


def test_who_takes_back_an_opinion_is_asked_whether_they_are_sure(
    officer: Browser, bureau: Bureau, reviewed: str
) -> None:
    form = _open(officer, bureau, f"/applications/{reviewed}/review/opinion")
    page = officer.send(form, source="enforcement_body", body="市城市管理局")
    (link,) = [
        its for its in page.tree.select('a[href^="/opinions/"]') if "市城市管理局" in its.text
    ]
    form = officer.open(f"{link['href']}/withdrawal")
    assert officer.send(form).error_at("reasons") == "请写明为什么收回。"
    question = officer.send_once(form, reasons="征求错了单位。")
    assert "收回后不能恢复" in question.main
    assert "市城市管理局" in question.main
    assert "征求意见已收回" in officer.send(form, reasons="征求错了单位。").main


def test_members_vote_once_and_the_conclusion_counts_them(
    reviewer: Browser, bureau: Bureau, batch_id: str, reviewed: str, member: str
) -> None:
    group = {"batch_id": batch_id, "member_ids": [member], "chair": member}
    bureau.check(reviewed, KIND)
    bureau.examine(reviewed)
    bureau.send(LEADER, "AppointReviewGroup", group)
    declared = {**NO_INTERESTS, "batch_id": batch_id, "member_id": member}
    bureau.send(replace(REVIEWER, id=member), "DeclareInterests", declared)
    form = _open(reviewer, bureau, f"/applications/{reviewed}/review/vote")
    told = reviewer.send(form)
    assert told.error_at("in_favour") == "请选择赞成还是反对。"
    page = reviewer.send(told, in_favour="for")
    assert "投票已登记" in page.main
    assert "赞成 1 票，反对 0 票" in page.main
    again = reviewer.open(f"/applications/{reviewed}/review/vote")
    assert "in_favour" not in form_fields(again)
    assert "您已经对该申报单位投过票" in again.main
    form = reviewer.open(f"/applications/{reviewed}/conclusion")
    assert "votes_for" not in form_fields(form)
    page = reviewer.send(form, conclusion="qualified")
    assert "资格审查结论已登记" in page.main


def test_who_stays_out_of_a_review_votes_no_more(
    reviewer: Browser, leader: Browser, bureau: Bureau, batch_id: str, reviewed: str, member: str
) -> None:
    group = {"batch_id": batch_id, "member_ids": [member, REVIEWER.id], "chair": member}
    bureau.send(LEADER, "AppointReviewGroup", group)
    form = _open(reviewer, bureau, f"/applications/{reviewed}/review/recusal")
    told = reviewer.send(form)
    assert told.error_at("reasons") == "请写明为什么回避。"
    page = reviewer.send(told, reasons="与单位负责人是亲属。")
    assert "您不再参与对该单位的审查" in page.main
    assert "本人申请回避" in page.main
    asked = reviewer.open(f"/applications/{reviewed}/review/vote")
    assert "in_favour" not in form_fields(asked)
    page = leader.send(leader.open(f"/applications/{reviewed}/review"), 'form[action$="/recusals"]')
    assert "回避情形已核对并登记" in page.main


def _open(browser: Browser, bureau: Bureau, path: str) -> Page:
    page = browser.open(f"{path}?{after(bureau)}")
    assert page.status == 200, page.main
    return page


def test_a_check_and_a_written_answer_name_the_documents_that_bear_them_out(
    officer: Browser, reviewer: Browser, bureau: Bureau, reviewed: str
) -> None:
    brought = officer.bring(
        _open(officer, bureau, f"/applications/{reviewed}/documents"),
        *("查询结果.pdf", files.pdf(), "application/pdf"),
        kind="review_evidence",
    )
    assert "材料已上传" in brought.main
    checks = f"/applications/{reviewed}/checks?check=tax_arrears"
    form = reviewer.open(f"{checks}&{after(bureau)}")
    (document,) = (str(box["value"]) for box in form.tree.select('input[name="documents"]'))
    page = reviewer.send(form, finding="passed", evidence="查询无欠税。", documents=document)
    assert page.status == 200, page.main
    again = reviewer.open(f"{checks}&{after(bureau)}")
    assert again.one('input[name="documents"]').has_attr("checked")
    shown = _open(officer, bureau, f"/applications/{reviewed}/review")
    assert shown.tree.select(f'a[href$="/documents/{document}/file"]')

    asked = officer.send(
        _open(officer, bureau, f"/applications/{reviewed}/review/opinion"),
        **{"source": "street", "body": "天元区某街道办事处"},
    )
    answer = officer.open(str(asked.one('a[href^="/opinions/"]')["href"]))
    page = officer.send(answer, view="no_objection", text="书面答复。", document=document)
    assert "答复已登记" in page.main, page.main
    assert page.tree.select(f'a[href$="/documents/{document}/file"]')
