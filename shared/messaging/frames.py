"""A publish as the bytes of its AMQP 0-9-1 frames; no I/O.

py-amqp makes these bytes too, field by field, and sends every message by a system call of its
own; that was most of the relay's time. Here a message is a few joins, and many go out together.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from amqp.serialization import dumps

_METHOD, _HEADER, _BODY, _END = 1, 2, 3, b"\xce"
_BASIC, _PUBLISH = 60, 40
_FRAME_OVERHEAD = 8  # type, channel, size and end
_PERSISTENT = b"\x02"
# content-type, content-encoding, headers, delivery-mode; message-id, timestamp, type
_FLAGS = (1 << 15 | 1 << 14 | 1 << 13 | 1 << 12) | (1 << 7 | 1 << 6 | 1 << 5)
_JSON_IN_UTF8 = b"\x10application/json\x05utf-8"
_NO_HEADERS = b"\x00\x00\x00\x00"

_frame_head = struct.Struct(">BHI").pack
_header_head = struct.Struct(">HHQH").pack
_publish_head = struct.Struct(">HHH").pack
_timestamp = struct.Struct(">Q").pack


def publish_frames(
    channel: int,
    frame_max: int,
    *,
    exchange: str,
    routing_key: str,
    body: bytes,
    message_id: str,
    type: str,
    timestamp: int,
    headers: Mapping[str, Any],
) -> bytes:
    """A persistent JSON message, neither mandatory nor immediate.

    `frame_max` is what was negotiated for the connection, in bytes. Raises ValueError for a text
    of more than 255 bytes in UTF-8.
    """
    method = _publish_head(_BASIC, _PUBLISH, 0) + _short(exchange) + _short(routing_key) + b"\x00"
    header = (
        _header_head(_BASIC, 0, len(body), _FLAGS)
        + _JSON_IN_UTF8
        + (dumps("F", [dict(headers)]) if headers else _NO_HEADERS)
        + _PERSISTENT
        + _short(message_id)
        + _timestamp(timestamp)
        + _short(type)
    )
    largest = frame_max - _FRAME_OVERHEAD
    pieces = [body[first : first + largest] for first in range(0, len(body), largest)]
    return b"".join(
        (
            *(_frame_head(_METHOD, channel, len(method)), method, _END),
            *(_frame_head(_HEADER, channel, len(header)), header, _END),
            *(
                part
                for piece in pieces
                for part in (_frame_head(_BODY, channel, len(piece)), piece, _END)
            ),
        )
    )


def _short(text: str) -> bytes:
    raw = text.encode()
    return bytes((len(raw),)) + raw
