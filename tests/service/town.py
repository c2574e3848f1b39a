"""A registry that tests send commands to as the edge does: sealed, signed, off the wire."""

from __future__ import annotations

import base64
import datetime as dt
import itertools
import json
import random
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from psycopg_pool import ConnectionPool

from services.registry.definition import DEFINITION
from services.registry.handlers.common import point_of
from shared.access.actor import Actor, Issuer, KnownIssuer, Verifier, digest, transit_binding
from shared.contracts.days import business_date
from shared.contracts.operations import OPERATIONS
from shared.contracts.registry.vocabulary import Check, OpinionSource, RetirementGround
from shared.contracts.roles import Role
from shared.contracts.stored import StoredEvent
from shared.contracts.transfers import TRANSFERS
from shared.eventlog.store import EventLog
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring
from shared.privacy.transit import seal_fields
from shared.projections.model import Model
from shared.projections.projector import Projector
from shared.reactions.parking import ParkingLot
from shared.reference.credit_code import ALPHABET, complete
from shared.service.command_bus import CommandBus
from shared.service.operations import Operations
from shared.service.parts import Parts
from shared.service.query_bus import QueryBus
from shared.service.transfers import Transfers
from tests.eventlog.making import AClock
from tests.services.registry import examples
from tests.services.registry import point_examples as points

CITY = "430200"
OFFICER = Actor("officer-1", Role.OFFICER, CITY)
REVIEWER = Actor("reviewer-1", Role.REVIEWER, CITY)
LEADER = Actor("leader-1", Role.LEADER, CITY)
APPLICANT = Actor("applicant-1", Role.APPLICANT)
PUBLIC = Actor("anybody", Role.PUBLIC)

_CODES = itertools.count()
_TABLES = ("event", "command", "unsequenced", "claim", "ledger")


def fresh() -> str:
    return str(uuid.uuid4())


def credit_code() -> str:
    """Of a market entity: registered with market regulation (9), so never a public body's."""
    chance = random.Random(next(_CODES))
    return complete("9" + "".join(chance.choice(ALPHABET) for _ in range(16)))


class Town:
    """One registry, its clock, its buses, and an issuer that signs for everybody in it."""

    def __init__(self, pool: ConnectionPool, keys: ConnectionPool, master_key: bytes) -> None:
        self.pool, self.keys, self.master_key = pool, keys, master_key
        self.clock = AClock(examples.NOW)
        self.log = EventLog("registry", pool)
        self.keyring = Keyring("registry", keys, master_key)
        self.files = FileStore(pool, self.keyring)
        key = Ed25519PrivateKey.generate()
        self.issuer = Issuer("portal", key)
        known = {"portal": KnownIssuer(key.public_key(), frozenset(Role))}
        self._verifier = verifier = Verifier("registry", known)
        self.commands = self.bus_over(Parts(self.log, self.keyring, DEFINITION.events, self.files))
        self.transfers = Transfers(
            self.files, self.keyring, pool, self.commands, verifier, DEFINITION.uploads
        )
        self.operations = Operations(verifier, ParkingLot(pool), pool)
        self.queries = self.queries_that_wait(seconds=2.0)

    def bus_over(self, parts: Parts) -> CommandBus:
        """A command bus that works on these parts."""
        return CommandBus(
            parts,
            DEFINITION.commands,
            DEFINITION.routes,
            self._verifier,
            self.clock,
            DEFINITION.context,
        )

    def queries_that_wait(self, seconds: float) -> QueryBus:
        """A query bus that waits so long for a read model to catch up."""
        return QueryBus(
            "registry",
            self.keyring,
            self.pool,
            DEFINITION.queries,
            DEFINITION.query_routes,
            self._verifier,
            self.clock,
            DEFINITION.may_follow,
            DEFINITION.reads_locked,
            wait_seconds=seconds,
        )

    # Sending ------------------------------------------------------------------------------------

    def message(
        self, command: Any, command_id: str = "", actor: Actor = OFFICER, **envelope: Any
    ) -> dict[str, Any]:
        """A command as it goes over the wire, not signed yet."""
        message_type = DEFINITION.commands.type_of(command)
        identifier = command_id or fresh()
        receiver = self.keyring.receiving_key().public_key()
        payload = seal_fields(
            message_type,
            message_type.dump(command),
            receiver,
            transit_binding(identifier, actor),
        )
        message = {
            "id": identifier,
            "type": message_type.name,
            "schema_version": message_type.schema_version,
            "payload": payload,
            **envelope,
        }
        over_the_wire: dict[str, Any] = json.loads(json.dumps(message))
        return over_the_wire

    def signed(self, message: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        return {**message, "actor": self.issuer.sign(actor, "registry", digest(message))}

    def send(self, command: Any, actor: Actor, command_id: str = "", **envelope: Any) -> Any:
        message = self.message(command, command_id, actor, **envelope)
        return self.commands.execute(self.signed(message, actor))

    def ask(self, query: Any, actor: Actor, **envelope: Any) -> Any:
        """A query; with `reply_key`, an X25519 private key, personal data is sealed to it."""
        message_type = DEFINITION.queries.type_of(query)
        message = {
            "id": fresh(),
            "type": message_type.name,
            "schema_version": 1,
            "payload": message_type.dump(query),
            **envelope,
        }
        return self.queries.ask(self.signed(message, actor))

    def operate(self, operation: Any, actor: Actor) -> Any:
        message_type = OPERATIONS.type_of(operation)
        message = {
            "id": fresh(),
            "type": message_type.name,
            "schema_version": 1,
            "payload": message_type.dump(operation),
        }
        return self.operations.execute(self.signed(message, actor))

    def transfer(self, transfer: Any, actor: Actor, **envelope: Any) -> Any:
        """A part of bringing or reading a file."""
        message_type, identifier = TRANSFERS.type_of(transfer), fresh()
        receiver = self.keyring.receiving_key().public_key()
        payload = seal_fields(
            message_type,
            message_type.dump(transfer),
            receiver,
            transit_binding(identifier, actor),
        )
        message = {
            "id": identifier,
            "type": message_type.name,
            "schema_version": 1,
            "payload": payload,
            **envelope,
        }
        return self.transfers.execute(self.signed(message, actor))

    # Looking ------------------------------------------------------------------------------------

    def counted(self) -> dict[str, int]:
        """How many rows the log's tables have: what a refusal must leave alone."""
        counts = ", ".join(f"(SELECT count(*) FROM eventlog.{table})" for table in _TABLES)
        with self.pool.connection() as connection:
            row = connection.execute(f"SELECT {counts}".encode()).fetchone()
        assert row is not None
        return dict(zip(_TABLES, row, strict=True))

    def types(self, stream: str) -> list[str]:
        return [event.type for event in self.log.stream(stream)]

    def last(self, stream: str) -> StoredEvent:
        return self.log.stream(stream)[-1]

    def number(self) -> None:
        """Do the relay's part: give every event its position."""
        with self.pool.connection() as connection:
            connection.execute("SELECT eventlog.number(100000, %s)", (self.clock.now(),))

    def show(self, *names: str) -> None:
        """Number what was logged and bring these read models to its head; all, if none is named."""
        self.number()
        for model in DEFINITION.models:
            if not names or model.name in names:
                self._project(model)

    def project(self, name: str) -> None:
        """Bring a read model to the head of what is numbered."""
        self._project(next(its for its in DEFINITION.models if its.name == name))

    def _project(self, model: Model) -> None:
        projector = Projector(model, self.pool)
        projector.install({"registry": self.log.read})
        while page := self.log.read(projector.checkpoint("registry")):
            projector.apply("registry", page)

    # What a batch goes through ------------------------------------------------------------------

    def batch(self, places: int = 5) -> str:
        batch_id = fresh()
        self.send(replace(examples.OPEN_BATCH, batch_id=batch_id, places=places), LEADER)
        return batch_id

    def batch_on(self, moment: dt.datetime) -> str:
        """A batch that takes applications around a moment."""
        batch_id, day, week = fresh(), moment.date(), dt.timedelta(days=7)
        command = replace(
            examples.OPEN_BATCH, batch_id=batch_id, opens_on=day - week, closes_on=day + week
        )
        self.send(command, LEADER)
        return batch_id

    def submission(self, batch_id: str, **instead: Any) -> Any:
        given = {"application_id": fresh(), "batch_id": batch_id, "credit_code": credit_code()}
        return replace(examples.SUBMIT, **{**given, **instead})

    def submitted(self, batch_id: str, **instead: Any) -> str:
        command = self.submission(batch_id, **instead)
        self.send(command, APPLICANT)
        return str(command.application_id)

    def qualified(self, batch_id: str, **instead: Any) -> str:
        application_id = self.submitted(batch_id, **instead)
        self.send(replace(examples.PASS, application_id=application_id), OFFICER)
        for check in examples.ALL_CHECKS:
            self.send(self.of_today(check, application_id), REVIEWER)
        self.conclude(batch_id, application_id)
        return application_id

    def of_today(self, check: Any, application_id: str) -> Any:
        """A check of this application; an interview that it rests on was today."""
        its = replace(check, application_id=application_id)
        if not hasattr(its, "interviewed_on"):
            return its
        return replace(its, interviewed_on=business_date(self.clock.time))

    def conclude(self, batch_id: str, application_id: str) -> None:
        """All that a review needs beside its checks, and a group of one that votes for the unit."""
        self.group(batch_id)
        self.visited(application_id)
        about = {"application_id": application_id}
        self.send(replace(examples.VOTE, **about), REVIEWER)
        by_vote = replace(examples.CONCLUDE, **about, votes_for=None, votes_against=None)
        self.send(by_vote, REVIEWER)

    def group(self, batch_id: str, *members: Actor) -> None:
        """A review group, of the reviewer alone unless others are named; all have no interests."""
        if self.types(f"review_group-{batch_id}"):
            return
        ids = tuple(its.id for its in members or (REVIEWER,))
        appointing = replace(examples.APPOINT_GROUP, batch_id=batch_id, member_ids=ids)
        self.send(replace(appointing, chair=ids[0]), LEADER)
        nothing = {"employer_name": None, "employer_code": None, "bodies": ()}
        for its in members or (REVIEWER,):
            declaring = replace(examples.DECLARE_INTERESTS, batch_id=batch_id, member_id=its.id)
            self.send(replace(declaring, **nothing), its)

    def visited(self, application_id: str, actor: Actor = OFFICER) -> None:
        """A visit, and the opinions of a street and an enforcement body, with their answers."""
        about = {"application_id": application_id}
        today = business_date(self.clock.time)
        self.send(replace(examples.VISIT, **about, visit_id=fresh(), held_on=today), actor)
        for source in OpinionSource:
            opinion = {**about, "opinion_id": fresh()}
            asking = replace(examples.ASK_OPINION, **opinion, source=source, body_unit=None)
            self.send(asking, actor)
            self.send(replace(examples.ANSWER_OPINION, **opinion), OFFICER)

    def listed(self, batch_id: str, *application_ids: str) -> None:
        self.send(self.deliberation(batch_id, *application_ids), LEADER)

    def deliberation(self, batch_id: str, *application_ids: str) -> Any:
        return replace(
            examples.DELIBERATE,
            batch_id=batch_id,
            deliberation_id=fresh(),
            held_on=business_date(self.clock.time),
            listed=application_ids,
        )

    def publication(self, batch_id: str, *application_ids: str) -> Any:
        return replace(
            examples.PUBLISH.command,
            notice_id=fresh(),
            batch_id=batch_id,
            application_ids=application_ids,
        )

    def noticed(self, batch_id: str, *application_ids: str) -> str:
        """Listed and published; the notice's id."""
        self.listed(batch_id, *application_ids)
        command = self.publication(batch_id, *application_ids)
        self.send(command, LEADER)
        return str(command.notice_id)

    def after_the_notice(self) -> None:
        self.clock.time = examples.AFTER_NOTICE + dt.timedelta(days=1)

    def designation(self, notice_id: str, *application_ids: str) -> Any:
        return replace(examples.DESIGNATE, notice_id=notice_id, application_ids=application_ids)

    # What becomes of a point ---------------------------------------------------------------------

    def point(self, **instead: Any) -> str:
        """A unit that has gone the whole way; the id of the point it is now."""
        batch_id = self.batch_on(self.clock.time)
        application_id = self.qualified(batch_id, **instead)
        notice_id = self.noticed(batch_id, application_id)
        self.clock.time += dt.timedelta(days=9)
        self.send(self.designation(notice_id, application_id), LEADER)
        return point_of(application_id)

    def to_retire(self, point_id: str, ground: RetirementGround = RetirementGround.OWN_WISH) -> str:
        """Decide that the point retires, on a ground that asks for no defence; its procedure."""
        retirement_id = fresh()
        opening = replace(
            points.OPEN_RETIREMENT, retirement_id=retirement_id, point_id=point_id, ground=ground
        )
        self.send(opening, OFFICER)
        day = business_date(self.clock.time)
        self.send(replace(points.DECIDE, retirement_id=retirement_id, held_on=day), LEADER)
        return retirement_id


def reply_key(private: X25519PrivateKey) -> str:
    return base64.b64encode(private.public_key().public_bytes_raw()).decode()


CHECKS_FOR_TRADERS = len(Check) - 1
