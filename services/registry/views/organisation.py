"""Responsible leaders, partner bodies, coordination meetings and the tasks they gave."""

from __future__ import annotations

from typing import Any

from services.registry.views.folding import SOURCE, corrected
from shared.contracts.registry.events import EVENTS
from shared.projections.columns import of_event, version
from shared.projections.model import Fold, Key, Model, ReadEvent, Row, Rule, Table, by, changed

_LEADERS = Table(
    "leaders",
    SOURCE,
    key=("appointment_id",),
    columns={
        "appointment_id": "text",
        "division": "text NOT NULL",
        "leader_name": "text NOT NULL",
        "office": "text NOT NULL",
        "since": "date NOT NULL",
        "ended_on": "date",
        "version": "integer NOT NULL",
    },
    indexes=(("division", "since", "appointment_id"),),
)


_PARTNERS = Table(
    "partners",
    SOURCE,
    key=("partner_id",),
    columns={
        "partner_id": "text",
        "division": "text NOT NULL",
        "name": "text NOT NULL",
        "kind": "text NOT NULL",
        "duties": "text NOT NULL",
        "registered_on": "date NOT NULL",
        "ended_on": "date",
        "version": "integer NOT NULL",
    },
    indexes=(("division", "partner_id"),),
)


_MEETINGS = Table(
    "meetings",
    SOURCE,
    key=("meeting_id",),
    columns={
        "meeting_id": "text",
        "division": "text NOT NULL",
        "held_on": "date NOT NULL",
        "subject": "text NOT NULL",
        "bodies": "jsonb NOT NULL",
        "sealed": "jsonb NOT NULL",
        "version": "integer NOT NULL",
    },
    indexes=(("held_on", "meeting_id"),),
)


_TASKS = Table(
    "tasks",
    SOURCE,
    key=("meeting_id", "task_id"),
    columns={
        "meeting_id": "text",
        "task_id": "text",
        "owner": "text NOT NULL",
        "what": "text NOT NULL",
        "due_on": "date NOT NULL",
        "standing": "text NOT NULL",
        "completed_on": "date",
        "result": "text",
    },
    indexes=(("standing", "due_on", "task_id"),),
)


def _new(table: Table, **given: Any) -> Fold:
    """A new row of what the event has, null for what comes later."""

    def fold(_: Row | None, event: ReadEvent, __: Key) -> Row:
        row = {name: event.data.get(name) for name in table.columns}
        if "version" in row:
            row["version"] = event.version
        if "sealed" in row:
            row["sealed"] = dict(event.sealed)
        return {**row, **given}

    return fold


def _task(event: str, **values: Any) -> Rule:
    return Rule(event, "tasks", by("meeting_id", "task_id"), changed(**values))


ORGANISATION = Model(
    name="organisation",
    tables=[_LEADERS, _PARTNERS, _MEETINGS, _TASKS],
    rules=[
        corrected("leaders", "appointment"),
        corrected("partners", "partner"),
        corrected("meetings", "meeting"),
        Rule("ResponsibleLeaderAppointed", "leaders", by("appointment_id"), _new(_LEADERS)),
        Rule(
            "AppointmentEnded",
            "leaders",
            by("appointment_id"),
            changed(ended_on=of_event("ended_on"), version=version),
        ),
        Rule("PartnerBodyRegistered", "partners", by("partner_id"), _new(_PARTNERS)),
        Rule(
            "PartnershipEnded",
            "partners",
            by("partner_id"),
            changed(ended_on=of_event("ended_on"), version=version),
        ),
        Rule("CoordinationMeetingRecorded", "meetings", by("meeting_id"), _new(_MEETINGS)),
        *(
            Rule(event, "meetings", by("meeting_id"), changed(version=version))
            for event in (
                "MeetingTaskAssigned",
                "MeetingTaskExtended",
                "MeetingTaskLapsed",
                "MeetingTaskCompleted",
            )
        ),
        Rule(
            "MeetingTaskAssigned",
            "tasks",
            by("meeting_id", "task_id"),
            _new(_TASKS, standing="open"),
        ),
        _task("MeetingTaskExtended", due_on=of_event("due_on"), standing="open"),
        _task("MeetingTaskLapsed", standing="overdue"),
        _task(
            "MeetingTaskCompleted",
            standing="completed",
            completed_on=of_event("completed_on"),
            result=of_event("result"),
        ),
    ],
    vocabularies={SOURCE: EVENTS},
)
