"""The pages: blueprints by area, on one layout and one set of macros (see templates/)."""

from __future__ import annotations

import structlog
from flask import Flask, current_app, render_template

from services.portal import assets
from services.portal.pages import (
    account,
    account_acts,
    account_credentials,
    account_roles,
    accounts,
    applications,
    apply,
    batches_public,
    batches_staff,
    certificate_prefix,
    clues,
    corrections,
    dashboard,
    deliberation,
    desk,
    documents,
    duties,
    entry,
    erasures,
    figures,
    formal_check,
    gallery,
    history,
    home,
    layout,
    meeting_form,
    meetings,
    my_applications,
    notice_acts,
    notices_public,
    notices_staff,
    objection_outcome,
    openid,
    openings,
    operations,
    opinions,
    organisation,
    partner_bodies,
    plan,
    point_work,
    points,
    reporter,
    reserves,
    responsible_leaders,
    review,
    review_group,
    review_records,
    second_factor,
    settings,
    signing,
    size_limits,
    striking_off,
    supplement,
    unit_data,
    working_days,
)
from services.portal.pages.clues.enclosing import kept_files
from services.portal.pages.reporter import conversation
from services.portal.pages.untaken import untaken_texts
from services.portal.web.edge import edge
from services.portal.web.problems import Problem

_log = structlog.get_logger(__name__)

_AREAS = (
    *(
        signing.pages,
        openid.pages,
        account.pages,
        second_factor.pages,
        apply.pages,
        my_applications.pages,
    ),
    *(accounts.pages, account_acts.pages, account_credentials.pages, account_roles.pages),
    *(home.pages, batches_public.pages, notices_public.pages, objection_outcome.pages),
    points.pages,
    *(desk.pages, applications.pages, formal_check.pages, review.pages),
    *(documents.pages, entry.pages, supplement.pages),
    *(review_group.pages, review_records.pages, opinions.pages, plan.pages),
    *(batches_staff.pages, deliberation.pages, reserves.pages, striking_off.pages),
    *(notices_staff.pages, notice_acts.pages),
    certificate_prefix.pages,
    *(settings.pages, size_limits.pages, working_days.pages, corrections.pages, unit_data.pages),
    *(organisation.pages, responsible_leaders.pages, partner_bodies.pages),
    *(meetings.pages, meeting_form.pages),
    *(point_work.pages, figures.pages, operations.pages, history.pages, openings.pages),
    erasures.pages,
    *clues.AREAS,
    *dashboard.AREAS,
    *duties.AREAS,
    *reporter.AREAS,
    conversation.pages,
)

OPENID_CALLBACK = openid.CALLBACK
"""The path that an OpenID provider sends browsers back to; registered with it."""


def install(app: Flask) -> None:
    """Add every page to the application. Raises AssetsMissing."""
    assets.install(app)
    layout.install(app)
    app.jinja_env.globals.update(kept_files=kept_files)
    for area in _AREAS:
        app.register_blueprint(area)
    with app.app_context():
        if edge().environment != "production":
            app.register_blueprint(gallery.pages)


def show_problem(problem: Problem, request_id: str) -> str:
    """The page that says no, in the words of the problem document.

    When the header cannot be worked out, as without our own database, a bare page says it.
    """
    told = {"problem": problem, "request_id": request_id, "untaken": untaken_texts()}
    try:
        return render_template("errors/problem.html", **told)
    except Exception as error:
        _log.warning("page.bare", kind=type(error).__name__)
        return current_app.jinja_env.get_template("errors/bare.html").render(told)
