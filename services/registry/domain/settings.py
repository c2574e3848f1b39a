"""The figures of the scheme; how they hold from one day to the next, `shared.contracts.figures`.

A new figure is a field of `Settings` and nothing else: commands, events and queries name figures
by their fields.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shared.contracts import figures
from shared.contracts.figures import Change as Change
from shared.contracts.figures import figure, figures_of
from shared.contracts.registry.events import SizeLimits


@dataclass(frozen=True)
class Settings:
    """The registry's figures (rules.md sections 1 and 3). `*_days` are working days, but for
    those whose name for people says otherwise.
    """

    output_percent: int = figure(50, 0, 100, "名额测算中经济总量的权重（百分比）")
    district_places: int = figure(1, 0, 100, "名额测算中每个区县的最低数（家）")
    formal_check_days: int = figure(5, 1, 60, "形式审查期限（工作日）")
    supplement_days: int = figure(5, 1, 60, "补正期限（工作日）")
    penalty_years: int = figure(1, 1, 10, "行政处罚存疑年限（年）")
    quorum_percent: int = figure(50, 1, 99, "集体研究到会比例（须超过，百分比）")
    notice_days: int = figure(7, 1, 60, "公示期（整日，自发布次日起算）")
    opinion_days: int = figure(5, 1, 60, "征求意见期限（工作日）")
    objection_days: int = figure(10, 1, 60, "异议核实期限（工作日）")
    objection_extension_days: int = figure(5, 1, 60, "异议核实延长期限（工作日）")
    term_years: int = figure(3, 1, 10, "联系点管理期限（年）")
    most_terms: int = figure(2, 1, 10, "联系点连任届数上限（届）")
    term_break_years: int = figure(3, 1, 30, "退出后重新计算届数的间隔（年，自退出之日起）")
    first_reminder_days: int = figure(90, 1, 365, "期满第一次提醒（提前日历日）")
    second_reminder_days: int = figure(30, 1, 365, "期满第二次提醒（提前日历日）")
    renewal_window_days: int = figure(180, 1, 3650, "续期受理和研究的起始（期满前日历日）")
    defence_days: int = figure(5, 1, 60, "退出陈述申辩期限（工作日）")
    plaque_return_days: int = figure(10, 1, 60, "退出后交回牌匾期限（工作日）")
    file_mib: int = figure(20, 1, 64, "单个材料文件上限（MiB）")
    documents_per_application: int = figure(40, 1, 200, "每份申报的材料上限（份，含已撤回）")
    review_group_required: int = figure(1, 0, 1, "须由资格审查小组作出结论（1 为是，0 为否）")
    visits_required: int = figure(1, 0, 10, "作出结论前走访、座谈的最少次数（次）")
    opinions_required: int = figure(
        1, 0, 1, "作出结论前须征求街道（社区）和行政执法机关意见（1 为是，0 为否）"
    )
    documents_required: int = figure(0, 0, 1, "材料不齐不得通过形式审查（1 为是，0 为否）")


FIGURES = figures_of(Settings)
"""Every figure there is, by name."""


@dataclass(frozen=True)
class SizeChange:
    """Size limits that hold from the day `since` on, for the trades they name."""

    since: dt.date
    limits: tuple[SizeLimits, ...]


@dataclass(frozen=True)
class Schedule(figures.Schedule[Settings]):
    """All changes, by their day and for one day as they were made; before them holds `base`."""

    base: Settings = Settings()
