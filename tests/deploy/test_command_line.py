"""`python -m deploy.local` and the Makefile: what a person types."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.place import DEFAULT_RUN_DIR, PROJECT, asked_run_dir

BOOTSTRAP = PROJECT / "deploy/local/bootstrap.sh"
SCRIPTS = [PROJECT / "deploy/local" / name for name in ("machine.sh", "node.sh", "browser.sh")]


def _local(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.local", *arguments],
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_status_of_nothing_says_no_and_is_one_json_document(tmp_path: Path) -> None:
    answer = _local("status", "--json", "--run-dir", str(tmp_path / "run"))
    assert answer.returncode == 1
    parts = json.loads(answer.stdout)["parts"]
    assert [part["name"] for part in parts][:2] == ["postgres", "rabbitmq"]
    assert not any(part["running"] for part in parts)


def test_status_has_a_line_for_each_part(tmp_path: Path) -> None:
    answer = _local("status", "--run-dir", str(tmp_path / "run"))
    assert all("stopped" in line for line in answer.stdout.splitlines())


def test_down_of_nothing_is_done(tmp_path: Path) -> None:
    answer = _local("down", "--run-dir", str(tmp_path / "run"))
    assert (answer.returncode, answer.stdout) == (0, "Nothing was started here.\n")


def test_wrong_use_is_2() -> None:
    assert _local("sideways").returncode == 2


def test_a_failure_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    unreachable = "postgresql://me:secret@127.0.0.1:1/postgres"
    answer = _local("up", "--run-dir", str(tmp_path / "run"), JIANDU_POSTGRES_URL=unreachable)
    assert answer.returncode == 1
    assert "from JIANDU_POSTGRES_URL) cannot be used" in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    makefile = (PROJECT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test", "check", "up", "down", "status"} <= targets
    assert set(re.findall(r"^  make ([a-z]+) ", listed, re.MULTILINE)) == targets


def test_no_file_of_set_up_names_a_package_index() -> None:
    files = [PROJECT / "Makefile", BOOTSTRAP, *SCRIPTS, PROJECT / ".ci/run", PROJECT / ".npmrc"]
    files += (PROJECT / "requirements").glob("*")
    for path in files:
        assert not re.search(r"https?://|--index-url[ =]\S|registry *=", path.read_text()), path
    assert '"resolved"' not in (PROJECT / "package-lock.json").read_text()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as the bootstrap looks at; its package needs nothing."""
    (tmp_path / "deploy/local").mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    for script in (BOOTSTRAP, *SCRIPTS):
        (tmp_path / "deploy/local" / script.name).write_bytes(script.read_bytes())
    for name in ("base.txt", "dev.txt"):
        (tmp_path / "requirements" / name).write_text("")
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def test_without_a_python_the_way_on_is_told(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("dirname", "mkdir", "sha256sum", "cat", "id"):
        found = subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True, text=True)
        (tools / name).symlink_to(found.stdout.strip())
    answer = subprocess.run(
        ["/bin/sh", "deploy/local/bootstrap.sh"],
        cwd=checkout,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == (
        "Python 3.11 or later is not installed. Install it (on Debian 12: apt-get install "
        "python3 python3-venv), or run this as root or as a user with passwordless sudo, and it "
        "is installed for you.\n"
    )


# In place of Python: it can everything but make a virtualenv that has pip, which takes a while.
QUICK_PYTHON = f"""#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec {sys.executable} "$@"
mkdir -p "$3/bin" && printf '#!/bin/sh\\nexit 1\\n' > "$3/bin/python" && chmod 755 "$3/bin/python"
"""


def test_a_half_made_venv_is_made_anew(checkout: Path, tmp_path: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/half").touch()
    (tmp_path / "python3.11").write_text(QUICK_PYTHON)
    (tmp_path / "python3.11").chmod(0o755)
    answer = subprocess.run(
        ["/bin/sh", "deploy/local/bootstrap.sh"],
        cwd=checkout,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"Making the virtual environment .venv with {tmp_path}/python3.11." in answer.stdout
    assert not (checkout / ".venv/half").exists()
    assert answer.returncode == 1
    assert answer.stderr.startswith("pip could not install the locked packages")
    assert (checkout / ".venv/.jiandu-installing").exists()
    assert not (checkout / ".venv/.jiandu-installed").exists()


def test_the_environment_names_the_run_folder_for_everything_that_asks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JIANDU_RUN_DIR", str(tmp_path))
    assert asked_run_dir() == tmp_path
    monkeypatch.setenv("JIANDU_RUN_DIR", "")
    assert asked_run_dir() == DEFAULT_RUN_DIR
