"""`jiandu erase`: ask that what is known of somebody be erased, and tell what became of it.

Nothing is erased from here: two leaders approve on their pages, each under their own account.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from jiandu.session import Says, client, json_option
from shared.access.actor import Actor
from shared.contracts.erasure.vocabulary import ErasureScope, ErasureStatus
from shared.contracts.roles import Role
from shared.service.client import ServiceClient

_SERVICES = {"clue": "clues", "opinion": "clues", "application": "registry", "point": "registry"}
_SUBJECT = re.compile(rf"({'|'.join(_SERVICES)}):([0-9a-f-]{{36}})")
_WORDS = {
    ErasureStatus.REQUESTED: "等待两名负责人批准",
    ErasureStatus.APPROVED: "已有一名负责人批准",
    ErasureStatus.REFUSED: "不予删除",
    ErasureStatus.LOCKED: "已封存",
    ErasureStatus.ERASED: "已删除",
}


class Subject(click.ParamType[tuple[str, str]]):
    """`clue:<id>`, `opinion:<id>`, `application:<id>` or `point:<id>`: its service and stream."""

    name = "subject"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        found = _SUBJECT.fullmatch(value)
        if found is None:
            self.fail(f"{value}：请写成 clue:编号、opinion:编号、application:编号或 point:编号。")
        return _SERVICES[found[1]], f"{found[1]}-{found[2]}"


class RequestByDefault(click.Group):
    """`jiandu erase SUBJECT` asks, as `jiandu erase request SUBJECT` does."""

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and ":" in args[0]:
            args = ["request", *args]
        return super().resolve_command(context, args)


_subject = click.argument("subject", type=Subject())
_as = click.option("--as", "name", default="console", show_default=True, help="经办人。")
_division = click.option("--division", help="经办人所属行政区划代码；缺省为全市。")


@click.group("erase", cls=RequestByDefault)
def erase() -> None:
    """删除个人信息：申请、查看办理情况、出具证明。批准由两名负责人在网页上分别办理。"""


@erase.command()
@_subject
@click.option("--reason", required=True, help="谁在什么时候提出，怎样核对了身份。")
@click.option("--reporter-only", is_flag=True, help="只删除反映人的姓名和联系方式。")
@_as
@_division
@click.option("--id", "command_id", help="命令编号（UUID）；结果不明时用同一编号重试。")
@json_option
def request(
    subject: tuple[str, str],
    reason: str,
    reporter_only: bool,
    name: str,
    division: str | None,
    command_id: str | None,
    as_json: bool,
) -> None:
    """申请删除 SUBJECT（如 clue:编号）中的个人信息。"""
    service, stream = subject
    identifier = _command_id(command_id)
    erasure_id = str(uuid.uuid5(uuid.UUID(identifier), "erasure_id"))
    scope = ErasureScope.REPORTER if reporter_only else ErasureScope.WHOLE
    payload = {
        "erasure_id": erasure_id,
        "stream": stream,
        "scope": str(scope),
        "reason": reason.strip(),
    }
    click.echo(f"命令编号 {identifier}", err=True)
    with client() as services:
        actor = Actor(name, Role.OFFICER, division)
        services.command(actor, service, "RequestErasure", payload, command_id=identifier)
    if as_json:
        click.echo(json.dumps({"erasure_id": erasure_id, "service": service, "stream": stream}))
    else:
        click.echo(f"删除申请 {erasure_id} 已提交，须由两名负责人分别批准。")


@erase.command()
@_subject
@json_option
def status(subject: tuple[str, str], as_json: bool) -> None:
    """SUBJECT 的各次删除申请办理到哪一步。"""
    with client() as services:
        found = _erasures(services, *subject)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    for its in () if as_json else found:
        destroyed = "，密钥已销毁" if its["keys_destroyed"] else ""
        scope = "反映人信息" if its["scope"] == ErasureScope.REPORTER else "全部内容"
        word = _WORDS[ErasureStatus(its["status"])]
        click.echo(f"{its['erasure_id']} {scope} {word}{destroyed} {its['changed_at'][:10]}")
    if not found:
        raise Says("没有这个对象的删除申请")


@erase.command()
@_subject
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="PDF 写入的文件；缺省为“删除证明-编号.pdf”。",
)
@json_option
def certificate(subject: tuple[str, str], output: Path | None, as_json: bool) -> None:
    """出具 SUBJECT 的删除证明：PDF；--json 给出删除事件在已签名检查点中的包含证明。"""
    service, _ = subject
    with client() as services:
        erased = [its for its in _erasures(services, *subject) if its["keys_destroyed"]]
        if not erased:
            raise Says("该对象没有删除，或者密钥还没有销毁，不能出具证明")
        its = erased[0]
        proof = _proof(services, service, its) if as_json else {}
    if as_json:
        click.echo(json.dumps({"erasure": its, **proof}, ensure_ascii=False, indent=2))
    else:
        _print(service, its, output or Path(f"删除证明-{its['erasure_id'][:8]}.pdf"))


def _print(service: str, its: Mapping[str, Any], output: Path) -> None:
    # Fonts and the setter of papers are loaded by nothing else of the command line.
    from services.portal.papers.erasure_certificate import certificate as content_of
    from services.portal.papers.setting import FontMissing, Paper, set_paper

    content = content_of(service, its)
    assert content is not None
    try:
        output.write_bytes(set_paper(Paper.SUPERVISION, content))
    except (FontMissing, OSError) as error:
        raise Says(f"不能写出 {output}：{error}") from None
    click.echo(f"删除证明已写入 {output}")


def _proof(services: ServiceClient, service: str, its: Mapping[str, Any]) -> dict[str, Any]:
    note = services.ask(service, "checkpoint")
    size = 0 if note is None else int(note.splitlines()[1])
    if size < its["erased_in"]:
        raise Says("删除事件还没有签入检查点，请稍后再试。")
    return {"proof": services.ask(service, "proof", its["erased_in"], size), "checkpoint": note}


def _erasures(services: ServiceClient, service: str, stream: str) -> list[dict[str, Any]]:
    """Every request about a stream, the latest first, as an auditor sees it."""
    auditor = Actor("console", Role.AUDITOR)
    listed = services.query(auditor, service, "ListErasures", {"stream": stream, "limit": 100})
    return [
        services.query(auditor, service, "ShowErasure", {"erasure_id": its["erasure_id"]})
        for its in listed["items"]
    ]


def _command_id(given: str | None) -> str:
    try:
        return str(uuid.uuid4() if given is None else uuid.UUID(given))
    except ValueError:
        raise click.UsageError("--id 须是 UUID") from None
