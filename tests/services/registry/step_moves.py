"""What can happen to an application, by name: the moves of tests of its next steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from services.registry.domain.recusal import Panel
from services.registry.domain.review import checks_for
from services.registry.domain.settings import Settings
from shared.contracts.days import business_date
from shared.contracts.registry import commands
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Finding,
    FlagResolution,
    ObjectionOutcome,
    OpinionSource,
    UnitKind,
)
from tests.services.registry import examples as example
from tests.services.registry.step_world import (
    DESIGNATION,
    PUBLICATION,
    TIED,
    Part,
    World,
    answer,
    promotion,
)

Move = Callable[[World], None]


def _sends(*parts: Part) -> Move:
    return lambda world: world.does(parts)


def _checks(finding: Finding) -> Move:
    """All checks that are asked for, the last of them with this finding."""

    def move(world: World) -> None:
        kind = world.states["application"].unit_kind
        asked = sorted(checks_for(kind))
        for check in asked:
            its = finding if check == Check.VIOLATIONS_AND_PENALTIES else Finding.PASSED
            world.does([("application", example.found(check, its))])

    return move


def _visits(world: World) -> None:
    world.does([("application", replace(example.VISIT, visit_id=world.fresh()))])


def _takes_back(world: World) -> None:
    for opinion_id in list(world.states["application"].examination.opinions):
        taken = replace(example.TAKE_BACK_OPINION, opinion_id=opinion_id)
        world.does([("application", taken)])


def _asks(source: OpinionSource) -> Move:
    def move(world: World) -> None:
        asked = replace(example.ASK_OPINION, opinion_id=world.fresh(), source=source)
        world.does([("application", asked)])

    return move


def _objects(world: World) -> None:
    world.does([("notice", replace(example.OBJECT, objection_id=world.fresh()))])


def _decides(outcome: ObjectionOutcome) -> Move:
    def move(world: World) -> None:
        for objection_id in list(world.states["notice"].objections)[:1]:
            world.does(world.decision(objection_id, outcome))

    return move


def _votes(in_favour: bool, *members: str) -> Move:
    def move(world: World) -> None:
        for member in members:
            vote = replace(example.VOTE, in_favour=in_favour)
            world.does([("group", None), ("application", vote)], member)

    return move


def _recuses(member: str) -> Move:
    return lambda world: world.does([("application", example.DECLARE_RECUSAL)], member)


def _answers(world: World) -> None:
    for opinion_id in list(world.states["application"].examination.opinions):
        world.does([("application", answer(opinion_id))])


def _attaches(world: World) -> None:
    for kind in world.missing():
        command = replace(example.ATTACH, document_id=world.fresh(), kind=kind)
        world.does([("application", command)])


def _takes_a_document_back(world: World) -> None:
    for document_id in list(world.states["application"].documents)[:1]:
        command = replace(example.WITHDRAW, document_id=document_id)
        world.does([("application", command)])


def _extends(world: World) -> None:
    for objection_id in list(world.states["notice"].objections)[:1]:
        world.does([("notice", replace(example.EXTEND_VERIFICATION, objection_id=objection_id))])


def _days_pass(days: int) -> Move:
    def move(world: World) -> None:
        world.now += dt.timedelta(days=days)

    return move


def _last_day_comes(world: World) -> None:
    last_day = world.states["notice"].last_day
    if business_date(world.now) < last_day:
        world.now += last_day - business_date(world.now)


MOVES: dict[str, Move] = {
    "is recommended": _sends(("application", example.CONFIRM_RECOMMENDATION)),
    "is not recommended": _sends(("application", example.DECLINE_RECOMMENDATION)),
    "is asked for a supplement": _sends(("application", example.REQUEST_SUPPLEMENT)),
    "is supplemented": lambda world: world.does([("application", world.supplied())]),
    "has its documents attached": _attaches,
    "has a document taken back": _takes_a_document_back,
    "lapses": _sends(("application", example.LAPSE)),
    "is withdrawn": lambda world: world.does(world.leaving(example.TAKE_BACK)),
    "is struck off": lambda world: world.does(
        world.leaving(replace(example.STRIKE_OFF, deliberation_id=world.fresh()))
    ),
    "passes the formal check": _sends(("application", example.PASS)),
    "fails the formal check": _sends(("application", example.FAIL)),
    "is checked once": _sends(("application", example.CHECK)),
    "is checked": _checks(Finding.PASSED),
    "is flagged": _checks(Finding.FLAGGED),
    "fails a check": _checks(Finding.FAILED),
    "meets a hard stop": _sends(("application", example.found(Check.TAX_ARREARS, Finding.FAILED))),
    "has its flag cleared": _sends(("application", example.RESOLVE)),
    "has its flag upheld": _sends(
        ("application", replace(example.RESOLVE, resolution=FlagResolution.UPHELD))
    ),
    "is voted for": _votes(True, "officer-1", "reviewer-2"),
    "is voted against": _votes(False, "reviewer-2", TIED),
    "sees a member stay out": _recuses("reviewer-2"),
    "is visited": _visits,
    "has an opinion asked": _asks(OpinionSource.ENFORCEMENT_BODY),
    "has its street asked": _asks(OpinionSource.STREET),
    "has an opinion answered": _answers,
    "has its opinions taken back": _takes_back,
    "qualifies": lambda world: world.does(world.conclusion(example.CONCLUDE)),
    "does not qualify": lambda world: world.does(world.conclusion(example.REJECT)),
    "is kept as a reserve": lambda world: world.does(world.reserving(example.APPLICATION)),
    "is kept as the second reserve": lambda world: world.does(
        world.reserving(world.fresh(), example.APPLICATION)
    ),
    "is left out": lambda world: world.does(
        [("batch", _closing(world)), ("application", example.LEAVE_OUT)]
    ),
    "is a reserve no longer": _sends(
        ("batch", example.CLOSE_RESERVES), ("application", example.END_RESERVE)
    ),
    "moves up": lambda world: world.does(promotion("先列候补放弃递补")),
    "has its notice corrected": _sends(("notice", example.CORRECT_NOTICE)),
    "has a verification extended": _extends,
    "is listed": lambda world: world.does(world.deliberation()),
    "sees another listed": lambda world: world.does(world.deliberation(world.fresh())),
    "is put on notice": lambda world: world.does(PUBLICATION),
    "is objected to": _objects,
    "has an objection overruled": _decides(ObjectionOutcome.OVERRULED),
    "has an objection sustained": _decides(ObjectionOutcome.SUSTAINED),
    "sees the last day of its notice": _last_day_comes,
    "waits a day": _days_pass(1),
    "waits ten days": _days_pass(10),
    "is designated": lambda world: world.does(DESIGNATION),
}


def _closing(world: World) -> Any:
    left = commands.LeftOut(application_id=example.APPLICATION, reasons="本区名额已满")
    return replace(example.DELIBERATE, deliberation_id=world.fresh(), listed=(), left_out=(left,))


QUALIFIED = ["passes the formal check", "is checked", "is voted for", "qualifies"]
EXAMINED = [
    *("is visited", "has its street asked", "has an opinion asked", "has an opinion answered"),
    *QUALIFIED[1:3],
]
"""What the usual rules ask for, between the formal check and the conclusion."""
NOTICED = [*QUALIFIED, "is listed", "is put on notice"]


def lived(
    moves: Sequence[str],
    kind: UnitKind = UnitKind.ENTERPRISE,
    places: int = 2,
    panel: Panel | None = None,
    channel: Channel = Channel.SELF_NOMINATED,
    settings: Settings | None = None,
) -> World:
    """The world after these moves."""
    world = World(kind, places, panel, channel, settings)
    for move in moves:
        MOVES[move](world)
    return world
