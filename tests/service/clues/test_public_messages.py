"""From what others get of clues nothing links, and it proves the same tree all the same."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.clues.definition import DEFINITION
from shared.access.actor import Actor
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import Way
from shared.contracts.days import business_date, start_of_day
from shared.contracts.stored import RecordedEvent, leaf_of_document
from shared.eventlog import audit
from shared.eventlog.checkpointer import Checkpointer
from shared.eventlog.export import lines
from shared.eventlog.merkle import Frontier
from shared.messaging.publisher import Outgoing
from shared.messaging.topology import public_exchange
from shared.service.both_forms import messages
from tests.service.clues.test_collecting import clue_slip, emptying, placed, slip
from tests.service.clues.town import LEADER, PUBLIC, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples as example
from tools.verify_log import (
    Problem,
    Proved,
    VerifierKey,
    open_checkpoint,
    parse_key,
    verify_export,
    verify_proof,
)

Form = dict[str, Any]


class Outside:
    """What another system gets from here on, with what it does not get beside it."""

    def __init__(self, town: ClueTown) -> None:
        self._town = town
        town.show()
        self._after = town.log.head()

    def recorded(self) -> list[RecordedEvent]:
        self._town.show()
        return list(itertools.chain(*self._town.log.event_pages(self._after)))

    def messages(self) -> list[Outgoing]:
        sent = messages("clues", DEFINITION.events, self.recorded())
        return [its for its in sent if its.exchange == public_exchange("clues")]

    def forms(self) -> list[tuple[RecordedEvent, Form]]:
        """Each event with the form that is sent in its place."""
        forms = [json.loads(its.body) for its in self.messages()]
        return list(zip(self.recorded(), forms, strict=True))


# What happens, by commands of which each makes events of several streams -------------------------

Happening = Callable[[ClueTown, Actor, int], None]


def _empty_box(town: ClueTown, point: Actor, number: int) -> None:
    entries = [clue_slip() if n % 2 else slip() for n in range(number)]
    town.send(emptying(placed(town, point), *entries, clue_slip(retaliation=True)), point)


def _hold_symposium(town: ClueTown, point: Actor, number: int) -> None:
    its = {"symposium_id": fresh()}
    town.send(dataclasses.replace(example.SCHEDULE_COMMAND, **its), point)
    entries = tuple(clue_slip() for _ in range(number))
    town.send(dataclasses.replace(example.HOLD, **its, entries=entries), point)


def _import_hotline(town: ClueTown, point: Actor, number: int) -> None:
    orders = tuple(
        dataclasses.replace(example.ORDER, number=f"HL-{fresh()[:30]}") for _ in range(number)
    )
    town.send(dataclasses.replace(example.IMPORT_COMMAND, import_id=fresh(), orders=orders))


def _flag_retaliation(town: ClueTown, point: Actor, number: int) -> None:
    clue_id = town.filed(point)
    town.send(commands.FlagRetaliation(clue_id=clue_id, text="举报后被连续检查"))


def _file_with_retaliation(town: ClueTown, point: Actor, number: int) -> None:
    town.filed(PUBLIC, way=Way.FORM, retaliation=True)


def _take_opinion(town: ClueTown, point: Actor, number: int) -> None:
    its = slip()
    town.send(emptying(placed(town, point), its), point)
    town.send(dataclasses.replace(example.TAKE_AS_CLUE, opinion_id=its.entry_id, clue_id=fresh()))


def _adopt_opinion(town: ClueTown, point: Actor, number: int) -> None:
    its = slip()
    town.send(emptying(placed(town, point), its), point)
    town.send(dataclasses.replace(example.ADOPT, opinion_id=its.entry_id, proposal_id=fresh()))


def _join_and_close(town: ClueTown, point: Actor, number: int) -> None:
    main = town.verified(point)
    for _ in range(number):
        joined = town.filed(point)
        town.send(commands.JoinClue(clue_id=joined, into_clue_id=main, reasons="同一处罚"))
    tie = dataclasses.replace(example.RECUSE, clue_id=main, account_id=f"officer-{fresh()[:8]}")
    town.send(tie, LEADER)
    town.does(main, example.DISCIPLINE, example.CLOSE)


HAPPENINGS: list[Happening] = [
    *(_empty_box, _hold_symposium, _import_hotline, _flag_retaliation, _file_with_retaliation),
    *(_take_opinion, _adopt_opinion, _join_and_close),
]
_FORMS = ("source", "type", "specversion", "datacontenttype", "dataschema", "sequencetype")
_DOCUMENTS = ("log", "schema_version", "version", "occurred_on", "role")
_CASES = ("kinds", "topics", "division", "finding", "outcomes", "kind", "resolution")
SAID_OF_MANY = {*_FORMS, *_DOCUMENTS, *_CASES}
"""What the forms of cases that have nothing to do with each other may have in common."""
everything_in_some_order = given(st.permutations(HAPPENINGS), st.integers(1, 3))
in_a_town = settings(max_examples=4, suppress_health_check=list(HealthCheck))


def telling(form: Form) -> set[Any]:
    """Single values in a form, without what is said of many."""
    found = set[Any]()
    for name, its in form.items():
        if name not in SAID_OF_MANY:
            found |= telling(its) if isinstance(its, dict) else {its}
    return found


def about(form: Form) -> str:
    """The stream that a form tells of; one that tells of none stands for itself."""
    return str(form.get("subject", form["id"]))


@in_a_town
@everything_in_some_order
def test_the_public_forms_of_different_cases_share_nothing_that_links_them(
    town: ClueTown, happenings: list[Happening], number: int
) -> None:
    point, outside = town.point(), Outside(town)
    for happens in happenings:
        happens(town, point, number)

    whose: dict[Any, str] = {}
    for _, form in outside.forms():
        if "time" in form:  # where a box stands, and what the registry tells of a point
            continue
        for value in telling(form):
            assert whose.setdefault(value, about(form)) == about(form), value


@in_a_town
@everything_in_some_order
def test_side_by_side_lie_the_forms_of_several_cases_only_where_entries_came_in(
    town: ClueTown, happenings: list[Happening], number: int
) -> None:
    point, outside = town.point(), Outside(town)
    for happens in happenings:
        happens(town, point, number)

    for _, group in itertools.groupby(outside.forms(), lambda its: its[0].event.command_id):
        made = list(group)
        types = {recorded.event.type for recorded, _ in made}
        told = [form for _, form in made if "subject" in form]
        if len({about(form) for form in told}) > 1:
            assert types & {"BoxEmptied", "SymposiumHeld", "HotlineImported"}
            assert {form["data"]["type"] for form in told} <= {"ClueFiled", "OpinionFiled"}
            kinds = {kind for form in told for kind in form["data"]["data"].get("kinds", ())}
            assert "retaliation" not in kinds


def test_the_entries_of_an_emptying_are_told_as_any_others_are(town: ClueTown) -> None:
    point = town.point()
    box_id = placed(town, point)
    outside = Outside(town)
    town.send(emptying(box_id, clue_slip(), clue_slip(), slip()), point)
    from_box = [form for _, form in outside.forms() if "subject" in form]
    alone = Outside(town)
    town.filed(PUBLIC, way=Way.FORM)
    (by_itself,) = [form for _, form in alone.forms() if "subject" in form]

    assert [form["data"]["type"] for form in from_box] == ["ClueFiled", "ClueFiled", "OpinionFiled"]
    for form in from_box[:2]:
        assert set(form) == set(by_itself)
        assert set(form["data"]) == set(by_itself["data"])
        clear = {name for name, its in form["data"]["data"].items() if not isinstance(its, dict)}
        assert clear == {"clue_id", "kinds", "division"}
        assert form["data"]["actor"]["role"] == "public"


def test_messages_tell_the_day_alone_and_have_no_gap(town: ClueTown) -> None:
    point, outside = town.point(), Outside(town)
    _empty_box(town, point, 2)
    forms, sent = outside.forms(), outside.messages()

    first = forms[0][0].position
    assert [int(form["sequence"]) for _, form in forms] == list(range(first, first + len(forms)))
    for (recorded, form), message in zip(forms, sent, strict=True):
        assert message.type == message.routing_key == form["type"].rpartition(".")[2]
        if "time" not in form:  # that the box was placed is told to the second
            midnight = start_of_day(business_date(recorded.sequenced_at))
            assert message.timestamp == midnight.timestamp()


@dataclass(frozen=True)
class Signed:
    """A log's head as it was signed, with the key that others have."""

    note: str
    key: VerifierKey
    size: int


def signed(town: ClueTown) -> Signed:
    key = town.keyring.checkpoint_key()
    town.filed(PUBLIC, way=Way.FORM)
    town.show()
    note = Checkpointer(town.log, key).sign()
    assert note is not None
    return Signed(note, parse_key(audit.verifier_key("clues", key)), town.log.head())


def leaf_of(form: Form) -> bytes:
    """As whoever has nothing but the messages makes it."""
    data = form["data"]
    return leaf_of_document(data) if "subject" in form else bytes.fromhex(data["leaf"])


def test_the_messages_alone_give_the_tree_that_is_signed(town: ClueTown) -> None:
    _empty_box(town, town.point(), 2)
    its = signed(town)
    everything = itertools.chain(*town.log.event_pages())
    tree = Frontier()
    for message in messages("clues", DEFINITION.events, everything):
        if message.exchange == public_exchange("clues"):
            tree.extend([leaf_of(json.loads(message.body))])

    head = open_checkpoint(its.note, its.key)
    assert (tree.size, tree.root()) == (head.size, head.root)


def test_an_export_with_unpublished_events_is_verified_by_both(town: ClueTown) -> None:
    _take_opinion(town, town.point(), 1)
    its = signed(town)
    export = io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines(town.log)))

    found = verify_export(export, its.key)
    assert (found.size, found.signed_size) == (its.size, its.size)
    key = audit.verifier_key("clues", town.keyring.checkpoint_key())
    assert audit.verify(town.log, key).problems == []


def test_each_form_is_proved_beside_the_others_and_none_in_the_place_of_another(
    town: ClueTown,
) -> None:
    point, outside = town.point(), Outside(town)
    _empty_box(town, point, 2)
    forms, its = outside.forms(), signed(town)

    def proved(position: int, form: Form) -> Proved:
        proof = audit.inclusion(town.log, position, its.size) | {"checkpoint": its.note}
        return verify_proof(json.dumps(proof).encode(), json.dumps(form).encode(), its.key)

    for recorded, form in forms:
        found = proved(recorded.position, form)
        assert (found.position, found.published) == (recorded.position, "subject" in form)
    for (recorded, _), (_, another) in itertools.pairwise(forms):
        with pytest.raises(Problem) as refused:
            proved(recorded.position, another)
        assert refused.value.reason == "inclusion"
