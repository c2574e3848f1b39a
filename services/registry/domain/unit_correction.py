"""Correcting a unit's data, until the unit is designated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.registry.domain.application_state import Application
from services.registry.domain.context import Context
from services.registry.domain.entry import refuse_own_recommender
from services.registry.domain.leaving import STRIKABLE
from shared.contracts.errors import Refused
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, events
from shared.contracts.registry.vocabulary import ApplicationStatus, IndustryGroup, Size
from shared.contracts.transitions import Transitions


@dataclass(frozen=True)
class CorrectData:
    """CorrectUnitData with all the unit's data as they would be submitted, and what they make.

    corrected: the names of the data that were given
    """

    right: commands.SubmitApplication
    corrected: tuple[str, ...]
    reason: str
    industry_group: IndustryGroup
    size: Size


def correct_data(state: Application, command: CorrectData, _: Context) -> list[Any]:
    if not command.corrected:
        raise Refused(Reason.NOTHING_CHANGES, "no datum is given")
    right = command.right
    if "unit_name" in command.corrected:
        refuse_own_recommender(state.recommender, right.unit_name, "unit_name")
    return [
        events.UnitDataCorrected(
            application_id=state.application_id,
            corrected=command.corrected,
            division=right.division,
            industry_section=right.industry_section,
            industry_group=command.industry_group,
            trade=right.trade,
            size=command.size,
            staff=right.staff,
            revenue_wan=right.revenue_wan,
            assets_wan=right.assets_wan,
            unit_name=right.unit_name,
            credit_code=right.credit_code,
            address=right.address,
            contact_name=right.contact_name,
            contact_phone=right.contact_phone,
            reason=command.reason,
        )
    ]


_S = ApplicationStatus
CORRECTING: Transitions = {
    (status, CorrectData): correct_data
    for status in (*(_S.SUBMITTED, _S.SUPPLEMENTING, _S.UNDER_REVIEW), *STRIKABLE)
}
"""Of a unit on notice, the notice must be corrected too before it can be designated. A credit code,
which it does not show, is corrected there with the unit's data.
"""
