"""Accounts that tests send commands to as the edge does, and ways to sign in to them."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import conninfo, sql
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool

from deploy.local.urls import with_path
from services.portal.accounts.directory import Directory
from services.portal.accounts.drafts import Drafts
from services.portal.accounts.handshakes import Handshakes
from services.portal.accounts.lockout import Lockout
from services.portal.accounts.proofs import Proofs
from services.portal.accounts.sessions import Session, Sessions
from services.portal.accounts.sign_in import SignedIn, SignIn
from services.portal.definition import DEFINITION
from services.portal.domain.account import Account
from shared.access.actor import Actor, Issuer, KnownIssuer, Verifier, digest, transit_binding
from shared.contracts.portal import commands
from shared.contracts.roles import Role
from shared.eventlog.store import EventLog
from shared.postgres.connect import settings
from shared.postgres.migrate import migrate
from shared.privacy.files.store import FileStore
from shared.privacy.keyring import Keyring
from shared.privacy.transit import seal_fields
from shared.projections.projector import Projector
from shared.service.command_bus import CommandBus
from shared.service.parts import Parts
from shared.service.query_bus import QueryBus
from shared.service.wiring import KEYS_MIGRATIONS, log_migrations
from tests.eventlog.making import AClock

CITY, DISTRICT, OTHER_DISTRICT = "430200", "430202", "430203"
PASSWORD = "correct horse battery"
OTHER_PASSWORD = "eine ganz andere Wahl"
ADDRESS = "192.0.2.1"
CONSOLE = Actor("console", Role.ADMINISTRATOR)
DISTRICT_ADMINISTRATOR = Actor("district-administrator", Role.ADMINISTRATOR, DISTRICT)
PUBLIC = Actor("public", Role.PUBLIC)

_ROLE = "jiandu_test_portal"
_LOGINS = itertools.count(1)

Pool = ConnectionPool[psycopg.Connection[TupleRow]]


def fresh() -> str:
    return str(uuid.uuid4())


def new_login() -> str:
    return f"person-{next(_LOGINS)}-{uuid.uuid4().hex[:8]}"


@dataclass(frozen=True)
class Rooms:
    """Pools on the portal's databases, as its runtime role, and one of the owner's."""

    log: Pool
    keys: Pool
    owner_url: str


def rooms(postgres_url: str, cleanup: ExitStack) -> Rooms:
    """Both databases, migrated; dropped at the end of `cleanup`."""
    _make_role(postgres_url)
    pools, owners = [], []
    for folders in (log_migrations(DEFINITION), KEYS_MIGRATIONS):
        name = f"test_{uuid.uuid4().hex}"
        cleanup.callback(_execute, postgres_url, "DROP DATABASE {} WITH (FORCE)", name)
        _execute(postgres_url, "CREATE DATABASE {}", name)
        owners.append(with_path(postgres_url, name))
        for folder in folders:
            migrate(owners[-1], folder, _ROLE)
        runtime = conninfo.make_conninfo(owners[-1], user=_ROLE, password=_ROLE)
        kwargs = {"autocommit": True, **settings("test")}
        pool: Pool = ConnectionPool(runtime, kwargs=kwargs, min_size=1, max_size=16, open=False)
        pools.append(cleanup.enter_context(pool))
    return Rooms(pools[0], pools[1], owners[0])


class Office:
    """One portal without its web server, and an issuer that signs for everybody."""

    def __init__(self, its: Rooms, master_key: bytes) -> None:
        self.rooms = its
        self.clock = AClock(dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC))
        self.log = EventLog("portal", its.log)
        self.keyring = Keyring("portal", its.keys, master_key)
        key = Ed25519PrivateKey.generate()
        self._issuer = Issuer("portal", key)
        verifier = Verifier("portal", {"portal": KnownIssuer(key.public_key(), frozenset(Role))})
        self.commands = CommandBus(
            Parts(self.log, self.keyring, DEFINITION.events, FileStore(its.log, self.keyring)),
            DEFINITION.commands,
            DEFINITION.routes,
            verifier,
            self.clock,
            DEFINITION.context,
        )
        self._queries = QueryBus(
            "portal",
            self.keyring,
            its.log,
            DEFINITION.queries,
            DEFINITION.query_routes,
            verifier,
            self.clock,
            DEFINITION.may_follow,
        )
        self.directory = Directory(self.log, self.keyring)
        self.sessions = Sessions(its.log)
        self.lockout = Lockout(its.log, self.keyring)
        self.proofs = Proofs(self.directory, self.lockout, self.commands)
        self.sign_in = SignIn(self.directory, self.sessions, self.proofs, its.log, self.commands)
        self.drafts = Drafts(its.log, self.keyring, self.clock)
        self.handshakes = Handshakes(its.log)

    # Commands and queries -----------------------------------------------------------------------

    def send(self, command: Any, actor: Actor, command_id: str = "", **envelope: Any) -> Any:
        """A command off the wire: sealed, signed."""
        message_type = DEFINITION.commands.type_of(command)
        identifier = command_id or fresh()
        payload = seal_fields(
            message_type,
            message_type.dump(command),
            self.keyring.receiving_key().public_key(),
            transit_binding(identifier, actor),
        )
        message = {
            "id": identifier,
            "type": message_type.name,
            "schema_version": message_type.schema_version,
            "payload": payload,
            **envelope,
        }
        return self.commands.execute(self._signed(json.loads(json.dumps(message)), actor))

    def ask(self, query: Any, actor: Actor, **envelope: Any) -> Any:
        """A query's answer; with `reply_key`, personal data is sealed to it."""
        message_type = DEFINITION.queries.type_of(query)
        message = {
            "id": fresh(),
            "type": message_type.name,
            "schema_version": message_type.schema_version,
            "payload": message_type.dump(query),
            **envelope,
        }
        return self._queries.ask(self._signed(message, actor))

    def _signed(self, message: dict[str, Any], actor: Actor) -> dict[str, Any]:
        return {**message, "actor": self._issuer.sign(actor, "portal", digest(message))}

    def project(self) -> None:
        """Number what was logged, and bring the read model to the log's head."""
        with self.rooms.log.connection() as connection:
            connection.execute("SELECT eventlog.number(100000, %s)", (self.clock.now(),))
        for model in DEFINITION.models:
            projector = Projector(model, self.rooms.log)
            projector.install({"portal": self.log.read})
            while page := self.log.read(projector.checkpoint("portal")):
                projector.apply("portal", page)

    # People -------------------------------------------------------------------------------------

    def open(self, login: str = "", password: str = PASSWORD, actor: Actor = CONSOLE) -> str:
        """An account by an administrator, whose holder must change the password; its id."""
        account_id = fresh()
        opened = commands.OpenAccount(
            account_id=account_id,
            login=login or new_login(),
            display_name="某某",
            password=password,
        )
        self.send(opened, actor)
        return account_id

    def grant(
        self, account_id: str, role: Role, division: str | None = CITY, unit: str | None = None
    ) -> str:
        """The id of a grant made by the console."""
        grant_id = fresh()
        command = commands.GrantRole(
            account_id=account_id, grant_id=grant_id, role=role, division=division, unit=unit
        )
        self.send(command, CONSOLE)
        return grant_id

    def register(self, login: str, password: str = PASSWORD) -> str:
        """An applicant's account, opened by its holder; its id."""
        account_id = fresh()
        registered = commands.RegisterApplicant(
            account_id=account_id,
            grant_id=fresh(),
            division=DISTRICT,
            login=login,
            display_name="某某",
            password=password,
        )
        self.send(registered, PUBLIC)
        return account_id

    def account(self, account_id: str) -> Account:
        return self.directory.account(account_id)

    def holder(self, account_id: str) -> Actor:
        """The account's holder, acting in the first of its roles."""
        first = next(iter(self.account(account_id).grants.values()), None)
        if first is None:
            return Actor(account_id, Role.PUBLIC)
        return Actor(account_id, first.role, first.division, first.unit)

    def enter(
        self, login: str, password: str = PASSWORD, code: str | None = None, address: str = ""
    ) -> SignedIn:
        """Sign in; from an address of its own unless one is given, so that none is locked."""
        from_where = address or f"test-{fresh()}"
        return self.sign_in.by_password(login, password, code, from_where, "browser")

    def standing(self, token: str) -> Session | None:
        """The session of the token if the account still carries it, as each request asks."""
        session = self.sessions.find(token)
        if session is None or not session.stands(self.account(session.account_id)):
            return None
        return session

    # Looking ------------------------------------------------------------------------------------

    def types(self, account_id: str) -> list[str]:
        return [event.type for event in self.log.stream(f"account-{account_id}")]

    def execute(self, statement: str, *parameters: Any) -> None:
        """As the owner, to let time pass for rows."""
        with psycopg.connect(self.rooms.owner_url, autocommit=True) as connection:
            connection.execute(statement.encode(), parameters)

    def rows(self, statement: str, *parameters: Any) -> list[Any]:
        with psycopg.connect(self.rooms.owner_url, autocommit=True) as connection:
            return connection.execute(statement.encode(), parameters).fetchall()


def _make_role(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,))
        if known.fetchone() is None:
            connection.execute(f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{_ROLE}'".encode())


def _execute(url: str, statement: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
