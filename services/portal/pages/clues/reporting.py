"""Telling of a wrong, or how things are done: by the form, through a point, to the bureau.

Whoever is neither a point nor of the bureau tells by the form and is kept nowhere
(services/portal/web/calls.py). Whoever reports gets a receipt code, shown on the one page that
follows; only a point that tells for itself gets none, since its account shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.pages.acts import Field, read
from services.portal.pages.asking import NOTHING
from services.portal.pages.clues import telling
from services.portal.pages.clues.enclosing import Enclosed, enclosed
from services.portal.pages.command_form import Answer, CommandForm, form_page
from services.portal.pages.districts import bureau
from services.portal.pages.forms import Form
from services.portal.pages.notes import NOTES
from services.portal.pages.reporter.code import Drawn, drawn_into, drawn_of, may_show, receipt_of
from services.portal.pages.submitting import (
    Submitted,
    Words,
    address_of,
    contract_problems,
    new_form,
)
from services.portal.receipts.receipts import Busy
from services.portal.web.access import everyone
from services.portal.web.edge import edge
from services.portal.web.limits import limit_filing
from services.portal.web.reporting import AREA
from services.portal.web.uploads import takes_files
from services.portal.web.visitor import current_visitor
from shared.contracts.clues.vocabulary import Reporting, Way
from shared.contracts.roles import Role

pages = Blueprint("reporting", __name__)

OWN = "own"
"""A point tells what it has met itself; its other ways have the names that the contract gives."""
_HEARD: Mapping[Role, tuple[telling.Choice, ...]] = {
    Role.POINT: (
        (OWN, "本单位自己遇到的", "不用再填反映人，由本联系点实名反映。"),
        (str(Way.POINT), "替同行或者其他人反映", "反映人怕受影响的，可以选择实名保密或者匿名。"),
        (str(Way.VISIT), "走访中听到的"),
    ),
    Role.OFFICER: (
        (str(Way.BUREAU), "来电、来信、来访直接反映"),
        (str(Way.VISIT), "走访调研中听到的"),
    ),
}
_BUREAU = (Role.OFFICER, Role.LEADER)
_BUSY = "现在提交的人较多，还没有提交成功。填写的内容没有丢失，请稍后再次提交。"


@dataclass(frozen=True)
class _Telling:
    """path: the last part of the page's address; about: what the command gives an id to

    encloses: the field of its files, "" for none
    """

    path: str
    command: str
    about: str
    title: str
    button: str
    says: str
    fields: tuple[Field, ...]
    note: str
    mine: str
    desk: str
    encloses: str = ""

    @property
    def address(self) -> str:
        return f"/report/{self.path}"


CLUE = _Telling(
    "clue",
    "FileClue",
    "clue_id",
    "反映问题线索",
    "提交线索",
    "反映行政执法机关乱收费、乱罚款、乱检查、不作为等具体问题。司法局在五个工作日内决定是否受理。",
    telling.CLUE,
    "clue_filed",
    "/my/filings/clues",
    "/clues",
    encloses="evidence",
)
OPINION = _Telling(
    "opinion",
    "FileOpinion",
    "opinion_id",
    "提出意见建议",
    "提交意见",
    "对执法的程序、方式、态度、效率提意见，或者建议修改制度。司法局在十五个工作日内答复。",
    telling.OPINION,
    "opinion_filed",
    "/my/filings/opinions",
    "/opinions-filed",
)
TELLINGS = (CLUE, OPINION)


@pages.get("/report")
@everyone
def report() -> str:
    """What one can tell, and how it goes on."""
    return render_template("clues/report.html", tellings=TELLINGS)


def _add(its: _Telling) -> None:
    @everyone
    def show() -> Answer:
        return _page(its, None)

    @takes_files
    @limit_filing
    @everyone
    def carry_out() -> Response | Answer:
        return _send(its)

    pages.add_url_rule(its.address, f"show_{its.path}", show, methods=["GET"])
    pages.add_url_rule(its.address, f"tell_{its.path}", carry_out, methods=["POST"])


for _its in TELLINGS:
    _add(_its)


def _send(its: _Telling) -> Response | Answer:
    typed = Form.of(request.form)
    given = enclosed(typed, its.encloses) if its.encloses else Enclosed(typed)
    typed, names = given.typed, _names(its)
    form = CommandForm(its.command, names, _words(), its.note, service="clues", field_of=_field_of)
    payload, missing = _payload(its, typed), {**_missing(typed), **given.wrong}
    if given.files:
        payload[its.encloses] = given.plain()
    if _chosen(typed) == OWN:
        done = form.submit(typed, payload, also=missing)
        onwards = f"{its.mine}/{typed.value(its.about)}"
        return form.onwards(onwards, done) if done.is_done else _page(its, done)
    typed, drawn = drawn_of(typed, typed.value(its.about))
    if not missing and not contract_problems("clues", its.command, payload):
        try:
            payload |= {"receipt": receipt_of(drawn)}
        except Busy:
            return _page(its, Submitted(Form(typed.values, problem=_BUSY), status=503))
    done = form.submit(typed, payload, also=missing)
    if done.is_done or (done.done_before and drawn.known):
        return _code_page(its, typed, done, drawn)
    return _page(its, done, drawn)


def _code_page(its: _Telling, typed: Form, done: Submitted, drawn: Drawn) -> Answer:
    """What follows telling: the code, and for who told for another the way to the thing itself.

    No redirect: it would stand in an address.
    """
    role = current_visitor().role
    begins = {Role.POINT: its.mine, **dict.fromkeys(_BUREAU, its.desk)}.get(role)
    page = render_template(
        "reporter/code.html",
        its=its,
        code=drawn.code if may_show(typed, begins is not None) else None,
        before=done.done_before,
        received=NOTES[its.note].text,
        behalf=begins is not None,
        onwards=begins and address_of(f"{begins}/{typed.value(its.about)}", done),
        address=f"{edge().settings.url}{AREA}",
    )
    return page, 200


def _page(its: _Telling, shown: Submitted | None, drawn: Drawn | None = None) -> Answer:
    """drawn: the code of a form that was sent, which may have been taken"""
    if shown is None:
        shown = Submitted(_new(its))
    fields = _fields(its)
    shows = drawn and shown.unknown and may_show(shown.form, bool(_heard()))
    return form_page(
        "clues/report_form.html",
        NOTHING,
        shown,
        _names(its),
        its=its,
        told=tuple(fields.values()),
        code=drawn.code if drawn and shows else None,
    )


def _new(its: _Telling) -> Form:
    ids = {name: new_form().value("command_id") for name in (its.about, "reporter_id")}
    return drawn_into(new_form(**ids, division=bureau()), ids[its.about])


def _fields(its: _Telling) -> dict[str, Field]:
    """By their names: how it was heard, what was, and of whom."""
    heard = _heard()
    asked = (Field("heard", "怎样得知的", "choice", choices=lambda: heard),) if heard else ()
    return {field.name: field for field in (*asked, *its.fields, *telling.REPORTER)}


def _names(its: _Telling) -> dict[str, str]:
    names = {name: field.label for name, field in _fields(its).items()}
    return {**names, its.encloses: "证据材料"} if its.encloses else names


def _heard() -> tuple[telling.Choice, ...]:
    """The ways of the visitor's role, none for who has the form alone."""
    role = current_visitor().role
    return _HEARD.get(Role.OFFICER if role in _BUREAU else role, ())


def _payload(its: _Telling, typed: Form) -> dict[str, Any]:
    heard = _chosen(typed)
    said = telling.as_told(read(_fields(its).values(), typed), "heard", telling.SPECIAL.name)
    if heard == OWN:
        said |= {"reporting": str(Reporting.NAMED), "reporter_name": None, "reporter_phone": None}
    if its is CLUE:
        said |= telling.special(typed)
    way = str(Way.POINT) if heard == OWN else heard
    ids = {name: typed.value(name) for name in (its.about, "reporter_id")}
    return {name: value for name, value in {**said, "way": way, **ids}.items() if value is not None}


def _chosen(typed: Form) -> str | None:
    """How it was heard, the form for who has nothing to choose; None for no choice of theirs."""
    heard = _heard()
    if not heard:
        return str(Way.FORM)
    chosen = typed.value("heard")
    return chosen if chosen in {choice[0] for choice in heard} else None


def _missing(typed: Form) -> dict[str, str]:
    """Who speaks for another must say who it is, or that nobody shall know."""
    chosen = _chosen(typed)
    if chosen is None:
        return {"heard": _words()["heard", "missing"]}
    anonymous = typed.value("reporting") == Reporting.ANONYMOUS
    if chosen == OWN or anonymous or typed.value("reporter_name").strip():
        return {}
    return {"reporter_name": telling.told_words()["reporter_name", "missing"]}


def _words() -> Words:
    return {**telling.told_words(), ("heard", "missing"): "请选择是怎样得知的。"}


def _field_of(path: str) -> str:
    name = path.partition("[")[0]
    if name == "way":
        return "heard"
    return telling.SPECIAL.name if name in (telling.URGENT, telling.RETALIATION) else name
