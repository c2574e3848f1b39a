"""Industries: sections of GB/T 4754-2017, and the scheme's five groups over which it spreads.

Which sections a group takes in is our reading of the speech's examples (machinery, chemicals,
food; catering, hotels, logistics; mall, supermarket, convenience store), completed after the
National Bureau of Statistics' division into three sectors. Government bodies are of section S
too: who may apply is the registry's rule, not this table's.
"""

from __future__ import annotations

from collections.abc import Mapping

SECTIONS: Mapping[str, str] = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
"""Letter -> Chinese name."""

GROUPS: Mapping[str, str] = {
    "manufacturing": "制造业",
    "services": "服务业",
    "retail": "零售业",
    "village_community": "村（社区）",
    "chamber": "商（协）会组织",
}
"""Group -> Chinese name, in the order in which the speech counts them."""

ADMITTED: Mapping[str, frozenset[str]] = {
    # What makes goods; farming has no group of its own and counts here.
    "manufacturing": frozenset("ABCDE"),
    "services": frozenset("GHIJKLMNOPQR"),
    "retail": frozenset("F"),
    # Division 96, self-governing bodies of the people; division 95, associations.
    "village_community": frozenset("S"),
    "chamber": frozenset("S"),
}
"""Group -> sections that a unit of the group may have. T is in none: not a unit of a city."""

_BUSINESS_GROUPS = ("manufacturing", "services", "retail")


class NoIndustryGroup(LookupError):
    """A business of that section belongs to none of the scheme's groups."""


def admits(group: str, section: str) -> bool:
    """Whether a unit of `section` may stand in `group`. Raises KeyError for an unknown group."""
    return section in ADMITTED[group]


def group_of_section(section: str) -> str:
    """The one group in which a business of a section, A to R, counts. Raises NoIndustryGroup."""
    for group in _BUSINESS_GROUPS:
        if section in ADMITTED[group]:
            return group
    raise NoIndustryGroup(f"no business of section {section} has a group")
