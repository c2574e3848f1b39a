"""`python -m deploy.local up|down|status|infra`.

Exit codes: 0 done, 1 it says no, 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

from deploy.local.infrastructure import ensure
from deploy.local.place import asked_run_dir
from deploy.local.status import line, status
from deploy.local.supervision import down, up
from deploy.local.trouble import SetupError

_say = partial(print, flush=True)


def main(arguments: list[str]) -> int:
    """Run one command; a failure is told in a sentence on stderr, never as a traceback."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Run it again to go on, or `make down` to stop.", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    run_dir: Path = options.run_dir
    if options.command == "up":
        environment = up(run_dir, _say)
        _say("Everything is up. `make status` shows the parts, `make down` stops them.")
        _say(f"The portal is at {environment['JIANDU_PORTAL_URL']}")
    elif options.command == "down":
        down(run_dir, _say, erase=options.erase)
    elif options.command == "infra":
        servers = ensure(run_dir, partial(print, file=sys.stderr, flush=True))
        _say(json.dumps(asdict(servers), indent=2))
    else:
        parts = status(run_dir)
        _say(
            json.dumps({"parts": parts}, ensure_ascii=False)
            if options.json
            else "\n".join(line(part) for part in parts)
        )
        return 0 if all(part["ready"] for part in parts) else 1
    return 0


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--run-dir",
        type=Path,
        default=asked_run_dir(),
        help="where everything lies that is started or remembered (default: .run in the checkout)",
    )
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("up", parents=[common], help="start servers and services, or heal them")
    stop = commands.add_parser("down", parents=[common], help="stop all that was started")
    stop.add_argument("--erase", action="store_true", help="delete the private servers' data too")
    tell = commands.add_parser("status", parents=[common], help="one line for each part")
    tell.add_argument("--json", action="store_true", help="one JSON document instead")
    commands.add_parser("infra", parents=[common], help="servers only; prints their addresses")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
