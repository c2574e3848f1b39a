"""How the edge (command line, portal) speaks to services: signs, seals, sends, opens.

One client for one thread, as the RPC connection under it.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from shared.access.actor import Actor, Issuer, digest, transit_binding
from shared.contracts.canonical import check
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.envelope import value_of
from shared.contracts.message import MessageType
from shared.contracts.operations import OPERATIONS
from shared.contracts.transfers import TRANSFERS
from shared.messaging.rpc_client import RpcTimeout, ServiceUnavailable
from shared.observability.context import current_correlation
from shared.privacy.transit import open_value, seal_fields, seal_payload
from shared.service.query_bus import reply_context

_LARGEST_PAGE = 100


@dataclass(frozen=True)
class Answered:
    """A query's answer; `stale` when it does not show yet what it was to be after."""

    result: Any
    stale: bool = False


class Rpc(Protocol):
    """What carries calls: `shared.messaging.rpc_client.RpcClient`, which raises its errors."""

    def call(
        self, service: str, method: str, /, *args: Any, deadline: float | None = None, **kwargs: Any
    ) -> Any:
        """What `service.method(*args, **kwargs)` answers."""


class ServiceClient:
    """Sends commands and queries in the name of actors that `issuer` vouches for.

    receiving: the services' keys that are known; clients that share it ask for each but once
    within_process: what is sent meets no broker, so that it need not be sealed as a whole
    """

    def __init__(
        self,
        rpc: Rpc,
        issuer: Issuer,
        receiving: dict[str, X25519PublicKey] | None = None,
        *,
        within_process: bool = False,
    ) -> None:
        self._rpc, self._issuer, self._within_process = rpc, issuer, within_process
        self._receiving = {} if receiving is None else receiving

    def command(
        self,
        actor: Actor,
        service: str,
        command_type: str,
        payload: Any,
        *,
        command_id: str | None = None,
        expected_version: int | None = None,
        correlation_id: str | None = None,
        deadline: float | None = None,
    ) -> dict[str, Any]:
        """Carry out a command given as plain JSON values; `{"stream", "version", "events"}`.

        Raises the service's refusal, ServiceUnavailable when nothing was sent, or RpcTimeout when
        the outcome is not known: then send it again with the same `command_id`. Without a
        `correlation_id` the command belongs to the chain that the caller's log lines are bound to,
        else it begins one. `deadline` is in seconds; None is the connection's own.
        """
        message_type = CATALOGUE[service].commands.find(command_type)
        identifier = command_id or str(uuid.uuid4())
        message = self._message(message_type, identifier, payload)
        receiver = self._receiver(service, deadline)
        binding = transit_binding(identifier, actor)
        if isinstance(payload, dict):
            payload = seal_fields(message_type, payload, receiver, binding)
        message["payload"] = self._on_its_way(message_type, payload, receiver, binding)
        if expected_version is not None:
            message["expected_version"] = expected_version
        message["correlation_id"] = correlation_id or current_correlation() or identifier
        result: dict[str, Any] = self._send(actor, service, "command", message, deadline)
        return result

    def query(
        self,
        actor: Actor,
        service: str,
        query_type: str,
        payload: Any,
        *,
        after: Mapping[str, Any] | None = None,
        deadline: float | None = None,
    ) -> Any:
        """The answer, its personal data opened.

        `after`: a command's result, whose effect the answer must already show.
        """
        return self.query_with_state(
            actor, service, query_type, payload, after=after, deadline=deadline
        ).result

    def query_with_state(
        self,
        actor: Actor,
        service: str,
        query_type: str,
        payload: Any,
        *,
        after: Mapping[str, Any] | None = None,
        deadline: float | None = None,
    ) -> Answered:
        """As `query`, and whether the answer shows what `after` names yet."""
        reply_key = X25519PrivateKey.generate()
        message_type = CATALOGUE[service].queries.find(query_type)
        message = self._message(message_type, str(uuid.uuid4()), payload)
        binding = transit_binding(message["id"], actor)
        receiver = self._receiver(service, deadline)
        message["payload"] = self._on_its_way(message_type, payload, receiver, binding)
        message["correlation_id"] = current_correlation() or message["id"]
        message["reply_key"] = _b64(reply_key.public_key())
        if after is not None:
            message["after"] = {name: after[name] for name in ("stream", "version")}
        answer = self._send(actor, service, "query", message, deadline)
        opened = _opened(answer["result"], reply_key, reply_context(message["id"]))
        return Answered(opened, bool(answer["stale"]))

    def query_all(
        self,
        actor: Actor,
        service: str,
        query_type: str,
        payload: Mapping[str, Any],
        *,
        after: Mapping[str, Any] | None = None,
    ) -> list[Any]:
        """Every item of a list that is answered a page at a time."""
        items: list[Any] = []
        cursor = None
        while True:
            asked = {**payload, "cursor": cursor, "limit": _LARGEST_PAGE}
            page = self.query(actor, service, query_type, asked, after=after)
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    def operate(
        self,
        actor: Actor,
        service: str,
        operation: str,
        payload: Any,
        *,
        deadline: float | None = None,
    ) -> Any:
        """What operators ask of a running service."""
        message = self._message(OPERATIONS.find(operation), str(uuid.uuid4()), payload)
        return self._send(actor, service, "operate", message, deadline)

    def transfer(
        self,
        actor: Actor,
        service: str,
        transfer_type: str,
        payload: Mapping[str, Any],
        *,
        deadline: float | None = None,
    ) -> dict[str, Any]:
        """A part of bringing or reading a file (`contracts.transfers`), its answer opened."""
        message_type = TRANSFERS.find(transfer_type)
        message = self._message(message_type, str(uuid.uuid4()), dict(payload))
        receiver = self._receiver(service, deadline)
        binding = transit_binding(message["id"], actor)
        message["payload"] = seal_fields(message_type, payload, receiver, binding)
        reply_key = X25519PrivateKey.generate()
        message["reply_key"] = _b64(reply_key.public_key())
        message["correlation_id"] = current_correlation() or message["id"]
        answer = self._send(actor, service, "transfer", message, deadline)
        opened: dict[str, Any] = _opened(answer, reply_key, reply_context(message["id"]))
        return opened

    def ask(self, service: str, method: str, *args: Any, deadline: float | None = None) -> Any:
        """One of a service's plain methods: keys, head, feed, checkpoint, proof."""
        return value_of(self._rpc.call(service, method, *args, deadline=deadline))

    def _on_its_way(
        self, message_type: MessageType, payload: Any, receiver: X25519PublicKey, binding: str
    ) -> Any:
        if self._within_process:
            return payload
        return seal_payload(message_type, payload, receiver, binding)

    def _message(self, message_type: MessageType, identifier: str, payload: Any) -> dict[str, Any]:
        check(payload)  # what has no canonical form can be neither sealed nor signed
        return {
            "id": identifier,
            "type": message_type.name,
            "schema_version": message_type.schema_version,
            "payload": payload,
        }

    def _send(
        self,
        actor: Actor,
        service: str,
        method: str,
        message: dict[str, Any],
        deadline: float | None,
    ) -> Any:
        signed = {**message, "actor": self._issuer.sign(actor, service, digest(message))}
        return value_of(self._rpc.call(service, method, signed, deadline=deadline))

    def _receiver(self, service: str, deadline: float | None) -> X25519PublicKey:
        if service not in self._receiving:
            try:
                told = self.ask(service, "keys", deadline=deadline)
            except RpcTimeout as error:
                raise ServiceUnavailable(f"{service} gives no key: nothing was sent") from error
            raw = base64.b64decode(told["receiving"])
            self._receiving[service] = X25519PublicKey.from_public_bytes(raw)
        return self._receiving[service]


def _opened(value: Any, key: X25519PrivateKey, context: str) -> Any:
    match value:
        case {"sealed": str()} if len(value) == 1:
            return open_value(value, key, context)
        case dict():
            return {name: _opened(its, key, context) for name, its in value.items()}
        case list():
            return [_opened(item, key, context) for item in value]
    return value


def _b64(key: X25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()
