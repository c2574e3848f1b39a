"""The form of a batch's data: the examples fit it, and whatever does not is named by its line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from deploy.local.place import PROJECT
from examples.play import course, form, lines

EXAMPLES = PROJECT / "examples"
NINE = EXAMPLES / "nine_districts"
FIRST = EXAMPLES / "first_batch/data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example, to break."""
    return Path(shutil.copytree(NINE, tmp_path / "broken"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(form.SCHEMA)


@pytest.mark.parametrize("example", [NINE, FIRST], ids=["nine districts", "first batch"])
def test_the_examples_fit_the_schema_as_any_validator_reads_it(example: Path) -> None:
    batch = form.read(example)
    documents = {
        name: json.loads((example / file).read_text("utf-8"))
        for name, file in form.FILES.items()
        if file.endswith(".json")
    }
    rows = [
        {name: value for name, value in vars(its).items() if value is not None}
        for its in batch.districts
    ]
    Draft202012Validator(form.SCHEMA).validate({**documents, "districts": rows})


def test_the_second_example_has_everything_that_the_first_has_not() -> None:
    batch = form.read(NINE)
    assert (len(batch.applicants), len(batch.districts)) == (60, 9)
    assert {its.division for its in batch.applicants} == {its.division for its in batch.districts}
    assert Counter(course.expected(batch).values()) == {
        "designated": 34,
        "rejected": 12,
        "withdrawn": 5,
        "lapsed": 4,
        "left_out": 3,
        "reserve": 2,
    }
    assert len(course.sustained(batch)) == 3
    failed, held = course.decisions(batch)
    assert failed.meeting.adjourned
    assert [its.key for its in held.promoted] == list(held.meeting.reserves[:3])


def test_no_unit_of_an_example_shares_code_or_phone_with_one_of_another() -> None:
    units = [its for example in (NINE, FIRST) for its in form.read(example).applicants]
    for name in ("unit_name", "credit_code", "contact_phone"):
        values = [its.application[name] for its in units if its.application[name] is not None]
        assert len(values) == len(set(values)), name


WRONG: list[tuple[str, Any, str, str]] = [
    ("applicants.json", '"staff": 94', '"staff": "94"', "应为整数"),
    ("applicants.json", '"key": "tea-oil"', '"key": "dried-tofu"', "重复"),
    ("applicants.json", '"line": "服装"', '"lime": "服装"', "没有这个字段"),
    ("applicants.json", '"trade": "transport"', '"trade": "flying"', "只能是"),
    ("applicants.json", '"trade": "storage"', '"trade": "storage",,', "双引号|有效的 JSON"),
    ("applicants.json", '"division": "430225"', '"division": "430226"', "不在 districts.csv 中"),
    ("applicants.json", '"after": "submission"', '"after": "lunch"', "只能是"),
    ("applicants.json", '"0731-00001003"', '"1003"', "格式不符"),
    ("batch.json", '"opens": 0', '"opens": -1', "不能小于 0"),
    ("batch.json", '"closes": 14', '"closes": 14, "closes": 15', "重复"),
    ("batch.json", '"day": 23', '"day": 20', "应晚于第 21 日"),
    (
        "batch.json",
        '"groups": {\n      "manufacturing": 17',
        '"groups": {"manufacturing": 18',
        "与名额 34 个不符",
    ),
    ("batch.json", '"applicant": "tailor"', '"applicant": "nobody"', "不是审查合格"),
    ("objections.json", '"contact_name": null', '"contact_name": "某某"', "应为空"),
    ("objections.json", '"applicant": "express"', '"applicant": "tailor"', "没有公示"),
    ("batch.json", '"bodies"', '"parties"', "没有这个字段"),
    ("applicants.json", '"view": "supports"', '"sight": "supports"', "没有这个字段"),
    ("checks.json", '"wage_arrears"', '"wages"', "没有这个字段"),
    ("districts.csv", "430224,茶陵县,60700", "430224,茶陵县,多", "应为整数"),
    ("districts.csv", "430224,茶陵县,60700", "430224,60700", "应有 5 列"),
]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"), WRONG, ids=[f"{its[0]}:{its[2]}" for its in WRONG]
)
def test_what_is_wrong_is_named_with_its_file_and_line(
    folder: Path, file: str, right: str, wrong: str, told: str
) -> None:
    assert_is_told(folder, file, right, wrong, told)


WRONG_GROUP: list[tuple[str, str, str, str]] = [
    ("batch.json", '"key": "reviewer-2"', '"key": "reviewer"', "与前面的重复"),
    ("batch.json", '"people": [', '"people": [{"key": "fourth", "name": "某某"},', "列出 4 人"),
    ("applicants.json", '"member": "reviewer-2"', '"member": "nobody"', "不是审查小组成员"),
    ("applicants.json", '"votes_for": 1', '"votes_for": 2', "可以表决的只有 3 人"),
]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"), WRONG_GROUP, ids=[its[3] for its in WRONG_GROUP]
)
def test_what_is_wrong_with_a_group_that_votes_is_named_too(
    tmp_path: Path, file: str, right: str, wrong: str, told: str
) -> None:
    folder = Path(shutil.copytree(FIRST, tmp_path / "broken"))
    assert_is_told(folder, file, right, wrong, told)


def assert_is_told(folder: Path, file: str, right: str, wrong: str, told: str) -> None:
    """Break one line of a file, and find it named."""
    text = (folder / file).read_text("utf-8")
    assert right in text
    line = text[: text.index(right)].count("\n") + 1
    (folder / file).write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(form.FormError) as refused:
        form.read(folder)
    found = [its for its in refused.value.problems if (its.file, its.line) == (file, line)]
    assert any(word in its.told for its in found for word in told.split("|")), refused.value


def test_all_that_is_wrong_is_told_at_once_and_files_that_are_not_there_too(folder: Path) -> None:
    (folder / "objections.json").unlink()
    text = (folder / "batch.json").read_text("utf-8")
    (folder / "batch.json").write_text(text.replace('"places": 34', '"places": "many"'), "utf-8")
    with pytest.raises(form.FormError) as refused:
        form.read(folder)
    assert {its.file for its in refused.value.problems} == {"batch.json", "objections.json"}


def test_the_command_says_no_to_broken_data_before_it_touches_anything(folder: Path) -> None:
    (folder / "batch.json").write_text("[]", "utf-8")
    command = [sys.executable, "-m", "examples.play", str(folder)]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "batch.json 第 1 行" in ended.stderr


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 0, 2]))
def test_json_is_read_as_the_standard_library_reads_it(value: Any, indent: int | None) -> None:
    read, at = lines.read(json.dumps(value, indent=indent, ensure_ascii=False))
    assert read == value
    assert all(line >= 1 for line in at.values())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a field is there twice")
    return dict(pairs)


@given(st.text(st.sampled_from('{}[],:"a1 \n')))
def test_what_is_no_json_is_refused_with_a_line_of_the_text(text: str) -> None:
    try:
        expected = json.loads(text, object_pairs_hook=_once)
    except ValueError:
        with pytest.raises(lines.NotJson) as refused:
            lines.read(text)
        assert 1 <= refused.value.line <= text.count("\n") + 1
    else:
        assert lines.read(text)[0] == expected
