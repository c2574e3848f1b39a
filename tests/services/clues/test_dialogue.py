"""Questions to a reporter, what they answer and add, and what of it is new to the bureau."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.clues.answers.conversation import entries_of, news_of
from services.clues.domain import dialogue
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import ClueLimit, QuestionStanding
from shared.contracts.days import ONE_DAY
from shared.contracts.errors import Invalid, Refused
from shared.contracts.working_days import YearTable
from tests.services.clues import examples as example
from tests.services.clues.telling import CALENDAR, TODAY, Story, uid


def begun(*told: Any) -> Story:
    story = Story(dialogue, dialogue.Dialogue())
    story.when(*told)
    return story


def ask(number: int) -> commands.AskReporter:
    return dataclasses.replace(example.ASK_REPORTER, question_id=uid(number))


def add(number: int) -> dialogue.Add:
    told = dataclasses.replace(example.ADD_COMMAND, information_id=uid(number))
    return dialogue.Add(example.CLUE, told)


def test_a_question_waits_for_the_days_that_it_says_or_the_figure_does() -> None:
    (asked,) = begun().when(example.ASK_REPORTER)
    assert (asked.answering.span.days, asked.answering.span.working) == (10, True)
    (asked,) = begun().when(dataclasses.replace(example.ASK_REPORTER, days=3))
    assert asked.answering.span.days == 3
    assert asked.asked_by == "officer-1"


def test_nobody_nudges_a_reporter_whose_question_lapses_at_its_end() -> None:
    story = begun(example.ASK_REPORTER)
    raising = commands.RaiseAlarm(
        stream=f"dialogue-{example.CLUE}", name=ClueLimit.QUESTION, about=example.QUESTION
    )
    story.refuses(raising, "wrong_state")
    due_on = story.state.limits[ClueLimit.QUESTION, example.QUESTION].span.due_on
    story.on(due_on).refuses(example.LAPSE, "limit_running")
    story.on(due_on + ONE_DAY).when(example.LAPSE)
    assert story.state.questions == {example.QUESTION: QuestionStanding.LAPSED}
    assert (story.state.news, story.state.limits) == (1, {})
    story.refuses(example.LAPSE, "wrong_state")


def test_an_answer_is_taken_late_and_only_once() -> None:
    story = begun(example.ASK_REPORTER)
    (in_time,) = Story(dialogue, story.state).when(example.ANSWER_QUESTION)
    assert not in_time.late
    story.on(TODAY + 60 * ONE_DAY).when(example.LAPSE)
    (late,) = story.when(example.ANSWER_QUESTION)
    assert late.late
    story.refuses(example.ANSWER_QUESTION, "question_answered")


def test_a_question_that_nobody_asked_is_not_answered() -> None:
    unknown = dialogue.Answer(
        example.CLUE, dataclasses.replace(example.ANSWER_COMMAND, question_id=uid(90))
    )
    begun(example.ASK_REPORTER).refuses(unknown, "question_unknown")


def test_an_id_stands_for_one_thing() -> None:
    story = begun(example.ASK_REPORTER, example.ADD_INFORMATION, example.KEEP_NOTE)
    for again in (example.ASK_REPORTER, example.ADD_INFORMATION, example.KEEP_NOTE):
        story.refuses(again, "already_exists")


def test_only_so_many_questions_wait_at_a_time() -> None:
    story = begun(*(ask(100 + n) for n in range(dialogue.MOST_OPEN)))
    story.refuses(ask(200), "too_many_questions")
    answered = dataclasses.replace(example.ANSWER_COMMAND, question_id=uid(100))
    story.when(dialogue.Answer(example.CLUE, answered), ask(200))


def test_what_nobody_reads_does_not_grow_without_end() -> None:
    story = begun(*(add(100 + n) for n in range(dialogue.MOST_UNREAD)), example.ASK_REPORTER)
    story.refuses(add(200), "too_many_messages")
    story.refuses(example.ANSWER_QUESTION, "too_many_messages")
    story.when(example.MARK_READ, add(200))
    story.refuses(add(201), "too_many_messages")


def test_so_much_is_read_as_has_come_and_never_less_than_before() -> None:
    story = begun(add(100), add(101))
    story.finds_wrong(dataclasses.replace(example.MARK_READ, up_to=3), "up_to", "out_of_range")
    story.when(dataclasses.replace(example.MARK_READ, up_to=2))
    story.refuses(example.MARK_READ, "nothing_changes")
    story.refuses(dataclasses.replace(example.MARK_READ, up_to=2), "nothing_changes")


def test_a_note_is_no_news() -> None:
    assert begun(example.KEEP_NOTE).state.news == 0


def test_a_question_that_reaches_into_a_year_without_table_is_counted_anew() -> None:
    story = Story(dialogue, dialogue.Dialogue()).on(dt.date(2027, 12, 27))
    (asked,) = story.when(example.ASK_REPORTER)
    assert asked.answering.span.provisional
    again = commands.RecomputeLimit(
        stream=f"dialogue-{example.CLUE}", name=ClueLimit.QUESTION, about=example.QUESTION
    )
    story.refuses(again, "nothing_changes")
    off = frozenset(dt.date(2028, 1, day) for day in (1, 2, 3, 4, 5))
    story.known = CALENDAR.with_table(YearTable(2027)).with_table(YearTable(2028, off))
    (moved,) = story.when(again)
    assert moved.watch.span.due_on > asked.answering.span.due_on
    (shown,) = entries_of([_record(asked), _record(moved)])
    assert (shown["due_on"], shown["provisional"]) == (moved.watch.span.due_on, False)


Move = tuple[str, int]
MOVES = st.tuples(
    st.sampled_from(["ask", "answer", "add", "note", "lapse", "read"]), st.integers(1, 6)
)


@settings(deadline=None)
@given(st.lists(MOVES, max_size=40))
def test_the_unread_are_those_that_came_since_the_last_reading(moves: list[Move]) -> None:
    """Whatever is said in whatever order: the fold that people read agrees with the state."""
    story, records = Story(dialogue, dialogue.Dialogue()), list[Any]()
    for day, (kind, number) in enumerate(moves):
        story.on(TODAY + 20 * day * ONE_DAY)
        try:
            decided = story.when(_command(kind, number, story.state))
        except (Refused, Invalid):
            continue
        records += [_record(its) for its in decided]
    state = story.state
    entries = entries_of(records, state.read)
    assert news_of(records) == state.news
    assert 0 <= state.read <= state.news
    assert {its["id"]: its["standing"] for its in entries if its["kind"] == "question"} == {
        key: str(standing) for key, standing in state.questions.items()
    }
    new = [its for its in entries if its["is_new"]]
    assert bool(new) == (state.news > state.read)
    waiting = {key for key, its in state.questions.items() if its is QuestionStanding.OPEN}
    assert {about for _, about in state.limits} == waiting


def _command(kind: str, number: int, state: dialogue.Dialogue) -> Any:
    match kind:
        case "ask":
            return ask(number)
        case "answer":
            told = dataclasses.replace(example.ANSWER_COMMAND, question_id=uid(number))
            return dialogue.Answer(example.CLUE, told)
        case "add":
            return add(100 + number)
        case "note":
            return dataclasses.replace(example.KEEP_NOTE, note_id=uid(200 + number))
        case "lapse":
            return dialogue.Lapse(example.CLUE, uid(number))
    return dataclasses.replace(example.MARK_READ, up_to=max(1, state.news - number + 1))


def _record(event: Any) -> dict[str, Any]:
    values = dict(vars(event))
    for name in {"answering", "watch"} & set(values):
        span = values[name].span
        values[name] = {"span": {"due_on": span.due_on, "provisional": span.provisional}}
    return {"type": type(event).__name__, "occurred_at": "", "values": values}
