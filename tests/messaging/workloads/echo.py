"""A service on the hardened entrypoint. Arguments: AMQP URL, service name."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402

from shared.contracts.errors import Refused  # noqa: E402
from shared.messaging.rpc_server import rpc  # noqa: E402
from shared.messaging.runner import run_service  # noqa: E402

AMQP_URL, NAME = sys.argv[1:3]


class Echo:
    name = NAME

    @rpc
    def echo(self, value: object) -> object:
        print(f"echoing {str(value)[:40]}", flush=True)
        return value

    @rpc
    def slow(self, seconds: float, label: str) -> str:
        print(f"begun {label}", flush=True)
        eventlet.sleep(seconds)
        print(f"finished {label}", flush=True)
        return label

    @rpc
    def refuse(self) -> None:
        raise Refused("notice_too_short", "公示期不足七日", ["until"])

    @rpc
    def fail(self) -> None:
        raise ValueError("13800138000")

    @rpc
    def unserializable(self) -> object:
        return {"what": {1, 2}}

    @rpc
    def huge(self, size: int) -> str:
        return "x" * size


run_service(
    Echo,
    {"AMQP_URI": AMQP_URL, "HEARTBEAT": 2, "RPC_REPLY_LIMIT": 100_000, "BROKER_PATIENCE": 2},
    lambda: print("ready", flush=True),
)
