"""What is taken along of the dashboard: the supervision report, and a sheet for the meeting."""

from __future__ import annotations

from flask import Blueprint, Response

from services.portal.charts_book import Chapter, write_book
from services.portal.pages.dashboard.boards import BOARDS
from services.portal.pages.dashboard.showing import WATCHING
from services.portal.pages.districts import bureau
from services.portal.pages.layout import bureau_name, today
from services.portal.pages.sheets import workbook
from services.portal.pages.wording import zh_date
from services.portal.papers.picture_papers import briefing, report
from services.portal.papers.setting import Paper, set_paper
from services.portal.papers.words import Content
from services.portal.web.access import allow
from services.portal.web.downloads import as_attachment
from services.portal.web.slots import Slots

pages = Blueprint("taking", __name__)

_PDF = "application/pdf"
_SLOTS = Slots(of_one=2, in_all=4)


@pages.get("/dashboard/report.xlsx")
@allow(*WATCHING)
def report_xlsx() -> Response:
    """Each chart on a sheet of its own, drawn over the cells of its table. Raises ServiceAway."""
    chapters, title = _chapters(), f"{bureau_name(bureau())}行政执法监督情况报告"
    made = workbook(lambda file: write_book(file, title, zh_date(today()), chapters))
    return as_attachment(made, f"{title}.xlsx")


@pages.get("/dashboard/report.pdf")
@allow(*WATCHING)
def report_pdf() -> Response:
    """Raises ServiceAway."""
    return _printed(Paper.SUPERVISION_REPORT, report(bureau(), today().isoformat(), _chapters()))


@pages.get("/dashboard/briefing.pdf")
@allow(*WATCHING)
def briefing_pdf() -> Response:
    """Raises ServiceAway."""
    return _printed(Paper.BRIEFING, briefing(bureau(), today().isoformat(), _chapters()))


def _chapters() -> list[Chapter]:
    told = [(board.title, board.whole()) for board in BOARDS]
    return [Chapter(title, its.message, its.figures, its.charts) for title, its in told]


def _printed(paper: Paper, content: Content) -> Response:
    with _SLOTS.taken():
        made = set_paper(paper, content)
    return as_attachment(Response(made, content_type=_PDF), f"{content['title']}.pdf")
