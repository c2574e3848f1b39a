"""`python -m examples.play FOLDER`: play a batch of the form of `examples/batch.schema.json`.

It may be killed and started again at any point, and goes on from where it stopped. What became of
the units is printed and written to `<run dir>/<folder's name>.json`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from deploy.local import SetupError, load_environment
from deploy.local.files import write_json
from deploy.local.place import Place, asked_run_dir
from examples.play import form
from examples.play.accounts import Accounts
from examples.play.console import REGISTRY, Console
from examples.play.data import Batch
from examples.play.desk import Desk
from examples.play.ids import Ids
from examples.play.people import cast_of
from examples.play.player import Player
from examples.play.portal import Portal, SaysNo
from examples.play.table import table
from examples.play.trouble import DemoFailed
from services.portal.labels import label
from shared.access.actor import Issuer
from shared.clock import MovableClock
from shared.contracts.errors import JianduError
from shared.contracts.zh import sentence
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

ABOUT = "播放一个批次（数据格式见 examples/batch.schema.json）"
NAMED = "只能由小写字母、数字、「-」和「_」组成，以字母或数字开头，至多 24 个字符。"

CALL_SECONDS = 20.0
"""Deadline of one call by the console."""

_STORY = re.compile(r"[a-z0-9][a-z0-9_-]{0,23}")
"""A folder's name begins logins and ids."""


def main() -> int:
    """0 when every unit ends as the data say, 1 when not, 2 when the data cannot be played."""
    parser = argparse.ArgumentParser(description=ABOUT)
    parser.add_argument("folder", type=Path, help="批次数据所在的文件夹")
    parser.add_argument("--run-dir", type=Path, default=asked_run_dir())
    parser.add_argument("--check", action="store_true", help="只检查数据，不播放")
    given = parser.parse_args()
    story = given.folder.resolve().name
    if _STORY.fullmatch(story) is None:
        print(f"文件夹名「{story}」{NAMED}", file=sys.stderr)
        return 2
    try:
        batch = form.read(given.folder)
    except form.FormError as error:
        print(f"数据不能播放：\n{error}", file=sys.stderr)
        return 2
    if given.check:
        print(f"数据可以播放：{len(batch.applicants)} 家单位，{len(batch.objections)} 条异议。")
        return 0
    try:
        told = run(load_environment(given.run_dir), batch, story)
    except SetupError as trouble:
        print(f"播放中止：运行环境没有就绪，请先执行 make up。\n{trouble}", file=sys.stderr)
        return 1
    except (DemoFailed, SaysNo) as trouble:
        print(f"播放中止：{trouble}", file=sys.stderr)
        return 1
    except JianduError as error:
        print(f"播放中止：{sentence(error)}\nThe services say no: {error}", file=sys.stderr)
        return 1
    write_json(given.run_dir / f"{story}.json", {"batch": batch.title, "units": told})
    _print(batch, told)
    return 0


def run(environment: Mapping[str, str], batch: Batch, story: str) -> dict[str, str]:
    """Play what is still to be played; the status in which each unit ends, by its key.

    Raises DemoFailed, SaysNo, JianduError.
    """
    with RpcClient(environment["JIANDU_AMQP_URL"], CALL_SECONDS, name="jiandu play") as rpc:
        issuer = Issuer.from_file("console", Path(environment["JIANDU_CONSOLE_KEY_FILE"]))
        console = Console(ServiceClient(rpc, issuer), say)
        ids = Ids.of(console.verifier_key(REGISTRY), story)
        portal = Portal(environment["JIANDU_PORTAL_URL"], say)
        place = Place(Path(environment["JIANDU_RUN_DIR"]))
        desk = Desk(portal, Accounts(console, portal, place, ids), ids)
        cast = cast_of(batch, story)
        clock = MovableClock(Path(environment["JIANDU_CLOCK_FILE"]))
        try:
            opened_on = console.opened_on(desk.id("batch"))
            if opened_on is None:  # else the accounts are there from an earlier run
                say(f"开设账号：{len(cast.office)} 人")
            desk.accounts.open(cast.office)
            player = Player(batch, cast, desk, clock, say, opened_on)
            if opened_on is not None and player.is_over():
                say("本批次在本环境中已经播放：不再重播，只报告结果")
            else:
                player.play()
            return player.ends()
        finally:
            desk.accounts.sign_out()


def say(text: str) -> None:
    """One line of progress."""
    print(f"▸ {text}", flush=True)


def _print(batch: Batch, told: Mapping[str, str]) -> None:
    rows = [
        (
            its.application["unit_name"],
            batch.district_name(its.division),
            label(told[its.key], "status"),
        )
        for its in batch.applicants
    ]
    print()
    for line in table(("单位", "区县", "结果"), rows):
        print(line)
    counts = Counter(label(status, "status") for status in told.values())
    print("\n" + "，".join(f"{name} {number} 家" for name, number in counts.most_common()))


if __name__ == "__main__":
    sys.exit(main())
