"""The act by which somebody of the bureau stays out of an opinion."""

from __future__ import annotations

from services.portal.labels import label_choices
from services.portal.pages.acts import Act, Field
from services.portal.pages.clues.case_act import REASONS, people_to_recuse
from shared.contracts.roles import Role

RECUSE = Act(
    "RecuseFromOpinion",
    "recusal",
    "登记回避",
    "登记回避",
    (Role.OFFICER, Role.LEADER),
    "opinion_recused",
    (
        Field("account_id", "回避的人员", "choice", choices=people_to_recuse),
        Field("tie", "回避的情形", "choice", choices=lambda: label_choices("tie")),
        REASONS,
    ),
    warning="登记以后，回避的人员不能再查阅、办理本件，以及由本件转成的线索。",
    service="clues",
)
