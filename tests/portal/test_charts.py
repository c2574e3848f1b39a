"""A chart says the same in its table, its file and its drawing; workbooks hold numbers."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from services.portal.charts import (
    DRAWN_MOST,
    Chart,
    Column,
    Form,
    Kind,
    csv_table,
    drawing,
    page_columns,
    share,
    shown,
    written,
    zh_percent,
)
from services.portal.charts_book import Chapter, write_book
from tests.portal.papers.picture_examples import MONEY, MONTHS

_NUMBERS = st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=30)


@given(_NUMBERS, st.sampled_from([Kind.NUMBER, Kind.SHARE, Kind.MONEY]), st.sampled_from(Form))
def test_what_is_drawn_stands_in_the_file(
    numbers: list[int | None], kind: Kind, form: Form
) -> None:
    rows = [(f"机关{place}", number) for place, number in enumerate(numbers)]
    chart = Chart("x", "标题", (Column("机关", Kind.TEXT), Column("数", kind)), rows, form=form)
    drawn, (_, lines) = drawing(chart), csv_table(chart)
    values = drawn["series"][0]["values"]
    assert len(values) == (len(rows) if form is Form.LINE else min(len(rows), DRAWN_MOST))
    for value, name, line in zip(values, drawn["categories"], lines, strict=False):
        assert name == line[0]
        assert (value is None and line[1] == "") or float(line[1]) == value


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_rounded_by_no_more_than_half_a_hundredth(part: int, whole: int) -> None:
    found = share(part, whole)
    assert found is not None
    assert abs(found * whole - part * 10_000) * 2 <= whole
    assert share(part, 0) is None


def test_158_of_326_are_48_5_percent() -> None:
    assert zh_percent(share(158, 326)) == "48.5%"


def test_amounts_are_told_with_their_unit_and_written_without() -> None:
    money, part, number = Column("款", Kind.MONEY), Column("占比", Kind.SHARE), Column("数")
    assert [shown(1_234_567, its) for its in (money, number)] == ["12,345.67 元", "1,234,567"]
    assert [shown(None, its) for its in (money, part, number)] == ["—"] * 3
    assert [written(its, money) for its in (1_205, -1_205, None)] == ["12.05", "-12.05", ""]
    assert [money.full_heading, part.full_heading] == ["款（元）", "占比（%）"]


def test_the_naming_column_is_the_first_of_a_page_and_codes_stand_in_files_alone() -> None:
    columns = (Column("代码", Kind.TEXT, on_page=False), Column("数"), Column("名", Kind.TEXT))
    chart = Chart("x", "标题", columns, [("430202", 1, "荷塘区")], names=2)
    assert [index for index, *_ in page_columns(chart)] == [2, 1]
    assert csv_table(chart) == (["代码", "数（件）", "名"], [["430202", "1", "荷塘区"]])


def test_a_workbook_has_a_drawing_a_chart_over_cells_that_are_numbers() -> None:
    bad = Chart("x", "=1+1 [a]:*?/", (Column("机关", Kind.TEXT), Column("数")), [("=1+1", 3)])
    none = Chart("y", "空", (Column("机关", Kind.TEXT), Column("数")), [])
    file = io.BytesIO()
    write_book(file, "报告", "2026年3月3日", [Chapter("章", "话", (), (MONTHS, MONEY, bad, none))])
    with zipfile.ZipFile(file) as book:
        told = {name: book.read(name).decode() for name in book.namelist() if name.endswith("xml")}
    drawn = [its for name, its in told.items() if name.startswith("xl/charts/chart")]
    assert len(drawn) == 3
    assert sum("<c:lineChart>" in its for its in drawn) == 1
    sheets = {name: its for name, its in told.items() if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) == 4
    assert not any("<f>" in its for its in sheets.values())
    assert "<v>123456</v>" in sheets["xl/worksheets/sheet3.xml"]
