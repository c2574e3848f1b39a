"""What the second verifier accepts, what it refuses, and which line it names."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest

from shared.contracts import canonical as first_canonical
from shared.contracts.stored import from_internal_form, leaf
from shared.eventlog import checkpoint
from shared.eventlog.merkle import root
from tests.tools.making import (
    KEY,
    LOG,
    SIGNER,
    STRANGER,
    Line,
    as_bytes,
    export_lines,
    invented_events,
    judged,
    note_over,
)
from tools.verify_log import Problem, canonical, strict_json, verify_export


def problem_of(content: bytes) -> Problem:
    with pytest.raises(Problem) as caught:
        judged(content)
    return caught.value


def small_export() -> list[Line]:
    return export_lines(invented_events(6), [2, 6])


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 100, 1000])
def test_exports_of_every_size_are_accepted_with_the_root_that_the_first_verifier_finds(
    size: int,
) -> None:
    lines = export_lines(invented_events(size, seed=size), sorted({0, size // 2, size}))
    found = judged(as_bytes(lines))
    events = [line["event"] for line in lines if "event" in line]
    leaves = [leaf(from_internal_form(event).event) for event in events]
    assert (found.size, found.root, found.signed_size) == (size, root(leaves), size)
    assert [each.root for each in found.checkpoints] == [
        root(leaves[: each.size]) for each in found.checkpoints
    ]


def test_white_space_and_the_order_of_keys_do_not_matter() -> None:
    lines = [dict(reversed(line.items())) for line in small_export()]
    content = b"".join(b" " + json.dumps(line).encode() + b" \r\n" for line in lines)
    assert judged(content).root == judged(as_bytes(small_export())).root


def test_an_unsigned_end_is_told_from_the_signed_beginning() -> None:
    assert judged(as_bytes(export_lines(invented_events(6), [2, 4]))).signed_size == 4
    assert judged(as_bytes(export_lines(invented_events(6), []))).signed_size == 0


def test_signatures_of_others_beside_the_logs_own_are_ignored() -> None:
    lines = small_export()
    stranger = note_over([], STRANGER).split("\n\n")[1]
    lines[-2]["checkpoint"] += stranger
    assert judged(as_bytes(lines)).signed_size == 6
    lines[-2]["checkpoint"] = lines[-2]["checkpoint"].split("\n\n")[0] + "\n\n" + stranger
    assert problem_of(as_bytes(lines)).reason == "unsigned"


def test_extension_lines_of_a_checkpoint_are_signed_text() -> None:
    lines, found = small_export(), judged(as_bytes(small_export()))
    head = checkpoint.Checkpoint(f"jiandu/{LOG}", 6, found.root, ("time 2026",))
    lines[-2]["checkpoint"] = checkpoint.sign(head, f"jiandu/{LOG}", SIGNER)
    assert judged(as_bytes(lines)).signed_size == 6
    lines[-2]["checkpoint"] = lines[-2]["checkpoint"].replace("2026", "2027")
    assert problem_of(as_bytes(lines)).reason == "signature"


def test_what_no_leaf_binds_can_be_changed_unnoticed() -> None:
    """The limits that docs/audit-format.md section 4 owns up to: known here, not wished for."""
    lines = small_export()
    lines[-4]["event"]["sequenced_at"] = lines[-5]["event"]["sequenced_at"]
    event = lines[1]["event"]
    event["sealed"]["phone"]["subject"] = "somebody else"
    assert judged(as_bytes(lines)).root == judged(as_bytes(small_export())).root


def test_an_internal_value_cannot_be_shown_as_a_sealed_one() -> None:
    lines = small_export()
    event = lines[1]["event"]
    reason = event["internal"].pop("reason")
    both = base64.b64decode(reason["salt"]) + canonical(reason["value"])
    event["sealed"]["reason"] = {"subject": "", "ciphertext": base64.b64encode(both).decode()}
    problem = problem_of(as_bytes(lines))
    assert (problem.reason, problem.line) == ("leaf", 2)


def test_a_time_of_numbering_that_goes_back_is_refused() -> None:
    lines = small_export()
    lines[3]["event"]["sequenced_at"] = "2020-01-01T00:00:00.000000Z"
    problem = problem_of(as_bytes(lines))
    assert (problem.reason, problem.line) == ("sequenced_at", 4)


def test_a_version_that_is_left_out_of_a_stream_is_refused() -> None:
    lines = small_export()
    lines[1]["event"]["version"] = 2
    problem = problem_of(as_bytes(lines))
    assert (problem.reason, problem.line) == ("version", 2)


@pytest.mark.parametrize(
    ("name", "another"),
    [
        ("occurred_at", "2026-01-05T04:00:00.000000Z"),
        ("command_id", "00000000-0000-4000-8000-000000000000"),
    ],
)
def test_a_withheld_value_that_is_not_the_events_own_is_refused(name: str, another: str) -> None:
    lines = export_lines(invented_events(20), [])
    at = next(n for n, line in enumerate(lines[1:-1], 1) if name in _withheld(line))
    lines[at]["event"][name] = another
    problem = problem_of(as_bytes(lines))
    assert (problem.reason, problem.line) == (name, at + 1)


def test_the_first_problem_is_named_with_its_line() -> None:
    lines = small_export()
    lines[4]["leaf"] = "0" * 64
    lines[-1]["root"] = "0" * 64
    problem = problem_of(as_bytes(lines))
    assert (problem.reason, problem.line) == ("leaf", 5)


@pytest.mark.parametrize(
    ("number", "reason"), [(1, "size"), (-3, "size"), (-2, "checkpoint"), (-1, "root")]
)
def test_checkpoints_and_root_must_be_over_these_very_leaves(number: int, reason: str) -> None:
    lines, other = small_export(), export_lines(invented_events(6, seed=2), [2, 6])
    if number == 1:
        lines[0]["size"] = 5
    elif number == -3:
        lines[0]["size"] = 7
    else:
        lines[number] = other[number]
    assert problem_of(as_bytes(lines)).reason == reason


def test_sizes_of_checkpoints_rise_and_stay_within_the_log() -> None:
    for signed_at, reason in (([6, 2], "order"), ([2, 2], "order"), ([], "size")):
        lines = export_lines(invented_events(6), signed_at)
        if not signed_at:
            lines.insert(-1, {"checkpoint": note_over([bytes(32)] * 7)})
        assert problem_of(as_bytes(lines)).reason == reason


def test_a_checkpoint_of_another_log_and_a_key_of_another_log_are_refused() -> None:
    lines = small_export()
    head = checkpoint.Checkpoint("jiandu/assessment", 6, judged(as_bytes(lines)).root)
    lines[-2]["checkpoint"] = checkpoint.sign(head, "jiandu/registry", SIGNER)
    assert problem_of(as_bytes(lines)).reason == "origin"
    lines = small_export()
    lines[0] |= {"log": "assessment", "origin": "jiandu/assessment"}
    assert problem_of(as_bytes(lines)).reason == "origin"


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"a":{"b":1,"\\u0062":2}}',
        "1.0",
        "1e3",
        "-0",
        "01",
        "9007199254740992",
        "-9007199254740992",
        "9" * 5000,
        "NaN",
        "Infinity",
        "-Infinity",
        '"\\ud800"',
        '["\\udc00\\ud800"]',
        '"\\u0000"',
        '"\n"',
        '{"键":1}',
        '{"\\u007f":1}',
        "[1,]",
        "1 2",
        "",
        "\ufeff1",
        "[" * 100_000,
    ],
)
def test_json_outside_the_subset_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        strict_json(text.encode())


def test_broken_utf8_is_refused() -> None:
    for raw in (b'"\xff"', b'"\xed\xa0\x80"', b'"\xc0\xaf"'):
        with pytest.raises(Problem):
            strict_json(raw)


@pytest.mark.parametrize(
    "value", ['\x01\x1f\x7f\b\f\n\r\t"\\/', "😀\u2028键", 2**53 - 1, {"b": [None, True], "a": {}}]
)
def test_canonical_json_is_that_of_the_first_implementation(value: Any) -> None:
    assert canonical(strict_json(json.dumps(value).encode())) == first_canonical.encode(value)


def test_an_export_is_read_once_and_needs_no_seeking() -> None:
    class Pipe(io.BytesIO):
        def seek(self, *_: Any) -> int:
            raise OSError("a pipe has no places")

    assert verify_export(Pipe(as_bytes(small_export())), KEY).size == 6


def _withheld(line: Line) -> dict[str, Any]:
    return dict(line["event"]["withheld"])
