"""What administrators are told about accounts, and what nobody is."""

from __future__ import annotations

import base64
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

    assert sorted(made) == listed


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

    assert asker.listed() == sorted([own, new])
    assert asker.ask(queries.ShowAccount(account_id=new))["grants"] == []
    assert asker.ask(queries.ShowAccount(account_id=own))["account_id"] == own
    for account_id in (others, of_the_city, of_both, of_the_city_alone, fresh()):
        with pytest.raises(NotFound):
            asker.ask(queries.ShowAccount(account_id=account_id))


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


def test_bodies_with_an_account_are_named_once_by_their_unit(office: Office) -> None:
    unit, other = f"生态环境局{fresh()[:6]}", f"水利局{fresh()[:6]}"
    for division, its in ((DISTRICT, unit), (DISTRICT, unit), (OTHER_DISTRICT, other)):
        office.grant(office.open(new_login()), Role.ENFORCEMENT_BODY, division, its)
    office.project()
    units = Asker(office, _HERE).ask(queries.ListBodyUnits())["items"]
    assert units.count(unit) == 1
    assert other not in units
    with pytest.raises(Refused) as refusal:
        Asker(office, Actor("somebody", Role.POINT, CITY)).ask(queries.ListBodyUnits())
    assert refusal.value.reason == Reason.WRONG_ROLE
