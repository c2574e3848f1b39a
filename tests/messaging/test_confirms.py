"""The bookkeeping of publisher confirms."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.confirms import ConfirmWindow


def window_with(count: int) -> ConfirmWindow:
    window = ConfirmWindow()
    for _ in range(count):
        window.sent()
    return window


def test_a_single_ack_settles_its_own_tag_only() -> None:
    window = window_with(3)
    window.acked(2, multiple=False)
    assert len(window) == 2
    window.acked(2, multiple=False)
    assert len(window) == 2


def test_an_ack_with_multiple_settles_everything_up_to_it() -> None:
    window = window_with(5)
    window.acked(2, multiple=False)
    window.acked(4, multiple=True)
    assert len(window) == 1


def test_tag_zero_with_multiple_settles_all_that_was_sent() -> None:
    window = window_with(4)
    window.acked(0, multiple=True)
    assert len(window) == 0


def test_a_nack_is_remembered_as_refused() -> None:
    window = window_with(4)
    window.acked(1, multiple=False)
    window.nacked(3, multiple=True)
    assert window.refused == [2, 3]
    assert len(window) == 1


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.booleans()), max_size=60))
def test_any_order_of_answers_leaves_exactly_the_unanswered(
    answers: list[tuple[int, bool, bool]],
) -> None:
    window = window_with(30)
    unanswered = set(range(1, 31))
    for tag, multiple, positive in answers:
        (window.acked if positive else window.nacked)(tag, multiple)
        unanswered -= set(range(1, tag + 1)) if multiple else {tag}
        assert len(window) == len(unanswered)
