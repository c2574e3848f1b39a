"""A workbook of charts: a sheet of figures, then a sheet a chart with its table and the drawing.

Numbers are numbers, so that whoever takes them along can go on calculating;
text is never a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from services.portal.charts import Cell, Chart, Column, Figure, Form, Kind, measured

_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
"""Characters that a cell and the name of a sheet can hold."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))
_HEAD_ROW = 2
_COLOURS = ("#17406D", "#C08A2D", "#4F7D5B", "#8D4A6E")
_TONES = {"good": "#1B6140", "near": "#C08A2D", "late": "#A3211F"}
_TYPES: dict[Form, dict[str, str]] = {
    Form.BAR: {"type": "bar"},
    Form.STACKED: {"type": "bar", "subtype": "stacked"},
    Form.LINE: {"type": "line"},
}
_FORMATS = {Kind.NUMBER: "#,##0", Kind.SHARE: "0.00", Kind.MONEY: "#,##0.00"}


@dataclass(frozen=True)
class Chapter:
    """A part of a report: its message, its figures and its charts."""

    title: str
    message: str
    figures: Sequence[Figure]
    charts: Sequence[Chart]


def write_book(file: IO[bytes], title: str, day: str, chapters: Sequence[Chapter]) -> None:
    """All of it, each chart that has rows on a sheet of its own."""
    with xlsxwriter.Workbook(file) as book:
        book.set_properties({"title": title})
        formats = _formats(book)
        _overview(book, formats, title, day, chapters)
        for number, (chapter, chart) in enumerate(_charts(chapters), 1):
            _sheet(book, formats, _sheet_name(number, chapter, chart), chart)


def _charts(chapters: Sequence[Chapter]) -> list[tuple[Chapter, Chart]]:
    return [(its, chart) for its in chapters for chart in its.charts if chart.rows]


def _sheet_name(number: int, chapter: Chapter, chart: Chart) -> str:
    """Numbered, since no two sheets may be called the same."""
    name = f"{number} {chapter.title} {chart.title}".translate(_NOT_IN_NAMES)
    return name[:_LONGEST_NAME].strip()


def _formats(book: Any) -> dict[str, Any]:
    told = {"title": {"bold": True, "font_size": 14}, "bold": {"bold": True, "text_wrap": True}}
    told |= {str(kind): {"num_format": form} for kind, form in _FORMATS.items()}
    return {name: book.add_format(its) for name, its in told.items()}


def _overview(
    book: Any, formats: dict[str, Any], title: str, day: str, chapters: Sequence[Chapter]
) -> None:
    sheet = book.add_worksheet("总览")
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 2, 16)
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(1, 0, f"截至 {day}（内部资料，不得对外公开）")
    row = 3
    for chapter in chapters:
        sheet.write_string(row, 0, chapter.title, formats["bold"])
        sheet.write_string(row + 1, 0, chapter.message)
        row += 2
        for its in chapter.figures:
            for column, text in enumerate((its.about, its.value, its.unit)):
                sheet.write_string(row, column, text)
            row += 1
        row += 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _sheet(book: Any, formats: dict[str, Any], name: str, chart: Chart) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, chart.title, formats["title"])
    sheet.write_string(1, 0, chart.says)
    for number, column in enumerate(chart.columns):
        sheet.write_string(_HEAD_ROW, number, column.full_heading, formats["bold"])
        sheet.set_column(number, number, 24 if column.kind is Kind.TEXT else 14)
    for down, row in enumerate(chart.rows, _HEAD_ROW + 1):
        for number, (cell, column) in enumerate(zip(row, chart.columns, strict=True)):
            _cell(sheet, formats, (down, number), cell, column)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    place = (_HEAD_ROW, len(chart.columns) + 1)
    sheet.insert_chart(*place, _drawn(book, name, chart), {"object_position": 3})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: Any, formats: dict[str, Any], place: tuple[int, int], cell: Cell, column: Column
) -> None:
    number = measured(cell, column)
    if number is not None:
        sheet.write_number(*place, number, formats[str(column.kind)])
    elif isinstance(cell, str):
        sheet.write_string(*place, cell[:_LONGEST_CELL])


def _drawn(book: Any, name: str, chart: Chart) -> Any:
    """A chart of the spreadsheet's own, over the cells of the table."""
    drawn = book.add_chart(_TYPES[chart.form])
    first, last = _HEAD_ROW + 1, _HEAD_ROW + len(chart.drawn_rows)
    for number, index in enumerate(chart.drawn):
        colour = _TONES[chart.tones[number]] if chart.tones else _COLOURS[number % len(_COLOURS)]
        look = (
            {"line": {"color": colour, "width": 2.25}}
            if chart.form is Form.LINE
            else {"fill": {"color": colour}}
        )
        drawn.add_series(
            {
                "name": f"={quote_sheetname(name)}!{_absolute(_HEAD_ROW, index)}",
                "categories": [name, first, chart.names, last, chart.names],
                "values": [name, first, index, last, index],
                "gap": 60,
                **look,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_legend({"position": "top"} if len(chart.drawn) > 1 else {"none": True})
    if chart.form is not Form.LINE:
        drawn.set_y_axis({"reverse": True})
    drawn.set_size({"width": 720, "height": max(320, 90 + 30 * len(chart.drawn_rows))})
    return drawn


def _absolute(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))
