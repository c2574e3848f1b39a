"""What may stand in an address where a route has a variable; anything else is no address."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class IdConverter(BaseConverter):
    """An id as `shared.contracts.fields.Identifier` has it."""

    regex = UUID
    schema = {"type": "string", "format": "uuid", "pattern": f"^{UUID}$"}  # noqa: RUF012


class StreamConverter(BaseConverter):
    """A stream as `shared.contracts.registry.fields.stream_name` has it."""

    regex = "[a-z_]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    schema = {"type": "string", "pattern": f"^{regex}$"}  # noqa: RUF012


class DivisionConverter(BaseConverter):
    """A six-digit division code (GB/T 2260)."""

    regex = "[1-9][0-9]{5}"
    schema = {"type": "string", "pattern": f"^{regex}$"}  # noqa: RUF012


class YearConverter(BaseConverter):
    """A year of four digits."""

    regex = "19[5-9][0-9]|[2-9][0-9]{3}"
    schema = {"type": "integer", "minimum": 1950, "maximum": 9999}  # noqa: RUF012

    def to_python(self, value: str) -> int:
        return int(value)


CONVERTERS = {
    "id": IdConverter,
    "stream": StreamConverter,
    "division": DivisionConverter,
    "year": YearConverter,
}


def install(app: Flask) -> None:
    """Let routes of the application use them."""
    app.url_map.converters.update(CONVERTERS)


def schema_of(converter: Any) -> dict[str, Any]:
    """A variable's JSON Schema, for the documents."""
    return dict(converter.schema)
