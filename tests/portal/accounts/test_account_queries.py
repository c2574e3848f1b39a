"""What administrators are told about accounts, and what nobody is."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared.access.actor import Actor
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.portal import commands, queries
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.privacy.transit import open_value
from shared.service.query_bus import reply_context
from tests.portal.accounts.office import (
    CITY,
    CONSOLE,
    DISTRICT,
    DISTRICT_ADMINISTRATOR,
    OTHER_DISTRICT,
    Office,
    fresh,
    new_login,
)


class Asker:
    """Asks with a key of its own, and opens what is sealed to it."""

    def __init__(self, office: Office, actor: Actor) -> None:
        self._office, self._actor = office, actor
        self._key = X25519PrivateKey.generate()

    def ask(self, query: Any) -> Any:
        self._id = fresh()
        key = base64.b64encode(self._key.public_key().public_bytes_raw()).decode()
        return self._office.ask(query, self._actor, id=self._id, reply_key=key)["result"]

    def clear(self, value: Any) -> Any:
        return open_value(value, self._key, reply_context(self._id))

    def listed(self) -> list[str]:
        """Every account, page by page."""
        found, cursor = [], None
        while True:
            page = self.ask(queries.ListAccounts(cursor=cursor, limit=2))
            assert len(page["items"]) <= 2
            found += [row["account_id"] for row in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found


def test_an_account_is_shown_with_name_login_roles_and_state(office: Office) -> None:
    login = new_login()
    account_id = office.open(login)
    office.grant(account_id, Role.ENFORCEMENT_BODY, DISTRICT, "生态环境局")
    revoked = office.grant(account_id, Role.AUDITOR)
    office.send(commands.RevokeRole(account_id=account_id, grant_id=revoked), CONSOLE)
    office.project()
    asker = Asker(office, CONSOLE)

    shown = asker.ask(queries.ShowAccount(account_id=account_id))

    assert asker.clear(shown["login"]) == login
    assert asker.clear(shown["display_name"]) == "某某"
    assert (shown["status"], shown["must_change"], shown["registered"]) == ("open", True, False)
    (grant,) = shown["grants"]
    assert (grant["role"], grant["division"], grant["unit"]) == (
        "enforcement_body",
        DISTRICT,
        "生态环境局",
    )
    assert shown["version"] == len(office.types(account_id))


def test_without_a_key_to_seal_to_nobody_is_told(office: Office) -> None:
    account_id = office.open()
    office.project()

    with pytest.raises(Invalid):
        office.ask(queries.ShowAccount(account_id=account_id), CONSOLE)


def test_the_list_goes_on_page_by_page_and_misses_nobody(new_office: Office) -> None:
    made = {new_office.open() for _ in range(5)}
    new_office.project()

    listed = Asker(new_office, CONSOLE).listed()

    assert len(listed) == len(made)
    assert set(listed) == made


def test_a_districts_administrator_sees_its_own_alone(new_office: Office) -> None:
    own, others, of_the_city, of_both = (new_office.open() for _ in range(4))
    new_office.grant(own, Role.OFFICER, DISTRICT)
    new_office.grant(others, Role.OFFICER, OTHER_DISTRICT)
    new_office.grant(of_the_city, Role.OFFICER, CITY)
    new_office.grant(of_both, Role.OFFICER, DISTRICT)
    new_office.grant(of_both, Role.PARTNER, OTHER_DISTRICT)
    new = new_office.open(actor=DISTRICT_ADMINISTRATOR)
    of_the_city_alone = new_office.open()
    new_office.project()
    asker = Asker(new_office, DISTRICT_ADMINISTRATOR)

    assert sorted(asker.listed()) == sorted([own, new])
    assert asker.ask(queries.ShowAccount(account_id=new))["grants"] == []
    assert asker.ask(queries.ShowAccount(account_id=own))["account_id"] == own
    for account_id in (others, of_the_city, of_both, of_the_city_alone, fresh()):
        with pytest.raises(NotFound):
            asker.ask(queries.ShowAccount(account_id=account_id))


def test_the_account_that_was_opened_last_comes_first(new_office: Office) -> None:
    made = []
    for _ in range(3):
        made.append(new_office.open())
        new_office.clock.time += dt.timedelta(hours=1)
    new_office.project()
    assert Asker(new_office, CONSOLE).listed() == made[::-1]


def test_accounts_are_found_by_login_name_and_the_body_they_act_for(new_office: Office) -> None:
    login = new_login()
    by_login, by_body, other = new_office.open(login), new_office.open(), new_office.open()
    new_office.grant(by_body, Role.ENFORCEMENT_BODY, DISTRICT, "市生态环境局")
    new_office.project()
    asker = Asker(new_office, CONSOLE)

    def found(words: str) -> set[str]:
        items = asker.ask(queries.ListAccounts(words=words))["items"]
        return {row["account_id"] for row in items}

    assert found(login[2:].upper()) == {by_login}
    assert found("生态 环境") == {by_body}
    assert found("某某") == {by_login, by_body, other}
    assert found("没有这个人") == set()


def test_bodies_to_ask_are_those_whose_accounts_reach_the_division(new_office: Office) -> None:
    def acting(division: str | None, unit: str, role: Role = Role.ENFORCEMENT_BODY) -> str:
        account_id = new_office.open()
        new_office.grant(account_id, role, division, unit)
        return account_id

    acting(CITY, "市生态环境局")
    acting(DISTRICT, "区住建局")
    acting(DISTRICT, "区住建局")
    acting(OTHER_DISTRICT, "他区城管局")
    acting(CITY, "市工商联", Role.PARTNER)
    closed = acting(CITY, "市消防支队")
    new_office.send(commands.CloseAccount(account_id=closed), CONSOLE)
    new_office.project()

    def told(division: str, role: Role | None = None) -> list[str]:
        """What an officer of the city is offered."""
        asker = Asker(new_office, Actor("officer-1", Role.OFFICER, CITY))
        found, cursor = [], None
        while True:
            asked = queries.ListBodies(division=division, role=role, limit=1, cursor=cursor)
            page = asker.ask(asked)
            found += [row["unit"] for row in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found

    assert set(told(DISTRICT)) == {"市生态环境局", "区住建局", "市工商联"}
    assert len(told(DISTRICT)) == 3
    assert set(told(OTHER_DISTRICT)) == {"市生态环境局", "他区城管局", "市工商联"}
    assert set(told(CITY)) == {"市生态环境局", "市工商联"}
    assert set(told(DISTRICT, Role.ENFORCEMENT_BODY)) == {"市生态环境局", "区住建局"}
    assert told(DISTRICT, Role.OFFICER) == []


def test_an_auditor_learns_whose_accounts_these_are_and_it_goes_on_record(office: Office) -> None:
    account_id = office.open()
    office.project()
    asker = Asker(office, Actor("auditor-1", Role.AUDITOR))
    asked = queries.NameAccounts(account_ids=[account_id, fresh()], purpose="核对查阅记录")
    (named,) = asker.ask(asked)["items"]
    assert asker.clear(named["display_name"]) == "某某"
    with pytest.raises(Refused):
        Asker(office, CONSOLE).ask(asked)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
def test_no_other_role_is_told_of_accounts(office: Office, role: Role) -> None:
    for query in (
        queries.ListAccounts(cursor=None, limit=None),
        queries.ShowAccount(account_id=fresh()),
    ):
        with pytest.raises(Refused) as refusal:
            Asker(office, Actor("somebody", role)).ask(query)
        assert refusal.value.reason == Reason.WRONG_ROLE


_HERE = Actor("officer-1", Role.OFFICER, DISTRICT)


def test_officers_of_ones_divisions_can_be_made_to_handle_a_clue(office: Office) -> None:
    here, there, city, gone = (office.open(new_login()) for _ in range(4))
    for account_id, division in ((here, DISTRICT), (there, OTHER_DISTRICT), (city, CITY)):
        office.grant(account_id, Role.OFFICER, division)
    grant_id = office.grant(gone, Role.OFFICER, DISTRICT)
    office.send(commands.RevokeRole(account_id=gone, grant_id=grant_id), CONSOLE)
    office.project()
    asker = Asker(office, _HERE)
    rows = asker.ask(queries.ListOfficers(limit=100))["items"]
    found = {row["account_id"] for row in rows}
    assert here in found
    assert not {there, city, gone} & found
    assert {asker.clear(row["display_name"]) for row in rows} == {"某某"}


def test_a_point_has_its_account_wherever_the_role_is_held(office: Office) -> None:
    """It may have moved since, or the account be the whole city's."""
    points = {division: fresh() for division in (DISTRICT, OTHER_DISTRICT, CITY, None)}
    for division, point_id in points.items():
        office.grant(office.open(new_login()), Role.POINT, division, point_id)
    office.project()
    asker, found, cursor = Asker(office, _HERE), set(), None
    while True:
        page = asker.ask(queries.ListPointsWithAccounts(limit=100, cursor=cursor))
        found |= {row["point_id"] for row in page["items"]}
        cursor = page["next"]
        if cursor is None:
            break
    assert set(points.values()) <= found
