"""What a process of a service refuses to start without, and what it gains by that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.services import SERVICES, settings_for
from tests.system.installation import PATIENCE, Installation

ROOT = Path(__file__).resolve().parents[2]

UNPATCHED = """
import sys
from services.registry.definition import DEFINITION
from shared.service.main import main
sys.exit(main(DEFINITION, ["registry", "api"]))
"""

PATCHED_WITHOUT_WAIT_FUNCTION = (
    """
import eventlet
eventlet.monkey_patch()
"""
    + UNPATCHED
)

PARALLEL_QUERIES = """
import sys
{preparation}
import os
import eventlet
from services.registry.definition import DEFINITION
from shared.service.config import Config
from shared.service.wiring import wire

wiring = wire(DEFINITION, Config.from_environment("registry", os.environ), "api", 16)
pool = wiring.connections
held = [pool.getconn() for _ in range(8)]
for connection in held:
    pool.putconn(connection)

def query(_):
    with pool.connection() as connection:
        began, _, ended = connection.execute(
            "SELECT clock_timestamp(), pg_sleep(0.5), clock_timestamp()"
        ).fetchone()
        return began, ended

spans = list(eventlet.GreenPool(8).imap(query, range(8)))
print("overlap" if max(s[0] for s in spans) < min(s[1] for s in spans) else "one by one")
wiring.close()
"""


def settings(system: Installation, role: str, **changed: str) -> dict[str, str]:
    """The environment of a process of the registry, as `up` gives it."""
    own = settings_for("registry", role, system.environment, SERVICES)
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("JIANDU_", "PSYCOPG_"))}
    return {**outside, **own, **changed}


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("role", ["api", "log"])
def test_production_refuses_a_clock_that_can_be_moved_and_says_so_in_a_sentence(
    system: Installation, role: str
) -> None:
    environment = settings(system, role, JIANDU_ENVIRONMENT="production")
    ended = run(["-m", "services.registry", role], environment)
    assert ended.returncode == 1
    assert "JIANDU_CLOCK_FILE" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("role", ["api", "log"])
def test_a_broken_clock_file_ends_the_start_with_a_sentence(
    system: Installation, role: str, tmp_path: Path
) -> None:
    broken = tmp_path / "clock.json"
    broken.write_text("not a clock")
    environment = settings(system, role, JIANDU_CLOCK_FILE=str(broken))
    ended = run(["-m", "services.registry", role], environment)
    assert ended.returncode == 1
    assert str(broken) in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", ["JIANDU_REGISTRY_DATABASE_URL", "JIANDU_ISSUERS_FILE"])
def test_a_missing_setting_is_named(system: Installation, name: str) -> None:
    ended = run(["-m", "services.registry", "api"], settings(system, "api", **{name: ""}))
    assert ended.returncode == 1
    assert f"set {name}" in ended.stderr


def test_the_api_refuses_to_start_unpatched(system: Installation) -> None:
    environment = settings(system, "api", PSYCOPG_WAIT_FUNC="wait_selector")
    ended = run(["-c", UNPATCHED], environment)
    assert ended.returncode != 0
    assert "monkey_patch" in ended.stderr


def test_the_api_refuses_to_start_where_one_query_would_hold_up_all(system: Installation) -> None:
    ended = run(["-c", PATCHED_WITHOUT_WAIT_FUNCTION], settings(system, "api"))
    assert ended.returncode != 0
    assert "PSYCOPG_WAIT_FUNC" in ended.stderr


def test_eight_queries_of_half_a_second_run_at_the_same_time_in_the_api(
    system: Installation,
) -> None:
    """By the server's clock: the last begins before the first ends."""
    preparation = "from shared.service.patching import prepare; prepare(['registry', 'api'])"
    script = PARALLEL_QUERIES.format(preparation=preparation)
    ended = run(["-c", script], settings(system, "api"))
    assert ended.stdout.split() == ["overlap"], ended.stderr


def test_without_the_preparation_those_queries_would_run_one_by_one(system: Installation) -> None:
    preparation = "import eventlet; eventlet.monkey_patch()"
    script = PARALLEL_QUERIES.format(preparation=preparation)
    ended = run(["-c", script], settings(system, "api"))
    assert ended.stdout.strip() == "one by one", ended.stderr
