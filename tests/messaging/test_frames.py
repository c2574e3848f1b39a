"""Our frames of a publish are py-amqp's, byte for byte."""

from __future__ import annotations

from typing import Any

import amqp
import pytest
from amqp.method_framing import frame_writer
from amqp.serialization import dumps
from amqp.spec import Basic
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.frames import publish_frames

FRAME_MAX = 4_096
SHORT = st.text(max_size=60)
HEADERS = st.dictionaries(
    SHORT, SHORT | st.integers(-(2**31), 2**31 - 1) | st.booleans(), max_size=3
)


class Wire:
    """Stands where py-amqp expects connection and transport; keeps what is written."""

    frame_max = FRAME_MAX
    bytes_sent = 0

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> None:
        self.written += data


def by_py_amqp(channel: int, message: dict[str, Any]) -> bytes:
    wire = Wire()
    content = amqp.Message(
        message["body"],
        content_type="application/json",
        content_encoding="utf-8",
        delivery_mode=2,
        message_id=message["message_id"],
        type=message["type"],
        timestamp=message["timestamp"],
        application_headers=message["headers"],
    )
    # As amqp.Channel.basic_publish does it: a reserved short, two names, two bits.
    arguments = dumps("Bssbb", [0, message["exchange"], message["routing_key"], False, False])
    frame_writer(wire, wire)(1, channel, Basic.Publish, arguments, content)
    return bytes(wire.written)


@given(
    channel=st.integers(1, 65_535),
    message=st.fixed_dictionaries(
        {
            "exchange": SHORT,
            "routing_key": SHORT,
            "body": st.binary(max_size=200),
            "message_id": SHORT,
            "type": SHORT,
            "timestamp": st.integers(0, 2**40),
            "headers": HEADERS,
        }
    ),
)
def test_a_message_has_the_bytes_that_py_amqp_would_send(
    channel: int, message: dict[str, Any]
) -> None:
    assert publish_frames(channel, FRAME_MAX, **message) == by_py_amqp(channel, message)


@pytest.mark.parametrize(
    "size", [0, FRAME_MAX - 9, FRAME_MAX - 8, FRAME_MAX - 7, 2 * (FRAME_MAX - 8), 20_000]
)
def test_a_body_is_cut_where_py_amqp_would_cut_it(size: int) -> None:
    message: dict[str, Any] = {
        "exchange": "registry.events",
        "routing_key": "PointDesignated",
        "body": b"x" * size,
        "message_id": "registry/1",
        "type": "PointDesignated",
        "timestamp": 1_767_585_600,
        "headers": {},
    }

    assert publish_frames(1, FRAME_MAX, **message) == by_py_amqp(1, message)


def test_a_name_too_long_for_amqp_is_refused() -> None:
    with pytest.raises(ValueError, match="range"):
        publish_frames(
            1,
            FRAME_MAX,
            exchange="e",
            routing_key="字" * 86,
            body=b"{}",
            message_id="1",
            type="t",
            timestamp=0,
            headers={},
        )
