"""`jiandu parked`: reactions that could not be carried out, and their retry."""

from __future__ import annotations

import json

import click

from jiandu.session import Says, client, json_option
from shared.access.actor import Actor
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.roles import Role

OPERATOR = Actor("console", Role.OPERATOR)
_service_argument = click.argument("service", type=click.Choice(sorted(CATALOGUE)))


@click.group("parked")
def parked() -> None:
    """查看和重试被搁置的反应。"""


@parked.command("list")
@json_option
def list_parked(as_json: bool) -> None:
    """列出各服务中被搁置的反应及原因。"""
    with client() as services:
        found = {
            service: services.operate(OPERATOR, service, "ListParked", {}) for service in CATALOGUE
        }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for service, rows in found.items():
        for row in rows:
            due = "，即将重试" if row["due"] else ""
            click.echo(
                f"{service} #{row['id']} {row['reaction']} {row['source']}={row['position']}"
                f" {row['stream']} {row['reason']}{due}"
            )
    if not any(found.values()):
        click.echo("没有被搁置的反应")


@parked.command()
@_service_argument
@click.argument("ids", type=click.IntRange(1), nargs=-1)
@click.option("--all", "everything", is_flag=True, help="重试全部。")
def retry(service: str, ids: tuple[int, ...], everything: bool) -> None:
    """让 SERVICE 重试编号为 IDS 的反应及同一事件流中排在其后的反应。"""
    if everything == bool(ids):
        raise click.UsageError("请给出编号，或使用 --all")
    with client() as services:
        payload = {"ids": None if everything else list(ids)}
        told = services.operate(OPERATOR, service, "RetryParked", payload)
    if not told["due"]:
        raise Says("没有找到可重试的反应")
    click.echo(f"{told['due']} 个反应将被重试")
