"""What an operator must know of a service at once, out of what its workers told last.

Each alarm has a code for scripts, the facts, and a sentence that says what to do;
docs/operations.md has a section for every code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.service.worker_states import SeenState

HEARTBEAT_SECONDS = 10.0
"""A leader tells every second; so long after the last time there is none. Takes a takeover
(5 s at the most) without an alarm."""

NUMBERING, PUBLISHING, CHECKPOINTS = "numbering", "publishing", "checkpoints"
TIMEKEEPER, PROVISIONAL = "timekeeper", "provisional limits"

NOTICES = frozenset({"limits_provisional"})
"""Codes of what a bureau must see to and no operator can: told, and no sign of a fault."""

PATIENCE_SECONDS: Mapping[str, float] = {NUMBERING: 10.0, PUBLISHING: 10.0, CHECKPOINTS: 60.0}
"""How long the oldest of what is behind may wait, by duty."""

MODEL_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Alarm:
    """One thing that a person must see to. `message` is for people, in Chinese."""

    code: str
    service: str
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "service": self.service,
            "message": self.message,
            **self.facts,
        }


def alarms(service: str, workers: Sequence[SeenState], parked: int) -> list[Alarm]:
    """Every alarm of a service: nobody leads, who stands still and why, what lags, what waits."""
    age = min((worker.age for worker in workers), default=None)
    led = age is not None and age <= HEARTBEAT_SECONDS
    found = [] if led else [_no_leader(service, age)]
    for worker in workers:
        if worker.trouble is not None:
            found.append(_trouble(service, worker, worker.trouble))
        elif led:  # what a dead leader told of its lags says nothing any more
            found += _lag(service, worker)
    if parked:
        found.append(
            Alarm(
                "parked",
                service,
                f"{service} 有 {parked} 个反应被搁置：请用 jiandu parked list 查看原因，"
                "排除后用 jiandu parked retry 重试。",
                {"parked": parked},
            )
        )
    return found


def _no_leader(service: str, age: float | None) -> Alarm:
    since = "从未有过心跳" if age is None else f"最近一次心跳在 {age:.0f} 秒前"
    return Alarm(
        "no_leader",
        service,
        f"{service} 的日志进程无人主持（{since}），新事件不会编号和发布："
        f"请启动或检查 python -m services.{service} log。",
        {"heartbeat_age": None if age is None else round(age, 1)},
    )


def _trouble(service: str, worker: SeenState, trouble: str) -> Alarm:
    lasted = f"已持续 {worker.troubled_seconds or 0:.0f} 秒"
    if worker.model is not None and worker.position is not None:
        stopped_at = worker.position + 1
        return Alarm(
            "projection_stopped",
            service,
            f"读模型 {worker.model} 停在 {worker.source} 的第 {stopped_at} 个事件（{lasted}）："
            f"{trouble}。该事件不会被跳过，修复程序后自动继续。",
            {
                "model": worker.model,
                "source": worker.source,
                "position": worker.position,
                "stopped_at": stopped_at,
                "trouble": trouble,
            },
        )
    return Alarm(
        "worker_in_trouble",
        service,
        f"{service} 的工作线程“{worker.name}”出错（{lasted}）：{trouble}。"
        "系统会自动重试，请按原因处理。",
        {"worker": worker.name, "trouble": trouble},
    )


def _provisional(service: str, limits: int) -> Iterator[Alarm]:
    if limits:
        yield Alarm(
            "limits_provisional",
            service,
            f"{service} 有 {limits} 个期限是暂定的，因为缺少相应年度的工作日安排："
            "请按国务院办公厅通知载入该年度的工作日安排，载入后期限自动重新计算。",
            {"limits": limits},
        )


def _lag(service: str, worker: SeenState) -> Iterator[Alarm]:
    if worker.name == PROVISIONAL:
        yield from _provisional(service, worker.lag or 0)
    is_model = worker.model is not None
    patience = MODEL_PATIENCE_SECONDS if is_model else PATIENCE_SECONDS.get(worker.name)
    waited = worker.lag_seconds or 0.0
    if patience is None or waited <= patience:
        return
    facts = {"lag": worker.lag, "lag_seconds": round(waited, 1)}
    behind = f"{worker.lag} 个事件已等待 {waited:.0f} 秒"
    if is_model:
        yield Alarm(
            "projection_lag",
            service,
            f"读模型 {worker.model} 落后于 {worker.source}：{behind}未处理。",
            {"model": worker.model, "source": worker.source, **facts},
        )
    elif worker.name == NUMBERING:
        yield Alarm(
            "numbering_lag",
            service,
            f"{service} 有 {worker.lag} 条已受理的命令等待编号 {waited:.0f} 秒：请检查数据库。",
            facts,
        )
    elif worker.name == PUBLISHING:
        yield Alarm(
            "publication_lag",
            service,
            f"{service} 有{behind}未发布：请检查消息代理 RabbitMQ；恢复后自动补发。",
            facts,
        )
    else:
        yield Alarm(
            "signing_lag",
            service,
            f"{service} 有{behind}未签入检查点：请检查密钥数据库和主密钥。",
            facts,
        )
