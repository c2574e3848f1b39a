"""Who holds a port that a server is to come back on: a process that is dying lets go of it late."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from threading import Timer

from deploy.local import ports, start_process
from deploy.local.place import prepare
from deploy.local.processes import log_path, running, wait_until
from tests.deploy.helpers import PATIENCE

LISTENS_WITHOUT_ITS_FIRST_THREAD = """
import ctypes, signal, socket, threading
server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=signal.pause).start()
print(server.getsockname()[1], flush=True)
ctypes.CDLL(None).pthread_exit(None)
"""
"""What kill -9 leaves for a while of a broker that has a thread in fsync."""


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_process_lives_until_its_last_thread_has_let_go_of_its_port(run_dir: Path) -> None:
    program = [sys.executable, "-c", LISTENS_WITHOUT_ITS_FIRST_THREAD]
    process = start_process("half", program, os.environ, run_dir)
    assert wait_until(lambda: _state(process.pid) == "Z", PATIENCE)
    number = int(log_path("half", prepare(run_dir)).read_text())

    assert not ports.is_free(number)
    assert running("half", run_dir) == process

    os.kill(process.pid, signal.SIGKILL)
    assert wait_until(lambda: running("half", run_dir) is None, PATIENCE)
    assert ports.is_free(number)


def test_a_server_comes_back_on_its_port_although_another_lets_go_of_it_late(
    run_dir: Path,
) -> None:
    place = prepare(run_dir)
    number = ports.port(place, "server")
    holder = socket.create_server(("127.0.0.1", number))
    letting_go = Timer(4.0, holder.close)
    letting_go.start()
    try:
        assert ports.usable_port(place, "server") == number
    finally:
        letting_go.join()


def test_a_port_that_is_not_given_back_is_exchanged_and_the_new_one_remembered(
    run_dir: Path,
) -> None:
    place = prepare(run_dir)
    number = ports.port(place, "server")
    with socket.create_server(("127.0.0.1", number)):
        other = ports.usable_port(place, "server", patience=0.1)
    assert other != number
    assert ports.port(place, "server") == other
