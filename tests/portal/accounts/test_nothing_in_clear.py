"""Who somebody is and what they prove it with: in no table and no log line in clear."""

from __future__ import annotations

import contextlib
import json

import structlog

from services.portal.accounts import totp
from shared.contracts.errors import Refused
from shared.contracts.portal import commands
from tests.portal.accounts.office import CONSOLE, PUBLIC, Office, fresh
from tests.portal.accounts.test_second_factor import Person, enabling

LOGIN, NAME, PASSWORD = "unmistakable-login", "欧阳不可混淆", "an unmistakable password"
WRONG, SUBJECT, TOKEN = "an unmistakable mistake", "unmistakable-subject", "unmistakable.id.token"
ADDRESS = "198.51.100.77"


def live(new_office: Office) -> list[str]:
    """Somebody registers, is bound to an identity, signs in by every way and fails to.

    What nobody may read of it.
    """
    account_id = fresh()
    registered = commands.RegisterApplicant(
        account_id=account_id,
        grant_id=fresh(),
        division="430202",
        login=LOGIN,
        display_name=NAME,
        password=PASSWORD,
    )
    new_office.send(registered, PUBLIC)
    person = Person(LOGIN, account_id, totp.new_secret(), totp.new_recovery_codes())
    new_office.send(enabling(person, password=PASSWORD), new_office.holder(account_id))
    bind = commands.BindIdentity(account_id=account_id, issuer="https://id", subject=SUBJECT)
    new_office.send(bind, CONSOLE)
    by_password = new_office.enter(LOGIN, PASSWORD, person.code(), ADDRESS)
    by_identity = new_office.sign_in.by_identity("https://id", SUBJECT, TOKEN)
    for _ in range(6):
        with contextlib.suppress(Refused):
            new_office.enter(LOGIN, WRONG, address=ADDRESS)
    new_office.drafts.put(account_id, "application", fresh(), {"name": NAME})
    new_office.project()
    return [
        *(LOGIN, NAME, PASSWORD, WRONG, SUBJECT, TOKEN, ADDRESS, person.secret),
        *(*person.recovery, by_password.token, by_identity.token),
    ]


def test_no_table_holds_it(new_office: Office) -> None:
    secrets = live(new_office)
    tables = new_office.rows(
        "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
        " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
        " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
    )
    assert len(tables) > 10
    for (table,) in tables:
        for (row,) in new_office.rows(f"SELECT t::text FROM {table} t"):
            for secret in secrets:
                assert secret not in row, f"{table} holds {secret}"
                assert secret.encode().hex() not in row, f"{table} holds {secret} as bytes"


def test_no_log_line_holds_it(new_office: Office) -> None:
    with structlog.testing.capture_logs() as lines:
        secrets = live(new_office)

    told = json.dumps(lines, ensure_ascii=False, default=repr)

    assert "sign_in.failed" in told
    assert "command.done" in told
    for secret in secrets:
        assert secret not in told
