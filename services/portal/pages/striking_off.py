"""A meeting that strikes a unit off its batch after the review has found it qualified."""

from __future__ import annotations

import uuid
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from services.portal.pages import opening
from services.portal.pages.application_work import (
    GROUND_WORDS,
    application_form,
    grounds,
    of_unit,
)
from services.portal.pages.command_form import Answer, CommandForm
from services.portal.pages.confirming import Question
from services.portal.pages.deliberation import MEETING, MEETING_WORDS
from services.portal.pages.forms import Form
from services.portal.pages.layout import today
from services.portal.pages.quorum import quorum_hint
from services.portal.pages.submitting import Submitted, boxes_of, day, filled, text, whole
from services.portal.web.access import allow
from shared.contracts.roles import Role

pages = Blueprint("striking_off", __name__)

_NEEDED = "请至少选择一项原因。"
STRIKING_OFF = CommandForm(
    "StrikeOff",
    {"grounds": "原因", "reasons": "理由", **MEETING},
    {
        **GROUND_WORDS,
        **MEETING_WORDS,
        ("held_on", "too_early"): "会议日期不能早于该单位审查通过、列入名单（候补）之日。",
        ("grounds", "missing"): _NEEDED,
        ("grounds", "bad_length"): _NEEDED,
    },
    "struck_off",
    question=Question(
        "取消资格",
        "申报到此为止，不能恢复；空出的名额由候补单位递补，申报单位会看到理由。",
        "确认取消资格",
    ),
)


@pages.get("/applications/<application_id>/striking-off")
@allow(Role.LEADER)
def striking_off(application_id: str) -> Answer:
    """Raises NotFound."""
    return _page(application_id, None)


@pages.post("/applications/<application_id>/striking-off")
@allow(Role.LEADER)
def strike_off(application_id: str) -> Response | Answer:
    """Raises NotFound."""
    typed = Form.of(request.form)
    payload = {
        "grounds": typed.chosen("grounds"),
        **filled(
            application_id=application_id,
            deliberation_id=typed.value("deliberation_id"),
            held_on=day(typed, "held_on"),
            members=whole(typed, "members"),
            present=whole(typed, "present"),
            minutes=text(typed, "minutes"),
            reasons=text(typed, "reasons"),
        ),
    }
    again = partial(_page, application_id)
    onwards, called = f"/applications/{application_id}", {"grounds": dict(grounds())}
    about = partial(of_unit, application_id, opening.DELIBERATION, called)
    return STRIKING_OFF.send(typed, payload, onwards, again, about)


def _page(application_id: str, shown: Submitted | None) -> Answer:
    held_on = boxes_of("held_on", today().isoformat())
    return application_form(
        "desk/striking_off.html",
        application_id,
        shown,
        opening.DELIBERATION,
        commands=[STRIKING_OFF.command],
        first={"deliberation_id": str(uuid.uuid4()), **held_on},
        names=STRIKING_OFF.names,
        grounds=grounds(),
        quorum=quorum_hint(),
    )
