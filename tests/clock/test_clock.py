"""Business time: the machine's, one that stands still, and one that is moved for all processes."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clock import (
    ClockFileBroken,
    ClockGoesBack,
    ClockRefused,
    FixedClock,
    MovableClock,
    SystemClock,
    from_environment,
)

MORNING = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


@pytest.fixture
def clock(file: Path) -> MovableClock:
    return MovableClock(file, FixedClock(MORNING))


def offset_in(file: Path) -> object:
    return json.loads(file.read_text())["offset_seconds"]


def test_the_system_clock_tells_the_real_time_in_utc() -> None:
    before = dt.datetime.now(dt.UTC)
    told = SystemClock().now()
    assert before <= told <= dt.datetime.now(dt.UTC)
    assert told.tzinfo is dt.UTC


def test_a_fixed_clock_stands_still_and_tells_utc() -> None:
    shanghai = dt.timezone(dt.timedelta(hours=8))
    clock = FixedClock(MORNING.astimezone(shanghai))
    assert clock.now() == clock.now() == MORNING
    assert clock.now().tzinfo is dt.UTC


def test_a_fixed_clock_refuses_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(dt.datetime(2026, 3, 2))  # noqa: DTZ001


def test_without_a_file_a_movable_clock_tells_the_time_of_its_base(clock: MovableClock) -> None:
    assert clock.now() == MORNING


def test_moves_add_up_and_all_clocks_of_the_file_follow(clock: MovableClock, file: Path) -> None:
    other = MovableClock(file, FixedClock(MORNING))
    assert clock.advance(WEEK) == MORNING + WEEK
    assert other.now() == MORNING + WEEK
    assert other.advance(dt.timedelta(hours=1)) == MORNING + WEEK + dt.timedelta(hours=1)
    assert clock.now() == other.now()
    assert MovableClock(file, FixedClock(MORNING)).now() == clock.now()


def test_the_file_holds_plain_seconds(clock: MovableClock, file: Path) -> None:
    clock.advance(dt.timedelta(days=10))
    assert file.read_text() == '{"offset_seconds": 864000}\n'


def test_a_file_written_by_hand_moves_the_clock(clock: MovableClock, file: Path) -> None:
    file.write_text('{"offset_seconds": 3600}')
    assert clock.now() == MORNING + dt.timedelta(hours=1)


@given(st.lists(st.timedeltas(dt.timedelta(), dt.timedelta(days=400)), max_size=6))
def test_no_microsecond_is_lost_over_many_moves(
    tmp_path_factory: pytest.TempPathFactory, moves: list[dt.timedelta]
) -> None:
    clock = MovableClock(tmp_path_factory.mktemp("clock") / "clock.json", FixedClock(MORNING))
    for move in moves:
        clock.advance(move)
    assert clock.now() == MORNING + sum(moves, dt.timedelta())


def test_moves_in_quick_succession_are_all_seen(clock: MovableClock, file: Path) -> None:
    watcher = MovableClock(file, FixedClock(MORNING))
    for count in range(1, 200):
        clock.advance(dt.timedelta(seconds=1000) if count == 1 else dt.timedelta(seconds=1))
        assert watcher.now() == MORNING + dt.timedelta(seconds=999 + count)


def test_a_move_shows_even_where_the_file_systems_time_stands_still(
    clock: MovableClock, file: Path
) -> None:
    clock.advance(WEEK)
    ahead = file.stat().st_mtime_ns + 3_600_000_000_000
    os.utime(file, ns=(ahead, ahead))
    clock.advance(WEEK)
    assert file.stat().st_mtime_ns > ahead


def test_a_clock_does_not_go_back(clock: MovableClock, file: Path) -> None:
    clock.advance(WEEK)
    with pytest.raises(ClockGoesBack, match="only goes forwards"):
        clock.advance(-dt.timedelta(microseconds=1))
    assert clock.now() == MORNING + WEEK
    assert offset_in(file) == WEEK.total_seconds()


@pytest.mark.parametrize("text", ['{"offset_seconds": 5}', None])
def test_a_file_put_back_is_noticed(clock: MovableClock, file: Path, text: str | None) -> None:
    clock.advance(WEEK)
    if text is None:
        file.unlink()
    else:
        file.write_text(text)
    with pytest.raises(ClockGoesBack, match="start the processes anew"):
        clock.now()
    with pytest.raises(ClockGoesBack):
        clock.now()


def test_a_move_beyond_the_calendar_leaves_the_clock_alone(clock: MovableClock) -> None:
    with pytest.raises(OverflowError):
        clock.advance(dt.timedelta(days=365 * 9000))
    assert clock.now() == MORNING


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ten days",
        b"[]",
        b"{}",
        b"864000",
        b'{"offset_seconds": "864000"}',
        b'{"offset_seconds": true}',
        b'{"offset_seconds": null}',
        b'{"offset_seconds": -1}',
        b'{"offset_seconds": NaN}',
        b'{"offset_seconds": Infinity}',
        b'{"offset_seconds": 1e300}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_file_that_holds_no_offset_says_how_to_mend_it(
    clock: MovableClock, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.raises(ClockFileBroken, match="offset_seconds"):
        clock.now()
    with pytest.raises(ClockFileBroken):
        clock.advance(WEEK)
    assert file.read_bytes() == content


MOVER = """
import datetime, sys
from pathlib import Path
from shared.clock import MovableClock
clock = MovableClock(Path(sys.argv[1]))
for _ in range(100):
    clock.advance(datetime.timedelta(seconds=1))
"""


def test_processes_that_move_the_clock_together_lose_no_move(file: Path) -> None:
    command = [sys.executable, "-c", MOVER, str(file)]
    movers = [subprocess.Popen(command, cwd=ROOT) for _ in range(4)]
    watcher = MovableClock(file, FixedClock(MORNING))
    last = watcher.now()
    while any(mover.poll() is None for mover in movers):
        now = watcher.now()
        assert now >= last
        last = now
    assert [mover.returncode for mover in movers] == [0] * 4
    assert offset_in(file) == 400
    assert watcher.now() == MORNING + dt.timedelta(seconds=400)


def test_threads_that_share_a_clock_never_see_it_go_back(clock: MovableClock, file: Path) -> None:
    mover = MovableClock(file, FixedClock(MORNING))
    done = threading.Event()
    seen: list[str] = []

    def watch() -> None:
        last = MORNING
        try:
            while not done.is_set():
                now = clock.now()
                if now < last:
                    seen.append(f"{now} after {last}")
                last = now
        except ClockGoesBack as error:
            seen.append(str(error))

    watchers = [threading.Thread(target=watch) for _ in range(4)]
    for watcher in watchers:
        watcher.start()
    for _ in range(300):
        mover.advance(dt.timedelta(seconds=1))
    done.set()
    for watcher in watchers:
        watcher.join()
    assert seen == []
    assert clock.now() == MORNING + dt.timedelta(seconds=300)


def test_the_environment_names_the_clock(file: Path) -> None:
    assert isinstance(from_environment({}), SystemClock)
    assert isinstance(from_environment({"JIANDU_CLOCK_FILE": ""}), SystemClock)
    assert isinstance(from_environment({"JIANDU_ENVIRONMENT": "production"}), SystemClock)
    file.write_text('{"offset_seconds": 864000}')
    moved = from_environment({"JIANDU_CLOCK_FILE": str(file), "JIANDU_ENVIRONMENT": "demo"})
    assert moved.now() - SystemClock().now() > dt.timedelta(days=9)


@pytest.mark.parametrize("name", ["production", "Production", " production "])
def test_in_production_the_clock_is_not_moved(file: Path, name: str) -> None:
    with pytest.raises(ClockRefused, match="unset JIANDU_CLOCK_FILE"):
        from_environment({"JIANDU_CLOCK_FILE": str(file), "JIANDU_ENVIRONMENT": name})


def test_a_broken_clock_file_is_found_at_the_start(file: Path) -> None:
    file.write_text("broken")
    with pytest.raises(ClockFileBroken):
        from_environment({"JIANDU_CLOCK_FILE": str(file)})
