"""Each benchmark runs, at a size that measures nothing, and writes what scripts read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import BENCHMARKS, run
from benchmarks.servers import Servers
from benchmarks.sizes import TINY
from deploy.local import Infrastructure

APPENDS = {"append_1_writer", "append_8_writers", "append_8_writers_batch50"}
REBUILDS = {"rebuild_10k", "rebuild_100k", "rebuild_500k"}
WRITTEN = {
    "append": APPENDS,
    "relay": {"relay"},
    "projection": {"projection"},
    "subscription": {"subscription"},
    "rebuild": REBUILDS | {f"{name}_peak" for name in REBUILDS},
    "verify": {"verify"},
    "latency": {"command_to_subscriber_10_p50", "command_to_subscriber_10_p99"},
}
WITHOUT_PEER = WRITTEN["rebuild"] | WRITTEN["verify"] | WRITTEN["latency"]
WITHOUT_LIMIT = WRITTEN["rebuild"] | WRITTEN["latency"]


def test_every_benchmark_has_its_test() -> None:
    assert set(BENCHMARKS) == set(WRITTEN)


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - {"latency"}))
def test_a_benchmark_writes_ours_beside_peer_and_limit(
    name: str, infrastructure: Infrastructure, tmp_path: Path
) -> None:
    def no_registry() -> Mapping[str, str]:
        raise AssertionError("only the latency needs the registry")

    written = measured(Servers(infrastructure, no_registry), name, tmp_path)

    assert_shape(name, written)


def measured(servers: Servers, name: str, folder: Path) -> list[dict[str, Any]]:
    """What stands in the file after one benchmark."""
    told: list[str] = []
    output = folder / "bench.json"
    run(servers, TINY, [name], output, told.append)
    assert told, "nobody was told what is being measured"
    written: list[dict[str, Any]] = json.loads(output.read_text(encoding="utf-8"))
    return written


def assert_shape(name: str, written: list[dict[str, Any]]) -> None:
    assert {entry["name"] for entry in written} == WRITTEN[name]
    for entry in written:
        assert entry["unit"] in {"events/s", "messages/s", "MiB", "ms"}
        assert entry["ours"] > 0
        for other, without in (("peer", WITHOUT_PEER), ("limit", WITHOUT_LIMIT)):
            is_there = entry["name"] not in without
            assert (entry[other] is not None) == is_there
            assert (entry[f"ratio_to_{other}"] is not None) == is_there
