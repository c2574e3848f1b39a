"""The bureau's meeting over a batch: for each candidate a place, a rank as a reserve, or why not.

A form has for each candidate `place-<id>`, `rank-<id>` and `reasons-<id>`; `candidates` are the
ids that it was shown with. The order that the rules propose goes on record beside what the bureau
decides (`proposed`), and `?fill=ranking` fills the form in by it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages import opening
from services.portal.pages.asking import Part, ask_one
from services.portal.pages.batches_staff import batch_and_units, shown_as
from services.portal.pages.command_form import Answer, CommandForm, form_page, version_of
from services.portal.pages.confirming import Question, Told, is_sure
from services.portal.pages.deciding import (
    LATER,
    LISTED,
    PLACES,
    RESERVE,
    Candidate,
    Decision,
)
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.quorum import quorum_hint
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
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("deliberation", __name__)

MEETING = {
    "held_on": "会议日期",
    "members": "应到人数",
    "present": "实到人数",
    "minutes": "会议纪要",
}
MEETING_WORDS: Words = {
    ("held_on", "missing"): "请填写会议日期。",
    ("held_on", "bad_format"): "没有这一天，请核对日期。",
    ("held_on", "out_of_range"): "会议日期不能晚于今天。",
    (
        "held_on",
        "too_early",
    ): "会议日期不能早于批次开始申报之日和所研究单位审查通过之日。",
    ("members", "missing"): "请填写应到人数。",
    ("members", "out_of_range"): "人数应为 1 到 100。",
    ("present", "missing"): "请填写实到人数。",
    ("present", "out_of_range"): "实到人数应为 1 到 100，且不超过应到人数。",
    (
        "present",
        "no_quorum",
    ): "到会人数没有超过规定的比例，请核对人数，或者登记延期。",
    ("minutes", "missing"): "请填写会议纪要。",
    ("minutes", "bad_length"): "会议纪要不超过 4000 个字，可以填写要点。",
}
_WORDS: Words = {**MEETING_WORDS, ("listed", "bad_length"): "请至少对一个单位作出安排。"}
_ONE = {
    ("place", "wrong_state"): "该单位的状态已经变化，请核对后重新安排。",
    ("reasons", "missing"): "请写明不列入名单的理由，申报单位会看到。",
    ("reasons", "bad_length"): "理由不超过 4000 个字。",
}
"""Sentences at the fields of each candidate."""
_QUESTION = Question(
    "集体研究决定",
    "决定登记后不能更改：列入名单的转入公示，不列入名单的申报到此为止。",
    "确认登记决定",
)
_NO_RANK = "请填写候补顺序，例如 1。"
_SAME_RANK = "候补顺序重复，请核对。"
_LEFT_OPEN = "本次有单位不列入名单，该单位也要作出安排。"
ADJOURNMENT = CommandForm(
    "AdjournDeliberation",
    MEETING,
    {**_WORDS, ("present", "out_of_range"): "实到人数应为 0 到 100，且不超过应到人数。"},
    "adjourned",
)


@pages.get("/batches/<batch_id>/deliberation")
@allow(Role.LEADER)
def deliberation(batch_id: str) -> Answer:
    """Raises NotFound."""
    return _page(batch_id, None)


@pages.post("/batches/<batch_id>/deliberation")
@allow(Role.LEADER)
def record(batch_id: str) -> Response | Answer:
    """A decision, or with the second button a meeting at which too few were. Raises NotFound."""
    typed = Form.of(request.form)
    again = partial(_page, batch_id)
    batch = f"/batches/{batch_id}"
    meeting = filled(
        batch_id=batch_id,
        deliberation_id=typed.value("deliberation_id"),
        held_on=day(typed, "held_on"),
        members=whole(typed, "members"),
        present=whole(typed, "present"),
        minutes=text(typed, "minutes"),
    )
    if typed.value("decision") == "adjourn":
        return ADJOURNMENT.send(typed, meeting, batch, again)
    made = Decision.of(typed)
    form, wrong = _form_of(batch_id, typed, made), _wrong(typed, made)
    payload = {**meeting, **_decided(typed, made)}
    first = None if wrong else form.ask_first(typed, payload, again, partial(_called, typed))
    if first is not None:
        return first
    done = form.submit(typed, payload, also=wrong)
    if not done.is_done:
        return again(done)
    onwards = f"{batch}/notice" if made.listed else batch
    return form.onwards(onwards, done)


def _form_of(batch_id: str, typed: Form, made: Decision) -> CommandForm:
    """The form with the fields of the candidates that it was shown with."""
    ids = typed.chosen("candidates")
    units = {} if is_sure(typed) else _unit_names(batch_id)
    words = {(f"{name}-{each}", code): said for (name, code), said in _ONE.items() for each in ids}
    note = "deliberated" if made.listed else "deliberated_without_list"
    names = _names({each: units.get(each, "") for each in ids})
    return CommandForm(
        "RecordDeliberation",
        names,
        {**_WORDS, **words},
        note,
        field_of=made.field_of,
        question=_QUESTION,
    )


def _unit_names(batch_id: str) -> dict[str, str]:
    """What the candidates are called, where the decision is shown to be checked."""
    units = opening.all_named(batch_id, "qualified", opening.DELIBERATION).result or []
    return {each: name for each, name, _ in map(shown_as, units)}


def _called(typed: Form) -> Told:
    return Told({f"place-{each}": dict(PLACES) for each in typed.chosen("candidates")})


def _names(units: Mapping[str, str]) -> dict[str, str]:
    """The fields with their labels, in the order of the form; `units` are the candidates' names."""
    names = {LISTED: "各单位的安排"}
    for each, unit in units.items():
        names |= {
            f"place-{each}": unit,
            f"rank-{each}": f"{unit}，候补顺序",
            f"reasons-{each}": f"{unit}，不列入名单的理由",
        }
    return {**names, **MEETING}


def _decided(typed: Form, made: Decision) -> dict[str, Any]:
    left_out = [
        filled(application_id=each, reasons=text(typed, f"reasons-{each}"))
        for each in made.left_out
    ]
    return {
        "listed": made.listed,
        **({"reserves": made.reserves} if made.reserves else {}),
        **({"left_out": left_out} if left_out else {}),
        **({"proposed": typed.chosen("proposed")} if typed.chosen("proposed") else {}),
    }


def _wrong(typed: Form, made: Decision) -> dict[str, str]:
    """What the form asks for beside the contract: an order of the reserves, nobody forgotten."""
    told = {}
    seen: set[int] = set()
    for each in made.reserves if len(made.reserves) > 1 else ():
        rank = whole(typed, f"rank-{each}")
        if not isinstance(rank, int) or rank < 1:
            told[f"rank-{each}"] = _NO_RANK
        elif rank in seen:
            told[f"rank-{each}"] = _SAME_RANK
        else:
            seen.add(rank)
    if made.left_out:
        told |= {f"place-{each}": _LEFT_OPEN for each in made.later}
    return told


def _page(batch_id: str, shown: Submitted | None) -> Answer:
    batch, units = batch_and_units(batch_id, "qualified", opening.DELIBERATION, shown)
    ranking = _ranking(batch_id, batch)
    candidates = _candidates(units, ranking)
    if shown is None:
        shown = Submitted(_new(batch, candidates))
    known = {its.application_id: its.unit_name for its in candidates}
    # What may be done already is sent again as it was; else the form goes by what is shown.
    as_typed = shown.unknown or not candidates
    typed = shown.form.chosen("candidates")
    return form_page(
        "desk/deliberation.html",
        batch,
        shown,
        _names(known),
        batch_id=batch_id,
        units=units,
        candidates=candidates,
        places=PLACES,
        quorum=quorum_hint(),
        candidate_ids=typed if as_typed else list(known),
        unshown=[each for each in typed if each not in known] if as_typed else [],
        proposed=shown.form.chosen("proposed") if as_typed else list(ranking),
    )


def _ranking(batch_id: str, batch: Part) -> Mapping[str, Any]:
    """Application → its line of the ranking, the first first; nothing while it is away."""
    ranked = Part() if batch.away else ask_one("RankCandidates", "batch_id", batch_id)
    return {its["application_id"]: its for its in (ranked.result or {"items": []})["items"]}


def _candidates(units: Part, ranking: Mapping[str, Any]) -> list[Candidate]:
    """The units to deliberate on, in the order that the rules propose."""
    made = []
    for row in units.result or []:
        application_id, unit_name, told = shown_as(row)
        line = ranking.get(application_id, {})
        within = bool(line.get("within_places"))
        made.append(Candidate(application_id, unit_name, told, line.get("rank"), within))
    return sorted(made, key=lambda its: (its.rank is None, its.rank or 0))


def _new(batch: Part, candidates: list[Candidate]) -> Form:
    """A form as it is first shown: every candidate left for later, or as the ranking has it."""
    by_ranking = request.args.get("fill") == "ranking"
    places: dict[str, str] = {}
    reserves = 0
    for its in candidates:
        place = LATER
        if by_ranking and its.rank is not None:
            place = LISTED if its.within else RESERVE
        if place == RESERVE:
            reserves += 1
            places[f"rank-{its.application_id}"] = str(reserves)
        places[f"place-{its.application_id}"] = place
    return new_form(
        deliberation_id=str(uuid.uuid4()),
        expected_version=version_of(batch),
        **boxes_of("held_on", today().isoformat()),
        **places,
    )
