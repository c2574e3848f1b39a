"""A clues service that tests send commands to as the edge does: sealed, signed, off the wire."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from psycopg_pool import ConnectionPool

from services.clues.definition import DEFINITION
from services.clues.limits import TIMEKEEPING
from shared.access.actor import Actor, Issuer, KnownIssuer, Verifier, digest, transit_binding
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.clues.commands import ReadCase
from shared.contracts.clues.queries import OpenClue, OpenDialogue, OpenEvidence
from shared.contracts.days import business_date
from shared.contracts.envelope import Envelope
from shared.contracts.errors import Refused
from shared.contracts.keeping.vocabulary import KnownStanding
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.eventlog.store import EventLog
from shared.privacy.evidence.folder import FolderStore
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring
from shared.privacy.transit import open_value, seal_fields
from shared.projections.projector import Projector
from shared.reactions.reactor import Reactor
from shared.service.command_bus import CommandBus
from shared.service.parts import Parts
from shared.service.query_bus import Asked, QueryBus, reply_context
from shared.service.timekeeper import Timekeeper
from tests.eventlog.making import AClock
from tests.service.town import fresh, reply_key
from tests.services.clues import examples
from tests.services.clues.telling import NOON

CITY, DISTRICT, OTHER_DISTRICT = "430200", "430211", "430203"
OFFICER = Actor("officer-1", Role.OFFICER, CITY)
COLLEAGUE = Actor("officer-2", Role.OFFICER, CITY)
ELSEWHERE = Actor("officer-5", Role.OFFICER, OTHER_DISTRICT)
LEADER = Actor("leader-1", Role.LEADER, CITY)
BODY = Actor("body-1", Role.ENFORCEMENT_BODY, CITY, examples.BODY)
PUBLIC = Actor("anybody", Role.PUBLIC)

READ = (OpenClue, OpenDialogue, OpenEvidence)
"""What may be asked once it is on record that a case is read."""


class ClueTown:
    """One clues service, its clock, its buses, and an issuer that signs for everybody in it."""

    def __init__(
        self, pool: ConnectionPool, keys: ConnectionPool, master_key: bytes, folder: Path
    ) -> None:
        self.pool, self.keys, self.clock = pool, keys, AClock(NOON)
        self.log = EventLog("clues", pool)
        self.keyring = Keyring("clues", keys, master_key)
        self.folder, self.evidence = folder, FolderStore(folder)
        key = Ed25519PrivateKey.generate()
        self.issuer = Issuer("portal", key)
        verifier = Verifier("clues", {"portal": KnownIssuer(key.public_key(), frozenset(Role))})
        self.commands = CommandBus(
            Parts(
                self.log,
                self.keyring,
                DEFINITION.events,
                FileStore(pool, self.keyring),
                self.evidence,
            ),
            DEFINITION.commands,
            DEFINITION.routes,
            verifier,
            self.clock,
            DEFINITION.context,
        )
        self.queries = QueryBus(
            "clues",
            self.keyring,
            pool,
            DEFINITION.queries,
            DEFINITION.query_routes,
            verifier,
            self.clock,
            DEFINITION.may_follow,
            DEFINITION.reads_locked,
        )

    @property
    def today(self) -> dt.date:
        return business_date(self.clock.time)

    def send(
        self, command: Any, actor: Actor = OFFICER, command_id: str = "", **envelope: Any
    ) -> Any:
        its = DEFINITION.commands.type_of(command)
        return self.send_plain(
            its.name, its.schema_version, its.dump(command), actor, command_id, **envelope
        )

    def send_plain(
        self,
        name: str,
        version: int,
        values: dict[str, Any],
        actor: Actor,
        command_id: str = "",
        **envelope: Any,
    ) -> Any:
        """A command of any version, given as plain JSON."""
        message_type, identifier = DEFINITION.commands.find(name), command_id or fresh()
        receiver = self.keyring.receiving_key().public_key()
        binding = transit_binding(identifier, actor)
        message = {
            "id": identifier,
            "type": name,
            "schema_version": version,
            "payload": seal_fields(message_type, values, receiver, binding),
            **envelope,
        }
        message = json.loads(json.dumps(message))
        return self.commands.execute(
            {**message, "actor": self.issuer.sign(actor, "clues", digest(message))}
        )

    def system(self, command: Any) -> None:
        """As a reaction or the timekeeper does."""
        self.commands.act(command, fresh(), fresh(), None)

    def ask(self, query: Any, actor: Actor = OFFICER) -> Any:
        """A query once all is shown, its sealed fields opened, as the portal does.

        As there, that a case is read is put on record where a query asks for it.
        """
        self.show()
        try:
            return self.ask_once(query, actor)
        except Refused as refused:
            if refused.reason != Reason.READING_UNRECORDED or not isinstance(query, READ):
                raise
        self.send(ReadCase(clue_id=query.clue_id, purpose=query.purpose), actor)
        return self.ask_once(query, actor)

    def ask_once(self, query: Any, actor: Actor) -> Any:
        """The same of what is shown already, and with nothing put on record before."""
        private, identifier = X25519PrivateKey.generate(), fresh()
        message_type = DEFINITION.queries.type_of(query)
        message = {
            "id": identifier,
            "type": message_type.name,
            "schema_version": 1,
            "payload": message_type.dump(query),
            "reply_key": reply_key(private),
        }
        signed = {**message, "actor": self.issuer.sign(actor, "clues", digest(message))}
        answer = self.queries.ask(signed)["result"]
        return _opened(answer, private, reply_context(identifier))

    def answered(self, part: Callable[[Asked], Any]) -> Any:
        """A part of somebody's answer, its sealed fields opened."""
        self.show()
        private, identifier = X25519PrivateKey.generate(), fresh()
        envelope = Envelope(
            id=identifier, type="", schema_version=1, payload={}, reply_key=reply_key(private)
        )
        rows = self.queries._rows
        its = Asked(None, PUBLIC, envelope, self.keyring, rows, self.clock.now())
        return _opened(part(its), private, reply_context(identifier))

    def erase(self, subject: str) -> None:
        """Destroy the key under which somebody's or something's texts lie."""
        self.keyring.destroy([subject], self.clock.now())

    def types(self, stream: str) -> list[str]:
        return [event.type for event in self.log.stream(stream)]

    def show(self) -> None:
        """Number what was logged and bring every read model to its head."""
        with self.pool.connection() as connection:
            connection.execute("SELECT eventlog.number(100000, %s)", (self.clock.now(),))
        for model in DEFINITION.models:
            projector = Projector(model, self.pool)
            projector.install({"clues": self.log.read})
            while page := self.log.read(projector.checkpoint("clues")):
                projector.apply("clues", page)

    def look(self) -> None:
        """Everything that is due, as the timekeeper of the leading process does it."""
        self.show()
        keeper = Timekeeper(
            TIMEKEEPING, self.pool, self.commands.standing, self.commands.act, self.clock
        )
        keeper.look()
        self.show()

    def reactor(self) -> Reactor:
        return Reactor(
            DEFINITION.reactions,
            {name: language.events for name, language in CATALOGUE.items()},
            self.pool,
            self.commands.act,
            self.clock,
        )

    # What a case goes through ---------------------------------------------------------------------

    def point(self, **instead: Any) -> Actor:
        """Somebody of a contact point that the registry has told of."""
        point_id = fresh()
        given = {"point_id": point_id, "standing": KnownStanding.ACTIVE, **instead}
        self.system(dataclasses.replace(examples.NOTE_POINT, **given))
        return Actor(f"of-{point_id[:8]}", Role.POINT, unit=point_id)

    def filed(self, actor: Actor, **instead: Any) -> str:
        given = {"clue_id": fresh(), "reporter_id": fresh(), "division": DISTRICT, **instead}
        command = dataclasses.replace(examples.FILE_COMMAND, **given)
        self.send(command, actor)
        return str(command.clue_id)

    def does(self, clue_id: str, *told: Any) -> None:
        """Commands about a clue, each by an officer or, if it is one's, by the leader."""
        for each in told:
            roles = DEFINITION.routes[type(each)].roles
            actor = OFFICER if Role.OFFICER in roles else LEADER
            self.send(dataclasses.replace(each, clue_id=clue_id), actor)

    def accepted(self, actor: Actor, **instead: Any) -> str:
        clue_id = self.filed(actor, **instead)
        self.does(clue_id, examples.ACCEPT, examples.ASSIGN)
        return clue_id

    def verified(self, actor: Actor, **instead: Any) -> str:
        clue_id = self.accepted(actor, **instead)
        self.does(clue_id, examples.START, examples.TAKE_STEP, examples.CONCLUDE)
        return clue_id

    def closed(self, actor: Actor, **instead: Any) -> str:
        clue_id = self.verified(actor, **instead)
        self.does(clue_id, examples.DISCIPLINE, examples.CLOSE)
        return clue_id


def _opened(value: Any, private: X25519PrivateKey, context: str) -> Any:
    match value:
        case {"sealed": str()} if len(value) == 1:
            return open_value(value, private, context)
        case dict():
            return {name: _opened(its, private, context) for name, its in value.items()}
        case list():
            return [_opened(item, private, context) for item in value]
    return value
