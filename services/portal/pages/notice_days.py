"""The days of a notice: of each unit its own, once a correction has begun them anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.pages.layout import today
from shared.contracts.registry.vocabulary import ObjectionOutcome


def last_day_of(notice: Mapping[str, Any], application_id: str) -> str:
    """The last day, as JSON has it, on which objections to this unit are heard."""
    return str(notice["corrected"].get(application_id, notice["last_day"]))


def is_heard(notice: Mapping[str, Any], application_id: str) -> bool:
    """Whether anybody may still object to this unit today, if it has not left."""
    if application_id in notice["departed"]:
        return False
    return today().isoformat() <= last_day_of(notice, application_id)


def heard(notice: Mapping[str, Any]) -> list[str]:
    """The units that may still be objected to, in the order of the notice."""
    ids = (unit["application_id"] for unit in notice["units"])
    return [each for each in ids if each not in notice["designated"] and is_heard(notice, each)]


def unsettled(notice: Mapping[str, Any]) -> list[str]:
    """As the bureau is shown it: the units that are neither points nor gone."""
    brought_down = {
        its["application_id"]
        for its in notice.get("objections", ())
        if its["outcome"] == ObjectionOutcome.SUSTAINED
    }
    gone = {*brought_down, *notice["departed"], *notice["designated"]}
    ids = (unit["application_id"] for unit in notice["units"])
    return [each for each in ids if each not in gone]
