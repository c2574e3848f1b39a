"""`jiandu status`: what runs, and how far each log and model is."""

from __future__ import annotations

import json
from typing import Any

import click

from deploy import local
from jiandu.session import SAYS_NO, Says, client, json_option, run_dir
from shared.contracts.catalogue import CATALOGUE


@click.command()
@json_option
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """显示各部分是否运行，以及各日志和读模型的进度。"""
    parts = local.status(run_dir())
    logs = {source: _log_status(source) for source in CATALOGUE}
    ok = all(part["ready"] for part in parts) and None not in logs.values()
    if as_json:
        click.echo(json.dumps({"ok": ok, "parts": parts, "logs": logs}, ensure_ascii=False))
    else:
        _print(parts, logs)
    if not ok:
        context.exit(SAYS_NO)


def _log_status(source: str) -> dict[str, Any] | None:
    try:
        with client() as services:
            told: dict[str, Any] = services.ask(source, "status")
            return told
    except Says:
        return None


def _print(parts: list[dict[str, Any]], logs: dict[str, dict[str, Any] | None]) -> None:
    click.echo("进程")
    for part in parts:
        mark = "✓" if part["ready"] else "✗"
        click.echo(f"  {mark} {part['name']:<18} {part.get('detail', '')}")
    click.echo("日志")
    for source, told in logs.items():
        if told is None:
            click.echo(f"  ✗ {source}: 没有回答")
            continue
        click.echo(
            f"  ✓ {source}: 位置 {told['head']},待编号 {told['unnumbered']},"
            f"已发布 {told['published']},已签名 {told['signed']}"
        )
        for model in told["models"]:
            click.echo(f"      读模型 {model['model']}: {model['source']}={model['position']}")
