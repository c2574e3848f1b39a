"""One application, and the forms of each decision about it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from deploy.local.processes import wait_until
from services.registry.domain.review import checks_for
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import after, form_fields
from tests.portal.people import People
from tests.system.bureau import LEADER, NO_INTERESTS, REVIEWER, Bureau, review_check
from tests.system.installation import PATIENCE, Installation

REASONS = "营业执照复印件缺少年度报告页。\n请补正后参加下一批次。"
CHAMBER = UnitKind.CHAMBER
FORMS = {
    "checks": {"finding": "passed", "evidence": "经查询，未发现问题。"},
    "political-direction": {
        "party_organisation": "branch",
        "interviewed": "党组织书记",
        "minutes": "政治方向正确。",
        "finding": "passed",
    },
    "governance-ability": {
        **dict.fromkeys(("self_discipline", "mediation", "oversight"), "passed"),
        "evidence": "章程和调解台账齐全。",
    },
}
"""What is typed into the form of each check."""


@pytest.fixture(scope="module")
def member(people: People) -> str:
    """The known reviewer's account."""
    return people.known(Role.REVIEWER).account_id


@pytest.fixture(scope="module")
def batch_id(bureau: Bureau, member: str) -> str:
    """A batch with a review group of the two that act here, who have no interests."""
    batch_id = bureau.open_batch(places=200)
    group = {"batch_id": batch_id, "member_ids": [member, REVIEWER.id], "chair": member}
    bureau.send(LEADER, "AppointReviewGroup", group)
    for each in (member, REVIEWER.id):
        declared = {**NO_INTERESTS, "batch_id": batch_id, "member_id": each}
        bureau.send(replace(REVIEWER, id=each), "DeclareInterests", declared)
    return batch_id


def votes_for(bureau: Bureau, application_id: str, *members: str) -> None:
    for each in members:
        vote = {"application_id": application_id, "in_favour": True}
        bureau.send(replace(REVIEWER, id=each), "CastVote", vote)


@pytest.fixture
def submitted(bureau: Bureau, batch_id: str) -> str:
    return bureau.apply(batch_id, CHAMBER)


@pytest.fixture
def under_review(bureau: Bureau, submitted: str) -> str:
    bureau.pass_form(submitted)
    return submitted


def test_an_application_shows_facts_and_what_may_be_done_next(
    officer: Browser, bureau: Bureau, submitted: str
) -> None:
    page = _open(officer, bureau, submitted)
    (name,) = page.texts("h1")
    assert name.startswith("测试单位")
    assert name not in page.one("title").get_text()  # titles end up in histories
    assert "李一" in page.main
    assert "本次查阅用途：办理申报" in page.main
    possible = page.texts("main section .button")
    assert possible == ["通过形式审查", "不予通过形式审查", "要求补正"]
    assert "集体研究，列入名单：申报处于“审查合格”时办理。" in page.main
    assert page.texts(".timeline-title") == ["申报已提交"]


def test_it_says_whose_turn_it_is(reviewer: Browser, bureau: Bureau, submitted: str) -> None:
    page = _open(reviewer, bureau, submitted)
    assert "现在没有需要您办理的步骤" in page.main
    assert "通过形式审查：由经办人员办理。" in page.main


def test_what_is_missing_for_a_conclusion_is_named(
    reviewer: Browser, bureau: Bureau, under_review: str
) -> None:
    page = _open(reviewer, bureau, under_review)
    assert "作出“符合条件”的结论：还有审查项没有完成：违法和处罚记录、欠税" in page.main
    assert "登记审查项结果" in page.texts("main section .button")


@pytest.mark.parametrize("path", ["", "/formal-check"])
def test_what_is_no_application_is_not_found(officer: Browser, path: str) -> None:
    for name in ("x", str(uuid.uuid4())):
        assert officer.open(f"/applications/{name}{path}").status == 404


def test_passing_the_formal_check(officer: Browser, bureau: Bureau, submitted: str) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    page = officer.send(form, decision="pass")
    assert page.status == 200
    assert "形式审查结果已登记" in page.main
    assert "资格审查中" in page.texts(".tag")
    assert page.texts(".timeline-title")[-1] == "形式审查已通过"


def test_sent_twice_it_is_one_decision(officer: Browser, bureau: Bureau, submitted: str) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    first, second = (officer.send(form, decision="pass") for _ in range(2))
    assert first.status == second.status == 200
    assert first.texts(".timeline-title") == second.texts(".timeline-title")


def test_a_decision_without_reasons_comes_back_with_what_was_typed(
    officer: Browser, bureau: Bureau, submitted: str
) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    page = officer.send(form, decision="fail", reasons=REASONS)
    assert page.status == 422
    assert page.one("title").get_text().startswith("错误：")
    assert page.error_at("grounds") == "不予通过的，请至少选择一项原因。"
    (link,) = page.tree.select(".error-summary a")
    assert link["href"] == "#field-grounds"
    assert shown_value(page, "reasons") == REASONS
    assert shown_value(page, "decision") == "fail"
    assert shown_value(page, "command_id") == shown_value(form, "command_id")
    done = officer.send(page, grounds="documents_incomplete")
    assert "未通过" in done.texts(".tag")
    assert "形式审查阶段：材料不齐" in done.main
    assert "请补正后参加下一批次" in done.main
    assert REASONS.splitlines()[0] not in done.url


def test_deciding_nothing_is_told(officer: Browser, bureau: Bureau, submitted: str) -> None:
    page = officer.send(_open(officer, bureau, submitted, "/formal-check"))
    assert page.status == 422
    assert page.error_at("decision") == "请选择通过还是不予通过。"


def test_who_comes_second_sees_the_new_state_beside_what_was_typed(
    officer: Browser, bureau: Bureau, submitted: str
) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    bureau.pass_form(submitted)
    page = officer.send(form, decision="fail", grounds="documents_incomplete", reasons=REASONS)
    assert page.status == 409
    assert "内容已被他人更新" in page.one(".error-summary").get_text()
    assert "资格审查中" in page.texts(".tag")
    assert page.texts(".timeline-title")[-1] == "形式审查已通过"
    assert shown_value(page, "reasons") == REASONS
    assert shown_value(page, "expected_version") == "2"
    again = officer.send(page)
    assert again.status == 422
    assert "当前状态下不能办理此步骤" in again.one(".error-summary").get_text()


def test_what_is_done_already_has_no_form(
    officer: Browser, bureau: Bureau, under_review: str
) -> None:
    page = _open(officer, bureau, under_review, "/formal-check")
    assert page.status == 200
    assert "decision" not in form_fields(page)
    assert "通过形式审查：申报处于“待形式审查”时办理。" in page.main


def test_a_reviewer_is_led_from_check_to_check_and_on_to_the_conclusion(
    reviewer: Browser, bureau: Bureau, under_review: str, member: str
) -> None:
    page = _open(reviewer, bureau, under_review, "/checks")
    asked = []
    while not page.url.partition("?")[0].endswith("/review/vote"):
        form = page.url.partition("?")[0].rpartition("/")[2]
        asked.append(shown_value(page, "check") or form.replace("-", "_"))
        page = reviewer.send(page, **FORMS[form])
        assert page.status == 200, page.main
    assert set(asked) == checks_for(CHAMBER)
    assert "/vote?" in page.url
    question = reviewer.send_once(page, in_favour="for", reasons="情况属实。\n没有问题。")
    assert question.texts("h1") == ["请核对：投票"]
    assert "单位 测试单位" in question.main
    assert "赞成，认定为符合条件" in question.main
    back = reviewer.send_once(question, "form[data-sure]", sure="back")
    assert back.status == 200
    assert shown_value(back, "in_favour") == "for"
    assert shown_value(back, "reasons").replace("\r\n", "\n") == "情况属实。\n没有问题。"
    assert shown_value(back, "command_id") == shown_value(page, "command_id")
    assert "投票已登记" in reviewer.send(back).main
    votes_for(bureau, under_review, REVIEWER.id)
    page = reviewer.open(f"/applications/{under_review}/checks?{after(bureau)}")
    assert "/conclusion?" in page.url
    page = _open(reviewer, bureau, under_review, "/conclusion")
    assert (
        "审查记录中还缺少：走访或者座谈、征求街道（社区）意见、征求行政执法机关意见。" in page.main
    )
    bureau.examine(under_review)
    page = _open(reviewer, bureau, under_review, "/conclusion")
    page = reviewer.send(page, conclusion="qualified")
    assert "资格审查结论已登记" in page.main
    assert "审查合格" in page.texts(".tag")
    assert "符合条件，赞成 2 票，反对 0 票。" in page.main


def test_nobody_is_led_to_a_vote_before_every_check_is_made(
    reviewer: Browser, bureau: Bureau, under_review: str
) -> None:
    page = _open(reviewer, bureau, under_review)
    assert "投票：还有审查项没有完成：" in page.main
    assert not page.tree.select(f'a[href="/applications/{under_review}/review/vote"]')
    asked = _open(reviewer, bureau, under_review, "/review/vote")
    assert "in_favour" not in form_fields(asked)
    assert "由资格审查小组成员登记。" in asked.main


def test_a_check_with_a_form_of_its_own_is_made_there(
    reviewer: Browser, bureau: Bureau, under_review: str
) -> None:
    asked = f"/applications/{under_review}/checks?check=political_direction"
    page = reviewer.open(f"{asked}&{after(bureau)}")
    assert page.url.partition("?")[0].endswith("/review/political-direction")
    page = _open(reviewer, bureau, under_review, "/checks")
    assert "political_direction" not in {str(its["value"]) for its in page.tree.select("option")}


def test_a_check_that_is_wrong_is_told_at_its_fields(
    reviewer: Browser, bureau: Bureau, under_review: str
) -> None:
    form = _open(reviewer, bureau, under_review, "/checks")
    page = reviewer.send(form, check="", evidence="  ")
    assert page.error_at("check") == "请选择审查项。"
    assert page.error_at("finding") == "请选择结果。"
    assert page.error_at("evidence") == "请写明查了什么、查到什么。"
    page = reviewer.send(page, check="tax_arrears", finding="flagged", evidence="金额有争议")
    assert page.error_at("finding") == "该项只能认定为合格或不合格，不能存疑。"
    assert shown_value(page, "evidence") == "金额有争议"


def test_a_check_can_be_made_again(reviewer: Browser, bureau: Bureau, under_review: str) -> None:
    bureau.send(REVIEWER, "RecordReviewCheck", review_check(under_review, finding="failed"))
    page = reviewer.open(f"/applications/{under_review}/checks?check=tax_arrears&{after(bureau)}")
    assert shown_value(page, "finding") == "failed"
    assert "情况属实" in shown_value(page, "evidence")
    page = reviewer.send(page, finding="passed", evidence="已补缴，有完税证明。")
    assert "已补缴，有完税证明。" in page.main


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"conclusion": ""}, "conclusion", "请选择结论。"),
        ({"grounds": "tax_arrears"}, "grounds", "结论为符合条件的，不需要选择原因"),
        ({"conclusion": "not_qualified"}, "grounds", "结论为不符合条件的，请至少选择一项原因。"),
    ],
)
def test_a_conclusion_that_is_wrong_is_told_at_its_field(
    reviewer: Browser,
    bureau: Bureau,
    checked: str,
    typed: dict[str, str],
    field: str,
    said: str,
) -> None:
    form = reviewer.open(f"/applications/{checked}/conclusion?{after(bureau)}")
    page = reviewer.send(form, **{"conclusion": "qualified", **typed})
    assert page.status == 422
    assert page.error_at(field).startswith(said)


@pytest.fixture(scope="module")
def checked(bureau: Bureau, batch_id: str, member: str) -> str:
    """An application that the group may conclude about."""
    application_id = bureau.apply(batch_id, CHAMBER)
    bureau.pass_form(application_id)
    bureau.check(application_id, CHAMBER)
    bureau.examine(application_id)
    votes_for(bureau, application_id, member, REVIEWER.id)
    return application_id


def test_while_the_service_is_away_nothing_typed_is_lost(
    officer: Browser, bureau: Bureau, submitted: str, healed: Installation
) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    healed.kill("registry-api")
    typed = {"decision": "fail", "grounds": "documents_incomplete", "reasons": REASONS}
    page = officer.send(form, **typed)
    assert page.status in (503, 504)  # nothing was sent, or nobody answered
    assert {name: shown_value(page, name) for name in typed} == typed
    assert shown_value(page, "command_id") == shown_value(form, "command_id")
    assert "“联系点遴选”服务暂时无法使用" in officer.open("/desk").main
    healed.heal()
    assert wait_until(lambda: "未通过" in officer.send(page).texts(".tag"), PATIENCE)


def _open(browser: Browser, bureau: Bureau, application_id: str, path: str = "") -> Page:
    page = browser.open(f"/applications/{application_id}{path}?{after(bureau)}")
    assert page.status == 200
    return page


@pytest.mark.parametrize("version", ["9" * 10, "9" * 5_000, "-1", "1.0", "²", "x"])
def test_a_version_that_no_page_has_named_is_told_and_nothing_is_done(
    officer: Browser, bureau: Bureau, submitted: str, version: str
) -> None:
    form = _open(officer, bureau, submitted, "/formal-check")
    page = officer.send(form, decision="pass", expected_version=version)
    assert page.status == 400
    assert "请重新打开页面" in page.main
    page = officer.send(form, decision="pass")
    assert page.status == 200, page.main
