"""The browser that tests and screenshots drive: the one named, or the machine's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.local.browser import CHROMIUM, chromium
from deploy.local.trouble import SetupError


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_one_on_path_is_found(program: Path) -> None:
    assert chromium({"PATH": str(program.parent)}) == program


def test_one_that_is_named_comes_first(program: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.symlink_to(program)
    assert chromium({"PATH": str(program.parent), CHROMIUM: str(own)}) == own


def test_a_name_of_no_program_is_told(program: Path) -> None:
    with pytest.raises(SetupError, match="is no program"):
        chromium({"PATH": str(program.parent), CHROMIUM: str(program.with_name("none"))})


def test_without_any_the_three_ways_are_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="There are three ways on"):
        chromium({"PATH": str(tmp_path)})
