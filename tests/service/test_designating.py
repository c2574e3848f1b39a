"""What a notice tells its bureau of units that cannot be designated, before it refuses them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from shared.contracts.days import ONE_DAY, business_date
from shared.contracts.errors import Refused
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import RetirementGround
from tests.service.test_settings_in_the_log import ADMINISTRATOR, change
from tests.service.town import LEADER, OFFICER, Town, credit_code
from tests.services.registry import point_examples as example

BEGINS = dt.datetime(2085, 3, 5, 4, tzinfo=dt.UTC)
"""A day that no other test's settings reach."""


def test_a_unit_whose_terms_are_used_up_since_the_notice_is_told_before_it_is_refused(
    town: Town,
) -> None:
    code, town.clock.time = credit_code(), BEGINS
    first = town.point(credit_code=code)
    town.to_retire(first)
    retire = replace(example.RETIRE, point_id=first, ground=RetirementGround.OWN_WISH)
    town.send(retire, LEADER)
    batch_id = town.batch_on(town.clock.time)
    units = [town.qualified(batch_id, credit_code=code), town.qualified(batch_id)]
    notice_id = town.noticed(batch_id, *units)

    def held_back() -> object:
        town.show()
        shown = town.ask(queries.ShowNotice(notice_id=notice_id), OFFICER)
        return shown["result"]["held_back"]

    assert held_back() == {}
    today = business_date(town.clock.time)
    town.send(change(today + 2 * ONE_DAY, most_terms=1), ADMINISTRATOR)
    town.send(change(today + 30 * ONE_DAY, most_terms=2), ADMINISTRATOR)
    town.clock.time += 9 * ONE_DAY
    assert held_back() == {units[0]: "terms_used_up"}
    with pytest.raises(Refused) as refusal:
        town.send(town.designation(notice_id, *units), LEADER)
    assert refusal.value.reason == "terms_used_up"
    town.send(town.designation(notice_id, units[1]), LEADER)
