"""The running system's log, exported by `jiandu` and judged by the verifier of nobody's making."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from shared.service.client import ServiceClient
from tests.system.bureau import Bureau
from tests.system.installation import PATIENCE, Installation
from tools import verify_log

Ended = subprocess.CompletedProcess[str]
SCRIPT = Path(verify_log.__file__)


def run(command: list[str], **environment: str) -> Ended:
    """A process that knows nothing of the project but what its arguments name."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("JIANDU_", "PYTHON"))}
    return subprocess.run(
        command,
        env={**bare, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def judge(client: ServiceClient) -> Callable[[Path], Ended]:
    """tools/verify_log.py with the key of the registry's checkpoints."""
    key = client.ask("registry", "keys")["checkpoint"]
    return lambda file: run([sys.executable, "-I", str(SCRIPT), str(file), "--key", key, "--json"])


@pytest.fixture
def exported(system: Installation, bureau: Bureau, client: ServiceClient, tmp_path: Path) -> Path:
    """The registry's log as `jiandu audit export` writes it, with sealed fields, all signed."""
    batch_id = bureau.open_batch()
    for kind in (UnitKind.ENTERPRISE, UnitKind.VILLAGE_COMMUNITY):
        bureau.qualify(bureau.apply(batch_id, kind), kind)

    def signed() -> bool:
        told = client.ask("registry", "status")
        return bool(told["unnumbered"] == 0 and told["signed"] == told["head"])

    assert wait_until(signed, PATIENCE)
    file = tmp_path / "registry.jsonl"
    jiandu = str(Path(sys.executable).with_name("jiandu"))
    ended = run(
        [jiandu, "audit", "export", "registry", str(file)], JIANDU_RUN_DIR=str(system.place.root)
    )
    assert ended.returncode == 0, ended
    return file


def test_the_second_verifier_accepts_the_running_systems_log_whole_and_signed(
    exported: Path, client: ServiceClient, judge: Callable[[Path], Ended]
) -> None:
    ended = judge(exported)
    assert ended.returncode == 0, ended
    told = json.loads(ended.stdout)
    head = client.ask("registry", "head")
    assert told["accepted"]
    assert told["log"] == "registry"
    assert told["size"] == told["signed_size"] == head >= 10


def test_it_refuses_the_export_when_one_event_of_it_has_another_role(
    exported: Path, judge: Callable[[Path], Ended]
) -> None:
    lines = exported.read_bytes().splitlines(keepends=True)
    spoilt = json.loads(lines[3])
    spoilt["event"]["role"] = "leader" if spoilt["event"]["role"] != "leader" else "officer"
    lines[3] = json.dumps(spoilt).encode() + b"\n"
    exported.write_bytes(b"".join(lines))

    ended = judge(exported)
    assert ended.returncode == 1, ended
    assert json.loads(ended.stdout)["line"] == 4
