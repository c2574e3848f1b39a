"""The registry's history as it comes to be: many applications side by side, from filing to point.

A few lives are made through the contracts, with every check, salt and seal; the rest are copies
under other ids. Applications of a wave go on together, as those of a batch do, so a page of the
log touches many of them.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, islice
from typing import Any

from shared.contracts.registry import events as registry
from shared.contracts.registry.vocabulary import (
    Channel,
    Check,
    Conclusion,
    Finding,
    IndustryGroup,
    Size,
    UnitKind,
)
from shared.contracts.stored import StoredEvent, Trace, store

WAVE = 200
"""Applications that go on side by side."""

NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
_GCM_OVERHEAD = 12 + 16
_DIVISIONS = ("430203", "430204", "430202", "430211", "430212", "430223")
_Life = list[StoredEvent]


def history(size: int, seed: int = 1) -> Iterator[StoredEvent]:
    """The first `size` events of the registry's log, in order."""
    return islice(_endless(random.Random(seed)), size)


def designations(size: int, seed: int = 1) -> Iterator[StoredEvent]:
    """`size` points that come to be; each is a row of its own in most read models."""
    chance, models = random.Random(seed), _lives()
    for number in range(size):
        yield _copy(models[number % len(models)], chance)[-1]


def review_checks(
    application: str, first_version: int, size: int, command_id: str
) -> list[StoredEvent]:
    """`size` checks of one application by one command."""
    check = _lives()[0][2]
    return [
        replace(
            check,
            stream=f"application-{application}",
            version=first_version + step,
            command_id=command_id,
            public={**check.public, "application_id": application},
        )
        for step in range(size)
    ]


def _endless(chance: random.Random) -> Iterator[StoredEvent]:
    models = _lives()
    for wave in count():
        lives = [_copy(models[(wave + one) % len(models)], chance) for one in range(WAVE)]
        for step in range(len(lives[0])):
            for life in lives:
                yield life[step]


def _copy(model: Sequence[StoredEvent], chance: random.Random) -> _Life:
    application, point = _identifier(chance), _identifier(chance)
    names = {"application_id": application, "point_id": point}
    return [
        replace(
            event,
            stream=f"{event.stream.partition('-')[0]}-"
            + (point if event.type == "PointDesignated" else application),
            command_id=_identifier(chance),
            public={name: names.get(name, value) for name, value in event.public.items()},
        )
        for event in model
    ]


def _identifier(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


_made: list[_Life] = []


def _lives() -> list[_Life]:
    if not _made:
        _made.extend(_life(division) for division in _DIVISIONS)
    return _made


def _life(division: str) -> _Life:
    application, point, batch = (str(uuid.uuid4()) for _ in range(3))
    happened: list[Any] = [
        registry.ApplicationSubmitted(
            application_id=application,
            batch_id=batch,
            channel=Channel.RECOMMENDED,
            recommender="市工商联",
            unit_kind=UnitKind.ENTERPRISE,
            division=division,
            industry_section="C",
            industry_group=IndustryGroup.MANUFACTURING,
            trade=None,
            size=Size.MEDIUM,
            staff=400,
            revenue_wan=3_000,
            assets_wan=None,
            filed_by="applicant-1",
            unit_name="某某精密机械制造有限公司",
            credit_code=None,
            address="工业路8号创新园3栋201室",
            contact_name="李一",
            contact_phone="13900001234",
        ),
        registry.FormalCheckPassed(application_id=application),
        *(
            registry.ReviewCheckRecorded(
                application_id=application,
                check=check,
                finding=Finding.PASSED,
                evidence="经查询有关系统，情况属实，未发现异常记录",
            )
            for check in list(Check)[:3]
        ),
        registry.ReviewConcluded(
            application_id=application,
            conclusion=Conclusion.QUALIFIED,
            votes_for=5,
            votes_against=0,
            reasons=None,
        ),
        registry.ApplicationListed(application_id=application, deliberation_id=str(uuid.uuid4())),
        registry.ApplicationPutOnNotice(application_id=application, notice_id=str(uuid.uuid4())),
        registry.ApplicationDesignated(application_id=application, point_id=point),
        registry.PointDesignated(
            point_id=point,
            application_id=application,
            batch_id=batch,
            unit_name="某某精密机械制造有限公司",
            unit_kind=UnitKind.ENTERPRISE,
            division=division,
            industry_group=IndustryGroup.MANUFACTURING,
            size=Size.MEDIUM,
            channel=Channel.RECOMMENDED,
            designated_on=dt.date(2026, 4, 1),
            term_ends_on=dt.date(2028, 3, 31),
        ),
    ]
    return [_stored(event, application, point, step) for step, event in enumerate(happened)]


def _stored(event: Any, application: str, point: str, step: int) -> StoredEvent:
    is_point = isinstance(event, registry.PointDesignated)
    return store(
        event,
        registry.EVENTS.type_of(event),
        log="registry",
        stream=f"point-{point}" if is_point else f"application-{application}",
        version=1 if is_point else step + 1,
        occurred_at=NOON + dt.timedelta(minutes=step),
        trace=Trace("officer", "officer-1", str(uuid.uuid4()), str(uuid.uuid4())),
        seal=lambda _, __, plaintext: os.urandom(_GCM_OVERHEAD + len(plaintext)),
    )
