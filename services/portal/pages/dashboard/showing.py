"""领导看板: one page over all boards, a page a board, and each chart as a file."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request

from services.portal.charts import csv_table
from services.portal.pages.dashboard.board import Board
from services.portal.pages.dashboard.boards import BOARDS
from services.portal.pages.sheets import csv_response
from services.portal.web.access import allow
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("dashboard", __name__)

WATCHING = (Role.LEADER, Role.OFFICER, Role.AUDITOR)


@pages.get("/dashboard")
@allow(*WATCHING)
def dashboard() -> str:
    """Of each board its sentence and its figures."""
    told = [(board, board.tell()) for board in BOARDS]
    return render_template("dashboard/dashboard.html", boards=BOARDS, told=told)


def _page(board: Board) -> Callable[[], str]:
    @allow(*WATCHING)
    def view() -> str:
        told = board.tell()
        return render_template("dashboard/board.html", boards=BOARDS, board=board, told=told)

    return view


def _file(board: Board) -> Callable[[], Response]:
    @allow(*WATCHING)
    def view() -> Response:
        """The chart that `?chart=` names, else the first. Raises NotFound, ServiceAway."""
        told = board.whole()
        named = request.args.get("chart", told.charts[0].name)
        found = next((its for its in told.charts if its.name == named), None)
        if found is None:
            raise NotFound("chart", named)
        return csv_response(f"{board.name}-{found.name}.csv", *csv_table(found))

    return view


for _board in BOARDS:
    pages.add_url_rule(_board.path, f"{_board.name}", _page(_board))
    pages.add_url_rule(f"{_board.path}.csv", f"{_board.name}_csv", _file(_board))
