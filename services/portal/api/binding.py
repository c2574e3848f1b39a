"""Commands and queries as resources: what a line of a resource's table says, and what it does."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Response, jsonify, request
from marshmallow import fields
from werkzeug.exceptions import PreconditionFailed

from services.portal.web.calls import KEEPS_NOBODY
from services.portal.web.edge import services
from services.portal.web.etags import expected_version, tag_of
from services.portal.web.reading import after, command_id, json_object, query_values
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Conflict, Invalid
from shared.contracts.message import MessageType
from shared.contracts.sheets import Sheet, SheetForm
from shared.service.client import Answered

PREFIX = "/api/v1"
TABLE = "text/csv"

Declared: TypeAlias = Callable[[Any], Any]
"""A decorator, such as who may call: `allow(...)`, `everyone` and their like in `web.access`."""

_IN_PATH = re.compile(r"<(?:\w+:)?(\w+)>")
_STALE = "Jiandu-Stale"


@dataclass(frozen=True)
class Command:
    """A command as a write on `path`, which lies below `PREFIX` and names fields of it.

    makes: fields that name something new, its own id first; they follow from the command's id
        when the sender leaves them out
    at: where what is made can be read
    often: what limits how many of them one client may send (`web.limits`), None: as of anything
    sheet: how the command may also be sent, as a table (CSV)
    ours: fields that the portal alone fills in, where it does
    """

    path: str
    service: str
    does: type
    who: Declared
    makes: tuple[str, ...] = ()
    at: str | None = None
    method: str = "POST"
    often: Declared | None = None
    sheet: SheetForm | None = None
    ours: tuple[str, ...] = ()

    @property
    def kind(self) -> MessageType:
        return CATALOGUE[self.service].commands.find(self.does.__name__)

    @property
    def in_path(self) -> Sequence[str]:
        return _IN_PATH.findall(self.path)

    @property
    def in_body(self) -> Mapping[str, fields.Field[Any]]:
        """Fields that the body has, by name."""
        return _rest(self.kind, (*self.in_path, *self.ours))

    @property
    def tells_version(self) -> bool:
        """Whether its sender may know how far the stream is."""
        return self.kind.name not in KEEPS_NOBODY

    @property
    def status(self) -> int:
        return 201 if self.makes else 200

    def view(self, **path: Any) -> Response:
        """Send it on and tell what came of it."""
        identifier = command_id()
        sheet = self._table()
        body = _body((*self.in_path, *self.ours)) if sheet is None else dict(sheet.said)
        payload = {**_made(self.makes, identifier), **body, **path}
        expected = self._expected()
        try:
            result = services().command(
                self.service, self.kind.name, payload, identifier, expected_version=expected
            )
        except Invalid as invalid:
            if sheet is None:
                raise
            raise sheet.at_lines(invalid) from None
        except Conflict:
            if expected is None:
                raise
            raise PreconditionFailed from None
        return self._written(payload, result)

    def _expected(self) -> int | None:
        """Raises PreconditionFailed where no answer tells a version to go on from."""
        expected = expected_version()
        if expected is not None and not self.tells_version:
            raise PreconditionFailed
        return expected

    def _table(self) -> Sheet | None:
        """The body as a table, when it says that it is one and may be."""
        if self.sheet is None or request.mimetype != TABLE:
            return None
        return self.sheet.read(request.get_data(cache=True))

    def _written(self, payload: Mapping[str, Any], result: Mapping[str, Any]) -> Response:
        stream = str(result["stream"])
        made = payload[self.makes[0]] if self.makes else stream.partition("-")[2]
        told = {"stream": stream, "version": result["version"], "id": made}
        response = jsonify(told if self.tells_version else {"id": made})
        response.status_code = self.status
        if self.at is not None:
            response.headers["Location"] = PREFIX + self.at.format_map(payload)
        return response


@dataclass(frozen=True)
class Query:
    """A query as a read of `path`; what the path does not name stands in the query string.

    many: the answer is a page of a list
    personal: the answer opens personal data, so it is kept nowhere
    method: POST when the rest is a secret, that must stand in no address and no log: it stands in
        the body (decision 011)
    often: as in `Command`
    """

    path: str
    service: str
    asks: type
    who: Declared
    many: bool = False
    personal: bool = False
    method: str = "GET"
    often: Declared | None = None

    @property
    def kind(self) -> MessageType:
        return CATALOGUE[self.service].queries.find(self.asks.__name__)

    @property
    def in_path(self) -> Sequence[str]:
        return _IN_PATH.findall(self.path)

    @property
    def in_query(self) -> Mapping[str, fields.Field[Any]]:
        """Fields that the query string may have, by name."""
        return {} if self.method == "POST" else _rest(self.kind, self.in_path)

    @property
    def in_body(self) -> Mapping[str, fields.Field[Any]]:
        """Fields that the body has, by name."""
        return _rest(self.kind, self.in_path) if self.method == "POST" else {}

    def view(self, **path: Any) -> Response:
        """Ask and tell."""
        body = _body(self.in_path) if self.method == "POST" else {}
        payload = {**query_values(self.in_query, "after"), **body, **path}
        answered = services().query(self.service, self.kind.name, payload, after=after())
        return shown(answered, personal=self.personal)


Bound: TypeAlias = Command | Query


def shown(answered: Answered, *, personal: bool = False) -> Response:
    """A read's answer with its tag; 304 for whoever has it already."""
    response = jsonify(answered.result)
    response.set_etag(tag_of(answered.result))
    response.headers["Cache-Control"] = "no-store" if personal else "private, no-cache"
    response.vary.update(("Authorization", "Cookie"))
    if answered.stale:
        response.headers[_STALE] = "?1"
        response.headers["Cache-Control"] = "no-store"
    response.make_conditional(request)
    return response


def _rest(kind: MessageType, named: Sequence[str]) -> dict[str, fields.Field[Any]]:
    return {name: its for name, its in kind.schema.fields.items() if name not in named}


def _body(elsewhere: Sequence[str]) -> dict[str, Any]:
    """What the body says. Raises as `json_object`, and Invalid for what stands elsewhere."""
    body = json_object()
    for name in elsewhere:
        if name in body:
            raise Invalid.one(name, "unknown_field", "is not for the body to say")
    return body


def _made(names: Sequence[str], identifier: str) -> dict[str, str]:
    """Ids that follow from the command's, so that the command repeated names the same things."""
    return {name: str(uuid.uuid5(uuid.UUID(identifier), name)) for name in names}
