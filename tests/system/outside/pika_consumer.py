"""Another government system with pika alone: its own queue, bound to all public events.

Run as a file, apart from this project. Prints one line of JSON for each event.
"""

import hashlib
import json
import sys

import pika


def leaf_of(data: dict) -> str:  # type: ignore[type-arg]
    """Of an event that is not published, its leaf is all that there is."""
    if data.keys() == {"leaf"}:
        return str(data["leaf"])
    document = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + document.encode()).hexdigest()


def on_event(channel: object, method: object, properties: object, body: bytes) -> None:
    form = json.loads(body)
    leaf = leaf_of(form["data"])
    ours = [m for m in sys.modules if m.partition(".")[0] in ("shared", "services")]
    print(json.dumps({"form": form, "leaf": leaf, "ours": ours}), flush=True)


channel = pika.BlockingConnection(pika.URLParameters(sys.argv[1])).channel()
queue = channel.queue_declare("", exclusive=True).method.queue
channel.queue_bind(queue, "registry.public.events", "#")
channel.basic_consume(queue, on_event, auto_ack=True)
print("ready", flush=True)
channel.start_consuming()
