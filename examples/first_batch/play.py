"""`python -m examples.first_batch.play`: play the batches, then tell what became of them.

It may be killed and started again at any point, and goes on from where it stopped. Once the
batch is through it changes nothing any more and reports again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local import SetupError, load_environment
from deploy.local.files import write_json
from deploy.local.place import Place, asked_run_dir
from examples.first_batch import (
    cast,
    clue_facts,
    clues_data,
    data,
    facts,
    organisation_data,
    points_data,
    proof,
    report,
    second_data,
)
from examples.first_batch.clues import CluesStory
from examples.first_batch.document import document
from examples.first_batch.logins import logins
from examples.first_batch.memory import Memory
from examples.first_batch.organisation import OrganisationStory
from examples.first_batch.points import PointsStory, point_ids
from examples.first_batch.second import SecondStory, second_id
from examples.first_batch.story import Story
from examples.first_batch.subscriber import Received, Subscriber, forget_queue
from examples.play.accounts import Accounts
from examples.play.console import REGISTRY, Console
from examples.play.desk import Desk
from examples.play.ids import Ids
from examples.play.portal import Portal, SaysNo
from examples.play.trouble import DemoFailed
from examples.play.waiting import until
from shared.access.actor import Issuer
from shared.clock import MovableClock
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import JianduError
from shared.contracts.zh import sentence
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

STORY = "first-batch"
"""What begins the names from which the ids of both batches follow."""

CALL_SECONDS = 20.0
"""Deadline of one call by the console."""

PUBLISHED_SECONDS = 60.0
"""How long the outside subscriber may take to get the last event."""

SHOWN_APPLICANT = "ceramics"
"""The unit on notice whose login the report tells."""

FURTHER = """
完成。服务仍在运行，可以用浏览器打开上面的门户地址，也可以继续查看：
  .venv/bin/jiandu status              各进程、各日志的状态
  .venv/bin/jiandu log tail registry   看最近的事件
  make down                            停止全部服务"""


@dataclass(frozen=True)
class Stage:
    """What the play stands on: the ways in, the data, and what is remembered."""

    environment: Mapping[str, str]
    console: Console
    desk: Desk
    clock: MovableClock
    memory: Memory

    @property
    def amqp_url(self) -> str:
        return self.environment["JIANDU_AMQP_URL"]

    @classmethod
    def of(cls, environment: Mapping[str, str], client: ServiceClient) -> Stage:
        """On the installation of this environment. Raises DemoFailed."""
        console = Console(client, say)
        ids = Ids.of(console.verifier_key(REGISTRY), STORY)
        run_dir = Path(environment["JIANDU_RUN_DIR"])
        portal = Portal(environment["JIANDU_PORTAL_URL"], say)
        desk = Desk(portal, Accounts(console, portal, Place(run_dir), ids), ids)
        memory = Memory(run_dir / "first_batch.json", desk.id("batch"))
        clock = MovableClock(Path(environment["JIANDU_CLOCK_FILE"]))
        return cls(environment, console, desk, clock, memory)


def main() -> int:
    """0 when the batch is through and everything is proved, 1 when something is not."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--run-dir", type=Path, default=asked_run_dir())
    run_dir = arguments.parse_args().run_dir
    try:
        told = run(load_environment(run_dir))
    except SetupError as trouble:
        print(f"演示中止：运行环境没有就绪，请先执行 make up。\n{trouble}", file=sys.stderr)
        return 1
    except (DemoFailed, SaysNo) as trouble:
        print(f"演示中止：{trouble}", file=sys.stderr)
        return 1
    except JianduError as error:
        print(f"演示中止：{sentence(error)}\nThe services say no: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n演示已中断；再次执行 make demo 将从中断处继续。", file=sys.stderr)
        return 1
    for line in report.lines(told):
        print(line)
    facts_of_demo = document(told)
    write_json(run_dir / "demo.json", facts_of_demo)
    print(FURTHER)
    return 0 if facts_of_demo["log_verified"] and not told.inclusion.failed else 1


def run(environment: Mapping[str, str]) -> report.Told:
    """Play what is still to be played, and gather what the report tells.

    Raises DemoFailed, SaysNo, JianduError.
    """
    with RpcClient(environment["JIANDU_AMQP_URL"], CALL_SECONDS, name="jiandu demo") as rpc:
        issuer = Issuer.from_file("console", Path(environment["JIANDU_CONSOLE_KEY_FILE"]))
        stage = Stage.of(environment, ServiceClient(rpc, issuer))
        try:
            return _told(stage)
        finally:
            stage.desk.accounts.sign_out()


def _told(stage: Stage) -> report.Told:
    desk, console = stage.desk, stage.console
    opened = console.opened_on(stage.memory.batch_id)
    if opened is None:  # else the accounts are there from an earlier run
        office = len(cast.OFFICE)
        say(f"开设账号：控制台只开设首位管理员，由其在门户为 {office} 人开设，各人自设密码")
    desk.accounts.open(cast.OFFICE)
    batch, second = data.load(), second_data.load()
    story = Story(batch, desk, stage.clock, stage.memory, say, opened)
    received = _played(stage, batch, story, second)
    say("汇总结果")
    outcome = facts.collect(
        desk, story.batch_id, len(batch.batch.applicants), story.figures_year, second_id(desk)
    )
    (applicant,) = (its.applicant for its in second.courses if its.applicant.key == SHOWN_APPLICANT)
    points = _points(desk, batch)
    say("验证事件日志：从数据行重算全部叶子和根")
    logs = [proof.verify_log(console, name, stage.environment) for name in CATALOGUE]
    say("核对外部订阅者收到的公开事件")
    registry = next(log for log in logs if log.name == REGISTRY)
    return report.Told(
        data=batch,
        outcome=outcome,
        heard=clue_facts.heard(desk, batch.speech.opinions),
        early_designation=stage.memory.early_designation(),
        logs=logs,
        received=received,
        inclusion=proof.prove_received(console, received, registry),
        portal_url=stage.environment["JIANDU_PORTAL_URL"],
        logins=logins(desk.accounts, cast.CAST.applicant(applicant), points.shown, points.retiring),
    )


def _played(
    stage: Stage, batch: data.FirstBatch, story: Story, data_of_second: second_data.SecondBatch
) -> Received:
    """Play while an outside subscriber listens; returns what it got, now or in an earlier run."""
    opened = stage.console.opened_on(second_id(stage.desk))
    second = SecondStory(data_of_second, stage.desk, stage.clock, say, opened)
    received = stage.memory.received()
    if story.is_over() and second.is_over() and received is not None:
        say("两批遴选在本环境中已经演示：不再重演，只重新核对并报告")
        forget_queue(stage.amqp_url)
        return received
    with Subscriber(stage.amqp_url) as subscriber:
        say("外部订阅者已就绪：绑定交换机 registry.public.events")
        before = int(stage.console.ask(REGISTRY, "head"))
        if not story.is_over():
            story.play()
        second = SecondStory(data_of_second, stage.desk, stage.clock, say, opened)
        second.play()
        _points(stage.desk, batch).play(story.designated_on(), second.last_day)
        OrganisationStory(organisation_data.load(), stage.desk, say).play(second.last_day)
        _clues(stage.desk, batch).play(second.last_day)
        head = _numbered(stage.console)
        received = subscriber.wait(before, head, PUBLISHED_SECONDS)
        stage.memory.keep_received(received)
        subscriber.done()
    return received


def _numbered(console: Console) -> int:
    """The registry's head, once every event that is in its log has its number.

    Raises DemoFailed when that takes too long.
    """

    def head() -> int | None:
        status = console.ask(REGISTRY, "status")
        return None if status["unnumbered"] else int(status["head"])

    return until(
        head,
        PUBLISHED_SECONDS,
        "registry 的事件还没有全部编号：请用 make status 查看其 log 进程",
        "The registry's log process has not numbered all events: is it ready?",
    )


def _points(desk: Desk, batch: data.FirstBatch) -> PointsStory:
    """Of the units that have become points."""
    units = {its.key: its for its in batch.batch.applicants if its.qualifies}
    return PointsStory(points_data.load(), desk, say, units, point_ids(desk, units))


def _clues(desk: Desk, batch: data.FirstBatch) -> CluesStory:
    """What points of the batch report."""
    units = {its.key: its for its in batch.batch.applicants if its.qualifies}
    ids = point_ids(desk, units)
    return CluesStory(
        clues_data.load(), desk, say, lambda key, name: cast.point(name, units[key], ids[key])
    )


def say(text: str) -> None:
    """One line of progress."""
    print(f"▸ {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
