"""What is said to be done first leads to pages that whoever reads it may open."""

from __future__ import annotations

import re

import pytest

from services.portal.pages.desk import LOOKS, WAYS
from services.portal.pages.remedies import remedy
from services.registry.answers.tasks import KINDS
from shared.contracts.reasons import Reason
from shared.contracts.registry.vocabulary import TaskKind
from shared.contracts.roles import Role
from tests.portal.matrix.table import EVERYONE, WRITTEN

ITS = {"application_id": "<application_id>", "batch_id": "<batch_id>", "notice_id": "<notice_id>"}
BUREAU = (Role.OFFICER, Role.REVIEWER, Role.LEADER)


def may_open(address: str, role: Role) -> bool:
    roles = WRITTEN["GET " + re.split("[?#]", address)[0]]
    return roles == EVERYONE or role in roles


@pytest.mark.parametrize("role", Role)
def test_a_remedy_leads_only_to_what_its_reader_may_open(role: Role) -> None:
    for reason in Reason:
        found = remedy(reason, ITS, role)
        assert found is None or may_open(found[1], role), reason


@pytest.mark.parametrize(
    ("reason", "role", "leads"),
    [
        (Reason.CHECKS_MISSING, Role.REVIEWER, True),
        (Reason.CHECKS_MISSING, Role.LEADER, False),
        (Reason.OBJECTION_OPEN, Role.OFFICER, True),
        (Reason.WRONG_ROLE, Role.OFFICER, False),
    ],
)
def test_who_can_mend_it_is_led_there(reason: Reason, role: Role, leads: bool) -> None:
    assert (remedy(reason, ITS, role) is not None) is leads


@pytest.mark.parametrize("kind", TaskKind)
def test_a_task_leads_its_role_to_its_form_and_others_to_what_it_is_about(kind: TaskKind) -> None:
    names = {its.removeprefix("GET ") for its in WRITTEN}

    def route(way: str) -> str:
        begin = way.split("{}")[0]
        (found,) = {
            n for n in names if re.fullmatch(re.escape(begin) + "<[a-z_]+>" + way.split("{}")[1], n)
        }
        return found

    for role in KINDS[kind]:
        assert may_open(route(WAYS[kind]), role)
    for role in {Role.OFFICER, Role.LEADER} - KINDS[kind]:
        assert may_open(route(LOOKS[kind]), role)
