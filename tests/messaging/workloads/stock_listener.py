"""Another party's service: nameko's stock event handler. Arguments: AMQP URL."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402

from nameko.events import event_handler  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402


class OtherParty:
    name = "other-party"

    @event_handler("registry.public", "PointDesignated")  # type: ignore[untyped-decorator]
    def on_designated(self, payload: object) -> None:
        print("received " + json.dumps(payload, ensure_ascii=False, sort_keys=True), flush=True)


runner = ServiceRunner({"AMQP_URI": sys.argv[1]})
runner.add_service(OtherParty)
runner.start()
print("ready", flush=True)
runner.wait()
