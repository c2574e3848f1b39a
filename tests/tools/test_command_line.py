"""The second verifier as an auditor runs it: one file, in a process of its own."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.contracts.stored import leaf, public_form
from shared.eventlog.merkle import inclusion_proof
from tests.tools.making import (
    KEY_TEXT,
    STRANGER,
    as_bytes,
    export_lines,
    invented_events,
    note_over,
)
from tools import verify_log

SCRIPT = Path(verify_log.__file__)


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", SCRIPT, *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1"}
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.jsonl"
    path.write_bytes(as_bytes(export_lines(invented_events(9), [4, 7])))
    return path


@pytest.fixture
def proved(tmp_path: Path) -> tuple[Path, Path]:
    """A proof file and the public form that it is for."""
    recorded = invented_events(9)
    leaves = [leaf(each.event) for each in recorded]
    steps = [step.hex() for step in inclusion_proof(leaves, 5, 7)]
    proof = {"position": 6, "size": 7, "proof": steps, "checkpoint": note_over(leaves[:7])}
    proof_file, form_file = tmp_path / "proof.json", tmp_path / "form.json"
    proof_file.write_text(json.dumps(proof, indent=2), encoding="utf-8")
    form_file.write_text(json.dumps(public_form(recorded[5])), encoding="utf-8")
    return proof_file, form_file


def test_it_imports_the_standard_library_and_cryptography_only() -> None:
    names = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module).split(".")[0])
    assert names - set(sys.stdlib_module_names) == {"cryptography"}


def test_a_good_export_is_told_in_chinese_and_ends_with_0(export: Path) -> None:
    ended = run(export, "--key", KEY_TEXT, cwd=export.parent)
    assert ended.returncode == 0, ended.stderr
    assert "日志已核验" in ended.stdout
    assert "第 8 至 9 条尚未签署" in ended.stdout


def test_json_output_is_one_document(export: Path) -> None:
    told = json.loads(run(export, "--key", KEY_TEXT, "--json", cwd=export.parent).stdout)
    assert (told["accepted"], told["size"], told["signed_size"]) == (True, 9, 7)
    assert [each["size"] for each in told["checkpoints"]] == [4, 7]
    assert told["root"] == json.loads(export.read_bytes().splitlines()[-1])["root"]


def test_an_unsigned_export_says_that_nothing_was_signed(export: Path) -> None:
    export.write_bytes(as_bytes(export_lines(invented_events(3), [])))
    ended = run(export, "--key", KEY_TEXT, cwd=export.parent)
    assert (ended.returncode, "无人签署" in ended.stdout) == (0, True)


def test_a_bad_export_ends_with_1_and_names_the_line(export: Path) -> None:
    export.write_bytes(export.read_bytes().replace(b'"position": 3', b'"position": 4'))
    ended = run(export, "--key", KEY_TEXT, cwd=export.parent)
    assert (ended.returncode, "第 4 行" in ended.stdout) == (1, True)
    told = json.loads(run(export, "--key", KEY_TEXT, "--json", cwd=export.parent).stdout)
    assert (told["accepted"], told["reason"], told["line"]) == (False, "position", 4)


def test_wrong_use_ends_with_2(export: Path, proved: tuple[Path, Path]) -> None:
    proof, form = proved
    broken_key = KEY_TEXT.replace("registry+", "registrx+")
    for arguments in (
        [export],
        [export, "--key", "nonsense"],
        [export, "--key", broken_key],
        [export, "--key", KEY_TEXT, "--proof", proof, "--event", form],
        ["--key", KEY_TEXT],
        ["--key", KEY_TEXT, "--proof", proof],
        [export.parent / "absent", "--key", KEY_TEXT],
        [export.parent, "--key", KEY_TEXT],
    ):
        ended = run(*arguments, cwd=export.parent)
        assert ended.returncode == 2, arguments
        assert ended.stderr, arguments
        assert "Traceback" not in ended.stderr


def test_an_inclusion_proof_holds_for_its_public_form(proved: tuple[Path, Path]) -> None:
    proof, form = proved
    ended = run("--proof", proof, "--event", form, "--key", KEY_TEXT, cwd=form.parent)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "第 6 条" in ended.stdout


@pytest.mark.parametrize("change", ["data", "position", "size", "proof", "checkpoint", "log"])
def test_an_inclusion_proof_does_not_hold_for_anything_else(
    proved: tuple[Path, Path], change: str
) -> None:
    proof_file, form_file = proved
    proof, form = json.loads(proof_file.read_bytes()), json.loads(form_file.read_bytes())
    match change:
        case "data":
            form["data"]["data"]["count"] = 7
        case "log":
            form["data"]["log"] = "assessment"
        case "position" | "size":
            proof[change] -= 1
        case "proof":
            proof["proof"].pop()
        case "checkpoint":
            recorded = invented_events(7)
            leaves = [leaf(each.event) for each in recorded]
            proof["checkpoint"] = note_over(leaves, STRANGER)
    proof_file.write_text(json.dumps(proof), encoding="utf-8")
    form_file.write_text(json.dumps(form), encoding="utf-8")
    ended = run(
        "--proof", proof_file, "--event", form_file, "--key", KEY_TEXT, cwd=form_file.parent
    )
    assert (ended.returncode, "未通过核验" in ended.stdout) == (1, True)
