"""`python -m examples.first_batch.play`: play the first batch, then tell what became of it.

It may be killed and started again at any point, and goes on from where it stopped. Once the
batch is through it changes nothing any more and reports again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.local import SetupError, load_environment
from deploy.local.files import write_json
from deploy.local.place import DEFAULT_RUN_DIR
from examples.first_batch import data, facts, proof, report
from examples.first_batch.desk import REGISTRY, Desk
from examples.first_batch.document import document
from examples.first_batch.memory import Memory
from examples.first_batch.story import Story
from examples.first_batch.subscriber import Received, Subscriber, forget_queue
from examples.first_batch.trouble import DemoFailed
from shared.access.actor import Issuer
from shared.clock import MovableClock
from shared.contracts.catalogue import CATALOGUE
from shared.contracts.errors import JianduError
from shared.contracts.zh import sentence
from shared.messaging.rpc_client import RpcClient
from shared.service.client import ServiceClient

CALL_SECONDS = 20.0
"""Deadline of one call; designating twenty units at once is the longest."""

PUBLISHED_SECONDS = 60.0
"""How long the outside subscriber may take to get the last event."""

FURTHER = """
完成。服务仍在运行，可以继续查看：
  .venv/bin/jiandu status              各进程、各日志的状态
  .venv/bin/jiandu log tail registry   继续跟看事件日志
  make down                            停止全部服务"""


def main() -> int:
    """0 when the batch is through and everything is proved, 1 when something is not."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--run-dir", type=Path, default=DEFAULT_RUN_DIR)
    run_dir = arguments.parse_args().run_dir
    try:
        environment = load_environment(run_dir)
        with RpcClient(environment["JIANDU_AMQP_URL"], CALL_SECONDS, name="jiandu demo") as rpc:
            issuer = Issuer.from_file("console", Path(environment["JIANDU_CONSOLE_KEY_FILE"]))
            told = run(Desk(ServiceClient(rpc, issuer), say), environment)
    except SetupError as trouble:
        print(f"演示中止：运行环境没有就绪，请先执行 make up。\n{trouble}", file=sys.stderr)
        return 1
    except DemoFailed as trouble:
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
    write_json(Path(environment["JIANDU_RUN_DIR"]) / "demo.json", facts_of_demo)
    print(FURTHER)
    return 0 if facts_of_demo["log_verified"] and not told.inclusion.failed else 1


def run(desk: Desk, environment: Mapping[str, str]) -> report.Told:
    """Play what is still to be played, and gather what the report tells. Raises DemoFailed."""
    batch = data.load()
    memory = Memory(Path(environment["JIANDU_RUN_DIR"]) / "first_batch.json", desk.id("batch"))
    clock = MovableClock(Path(environment["JIANDU_CLOCK_FILE"]))
    story = Story(batch, desk, clock, memory, say)
    received = memory.received()
    if story.is_over() and received is not None:
        say("首批遴选在本环境中已经完成：不再重演，只重新核对并报告")
        forget_queue(environment["JIANDU_AMQP_URL"])
    else:
        received = play(story, desk, environment["JIANDU_AMQP_URL"], memory)
    say("汇总结果")
    outcome = facts.collect(desk, story.batch_id, len(batch.applicants), story.figures_year)
    say("验证事件日志：从数据行重算全部叶子和根")
    logs = [proof.verify_log(desk, name, environment) for name in CATALOGUE]
    say("核对外部订阅者收到的公开事件")
    registry = next(log for log in logs if log.name == REGISTRY)
    inclusion = proof.prove_received(desk, received, registry)
    return report.Told(batch, outcome, memory.early_designation(), logs, received, inclusion)


def play(story: Story, desk: Desk, amqp_url: str, memory: Memory) -> Received:
    """Play while an outside subscriber listens; returns what it got."""
    with Subscriber(amqp_url) as subscriber:
        say("外部订阅者已就绪：绑定交换机 registry.public.events")
        before = int(desk.ask(REGISTRY, "head"))
        if not story.is_over():
            story.play()
        received = subscriber.wait(before, int(desk.ask(REGISTRY, "head")), PUBLISHED_SECONDS)
        memory.keep_received(received)
        subscriber.done()
    return received


def say(text: str) -> None:
    """One line of progress."""
    print(f"▸ {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
