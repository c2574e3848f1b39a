"""Sending what a form says as a command, and telling what came of it in the terms of the form.

A form carries the id of its command from the moment it is shown: a double click, or the same form
sent again after an outcome that is not known, is the same command.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import redirect
from werkzeug.wrappers import Response

from services.portal.money import fen
from services.portal.pages.forms import Form
from services.portal.web.calls import OutcomeUnknown, ServiceAway
from services.portal.web.edge import edge
from services.portal.web.problems import problem_of
from services.portal.web.reading import Unreadable
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Conflict, Invalid, Refused
from shared.contracts.errors import Problem as FieldProblem
from shared.contracts.reasons import Reason
from shared.contracts.spelling import without_marks
from shared.contracts.zh_fields import field_sentence

Words = Mapping[tuple[str, str], str]
"""`(field, code or reason)` → a better sentence than the general one."""

Tell = Callable[[Form, Invalid], Form]
"""What was typed and what is wrong with the command → the form with its errors."""

_CODES = {"wrong_type": "请填写整数，例如 12。", "not_trimmed": "开头或结尾有空白，请删除。"}
"""What a code means where everything was typed as text."""
_CHANGED = "内容已被他人更新。下面是最新内容，您填写的内容没有丢失；请核对后再决定是否提交。"
_DONE_BEFORE = (
    "上一次提交已经办成，这次修改的内容没有提交。请核对现在的内容，确有需要的再另行提交。"
)
_LONGEST_VERSION = 9
_WHOLE = re.compile(r"-?[0-9]{1,16}", re.ASCII)


@dataclass(frozen=True)
class Submitted:
    """What came of a form: `result` when it was carried out, else the form to show again.

    unknown: no answer came; the same form is to be sent again
    changed: somebody else wrote first; what the form stands on must be shown anew
    done_before: an earlier try was carried out with other content; what was typed since was not
    """

    form: Form
    result: Mapping[str, Any] | None = None
    status: int = 200
    unknown: bool = False
    changed: bool = False
    done_before: bool = False
    reason: str | None = None
    """Why the rules refused it."""
    after: Mapping[str, Any] | None = None
    """Stream and version that the page must already show, of the command or of the conflict."""

    @property
    def is_done(self) -> bool:
        return self.result is not None

    def version(self, shown: Mapping[str, Any] | None) -> str:
        """The version that the form stands on: after a conflict that of what is shown now."""
        if self.changed and shown is not None:
            return str(shown["version"])
        return self.form.value("expected_version")


def new_form(**values: str | int | list[str]) -> Form:
    """A form as it is first shown, with a command id of its own."""
    given = {"command_id": str(uuid.uuid4()), **values}
    return Form({n: its if isinstance(its, list) else [str(its)] for n, its in given.items()})


def without_index(path: str) -> str:
    """The field of a form that a path in a payload is about: `listed[2]` → `listed`."""
    return path.partition("[")[0]


def submit(
    typed: Form,
    command_type: str,
    payload: Mapping[str, Any],
    names: Mapping[str, str],
    *,
    words: Words | None = None,
    also: Mapping[str, str] | None = None,
    field_of: Callable[[str], str] = without_index,
    service: str = "registry",
    tell: Tell | None = None,
) -> Submitted:
    """Send the command. `names` are the form's fields with their labels.

    The command goes on from the form's `expected_version`, if it has one. What is wrong is told
    at its field; what concerns no field of the form, above them. `also` is what the page itself
    finds wrong, by field: then nothing is sent, and it is told with all that the contract finds.
    `tell`: of a form whose fields are not the command's, what is said of what is wrong with it.
    Raises NotFound, and Unreadable for a version that no page of ours has named.
    """
    if also:
        found = contract_problems(service, command_type, payload)
        return _wrong(typed, found, names, words or {}, field_of, also)
    expected = _expected_version(typed)
    try:
        result = edge().calls.command(
            service, command_type, payload, typed.value("command_id"), expected
        )
    except Invalid as invalid:
        if tell is not None:
            return Submitted(tell(typed, invalid), status=422)
        return _wrong(typed, invalid.problems, names, words or {}, field_of)
    except Refused as refused:
        if tell is not None and any("[" in path for path in refused.fields):
            return _refused_of_items(typed, refused, tell)
        return _refused(typed, refused, names, words or {}, field_of)
    except Conflict as conflict:
        after = None
        if conflict.actual:
            after = {"stream": conflict.stream, "version": conflict.actual}
        form = Form(typed.values, problem=_CHANGED)
        return Submitted(form, status=409, changed=True, after=after)
    except OutcomeUnknown:
        return Submitted(typed, status=504, unknown=True)
    except ServiceAway as away:
        return Submitted(Form(typed.values, problem=problem_of(away).detail), status=503)
    return Submitted(typed, result, after={name: result[name] for name in ("stream", "version")})


def _expected_version(typed: Form) -> int | None:
    """The version that the form was shown with; None for a form about nothing that was shown."""
    version = typed.value("expected_version")
    if not version:
        return None
    if not (version.isascii() and version.isdigit() and len(version) <= _LONGEST_VERSION):
        raise Unreadable("页面上的版本号无法识别，请重新打开页面后再提交。")
    return int(version)


def go_on(path: str, submitted: Submitted, note: str | None = None, **more: str) -> Response:
    """To the page at `path`, which must show what was done, and says `note` (see notes.py)."""
    return redirect(address_of(path, submitted, note, **more), 303)


def address_of(path: str, submitted: Submitted, note: str | None = None, **more: str) -> str:
    """The same as an address."""
    after = submitted.after
    said = {"note": note} if note else {}
    shown = {"after": f"{after['stream']}:{after['version']}"} if after else {}
    return f"{path}?{urlencode({**more, **said, **shown})}"


def filled(**values: Any) -> dict[str, Any]:
    """A payload without what was left empty; the service says what it misses."""
    return {name: value for name, value in values.items() if value not in (None, "")}


def text(form: Form, name: str) -> str:
    """As a person means it: browsers send line ends in two characters, pasting brings marks."""
    return without_marks(form.value(name)).replace("\r\n", "\n").strip()


def whole(form: Form, name: str) -> int | str | None:
    """A number, in whatever digits; None for nothing, the text itself for what is none."""
    typed = unicodedata.normalize("NFKC", text(form, name)).replace(",", "")
    return int(typed) if _WHOLE.fullmatch(typed) else typed or None


def yuan(form: Form, name: str) -> int | str | None:
    """Fen of an amount in yuan; None for nothing, the text itself for what is no amount."""
    typed = text(form, name)
    try:
        return fen(typed) if typed else None
    except ValueError:
        return typed


def day(form: Form, name: str) -> str | None:
    """A day out of its three boxes, as `YYYY-MM-DD`; None for nothing, else what it is."""
    boxes = [
        unicodedata.normalize("NFKC", form.value(f"{name}-{part}")).strip()
        for part in ("year", "month", "day")
    ]
    if not any(boxes):
        return None
    year, month, of_month = boxes
    return f"{year}-{month.zfill(2)}-{of_month.zfill(2)}"


def boxes_of(name: str, iso: str) -> dict[str, str]:
    """The values of a date's three boxes for a day."""
    year, month, of_month = iso.split("-")
    return {
        f"{name}-year": year,
        f"{name}-month": str(int(month)),
        f"{name}-day": str(int(of_month)),
    }


def contract_problems(
    service: str, command_type: str, payload: Mapping[str, Any]
) -> tuple[FieldProblem, ...]:
    """What the contract finds wrong with a payload, all at once and before anything is sent."""
    try:
        CATALOGUE[service].commands.find(command_type).load(dict(payload))
    except Invalid as invalid:
        return invalid.problems
    return ()


def _wrong(
    typed: Form,
    problems: Iterable[FieldProblem],
    names: Mapping[str, str],
    words: Words,
    field_of: Callable[[str], str],
    also: Mapping[str, str] | None = None,
) -> Submitted:
    told = dict(also or {})
    elsewhere = False
    for its in problems:
        field = field_of(its.path)
        elsewhere = elsewhere or field not in names
        told.setdefault(
            field, words.get((field, its.code)) or _CODES.get(its.code) or field_sentence(its)
        )
    errors = {name: told[name] for name in names if name in told}
    problem = "提交的内容不完整，请返回上一页重新进入。" if elsewhere else None
    return Submitted(Form(typed.values, errors, problem), status=422)


def _refused_of_items(typed: Form, refused: Refused, tell: Tell) -> Submitted:
    """A refusal because of an item of what the form sent in other shape, told where that stands."""
    problems = [FieldProblem(path, str(refused.reason), str(refused)) for path in refused.fields]
    told = tell(typed, Invalid(problems))
    return Submitted(told, status=problem_of(refused).status, reason=str(refused.reason))


def _refused(
    typed: Form,
    refused: Refused,
    names: Mapping[str, str],
    words: Words,
    field_of: Callable[[str], str],
) -> Submitted:
    problem = problem_of(refused)
    if refused.reason == Reason.COMMAND_ID_REUSED:
        values = {**typed.values, "command_id": [str(uuid.uuid4())]}
        form = Form(values, problem=_DONE_BEFORE)
        return Submitted(form, status=409, changed=True, done_before=True)
    fields = [field_of(path) for path in refused.fields if field_of(path) in names]
    if not fields:
        form = Form(typed.values, problem=problem.detail)
    else:
        told = {name: words.get((name, refused.reason)) or problem.detail for name in fields}
        form = Form(typed.values, told)
    return Submitted(form, status=problem.status, reason=str(refused.reason))
