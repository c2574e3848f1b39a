"""The hotline's table: usual encodings, every bad row told, amounts in yuan become whole fen."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.hotline_sheet import HOTLINE_SHEET, read_orders
from shared.contracts.clues.commands import COMMANDS
from shared.contracts.errors import Invalid

TITLES = "工单编号,类别,区划代码,内容,反映方式,被反映单位,问题类型,涉及金额（元）,发生日期"
ROW = (
    "HL2026-0001,问题线索,430211,检查时超标罚款,匿名,市生态环境局,乱罚款、乱收费,50000.50,"
    "2026年3月2日"
)
COMMAND = COMMANDS.find("ImportHotline")
IMPORT = {"import_id": "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11", "division": "430200"}


def read(*rows: str, encoding: str = "utf-8") -> Any:
    return read_orders("\n".join([TITLES, *rows]).encode(encoding))


def faults(*rows: str) -> list[tuple[str, str]]:
    """What is wrong, by the reader or, by its lines, by the command."""
    with pytest.raises(Invalid) as invalid:
        _load(*rows)
    return [(its.path, its.code) for its in invalid.value.problems]


def _load(*rows: str) -> None:
    sheet = read(*rows)
    try:
        COMMAND.load({**IMPORT, **sheet.said})
    except Invalid as found:
        raise sheet.at_lines(found) from None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_orders_are_read_in_every_usual_encoding(encoding: str) -> None:
    (order,) = COMMAND.load({**IMPORT, **read(ROW, encoding=encoding).said}).orders
    entry = order.entry
    assert (order.number, entry.amount) == ("HL2026-0001", 5_000_050)
    assert [str(kind) for kind in entry.kinds] == ["illegal_fine", "illegal_fee"]
    assert entry.happened_on.isoformat() == "2026-03-02"
    assert (entry.urgent, entry.retaliation, entry.topics) == (False, False, ())


def test_the_example_that_the_documents_show_is_read() -> None:
    sheet = read_orders(HOTLINE_SHEET.example.encode())
    orders = COMMAND.load({**IMPORT, **sheet.said}).orders
    assert [str(order.entry.nature) for order in orders] == ["clue", "opinion"]


def test_every_bad_row_is_told_and_nothing_is_read() -> None:
    bad = [
        ROW.replace("问题线索", "投诉"),
        ROW.replace("0001", "0002").replace("乱罚款", "乱执法"),
        ROW.replace("0001", "0003").replace("50000.50", "-1"),
        ROW.replace("0001", "0004").replace("50000.50", "0"),
        ROW.replace("0001", "0005").replace("2026年3月2日", "昨天"),
        ROW.replace("0001", "0006").replace("检查时超标罚款", ""),
    ]
    assert faults(*bad) == [
        ("line[2].nature", "not_in_vocabulary"),
        ("line[3].kinds", "not_in_vocabulary"),
        ("line[4].amount", "out_of_range"),
        ("line[5].amount", "out_of_range"),
        ("line[6].happened_on", "bad_format"),
        ("line[7].text", "missing"),
    ]


def test_what_the_language_does_not_take_is_told_by_its_line_too() -> None:
    for yuan, code in (("99999999999", "out_of_range"), ("99999999999999", "number_too_large")):
        assert faults(ROW.replace("50000.50", yuan)) == [("line[2].amount", code)]
    assert faults(ROW.replace("430211", "九区")) == [("line[2].division", "bad_format")]
    assert faults(ROW.replace("2026年3月2日", "2026-02-30")) == [
        ("line[2].happened_on", "bad_format")
    ]


def test_an_order_that_stands_twice_is_told_whatever_its_letters() -> None:
    assert faults(ROW, ROW.lower()) == [("line[3].number", "duplicate")]


def test_what_looks_like_a_formula_is_text_and_stays_text() -> None:
    row = ROW.replace("检查时超标罚款", "=HYPERLINK(A1)超标罚款")
    (order,) = COMMAND.load({**IMPORT, **read(row).said}).orders
    assert order.entry.text == "=HYPERLINK(A1)超标罚款"


def test_bytes_of_no_text_are_told() -> None:
    with pytest.raises(Invalid) as invalid:
        read_orders(b"\xff\xfe\x00\x81")
    assert [its.code for its in invalid.value.problems] == ["bad_encoding"]
