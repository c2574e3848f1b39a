"""`jiandu audit`: recompute the log from its rows and prove that an event is in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import orjson

from jiandu.session import Says, client, event_log, json_option, source_argument
from shared.eventlog import audit as eventlog_audit
from shared.eventlog import export as eventlog_export
from shared.eventlog.collecting import collect_seldom


@click.group("audit")
def audit() -> None:
    """核验事件日志。"""


@audit.command()
@source_argument
@click.option(
    "--verifier-key",
    help="检查点的公钥（另行取得的更可靠）；缺省时向服务查询。",
)
@json_option
def verify(source: str, verifier_key: str | None, as_json: bool) -> None:
    """逐行重算 SOURCE 日志的全部叶子和根，并核对每个已签名的检查点。"""
    if verifier_key is None:
        with client() as services:
            verifier_key = services.ask(source, "keys")["checkpoint"]
    with event_log(source) as log:
        collect_seldom()
        report = eventlog_audit.verify(log, verifier_key)
    if as_json:
        click.echo(json.dumps(eventlog_audit.facts(report), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"{source}：{report.size} 个事件，{report.checkpoints} 个检查点，根 {report.root}"
        )
        for problem in report.problems:
            click.echo(f"  ✗ {problem}")
    if not report.ok:
        raise Says("日志核验不通过")
    if not as_json:
        click.echo("日志已核验 (log verified)")


@audit.command()
@source_argument
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def export(source: str, file: Path) -> None:
    """把 SOURCE 日志连同检查点导出到 FILE，供 tools/verify_log.py 等独立核验。"""
    with event_log(source) as log, file.open("wb") as out:
        size = log.head()
        with click.progressbar(
            eventlog_export.lines(log), length=size, label="导出", file=sys.stderr
        ) as lines:
            for line in lines:
                out.write(orjson.dumps(line) + b"\n")
    click.echo(f"已导出 {size} 个事件到 {file}")


@audit.command()
@source_argument
@click.argument("position", type=int)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件。")
def prove(source: str, position: int, output: Path | None) -> None:
    """给出某位置的事件在已签名检查点中的包含证明（JSON）。"""
    with client() as services:
        note = services.ask(source, "checkpoint")
        if note is None:
            raise Says("尚无已签名的检查点，请稍后再试。")
        size = int(note.splitlines()[1])
        proof = services.ask(source, "proof", position, size)
    text = json.dumps({**proof, "checkpoint": note}, ensure_ascii=False, indent=2)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
