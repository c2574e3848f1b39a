"""Tables to take along, as CSV that a spreadsheet of the office opens with a double click."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the system's old encoding."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A file to download. A cell that a spreadsheet would calculate is kept as text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    response = Response(_MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
