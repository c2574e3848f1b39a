"""The whole ledger page by page, of which the next is read while one is worked on."""

from __future__ import annotations

import threading

import pytest

from shared.eventlog.store import LARGEST_PAGE, EventLog
from tests.eventlog.conftest import LogDatabase
from tests.eventlog.making import an_append
from tests.eventlog.test_numbering import number_everything


def fill(log: EventLog, database: LogDatabase, size: int) -> None:
    for stream in range(0, size, LARGEST_PAGE):
        log.append(an_append({f"s-{stream}": 0}, each=min(LARGEST_PAGE, size - stream)))
    number_everything(log, database)


@pytest.mark.parametrize(
    ("size", "pages"),
    [(0, []), (1, [1]), (1_000, [1_000]), (1_001, [1_000, 1]), (2_000, [1_000, 1_000])],
)
def test_every_position_comes_once_and_in_order_wherever_the_pages_end(
    log: EventLog, log_database: LogDatabase, size: int, pages: list[int]
) -> None:
    if size:
        fill(log, log_database, size)
    read = list(log.event_pages())

    assert [len(page) for page in read] == pages
    assert [its.position for page in read for its in page] == list(range(1, size + 1))


def test_pages_begin_behind_a_position(log: EventLog, log_database: LogDatabase) -> None:
    fill(log, log_database, 1_002)
    assert [[its.position for its in page] for page in log.event_pages(999)] == [
        [1_000, 1_001, 1_002]
    ]


def test_a_page_at_the_head_starts_no_thread(log: EventLog, log_database: LogDatabase) -> None:
    fill(log, log_database, 3)
    before = {thread.name for thread in threading.enumerate()}
    for _ in log.event_pages():
        assert {thread.name for thread in threading.enumerate()} == before


def test_a_reader_that_stops_early_leaves_no_thread_behind(
    log: EventLog, log_database: LogDatabase
) -> None:
    fill(log, log_database, 1_001)
    before = threading.active_count()
    pages = log.event_pages()
    assert len(next(pages)) == LARGEST_PAGE
    del pages  # as a loop does that ends by `break`
    assert threading.active_count() == before
