"""The benchmark of a command's way, which needs a running registry, at a size without meaning."""

from __future__ import annotations

from pathlib import Path

from benchmarks.servers import Servers
from tests.benchmarks.test_benchmarks import assert_shape, measured
from tests.system.installation import Installation


def test_the_way_of_a_command_is_timed_through_the_running_registry(
    system: Installation, tmp_path: Path
) -> None:
    servers = Servers(system.servers, lambda: system.environment)
    assert_shape("latency", measured(servers, "latency", tmp_path))
