"""What must hold of the clues in particular: no payment doubled, no alarm lost or raised twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from services.clues.definition import DEFINITION as CLUES
from services.clues.domain import clue
from services.clues.domain.clue import Clue
from services.clues.domain.limits import has_passed
from shared.contracts.clues.vocabulary import ClueStatus
from shared.contracts.stored import StoredEvent
from shared.eventlog.store import EventLog
from tests.chaos.load import Load

_ENDED = (ClueStatus.CLOSED, ClueStatus.FED_BACK, ClueStatus.TOLD)


class Cases:
    """Every clue as its events leave it, read from the log by itself."""

    def __init__(self, log: EventLog) -> None:
        self.events: dict[str, list[StoredEvent]] = defaultdict(list)
        for page in log.event_pages():
            for recorded in page:
                if recorded.event.stream.startswith("clue-"):
                    self.events[recorded.event.stream].append(recorded.event)
        self.states = {stream: folded(its) for stream, its in self.events.items()}

    def overdue(self, today: dt.date) -> list[str]:
        """Limits of which an alarm should have been raised by now; provisional ones wait."""
        return [
            f"{name} of {stream}"
            for stream, state in self.states.items()
            for (name, _), its in state.limits.items()
            if its.alarm is not None
            and not its.alarm.span.provisional
            and has_passed(its.alarm.span, today)
        ]

    def problems(self, load: Load) -> Iterator[str]:
        yield from self._money_problems()
        yield from self._payment_problems(load)
        raised = Counter(_alarm(its) for its in self._of("AlarmRaised"))
        twice = [alarm for alarm, times in raised.items() if times > 1]
        if twice:
            yield f"{len(twice)} alarms were raised twice: {twice[:3]}"

    def _money_problems(self) -> Iterator[str]:
        for stream, state in self.states.items():
            for claim in state.ledger.claims.values():
                if not claim.paid <= claim.ordered <= claim.verified <= claim.claimed:
                    yield f"the ledger of {stream} does not agree: {claim}"
            if state.status in _ENDED and not state.ledger.settled:
                yield f"{stream} is closed, and not all is paid"

    def _payment_problems(self, load: Load) -> Iterator[str]:
        told = Counter(str(its.clear()["payment_id"]) for its in self._of("RefundPaid"))
        doubled = [payment for payment, times in told.items() if times > 1]
        if doubled:
            yield f"{len(doubled)} payments are booked twice"
        lost = set(load.paid()) - set(told)
        if lost:
            yield f"{len(lost)} acknowledged payments are not booked"
        amounts = {str(its.clear()["payment_id"]): its.clear()["amount"]
                   for its in self._of("RefundPaid")}  # fmt: skip
        if any(amounts.get(payment) != amount for payment, amount in load.paid().items()):
            yield "a payment is booked with another amount"

    def _of(self, name: str) -> Iterator[StoredEvent]:
        for events in self.events.values():
            yield from (its for its in events if its.type == name)


def folded(events: Sequence[StoredEvent]) -> Clue:
    """A clue out of its stored events, nothing opened."""
    state = Clue()
    for its in events:
        values = CLUES.events.upcast(its.type, its.schema_version, its.clear())
        restored = CLUES.events.find(its.type).restore(values, its.handles())
        state = clue.evolve(state, restored)
    return state


def _alarm(event: StoredEvent) -> tuple[str, ...]:
    """Which stage of which run of a limit: one that runs anew is counted from another day."""
    values = event.clear()
    span = values["watch"]["span"]
    which = (values["name"], values["about"], values["stage"])
    return (event.stream, *map(str, (*which, span["counted_from"], span["due_on"])))
