"""What happens to accounts, in the past tense.

Who somebody is (login, name, identity at a provider) and what they prove it with lie sealed under
the account's own key; which roles they hold is for our services alone.
"""

from __future__ import annotations

from shared.contracts.fields import Flag, Identifier, Text, Whole
from shared.contracts.message import Sealable, Vocabulary, define, internal, public, sealed
from shared.contracts.portal.fields import account_role, login
from shared.contracts.registry.fields import division
from shared.contracts.roles import Role

EVENTS = Vocabulary("portal", "event")


@define(EVENTS)
class AccountOpened:
    """An account exists. `registered`: its holder opened it, not an administrator.

    `division` is that of the administrator who opened it, or for which it was registered (None: the
    whole city); while the account holds no role, that says whose it is.
    """

    account_id: str = public(Identifier())
    registered: bool = internal(Flag())
    division: str | None = internal(division(allow_none=True))
    login: Sealable[str] = sealed(login(), under="account_id")
    display_name: Sealable[str] = sealed(Text(50), under="account_id")


@define(EVENTS)
class PasswordSet:
    """The password is another one. `must_change`: somebody else chose it."""

    account_id: str = public(Identifier())
    must_change: bool = internal(Flag())
    password_hash: Sealable[str] = sealed(Text(300), under="account_id")


@define(EVENTS)
class PasswordRehashed:
    """The same password, kept at higher costs than before; nobody is signed out by it."""

    account_id: str = public(Identifier())
    password_hash: Sealable[str] = sealed(Text(300), under="account_id")


@define(EVENTS)
class RoleGranted:
    """The account may act in a role: for a division and what lies in it, or the whole city.

    `unit` is what it acts for, such as an enforcement body or a point.
    """

    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())
    role: Role = internal(account_role())
    division: str | None = internal(division(allow_none=True))
    unit: str | None = internal(Text(100, allow_none=True))


@define(EVENTS)
class RoleRevoked:
    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())


@define(EVENTS)
class TotpEnabled:
    """Signing in takes a code as well. `recovery_hashes`: space-separated, each used once."""

    account_id: str = public(Identifier())
    secret: Sealable[str] = sealed(Text(64), under="account_id")
    recovery_hashes: Sealable[str] = sealed(Text(2_000), under="account_id")


@define(EVENTS)
class TotpDisabled:
    account_id: str = public(Identifier())


@define(EVENTS)
class IdentityBound:
    """The account is also known by an identity at an OpenID provider."""

    account_id: str = public(Identifier())
    issuer: str = internal(Text(300))
    subject: Sealable[str] = sealed(Text(255), under="account_id")


@define(EVENTS)
class IdentityUnbound:
    account_id: str = public(Identifier())


@define(EVENTS)
class AccountLocked:
    """Too many attempts failed, so nobody can sign in to it for a while."""

    account_id: str = public(Identifier())
    minutes: int = internal(Whole(1, 100_000))


@define(EVENTS)
class SessionsEnded:
    """Everyone who was signed in to the account is out."""

    account_id: str = public(Identifier())


@define(EVENTS)
class AccountClosed:
    account_id: str = public(Identifier())


@define(EVENTS)
class AccountReopened:
    account_id: str = public(Identifier())


@define(EVENTS)
class AdministratorAdded:
    """Beside the grant itself: the set of those who may administer, so that every division that
    once had an administrator keeps one. `division` is the grant's (None: the whole city).
    """

    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())
    division: str | None = internal(division(allow_none=True))


@define(EVENTS)
class AdministratorRemoved:
    account_id: str = public(Identifier())
    grant_id: str = public(Identifier())
