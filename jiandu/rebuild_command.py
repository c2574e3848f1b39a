"""`jiandu rebuild`: make a read model anew from the logs, compare it, or see it as of a day."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from psycopg_pool import ConnectionPool

from jiandu.session import Says, environment, json_option, told
from services.assessment.definition import DEFINITION as ASSESSMENT
from services.clues.definition import DEFINITION as CLUES
from services.registry.definition import DEFINITION as REGISTRY
from shared.contracts.errors import JianduError
from shared.eventlog.store import EventLog
from shared.messaging.rpc_client import RpcTimeout, ServiceUnavailable
from shared.postgres.connect import settings
from shared.projections import aside
from shared.projections.generations import Connections
from shared.projections.model import Model
from shared.projections.projector import Feed, Projector
from shared.service.following import RemoteLog

OWNERS = {
    model.name: (its.name, model) for its in (REGISTRY, CLUES, ASSESSMENT) for model in its.models
}


@click.command()
@click.argument("model", type=click.Choice(sorted(OWNERS)))
@click.option("--diff", is_flag=True, help="只比较，不替换：列出与现有读模型不同的行。")
@click.option("--as-of", help="按某日（2026-11-24）或某位置（registry=120）重建到旁边，不替换。")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="把重建出的行写入文件（每行一个 JSON），与 --as-of 同用。",
)
@json_option
def rebuild(model: str, diff: bool, as_of: str | None, output: Path | None, as_json: bool) -> None:
    """从事件日志重建读模型 MODEL。重建期间读者照常使用旧表。"""
    if output is not None and as_of is None:
        raise click.UsageError("--output 须与 --as-of 同用")
    owner, definition = OWNERS[model]
    with _connections(owner) as connections, _saying_no():
        feeds = _feeds(owner, definition, connections)
        if as_of is None and not diff:
            result = _swap(definition, connections, feeds)
        else:
            result = _aside(definition, connections, feeds, as_of, diff, output)
    _tell(result, as_json)
    if diff and result["differences"]:
        raise Says(f"读模型 {model} 与重建结果有 {len(result['differences'])} 行不同")


def _swap(model: Model, connections: Connections, feeds: Mapping[str, Feed]) -> dict[str, Any]:
    total = sum(aside.shown(model, connections).values())
    with _bar(total) as advance:
        counted = {source: _counted(feed, advance) for source, feed in feeds.items()}
        Projector(model, connections).rebuild(counted)
    return {"model": model.name, "swapped": True, "vector": _at(model, connections)}


def _aside(
    model: Model,
    connections: Connections,
    feeds: Mapping[str, Feed],
    as_of: str | None,
    diff: bool,
    output: Path | None,
) -> dict[str, Any]:
    until = aside.shown(model, connections) if as_of is None else _vector(as_of, feeds)
    with (
        _bar(sum(until.values())) as advance,
        aside.opened(model, connections, feeds, advance) as build,
    ):
        build.load(until)
        differences = build.differences(moving=as_of is None) if diff else []
        result = {"model": model.name, "swapped": False, "vector": aside.vector_text(build.vector)}
        if output is not None:
            with output.open("w", encoding="utf-8") as out:
                for table, row in build.rows():
                    out.write(_json({"table": table, **row}) + "\n")
    if diff:
        result["differences"] = [
            {"table": its.table, "only_in": "rebuilt" if its.aside else "shown", "row": its.row}
            for its in differences
        ]
    return result


def _vector(as_of: str, feeds: Mapping[str, Feed]) -> aside.Vector:
    try:
        return aside.vector_of_day(feeds, dt.date.fromisoformat(as_of))
    except ValueError:
        pass
    try:
        vector = aside.parse_vector(as_of)
    except ValueError as error:
        raise click.UsageError(f"--as-of 须是日期或位置：{error}") from None
    if set(vector) != set(feeds):
        raise click.UsageError(f"--as-of 须给出每个来源的位置：{', '.join(sorted(feeds))}")
    return vector


def _tell(result: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(_json(result))
        return
    done = "已重建并替换" if result["swapped"] else "已重建到旁边（未替换）"
    click.echo(f"{result['model']}: {done}，位置 {result['vector']}")
    for its in result.get("differences", []):
        click.echo(f"  {its['only_in']:<8} {its['table']} {_json(its['row'])}")
    if result.get("differences") == []:
        click.echo("与现有读模型逐行相同")


def _feeds(owner: str, model: Model, connections: Connections) -> dict[str, Feed]:
    amqp_url = environment()["JIANDU_AMQP_URL"]
    return {
        source: EventLog(owner, connections).read
        if source == owner
        else RemoteLog(source, amqp_url).read
        for source in model.sources
    }


def _at(model: Model, connections: Connections) -> str:
    return aside.vector_text(aside.shown(model, connections))


@contextmanager
def _connections(owner: str) -> Iterator[Connections]:
    url = environment()[f"JIANDU_{owner.upper()}_DATABASE_URL"]
    kwargs = {"autocommit": True, **settings("jiandu rebuild")}
    with ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=4) as connections:
        yield connections


@contextmanager
def _saying_no() -> Iterator[None]:
    try:
        yield
    except JianduError as error:
        raise Says(told(error)) from None
    except (ServiceUnavailable, RpcTimeout):
        raise Says("来源服务没有回答，请用 jiandu status 查看后重试。") from None
    except (LookupError, ValueError) as error:
        raise Says(f"不能重建：{error}") from None


@contextmanager
def _bar(total: int) -> Iterator[aside.Progress]:
    with click.progressbar(length=total, label="重建", file=sys.stderr) as bar:
        yield bar.update


def _counted(feed: Feed, advance: aside.Progress) -> Feed:
    def read(after: int) -> Any:
        page = feed(after)
        advance(len(page))
        return page

    return read


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
