"""What a request works with: everything the web process was given when it started."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.portal.accounts.directory import Directory
from services.portal.accounts.drafts import Drafts
from services.portal.accounts.handshakes import Handshakes
from services.portal.accounts.oidc import OpenIdProvider
from services.portal.accounts.sessions import Sessions
from services.portal.accounts.sign_in import SignIn
from services.portal.receipts.receipts import Receipts
from services.portal.receipts.shown import ShownCodes
from services.portal.web.calls import Calls
from services.portal.web.settings import WebSettings
from shared.clock import Clock
from shared.privacy.evidence.store import EvidenceStore
from shared.privacy.keyring import Keyring

_EXTENSION = "jiandu"


@dataclass(frozen=True)
class Edge:
    """`environment` is `local`, `production` or what else JIANDU_ENVIRONMENT says.

    openid: the provider that staff can sign in with; None when the city has none
    """

    settings: WebSettings
    environment: str
    directory: Directory
    sessions: Sessions
    sign_in: SignIn
    drafts: Drafts
    calls: Calls
    clock: Clock
    keyring: Keyring
    handshakes: Handshakes
    receipts: Receipts
    shown_codes: ShownCodes
    openid: OpenIdProvider | None
    evidence: EvidenceStore

    def install(self, extensions: dict[str, object]) -> None:
        """Make it what `edge()` finds in an application."""
        extensions[_EXTENSION] = self


def edge() -> Edge:
    """That of the application whose request is under way."""
    return cast(Edge, current_app.extensions[_EXTENSION])


def services() -> Calls:
    """How to ask the services, in the name of whoever sent the request under way."""
    return edge().calls
