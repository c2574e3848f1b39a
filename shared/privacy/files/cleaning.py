"""Has a picture cleaned by `clean_picture`, with narrow limits on what that may take."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

from shared.contracts.media import MediaType

_PROGRAM = Path(__file__).parent / "clean_picture.py"
SECONDS = 15.0
_MEMORY_BYTES = 512 * 1024 * 1024
_PIECE = 128 * 1024

PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})


class NotCleaned(Exception):
    """The picture is put together in a way that the program does not read."""


@contextmanager
def cleaned(clear: Iterable[bytes], media_type: str, *, keep: bool) -> Iterator[Iterator[bytes]]:
    """A picture without traces of its maker, or with them; and with nothing behind its end.

    Its pieces come while the block lasts, and go through memory alone. Raises NotCleaned, at the
    latest with the last piece, and what `clear` raises.
    """
    arguments = [sys.executable, "-I", str(_PROGRAM), media_type, "keep" if keep else "drop"]
    program = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    timer = Timer(SECONDS, program.kill)
    timer.start()
    try:
        _narrow(program.pid)
        assert program.stdin is not None
        for piece in clear:
            with suppress(BrokenPipeError):  # it has ended: its exit says so
                program.stdin.write(piece)
        with suppress(BrokenPipeError):
            program.stdin.close()
        yield _pieces(program)
    finally:
        timer.cancel()
        program.kill()
        program.wait()
        for pipe in (program.stdin, program.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _narrow(pid: int) -> None:
    """Before it has read a byte."""
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))


def _pieces(program: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert program.stdout is not None
    while piece := program.stdout.read(_PIECE):
        yield piece
    if program.wait() != 0:
        raise NotCleaned
