"""The figures of the scheme; how they hold from one day to the next, `shared.contracts.figures`.

A new figure is a field of `Settings` and nothing else: commands, events and queries name figures
by their fields.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from shared.contracts import figures
from shared.contracts.figures import Basis, figure, figures_of
from shared.contracts.figures import Change as Change
from shared.contracts.registry.events import SizeLimits

_B = Basis


@dataclass(frozen=True)
class Settings:
    """The registry's figures (rules.md sections 1 and 3). `*_days` are working days, but for
    those whose name for people says otherwise.
    """

    # fmt: off
    output_percent: int = figure(
        50, 0, 100, "测算名额时经济总量所占的比重（%）",
        "按区县测算名额时，经济总量占这一比重，其余为经营主体数量。", _B.JUDGEMENT,
    )
    district_places: int = figure(
        1, 0, 100, "每个区县最少名额（家）",
        "测算名额时，先给每个区县留出这些名额，其余按比例分配。", _B.JUDGEMENT,
    )
    formal_check_days: int = figure(
        5, 1, 60, "形式审查期限（工作日）",
        "收到申报或者补正后，在这些工作日内完成形式审查；逾期列入工作台提醒。", _B.JUDGEMENT,
    )
    supplement_days: int = figure(
        5, 1, 60, "补正期限（工作日）",
        "要求补正后，申报单位在这些工作日内补正；逾期未补正的，申报失效。", _B.JUDGEMENT,
    )
    penalty_years: int = figure(
        1, 1, 10, "行政处罚须说明的年限（年）",
        "近几年内受过行政处罚的，须由审查人员写明理由后决定是否通过。", _B.PRACTICE,
    )
    quorum_percent: int = figure(
        50, 1, 99, "集体研究到会人数须超过（%）",
        "到会人数超过应到人数的这一比例，会议才能作出决定。", _B.JUDGEMENT,
    )
    notice_days: int = figure(
        7, 1, 60, "公示期（天）",
        "从发布的次日起算整日，含休息日；期满且没有未办结的异议，才能确定为联系点。", _B.PRACTICE,
    )
    opinion_days: int = figure(
        5, 1, 60, "征求意见期限（工作日）",
        "街道（社区）、行政执法机关在这些工作日内答复；逾期未答复的，不影响下结论。", _B.JUDGEMENT,
    )
    objection_days: int = figure(
        10, 1, 60, "异议核实期限（工作日）",
        "收到异议后，在这些工作日内核实并作出处理。", _B.JUDGEMENT,
    )
    objection_extension_days: int = figure(
        5, 1, 60, "异议核实可以延长（工作日）",
        "情况复杂的，可以延长一次，最多延长这些工作日。", _B.JUDGEMENT,
    )
    term_years: int = figure(
        3, 1, 10, "联系点每届管理期限（年）",
        "从确定之日起算；到期前没有续期的，按期满退出办理。", _B.PUBLISHED,
    )
    most_terms: int = figure(
        2, 1, 10, "最多连任（届）",
        "同一单位连续担任联系点的届数上限，含第一届。", _B.PUBLISHED,
    )
    term_break_years: int = figure(
        3, 1, 30, "退出后重新计算届数的间隔（年）",
        "退出满这些年后再次成为联系点的，届数从第一届重新计算。", _B.JUDGEMENT,
    )
    first_reminder_days: int = figure(
        90, 1, 365, "期满第一次提醒（提前几天）",
        "管理期限届满前的这一天，提醒联系点和司法局。", _B.PUBLISHED,
    )
    second_reminder_days: int = figure(
        30, 1, 365, "期满第二次提醒（提前几天）",
        "管理期限届满前的这一天，再提醒一次。", _B.PUBLISHED,
    )
    renewal_window_days: int = figure(
        180, 1, 3650, "期满前几天起可以办理续期",
        "管理期限的最后这些天内，可以提出、研究续期。", _B.JUDGEMENT,
    )
    defence_days: int = figure(
        5, 1, 60, "退出前陈述申辩期限（工作日）",
        "告知拟退出的事实后，联系点在这些工作日内可以陈述、申辩。", _B.JUDGEMENT,
    )
    plaque_return_days: int = figure(
        10, 1, 60, "退出后交回牌匾期限（工作日）",
        "决定退出后，联系点在这些工作日内交回牌匾。", _B.JUDGEMENT,
    )
    file_mib: int = figure(
        20, 1, 64, "单个材料文件上限（MB）", "超过这一大小的文件不能上传。", _B.JUDGEMENT
    )
    documents_per_application: int = figure(
        40, 1, 200, "每份申报最多材料（份）", "包括已经撤回的材料。", _B.JUDGEMENT
    )
    review_group_required: int = figure(
        1, 0, 1, "须由资格审查小组作出结论",
        "选“是”的，没有成立资格审查小组的批次不能作出审查结论。", _B.PRACTICE,
    )
    visits_required: int = figure(
        1, 0, 10, "作出结论前至少走访、座谈（次）",
        "走访、座谈的记录少于这一次数的，不能作出合格的结论。", _B.PRACTICE,
    )
    opinions_required: int = figure(
        1, 0, 1, "作出结论前须征求意见",
        "选“是”的，须征求街道（社区）和行政执法机关的意见，才能作出合格的结论。", _B.PRACTICE,
    )
    documents_required: int = figure(
        0, 0, 1, "材料不齐不得通过形式审查",
        "选“是”的，缺少必须提交的材料时不能通过形式审查。", _B.JUDGEMENT,
    )
    rejected_retention_years: int = figure(
        2, 1, 100, "没有成为联系点的申报的保存年限（年）",
        "没有通过、撤回、失效的申报保存满这些年后，提请负责人批准删除个人信息。", _B.JUDGEMENT,
    )
    licence_covers_tax: int = figure(
        1, 0, 1, "营业执照代替税务登记证件",
        "选“是”的，交了营业执照就不再另交税务登记证件（2015年起“三证合一”）。", _B.LAW,
    )
    # fmt: on


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
