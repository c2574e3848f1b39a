"""Settings: every figure of the rules with what it is today and will be, and who changed it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from services.portal.labels import label
from services.portal.pages.acts import Field
from services.portal.pages.asking import Part, ask_page, ask_part
from services.portal.pages.command_form import Answer, CommandForm, after_of, version_of
from services.portal.pages.form_page import FormPage
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.reading import after_asked, cursor_asked
from services.portal.pages.setting_fields import (
    BACK,
    GOES_BY,
    SETTING,
    WHEN_AND_WHY,
    WORDS,
    may_set,
    why_not,
)
from services.portal.pages.size_limits import TIERS
from services.portal.pages.submitting import (
    Submitted,
    Words,
    boxes_of,
    day,
    filled,
    new_form,
    text,
    whole,
)
from services.portal.pages.wording import zh_date, zh_number
from services.portal.web.access import allow, everyone
from services.portal.web.visitor import current_visitor
from shared.contracts.errors import NotFound
from shared.contracts.roles import Role

pages = Blueprint("settings", __name__)

_LOOKING = {
    *SETTING,
    *(Role.OFFICER, Role.REVIEWER, Role.AUDITOR, Role.OPERATOR),
}


@pages.get("/settings")
@everyone
def settings() -> str:
    """Who has to do with the scheme sees the changes too, with their reasons."""
    part = ask_part("registry", "ShowSettings", {}, after_asked(request.args))
    cursor = cursor_asked(request.args)
    looks = current_visitor().role in _LOOKING
    changes = ask_page("ListSettingsChanges", cursor=cursor) if looks and not part.away else None
    return render_template(
        "office/settings.html",
        part=part,
        stale=part.stale,
        changes=changes,
        cursor=cursor,
        said=partial(_said, _figures(part)),
        shown=shown_value,
        tiers=tiers,
        may_set=may_set(),
        goes_by=GOES_BY,
    )


@pages.get("/settings/<figure>")
@allow(*SETTING)
def setting(figure: str) -> Answer:
    """Raises NotFound."""
    return _page(figure, None)


@pages.post("/settings/<figure>")
@allow(*SETTING)
def change(figure: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = filled(
        effective_from=day(typed, "effective_from"),
        figures=[{"name": figure, **filled(value=whole(typed, "value"))}],
        reason=text(typed, "reason"),
        corrects=text(typed, "corrects"),
    )
    its = _figures(ask_part("registry", "ShowSettings")).get(figure)
    form = CommandForm(
        "ChangeSettings",
        {field.name: field.label for field in _fields(its)},
        _words(its),
        "setting_changed",
        field_of=_field,
    )
    return form.send(typed, payload, "/settings", partial(_page, figure))


def _page(figure: str, shown: Submitted | None) -> Answer:
    part = ask_part("registry", "ShowSettings", {}, after_of(shown))
    its = _figures(part).get(figure)
    if its is None and not part.away:
        raise NotFound("setting", figure)
    if shown is None:
        first = boxes_of("effective_from", today().isoformat())
        shown = Submitted(new_form(expected_version=version_of(part), **first))
    page = FormPage(
        title="变更设置",
        action=f"/settings/{figure}",
        button="变更",
        back=BACK,
        fields=_fields(its),
        facts=_facts(its) if its else (),
        says=GOES_BY,
        why_not=why_not(),
    )
    return page.show(part, shown, part.result)


def _fields(its: Mapping[str, Any] | None) -> tuple[Field, ...]:
    if its and _is_flag(its):
        return (Field("value", "新的值", "choice", choices=lambda: _YES_OR_NO), *WHEN_AND_WHY)
    within = f"可以设为 {its['least']} 到 {its['most']}。" if its else None
    return (Field("value", "新的值", "whole", within), *WHEN_AND_WHY)


def _facts(its: Mapping[str, Any]) -> list[tuple[str, str]]:
    since = f"（{zh_date(its['since'])}起）" if its["since"] else "（默认值）"
    to_come = "；".join(
        f"{zh_date(each['since'])}起 {shown_value(its, each['value'])}" for each in its["to_come"]
    )
    told = [
        ("设置", str(its["zh"])),
        ("作用", str(its["about"] or "—")),
        ("默认值的依据", label(its["basis"], "basis") if its["basis"] else "—"),
        ("现行值", f"{shown_value(its, its['value'])}{since}"),
    ]
    return [*told, ("将要执行", to_come)] if to_come else told


_YES_OR_NO = (("1", "是"), ("0", "否"))


def _is_flag(its: Mapping[str, Any]) -> bool:
    """Whether a figure only says yes or no."""
    return (its["least"], its["most"]) == (0, 1)


def shown_value(its: Mapping[str, Any], value: int) -> str:
    """A figure's value as people read it."""
    return dict(_YES_OR_NO)[str(value)] if _is_flag(its) else str(value)


def _words(its: Mapping[str, Any] | None) -> Words:
    within = f"应为 {its['least']} 到 {its['most']} 的整数。" if its else "超出允许的范围。"
    return {
        **WORDS,
        ("value", "missing"): "请填写新的值。",
        ("value", "out_of_range"): within,
        ("value", "nothing_changes"): "该日期已经是这个值，不需要变更。",
    }


def _field(path: str) -> str:
    """All that is wrong with the one figure is wrong with its value."""
    return "value" if path.startswith("figures") else path


def _figures(part: Part) -> dict[str, Any]:
    """The figures by name, none while the service is away."""
    return {its["name"]: its for its in part.result["figures"]} if part.result else {}


def tiers(limits: Mapping[str, Any]) -> str:
    """The lower limits of one measure in words."""
    return "，".join(f"{word} {zh_number(limits[tier])}" for tier, word in TIERS.items())


def _said(figures: Mapping[str, Any], change: Mapping[str, Any]) -> list[str]:
    """What a change set, a line each."""
    if change["kind"] == "sizes":
        return [
            f"{label(its['trade'], 'trade')}，{label(its['measure'], 'measure')}：" + tiers(its)
            for its in change["set_to"]
        ]
    return [_figure_said(figures.get(its["name"]), its) for its in change["set_to"]]


def _figure_said(figure: Mapping[str, Any] | None, its: Mapping[str, Any]) -> str:
    """What one figure was set to; by its identifier where there is no such figure any more."""
    if figure is None:
        return f"{its['name']}：{its['value']}"
    return f"{figure['zh']}：{shown_value(figure, its['value'])}"
