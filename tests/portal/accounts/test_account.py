"""An account, told as given events, when a command, then events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.portal.domain import account
from shared.contracts.errors import Invalid, NotFound
from shared.contracts.portal import events
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from tests.portal.accounts import examples as example
from tests.portal.accounts.telling import Story


def open_account() -> Story:
    return Story(account, account.Account(), example.OPENED, example.PASSWORD_SET)


def an_officers() -> Story:
    return Story(account, account.Account(), example.OPENED, example.PASSWORD_SET, example.GRANTED)


def test_an_account_that_an_administrator_opens_has_a_password_for_once() -> None:
    assert Story(account, account.Account()).when(example.OPEN) == [
        example.OPENED,
        example.PASSWORD_SET,
    ]


def test_whoever_registers_keeps_their_password() -> None:
    registered = replace(example.OPEN, registered=True)

    _, password = Story(account, account.Account()).when(registered)

    assert not password.must_change


def test_an_id_is_used_for_one_account_alone() -> None:
    open_account().refuses(example.OPEN, Reason.ALREADY_EXISTS)


def test_a_role_is_granted_by_somebody_else() -> None:
    assert open_account().when(example.GRANT) == [example.GRANTED]


def test_nobody_grants_a_role_to_themself() -> None:
    open_account().refuses(example.GRANT, Reason.OWN_ROLE, example.HOLDER)


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.REPORTER, Role.SYSTEM])
def test_no_account_is_the_public_a_reporter_or_the_system(role: Role) -> None:
    with pytest.raises(Invalid) as invalid:
        open_account().when(replace(example.GRANT, role=role))

    assert invalid.value.problems[0].path == "role"


@pytest.mark.parametrize("role", [Role.POINT, Role.ENFORCEMENT_BODY])
def test_who_acts_for_a_unit_has_one_named(role: Role) -> None:
    with pytest.raises(Invalid) as invalid:
        open_account().when(replace(example.GRANT, role=role))

    assert (invalid.value.problems[0].path, invalid.value.problems[0].code) == ("unit", "missing")
    assert open_account().when(replace(example.GRANT_POINT, role=role))


def test_who_acts_for_the_bureau_has_no_unit_named() -> None:
    with pytest.raises(Invalid) as invalid:
        open_account().when(replace(example.GRANT, unit="somebody"))

    assert invalid.value.problems[0].code == "not_allowed"


def test_a_grant_is_revoked_and_its_id_never_used_again() -> None:
    story = an_officers()

    assert story.when(example.REVOKE) == [
        events.RoleRevoked(account_id=example.WANG, grant_id=example.OFFICER_GRANT)
    ]
    assert story.state.grants == {}
    story.refuses(example.GRANT, Reason.ALREADY_EXISTS)


def test_only_a_grant_that_is_held_can_be_revoked() -> None:
    with pytest.raises(NotFound):
        open_account().when(example.REVOKE)


def test_a_new_password_ends_all_sessions() -> None:
    story = an_officers()
    before = story.state.epoch

    story.when(example.SET_PASSWORD)

    assert story.state.epoch > before


def test_a_password_kept_at_higher_costs_ends_none() -> None:
    story = an_officers()
    before = story.state.epoch

    story.when(example.REHASH)

    assert story.state.epoch == before
    assert story.state.password_hash == example.REHASH.password_hash


@pytest.mark.parametrize("command", [example.END_SESSIONS, example.CLOSE])
def test_ending_sessions_and_closing_end_all_sessions(command: object) -> None:
    story = an_officers()
    before = story.state.epoch

    story.when(command)

    assert story.state.epoch > before


def test_an_account_that_was_opened_again_does_not_bring_its_sessions_back() -> None:
    story = an_officers()
    before = story.state.epoch

    story.when(example.CLOSE)
    story.when(example.REOPEN)

    assert story.state.epoch > before
    assert story.state.grants  # and is what it was


def test_nobody_closes_their_own_account() -> None:
    an_officers().refuses(example.CLOSE, Reason.OWN_ROLE, example.HOLDER)


def test_a_closed_account_can_do_nothing_but_be_opened_and_lose_roles() -> None:
    story = an_officers()
    story.when(example.CLOSE)

    story.refuses(example.GRANT_POINT, Reason.WRONG_STATE)
    story.refuses(example.SET_PASSWORD, Reason.WRONG_STATE)
    assert story.when(example.REVOKE)
    assert story.when(example.REOPEN)


def test_a_second_factor_is_switched_off_once() -> None:
    story = open_account()

    story.refuses(example.DISABLE_TOTP, Reason.WRONG_STATE)
    story.when(example.ENABLE_TOTP)
    story.when(example.DISABLE_TOTP, example.HOLDER)

    assert story.state.totp_secret is None
    assert story.state.recovery_hashes == ""


def test_one_identity_is_bound_at_a_time() -> None:
    story = open_account()

    story.refuses(example.UNBIND, Reason.WRONG_STATE)
    story.when(example.BIND)
    story.refuses(example.BIND, Reason.ALREADY_EXISTS)
    story.when(example.UNBIND)
    assert story.when(example.BIND)


def test_a_lock_is_on_record_and_changes_nothing_else() -> None:
    story = an_officers()
    before = story.state

    assert story.when(example.LOCK) == [events.AccountLocked(account_id=example.WANG, minutes=15)]
    assert story.state == before
