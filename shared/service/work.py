"""One attempt at one command: loads streams, lets aggregates decide, gathers what to append.

Everything gathered goes into the log in one append, so a command that touches several
aggregates happens whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.access.actor import Actor
from shared.contracts.errors import Conflict, NotFound, Refused
from shared.contracts.message import SealedValue
from shared.contracts.reasons import Reason
from shared.contracts.scope import covers
from shared.contracts.stored import StoredEvent, Trace, store
from shared.eventlog.store import Append, Claim, NameTaken, Release
from shared.privacy.evidence.store import EvidenceStore
from shared.privacy.files.store import StoredFile
from shared.privacy.keyring import Locked, Unreadable
from shared.service.aggregate import Aggregate
from shared.service.parts import Parts


@dataclass
class _Loaded:
    state: Any
    found: int
    version: int


class Work:
    """One attempt. `context` is what the domain may know, `now` business time."""

    def __init__(
        self,
        parts: Parts,
        actor: Actor,
        trace: Trace,
        now: dt.datetime,
        context: Any,
        expected: tuple[str, int] | None = None,
    ) -> None:
        self.actor, self.now, self.context = actor, now, context
        self._parts, self._trace, self._expected = parts, trace, expected
        self._streams: dict[str, _Loaded] = {}
        self._decided: list[tuple[str, int, Any]] = []
        self._claims: list[Claim] = []
        self._releases: list[Release] = []
        self._about = ""
        self._refusals: dict[tuple[str, bytes], tuple[Reason, tuple[str, ...]]] = {}

    def state(self, aggregate: Aggregate, identifier: object) -> Any:
        """The aggregate's state, with what this work has decided about it."""
        return self._load(aggregate, identifier).state

    def decide(self, aggregate: Aggregate, identifier: object, command: Any) -> list[Any]:
        """Let the aggregate decide; its events are part of the work from here on.

        Raises what the aggregate raises, NotFound where nothing is there to decide about, and
        Conflict when the sender expected another version. That only here, where a handler has
        already asked whether the actor may know of the stream at all.
        """
        self.refuse_stale(aggregate, identifier)
        loaded = self._load(aggregate, identifier)
        stream = aggregate.stream(identifier)
        try:
            events = aggregate.decide(loaded.state, command, self.context)
        except Refused as refused:
            if loaded.version == 0 and refused.reason == Reason.WRONG_STATE:
                raise NotFound(aggregate.prefix, str(identifier)) from None
            raise
        for event in events:
            loaded.version += 1
            loaded.state = aggregate.evolve(loaded.state, event)
            self._decided.append((stream, loaded.version, event))
        return events

    def refuse_stale(self, aggregate: Aggregate, identifier: object) -> None:
        """Raise Conflict as `decide` does, for a handler that first asks something of others.

        Whoever decides on what is no longer so is told that, and not what follows from it.
        """
        stream = aggregate.stream(identifier)
        if self._expected is not None and self._expected[0] == stream:
            expected, actual = self._expected[1], self._load(aggregate, identifier).found
            if expected != actual:
                raise Conflict(stream, expected, actual)

    def require(self, aggregate: Aggregate, identifier: object) -> Any:
        """The state of what must exist. Raises NotFound."""
        loaded = self._load(aggregate, identifier)
        if loaded.version == 0:
            raise NotFound(aggregate.prefix, str(identifier))
        return loaded.state

    def was_overtaken(self) -> bool:
        """Whether a stream went on after this work looked at it, so that it may have seen one as it
        was before another command and one as it was after.
        """
        several = len(self._streams) > 1
        return several and any(
            self._parts.log.stream(name, after=its.found) for name, its in self._streams.items()
        )

    def version(self, aggregate: Aggregate, identifier: object) -> int:
        """How many events the stream has, with what this work has decided about it."""
        return self._load(aggregate, identifier).version

    def within(self, division: str) -> None:
        """Raise Refused unless the actor's role reaches this division."""
        if not covers(self.actor.division, division):
            raise Refused(
                Reason.OUT_OF_SCOPE,
                f"your role is held for {self.actor.division}, this belongs to {division}",
            )

    def within_or_unknown(self, aggregate: Aggregate, identifier: object, division: str) -> None:
        """Raise NotFound unless the actor's role reaches what lies in this division.

        What is somebody else's is to the actor as if it were not there.
        """
        if not covers(self.actor.division, division):
            raise NotFound(aggregate.prefix, str(identifier))

    def open(self, value: Any) -> Any:
        """The clear value of a sealed field that this service owns."""
        if not isinstance(value, SealedValue):
            return value
        try:
            return json.loads(self._parts.keyring.open(value))
        except Unreadable as why:
            raise self._unreadable(why) from None

    def file(self, file_id: str) -> StoredFile | None:
        """A file that was brought, whole or not; it is not swept away while this goes on."""
        return self._parts.files.touch(file_id)

    @property
    def evidence(self) -> EvidenceStore:
        """Where evidence lies, of a service that keeps any."""
        assert self._parts.evidence is not None
        return self._parts.evidence

    def _unreadable(self, why: Unreadable) -> Refused:
        if isinstance(why, Locked):
            return Refused(Reason.SUBJECT_LOCKED, "it is kept under lock")
        return Refused(Reason.SUBJECT_ERASED, "what was known of the subject has been erased")

    def claim(
        self, scope: str, parts: tuple[str, ...], holder: str, reason: Reason, *fields: str
    ) -> None:
        """Take a name that only one stream may hold.

        If it is taken, the command is refused with `reason`, about `fields`.
        """
        key = self._parts.keyring.keyed_hash(scope, *parts)
        self._claims.append(Claim(scope, key, holder))
        self._refusals[scope, key] = (reason, fields)

    def holder_of(self, scope: str, parts: tuple[str, ...]) -> str | None:
        """The stream that holds a name as the log has it, if one does."""
        return self._parts.log.holder_of(scope, self._parts.keyring.keyed_hash(scope, *parts))

    def holds(self, holder: str, scope: str) -> bool:
        """Whether a stream holds any name of a set, as the log has it."""
        return self._parts.log.holds(holder, scope)

    def pseudonym(self, scope: str, *parts: str) -> str:
        """An id that always is the same for these parts, and tells none of them to others."""
        return str(uuid.UUID(bytes=self._parts.keyring.keyed_hash(scope, *parts)[:16], version=4))

    def release(self, scope: str, holder: str) -> None:
        """Give a name back."""
        self._releases.append(Release(scope, holder))

    def refusal(self, taken: NameTaken) -> Refused:
        """Why a taken name refuses the command."""
        reason, fields = self._refusals[taken.scope, taken.key]
        return Refused(reason, f"{taken.scope} is taken", fields)

    def about(self, stream: str) -> None:
        """Say which stream the result names, for a command that does not say it itself."""
        self._about = stream

    def append(self, fingerprint: bytes, stream: str) -> Append:
        """All of it, ready for the log. `stream` is the one that the result names, "" for the one
        that the handler was `about`.
        """
        stream = stream or self._about
        versions = {name: its.version for name, its in self._streams.items()}
        return Append(
            command_id=self._trace.command_id,
            fingerprint=fingerprint,
            result={
                "stream": stream,
                "version": versions[stream],
                "events": [type(event).__name__ for _, _, event in self._decided],
            },
            expected={
                name: its.found for name, its in self._streams.items() if its.version > its.found
            },
            events=[self._stored(*decided) for decided in self._decided],
            claims=self._claims,
            releases=self._releases,
        )

    def _load(self, aggregate: Aggregate, identifier: object) -> _Loaded:
        stream = aggregate.stream(identifier)
        if stream not in self._streams:
            version, state = self._parts.load(aggregate, identifier)
            self._streams[stream] = _Loaded(state, version, version)
        return self._streams[stream]

    def _stored(self, stream: str, version: int, event: Any) -> StoredEvent:
        return store(
            event,
            self._parts.events.type_of(event),
            log=self._parts.log.name,
            stream=stream,
            version=version,
            occurred_at=self.now,
            trace=self._trace,
            seal=self._seal,
        )

    def _seal(self, subject: str, context: str, plaintext: bytes) -> bytes:
        try:
            return self._parts.keyring.seal(subject, context, plaintext, self.now)
        except Unreadable as why:
            raise self._unreadable(why) from None


Handler = Callable[[Work, Any], None]
