"""`jiandu` as operators and auditors type it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from tests.system.bureau import Bureau, batch, new_id
from tests.system.installation import PATIENCE, Installation
from tests.system.transparency import open_checkpoint, root_from_proof

Ended = subprocess.CompletedProcess[str]
Jiandu = Callable[..., Ended]

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(run_dir: Path, *arguments: str) -> Ended:
    """One command in a shell that knows nothing but where the installation is."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith("JIANDU_")}
    return subprocess.run(
        [str(Path(sys.executable).with_name("jiandu")), *arguments],
        env={**bare, "JIANDU_RUN_DIR": str(run_dir), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def jiandu(system: Installation) -> Jiandu:
    return lambda *arguments: run(system.place.root, *arguments)


@pytest.fixture(scope="module")
def opened(bureau: Bureau, client: object) -> str:
    """A batch that was opened, with an application, all of it under a signed checkpoint."""
    batch_id = bureau.open_batch()
    bureau.apply(batch_id, UnitKind.VILLAGE_COMMUNITY)
    bureau.applications(batch_id)

    def signed() -> bool:
        told = bureau.client.ask("registry", "status")
        return bool(told["signed"] == told["head"])

    assert wait_until(signed, PATIENCE)
    return batch_id


def assert_says(ended: Ended, code: int, *texts: str) -> None:
    """It ends with this code and a Chinese sentence that has these texts, and no traceback."""
    assert ended.returncode == code, ended
    assert CHINESE.search(ended.stderr), ended.stderr
    assert "Traceback" not in ended.stderr
    for text in texts:
        assert text in ended.stderr


def test_status_shows_every_part_and_log_and_says_yes(jiandu: Jiandu, opened: str) -> None:
    ended = jiandu("status")
    assert ended.returncode == 0, ended.stdout
    for part in ("postgres", "rabbitmq", "registry-api", "registry-log", "assessment-log"):
        assert f"✓ {part}" in ended.stdout
    assert "✗" not in ended.stdout


def test_status_as_json_is_one_document(jiandu: Jiandu, opened: str) -> None:
    ended = jiandu("status", "--json")
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["ok"]) == (0, True)
    assert all(part["ready"] for part in told["parts"])
    registry = told["logs"]["registry"]
    assert registry["head"] == registry["signed"] > 0
    assert {model["model"] for model in registry["models"]} >= {"applications", "points"}


def test_log_tail_shows_the_last_events(jiandu: Jiandu, opened: str, bureau: Bureau) -> None:
    head = bureau.client.ask("registry", "head")
    ended = jiandu("log", "tail", "registry", "-n", "2")
    assert ended.returncode == 0
    assert [int(line.split()[0]) for line in ended.stdout.splitlines()] == [head - 1, head]
    assert "BatchOpened" in ended.stdout
    assert "unit_name=[已封存]" in ended.stdout
    assert "测试单位" not in ended.stdout
    shown = json.loads(jiandu("log", "tail", "registry", "-n", "2", "--json").stdout)
    assert [event["type"] for event in shown] == ["BatchOpened", "ApplicationSubmitted"]


def test_log_show_can_begin_after_a_position_and_keep_to_a_stream(
    jiandu: Jiandu, opened: str, bureau: Bureau
) -> None:
    head = bureau.client.ask("registry", "head")
    ended = jiandu("log", "show", "registry", "--after", str(head - 2), "--json")
    assert [event["position"] for event in json.loads(ended.stdout)] == [head - 1, head]
    ended = jiandu("log", "show", "registry", "--stream", f"batch-{opened}", "--json")
    (event,) = json.loads(ended.stdout)
    assert (event["type"], event["public"]["batch_id"]) == ("BatchOpened", opened)
    ended = jiandu("log", "show", "registry", "--after", str(head), "--json")
    assert (ended.returncode, json.loads(ended.stdout)) == (0, [])


def test_audit_verify_finds_the_log_as_it_was_signed(jiandu: Jiandu, opened: str) -> None:
    ended = jiandu("audit", "verify", "registry")
    assert ended.returncode == 0, ended
    assert "日志已核验" in ended.stdout
    facts = json.loads(jiandu("audit", "verify", "registry", "--json").stdout)
    assert facts["verified"] is True
    assert facts["problems"] == []
    assert facts["checkpoints"] > 0


@contextmanager
def tampered(system: Installation, stream: str, statement: str, undo: str) -> Iterator[int]:
    """A superuser switches the trigger off and changes a row; yields the row's position."""
    switch = "ALTER TABLE eventlog.event {} TRIGGER append_only"
    with system.superuser() as connection:

        def change(what: str) -> None:
            connection.execute(switch.format("DISABLE").encode())
            connection.execute(what.encode(), (stream,))
            connection.execute(switch.format("ENABLE ALWAYS").encode())

        row = connection.execute(
            "SELECT l.position FROM eventlog.event e JOIN eventlog.ledger l ON l.event_id = e.id"
            " WHERE e.stream = %s AND e.version = 1",
            (stream,),
        ).fetchone()
        assert row is not None
        change(statement)
        try:
            yield int(row[0])
        finally:
            change(undo)


SET_TITLE = (
    "UPDATE eventlog.event SET body = jsonb_set(body, '{{public,title}}', to_jsonb('{}'::text))"
    " WHERE stream = %s AND version = 1"
)
MOVE_TIME = (
    "UPDATE eventlog.event SET occurred_at = occurred_at {} interval '1 second'"
    " WHERE stream = %s AND version = 1"
)


def test_audit_verify_names_the_position_of_data_that_a_superuser_has_changed(
    jiandu: Jiandu, system: Installation, opened: str
) -> None:
    put, back = SET_TITLE.format("改过的标题"), SET_TITLE.format("行政执法监督联系点")
    with tampered(system, f"batch-{opened}", put, back) as position:
        ended = jiandu("audit", "verify", "registry")
        assert_says(ended, 1, "核验不通过")
        assert f"position {position}:" in ended.stdout


def test_audit_verify_names_the_position_of_a_time_that_a_superuser_has_changed(
    jiandu: Jiandu, system: Installation, opened: str
) -> None:
    forth, back = MOVE_TIME.format("+"), MOVE_TIME.format("-")
    with tampered(system, f"batch-{opened}", forth, back) as position:
        facts = json.loads(jiandu("audit", "verify", "registry", "--json").stdout)
        assert facts["verified"] is False
        assert any(f"position {position}:" in problem for problem in facts["problems"])
    assert jiandu("audit", "verify", "registry").returncode == 0, "all is as it was again"


def test_audit_prove_gives_what_an_auditor_needs(
    jiandu: Jiandu, opened: str, bureau: Bureau, system: Installation, tmp_path: Path
) -> None:
    vkey = bureau.client.ask("registry", "keys")["checkpoint"]
    with system.superuser() as connection:
        row = connection.execute(
            "SELECT l.position, e.leaf FROM eventlog.event e"
            " JOIN eventlog.ledger l ON l.event_id = e.id WHERE e.stream = %s",
            (f"batch-{opened}",),
        ).fetchone()
    assert row is not None
    file = tmp_path / "proof.json"
    assert jiandu("audit", "prove", "registry", str(row[0]), "--output", str(file)).returncode == 0
    proof = json.loads(file.read_text(encoding="utf-8"))
    head = open_checkpoint(proof["checkpoint"], vkey)
    path = [bytes.fromhex(node) for node in proof["proof"]]
    assert root_from_proof(bytes(row[1]), proof["position"] - 1, head.size, path) == head.root
    for beyond in ("0", "999999999"):
        assert_says(jiandu("audit", "prove", "registry", beyond), 1)


def test_a_command_from_a_file_is_carried_out_once(
    jiandu: Jiandu, bureau: Bureau, tmp_path: Path
) -> None:
    file, identifier = tmp_path / "batch.json", new_id()
    file.write_text(json.dumps(batch(bureau.today), ensure_ascii=False), encoding="utf-8")
    order = ("command", "registry", "OpenBatch", str(file), "--role", "leader", "--id", identifier)
    first, again = jiandu(*order), jiandu(*order)
    assert (first.returncode, again.returncode) == (0, 0), first
    assert identifier in first.stderr
    assert json.loads(first.stdout) == json.loads(again.stdout)
    assert json.loads(first.stdout)["events"] == ["BatchOpened"]
    assert_says(jiandu(*order[:-1], new_id()), 1, "already_exists")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"title": "\xb9\xab\xca\xbe"}', "UTF-8"),
        (b"{not json", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "wrong_type"),
        (b'{"title": "\\ud800"}', "title: bad_text"),
        (b'{"places": 1.5}', "places: wrong_type"),
        (b" " * (1024 * 1024 + 1), "1 MiB"),
    ],
    ids=[
        "GBK", "no JSON", "deep", "no object", "surrogate", "float", "huge",
    ],
)  # fmt: skip
def test_a_file_that_holds_no_command_is_refused_in_a_sentence(
    jiandu: Jiandu, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "command.json"
    file.write_bytes(content)
    ended = jiandu("command", "registry", "OpenBatch", str(file), "--role", "leader")
    assert_says(ended, 1, told)


def test_a_missing_file_role_or_command_is_wrong_use_or_refused_in_a_sentence(
    jiandu: Jiandu, tmp_path: Path
) -> None:
    missing = str(tmp_path / "nothing.json")
    assert_says(jiandu("command", "registry", "OpenBatch", missing, "--role", "leader"), 1, missing)
    file = tmp_path / "empty.json"
    file.write_text("{}", encoding="utf-8")
    assert jiandu("command", "registry", "OpenBatch", str(file)).returncode == 2
    ended = jiandu("command", "registry", "NoSuchCommand", str(file), "--role", "leader")
    assert_says(ended, 1, "unknown_type")
    ended = jiandu("command", "registry", "OpenBatch", str(file), "--role", "auditor")
    assert_says(ended, 1, "wrong_role")
    assert jiandu("no-such-command").returncode == 2


def test_a_query_answers_in_json_and_a_wrong_one_in_a_sentence(jiandu: Jiandu, opened: str) -> None:
    question = json.dumps({"batch_id": opened})
    ended = jiandu("query", "registry", "ListApplications", question, "--role", "officer")
    (row,) = json.loads(ended.stdout)["items"]
    assert row["status"] == "submitted"
    ended = jiandu("query", "registry", "ShowBatch", "{}", "--role", "officer")
    assert_says(ended, 1, "batch_id: missing")
    assert_says(jiandu("query", "registry", "ListPoints", "{", "--role", "officer"), 1, "JSON")
    question = json.dumps({"application_id": new_id(), "purpose": "核对联系方式"})
    assert_says(jiandu("query", "registry", "OpenApplication", question, "--role", "officer"), 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("log", "tail", "registry"),
        ("audit", "verify", "registry"),
        ("query", "registry", "ListPoints", "--role", "officer"),
        ("clock", "show"),
    ],
    ids=" ".join,
)
def test_outside_an_installation_a_sentence_says_what_to_do(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    assert_says(run(tmp_path, *arguments), 1, "make up")


def test_status_outside_an_installation_shows_that_nothing_runs(tmp_path: Path) -> None:
    ended = run(tmp_path, "status")
    assert ended.returncode == 1
    assert "✗ registry-api" in ended.stdout
    assert "没有任何部分在运行：请执行 make up 启动。" in ended.stdout
    assert "RabbitMQ" not in ended.stdout, "nothing is to be looked for where nothing runs"
    told = json.loads(run(tmp_path, "status", "--json").stdout)
    assert told["ok"] is False
    assert [alarm["code"] for alarm in told["alarms"]] == ["nothing_runs"]
