"""Who may do what to whose account, over a real log."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from services.portal.accounts import totp
from services.portal.domain.account import AccountStatus
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from tests.portal.accounts.office import (
    CONSOLE,
    DISTRICT,
    DISTRICT_ADMINISTRATOR,
    OTHER_DISTRICT,
    OTHER_PASSWORD,
    PASSWORD,
    PUBLIC,
    Office,
    fresh,
    new_login,
)


def grant(account_id: str, division: str | None, role: Role = Role.OFFICER) -> commands.GrantRole:
    return commands.GrantRole(
        account_id=account_id, grant_id=fresh(), role=role, division=division, unit=None
    )


def test_a_login_is_held_by_one_account_in_any_spelling_of_it(office: Office) -> None:
    login = new_login()
    office.open(login)

    with pytest.raises(Refused) as refusal:
        office.open(login.upper())

    assert (refusal.value.reason, refusal.value.fields) == (Reason.LOGIN_TAKEN, ("login",))


def test_whoever_registers_is_an_applicant_and_nothing_else(office: Office) -> None:
    account_id = office.register(new_login())

    grants = office.account(account_id).grants.values()

    assert [(its.role, its.division) for its in grants] == [(Role.APPLICANT, DISTRICT)]
    assert not office.account(account_id).must_change


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.SYSTEM}))
def test_only_an_administrator_grants_roles(office: Office, role: Role) -> None:
    account_id = office.open()

    with pytest.raises(Refused) as refusal:
        office.send(grant(account_id, DISTRICT), Actor("somebody", role))

    assert refusal.value.reason == Reason.WRONG_ROLE


def test_nobody_grants_a_role_to_themself_over_the_wire_either(office: Office) -> None:
    account_id = office.open()
    office.grant(account_id, Role.ADMINISTRATOR, None)

    with pytest.raises(Refused) as refusal:
        office.send(grant(account_id, None, Role.LEADER), office.holder(account_id))

    assert refusal.value.reason == Reason.OWN_ROLE


@pytest.mark.parametrize("division", [OTHER_DISTRICT, "430200", None])
def test_a_districts_administrator_grants_within_the_district_alone(
    office: Office, division: str | None
) -> None:
    account_id = office.open(actor=DISTRICT_ADMINISTRATOR)

    with pytest.raises(Refused) as refusal:
        office.send(grant(account_id, division), DISTRICT_ADMINISTRATOR)

    assert refusal.value.reason == Reason.OUT_OF_SCOPE
    assert office.send(grant(account_id, DISTRICT), DISTRICT_ADMINISTRATOR)


def _of_another_district(office: Office) -> str:
    account_id = office.open()
    office.grant(account_id, Role.OFFICER, OTHER_DISTRICT)
    return account_id


def _revoked_in_another_district(office: Office) -> str:
    """Opened by the city, and without any role again."""
    account_id = office.open()
    grant_id = office.grant(account_id, Role.OFFICER, DISTRICT)
    office.send(commands.RevokeRole(account_id=account_id, grant_id=grant_id), CONSOLE)
    return account_id


def _opened_elsewhere(office: Office) -> str:
    """By the administrator of another district, who has granted nothing yet."""
    return office.open(actor=Actor("other", Role.ADMINISTRATOR, OTHER_DISTRICT))


@pytest.mark.parametrize(
    "make",
    [_of_another_district, _revoked_in_another_district, _opened_elsewhere, Office.open],
    ids=["of another", "without a role again", "without a role yet", "the city's"],
)
def test_another_bureaus_account_is_not_there_for_a_districts_administrator(
    office: Office, make: Callable[[Office], str]
) -> None:
    account_id = make(office)
    grant_id = next(iter(office.account(account_id).grants), fresh())

    for command in (
        grant(account_id, DISTRICT),
        commands.RevokeRole(account_id=account_id, grant_id=grant_id),
        commands.ResetPassword(account_id=account_id, password=OTHER_PASSWORD),
        commands.BindIdentity(account_id=account_id, issuer="https://id", subject="s"),
        commands.DisableTotp(account_id=account_id, password=None),
        commands.EndSessions(account_id=account_id),
        commands.CloseAccount(account_id=account_id),
    ):
        with pytest.raises(NotFound):
            office.send(command, DISTRICT_ADMINISTRATOR)


def test_the_last_administrator_is_neither_revoked_nor_closed(new_office: Office) -> None:
    first = new_office.open()
    first_grant = new_office.grant(first, Role.ADMINISTRATOR, None)
    attempts = (
        commands.RevokeRole(account_id=first, grant_id=first_grant),
        commands.CloseAccount(account_id=first),
    )

    for command in attempts:
        with pytest.raises(Refused) as refusal:
            new_office.send(command, CONSOLE)
        assert refusal.value.reason == Reason.LAST_ADMINISTRATOR
    assert new_office.account(first).status is AccountStatus.OPEN

    new_office.grant(new_office.open(), Role.ADMINISTRATOR, None)
    assert new_office.send(attempts[0], CONSOLE)


def test_a_districts_administrator_cannot_keep_the_citys_accounts(new_office: Office) -> None:
    """And so does not count as the last one; but who keeps the city's keeps the districts' too."""
    first, of_district = new_office.open(), new_office.open()
    first_grant = new_office.grant(first, Role.ADMINISTRATOR, None)
    new_office.grant(of_district, Role.ADMINISTRATOR, DISTRICT)

    for command in (
        commands.RevokeRole(account_id=first, grant_id=first_grant),
        commands.CloseAccount(account_id=first),
    ):
        with pytest.raises(Refused) as refusal:
            new_office.send(command, CONSOLE)
        assert refusal.value.reason == Reason.LAST_ADMINISTRATOR

    assert new_office.send(commands.CloseAccount(account_id=of_district), CONSOLE)


def test_an_administrator_whose_account_is_closed_does_not_count(new_office: Office) -> None:
    first, second = new_office.open(), new_office.open()
    first_grant = new_office.grant(first, Role.ADMINISTRATOR, None)
    new_office.grant(second, Role.ADMINISTRATOR, None)
    new_office.send(commands.CloseAccount(account_id=second), CONSOLE)
    revocation = commands.RevokeRole(account_id=first, grant_id=first_grant)

    with pytest.raises(Refused) as refusal:
        new_office.send(revocation, CONSOLE)
    assert refusal.value.reason == Reason.LAST_ADMINISTRATOR

    new_office.send(commands.ReopenAccount(account_id=second), CONSOLE)
    assert new_office.send(revocation, CONSOLE)


def test_the_holder_changes_the_password_knowing_the_old_one(office: Office) -> None:
    account_id = office.register(new_login())
    holder = office.holder(account_id)

    with pytest.raises(Refused) as refusal:
        office.send(
            commands.ChangePassword(
                account_id=account_id, old_password="not it at all", new_password=OTHER_PASSWORD
            ),
            holder,
        )
    assert (refusal.value.reason, refusal.value.fields) == (
        Reason.PASSWORD_WRONG,
        ("old_password",),
    )

    assert office.send(
        commands.ChangePassword(
            account_id=account_id, old_password=PASSWORD, new_password=OTHER_PASSWORD
        ),
        holder,
    )


def test_nobody_but_the_holder_changes_password_or_second_factor(office: Office) -> None:
    account_id = office.register(new_login())
    stranger = office.holder(office.register(new_login()))
    change = commands.ChangePassword(
        account_id=account_id, old_password=PASSWORD, new_password=OTHER_PASSWORD
    )
    enable = commands.EnableTotp(
        account_id=account_id,
        password=PASSWORD,
        secret="JBSWY3DPEHPK3PXP",
        code="123456",
        recovery_hashes=totp.recovery_hashes(["one"]),
    )
    disable = commands.DisableTotp(account_id=account_id, password=PASSWORD)

    for command in (change, enable, disable, commands.EndSessions(account_id=account_id)):
        for actor in (stranger, PUBLIC):
            with pytest.raises(NotFound):
                office.send(command, actor)
    for command in (change, enable):
        with pytest.raises(NotFound):
            office.send(command, CONSOLE)


def test_an_identity_is_bound_to_one_account_and_free_again_once_unbound(office: Office) -> None:
    first, second = office.open(), office.open()
    issuer, subject = "https://id.example", fresh()

    def bind(account_id: str) -> None:
        command = commands.BindIdentity(account_id=account_id, issuer=issuer, subject=subject)
        office.send(command, CONSOLE)

    bind(first)
    with pytest.raises(Refused) as refusal:
        bind(second)
    assert refusal.value.reason == Reason.IDENTITY_TAKEN

    office.send(commands.UnbindIdentity(account_id=first), CONSOLE)
    bind(second)
    assert all(office.directory.account(its).epoch == 1 + (its == first) for its in (first, second))
    found = office.directory.by_identity(issuer, subject)
    assert found is not None
    assert found.account_id == second
