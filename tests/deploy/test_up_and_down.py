"""`up`, `status` and `down` over small real processes and the session's servers."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from deploy.local import (
    Fleet,
    Infrastructure,
    SetupError,
    down,
    load_environment,
    status,
    up,
)
from deploy.local.given import AMQP, MANAGEMENT, POSTGRES
from deploy.local.place import locate
from deploy.local.services import SERVICES, code_state, settings_for
from tests.deploy.conftest import silent
from tests.deploy.helpers import drop_everything_named, kill_hard, pid_of, processes_of

SMALL_SERVICE = Path(__file__).with_name("small_service.py")
PROCESSES = ["big-api", "big-log", "small-api", "small-log"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the small services are started from, and told to fail."""
    (tmp_path / "code/services").mkdir(parents=True)
    shutil.copy(SMALL_SERVICE, tmp_path / "code")
    return tmp_path / "code"


@pytest.fixture
def fleet(folder: Path) -> Fleet:
    def command(service: str, role: str) -> list[str]:
        return [sys.executable, str(folder / SMALL_SERVICE.name), service, role]

    return Fleet(("big", "small"), command, folder, ready_seconds=20.0)


@pytest.fixture(autouse=True)
def given_servers(
    infrastructure: Infrastructure, run_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setenv(POSTGRES, infrastructure.postgres_url)
    monkeypatch.setenv(AMQP, infrastructure.amqp_url)
    monkeypatch.setenv(MANAGEMENT, infrastructure.management_url or "")
    yield
    down(run_dir, silent)
    drop_everything_named(infrastructure.postgres_url, f"jiandu_{locate(run_dir).tag}")


def test_up_starts_every_process_and_down_ends_all(run_dir: Path, fleet: Fleet) -> None:
    told: list[str] = []
    environment = up(run_dir, told.append, fleet)
    assert environment == load_environment(run_dir)
    assert [f"Starting {name}." in told for name in PROCESSES] == [True] * 4
    parts = {part["name"]: part for part in status(run_dir, fleet)}
    assert list(parts) == ["postgres", "rabbitmq", *PROCESSES]
    assert all(part["ready"] for part in parts.values())
    assert parts["big-api"]["pid"] == pid_of("big-api", run_dir)
    told.clear()
    down(run_dir, told.append)
    assert told == [f"Stopped {name}." for name in PROCESSES]
    assert processes_of(run_dir) == []


def test_a_second_up_leaves_what_runs_and_starts_what_was_killed(
    run_dir: Path, fleet: Fleet
) -> None:
    up(run_dir, silent, fleet)
    before = {name: pid_of(name, run_dir) for name in PROCESSES}
    kill_hard("big-log", run_dir)
    up(run_dir, silent, fleet)
    after = {name: pid_of(name, run_dir) for name in PROCESSES}
    assert [name for name in PROCESSES if before[name] != after[name]] == ["big-log"]
    assert all(part["ready"] for part in status(run_dir, fleet))


def test_new_code_is_started_in_place_of_the_old(run_dir: Path, fleet: Fleet, folder: Path) -> None:
    up(run_dir, silent, fleet)
    before = pid_of("big-api", run_dir)
    (folder / "services/new.py").write_text("")
    up(run_dir, silent, fleet)
    assert pid_of("big-api", run_dir) != before


def test_a_new_template_is_new_code_too(folder: Path) -> None:
    before = code_state(folder)
    (folder / "services/page.html").write_text("")
    assert code_state(folder) != before


def test_only_the_web_server_is_given_the_portals_key_and_limits_of_the_room_it_stands_in(
    run_dir: Path, fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANDU_PORTAL_LIMIT_SIGN_IN", raising=False)  # set by rooms before this one
    environment = up(run_dir, silent, fleet)
    keys = {
        (service, role): sorted(
            name
            for name in settings_for(service, role, environment, SERVICES)
            if name.endswith("_KEY_FILE") and "MASTER" not in name
        )
        for service in SERVICES
        for role in ("migrate", "api", "log", "web")
        if role != "web" or service == "portal"
    }
    assert keys.pop(("portal", "web")) == ["JIANDU_PORTAL_KEY_FILE"]
    assert all(names == [] for names in keys.values())
    assert environment["JIANDU_PORTAL_LIMIT_SIGN_IN"] == "300 per minute"


def test_only_those_who_keep_evidence_are_told_where_it_lies() -> None:
    environment = {"JIANDU_EVIDENCE_STORE": "s3:bureau", "JIANDU_CLAMD": "127.0.0.1:3310"}
    for service in SERVICES:
        for role in ("api", "log", "web"):
            told = settings_for(service, role, environment, SERVICES)
            assert told == (environment if service in ("clues", "portal") else {})


def test_status_tells_where_browsers_reach_the_portal(run_dir: Path, fleet: Fleet) -> None:
    portal = replace(fleet, services=("portal",))
    address = up(run_dir, silent, portal)["JIANDU_PORTAL_URL"]
    parts = {part["name"]: part for part in status(run_dir, portal)}
    assert {name: part["url"] for name, part in parts.items() if part["url"]} == {
        "portal-web": address
    }
    assert parts["portal-web"]["detail"].endswith(f", {address}")


def test_the_portal_keeps_its_address_over_a_second_up(run_dir: Path, fleet: Fleet) -> None:
    first = up(run_dir, silent, fleet)["JIANDU_PORTAL_URL"]
    assert up(run_dir, silent, fleet)["JIANDU_PORTAL_URL"] == first
    assert first.startswith("http://127.0.0.1:")


def test_each_process_knows_only_what_is_its_own(run_dir: Path, fleet: Fleet, folder: Path) -> None:
    up(run_dir, silent, fleet)
    seen = {
        role: json.loads((folder / f"big-{role}.environment").read_text())
        for role in ("api", "migrate")
    }
    databases = {
        role: sorted(name for name in settings if name.endswith("DATABASE_URL"))
        for role, settings in seen.items()
    }
    runtime = ["JIANDU_BIG_DATABASE_URL", "JIANDU_BIG_KEYS_DATABASE_URL"]
    owner = ["JIANDU_BIG_KEYS_OWNER_DATABASE_URL", "JIANDU_BIG_OWNER_DATABASE_URL"]
    assert databases == {"api": runtime, "migrate": sorted(runtime + owner)}
    assert POSTGRES not in seen["api"]
    assert "JIANDU_CONSOLE_KEY_FILE" not in seen["api"]


def test_the_environment_file_and_the_keys_fit_together_and_survive_a_second_up(
    run_dir: Path, fleet: Fleet
) -> None:
    environment = up(run_dir, silent, fleet)
    private = Path(environment["JIANDU_CONSOLE_KEY_FILE"])
    master = Path(environment["JIANDU_MASTER_KEY_FILE"])
    issuers = json.loads(Path(environment["JIANDU_ISSUERS_FILE"]).read_text())
    public = load_pem_public_key(issuers["console"]["public_key"].encode())
    assert load_pem_private_key(private.read_bytes(), None).public_key() == public
    for secret in (private, master, run_dir / "environment.json"):
        assert secret.stat().st_mode & 0o777 == 0o600
    before = (private.read_bytes(), master.read_bytes())
    assert up(run_dir, silent, fleet) == environment
    assert (private.read_bytes(), master.read_bytes()) == before


def test_a_failing_migration_is_told_with_its_reason_and_nothing_is_started(
    run_dir: Path, fleet: Fleet, folder: Path
) -> None:
    (folder / "fail-migrate").touch()
    with pytest.raises(SetupError, match="big migrate will not, for a reason"):
        up(run_dir, silent, fleet)
    assert processes_of(run_dir) == []


def test_databases_are_brought_up_to_date_again_only_when_code_or_databases_have_changed(
    run_dir: Path, fleet: Fleet, folder: Path
) -> None:
    small = replace(fleet, services=("small",))

    def migrated() -> bool:
        told: list[str] = []
        up(run_dir, told.append, small)
        return "Bringing the databases of small up to date." in told

    assert migrated()
    assert migrated(), "nothing was applied to these databases yet, for all they say"
    url = load_environment(run_dir)["JIANDU_SMALL_KEYS_OWNER_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE public.migration (area text, name text, sha256 text)")
        connection.execute("INSERT INTO public.migration VALUES ('keys', '0001.sql', 'ab')")
    assert [migrated(), migrated()] == [True, False]
    (folder / "services/0002.sql").write_text("")
    assert [migrated(), migrated()] == [True, False]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DELETE FROM public.migration")
    assert migrated(), "the databases are older than before: a backup, say"


def test_a_process_that_ends_at_once_is_told_with_the_end_of_its_log(
    run_dir: Path, fleet: Fleet, folder: Path
) -> None:
    (folder / "fail-api").touch()
    with pytest.raises(SetupError) as caught:
        up(run_dir, silent, fleet)
    assert "api ended at once" in str(caught.value)
    assert "will not, for a reason" in str(caught.value)
    assert "`make down` stops the rest" in str(caught.value)


def test_a_process_that_never_becomes_ready_is_told(
    run_dir: Path, fleet: Fleet, folder: Path
) -> None:
    (folder / "never-ready").touch()
    impatient = Fleet(fleet.services, fleet.command, folder, ready_seconds=1.0)
    with pytest.raises(SetupError, match="big-api is not ready after 1 seconds"):
        up(run_dir, silent, impatient)


def test_two_run_folders_on_one_server_have_databases_of_their_own(
    run_dir: Path, fleet: Fleet, tmp_path: Path, infrastructure: Infrastructure
) -> None:
    other = tmp_path / "other"
    try:
        first, second = up(run_dir, silent, fleet), up(other, silent, fleet)
        name = "JIANDU_BIG_DATABASE_URL"
        assert first[name] != second[name]
        assert all(part["ready"] for part in (*status(run_dir, fleet), *status(other, fleet)))
    finally:
        down(other, silent)
        drop_everything_named(infrastructure.postgres_url, f"jiandu_{locate(other).tag}")


def test_before_the_first_up_the_environment_is_told_to_be_missing(run_dir: Path) -> None:
    with pytest.raises(SetupError, match="run `make up` first"):
        load_environment(run_dir)
    assert not any(part["running"] for part in status(run_dir))
    assert not os.path.exists(run_dir)
