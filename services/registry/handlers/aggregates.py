"""The registry's aggregates, each with the name of its streams."""

from __future__ import annotations

from services.registry.domain import (
    application,
    appointment,
    batch,
    certificates,
    figures,
    meeting,
    notice,
    partner,
    point,
    renewal,
    retirement,
    review_group,
    setting,
)
from shared.service.aggregate import Aggregate

BATCH = Aggregate("batch", batch.Batch(), batch.decide, batch.evolve)


APPLICATION = Aggregate(
    "application", application.Application(), application.decide, application.evolve
)


REVIEW_GROUP = Aggregate(
    "review_group", review_group.ReviewGroup(), review_group.decide, review_group.evolve
)


NOTICE = Aggregate("notice", notice.Notice(), notice.decide, notice.evolve)


POINT = Aggregate("point", point.Point(), point.decide, point.evolve)


CERTIFICATES = Aggregate(
    "certificates", certificates.Register(), certificates.decide, certificates.evolve
)


RENEWAL = Aggregate("renewal", renewal.Renewal(), renewal.decide, renewal.evolve)


RETIREMENT = Aggregate("retirement", retirement.Retirement(), retirement.decide, retirement.evolve)
APPOINTMENT = Aggregate(
    "appointment", appointment.Appointment(), appointment.decide, appointment.evolve
)


PARTNER = Aggregate("partner", partner.Partner(), partner.decide, partner.evolve)


MEETING = Aggregate("meeting", meeting.Meeting(), meeting.decide, meeting.evolve)


SETTINGS = Aggregate("settings", setting.Setting(), setting.decide, setting.evolve)


FIGURES = Aggregate("district_figures", figures.Figures(), figures.decide, figures.evolve)
