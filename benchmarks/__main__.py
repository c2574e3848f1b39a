"""`python -m benchmarks`: everything in one run, on servers of its own.

Exit codes: 0 measured (whatever the bars say), 1 a measurement failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import append, latency, machine, projection, rebuild, relay, subscription, verify
from benchmarks.bars import judge
from benchmarks.figures import Figure
from benchmarks.repetitions import Say
from benchmarks.servers import Servers, servers_in
from benchmarks.sizes import FULL, TINY, Sizes
from benchmarks.table import table, verdicts
from deploy.local.place import DEFAULT_RUN_DIR
from deploy.local.trouble import SetupError

Benchmark = Callable[[Servers, Sizes, Say], list[Figure]]

BENCHMARKS: dict[str, Benchmark] = {
    "append": append.figures,
    "relay": relay.figures,
    "projection": projection.figures,
    "subscription": subscription.figures,
    "rebuild": rebuild.figures,
    "verify": verify.figures,
    "latency": latency.figures,
}


def run(
    servers: Servers, sizes: Sizes, names: Sequence[str], output: Path, say: Say
) -> list[Figure]:
    """Measure, and write what was measured to `output` after each benchmark."""
    figures: list[Figure] = []
    for name in names:
        figures += BENCHMARKS[name](servers, sizes, say)
        plain = [figure.plain() for figure in figures]
        output.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8")
    return figures


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table and which bars hold."""
    options = _parser().parse_args(arguments)
    output = options.output or DEFAULT_RUN_DIR / ("tiny.json" if options.tiny else "bench.json")
    began = time.monotonic()
    try:
        with servers_in(options.run_dir, _say) as servers:
            told = [*machine.facts(servers.infrastructure), f"load before: {machine.load()}"]
            figures = run(
                servers,
                TINY if options.tiny else FULL,
                options.only or list(BENCHMARKS),
                output,
                partial(_progress, began),
            )
    except (SetupError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 1
    told += [f"load after: {machine.load()}", f"took {time.monotonic() - began:,.0f} s"]
    print("", *told, "", table(figures), "", sep="\n")
    if not options.tiny:
        print(verdicts(judge(figures)), "", sep="\n")
    print(f"Written to {output}.")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


def _progress(began: float, text: str) -> None:
    _say(f"[{time.monotonic() - began:5.0f} s] {text}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", choices=BENCHMARKS, metavar="NAME", help=", ".join(BENCHMARKS)
    )
    parser.add_argument(
        "--tiny", action="store_true", help="only show that everything runs; measures nothing"
    )
    parser.add_argument("--run-dir", type=Path, default=DEFAULT_RUN_DIR / "bench")
    parser.add_argument("--output", type=Path, help="default: .run/bench.json, not with --tiny")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
