"""Another government system with stock nameko: all it knows is AMQP_URI and the event's name.

Run as a file, apart from this project. Prints one line of JSON for each event.
"""

import eventlet

eventlet.monkey_patch()

import hashlib  # noqa: E402
import json  # noqa: E402
import sys  # noqa: E402

from nameko.events import event_handler  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402


class LandRegister:
    name = "land-register"

    @event_handler("registry.public", "PointDesignated")  # type: ignore[untyped-decorator]
    def on_designated(self, form: dict[str, object]) -> None:
        document = json.dumps(
            form["data"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        leaf = hashlib.sha256(b"\x00" + document.encode()).hexdigest()
        ours = [m for m in sys.modules if m.partition(".")[0] in ("shared", "services")]
        print(json.dumps({"form": form, "leaf": leaf, "ours": ours}), flush=True)


runner = ServiceRunner({"AMQP_URI": sys.argv[1]})
runner.add_service(LandRegister)
runner.start()
print("ready", flush=True)
runner.wait()
