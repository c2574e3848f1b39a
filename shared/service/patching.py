"""What must happen before anything else is imported: the first line of every `__main__`."""

from __future__ import annotations

import os
import sys


def prepare(argv: list[str] | None = None) -> None:
    """For the `api` role, make blocking calls cooperative; the other roles stay plain Python.

    psycopg must be told to wait by `select` before it is imported, or one query blocks every
    other of the process (eight parallel half-second queries took 4.0 s instead of 0.5 s).
    """
    arguments = sys.argv if argv is None else argv
    if arguments[1:2] != ["api"]:
        return
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    import eventlet

    eventlet.monkey_patch()
