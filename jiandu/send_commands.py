"""`jiandu command` and `jiandu query`: speak to a service from a file, in a role."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import click

from jiandu.session import Says, client, source_argument
from shared.access.actor import Actor
from shared.contracts.roles import EVERYBODY, Role

LARGEST_FILE = 1024 * 1024
_ROLES = sorted(str(role) for role in EVERYBODY)

_role_option = click.option("--role", type=click.Choice(_ROLES), required=True, help="以何角色。")
_name_option = click.option("--as", "name", default="console", show_default=True, help="经办人。")
_division_option = click.option("--division", help="角色所属行政区划代码；缺省为全市。")


@click.command()
@source_argument
@click.argument("command_type")
@click.argument("file", type=click.Path(path_type=Path))
@_role_option
@_name_option
@_division_option
@click.option("--id", "command_id", help="命令编号（UUID）；结果不明时用同一编号重试。")
@click.option("--expected-version", type=int, help="事件流应处的版本，不符则拒绝。")
def command(
    source: str,
    command_type: str,
    file: Path,
    role: str,
    name: str,
    division: str | None,
    command_id: str | None,
    expected_version: int | None,
) -> None:
    """向服务 SOURCE 发出 FILE(JSON)中的命令 COMMAND_TYPE。"""
    identifier = command_id or str(uuid.uuid4())
    click.echo(f"命令编号 {identifier}", err=True)
    with client() as services:
        result = services.command(
            Actor(name, Role(role), division),
            source,
            command_type,
            _read(file),
            command_id=identifier,
            expected_version=expected_version,
        )
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


@click.command()
@source_argument
@click.argument("query_type")
@click.argument("parameters", default="{}")
@_role_option
@_name_option
@_division_option
def query(
    source: str, query_type: str, parameters: str, role: str, name: str, division: str | None
) -> None:
    """向服务 SOURCE 查询 QUERY_TYPE;PARAMETERS 是 JSON,如 '{"year": 2026}'。"""
    with client() as services:
        actor = Actor(name, Role(role), division)
        answer = services.query(actor, source, query_type, _parse(parameters.encode()))
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def _read(file: Path) -> Any:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Says(f"文件 {file} 无法读取（{error.strerror}），请核对路径。") from None
    if len(raw) > LARGEST_FILE:
        raise Says(f"文件 {file} 超过 1 MiB,请精简后再提交。")
    return _parse(raw)


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Says(f"第 {error.start + 1} 个字节不是有效的 UTF-8，请把文件另存为 UTF-8。") from None
    except (ValueError, RecursionError) as error:
        raise Says(f"不是有效的 JSON:{error}") from None
