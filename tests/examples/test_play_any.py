"""Any batch of the form is played over real services, and every unit ends as its data say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from deploy.local.place import PROJECT
from examples.play import course, form
from tests.system.installation import Installation

pytestmark = pytest.mark.timeout(900)

PLAY_SECONDS = 600
"""How long the largest example may take, on a machine that does other things too."""

NINE = PROJECT / "examples/nine_districts"


def test_a_batch_that_somebody_else_wrote_is_played_without_a_change(
    system: Installation, tmp_path: Path
) -> None:
    folder = _smallest(tmp_path / "somebody_else")
    told = _played(system, folder)
    assert told == {"chips": "designated", "dairy": "rejected"}


@pytest.mark.long
def test_the_batch_of_nine_districts_ends_as_its_data_say(system: Installation) -> None:
    told = _played(system, NINE)
    assert told == course.expected(form.read(NINE))
    assert Counter(told.values())["designated"] == 34
    before = _head(system)
    assert _played(system, NINE) == told
    assert _head(system) == before


def _played(system: Installation, folder: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "examples.play", str(folder)]
    ended = subprocess.run(
        [*command, "--run-dir", str(system.place.root)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=PLAY_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads((system.place.root / f"{folder.name}.json").read_text("utf-8"))
    units: dict[str, str] = told["units"]
    return units


def _head(system: Installation) -> int:
    with system.client() as client:
        return int(client.ask("registry", "head"))


def _smallest(folder: Path) -> Path:
    """Two units of one district, of which a notice brings one down."""
    folder.mkdir()
    units = json.loads((NINE / "applicants.json").read_text("utf-8"))
    batch: dict[str, Any] = {
        "division": "430200",
        "title": "小批次",
        "places": 2,
        "days": {"opens": 0, "closes": 1},
        "review_group": {"members": 3},
        "meetings": [
            {
                "day": 2,
                "deliberation": {"members": 3, "present": 3, "minutes": "同意列入。"},
                "notice": "拟确定名单公示。",
            }
        ],
    }
    objection = {
        "key": "objection",
        "applicant": "dairy",
        "anonymous": True,
        "facts": "该公司上月被查封了一条生产线。",
        "outcome": "sustained",
        "reasons": "查封属实。",
    }
    # Other units than those of the example: none is a point already when that is played.
    chosen = {its["key"]: its for its in units if its["key"] in ("chips", "dairy")}
    codes = {"chips": "91430211YYYY90001M", "dairy": "91430211YYYY90002Q"}
    documents = {
        "batch": batch,
        "applicants": [
            {**its, "credit_code": codes[key], "unit_name": f"另{its['unit_name']}"}
            for key, its in chosen.items()
        ],
        "objections": [objection],
    }
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False, indent=2)
        (folder / form.FILES[name]).write_text(text, "utf-8")
    for name in ("checks", "districts"):
        file = form.FILES[name]
        (folder / file).write_text((NINE / file).read_text("utf-8"), "utf-8")
    return folder
