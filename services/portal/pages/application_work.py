"""What every form about one application shares: its facts beside it, and whether it is possible."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from services.portal.labels import label_choices
from services.portal.pages import opening
from services.portal.pages.asking import Part
from services.portal.pages.command_form import Answer, after_of, form_page, version_of
from services.portal.pages.confirming import Choices, Told
from services.portal.pages.past import timeline
from services.portal.pages.steps import shown_steps
from services.portal.pages.submitting import Submitted, Words, new_form
from shared.contracts.registry.vocabulary import RejectionGround

GROUND_WORDS: Words = {
    ("grounds", "bad_length"): "不予通过的，请至少选择一项原因。",
    ("grounds", "missing"): "不予通过的，请至少选择一项原因。",
    ("grounds", "reasons_needed"): "结论为不符合条件的，请至少选择一项原因。",
    ("grounds", "not_allowed"): "结论为符合条件的，不需要选择原因，请取消勾选。",
    ("reasons", "missing"): "请写明理由和依据，申报单位会看到。",
    ("reasons", "bad_length"): "请写明理由，不超过 4000 个字。",
}


def application_form(
    template: str,
    application_id: str,
    shown: Submitted | None,
    purpose: str,
    *,
    commands: Collection[str],
    first: Mapping[str, str | list[str]],
    names: Mapping[str, str],
    part: Part | None = None,
    **more: Any,
) -> Answer:
    """A form about an application, with its facts beside it. Raises NotFound.

    `commands` are those of the form: when none is possible it says why, in place of the form.
    `first` is what a new form holds.
    """
    if part is None:
        part = opening.opened(application_id, purpose, after_of(shown))
    its = part.result
    if shown is None:
        shown = Submitted(new_form(expected_version=version_of(part), **first))
    steps = [] if its is None else shown_steps(its)
    return form_page(
        template,
        part,
        shown,
        names,
        application_id=application_id,
        purpose=purpose,
        possible=its is not None and may(its, commands),
        steps=[step for step in steps if step.command in commands],
        events=[] if its is None else timeline(its),
        **more,
    )


def of_unit(application_id: str, purpose: str, choices: Choices | None = None) -> Told:
    """For the question before a form about an application: which unit it is about."""
    its = opening.opened(application_id, purpose).result
    name = (its and its["unit_name"]) or "（名称已依法删除）"
    return Told(choices or {}, (("单位", name),) if its else ())


def may(application: Mapping[str, Any], commands: Collection[str]) -> bool:
    """Whether one of these commands is possible now, for whoever asked."""
    return any(step["possible"] for step in application["steps"] if step["command"] in commands)


def grounds() -> list[tuple[str, str]]:
    """Grounds of rejection that a reviewer may name; the last comes of an objection alone."""
    return [
        (value, word)
        for value, word in label_choices("rejection_ground")
        if value != RejectionGround.OBJECTION_SUSTAINED
    ]
