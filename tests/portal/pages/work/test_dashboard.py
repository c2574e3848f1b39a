"""The leader's dashboard over the real services: pages, their files, and what is taken along."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable

from bs4 import Tag
from requests import Response

from services.portal.pages.dashboard.boards import BOARDS
from shared.contracts.roles import Role
from tests.portal.pages.work.conftest import Staff


def test_each_table_of_each_board_is_its_file(staff: Staff) -> None:
    leader = staff(Role.LEADER)
    overview = leader.open("/dashboard")
    for board in BOARDS:
        assert overview.one(f'main a[href="{board.path}"]')
        page = leader.open(board.path)
        assert page.texts(".figure-told strong") or page.tree.select(".empty"), board.name
        for section in page.tree.select(".charted"):
            _is_its_file(section, leader.file)


def _is_its_file(section: Tag, file: Callable[[str], Response]) -> None:
    link = section.select_one('a[href*=".csv"]')
    if link is None:
        assert section.select_one(".empty")
        return
    answer = file(str(link["href"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) - 1 == len(section.select("tbody tr")) > 0
    assert section.select_one("[data-chart]")


def test_a_chart_that_there_is_not_is_not_found(staff: Staff) -> None:
    assert staff(Role.LEADER).file("/dashboard/coverage.csv?chart=nothing").status_code == 404


def test_the_report_and_the_sheet_for_the_meeting_are_taken_along(staff: Staff) -> None:
    leader = staff(Role.LEADER)
    for name in ("briefing.pdf", "report.pdf"):
        answer = leader.file(f"/dashboard/{name}")
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(leader.file("/dashboard/report.xlsx").content)) as book:
        assert any(name.startswith("xl/charts/") for name in book.namelist())
