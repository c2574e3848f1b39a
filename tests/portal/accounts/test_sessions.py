"""Sessions: how they begin, go on and end."""

from __future__ import annotations

import datetime as dt

import pytest

from services.portal.accounts.sessions import IDLE, LONGEST
from shared.contracts.errors import Refused
from shared.contracts.portal import commands
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from tests.portal.accounts.office import (
    CONSOLE,
    DISTRICT,
    OTHER_PASSWORD,
    PASSWORD,
    Office,
    fresh,
    new_login,
)

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def login(office: Office) -> str:
    """Somebody with two roles."""
    name = new_login()
    account_id = office.register(name)
    office.grant(account_id, Role.OFFICER, DISTRICT)
    return name


def test_each_sign_in_begins_a_session_with_a_token_of_its_own(office: Office, login: str) -> None:
    """So a token that somebody slipped to the browser before is worth nothing (fixation)."""
    first, second = office.enter(login), office.enter(login)

    assert first.token != second.token
    assert first.session.csrf != second.session.csrf
    assert office.standing(first.token)
    assert office.standing(second.token)
    assert office.standing("a token that somebody made up") is None


def test_the_database_does_not_hold_what_lets_in(office: Office, login: str) -> None:
    signed = office.enter(login)

    rows = office.rows("SELECT row_to_json(s)::text FROM portal.session s")

    assert any(signed.session.session_id in row[0] for row in rows)
    assert not any(signed.token in row[0] for row in rows)
    assert signed.token not in repr(signed)


def test_signing_out_ends_this_session_alone(office: Office, login: str) -> None:
    first, second = office.enter(login), office.enter(login)

    office.sessions.end(first.session.session_id)

    assert office.standing(first.token) is None
    assert office.standing(second.token)


def test_signing_out_everywhere_ends_all(office: Office, login: str) -> None:
    first, second = office.enter(login), office.enter(login)
    account_id = first.session.account_id

    office.send(commands.EndSessions(account_id=account_id), office.holder(account_id))

    assert office.standing(first.token) is None
    assert office.standing(second.token) is None
    assert office.standing(office.enter(login).token)


def test_another_role_is_worn_under_another_token(office: Office, login: str) -> None:
    before = office.enter(login)
    account = office.account(before.session.account_id)
    other = next(its for its in account.grants if its != before.session.grant_id)

    after = office.sign_in.switch_role(before.session, account, other)

    assert office.standing(before.token) is None
    switched = office.standing(after.token)
    assert switched is not None
    assert switched.grant_id == other
    assert switched.csrf != before.session.csrf


def test_nobody_acts_in_a_role_that_they_do_not_hold(office: Office, login: str) -> None:
    signed = office.enter(login)
    account = office.account(signed.session.account_id)

    with pytest.raises(Refused) as refusal:
        office.sign_in.switch_role(signed.session, account, fresh())

    assert refusal.value.reason == Reason.WRONG_ROLE
    assert office.standing(signed.token)


def test_changing_roles_does_not_make_a_session_longer(office: Office, login: str) -> None:
    before = office.enter(login)
    office.execute(
        "UPDATE portal.session SET made_at = made_at - interval '11 hours' WHERE session_id = %s",
        before.session.session_id,
    )
    session = office.standing(before.token)
    assert session is not None
    account = office.account(session.account_id)

    after = office.sign_in.switch_role(session, account, next(iter(account.grants)))

    assert after.session.made_at == session.made_at


def test_a_revoked_role_ends_the_sessions_in_which_it_is_worn_at_once(
    office: Office, login: str
) -> None:
    signed = office.enter(login)
    account_id = signed.session.account_id
    account = office.account(account_id)
    current = signed.session.grant_id
    assert current is not None
    in_the_other = office.enter(login)
    other = next(its for its in account.grants if its != current)
    in_the_other = office.sign_in.switch_role(in_the_other.session, account, other)

    office.send(commands.RevokeRole(account_id=account_id, grant_id=current), CONSOLE)

    assert office.standing(signed.token) is None
    assert office.standing(in_the_other.token)


def test_closing_an_account_ends_its_sessions_for_good(office: Office, login: str) -> None:
    signed = office.enter(login)
    account_id = signed.session.account_id

    office.send(commands.CloseAccount(account_id=account_id), CONSOLE)
    assert office.standing(signed.token) is None

    office.send(commands.ReopenAccount(account_id=account_id), CONSOLE)
    assert office.standing(signed.token) is None


def test_a_password_that_was_reset_ends_the_sessions(office: Office, login: str) -> None:
    signed = office.enter(login)
    reset = commands.ResetPassword(account_id=signed.session.account_id, password=OTHER_PASSWORD)

    office.send(reset, CONSOLE)

    assert office.standing(signed.token) is None


def test_whoever_changes_their_password_goes_on_and_all_others_are_out(
    office: Office, login: str
) -> None:
    own, others = office.enter(login), office.enter(login)
    account_id = own.session.account_id
    change = commands.ChangePassword(
        account_id=account_id, old_password=PASSWORD, new_password=OTHER_PASSWORD
    )
    office.send(change, office.holder(account_id))

    after = office.sign_in.go_on(own.session)

    assert office.standing(after.token)
    assert after.session.grant_id == own.session.grant_id
    assert office.standing(own.token) is None
    assert office.standing(others.token) is None


@pytest.mark.parametrize(
    ("column", "longest"), [("seen_at", IDLE), ("made_at", LONGEST)], ids=["idle", "absolute"]
)
def test_a_session_ends_by_itself(
    office: Office, login: str, column: str, longest: dt.timedelta
) -> None:
    signed = office.enter(login)
    earlier = f"UPDATE portal.session SET {column} = now() - %s WHERE session_id = %s"

    office.execute(earlier, longest - MINUTE, signed.session.session_id)
    assert office.standing(signed.token)

    office.execute(earlier, longest + MINUTE, signed.session.session_id)
    assert office.standing(signed.token) is None
    assert office.sessions.of(signed.session.account_id) == []


def test_a_session_in_use_does_not_run_idle(office: Office, login: str) -> None:
    signed = office.enter(login)
    office.execute(
        "UPDATE portal.session SET seen_at = now() - interval '20 minutes' WHERE session_id = %s",
        signed.session.session_id,
    )
    office.standing(signed.token)

    (session,) = office.sessions.of(signed.session.account_id)

    now = office.rows("SELECT now()")[0][0]
    assert now - session.seen_at < MINUTE


def test_sessions_that_ran_out_leave_the_table(office: Office, login: str) -> None:
    old = office.enter(login).session.session_id
    office.execute(
        "UPDATE portal.session SET made_at = now() - interval '13 hours' WHERE session_id = %s", old
    )

    office.enter(login)

    assert office.rows("SELECT 1 FROM portal.session WHERE session_id = %s", old) == []
