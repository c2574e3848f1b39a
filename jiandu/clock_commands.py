"""`jiandu clock`: business time of a demo or a test; production has only the real one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from jiandu.session import Says, environment
from shared.clock import MovableClock
from shared.contracts.days import business_date


@click.group("clock")
def clock() -> None:
    """查看或拨动演示环境的业务时间。"""


@clock.command()
def show() -> None:
    """显示当前业务时间。"""
    _tell(_movable())


@clock.command()
@click.argument("days", type=click.IntRange(1, 3_650))
def advance(days: int) -> None:
    """把业务时间拨快 DAYS 天（只能向前）。"""
    movable = _movable()
    movable.advance(dt.timedelta(days=days))
    _tell(movable)


def _movable() -> MovableClock:
    path = environment().get("JIANDU_CLOCK_FILE")
    if not path:
        raise Says("本环境使用真实时间，不能拨动。")
    return MovableClock(Path(path))


def _tell(movable: MovableClock) -> None:
    now = movable.now()
    click.echo(f"业务时间 {now.isoformat(timespec='seconds')},业务日期 {business_date(now)}")
