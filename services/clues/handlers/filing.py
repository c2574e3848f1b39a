"""Clues and opinions as they come in one by one, and retaliation."""

from __future__ import annotations

import dataclasses

from services.clues.domain import handling, opinion, theme
from services.clues.domain.clue import Clue
from services.clues.domain.entries import Origin
from services.clues.domain.opinion import Opinion
from services.clues.handlers.aggregates import CLUE, OPINION, THEME
from services.clues.handlers.bodies import names_its_division
from services.clues.handlers.common import (
    clue_within,
    known,
    of,
    refuse_unknown_division,
)
from services.clues.handlers.evidence import attach_filed
from services.clues.handlers.follow_ups import schedule_follow_ups
from services.clues.handlers.kin import carry_recusals
from services.clues.handlers.opinion_recusal import carry_to_clue
from services.clues.handlers.reporters import claim_receipt
from shared.contracts.clues import commands
from shared.contracts.clues.vocabulary import ClueKind, Way
from shared.contracts.errors import Invalid
from shared.contracts.reasons import Reason
from shared.contracts.roles import EVERYBODY, Role
from shared.contracts.spelling import spelling
from shared.keeping.handlers import active_point
from shared.service.command_bus import Route
from shared.service.work import Work

WAYS: dict[Role, frozenset[Way]] = {
    Role.POINT: frozenset({Way.POINT, Way.VISIT}),
    Role.OFFICER: frozenset({Way.BUREAU, Way.VISIT}),
    Role.LEADER: frozenset({Way.BUREAU, Way.VISIT}),
}
"""By which ways a role brings in a single clue or opinion; everybody else by the form alone."""

REPORTER_ID = "reporter_id"


def file_clue(work: Work, command: commands.FileClue) -> None:
    take_clue(work, command, origin_of(work, command.way, command.division))


def file_opinion(work: Work, command: commands.FileOpinion) -> None:
    take_opinion(work, command, origin_of(work, command.way, command.division))


def origin_of(work: Work, way: Way, division: str) -> Origin:
    """How it came in, by who brings it; what a point hears may be about any district."""
    role = work.actor.role
    if way not in WAYS.get(role, frozenset({Way.FORM})):
        raise Invalid.one("way", "not_allowed", f"the role {role} brings nothing in this way")
    if role is Role.POINT:
        return Origin(way, point_id=active_point(work), filed_by=work.actor.id)
    if role in WAYS:
        work.within(division)
        return Origin(way, filed_by=work.actor.id)
    return Origin(way)


def take_clue(work: Work, command: commands.FileClue, origin: Origin) -> None:
    """File it, count it for its themes, and open a case for the retaliation it tells of."""
    refuse_unknown_division(work, command.division)
    _file(work, command, origin)
    stream = CLUE.stream(command.clue_id)
    _claim_reporter(work, command.reporter_id, stream)
    claim_receipt(work, command.receipt, stream)
    attach_filed(work, command)
    if command.retaliation:
        _open_retaliation(work, command, origin)


def _file(work: Work, command: commands.FileClue, origin: Origin) -> None:
    work.decide(CLUE, command.clue_id, handling.File(command, origin))
    for kind in command.kinds:
        _count(work, command, kind)


def take_opinion_as_clue(work: Work, command: commands.TakeOpinionAsClue) -> None:
    """In the words and by the way of the opinion; its reporter's name lies under the same key.

    Whoever stays out of the opinion stays out of the clue.
    """
    state: Opinion = known(work, OPINION, command.opinion_id)
    work.decide(OPINION, command.opinion_id, command)
    filing = commands.FileClue(
        clue_id=command.clue_id,
        way=state.way,
        kinds=command.kinds,
        division=state.division,
        body=command.body,
        happened_on=command.happened_on,
        amount=command.amount,
        urgent=command.urgent,
        retaliation=False,
        reporting=state.reporting,
        reporter_id=state.reporter_id,
        text=work.open(state.text),
        place=None,
        evidence=None,
        unit_concerned=command.unit_concerned,
        reporter_name=work.open(state.reporter_name),
        reporter_phone=work.open(state.reporter_phone),
        receipt=None,
    )
    origin = Origin(
        state.way,
        point_id=state.point_id,
        source_id=state.source_id,
        hotline_number=state.hotline_number,
        filed_by=work.actor.id,
    )
    _file(work, filing, origin)
    carry_to_clue(work, command.clue_id, state.recused)


def take_opinion(work: Work, command: commands.FileOpinion, origin: Origin) -> None:
    refuse_unknown_division(work, command.division)
    work.decide(OPINION, command.opinion_id, opinion.File(command, origin))
    stream = OPINION.stream(command.opinion_id)
    _claim_reporter(work, command.reporter_id, stream)
    claim_receipt(work, command.receipt, stream)


def _claim_reporter(work: Work, reporter_id: str, stream: str) -> None:
    """No two things lie under one reporter's key, so that erasing one reaches no other."""
    work.claim(REPORTER_ID, (reporter_id,), stream, Reason.ALREADY_EXISTS, "reporter_id")


def _count(work: Work, command: commands.FileClue, kind: ClueKind) -> None:
    body = spelling(command.body)
    says_whose = names_its_division(body, command.division, work.context.today.year)
    whose = () if says_whose else (command.division,)
    theme_id = work.pseudonym("theme", str(kind), body, *whose)
    counted = theme.Count(theme_id, kind, command.body, command.division, command.clue_id)
    work.decide(THEME, theme_id, counted)


def _open_retaliation(work: Work, command: commands.FileClue, origin: Origin) -> None:
    opened = work.pseudonym("retaliation", command.clue_id)
    work.decide(CLUE, command.clue_id, handling.Flag(opened))
    case = dataclasses.replace(
        command,
        clue_id=opened,
        kinds=(ClueKind.RETALIATION,),
        amount=None,
        urgent=True,
        retaliation=False,
    )
    work.decide(CLUE, opened, handling.File(case, origin, of_clue=command.clue_id))
    schedule_follow_ups(work, opened)


def flag_retaliation(work: Work, command: commands.FlagRetaliation) -> None:
    """Of a clue that was filed before; its reporter's name lies under the same key anew.

    Whoever stays out of the clue stays out of the case, which tells who reported it. What its
    reporter flags is the bureau's to know, and not the point's through which the clue came.
    """
    state: Clue = clue_within(work, command.clue_id)
    opened = work.pseudonym("retaliation", command.clue_id)
    work.decide(CLUE, command.clue_id, handling.Flag(opened))
    origin = _origin_of_flag(work, state)
    name, phone = work.open(state.reporter_name), work.open(state.reporter_phone)
    if name is not None and phone is None:  # a slip's or an order's, which has a name alone
        origin = dataclasses.replace(origin, source_id=command.clue_id)
    case = commands.FileClue(
        clue_id=opened,
        way=origin.way,
        kinds=(ClueKind.RETALIATION,),
        division=state.division,
        body=state.body,
        happened_on=None,
        amount=None,
        urgent=True,
        retaliation=False,
        reporting=state.reporting,
        reporter_id=state.reporter_id,
        text=command.text,
        place=None,
        evidence=None,
        unit_concerned=work.open(state.unit_concerned),
        reporter_name=name,
        reporter_phone=phone,
        receipt=None,
    )
    work.decide(CLUE, opened, handling.File(case, origin, of_clue=command.clue_id))
    schedule_follow_ups(work, opened)
    carry_recusals(work, opened)


def _origin_of_flag(work: Work, state: Clue) -> Origin:
    role = work.actor.role
    if role is Role.REPORTER:
        return Origin(Way.FORM)
    if role is Role.POINT:
        active_point(work)
    way = Way.POINT if role is Role.POINT or state.by_point else Way.BUREAU
    return Origin(way, point_id=state.point_id, filed_by=work.actor.id)


ROUTES: dict[type, Route] = {
    commands.FileClue: Route(EVERYBODY, of(CLUE, "clue_id"), file_clue),
    commands.FlagRetaliation: Route(
        {Role.OFFICER, Role.LEADER, Role.POINT, Role.REPORTER},
        of(CLUE, "clue_id"),
        flag_retaliation,
    ),
    commands.TakeOpinionAsClue: Route(
        {Role.OFFICER}, of(OPINION, "opinion_id"), take_opinion_as_clue
    ),
    commands.FileOpinion: Route(EVERYBODY, of(OPINION, "opinion_id"), file_opinion),
}
