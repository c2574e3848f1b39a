"""Tables to take along, for the spreadsheets of an office: CSV, and XLSX.

A cell that a spreadsheet would calculate is kept as text, whoever has written it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import IO

import xlsxwriter
from flask import Response, stream_with_context

_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the system's old encoding."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What may begin a formula; some spreadsheets read the wide forms as the narrow ones."""
_CHUNK = 64 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""

Row = Sequence[str]


def csv_response(name: str, head: Row, rows: Iterable[Row]) -> Response:
    """A file to download, made row by row while it is taken.

    What goes wrong before the first row is raised; later the connection ends in mid-file.
    """
    found = iter(rows)
    first = [row for row in [next(found, None)] if row is not None]

    def lines() -> Iterator[str]:
        yield _MARK + _line(head)
        for row in first:
            yield _line(row)
        for row in found:
            yield _line(row)

    response = Response(stream_with_context(lines()), content_type="text/csv; charset=utf-8")
    return _to_save(response, name)


def xlsx_response(name: str, head: Row, rows: Iterable[Row]) -> Response:
    """The same as a workbook of one sheet, all cells text."""
    return _to_save(workbook(lambda file: _write(file, head, rows)), name)


def workbook(write: Callable[[IO[bytes]], None]) -> Response:
    """What `write` writes, which lies in a file while it is made."""
    with ExitStack() as kept:
        file = kept.enter_context(tempfile.TemporaryFile())
        write(file)
        file.seek(0)
        response = Response(iter(lambda: file.read(_CHUNK), b""), content_type=_XLSX)
        response.call_on_close(kept.pop_all().close)
    return response


def _write(file: IO[bytes], head: Row, rows: Iterable[Row]) -> None:
    """Row by row to disk: the workbook is never whole in memory."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, cell in enumerate(head):
            sheet.write_string(0, column, cell, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:_LONGEST_CELL])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, 0, len(head) - 1)


def _to_save(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _line(row: Row) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_plain(cell) for cell in row])
    return text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
