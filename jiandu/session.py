"""What a command of the line stands on: the installation's settings and a signed way in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from psycopg_pool import ConnectionPool

from deploy.local.place import asked_run_dir
from shared.access.actor import Issuer
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import Invalid, JianduError, Refused
from shared.contracts.zh import sentence
from shared.eventlog.store import EventLog
from shared.messaging.rpc_client import RpcClient, RpcTimeout, ServiceUnavailable
from shared.postgres.connect import settings
from shared.service.client import ServiceClient

SAYS_NO = 1


class Says(click.ClickException):
    """It says no, in one Chinese sentence; exit code 1."""

    exit_code = SAYS_NO

    def show(self, file: object = None) -> None:
        click.echo(f"错误：{self.message}", err=True)


source_argument = click.argument("source", type=click.Choice(sorted(CATALOGUE)))
json_option = click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档。")


def environment() -> Mapping[str, str]:
    """The process's settings, or those that `make up` wrote for this machine."""
    if "JIANDU_AMQP_URL" in os.environ:
        return os.environ
    path = asked_run_dir() / "environment.json"
    try:
        written: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Says(f"没有找到运行环境 {path},请先执行 make up 或 make demo。") from None
    return {**os.environ, **written}


@contextmanager
def client() -> Iterator[ServiceClient]:
    """A client for the services; whatever they answer with becomes a sentence."""
    environ = environment()
    try:
        with RpcClient(environ["JIANDU_AMQP_URL"]) as rpc:
            key = Path(environ["JIANDU_CONSOLE_KEY_FILE"])
            yield ServiceClient(rpc, Issuer.from_file("console", key))
    except JianduError as error:
        raise Says(told(error)) from None
    except ServiceUnavailable:
        raise Says("服务没有运行或消息代理不可用，请用 jiandu status 查看。") from None
    except RpcTimeout:
        raise Says("尚未得到结果，请用同一命令编号重试。") from None


@contextmanager
def event_log(source: str) -> Iterator[EventLog]:
    """A service's log as its database holds it, for auditors."""
    url = environment()[f"JIANDU_{source.upper()}_DATABASE_URL"]
    kwargs = {"autocommit": True, **settings("jiandu audit")}
    with ConnectionPool(url, kwargs=kwargs, min_size=1, max_size=2) as connections:
        yield EventLog(source, connections)


def told(error: JianduError) -> str:
    """The Chinese sentence with the code and the fields it is about."""
    text = sentence(error)
    if isinstance(error, Refused):
        return f"{text}({error.reason}{''.join(f' {path}' for path in error.fields)})"
    if isinstance(error, Invalid):
        lines = [f"  {p.path or '（整体）'}: {p.code} {p.message}" for p in error.problems]
        return "\n".join([text, *lines])
    return f"{text}({error})"
