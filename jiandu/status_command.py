"""`jiandu status`: what runs, how far each log and model is, and what a person must see to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from deploy import local
from deploy.local.place import asked_run_dir
from jiandu.session import SAYS_NO, Says, client, json_option
from shared.contracts.catalogue import CATALOGUE
from shared.service.alarms import NOTICES

Facts = Mapping[str, Any]

NOTHING_RUNS: Facts = {
    "code": "nothing_runs",
    "message": "没有任何部分在运行：请执行 make up 启动。",
}
"""In place of an alarm for each part: after `make down`, or before the first `make up`."""


@click.command()
@json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """显示各部分是否运行、各日志和读模型的进度，以及需要处理的告警。

    有告警或有部分未就绪时退出码为 1；提醒由司法局处理，不影响退出码。
    各告警的含义和处理办法见 docs/operations.md。
    """
    parts = local.status(asked_run_dir())
    logs: dict[str, Facts | None] = dict.fromkeys(CATALOGUE)
    if all(part["pid"] is None for part in parts):
        alarms: list[Facts] = [NOTHING_RUNS]
    else:
        logs = {source: _log_status(source) for source in CATALOGUE}
        alarms = [*_part_alarms(parts), *_log_alarms(logs)]
    faults = [alarm for alarm in alarms if alarm["code"] not in NOTICES]
    if as_json:
        told = {"ok": not faults, "parts": parts, "logs": logs, "alarms": alarms}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(parts, logs, alarms)
    if faults:
        context.exit(SAYS_NO)


def _log_status(source: str) -> Facts | None:
    try:
        with client() as services:
            told: Facts = services.ask(source, "status")
            return told
    except Says:
        return None


def _part_alarms(parts: Sequence[Facts]) -> list[Facts]:
    return [
        {
            "code": "part_not_ready",
            "part": part["name"],
            "message": f"{part['name']} {'已启动但未就绪' if part['running'] else '没有运行'}："
            "请查看其日志，或执行 make up。",
        }
        for part in parts
        if not part["ready"]
    ]


def _log_alarms(logs: Mapping[str, Facts | None]) -> list[Facts]:
    found: list[Facts] = []
    for source, told in logs.items():
        if told is None:
            message = f"{source} 没有回答：请检查该服务的 api 进程和消息代理 RabbitMQ。"
            found.append({"code": "service_silent", "service": source, "message": message})
        else:
            found += told["alarms"]
    return found


def _print(
    parts: Sequence[Facts], logs: Mapping[str, Facts | None], alarms: Sequence[Facts]
) -> None:
    click.echo("进程")
    for part in parts:
        mark = "✓" if part["ready"] else "✗"
        click.echo(f"  {mark} {part['name']:<18} {part.get('detail', '')}".rstrip())
    if NOTHING_RUNS in alarms:
        click.echo(NOTHING_RUNS["message"])
        return
    click.echo("日志")
    for source, told in logs.items():
        if told is None:
            click.echo(f"  ✗ {source}：没有回答")
        else:
            _print_log(source, told)
    notices = [alarm for alarm in alarms if alarm["code"] in NOTICES]
    click.echo("没有告警" if len(notices) == len(alarms) else "告警")
    for alarm in alarms:
        if alarm not in notices:
            click.echo(f"  ! [{alarm['code']}] {alarm['message']}")
    if notices:
        click.echo("提醒")
    for notice in notices:
        click.echo(f"  · [{notice['code']}] {notice['message']}")


def _print_log(source: str, told: Facts) -> None:
    mark = "✓" if all(its["code"] in NOTICES for its in told["alarms"]) else "✗"
    click.echo(
        f"  {mark} {source}：位置 {told['head']}，待编号 {told['unnumbered']}，"
        f"已发布 {told['published']}，已签名 {told['signed']}，搁置 {told['parked']}"
    )
    for model in told["models"]:
        behind = "" if model["lag"] is None else f"，落后 {model['lag']}"
        click.echo(f"      读模型 {model['model']}：{model['source']}={model['position']}{behind}")
