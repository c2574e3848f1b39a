"""The same facts as the report, as one JSON document for programs (`demo.json`)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from examples.first_batch import clue_report
from examples.first_batch.report import Told


def document(told: Told) -> dict[str, Any]:
    """Plain JSON values; codes are the services' own."""
    outcome = told.outcome
    return {
        "points": [dict(its) for its in outcome.points],
        "eliminated": [
            {
                name: its[name]
                for name in (
                    "application_id",
                    "unit_name",
                    "division",
                    "rejection_stage",
                    "grounds",
                )
            }
            for its in outcome.eliminated
        ],
        "objections": [dict(its) for its in outcome.objections],
        "applications": len(outcome.applications),
        "early_designation": told.early_designation,
        "by_channel": outcome.count("channel"),
        "by_district": outcome.count("division"),
        "by_industry": outcome.count("industry_group"),
        "by_size": outcome.count("size"),
        "coverage": dict(outcome.coverage),
        "second_batch": dict(Counter(str(its["status"]) for its in outcome.under_way)),
        "retirements": [dict(its) for its in outcome.retirements],
        "heard": clue_report.document(told.heard, told.data.speech),
        "portal": told.portal_url,
        "logins": {str(its.role): its.login for its in told.logins},
        "log_verified": all(log.verified for log in told.logs),
        "logs": {log.name: {**log.report, "checkpoint": log.note} for log in told.logs},
        "subscriber_received": _received(told),
    }


def _received(told: Told) -> dict[str, Any]:
    received, inclusion = told.received, told.inclusion
    return {
        "count": len(received.types),
        "by_type": received.by_type(),
        "deliveries": received.deliveries,
        "inclusion_proved": inclusion.proved,
        "inclusion_failed": list(inclusion.failed),
    }
