"""`jiandu keys`: back up, restore and prune the keys under which personal data lies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
from psycopg.rows import TupleRow

from jiandu.session import Says, environment, json_option
from shared.clock import from_environment
from shared.contracts.catalogue import CATALOGUE
from shared.postgres.connect import connect
from shared.service import key_backups
from shared.service.config import ConfigurationError, master_key
from shared.service.destroying import decided

_service = click.argument("service", type=click.Choice(sorted(CATALOGUE)))
_folder = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group("keys")
def keys() -> None:
    """个人信息密钥的备份、恢复和清除。备份最多保存三十天；恢复时重新执行已经作出的删除。"""


@keys.command()
@_service
@_folder
@json_option
def backup(service: str, folder: Path, as_json: bool) -> None:
    """把 SERVICE 的密钥备份到 FOLDER 中的一个新文件，以主密钥加密；先删除其中满三十天的备份。"""
    environ = environment()
    with _saying_no(), _keys_of(environ, service) as connection:
        now = from_environment(environ).now()
        gone = key_backups.prune(folder, now)
        its = key_backups.back_up(connection, service, _master(environ), folder, now)
    told = {
        "file": str(its.path),
        "service": service,
        "taken_at": its.taken_at.isoformat(),
        "deleted": [str(each.path) for each in gone],
    }
    pruned = f"，并删除了 {len(gone)} 个满三十天的备份" if gone else ""
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else f"已备份到 {its.path}{pruned}")


@keys.command()
@_service
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@json_option
def restore(service: str, file: Path, as_json: bool) -> None:
    """从 FILE 恢复 SERVICE 缺少的密钥；事件日志中已经删除的，不恢复。先停止该服务。"""
    environ = environment()
    log = environ[f"JIANDU_{service.upper()}_DATABASE_URL"]
    with (
        _saying_no(),
        connect(log, "jiandu keys") as events,
        _keys_of(environ, service) as connection,
    ):
        found = decided(events)
        now = from_environment(environ).now()
        done = key_backups.restore(
            connection, service, _master(environ), file, found.gone, found.locked, now
        )
    if as_json:
        click.echo(json.dumps({"keys": done.keys, "erased": done.erased}))
    else:
        click.echo(f"恢复了 {done.keys} 个密钥；{done.erased} 个已经依法删除的没有恢复。")


@keys.command()
@_folder
@json_option
def prune(folder: Path, as_json: bool) -> None:
    """删除 FOLDER 中满三十天的密钥备份。"""
    environ = environment()
    with _saying_no():
        gone = key_backups.prune(folder, from_environment(environ).now())
    if as_json:
        click.echo(json.dumps({"deleted": [str(its.path) for its in gone]}, ensure_ascii=False))
    else:
        click.echo(f"删除了 {len(gone)} 个满三十天的备份。")


def _master(environ: Mapping[str, str]) -> bytes:
    return master_key(Path(environ["JIANDU_MASTER_KEY_FILE"]))


@contextmanager
def _keys_of(environ: Mapping[str, str], service: str) -> Iterator[psycopg.Connection[TupleRow]]:
    url = environ[f"JIANDU_{service.upper()}_KEYS_DATABASE_URL"]
    with connect(url, "jiandu keys") as connection:
        yield connection


@contextmanager
def _saying_no() -> Iterator[None]:
    try:
        yield
    except key_backups.NotRestored as why:
        raise Says(str(why)) from None
    except ConfigurationError as error:
        raise Says(str(error)) from None
    except OSError as error:
        raise Says(f"文件不能读写：{error}") from None
    except psycopg.OperationalError as error:
        raise Says(f"数据库暂时无法使用：{str(error).splitlines()[0]}") from None
