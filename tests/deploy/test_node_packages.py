"""What pages load is installed by npm as locked, once, and anew after a run that was killed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from deploy.local.place import PROJECT

INSTALL = (
    ". deploy/local/machine.sh; . deploy/local/node.sh; node_is_installed || install_node_packages"
)
STAMP = "node_modules/.jiandu-installed"

# In place of npm: does as `npm ci` does to the folder, and counts.
NPM = """#!/bin/sh
[ "$1" = ci ] || exit 9
rm -rf node_modules && mkdir node_modules && echo ran >> npm.log
[ ! -e broken ] || exit 1
touch node_modules/whole
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as npm's part of the bootstrap looks at."""
    (tmp_path / "deploy/local").mkdir(parents=True)
    for name in ("deploy/local/machine.sh", "deploy/local/node.sh"):
        (tmp_path / name).write_bytes((PROJECT / name).read_bytes())
    for name in ("package.json", "package-lock.json", ".npmrc"):
        (tmp_path / name).write_text("{}\n")
    _program(tmp_path / "bin/npm", NPM)
    _program(tmp_path / "bin/node", "#!/bin/sh\nexit 0\n")
    return tmp_path


def test_the_locked_packages_are_installed_once(checkout: Path) -> None:
    for _ in range(2):
        assert _install(checkout).returncode == 0
    assert (checkout / "npm.log").read_text() == "ran\n"


def test_another_lock_is_installed_in_place_of_the_old(checkout: Path) -> None:
    _install(checkout)
    (checkout / "package-lock.json").write_text('{"other": true}\n')
    assert _install(checkout).returncode == 0
    assert (checkout / "npm.log").read_text() == "ran\nran\n"


def test_what_a_killed_run_left_is_installed_anew(checkout: Path) -> None:
    (checkout / "node_modules").mkdir()
    (checkout / "node_modules/half").touch()
    assert _install(checkout).returncode == 0
    assert not (checkout / "node_modules/half").exists()
    assert (checkout / STAMP).exists()


def test_a_failure_of_npm_tells_the_way_on_and_leaves_no_stamp(checkout: Path) -> None:
    (checkout / "broken").touch()
    answer = _install(checkout)
    assert answer.returncode == 1
    assert answer.stderr.startswith("npm could not install the locked packages")
    assert not (checkout / STAMP).exists()


def test_without_node_and_the_right_to_install_it_the_way_on_is_told(checkout: Path) -> None:
    (checkout / "bin/node").unlink()
    _link(checkout, "cat", "sha256sum", "id")
    answer = _install(checkout, str(checkout / "bin"))
    assert answer.returncode == 1
    assert answer.stderr == (
        "Node.js 18 or later with npm is not installed. Install it (on Debian 12: apt-get install "
        "nodejs npm), or run this as root or as a user with passwordless sudo, and it is installed "
        "for you.\n"
    )


def test_a_node_that_is_too_old_is_told(checkout: Path) -> None:
    _program(checkout / "bin/node", "#!/bin/sh\nexit 1\n")
    answer = _install(checkout)
    assert answer.returncode == 1
    assert answer.stderr.startswith("This system's Node.js is older than 18")


def _install(checkout: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-euc", INSTALL],
        cwd=checkout,
        env={"PATH": path or f"{checkout / 'bin'}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def _link(checkout: Path, *names: str) -> None:
    for name in names:
        found = subprocess.run(["sh", "-c", f"command -v {name}"], capture_output=True, text=True)
        (checkout / "bin" / name).symlink_to(found.stdout.strip())
