"""What can be asked about accounts, in the imperative.

Logins, names and passwords cross the broker sealed to the portal.
"""

from __future__ import annotations

from shared.contracts.fields import Identifier, Text, Whole
from shared.contracts.message import Vocabulary, define, internal, public, sealed
from shared.contracts.portal.fields import account_role, login, password, recovery_hashes
from shared.contracts.registry.fields import division
from shared.contracts.roles import Role

COMMANDS = Vocabulary("portal", "command")


@define(COMMANDS)
class OpenAccount:
    """By an administrator; the password is for the first sign-in alone."""

    account_id: str = public(Identifier())
    login: str = sealed(login(), under="account_id")
    display_name: str = sealed(Text(50), under="account_id")
    password: str = sealed(password(), under="account_id")


@define(COMMANDS)
class RegisterApplicant:
    """By whoever wants to apply; the account acts as applicant for the division."""

    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())
    division: str = internal(division())
    login: str = sealed(login(), under="account_id")
    display_name: str = sealed(Text(50), under="account_id")
    password: str = sealed(password(), under="account_id")


@define(COMMANDS)
class GrantRole:
    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())
    role: Role = internal(account_role())
    division: str | None = internal(division(allow_none=True))
    unit: str | None = internal(Text(100, allow_none=True))


@define(COMMANDS)
class RevokeRole:
    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())


@define(COMMANDS)
class ResetPassword:
    """By an administrator; the holder must choose another at the next sign-in."""

    account_id: str = public(Identifier())
    password: str = sealed(password(), under="account_id")


@define(COMMANDS)
class ChangePassword:
    """By the holder, who knows the old one."""

    account_id: str = public(Identifier())
    old_password: str = sealed(password(), under="account_id")
    new_password: str = sealed(password(), under="account_id")


@define(COMMANDS)
class RehashPassword:
    """By the portal itself, at a sign-in: the hash's costs were raised since it was made.

    `instead_of` is the hash that was verified, so that a password set meanwhile stays.
    """

    account_id: str = public(Identifier())
    password_hash: str = sealed(Text(300), under="account_id")
    instead_of: str = sealed(Text(300), under="account_id")


@define(COMMANDS)
class EnableTotp:
    """By the holder, with the password; the device has shown a right `code` for the new secret."""

    account_id: str = public(Identifier())
    password: str = sealed(password(), under="account_id")
    secret: str = sealed(Text(64), under="account_id")
    code: str = sealed(Text(10), under="account_id")
    recovery_hashes: str = sealed(recovery_hashes(), under="account_id")


@define(COMMANDS)
class DisableTotp:
    """By the holder, with the password; or by an administrator, for a lost device."""

    account_id: str = public(Identifier())
    password: str | None = sealed(password(allow_none=True), under="account_id")


@define(COMMANDS)
class BindIdentity:
    """By an administrator: whoever the provider says is this subject signs in to this account."""

    account_id: str = public(Identifier())
    issuer: str = internal(Text(300))
    subject: str = sealed(Text(255), under="account_id")


@define(COMMANDS)
class UnbindIdentity:
    account_id: str = public(Identifier())


@define(COMMANDS)
class LockAccount:
    """By the portal itself, when too many attempts have failed."""

    account_id: str = public(Identifier())
    minutes: int = internal(Whole(1, 100_000))


@define(COMMANDS)
class EndSessions:
    """By the holder or an administrator: sign out everywhere."""

    account_id: str = public(Identifier())


@define(COMMANDS)
class CloseAccount:
    account_id: str = public(Identifier())


@define(COMMANDS)
class ReopenAccount:
    account_id: str = public(Identifier())
