"""A model's tables in PostgreSQL: made for a generation, read and written a batch at a time.

Names come from code and pass through `psycopg.sql`; nothing here is assembled from user text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb, set_json_loads

from shared.projections.model import Key, Model, Row, Table

Connection = psycopg.Connection[TupleRow]


def physical(model: Model, table: Table, generation: int) -> sql.Identifier:
    """The table of one generation."""
    return sql.Identifier("readmodel", f"{model.name}__{table.name}__g{generation}")


def view(model: Model, table: Table) -> sql.Identifier:
    """What readers name: `readmodel.{model}_{table}`."""
    return sql.Identifier("readmodel", f"{model.name}_{table.name}")


def create(connection: Connection, model: Model, generation: int) -> None:
    """The empty tables of a generation."""
    for table in model.tables:
        name = physical(model, table, generation)
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind))
            for column, kind in table.columns.items()
        )
        key = sql.SQL(", ").join(map(sql.Identifier, table.key))
        connection.execute(
            sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY ({}))").format(name, columns, key)
        )
        for index in table.indexes:
            connection.execute(
                sql.SQL("CREATE INDEX ON {} ({})").format(
                    name, sql.SQL(", ").join(map(sql.Identifier, index))
                )
            )


def show(connection: Connection, model: Model, generation: int) -> None:
    """Point the readers' views at a generation."""
    for table in model.tables:
        connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(view(model, table)))
        connection.execute(
            sql.SQL("CREATE VIEW {} AS SELECT * FROM {}").format(
                view(model, table), physical(model, table, generation)
            )
        )


def keep_readers_out(
    connection: Connection, model: Model, generation: int, backwards: bool
) -> None:
    """Lock every view that shows the generation, all in one statement, until the commit.

    `backwards` gives the other order: a reader of two views that stood in the way of one order
    does not stand in the way of the other.
    """
    views = [
        sql.Identifier("readmodel", f"{model.name}_{name}")
        for name in sorted(_names(connection, model, generation), reverse=backwards)
    ]
    if views:
        connection.execute(sql.SQL("LOCK TABLE {}").format(sql.SQL(", ").join(views)))


def drop(connection: Connection, model: Model, generation: int) -> None:
    """Remove a generation that is not shown, and views of tables that the model has no more."""
    kept = {table.name for table in model.tables}
    for name in _names(connection, model, generation):
        if name not in kept:
            gone = sql.Identifier("readmodel", f"{model.name}_{name}")
            connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(gone))
        table = sql.Identifier("readmodel", f"{model.name}__{name}__g{generation}")
        connection.execute(sql.SQL("DROP TABLE {}").format(table))


def _names(connection: Connection, model: Model, generation: int) -> list[str]:
    """The tables that a generation has, which an older definition of the model may have made."""
    prefix, suffix = f"{model.name}__", f"__g{generation}"
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'readmodel'"
        " AND starts_with(tablename, %s) AND right(tablename, length(%s)) = %s",
        (prefix, suffix, suffix),
    ).fetchall()
    return [row[0].removeprefix(prefix).removesuffix(suffix) for row in found]


def rows_of(
    connection: Connection, model: Model, table: Table, generation: int, keys: Sequence[Key]
) -> dict[Key, Row]:
    """The rows with these keys, by key, spelt as the rules spell them."""
    with connection.cursor(row_factory=dict_row) as cursor:
        set_json_loads(orjson.loads, cursor)
        cursor.execute(
            # Columns by name: a prepared `*` would fail for good once a rebuild changes the shape.
            sql.SQL("SELECT {} FROM {} t JOIN {} USING ({})").format(
                sql.SQL(", ").join(sql.Identifier("t", column) for column in table.columns),
                physical(model, table, generation),
                _unnest(table, table.key),
                sql.SQL(", ").join(map(sql.Identifier, table.key)),
            ),
            _arrays(table, table.key, (dict(zip(table.key, key, strict=True)) for key in keys)),
            binary=True,
        )
        rows = [{name: _spelt(value) for name, value in row.items()} for row in cursor]
    return {tuple(row[column] for column in table.key): row for row in rows}


def write(
    connection: Connection,
    model: Model,
    table: Table,
    generation: int,
    rows: Mapping[Key, Row | None],
) -> None:
    """Upsert the rows, in one statement; remove those that are None, in another."""
    kept = [row for row in rows.values() if row is not None]
    gone = [dict(zip(table.key, key, strict=True)) for key, row in rows.items() if row is None]
    columns = tuple(table.columns)
    name = physical(model, table, generation)
    if kept:
        update = [column for column in columns if column not in table.key]
        connection.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT * FROM {} ON CONFLICT ({}) DO {}").format(
                name,
                sql.SQL(", ").join(map(sql.Identifier, columns)),
                _unnest(table, columns),
                sql.SQL(", ").join(map(sql.Identifier, table.key)),
                _update(update),
            ),
            _arrays(table, columns, kept),
        )
    if gone:
        connection.execute(
            sql.SQL("DELETE FROM {} t USING {} WHERE {}").format(
                name,
                _unnest(table, table.key),
                sql.SQL(" AND ").join(
                    sql.SQL("t.{0} = given.{0}").format(sql.Identifier(column))
                    for column in table.key
                ),
            ),
            _arrays(table, table.key, gone),
        )


def _update(columns: Sequence[str]) -> sql.Composable:
    if not columns:
        return sql.SQL("NOTHING")
    return sql.SQL("UPDATE SET {}").format(
        sql.SQL(", ").join(
            sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in columns
        )
    )


def _unnest(table: Table, columns: Sequence[str]) -> sql.Composable:
    # Binary: psycopg searches every element of a text array for what it must quote.
    arrays = sql.SQL(", ").join(
        sql.SQL("%b::{}[]").format(sql.SQL(_kind(table, column))) for column in columns
    )
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("unnest({}) AS given({})").format(arrays, names)


def _kind(table: Table, column: str) -> str:
    return table.columns[column].removesuffix(" NOT NULL")


def _arrays(table: Table, columns: Sequence[str], rows: Iterable[Row]) -> list[list[Any]]:
    listed = list(rows)
    return [_array(_kind(table, column), [row[column] for row in listed]) for column in columns]


def _array(kind: str, values: list[Any]) -> list[Any]:
    if kind == "jsonb":
        return [None if value is None else Jsonb(value, orjson.dumps) for value in values]
    return [_spelt(value) for value in values] if kind == "date" else values


def _spelt(value: Any) -> Any:
    """Days are text in events and so in rows: a rule sees one spelling, however batches fall."""
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return value.isoformat() if is_day else value
