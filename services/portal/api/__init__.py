"""The API `/api/v1`: every command and query as a resource, and the document that tells them."""

from __future__ import annotations

from flask import Flask

from services.portal.api import (
    evidence,
    explained,
    files,
    papers,
    papers_clues,
    papers_of_erasures,
    sessions,
    watching,
)
from services.portal.api.openapi import blueprint_of, make_api, show
from services.portal.api.resources import (
    accounts,
    assessment,
    clues,
    dialogue,
    documents,
    duties,
    entry,
    erasures,
    openings,
    organisation,
    plan,
    points,
    registry,
    reviews,
    settings,
)

TABLES = (
    ("batches", "批次", (*registry.BATCHES, *plan.PLAN)),
    ("applications", "申报", (*registry.APPLICATIONS, *entry.ENTRY)),
    ("documents", "申报材料", documents.DOCUMENTS),
    ("notices", "公示", registry.NOTICES),
    ("objections", "异议", registry.OBJECTIONS),
    ("review_groups", "资格审查小组", reviews.REVIEW_GROUPS),
    ("reviews", "资格审查", reviews.REVIEWS),
    ("opinions", "征求意见", reviews.OPINIONS),
    ("deliberations", "集体研究", reviews.DELIBERATIONS),
    ("objecting", "公示更正和异议办理", reviews.NOTICES),
    ("points", "联系点", points.POINTS),
    ("renewals", "联系点续期", points.RENEWALS),
    ("retirements", "联系点退出", points.RETIREMENTS),
    ("certificates", "证书字号", points.CERTIFICATES),
    ("tasks", "待办事项", registry.TASKS),
    ("figures", "区县经营主体数据", plan.FIGURES),
    ("organisation", "组织保障", organisation.ORGANISATION),
    ("corrections", "记录更正", settings.CORRECTIONS),
    ("settings", "设置", settings.SETTINGS),
    ("clues", "问题线索", clues.CLUES),
    ("referrals", "线索转办", clues.REFERRALS),
    ("verifications", "线索核实", clues.VERIFICATIONS),
    ("refunds", "退还台账", clues.REFUNDS),
    ("dialogues", "与反映人的沟通和回访", dialogue.DIALOGUES),
    ("collecting", "意见箱、座谈会和热线", clues.COLLECTING),
    ("opinions_filed", "意见建议和改进", clues.OPINIONS),
    ("openings", "反映人身份的查看和查阅记录", openings.OPENINGS),
    ("assessment", "考核评价", assessment.ASSESSMENT),
    ("duties", "联系点履职", duties.DUTIES),
    ("erasures_of_clues", "删除与封存线索中的个人信息", erasures.OF_CLUES),
    ("erasures_of_registry", "删除与封存申报中的个人信息", erasures.OF_REGISTRY),
    ("accounts", "账号与角色", accounts.ACCOUNTS),
)
"""Name, what it is, and the table of each resource."""


def install(app: Flask) -> None:
    """Add the API to an application."""
    api = make_api(app)
    api.register_blueprint(sessions.blueprint())
    for name, description, table in TABLES:
        api.register_blueprint(blueprint_of(name, description, table))
    api.register_blueprint(files.blueprint())
    api.register_blueprint(evidence.blueprint())
    api.register_blueprint(papers.blueprint())
    api.register_blueprint(papers_clues.blueprint())
    api.register_blueprint(papers_of_erasures.blueprint())
    api.register_blueprint(watching.blueprint())
    show(app, api)
    explained.install(app)
