"""Runs one nameko service as a process: starts it, hears SIGTERM and SIGINT, ends it in bounds."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import eventlet
import structlog
from eventlet.patcher import is_monkey_patched
from nameko.constants import HEARTBEAT_CONFIG_KEY
from nameko.containers import ServiceContainer

_log = structlog.get_logger(__name__)

HEARTBEAT = 10
"""Seconds; nameko's default of 60 finds a frozen broker after two minutes."""

_LOOK_EVERY = 0.05
_KILL_TIMEOUT = 5.0
_HUNG_EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h


class NotPrepared(RuntimeError):
    """The process lacks what a service under eventlet needs before its first import."""


def run_service(
    service_cls: type,
    config: Mapping[str, Any],
    on_ready: Callable[[], None] | None = None,
    stop_timeout: float = 30.0,
) -> None:
    """Run the service until SIGTERM or SIGINT; `on_ready` is called once it consumes.

    After the signal no new work begins, running work is finished and answered; what still runs
    after `stop_timeout` seconds, or at a second signal, is cut off and the process ends with code
    70. Raises NotPrepared, and whatever keeps the service from starting or makes it die.
    """
    _refuse_unprepared()
    container = ServiceContainer(service_cls, {HEARTBEAT_CONFIG_KEY: HEARTBEAT, **config})
    with _signals_counted() as signals:
        try:
            if _start(container, signals):
                if on_ready is not None:
                    on_ready()
                _serve(container, signals)
                _stop(container, signals, stop_timeout)
        except BaseException:
            _kill_in_bounds(container)
            raise


def _refuse_unprepared() -> None:
    unpatched = [
        name for name in ("socket", "select", "thread", "time", "os") if not is_monkey_patched(name)
    ]
    if unpatched:
        raise NotPrepared(
            f"eventlet.monkey_patch() must be the first line of the process; unpatched: {unpatched}"
        )
    if os.environ.get("PSYCOPG_WAIT_FUNC") != "wait_selector":
        raise NotPrepared(
            "PSYCOPG_WAIT_FUNC=wait_selector must be set before psycopg is imported; "
            "with the default one query holds up all workers"
        )


@contextmanager
def _signals_counted() -> Iterator[list[int]]:
    """SIGTERM and SIGINT only leave a note: a handler may interrupt any greenlet, the hub too."""
    seen: list[int] = []

    def note(number: int, _frame: object) -> None:
        seen.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(container: ServiceContainer, signals: list[int]) -> bool:
    """Start; False when a signal came first. Raises what the start raised."""
    starting = eventlet.spawn(container.start)
    while not starting.dead:
        if signals:
            _log.warning("stopped_while_starting", service=container.service_name)
            _kill_in_bounds(container)
            return False
        if container._died.ready():
            container.wait()  # a thread of it died; raises what it died of
            return False
        eventlet.sleep(_LOOK_EVERY)
    starting.wait()
    _log.info("service_started", service=container.service_name)
    return True


def _serve(container: ServiceContainer, signals: list[int]) -> None:
    while not signals:
        if container._died.ready():
            container.wait()
            raise RuntimeError(f"service {container.service_name} stopped by itself")
        eventlet.sleep(_LOOK_EVERY)


def _stop(container: ServiceContainer, signals: list[int], stop_timeout: float) -> None:
    _log.info("service_stopping", service=container.service_name)
    stopping = eventlet.spawn(container.stop)
    waited, signals_before = 0.0, len(signals)
    while not stopping.dead:
        if waited >= stop_timeout or len(signals) > signals_before:
            _log.error("stop_cut_off", service=container.service_name, after=round(waited, 1))
            _kill_in_bounds(container)
            os._exit(_HUNG_EXIT_CODE)
        eventlet.sleep(_LOOK_EVERY)
        waited += _LOOK_EVERY
    stopping.wait()
    _log.info("service_stopped", service=container.service_name)


def _kill_in_bounds(container: ServiceContainer) -> None:
    """Let connections close if they can; a killer that waits for ever would be no help."""
    killing = eventlet.spawn(container.kill)
    with eventlet.Timeout(_KILL_TIMEOUT, False):
        killing.wait()
    if not killing.dead:
        _log.error("kill_hangs", service=container.service_name)
        os._exit(_HUNG_EXIT_CODE)
