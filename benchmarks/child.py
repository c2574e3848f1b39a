"""Runs one measurement in a process of its own: `python -m benchmarks.child MODULE < given.json`.

So no variant inherits memory, threads or patched modules from another. A module to be measured
has `measure(**given)`, which returns plain JSON values. Nothing heavy is imported here, because
some of them must patch the standard library first.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_PROJECT = Path(__file__).parent.parent
_LONGEST_SECONDS = 600


def run(module: str, **given: Any) -> dict[str, Any]:
    """What `benchmarks.<module>.measure(**given)` returns. Raises RuntimeError with its stderr."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", f"benchmarks.{module}"],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=_PROJECT,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    if answer.returncode != 0:
        raise RuntimeError(f"benchmarks.{module} failed:\n{answer.stderr[-4000:]}")
    result: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return result


def rate(module: str, **given: Any) -> float:
    """`count` of what was done by `seconds` it took, as `measure` returned them."""
    result = run(module, **given)
    return float(result["count"] / result["seconds"])


def main(module: str) -> None:
    """Measure as stdin says, print the result as the last line."""
    measured = importlib.import_module(module).measure(**json.load(sys.stdin))
    print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
