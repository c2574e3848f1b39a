"""The same on nameko's own entrypoint and runner. Arguments: AMQP URL, service name."""

import eventlet

eventlet.monkey_patch()

import logging  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402

from nameko.rpc import rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

AMQP_URL, NAME = sys.argv[1:3]
logging.basicConfig(level=logging.WARNING)


class StockEcho:
    name = NAME

    @rpc  # type: ignore[untyped-decorator]
    def echo(self, value: object) -> object:
        return value

    @rpc  # type: ignore[untyped-decorator]
    def slow(self, seconds: float, label: str) -> str:
        print(f"begun {label}", flush=True)
        eventlet.sleep(seconds)
        print(f"finished {label}", flush=True)
        return label

    @rpc  # type: ignore[untyped-decorator]
    def fail(self) -> None:
        raise ValueError("told to fail")


runner = ServiceRunner({"AMQP_URI": AMQP_URL})
runner.add_service(StockEcho)
# As nameko's own command line does.
signal.signal(signal.SIGTERM, lambda *_: eventlet.spawn_n(runner.stop))
runner.start()
print("ready", flush=True)
runner.wait()
