"""What the log says is gone and locked: each request has locks of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.service.destroying import counted

LOCKED, ERASED, REFUSED = "SubjectLocked", "SubjectErased", "ErasureRefused"
CASE, REPORTER = "clue:1", "reporter:1"


def test_who_told_a_locked_case_is_not_gone_by_another_request() -> None:
    its = counted([(LOCKED, "e1", CASE), (LOCKED, "e1", REPORTER), (ERASED, "e2", REPORTER)])
    assert (its.gone, its.locked) == (frozenset(), {CASE, REPORTER})


def test_a_refusal_of_one_lock_leaves_the_other() -> None:
    told = [(LOCKED, "e1", REPORTER), (LOCKED, "e2", REPORTER), (REFUSED, "e1", REPORTER)]
    assert counted(told).locked == {REPORTER}
    assert counted([*told, (REFUSED, "e2", REPORTER)]).locked == frozenset()


def test_what_was_locked_is_gone_once_its_own_request_erases_it() -> None:
    its = counted([(LOCKED, "e1", CASE), (ERASED, "e1", CASE)])
    assert (its.gone, its.locked) == ({CASE}, frozenset())


_EVENTS = st.lists(
    st.tuples(
        st.sampled_from([LOCKED, ERASED, REFUSED]),
        st.sampled_from(["e1", "e2", "e3"]),
        st.sampled_from([CASE, REPORTER]),
    ),
    max_size=20,
)


@given(_EVENTS)
def test_nothing_is_gone_that_any_request_still_has_locked(
    told: list[tuple[str, str, str]],
) -> None:
    its = counted(told)
    last = {(subject, by): event for event, by, subject in told}
    kept = {subject for (subject, _), event in last.items() if event == LOCKED}
    assert its.locked == kept
    assert its.gone == {subject for event, _, subject in told if event == ERASED} - kept
