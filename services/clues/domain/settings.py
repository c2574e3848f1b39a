"""The figures of clues (rules.md section 2); how they hold: `shared.contracts.figures`."""

from __future__ import annotations

from dataclasses import dataclass

from shared.contracts import figures
from shared.contracts.figures import figure, figures_of


@dataclass(frozen=True)
class Settings:
    """`*_days` are working days, but for those whose name for people says otherwise."""

    acceptance_days: int = figure(5, 1, 60, "线索受理审查期限（工作日）")
    urgent_acceptance_days: int = figure(1, 1, 60, "紧急线索受理审查期限（工作日）")
    refusal_days: int = figure(5, 1, 60, "被转办单位提出不予接办的期限（工作日）")
    answer_days: int = figure(15, 1, 120, "被转办单位答复期限（工作日）")
    second_answer_days: int = figure(5, 1, 60, "答复退回后重新答复的期限（工作日）")
    verification_days: int = figure(30, 1, 240, "核实期限（工作日）")
    verification_extension_days: int = figure(15, 1, 120, "核实延长期限（工作日）")
    overall_days: int = figure(60, 1, 365, "全案办理期限（日历日，自受理次日起算）")
    overall_extension_days: int = figure(30, 1, 365, "全案办理延长期限（日历日）")
    correction_days: int = figure(30, 1, 365, "意见书整改期限（日历日）")
    report_days: int = figure(30, 1, 365, "决定书报告期限（日历日）")
    refund_days: int = figure(15, 1, 365, "退还款项支付期限（工作日）")
    feedback_days: int = figure(5, 1, 60, "司法局向联系点反馈期限（工作日）")
    relay_days: int = figure(5, 1, 60, "联系点向反映人转达期限（工作日）")
    reopening_days: int = figure(15, 1, 365, "反映人可以要求重新办理的期限（日历日）")
    opinion_days: int = figure(15, 1, 120, "意见建议答复期限（工作日）")
    question_days: int = figure(10, 1, 60, "反映人回复提问的期限（工作日）")
    first_follow_up_days: int = figure(7, 1, 365, "打击报复第一次回访（立件后日历日）")
    second_follow_up_days: int = figure(30, 1, 365, "打击报复第二次回访（立件后日历日）")
    third_follow_up_days: int = figure(90, 1, 365, "打击报复第三次回访（立件后日历日）")
    follow_up_attempts: int = figure(3, 1, 10, "一次回访最多联系的次数（次）")
    yellow_percent: int = figure(80, 1, 100, "黄色预警（已用期限的百分比）")
    nudge_days: int = figure(1, 1, 60, "逾期后催办（工作日）")
    supervise_days: int = figure(3, 1, 60, "催办后督办（工作日）")
    publish_days: int = figure(5, 1, 60, "督办后通报（工作日）")
    theme_clues: int = figure(3, 2, 100, "形成共性问题的线索数（件）")
    theme_days: int = figure(90, 1, 365, "形成共性问题的时间范围（日历日）")
    opening_hours: int = figure(24, 1, 720, "反映人身份开启后可以查看的时间（小时）")
    retention_years: int = figure(10, 1, 100, "线索和意见建议的保存年限（年）")
    most_inspections: int = figure(4, 1, 366, "同一单位每年检查次数上限（次）")


FIGURES = figures_of(Settings)
"""Every figure there is, by name."""


@dataclass(frozen=True)
class Schedule(figures.Schedule[Settings]):
    """All changes, by their day and for one day as they were made; before them holds `base`."""

    base: Settings = Settings()
