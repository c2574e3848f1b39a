"""Sections of GB/T 4754-2017 and the scheme's groups."""

from __future__ import annotations

import string

import pytest

from shared.contracts.registry.vocabulary import IndustryGroup
from shared.reference import industry


def test_there_are_the_twenty_sections_from_a_to_t() -> None:
    assert "".join(industry.SECTIONS) == string.ascii_uppercase[:20]
    assert industry.SECTIONS["C"] == "制造业"
    assert len(set(industry.SECTIONS.values())) == 20


def test_the_groups_are_those_of_the_published_vocabulary() -> None:
    groups = [group.value for group in IndustryGroup]
    assert list(industry.GROUPS) == list(industry.ADMITTED) == groups


def test_every_business_section_counts_in_exactly_one_group() -> None:
    for section in string.ascii_uppercase[:18]:
        admitting = [group for group in industry.ADMITTED if industry.admits(group, section)]
        assert admitting == [industry.group_of_section(section)]


@pytest.mark.parametrize(
    ("section", "group"),
    [("C", "manufacturing"), ("H", "services"), ("G", "services"), ("F", "retail")],
)
def test_the_speechs_examples_are_in_their_groups(section: str, group: str) -> None:
    assert industry.group_of_section(section) == group


def test_villages_and_chambers_are_of_section_s() -> None:
    assert industry.admits(IndustryGroup.VILLAGE_COMMUNITY, "S")
    assert industry.admits(IndustryGroup.CHAMBER, "S")
    assert not industry.admits(IndustryGroup.CHAMBER, "C")


@pytest.mark.parametrize("section", ["S", "T", "U", "c", "", "AB"])
def test_no_business_is_of_any_other_section(section: str) -> None:
    with pytest.raises(industry.NoIndustryGroup):
        industry.group_of_section(section)
