"""Log lines are JSON, carry their chain, and show nobody's data."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator

import eventlet
import pytest
import structlog

from shared.observability.context import (
    bind_message,
    bind_role,
    current_correlation,
    own_context,
    within_chain,
)
from shared.observability.logs import configure
from shared.observability.telling import LONGEST, describe
from tests.observability.sample import lines


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What a process of the registry writes; the tests' own logging is put back afterwards."""
    stream, before = io.StringIO(), structlog.get_config()
    handlers, level = logging.root.handlers[:], logging.root.level
    monkeypatch.setattr(sys, "stderr", stream)
    configure("registry", "api")
    yield stream
    structlog.configure(**before)
    logging.root.handlers[:], logging.root.level = handlers, level


def fail_with(phone: str) -> None:
    raise ValueError("cannot do it")


def test_a_line_names_its_process_and_the_chain_of_its_work(
    written: io.StringIO,
) -> None:
    with own_context():
        bind_message("command", "c-1", "chain-1", "registry/batch-1/1")
        bind_role("officer")
        structlog.get_logger().info("command.done", stream="批次")
    (line,) = lines(written)
    assert (line["service"], line["role"]) == ("registry", "api")
    assert (line["correlation_id"], line["causation_id"]) == ("chain-1", "registry/batch-1/1")
    assert (line["command_id"], line["actor_role"]) == ("c-1", "officer")
    assert line["stream"] == "批次"


def test_a_message_without_correlation_begins_a_chain_of_its_own() -> None:
    with own_context():
        bind_message("query", "q-1", None, None)
        assert current_correlation() == "q-1"


def test_a_worker_begins_with_nothing_bound_and_leaves_nothing_behind() -> None:
    structlog.contextvars.bind_contextvars(correlation_id="left by the worker before")
    with own_context():
        assert current_correlation() is None
        bind_message("command", "c-1", None, None)
    assert current_correlation() is None


def test_a_reaction_within_a_thread_gives_the_context_back() -> None:
    with own_context():
        structlog.contextvars.bind_contextvars(worker="reactions")
        with within_chain(correlation_id="chain-2"):
            assert current_correlation() == "chain-2"
        assert structlog.contextvars.get_contextvars() == {"worker": "reactions"}


def test_greenlets_at_work_at_once_do_not_see_each_others_chain() -> None:
    both_bound = eventlet.event.Event()
    bound: list[str] = []

    def work(chain: str) -> str | None:
        with own_context():
            bind_message("command", chain, None, None)
            bound.append(chain)
            if len(bound) == 2:
                both_bound.send()
            both_bound.wait()
            return current_correlation()

    workers = [eventlet.spawn(work, chain) for chain in ("one", "two")]
    assert [worker.wait() for worker in workers] == ["one", "two"]


def test_a_traceback_shows_no_local_variables(written: io.StringIO) -> None:
    try:
        fail_with("13900001234")
    except ValueError:
        structlog.get_logger().exception("answer.failed")
    shown = written.getvalue()
    assert "fail_with" in shown
    assert "cannot do it" in shown
    assert "13900001234" not in shown


def test_lines_of_libraries_are_json_too_with_their_traceback(
    written: io.StringIO,
) -> None:
    try:
        fail_with("13900001234")
    except ValueError:
        logging.getLogger("nameko.containers").exception("worker %s failed", "w-1")
    (line,) = lines(written)
    assert (line["logger"], line["event"]) == ("nameko.containers", "worker w-1 failed")
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert "13900001234" not in str(line)


def test_no_line_shows_a_password_of_a_url(written: io.StringIO) -> None:
    structlog.get_logger().warning("lost", error="amqp://jiandu:hush@127.0.0.1:5672/v is away")
    logging.getLogger("kombu").error("postgresql://u:hush@db/registry: %s", "no route")
    shown = written.getvalue()
    assert "hush" not in shown
    assert "127.0.0.1:5672/v is away" in shown


def test_an_error_is_described_in_one_short_line_without_passwords() -> None:
    told = describe(ValueError("no\n host in amqp://u:hush@h/v"))
    assert told == "ValueError: no host in amqp://…@h/v"
    assert describe(KeyError()) == "KeyError"
    assert len(describe(ValueError("x" * 1000))) == LONGEST
