"""Boxes, symposia and imports, each with several entries at once; totals of earlier years."""

from __future__ import annotations

import dataclasses
import uuid

from services.clues.domain import box, records, symposium
from services.clues.domain.entries import Origin, filing_of
from services.clues.handlers.aggregates import BASELINE, BOX, CLUE, IMPORT, OPINION, SYMPOSIUM
from services.clues.handlers.common import (
    BUREAU,
    Gathered,
    known,
    of,
    of_point_or_bureau,
    refuse_unknown_division,
    within_item,
)
from services.clues.handlers.filing import take_clue, take_opinion
from shared.contracts.clues import commands
from shared.contracts.clues.fields import Entry
from shared.contracts.clues.vocabulary import Nature, Way
from shared.contracts.errors import Invalid, Refused
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.keeping.handlers import active_point
from shared.service.command_bus import Route
from shared.service.work import Work


def place_box(work: Work, command: commands.PlaceBox) -> None:
    refuse_unknown_division(work, command.division)
    point_id = of_point_or_bureau(work, command.division)
    work.decide(BOX, command.box_id, box.Place(command, point_id))


def empty_box(work: Work, command: commands.EmptyBox) -> None:
    point_id = known(work, BOX, command.box_id).point_id
    work.decide(BOX, command.box_id, command)
    origin = Origin(
        Way.OPINION_BOX,
        point_id=point_id,
        source_id=command.emptying_id,
        filed_by=work.actor.id,
    )
    _take(work, command.entries, origin)


def remove_box(work: Work, command: commands.RemoveBox) -> None:
    known(work, BOX, command.box_id)
    work.decide(BOX, command.box_id, command)


def schedule_symposium(work: Work, command: commands.ScheduleSymposium) -> None:
    refuse_unknown_division(work, command.division)
    point_id = of_point_or_bureau(work, command.division)
    work.decide(SYMPOSIUM, command.symposium_id, symposium.Schedule(command, point_id))


def hold_symposium(work: Work, command: commands.HoldSymposium) -> None:
    point_id = known(work, SYMPOSIUM, command.symposium_id).point_id
    work.decide(SYMPOSIUM, command.symposium_id, command)
    origin = Origin(
        Way.SYMPOSIUM,
        point_id=point_id,
        source_id=command.symposium_id,
        filed_by=work.actor.id,
    )
    _take(work, command.entries, origin)


def cancel_symposium(work: Work, command: commands.CancelSymposium) -> None:
    known(work, SYMPOSIUM, command.symposium_id)
    work.decide(SYMPOSIUM, command.symposium_id, command)


def _take(work: Work, entries: tuple[Entry, ...], origin: Origin) -> None:
    """Each entry as a clue or an opinion of its own; all of them, or none.

    A point that is not at work any more brings nothing in; the bureau empties its box.
    """
    if entries and work.actor.role is Role.POINT:
        active_point(work)
    for index, entry in enumerate(entries):
        with within_item(f"entries[{index}]"):
            _refuse_taken(work, entry.entry_id)
            _take_one(work, entry, origin)


def _refuse_taken(work: Work, entry_id: str) -> None:
    """What became a clue does not become an opinion too."""
    if work.version(CLUE, entry_id) or work.version(OPINION, entry_id):
        raise Refused(Reason.ALREADY_EXISTS, "that entry is on record", ["entry_id"])


def _take_one(work: Work, entry: Entry, origin: Origin) -> None:
    """What a point hears may be about any district, what the bureau does lies in its own."""
    if work.actor.role is not Role.POINT:
        with within_item("division"):
            work.within(entry.division)
    reporter_id = work.pseudonym("reporter", entry.entry_id)
    filing = filing_of(entry, origin.way, reporter_id)
    if entry.nature is Nature.CLUE:
        take_clue(work, filing, origin)
    else:
        take_opinion(work, filing, origin)


def import_hotline(work: Work, command: commands.ImportHotline) -> None:
    """What was taken in before, by its number, is passed over.

    Raises Invalid or Refused for all that is wrong with any order, at once.
    """
    work.within(command.division)
    refuse_unknown_division(work, command.division)
    _refuse_doubled(command)
    new: list[str] = []
    wrong = Gathered()
    for index, order in enumerate(command.orders):
        entry_id = entry_of(work, order.number)
        if work.version(CLUE, entry_id) or work.version(OPINION, entry_id):
            continue
        entry = dataclasses.replace(order.entry, entry_id=entry_id)
        origin = Origin(
            Way.HOTLINE,
            source_id=command.import_id,
            hotline_number=order.number,
            filed_by=work.actor.id,
        )
        with wrong, within_item(f"orders[{index}].entry"):
            _take_one(work, entry, origin)
        new.append(entry_id)
    wrong.tell()
    work.decide(IMPORT, command.import_id, records.TakeIn(command, tuple(new)))


def entry_of(work: Work, number: str) -> str:
    """The id of what a work order becomes: always the same, however its letters are written."""
    return work.pseudonym("hotline", number.upper())


def _refuse_doubled(command: commands.ImportHotline) -> None:
    seen: set[str] = set()
    for index, order in enumerate(command.orders):
        if order.number.upper() in seen:
            raise Invalid.one(f"orders[{index}].number", "duplicate", "stands there twice")
        seen.add(order.number.upper())


def record_baseline(work: Work, command: commands.RecordBaseline) -> None:
    work.within(command.division)
    refuse_unknown_division(work, command.division)
    work.decide(BASELINE, baseline_of(command), command)


def baseline_of(command: commands.RecordBaseline) -> str:
    """Names the stream of a division's totals."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"baseline/{command.division}"))


_COLLECTING = BUREAU | {Role.POINT}

ROUTES: dict[type, Route] = {
    commands.PlaceBox: Route(_COLLECTING, of(BOX, "box_id"), place_box),
    commands.EmptyBox: Route(_COLLECTING, of(BOX, "box_id"), empty_box),
    commands.RemoveBox: Route(_COLLECTING, of(BOX, "box_id"), remove_box),
    commands.ScheduleSymposium: Route(
        _COLLECTING, of(SYMPOSIUM, "symposium_id"), schedule_symposium
    ),
    commands.HoldSymposium: Route(_COLLECTING, of(SYMPOSIUM, "symposium_id"), hold_symposium),
    commands.CancelSymposium: Route(_COLLECTING, of(SYMPOSIUM, "symposium_id"), cancel_symposium),
    commands.ImportHotline: Route({Role.OFFICER}, of(IMPORT, "import_id"), import_hotline),
    commands.RecordBaseline: Route(
        BUREAU, lambda command: BASELINE.stream(baseline_of(command)), record_baseline
    ),
}
