"""`jiandu erase` and `jiandu keys` as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.local.processes import wait_until
from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.system.bureau import APPLICANT, CITY, LEADER, Bureau, new_id
from tests.system.installation import PATIENCE, Installation
from tests.system.test_command_line import Ended, assert_says, run
from tests.system.transparency import open_checkpoint, root_from_proof

SECOND = Actor(new_id(), Role.LEADER, CITY)
REASON = "张某本人到窗口提出，已核对身份证"


class Operator:
    """Types at the installation; what is told as JSON is read."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, *arguments: str) -> Ended:
        return run(self._root, *arguments)

    def told(self, *arguments: str) -> Any:
        ended = self(*arguments, "--json")
        assert ended.returncode == 0, ended
        return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def operator(system: Installation) -> Operator:
    return Operator(system.place.root)


@pytest.fixture
def withdrawn(bureau: Bureau) -> str:
    """An application that came to nothing."""
    application_id = bureau.apply(bureau.open_batch(), UnitKind.VILLAGE_COMMUNITY)
    bureau.send(APPLICANT, "WithdrawApplication", {"application_id": application_id})
    return application_id


def assert_proved(operator: Operator, bureau: Bureau, system: Installation, subject: str) -> None:
    """What the certificate tells as JSON holds the event of the erasure in the log."""
    order = ("erase", "certificate", subject, "--json")
    assert wait_until(lambda: operator(*order).returncode == 0, PATIENCE), "once it is signed"
    told = json.loads(operator(*order).stdout)
    position = told["erasure"]["erased_in"]
    with system.superuser() as connection:
        row = connection.execute(
            "SELECT e.type, e.leaf FROM eventlog.event e"
            " JOIN eventlog.ledger l ON l.event_id = e.id WHERE l.position = %s",
            (position,),
        ).fetchone()
    assert row is not None
    assert row[0] == "SubjectErased"
    head = open_checkpoint(told["checkpoint"], bureau.client.ask("registry", "keys")["checkpoint"])
    path = [bytes.fromhex(node) for node in told["proof"]["proof"]]
    assert root_from_proof(bytes(row[1]), position - 1, head.size, path) == head.root


def test_from_the_request_to_the_certificate_and_no_backup_brings_it_back(
    operator: Operator, bureau: Bureau, system: Installation, withdrawn: str, tmp_path: Path
) -> None:
    subject = f"application:{withdrawn}"
    over = tmp_path / "keys-registry-20200101T000000Z.jkeys"
    over.touch()
    backup = operator.told("keys", "backup", "registry", str(tmp_path))
    assert backup["deleted"] == [str(over)]
    assert not over.exists()

    order = ("erase", subject, "--reason", REASON, "--id", new_id())
    asked = operator.told(*order)
    assert operator.told(*order) == asked, "the same command sent again is the same request"
    erasure_id = asked["erasure_id"]
    assert_says(operator("erase", subject, "--reason", REASON), 1, "erasure_open")
    assert_says(operator("erase", "certificate", subject), 1, "不能出具证明")
    for leader in (LEADER, SECOND):
        bureau.send(leader, "ApproveErasure", {"erasure_id": erasure_id})

    def destroyed() -> bool:
        (its,) = operator.told("erase", "status", subject)
        return bool(its["keys_destroyed"]) and its["status"] == "erased"

    assert wait_until(destroyed, PATIENCE)
    assert "已删除，密钥已销毁" in operator("erase", "status", subject).stdout

    done = operator.told("keys", "restore", "registry", backup["file"])
    assert (done["keys"], done["erased"] > 0) == (0, True)
    assert destroyed(), "what was erased since the backup stays so"

    file = tmp_path / "certificate.pdf"
    assert operator("erase", "certificate", subject, "--output", str(file)).returncode == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert_proved(operator, bureau, system, subject)


def test_what_is_wrong_is_told_in_a_sentence(operator: Operator, tmp_path: Path) -> None:
    assert operator("erase", "batch:1", "--reason", REASON).returncode == 2
    unknown = f"application:{new_id()}"
    assert_says(operator("erase", unknown, "--reason", REASON), 1)
    assert_says(operator("erase", "status", unknown), 1, "没有这个对象的删除申请")
    none = tmp_path / "keys-registry-none.jkeys"
    none.write_text("not a backup")
    assert_says(operator("keys", "restore", "registry", str(none)), 1, "不是密钥备份文件")
    old = tmp_path / "keys-clues-20200101T000000Z.jkeys"
    old.touch()
    assert operator.told("keys", "prune", str(tmp_path)) == {"deleted": [str(old)]}
