"""Personal data on its way through the broker: sealed to the service that is meant to read it.

A sealed field of a command travels as `{"sealed": "<base64>"}`. It opens only for its receiver
and only within the command it was made for, so it can neither be read nor be moved to another.
Around that, all of a command or a query is sealed alike: what somebody searches for, and what they
say they read a case for, may name people too.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from shared.contracts.canonical import encode
from shared.contracts.errors import Invalid, Problem
from shared.contracts.message import Classification, MessageType
from shared.privacy.sealing import CannotOpen, open_sealed_to, seal_to

_WHOLE = "*"
"""Stands for the name of a field where all of a message is sealed."""


def seal_fields(
    message_type: MessageType,
    payload: Mapping[str, Any],
    receiver: X25519PublicKey,
    bound_to: str,
) -> dict[str, Any]:
    """The payload with its sealed fields made unreadable for everyone but the receiver.

    `bound_to` names the command and its sender; absent fields stay absent.
    """
    hidden = set(message_type.of_class(Classification.SEALED))
    return {
        name: seal_value(value, receiver, _context(message_type, name, bound_to))
        if name in hidden and value is not None
        else value
        for name, value in payload.items()
    }


def open_fields(
    message_type: MessageType,
    payload: Any,
    receiver: X25519PrivateKey,
    bound_to: str,
) -> Any:
    """The inverse of `seal_fields`.

    Raises Invalid for a sealed field sent in clear and for one that does not open here.
    A payload that is not an object is passed on for the schema to refuse.
    """
    if not isinstance(payload, dict):
        return payload
    problems: list[Problem] = []
    opened = dict(payload)
    for name in message_type.of_class(Classification.SEALED):
        if opened.get(name) is None:
            continue
        try:
            opened[name] = open_value(
                opened[name], receiver, _context(message_type, name, bound_to)
            )
        except CannotOpen as error:
            problems.append(Problem(name, "not_sealed", str(error)))
    if problems:
        raise Invalid(problems)
    return opened


def seal_payload(
    message_type: MessageType, payload: Any, receiver: X25519PublicKey, bound_to: str
) -> dict[str, str]:
    """All that is asked or told, so that the broker reads none of it: people write names also
    where nobody expects them. `bound_to` as in `seal_fields`.
    """
    return seal_value(payload, receiver, _context(message_type, _WHOLE, bound_to))


def open_payload(
    message_type: MessageType, payload: Any, receiver: X25519PrivateKey, bound_to: str
) -> Any:
    """The inverse of `seal_payload`; what was sent in clear is passed on.

    Raises Invalid for what does not open here.
    """
    if not isinstance(payload, dict) or set(payload) != {"sealed"}:
        return payload
    try:
        return open_value(payload, receiver, _context(message_type, _WHOLE, bound_to))
    except CannotOpen as error:
        raise Invalid.one("payload", "not_sealed", str(error)) from None


def seal_value(value: Any, receiver: X25519PublicKey, context: str) -> dict[str, str]:
    """One JSON value as `{"sealed": base64}`."""
    return {"sealed": base64.b64encode(seal_to(receiver, context, encode(value))).decode()}


def open_value(value: Any, receiver: X25519PrivateKey, context: str) -> Any:
    """The inverse of `seal_value`. Raises CannotOpen."""
    if not isinstance(value, dict) or set(value) != {"sealed"}:
        raise CannotOpen("personal data must be sealed to the service, not sent in clear")
    try:
        ciphertext = base64.b64decode(value["sealed"], validate=True)
        return json.loads(open_sealed_to(receiver, context, ciphertext))
    except (TypeError, ValueError, RecursionError, binascii.Error):
        raise CannotOpen("the sealed value is damaged: seal it again") from None


def _context(message_type: MessageType, name: str, bound_to: str) -> str:
    return f"{message_type.name}.{name}|{bound_to}"
