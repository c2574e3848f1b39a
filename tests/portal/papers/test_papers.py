"""Papers as PDF: their text, pages and fonts, whatever stands in the data."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from pypdf import PdfReader

from services.portal.papers import clue_papers, contents, picture_papers, setting
from services.portal.papers.review_opinion import review_opinion
from services.portal.papers.setting import FontMissing, Paper, set_paper
from shared.contracts.registry.vocabulary import Check
from tests.portal.papers.clue_examples import CLUE
from tests.portal.papers.picture_examples import chapter

MOMENT = "2026-03-02T16:30:00+00:00"
"""Half past midnight on 2026-03-03 in Shanghai."""
BATCH = {"title": "2026年第一批行政执法监督联系点", "division": "430200"}
UNIT = {
    "application_id": "a",
    "unit_name": "晨光机械有限公司",
    "credit_code": "91430211MA4L1ABC23",
    "unit_kind": "enterprise",
    "division": "430211",
    "industry_group": "manufacturing",
    "size": "large",
    "channel": "recommended",
}
APPLICATION: dict[str, Any] = {
    **UNIT,
    "recommender": "市工商业联合会",
    "address": "天元区工业路8号",
    "contact_name": "李明",
    "contact_phone": "13900001234",
    "filed_at": MOMENT,
    "reasons": None,
    "checks": [
        {"check": str(check), "finding": "passed", "evidence": "未发现异常。", "made_at": MOMENT}
        for check in Check
        if check is not Check.GOVERNANCE_ABILITY
    ],
}
REVIEW: dict[str, Any] = {
    "recused": {"reviewer-1": "declared"},
    "opinions": [
        {
            "opinion_id": "o", "body": "市生态环境局", "asked_on": "2026-02-20",
            "due_on": "2026-02-27", "answered_on": "2026-02-25", "late": False,
            "view": "no_objection", "taken_back_on": None,
        },
        {
            "opinion_id": "p", "body": "天元区某街道", "asked_on": "2026-02-20",
            "due_on": "2026-02-27", "answered_on": None, "late": None, "view": None,
            "taken_back_on": None,
        },
    ],
    "records": [
        {"type": name, "occurred_at": MOMENT, "values": values}
        for name, values in (
            ("VisitRecorded", {
                "held_on": "2026-02-24", "participants": "小组两人", "minutes": "现场查看车间。",
            }),
            ("FlagResolved", {
                "check": "violations_and_penalties", "resolution": "cleared",
                "reasons": "情节轻微，已经整改。",
            }),
            ("OpinionAnswered", {"opinion_id": "o", "text": "近三年无处罚。"}),
            ("ReviewConcluded", {
                "votes_for": 5, "votes_against": 1, "conclusion": "qualified", "reasons": None,
            }),
        )
    ],
}  # fmt: skip
ADDRESS = "https://jiandu.example/notices/0"
DOCUMENTS = [
    {"kind": "business_licence", "attached_at": MOMENT, "withdrawn_at": None},
    {"kind": "commitment", "attached_at": MOMENT, "withdrawn_at": MOMENT},
]
NOTICE = {
    "text": "现将拟确定的联系点予以公示。",
    "published_on": "2026-03-02",
    "first_day": "2026-03-03",
    "last_day": "2026-03-09",
    "units": [UNIT],
    "first_shown": {},
    "departed": {},
    "corrections": [
        {
            "application_id": "a",
            "wrong": "该单位的规模有误。",
            "correction": "规模应为“大型”。",
            "corrected_on": "2026-03-06",
            "first_day": "2026-03-07",
            "last_day": "2026-03-13",
        }
    ],
}
OBJECTION = {
    "outcome": "overruled",
    "unit_name": "晨光机械有限公司",
    "division": "430211",
    "bureau": "430200",
    "raised_on": "2026-03-05",
    "anonymous": True,
    "facts": "该单位去年曾受过行政处罚，请核实。",
    "reasons": "处罚发生在两年以前，已经整改。",
}
POINT = {
    **UNIT,
    "certificate_number": "株司监联〔2026〕1号",
    "designated_on": "2026-03-12",
    "term_began_on": "2026-03-12",
    "term_ends_on": "2029-03-11",
    "retired_on": None,
    "ground": None,
}
RETIRED = {**POINT, "retired_on": "2027-01-05", "ground": "own_wish"}


def content(paper: Paper, name: str = "晨光机械有限公司") -> Mapping[str, Any]:
    """A paper's data with the unit called so."""
    called = {"unit_name": name}
    made = {
        Paper.APPLICATION_FORM: contents.application_form(
            {**APPLICATION, **called}, BATCH, DOCUMENTS
        ),
        Paper.REVIEW_OPINION: review_opinion({**APPLICATION, **called}, BATCH, REVIEW),
        Paper.NOTICE: contents.notice({**NOTICE, "units": [{**UNIT, **called}]}, BATCH, ADDRESS),
        Paper.OBJECTION_REPORT: contents.objection_report(
            {**OBJECTION, **called}, contents.dt.date(2026, 3, 10)
        ),
        Paper.DESIGNATION: contents.designation(
            {**NOTICE, "units": [{**UNIT, **called}]}, BATCH, [POINT]
        ),
        Paper.CERTIFICATE: contents.certificate({**POINT, **called}, BATCH),
        Paper.RETIREMENT: contents.retirement({**RETIRED, **called}, BATCH),
        Paper.SUPERVISION: clue_papers.outcome(
            {**CLUE, "body": name, "division": "430200"}, "notice"
        ),
        Paper.SUPERVISION_REPORT: picture_papers.report("430200", "2026-03-03", [chapter(name)]),
        Paper.BRIEFING: picture_papers.briefing("430200", "2026-03-03", [chapter(name)]),
    }[paper]
    assert made is not None
    return made


def read(raw: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(raw))


def text_of(raw: bytes) -> str:
    """All that stands in it, without white space: lines break where they break."""
    pages = "".join(page.extract_text() for page in read(raw).pages)
    return "".join(pages.replace("\u200b", "").split())


EXPECTED = {
    Paper.APPLICATION_FORM: (
        "行政执法监督联系点申报表", "推荐（市工商业联合会）", "91430211MA4L1ABC23", "天元区",
        "2026年3月3日", "营业执照",
    ),
    Paper.REVIEW_OPINION: (
        "资格审查意见", "回避1人", "赞成5票", "反对1票", "符合条件", "失信被执行人名单",
        "现场查看车间", "已经整改", "市生态环境局：", "近三年无处罚",
        "未答复（期限至2026年2月27日）",
    ),
    Paper.NOTICE: (
        "株洲市司法局", "公示期自2026年3月3日起至2026年3月9日止", "2026年3月2日", ADDRESS,
        "更正（2026年3月6日）", "规模应为“大型”。", "自2026年3月7日起至2026年3月13日止",
    ),
    Paper.OBJECTION_REPORT: (
        "核实报告", "匿名", "异议不成立", "去年曾受过行政处罚", "已经整改",
    ),
    Paper.DESIGNATION: (
        "〔2026〕号", "根据《湖南省行政执法监督条例》", "公示（2026年3月3日至2026年3月9日）",
        "决定确定下列1家单位", "2026年3月12日", "制造业",
    ),
    Paper.CERTIFICATE: (
        "行政执法监督联系点证书", "株司监联〔2026〕1号", "自2026年3月12日起至2029年3月11日止",
    ),
    Paper.RETIREMENT: (
        "〔2027〕号", "根据《湖南省行政执法监督条例》", "退出的决定", "自愿退出",
        "自2027年1月5日起",
    ),
    Paper.SUPERVISION: ("行政执法监督通知书", "罚款超过裁量基准"),
    Paper.SUPERVISION_REPORT: ("截至2026年3月3日", "内部资料", "共12件线索", "各机关线索"),
    Paper.BRIEFING: ("工作推进会简报", "内部资料", "2026年3月3日"),
}  # fmt: skip


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_a_paper_says_what_it_is_about(paper: Paper) -> None:
    told = text_of(set_paper(paper, content(paper)))
    for words in (*EXPECTED[paper], "晨光机械有限公司", "株洲市司法局"):
        assert words in told or (words == "株洲市司法局" and paper is Paper.APPLICATION_FORM)


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_a_paper_is_a4_on_few_pages_with_its_fonts_in_it(paper: Paper) -> None:
    reader = read(set_paper(paper, content(paper)))
    sides = sorted(float(side) for side in reader.pages[0].mediabox.upper_right)
    assert [round(side) for side in sides] == [595, 842]
    assert len(reader.pages) <= (2 if paper is Paper.REVIEW_OPINION else 1)
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_the_same_data_gives_the_same_bytes(paper: Paper) -> None:
    assert set_paper(paper, content(paper)) == set_paper(paper, content(paper))


@pytest.mark.parametrize("paper", Paper, ids=str)
@pytest.mark.parametrize(
    "name",
    [
        '#panic("x")[#read("frame.typ")]',
        "$x^2$*粗*_斜_`码`",
        "= 标题 <标签> @引用 // 注释 \\ ~ --- ...",
        '"引号" { } [ ] ( )',
    ],
    ids=["code", "markup", "line", "brackets"],
)
def test_what_looks_like_markup_is_text(paper: Paper, name: str) -> None:
    told = text_of(set_paper(paper, content(paper, name)))
    assert "".join(name.split()) in told


@pytest.mark.parametrize("paper", Paper, ids=str)
def test_han_beyond_the_basic_plane_and_very_long_names_fit_on_the_page(paper: Paper) -> None:
    beyond, long_latin = "𠮷野家", "A" * 200
    name = beyond + "很长的单位名称" * 40 + long_latin
    reader = read(set_paper(paper, content(paper, name)))
    assert beyond in text_of(set_paper(paper, content(paper, name)))
    for page in reader.pages:
        right = float(page.mediabox.right)
        seen: list[float] = []
        page.extract_text(
            visitor_text=lambda text, _, matrix, *__, seen=seen: (
                seen.append(matrix[4]) if text.strip() else None
            )
        )
        assert max(seen, default=0) < right


def test_a_list_of_five_hundred_units_goes_over_pages_with_its_head_on_each() -> None:
    units = [{**UNIT, "unit_name": f"第{number}家单位"} for number in range(1, 501)]
    long = {**NOTICE, "units": units, "corrections": []}
    reader = read(set_paper(Paper.NOTICE, contents.notice(long, BATCH, ADDRESS)))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 10
    assert all("单位名称" in page for page in pages[:-1])
    assert "第500家单位" in "".join("".join(pages).split())
    assert "—12—" in "".join(pages[11].split())


def test_a_notice_is_printed_as_it_was_published_with_what_has_become_of_it_since() -> None:
    other = {**UNIT, "application_id": "b", "unit_name": "和顺物流有限公司"}
    now = {**UNIT, "unit_name": "晨光精密机械有限公司", "division": "430202"}
    told = {
        **NOTICE,
        "units": [now, other],
        "first_shown": {"a": UNIT},
        "departed": {"b": "2026-03-05"},
    }
    made = contents.notice(told, BATCH, ADDRESS)
    assert [its["name"] for its in made["units"]] == ["晨光机械有限公司", "和顺物流有限公司"]
    assert [its["name"] for its in made["corrections"]] == ["晨光机械有限公司"]
    printed = text_of(set_paper(Paper.NOTICE, made))
    assert "和顺物流有限公司（2026年3月5日起不再参加）" in printed
    assert "晨光机械有限公司（" not in printed
    assert "晨光精密" not in printed


def test_what_is_not_decided_yet_is_no_paper() -> None:
    assert review_opinion(APPLICATION, BATCH, None) is None
    open_one = {**OBJECTION, "outcome": None}
    assert contents.objection_report(open_one, contents.dt.date(2026, 3, 10)) is None
    assert contents.designation(NOTICE, BATCH, []) is None
    assert contents.certificate(RETIRED, BATCH) is None
    assert contents.retirement(POINT, BATCH) is None


def test_papers_of_a_districts_batch_are_the_districts() -> None:
    batch = {**BATCH, "division": "430211"}
    day = contents.dt.date(2026, 3, 10)
    for made in (
        contents.application_form(APPLICATION, batch, DOCUMENTS),
        review_opinion(APPLICATION, batch, REVIEW),
        contents.notice(NOTICE, batch, ADDRESS),
        contents.objection_report({**OBJECTION, "bureau": "430211"}, day),
        contents.designation(NOTICE, batch, [POINT]),
        contents.certificate(POINT, batch),
        contents.retirement(RETIRED, batch),
    ):
        assert made is not None
        assert made["issuer"] == "天元区司法局"


def test_a_machine_without_the_font_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setting, "FONT", "No Such Font")
    setting._fonts.cache_clear()
    try:
        with pytest.raises(FontMissing, match="fonts-noto-cjk"):
            set_paper(Paper.RETIREMENT, content(Paper.RETIREMENT))
    finally:
        setting._fonts.cache_clear()


def test_a_review_opinion_gives_the_reviews_own_reasons() -> None:
    """Not those of a later decision, such as that no place was left for the unit."""
    left_out = {**APPLICATION, "reasons": "本区名额已满", "rejection_stage": None}
    made = review_opinion(left_out, BATCH, REVIEW)
    assert made is not None
    assert made["reasons"] is None
    rejected = {**APPLICATION, "reasons": "失信被执行人", "rejection_stage": "review"}
    made = review_opinion(rejected, BATCH, REVIEW)
    assert made is not None
    assert made["reasons"] == "失信被执行人"
    assert review_opinion(APPLICATION, BATCH, {**REVIEW, "records": []}) is None
