"""How things come in at the pages: by a point, by anybody, boxes, symposia, the hotline."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest
from flask import Flask

from services.portal.pages.clues.exporting import HEAD
from services.portal.pages.submitting import boxes_of
from shared.contracts.roles import Role
from tests.portal.matrix.clue_cases import clue, opinion
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff
from tests.portal.pages.work.entering import OfPoint, of_point, send, wait_for
from tests.portal.people import People
from tests.system.bureau import DISTRICT, OFFICER, OTHER_DISTRICT, Bureau, new_id

_CLUE = {
    "kinds": ["illegal_fine", "other"],
    "body": "市生态环境局",
    "division": DISTRICT,
    "text": "检查时罚款五万元，超过法定上限。",
    "amount": "50,000.50",
    "unit_concerned": "某机械厂",
}
_PEER = {"heard": "point", "reporting": "confidential", "reporter_name": "赵某"}


@pytest.fixture(scope="module")
def point(app: Flask, bureau: Bureau, people: People) -> OfPoint:
    return of_point(app, bureau, people)


def _day(name: str, bureau: Bureau, days: int = 0) -> dict[str, str]:
    return boxes_of(name, (bureau.today + dt.timedelta(days=days)).isoformat())


def _path(page: Page, browser: Browser) -> str:
    return page.url.partition("?")[0].removeprefix(browser.url)


def test_a_point_files_for_a_peer_and_follows_how_it_stands(
    point: OfPoint, officer: Browser, bureau: Bureau
) -> None:
    form = point.browser.open("/report/clue")
    page = point.browser.send(form, **_CLUE, **_PEER)
    assert page.status == 422
    assert page.error_at("reporter_phone") == "请填写反映人电话；不愿留下电话的，请选择匿名。"
    assert shown_value(page, "amount") == "50,000.50"
    page = point.browser.send(page, reporter_phone="13900001111", amount="五万")
    assert "以元为单位" in page.error_at("amount")
    page = point.browser.send(page, amount="50,000.50", **_day("happened_on", bureau, 1))
    assert page.error_at("happened_on") == "发生日期不能晚于今天。"
    page = point.browser.send(page, **_day("happened_on", bureau, -3))
    assert "只归反映人使用" in page.main
    code = "".join(page.texts(".receipt-digits span"))
    page = point.browser.open(str(page.one("main .button-group a")["href"]))
    assert code not in str(page.tree)
    assert "待受理" in page.main
    assert "50,000.50 元" in page.main
    assert "检查时罚款五万元" in page.main
    assert "13900001111" not in page.main
    path = _path(page, point.browser)
    assert path in str(point.browser.open("/my/filings").tree)
    assert "登记已转告反映人：" in page.main
    assert officer.open(path).status == 403
    flagging = point.browser.open(f"{path}/retaliation")
    page = point.browser.send(flagging, text="上门威胁停产。")
    assert "已另立紧急线索" in page.main
    assert "打击报复" in page.main


def test_a_point_that_tells_for_itself_is_asked_for_no_reporter(point: OfPoint) -> None:
    form = point.browser.open("/report/clue")
    page = point.browser.send(form, **{**_CLUE, "amount": "-5"}, heard="own")
    assert page.error_at("amount") == "金额应大于 0，不超过 100 亿元。没有涉及金额的不填。"
    page = point.browser.send(page, amount="99999999999999999")
    assert "以元为单位" in page.error_at("amount")
    page = point.browser.send(page, amount="10000000001")
    assert page.error_at("amount") == "金额应大于 0，不超过 100 亿元。没有涉及金额的不填。"
    page = point.browser.send(page, amount="10000000000")
    assert "线索已收到" in page.main


def test_who_speaks_for_another_never_passes_for_speaking_for_the_point(point: OfPoint) -> None:
    page = point.browser.send(
        point.browser.open("/report/clue"), **_CLUE, heard="point", reporting="named"
    )
    assert page.error_at("reporter_name") == "请填写反映人姓名；不愿留下姓名的，请选择匿名。"
    page = point.browser.send(point.browser.open("/report/opinion"), text="建议合并检查。")
    assert page.error_at("heard") == "请选择是怎样得知的。"
    assert page.error_at("topics") == "请选择意见涉及哪些方面，可以选择多项。"


def test_anybody_tells_by_the_form_and_is_given_a_code_alone(
    browser: Browser, officer: Browser
) -> None:
    page = browser.send(browser.open("/report/clue"), **_CLUE, reporting="anonymous")
    assert "查询码只显示这一次" in page.main
    assert page.texts("main .button-group a") == ["用查询码查看进展", "返回"]
    form = browser.open("/report/opinion")
    page = browser.send(form, topics="manner", text="执法时请出示证件。", reporting="anonymous")
    assert "查询码只显示这一次" in page.main
    assert officer.open("/report/clue").one("#field-heard")
    assert not form.tree.select("#field-heard")


def test_a_box_is_found_by_everybody_and_emptied_by_its_point(
    point: OfPoint, browser: Browser, staff: Staff, bureau: Bureau
) -> None:
    form = point.browser.open("/opinion-boxes/new")
    place = f"街道办事处一楼大厅{new_id()[:8]}"
    page = point.browser.send(form, place=place, contact="0731-22223333", division=DISTRICT)
    assert "意见箱已登记" in page.main
    path = _path(page, point.browser)
    shown = browser.open(path)
    assert "0731-22223333" in shown.main
    assert "开箱记录" not in shown.main
    assert staff(Role.OFFICER, OTHER_DISTRICT).open(f"{path}/emptying").status == 404
    slips = {
        "opened_by": "王某",
        "topics-0": "attitude",
        "text-0": "执法人员态度生硬。",
        "nature-1": "clue",
        "kinds-1": "excessive_inspection",
        "text-1": "一个月检查四次。",
        "amount-1": "-1",
    }
    page = point.browser.send(point.browser.open(f"{path}/emptying"), **slips)
    assert page.error_at("opened_by") == "开箱至少两人、最多十人，请一行填写一个。"
    assert "大于 0" in page.error_at("amount-1")
    page = point.browser.send(page, **{"opened_by": "王某\r\n刘某", "amount-1": "", "more": "1"})
    assert shown_value(page, "rows") == "5"
    assert shown_value(page, "text-1") == "一个月检查四次。"
    page = point.browser.send(page)
    assert page.error_at("body-1") == "请填写被反映的行政执法机关。"
    page = point.browser.send(page, **{"body-1": "市生态环境局"})
    assert "开箱已登记" in page.main
    assert "共开箱 1 次，登记 2 条" in page.main
    assert set(page.texts("tbody th")) == {"执法态度", "检查频次过高"}
    removal = point.browser.open(f"{path}/removal")
    page = point.browser.send(removal, reasons="街道搬迁。", **_day("removed_on", bureau))
    assert "意见箱已撤除" in page.main
    assert browser.open(path).status == 404
    assert "意见箱已经撤除" in point.browser.open(f"{path}/emptying").main


def test_a_symposium_is_planned_held_and_its_sayings_are_single_entries(
    point: OfPoint, bureau: Bureau
) -> None:
    form = point.browser.open("/symposia/new")
    plan = {"place": "会议室", "subject": "听取企业意见", "division": DISTRICT}
    page = point.browser.send(form, **plan, **_day("planned_on", bureau, -1))
    assert page.error_at("planned_on") == "计划日期不能早于今天。"
    page = point.browser.send(page, **_day("planned_on", bureau, 1))
    assert "座谈会已安排" in page.main
    path = _path(page, point.browser)
    said = {"attendees": "12", "minutes": "与会代表发言。", "text-0": "建议合并检查。"}
    page = point.browser.send(point.browser.open(f"{path}/minutes"), **said)
    assert "可以选择多项" in page.error_at("topics-0")
    page = point.browser.send(page, **{"topics-0": ["efficiency", "rule_proposal"]})
    assert "座谈会记录已登记" in page.main
    assert "与会代表发言。" in page.main
    assert page.texts("tbody th") == ["执法效率、制度建议"]
    assert "座谈会已召开" in point.browser.open(f"{path}/cancellation").main


_HEAD = "工单编号,类别,区划代码,内容,反映方式,被反映单位,问题类型,意见方面,涉及金额（元）\n"


def _sheet(*rows: str) -> bytes:
    return (_HEAD + "\n".join(rows)).encode("gbk")


def test_the_hotlines_orders_are_taken_in_once_and_every_bad_row_is_named(
    officer: Browser, leader: Browser
) -> None:
    number = f"HL{new_id()[:8]}"
    clue_row = f"{number}-1,问题线索,{DISTRICT},检查时超标罚款,匿名,市生态环境局,乱罚款,,"
    opinion_row = f"{number}-2,意见建议,{OTHER_DISTRICT},建议合并检查事项,匿名,,,执法效率,"
    bad = _sheet(clue_row + "-5", f"{number}-3,表扬,{DISTRICT},好,匿名,,,,", opinion_row)
    form = officer.open("/hotline-imports")
    page = officer.bring(form, "工单.csv", bad, "text/csv")
    assert page.status == 422
    assert "第 2 行涉及金额（元）" in page.error_at("file")
    assert "第 3 行类别" in page.error_at("file")
    page = officer.bring(page, "工单.csv", b"\xff\xfe\x00\x81", "text/csv")
    assert "编码" in page.error_at("file")
    good = _sheet(clue_row + "50000", opinion_row)
    page = officer.bring(page, "工单.csv", good, "text/csv")
    assert "热线工单已导入" in page.main
    again = officer.bring(officer.open("/hotline-imports"), "工单.csv", good, "text/csv")
    assert "没有新增" in again.main
    strange = _sheet(f"{number}-4,意见建议,430302,建议合并检查事项,匿名,,,执法效率,")
    page = officer.bring(officer.open("/hotline-imports"), "工单.csv", strange, "text/csv")
    assert "第 2 行区划代码：不属于本局管辖的区县。" in page.error_at("file")
    assert not leader.open("/hotline-imports").tree.select("input[type=file]")


def test_a_table_longer_than_one_command_is_taken_in_by_parts(officer: Browser) -> None:
    number = f"HL{new_id()[:8]}"
    rows = [
        f"{number}-{n},意见建议,{DISTRICT},建议合并检查事项,匿名,,,执法效率," for n in range(230)
    ]
    page = officer.bring(officer.open("/hotline-imports"), "工单.csv", _sheet(*rows), "text/csv")
    assert "热线工单已导入" in page.main
    cells = page.texts("tbody td")
    assert {"100", "30"} <= set(cells)
    before = len(officer.open("/hotline-imports").texts("tbody tr"))
    strange = f"{number}-a,意见建议,430302,建议合并检查事项,匿名,,,执法效率,"
    bodiless = f"{number}-b,问题线索,{DISTRICT},检查时超标罚款,实名,,乱罚款,,"
    fresh_rows = [row.replace(number, f"{number}Z") for row in rows]
    bad = _sheet(strange, *fresh_rows[:150], bodiless)
    page = officer.bring(officer.open("/hotline-imports"), "工单.csv", bad, "text/csv")
    for told in ("第 2 行区划代码", "第 153 行被反映单位", "第 153 行反映人"):
        assert told in page.error_at("file"), "of every part, and nothing is taken in"
    assert len(officer.open("/hotline-imports").texts("tbody tr")) == before


def test_the_speechs_totals_of_an_earlier_year(leader: Browser) -> None:
    form = leader.open("/baselines/new")
    said = {"year": "2024", "complaints": "326", "source": "年度统计"}
    page = leader.send(form, **said, shares="涉企检查不规范")
    assert "先写名称、再写件数" in page.error_at("shares")
    page = leader.send(page, shares="涉企检查不规范 158")
    assert "往年总数已登记" in page.main
    assert "326" in page.texts("tbody td")
    assert any("158 件（48.46%）" in cell for cell in page.texts("tbody td"))


def test_an_opinion_is_adopted_and_its_point_tells_it_back(
    point: OfPoint, officer: Browser, bureau: Bureau
) -> None:
    opinion_id = new_id()
    send(
        bureau,
        point.actor,
        "FileOpinion",
        opinion_id=opinion_id,
        reporter_id=new_id(),
        **opinion("point"),
    )
    wait_for(bureau, "OpenOpinionFiled", entry_id=opinion_id, purpose="办理")
    page = officer.open(f"/opinions-filed/{opinion_id}")
    assert "建议合并检查事项" in page.main
    mine = f"/my/filings/opinions/{opinion_id}"
    assert "司法局还没有答复" in point.browser.open(f"{mine}/relay").main
    form = officer.open(f"/opinions-filed/{opinion_id}/answer")
    page = officer.send(form, resolution="adopted", answer="已采纳。")
    assert page.error_at("proposal") == "采纳的，请写明改进什么。"
    page = officer.send(page, proposal="制定联合检查办法", responsible="市司法局")
    assert "答复已登记" in page.main
    assert "采纳" in page.main
    page = point.browser.send(point.browser.open(f"{mine}/relay"), means="in_person")
    assert "转告已登记" in page.main
    assert "已告知提出人" in page.main


def test_an_opinion_that_tells_of_misconduct_becomes_a_clue(
    point: OfPoint, officer: Browser, bureau: Bureau
) -> None:
    opinion_id, ids = new_id(), {"reporter_id": new_id()}
    send(bureau, point.actor, "FileOpinion", opinion_id=opinion_id, **ids, **opinion("point"))
    wait_for(bureau, "OpenOpinionFiled", entry_id=opinion_id, purpose="办理")
    form = officer.open(f"/opinions-filed/{opinion_id}/clue")
    page = officer.send(form, kinds="excessive_inspection", body="市生态环境局")
    assert page.error_at("urgent") == "请选择是否紧急。"
    page = officer.send(page, urgent="no")
    assert "已转为问题线索" in page.main
    assert "已经转为问题线索。" in officer.open(f"/opinions-filed/{opinion_id}/answer").main
    (link,) = page.tree.select('main a[href^="/clues/"]')
    assert "建议合并检查事项" in officer.open(str(link["href"])).main
    assert "查看问题线索" in point.browser.open(f"/my/filings/opinions/{opinion_id}").main


def test_cases_are_found_by_words_that_stand_in_no_address(
    point: OfPoint, officer: Browser, leader: Browser, staff: Staff, bureau: Bureau
) -> None:
    word, clue_id = f"砚{new_id()[:8]}溪", new_id()
    told = clue("bureau", text=f"{word}超标罚款", retaliation=False)
    send(bureau, OFFICER, "FileClue", clue_id=clue_id, reporter_id=new_id(), **told)
    wait_for(bureau, "OpenClue", clue_id=clue_id, purpose="办理")
    page = officer.send(officer.open("/search"), words=word[:1])
    assert "每个词至少两个字" in page.error_at("words")
    page = officer.send(page, words=f"超标罚款 {word}")
    assert clue_id in str(page.one("main table"))
    assert word not in page.url
    assert shown_value(page, "words") == f"超标罚款 {word}"
    page = officer.send(page, kind="inaction")
    assert "没有找到。" in page.main
    assert "没有找到。" in point.browser.send(point.browser.open("/search"), words=word).main
    elsewhere = staff(Role.OFFICER, OTHER_DISTRICT)
    assert "没有找到。" in elsewhere.send(elsewhere.open("/search"), words=word).main
    assert staff(Role.AUDITOR).open("/search").status == 403
    assert leader.open("/search").status == 200


def test_the_work_list_is_taken_along_with_its_filters(
    officer: Browser, bureau: Bureau, people: People
) -> None:
    body, clue_id = f"=cmd|{new_id()[:8]}局", new_id()
    told = clue("bureau", body=body, amount=5_000_050)
    send(bureau, OFFICER, "FileClue", clue_id=clue_id, reporter_id=new_id(), **told)
    handlers = [people.known(Role.OFFICER).account_id]
    send(bureau, OFFICER, "AssignClue", clue_id=clue_id, handlers=handlers)
    wait_for(bureau, "OpenClue", clue_id=clue_id, purpose="办理")
    query = f"?body={body[5:]}&kind=illegal_fine"
    answer = officer.file(f"/clues.csv{query}")
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    (row,) = [dict(zip(HEAD, its, strict=True)) for its in [*rows][1:]]
    assert (row["线索编号"], row["反映的机关"]) == (clue_id, f"'{body}")
    assert (row["涉及金额（元）"], row["最近期限"]) == ("50000.50", "受理审查")
    (listed,) = officer.open(f"/clues{query}").texts("main tbody tr td:nth-of-type(5)")
    assert row["承办人"] == listed
    assert not listed.startswith("账号")
    assert "超标罚款" not in answer.text
    answer = officer.file(f"/clues.xlsx{query}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert clue_id in sheet
    assert row["承办人"] in sheet
    assert "<f>" not in sheet
    (link,) = officer.open(f"/clues{query}").tree.select('main a[href^="/clues.csv"]')
    assert clue_id in officer.file(str(link["href"])).text


def test_another_points_filings_are_as_if_not_there(
    point: OfPoint, people: People, app: Flask, bureau: Bureau
) -> None:
    clue_id = new_id()
    send(bureau, OFFICER, "FileClue", clue_id=clue_id, reporter_id=new_id(), **clue("bureau"))
    wait_for(bureau, "OpenClue", clue_id=clue_id, purpose="办理")
    assert point.browser.open(f"/my/filings/clues/{clue_id}").status == 404
    assert point.browser.open("/my/filings/clues/nothing").status == 404


def test_whoever_has_a_tie_to_an_opinion_reads_it_no_more(
    point: OfPoint, officer: Browser, leader: Browser, people: People, bureau: Bureau
) -> None:
    opinion_id, ids = new_id(), {"reporter_id": new_id()}
    send(bureau, point.actor, "FileOpinion", opinion_id=opinion_id, **ids, **opinion("point"))
    wait_for(bureau, "OpenOpinionFiled", entry_id=opinion_id, purpose="办理")
    me = people.known(Role.OFFICER).account_id
    form = officer.open(f"/opinions-filed/{opinion_id}/recusal")
    page = officer.send(form, account_id=me, tie="relative", reasons="亲属在该机关任职。")
    assert "回避已登记。" in page.main
    kept_out = officer.open(f"/opinions-filed/{opinion_id}")
    assert kept_out.status == 422
    assert "建议合并检查事项" not in kept_out.main
    assert "工作人员已回避意见建议" in leader.open(f"/opinions-filed/{opinion_id}").main
