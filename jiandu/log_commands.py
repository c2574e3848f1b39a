"""`jiandu log`: what happened, in the order in which it is on record."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import click

from jiandu.session import client, json_option, source_argument
from shared.service.client import ServiceClient

FOLLOW_SECONDS = 0.5
LAST = 20


@click.group("log")
def log() -> None:
    """查看事件日志。"""


@log.command()
@source_argument
@click.option("-n", "last", default=LAST, show_default=True, help="先显示最近几条。")
@click.option("--follow/--no-follow", default=False, help="持续显示新事件（Ctrl-C 结束）。")
@json_option
def tail(source: str, last: int, follow: bool, as_json: bool) -> None:
    """显示 SOURCE 日志的最近事件。"""
    with client() as services:
        after = max(services.ask(source, "head") - last, 0)
        after = _print(services, source, after, as_json and not follow)
        while follow:
            time.sleep(FOLLOW_SECONDS)
            after = _print(services, source, after, False)


@log.command()
@source_argument
@click.option("--after", default=0, show_default=True, help="从该位置之后开始。")
@click.option("--stream", help="只显示这一事件流。")
@json_option
def show(source: str, after: int, stream: str | None, as_json: bool) -> None:
    """显示 SOURCE 日志自某位置之后的全部事件。"""
    with client() as services:
        _print(services, source, after, as_json, stream)


def _print(
    services: ServiceClient, source: str, after: int, as_json: bool, stream: str | None = None
) -> int:
    events: list[Mapping[str, Any]] = []
    while page := services.ask(source, "feed", after, 1_000):
        after = page[-1]["position"]
        chosen = [event for event in page if stream in (None, event["stream"])]
        if as_json:
            events += chosen
        for event in chosen if not as_json else ():
            click.echo(_line(event))
    if as_json:
        click.echo(json.dumps(events, ensure_ascii=False, indent=2))
    return after


def _line(event: Mapping[str, Any]) -> str:
    clear = {**event["public"], **{n: its["value"] for n, its in event["internal"].items()}}
    sealed = "".join(f" {name}=[已封存]" for name in event["sealed"])
    values = " ".join(f"{name}={_short(value)}" for name, value in clear.items())
    return (
        f"{event['position']:>6} {event['occurred_at'][:19]} {event['type']:<24}"
        f" {event['stream']}/{event['version']} {event['role']} {values}{sealed}"
    )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
