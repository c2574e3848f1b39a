"""Malware is found by a real clamd with a signature of our own, and nothing passes unlooked at."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from deploy.local.processes import wait_until
from shared.privacy.evidence.scanning import Malicious, Scanner, ScannerAway
from tests.privacy.evidence.clamd_like import ClamdLike
from tests.privacy.evidence.conftest import free_port

EVIL = b"what our own signature knows " * 50
LARGEST = 1024 * 1024
_CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@pytest.fixture(scope="module", params=["port", "socket"])
def clamd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scanner]:
    """Debian's clamd where it is installed, else a server that speaks its protocol."""
    folder = tmp_path_factory.mktemp("clamd")
    port, path = free_port(), folder / "clamd.socket"
    address = f"127.0.0.1:{port}" if request.param == "port" else str(path)
    scanner = Scanner(address, seconds=10)
    started = (
        ClamdLike(address, EVIL, LARGEST).running() if _CLAMD is None else _real(folder, address)
    )
    with started:
        assert wait_until(lambda: _answers(scanner), 30), "clamd does not answer"
        yield scanner


@contextmanager
def _real(folder: Path, address: str) -> Iterator[None]:
    (folder / "signatures").mkdir()
    signature = f"{hashlib.md5(EVIL).hexdigest()}:{len(EVIL)}:Jiandu.Test\n"
    (folder / "signatures" / "own.hdb").write_text(signature)
    host, _, port = address.rpartition(":")
    listens = f"TCPSocket {port}\nTCPAddr {host}\n" if host else f"LocalSocket {address}\n"
    (folder / "clamd.conf").write_text(
        f"Foreground yes\nDatabaseDirectory {folder / 'signatures'}\n{listens}"
        f"StreamMaxLength {LARGEST}\nMaxThreads 2\n"
    )
    daemon = subprocess.Popen(
        [str(_CLAMD), "-c", str(folder / "clamd.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        daemon.kill()
        daemon.wait()


def _answers(scanner: Scanner) -> bool:
    try:
        scanner.refuse_malicious([b"hello"])
    except ScannerAway:
        return False
    return True


def test_a_clean_file_passes(clamd: Scanner) -> None:
    clamd.refuse_malicious([b"a" * 100_000, b"b" * 7])


def test_what_a_signature_knows_is_refused(clamd: Scanner) -> None:
    with pytest.raises(Malicious):
        clamd.refuse_malicious(EVIL[at : at + 100] for at in range(0, len(EVIL), 100))


def test_a_file_above_the_scanner_s_own_limit_is_not_called_clean(clamd: Scanner) -> None:
    with pytest.raises(ScannerAway):
        clamd.refuse_malicious(b"x" * 65_536 for _ in range(40))


def test_a_scanner_that_is_not_there_calls_nothing_clean(tmp_path: Path) -> None:
    for address in ("127.0.0.1:9", str(tmp_path / "no.socket")):
        with pytest.raises(ScannerAway):
            Scanner(address, seconds=2).refuse_malicious([b"x"])


@pytest.mark.parametrize("answer", [b"", b"stream: OK but not quite\0", b"ERROR\0", b"OK\0"])
def test_an_answer_that_is_no_verdict_calls_nothing_clean(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            told, _ = listening.accept()
            with told:
                while told.recv(1_024)[-4:] != bytes(4):
                    pass
                told.sendall(answer)

        Thread(target=serve, daemon=True).start()
        scanner = Scanner(f"127.0.0.1:{listening.getsockname()[1]}", seconds=5)
        with pytest.raises(ScannerAway):
            scanner.refuse_malicious([b"x"])
