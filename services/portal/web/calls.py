"""How requests ask the services: one connection a thread, a deadline, a breaker a service."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from flask import g, has_request_context

from services.portal.web.breaker import Breaker
from services.portal.web.settings import WebSettings
from shared.access.actor import Actor, Issuer
from shared.contracts.errors import Refused, Unavailable
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.messaging.rpc_client import RpcClient, RpcTimeout, ServiceUnavailable
from shared.observability import metrics
from shared.service.client import Answered, Rpc, ServiceClient

T = TypeVar("T")

_ANYBODY = Actor("public", Role.PUBLIC)
KEEPS_NOBODY = frozenset({"ObjectToNotice"})
"""Commands whose events keep nobody (decision 006): sent as anybody's, in a chain of their own, so
that neither the broker nor a log line leads from the event to whoever was signed in. Whoever sends
one is not told the stream's version, by which others' could be counted, nor may they name one."""
_TOLD_BY_FORM = frozenset({"FileClue", "FileOpinion"})
"""Commands that keep nobody where they come by the form: whoever is signed in tells as anybody."""
_ASKED_BY_NOBODY = frozenset({"FollowObjection"})
"""Queries that only those ask who did what keeps nobody: what the registry records of the opening
must not name them either."""
_SINCE_ITS_BEGINNING = 1
_READING: Mapping[str, tuple[str, tuple[str, ...]]] = dict.fromkeys(
    ("OpenClue", "OpenDialogue", "OpenEvidence"), ("ReadCase", ("clue_id", "purpose"))
)
"""Query → the command that puts on record that something is read, and what both say."""


def keeps_nobody(command_type: str, payload: Mapping[str, Any]) -> bool:
    """Whether a command is sent as anybody's, whoever is signed in."""
    by_form = command_type in _TOLD_BY_FORM and payload.get("way") == "form"
    return by_form or command_type in KEEPS_NOBODY


class ServiceAway(Exception):
    """The service cannot be used now; nothing was done. `service` is its name."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} does not answer")
        self.service = service


class OutcomeUnknown(Exception):
    """A command was sent and no answer came: it may be done. Send it again with the same id."""

    def __init__(self, service: str, command_id: str) -> None:
        super().__init__(f"no answer from {service} to {command_id}")
        self.service, self.command_id = service, command_id


class Calls:
    """Commands, queries and operations in the name of `actor()`, the visitor of the moment.

    `own` answers for services that need no broker, by their name.
    """

    def __init__(
        self,
        amqp_url: str,
        issuer: Issuer,
        settings: WebSettings,
        services: Iterable[str],
        actor: Callable[[], Actor],
        own: Mapping[str, Rpc] | None = None,
    ) -> None:
        self._amqp_url, self._issuer, self._settings = amqp_url, issuer, settings
        self._actor = actor
        self._mine = threading.local()
        self._receiving: dict[str, X25519PublicKey] = {}
        self._own = {
            name: ServiceClient(rpc, issuer, within_process=True)
            for name, rpc in (own or {}).items()
        }
        self.breakers = {service: Breaker() for service in services}
        for service, breaker in self.breakers.items():
            metrics.BREAKER_OPEN.labels(service).set_function(_telling(breaker))

    def command(
        self,
        service: str,
        command_type: str,
        payload: Mapping[str, Any],
        command_id: str,
        expected_version: int | None = None,
    ) -> dict[str, Any]:
        """`{"stream", "version", "events"}`. Raises the service's refusal, ServiceAway before
        anything was sent, OutcomeUnknown after.

        Of a command that keeps nobody, and of a reporter's, `version` only says that the stream is
        there.
        """
        actor = _ANYBODY if keeps_nobody(command_type, payload) else self._actor()
        unnamed = _is_unnamed(actor)
        if unnamed:
            _note_unnamed()
        try:
            result = self._guarded(
                service,
                lambda client: client.command(
                    actor,
                    service,
                    command_type,
                    dict(payload),
                    command_id=command_id,
                    expected_version=None if unnamed else expected_version,
                    correlation_id=command_id if unnamed else None,
                    deadline=self._settings.command_seconds,
                ),
            )
        except (RpcTimeout, Unavailable):
            raise OutcomeUnknown(service, command_id) from None
        return {**result, "version": _SINCE_ITS_BEGINNING} if unnamed else result

    def query(
        self,
        service: str,
        query_type: str,
        payload: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> Answered:
        """The answer, its personal data opened. Raises the service's refusal, ServiceAway.

        What may be read only once that is on record is put on record first.
        """
        try:
            return self._query(service, query_type, payload, after)
        except Refused as refused:
            if refused.reason != Reason.READING_UNRECORDED or query_type not in _READING:
                raise
        self._record_reading(service, query_type, payload or {})
        return self._query(service, query_type, payload, after)

    def _record_reading(self, service: str, query_type: str, payload: Mapping[str, Any]) -> None:
        command, names = _READING[query_type]
        said = {name: payload[name] for name in names}
        try:
            self.command(service, command, said, str(uuid.uuid4()))
        except OutcomeUnknown:
            raise ServiceAway(service) from None
        except Refused as refused:
            # Of the same moment, by another request of the same visitor.
            if refused.reason != Reason.NOTHING_CHANGES:
                raise

    def _query(
        self,
        service: str,
        query_type: str,
        payload: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> Answered:
        actor = _ANYBODY if query_type in _ASKED_BY_NOBODY else self._actor()
        if _is_unnamed(actor):
            _note_unnamed()
        # What waits for its own write may wait for longer (invariant 15: up to 2 s over there).
        deadline = self._settings.query_seconds + (2.0 if after is not None else 0.0)
        try:
            return self._guarded(
                service,
                lambda client: client.query_with_state(
                    actor,
                    service,
                    query_type,
                    dict(payload or {}),
                    after=after,
                    deadline=deadline,
                ),
            )
        except RpcTimeout:
            raise ServiceAway(service) from None

    def operate(self, service: str, operation: str, payload: Mapping[str, Any]) -> Any:
        """What operators and auditors ask of a running service. Raises as `query`."""
        try:
            return self._guarded(
                service,
                lambda client: client.operate(
                    self._actor(),
                    service,
                    operation,
                    dict(payload),
                    deadline=self._settings.query_seconds,
                ),
            )
        except RpcTimeout:
            raise ServiceAway(service) from None

    def transfer(
        self,
        service: str,
        transfer_type: str,
        payload: Mapping[str, Any],
        deadline: float | None = None,
    ) -> dict[str, Any]:
        """A part of bringing or reading a file; again does no harm. Raises as `query`.

        `deadline` in seconds, None is that of commands.
        """
        try:
            return self._guarded(
                service,
                lambda client: client.transfer(
                    self._actor(),
                    service,
                    transfer_type,
                    payload,
                    deadline=deadline or self._settings.command_seconds,
                ),
            )
        except RpcTimeout:
            raise ServiceAway(service) from None

    def ask(self, service: str, method: str) -> Any:
        """One of a service's plain methods. Raises as `query`."""
        try:
            return self._guarded(
                service,
                lambda client: client.ask(service, method, deadline=self._settings.query_seconds),
            )
        except RpcTimeout:
            raise ServiceAway(service) from None

    def _guarded(self, service: str, work: Callable[[ServiceClient], T]) -> T:
        breaker = self.breakers[service]
        if service in _away() or not breaker.may_call():
            raise ServiceAway(service)
        try:
            answer = work(self._own.get(service) or self._client())
        except ServiceUnavailable:
            breaker.failed()
            _away().add(service)
            raise ServiceAway(service) from None
        except RpcTimeout:
            breaker.failed()
            _away().add(service)
            raise
        except Unavailable as unavailable:
            breaker.answered()
            _away().add(service)
            if unavailable.may_be_done:
                raise
            raise ServiceAway(service) from None
        except Exception:
            breaker.answered()  # it spoke: a refusal, or an error of its own
            raise
        breaker.answered()
        return answer

    def _client(self) -> ServiceClient:
        client: ServiceClient | None = getattr(self._mine, "client", None)
        if client is None:
            rpc = RpcClient(self._amqp_url, name="jiandu portal web")
            client = self._mine.client = ServiceClient(rpc, self._issuer, self._receiving)
        return client


def _is_unnamed(actor: Actor) -> bool:
    """Whether no line of ours may lead to who it is: anybody, and whoever holds a receipt."""
    return actor is _ANYBODY or actor.role is Role.REPORTER


def _note_unnamed() -> None:
    """The log line of the request under way must not tell who sent it."""
    if has_request_context():
        g.unnamed = True


def _away() -> set[str]:
    """Services that did not answer in this request: a page waits for each of them once."""
    if not has_request_context():
        return set()
    if "away" not in g:
        g.away = set()
    away: set[str] = g.away
    return away


def _telling(breaker: Breaker) -> Callable[[], float]:
    return lambda: float(breaker.is_open)
