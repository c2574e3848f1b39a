"""`python -m tests.chaos.campaign`: faults at random under load; a table, and .run/chaos.json.

Seeded: the same seed gives the same faults in the same order (when the load meets them is the
machine's affair). Exit code 0 when every check held after every fault.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event, Thread, Timer

from deploy.local.files import write_json
from deploy.local.place import DEFAULT_RUN_DIR
from shared.contracts.errors import JianduError
from shared.messaging.rpc_client import RemoteError, RpcTimeout, ServiceUnavailable
from shared.service.client import ServiceClient
from tests.chaos.checks import problems, verifier_keys
from tests.chaos.faults import FREEZE, KILL, SERVERS, Fault, Replicated, heal, strike, thaw
from tests.chaos.load import Load, Sender, Subscriber
from tests.chaos.messages import figures
from tests.system.installation import Installation, installation

RECOVERY_BAR_SECONDS = 15.0
LONGEST_RECOVERY_SECONDS = 90.0
AGING = dt.timedelta(days=2)
REPORT = DEFAULT_RUN_DIR / "chaos.json"

Say = Callable[[str], None]


@dataclass(frozen=True)
class Struck:
    """One fault and what came of it.

    recovered_seconds: from the strike (for a frozen server: from its thaw) until a command sent
    afterwards was acknowledged and had reached the outside subscriber
    """

    number: int
    target: str
    kind: str
    recovered_seconds: float
    acknowledged: int
    problems: list[str]


@dataclass(frozen=True)
class Outcome:
    seed: int
    struck: list[Struck] = field(default_factory=list)
    acknowledged: int = 0
    fed_back: int = 0
    payments: int = 0
    positions: int = 0
    deliveries: int = 0

    @property
    def held(self) -> bool:
        return not any(its.problems for its in self.struck)

    @property
    def slowest(self) -> float:
        return max((its.recovered_seconds for its in self.struck), default=0.0)


def plan(count: int, seed: int) -> list[Fault]:
    """Every target killed and frozen in turn, in random order, as often as `count` allows."""
    chance = random.Random(seed)
    names = [name for name, _, _ in Replicated().members()]
    kinds = [(name, kind) for name in (*names, *SERVERS) for kind in (KILL, FREEZE)]
    drawn: list[tuple[str, str]] = []
    while len(drawn) < count:
        drawn += chance.sample(kinds, len(kinds))
    return [
        Fault(name, kind, chance.uniform(2, 6) if kind == FREEZE else 0.0)
        for name, kind in drawn[:count]
    ]


def run(system: Installation, faults: Sequence[Fault], seed: int, say: Say) -> Outcome:
    """Strike each in turn; after each wait for recovery, pause the load and check everything.

    Then days pass, so that the next fault falls among alarms that come due.
    """
    chance = random.Random(seed)
    subscriber, load = Subscriber(system.amqp_url), Load(system, seed)
    subscriber.start()
    assert subscriber.ready.wait(30), "the subscriber could not connect"
    with system.client() as client:
        keys = verifier_keys(client)
        subscriber.since = client.ask("registry", "head")
    load.start()
    struck = []
    try:
        for number, fault in enumerate(faults, 1):
            Event().wait(chance.uniform(0.2, 1.5))  # faults come at random moments of the load
            seconds = _strike_and_recover(system, fault, subscriber, chance)
            load.pause()
            _wait_idle(load)
            found = problems(system, load, subscriber, keys)
            system.clock.advance(AGING)
            load.resume()
            struck.append(
                Struck(
                    number,
                    fault.target,
                    fault.kind,
                    round(seconds, 2),
                    len(load.acknowledged),
                    found,
                )
            )
            say(_line(struck[-1]))
    finally:
        load.stop()
        subscriber.stop()
    return Outcome(
        seed,
        struck,
        len(load.acknowledged),
        load.fed_back(),
        len(load.paid()),
        max(subscriber.positions, default=0),
        subscriber.deliveries,
    )


def _strike_and_recover(
    system: Installation, fault: Fault, subscriber: Subscriber, chance: random.Random
) -> float:
    began = time.monotonic()
    pids = strike(system, fault)
    if fault.kind == KILL:
        with ThreadPoolExecutor(1) as thread:
            healing = thread.submit(heal, system)
            seconds = _recovery(system, subscriber, chance, began)
            healing.result()
        return seconds
    thawing = Thread(target=lambda: (Event().wait(fault.frozen_seconds), thaw(pids)))
    thawing.start()
    if fault.target in SERVERS:
        thawing.join()
        began = time.monotonic()
    seconds = _recovery(system, subscriber, chance, began)
    thawing.join()
    heal(system)
    return seconds


def _recovery(
    system: Installation, subscriber: Subscriber, chance: random.Random, began: float
) -> float:
    """Seconds until a new command has gone all the way to the outside subscriber."""
    over, sender = Event(), Sender(system)
    giving_up = Timer(LONGEST_RECOVERY_SECONDS, over.set)
    giving_up.start()
    try:
        result = sender.send(figures(chance), over)
        if result is None:
            return float("inf")
        with system.client() as client:
            while time.monotonic() - began < LONGEST_RECOVERY_SECONDS:
                position = _position(client, result)
                if position is not None and position in subscriber.positions:
                    return time.monotonic() - began
                over.wait(0.05)
    finally:
        giving_up.cancel()
        sender.close()
    return float("inf")


def _position(client: ServiceClient, result: dict[str, object]) -> int | None:
    try:
        head = client.ask("registry", "head")
        for event in client.ask("registry", "feed", max(head - 500, 0), 500):
            if event["command_id"] == result["command_id"]:
                return int(event["position"])
    except (RpcTimeout, ServiceUnavailable, RemoteError, JianduError):
        return None
    return None


def _wait_idle(load: Load) -> None:
    for _ in range(600):
        if load.idle():
            return
        Event().wait(0.1)
    raise AssertionError(f"not acknowledged within a minute of recovery: {load.waiting()}")


def _line(its: Struck) -> str:
    told = "ok" if not its.problems else "; ".join(its.problems)
    return (
        f"{its.number:>4}  {its.kind:<8} {its.target:<18} {its.recovered_seconds:>7.2f} s"
        f"  {its.acknowledged:>6} acknowledged  {told}"
    )


def report(outcome: Outcome, path: Path) -> list[str]:
    """Write the report; the closing lines for a person."""
    seconds = [its.recovered_seconds for its in outcome.struck]
    write_json(
        path,
        {
            "seed": outcome.seed,
            "faults": len(outcome.struck),
            "held": outcome.held,
            "acknowledged": outcome.acknowledged,
            "fed_back": outcome.fed_back,
            "payments": outcome.payments,
            "positions": outcome.positions,
            "deliveries": outcome.deliveries,
            "recovery_median_seconds": statistics.median(seconds) if seconds else None,
            "recovery_slowest_seconds": outcome.slowest,
            "recovery_bar_seconds": RECOVERY_BAR_SECONDS,
            "struck": [asdict(its) for its in outcome.struck],
        },
    )
    lost = sum(bool(its.problems) for its in outcome.struck)
    return [
        f"{len(outcome.struck)} faults, {outcome.acknowledged} commands acknowledged,"
        f" {outcome.payments} payments, {outcome.fed_back} clues fed back,"
        f" {outcome.positions} positions, {outcome.deliveries} deliveries to the subscriber",
        f"checks failed after {lost} faults; recovery median"
        f" {statistics.median(seconds):.1f} s, slowest {outcome.slowest:.1f} s"
        f" (bar {RECOVERY_BAR_SECONDS:.0f} s)",
        f"written to {path}",
    ]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--seed", type=int, default=20261124)
    chosen = parser.parse_args(arguments)
    print(f"Starting an installation of its own; then {chosen.faults} faults.", flush=True)
    with installation() as system:
        heal(system)
        outcome = run(
            system,
            plan(chosen.faults, chosen.seed),
            chosen.seed,
            lambda line: print(line, flush=True),
        )
    print(*report(outcome, REPORT), sep="\n")
    within = outcome.slowest <= RECOVERY_BAR_SECONDS
    print(json.dumps({"held": outcome.held, "within_bar": within}))
    return 0 if outcome.held and within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
