"""Takes one command from the wire to the log: who, may they, what, once.

The order matters. Nothing of a payload is looked at before its sender is known; a command that
was carried out before returns its first result even though the state has moved on since.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog

from shared.access.actor import SYSTEM, Actor, Verifier, digest, transit_binding
from shared.clock import Clock
from shared.contracts import canonical
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Conflict, Refused
from shared.contracts.message import MessageType, Vocabulary
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.contracts.stored import NOBODY, Trace
from shared.eventlog.store import Append, NameTaken
from shared.observability import metrics
from shared.observability.context import bind_message, bind_role, within_chain
from shared.privacy.transit import open_fields, open_payload
from shared.service.parts import Parts
from shared.service.standing import Standing
from shared.service.work import Handler, Work

ATTEMPTS = 12
"""Times a command is decided anew when others write to its streams at the same moment."""
LONGEST_PAUSE = 0.05
"""Seconds before it is; by chance, so that those who met once do not meet again."""

_log = structlog.get_logger(__name__)


MakesContext = Callable[[dt.datetime, Actor, Standing], Any]
"""What the domain may know: of the moment, of who acts, and of streams that everything goes by."""


@dataclass(frozen=True)
class Route:
    """Who may send a command, which stream it is about, and what carries it out.

    stream: "" where that follows from who acts; then the handler says it by `Work.about`
    """

    roles: Collection[Role]
    stream: Callable[[Any], str]
    handler: Handler


class CommandBus:
    """Carries out the commands of one service."""

    def __init__(
        self,
        parts: Parts,
        commands: Vocabulary,
        routes: Mapping[type, Route],
        verifier: Verifier,
        clock: Clock,
        context: MakesContext,
    ) -> None:
        self._parts, self._commands, self._routes = parts, commands, routes
        self._verifier, self._clock, self._context = verifier, clock, context
        self.standing = Standing(parts)

    def execute(self, wire: Any) -> Mapping[str, Any]:
        """Carry out a command off the wire; returns `{"stream", "version", "events"}`.

        Raises Invalid, Refused, Conflict or NotFound; the log is then unchanged. Binds the
        command's ids to the log lines of the worker, whose context the caller clears.
        """
        envelope = Envelope.load(wire)
        bind_message("command", envelope.id, envelope.correlation_id, envelope.causation_id)
        actor = self._verifier.verify(envelope.actor, digest(wire))
        bind_role(str(actor.role))
        message_type = self._commands.find(envelope.type)
        route = self._routes[message_type.cls]
        if actor.role not in route.roles:
            raise Refused(
                Reason.WRONG_ROLE, f"{envelope.type} is not for the role {actor.role}", ["actor"]
            )
        return self._carry_out(envelope, actor, self._load(message_type, envelope, actor), route)

    def act(self, command: Any, command_id: str, correlation_id: str, cause: str | None) -> None:
        """Carry out a command of the service itself: a reaction, a limit that fell due.

        Raises Invalid, Refused, Conflict or NotFound, as `execute` does.
        """
        message_type = self._commands.type_of(command)
        envelope = Envelope(
            id=command_id,
            type=message_type.name,
            schema_version=message_type.schema_version,
            payload=message_type.dump(command),
            correlation_id=correlation_id,
            causation_id=cause,
        )
        with within_chain(
            command_id=command_id,
            correlation_id=correlation_id,
            causation_id=cause,
            actor_role=str(SYSTEM.role),
        ):
            self._carry_out(envelope, SYSTEM, command, self._routes[message_type.cls])

    def look(self, envelope: Envelope, actor: Actor) -> Work:
        """The state of things as a command of this actor would find it; nothing is appended."""
        return self._work(envelope, actor, "")

    def _load(self, message_type: MessageType, envelope: Envelope, actor: Actor) -> Any:
        receiver = self._parts.keyring.receiving_key()
        binding = transit_binding(envelope.id, actor)
        payload = open_payload(message_type, envelope.payload, receiver, binding)
        payload = open_fields(message_type, payload, receiver, binding)
        if isinstance(payload, dict):
            payload = self._commands.upcast(message_type.name, envelope.schema_version, payload)
        return message_type.load(payload)

    def _carry_out(
        self, envelope: Envelope, actor: Actor, command: Any, route: Route
    ) -> Mapping[str, Any]:
        fingerprint = self._fingerprint(actor, command)
        known = self._parts.log.result_of(envelope.id, fingerprint)
        if known is not None:
            return self._repeated(envelope, known)
        try:
            result = self._decide_and_append(envelope, actor, command, route, fingerprint)
        except (Refused, Conflict):
            # A twin of this command may have been carried out since we looked.
            known = self._parts.log.result_of(envelope.id, fingerprint)
            if known is None:
                raise
            return self._repeated(envelope, known)
        _log.info("command.done", type=envelope.type, **dict(result))
        return result

    def _repeated(self, envelope: Envelope, known: Mapping[str, Any]) -> Mapping[str, Any]:
        metrics.REPEATED.labels(envelope.type).inc()
        _log.info("command.repeated", type=envelope.type, stream=known["stream"])
        return known

    def _decide_and_append(
        self, envelope: Envelope, actor: Actor, command: Any, route: Route, fingerprint: bytes
    ) -> Mapping[str, Any]:
        stream = route.stream(command)
        for attempt in range(1, ATTEMPTS + 1):
            work = self._work(envelope, actor, stream)
            try:
                route.handler(work, command)
            except Refused:
                if attempt == ATTEMPTS or not work.was_overtaken():
                    raise
                continue
            try:
                return self._append(work.append(fingerprint, stream))
            except NameTaken as taken:
                if taken.by_others or attempt == ATTEMPTS:
                    raise work.refusal(taken) from None
            except Conflict:
                # Whether a sender's expected version is stale shows when it is decided anew.
                if attempt == ATTEMPTS:
                    raise
            time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - no secret
        raise AssertionError("unreachable")

    def _append(self, given: Append) -> Mapping[str, Any]:
        """A deadlock is a conflict too: another command writes the same streams in another order,
        and PostgreSQL has picked this one to begin anew.
        """
        try:
            return self._parts.log.append(given)
        except psycopg.errors.DeadlockDetected:
            stream, expected = next(iter(given.expected.items()))
            raise Conflict(stream, expected) from None

    def _work(self, envelope: Envelope, actor: Actor, stream: str) -> Work:
        now = self._clock.now()
        # By a receipt its holder's acts could be put together, and with it the case be opened.
        is_kept = actor.role is not Role.REPORTER
        trace = Trace(
            role=str(actor.role) if is_kept else NOBODY,
            actor_id=actor.id if is_kept else None,
            command_id=envelope.id,
            correlation_id=envelope.correlation_id or envelope.id,
            causation_id=envelope.causation_id,
        )
        expected = envelope.expected_version
        return Work(
            self._parts,
            actor,
            trace,
            now,
            self._context(now, actor, self.standing),
            None if expected is None else (stream, expected),
        )

    def _fingerprint(self, actor: Actor, command: Any) -> bytes:
        """Binds a command id to actor and payload; keyed, since payloads hold guessable data."""
        message_type = self._commands.type_of(command)
        payload = canonical.encode(message_type.dump(command)).decode()
        return self._parts.keyring.keyed_hash(
            "command", actor.id, str(actor.role), message_type.name, payload
        )
