"""Tables to take along: nothing in them is calculated, and they are made row by row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.sheets import csv_response, xlsx_response

_SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
_DANGEROUS = st.sampled_from("=+-@\t\r\n＝＋－＠")


def _csv(*rows: list[str]) -> list[list[str]]:
    with Flask(__name__).test_request_context():
        text = _body(csv_response("x.csv", ["标题"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def _body(response: Response) -> bytes:
    return b"".join(response.iter_encoded())


@given(_DANGEROUS, _SAFE)
def test_a_cell_that_would_be_calculated_is_kept_as_text(mark: str, rest: str) -> None:
    assert _csv([mark + rest]) == [["标题"], [f"'{mark}{rest}"]]


@given(_SAFE.filter(lambda text: text[0] not in "=+-@＝＋－＠"))
def test_any_other_cell_is_as_it_was(cell: str) -> None:
    assert _csv([cell])[1] == [cell]


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+86 731", "-5", '=HYPERLINK("http://x")'])
def test_a_workbook_holds_no_formula_and_no_link(cell: str) -> None:
    raw = _body(xlsx_response("x.xlsx", ["标题"], [[cell]]))
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        names = book.namelist()
    assert "<f>" not in sheet
    assert 't="inlineStr"' in sheet
    assert not any("rels/sheet" in name or "externalLink" in name for name in names)


def test_rows_are_made_while_the_file_is_taken() -> None:
    made = []

    def rows() -> Iterator[list[str]]:
        for number in range(1_000):
            made.append(number)
            yield [str(number)]

    with Flask(__name__).test_request_context():
        taken = iter(csv_response("x.csv", ["标题"], rows()).iter_encoded())
        next(taken)
        assert len(made) == 1
        assert len(list(taken)) == 1_000


def test_what_goes_wrong_before_the_first_row_is_raised() -> None:
    def rows() -> Iterator[list[str]]:
        raise RuntimeError
        yield []

    for response in (csv_response, xlsx_response):
        with Flask(__name__).test_request_context(), pytest.raises(RuntimeError):
            response("x", ["标题"], rows())
