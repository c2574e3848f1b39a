"""`python -m shared.contracts.publication write|check|release`.

Exit codes: 0 done, 1 the check says no, 2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from shared.contracts.catalogue import CATALOGUE, Language
from shared.contracts.publication import files
from shared.contracts.publication import released as baseline
from shared.contracts.publication.compatibility import breaks
from shared.contracts.publication.contract import contracts_of
from shared.contracts.publication.field_schemas import CannotPublish

DOCS = Path(__file__).parents[3] / "docs" / "contracts"


def write(docs: Path, catalogue: Mapping[str, Language]) -> list[str]:
    """Write schemas and AsyncAPI document. Raises CannotPublish."""
    wanted = files.wanted(catalogue, baseline.load(docs))
    files.write(docs, wanted)
    return [f"{len(wanted)} documents are what the code gives."]


def check(docs: Path, catalogue: Mapping[str, Language]) -> list[str]:
    """What to tell when all is well. Raises Failed with what is not; CannotPublish."""
    released = baseline.load(docs)
    stale = files.stale(docs, files.wanted(catalogue, released))
    told = [f"{sentence}: run `make contracts` and commit docs/contracts." for sentence in stale]
    told += [str(broken) for broken in breaks(released, catalogue)]
    if told:
        raise Failed(told)
    new = [each.key for each in released.missing(contracts_of(catalogue))]
    return [
        "The published contracts are those of the code, and break no reader.",
        *_unreleased(new),
    ]


def release(docs: Path, catalogue: Mapping[str, Language]) -> list[str]:
    """Add what is new to released.json. Raises Failed when something released is broken."""
    released, current = baseline.load(docs), contracts_of(catalogue)
    if broken := breaks(released, catalogue):
        raise Failed([str(each) for each in broken])
    new = released.missing(current)
    docs.mkdir(parents=True, exist_ok=True)
    (docs / baseline.PATH).write_text(baseline.text_of(released.with_new(current)), "utf-8")
    return [*(f"released {each.key}" for each in new), f"{len(new)} new in {baseline.PATH}."]


class Failed(Exception):
    """What is wrong, a sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))


def _unreleased(keys: Sequence[str]) -> list[str]:
    if not keys:
        return []
    return [
        f"Not released yet, so not held to: {', '.join(keys)}. Before others are told of them:"
        " python -m shared.contracts.publication release"
    ]


COMMANDS = {"write": write, "check": check, "release": release}


def main(arguments: Sequence[str] | None = None, docs: Path = DOCS) -> int:
    """Run one of the commands on a folder of published documents; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m shared.contracts.publication",
        description="The published language as documents, and what holds the code to them.",
    )
    choices = parser.add_subparsers(dest="command", required=True)
    choices.add_parser("write", help="write docs/contracts from the code")
    choices.add_parser("check", help="say whether they are current and no reader would break")
    choices.add_parser("release", help="add new types and versions to released.json, for good")
    command = COMMANDS[parser.parse_args(arguments).command]
    try:
        sentences, out, code = command(docs, CATALOGUE), sys.stdout, 0
    except (Failed, CannotPublish) as no:
        sentences, out, code = [str(no)], sys.stderr, 1
    out.write("\n".join(sentences) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
