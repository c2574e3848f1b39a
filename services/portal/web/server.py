"""The `web` role: gunicorn on threads, one process; more of it behind a proxy for more load."""

from __future__ import annotations

import os
import resource
from typing import Any

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication

from services.portal import api, pages
from services.portal.accounts.directory import Directory
from services.portal.accounts.drafts import Drafts
from services.portal.accounts.handshakes import Handshakes
from services.portal.accounts.lockout import Lockout
from services.portal.accounts.oidc import OpenIdProvider
from services.portal.accounts.proofs import Proofs
from services.portal.accounts.sessions import Sessions
from services.portal.accounts.sign_in import SignIn
from services.portal.receipts.receipts import Receipts
from services.portal.receipts.shown import ShownCodes
from services.portal.web.app import create_app
from services.portal.web.calls import Calls
from services.portal.web.edge import Edge
from services.portal.web.own import OwnAnswers
from services.portal.web.settings import WebSettings
from services.portal.web.visitor import current_visitor
from services.portal.web.worker import BoundedWorker
from shared.access.actor import Issuer
from shared.contracts.catalogue import CATALOGUE
from shared.observability.probe import Probe
from shared.service import health
from shared.service.config import Config
from shared.service.definition import ServiceDefinition
from shared.service.wiring import Wiring, wire

ISSUER = "portal"
"""How the services know the portal's signature."""

_DEAF_SECONDS = 60
"""A worker whose main loop has not turned for so long is killed."""
_GRACE_SECONDS = 20
_MOST_CONNECTIONS = 16
MOST_CLIENTS = 8_192
"""Connections from outside at the same time; who comes later waits until one of them ends."""
_OTHER_FILES = 256
"""Open beside them: databases, the broker, files that are sent."""
LONGEST_MS = 3_000
"""A statement of a page: whoever waits for it is told soon that our databases do not answer."""

_log = structlog.get_logger(__name__)


def run(definition: ServiceDefinition, config: Config) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are answered first.

    Raises ConfigurationError.
    """
    settings = WebSettings.from_environment(os.environ, config.environment)
    Issuer.from_file(ISSUER, settings.key_file)
    # Only to see, before anything is forked, that all is there: connections are not shared.
    wire(definition, config, "web", 1).close()
    _Server(definition, config, settings).run()


def make_app(wiring: Wiring, settings: WebSettings) -> Flask:
    """The whole application on this process's wiring."""
    installed = [api.install, pages.install]
    return create_app(make_edge(wiring, settings), installed, pages.show_problem)


def make_edge(wiring: Wiring, settings: WebSettings) -> Edge:
    """The edge on this process's own databases and on the services behind the broker."""
    directory = Directory(wiring.log, wiring.keyring)
    sessions = Sessions(wiring.connections)
    lockout = Lockout(wiring.connections, wiring.keyring)
    proofs = Proofs(directory, lockout, wiring.commands)
    calls = Calls(
        wiring.config.amqp_url,
        Issuer.from_file(ISSUER, settings.key_file),
        settings,
        CATALOGUE,
        lambda: current_visitor().actor,
        {wiring.definition.name: OwnAnswers(wiring, proofs)},
    )
    return Edge(
        settings=settings,
        environment=wiring.config.environment,
        directory=directory,
        sessions=sessions,
        sign_in=SignIn(directory, sessions, proofs, wiring.connections, wiring.commands),
        drafts=Drafts(wiring.connections, wiring.keyring, wiring.clock),
        calls=calls,
        clock=wiring.clock,
        keyring=wiring.keyring,
        handshakes=Handshakes(wiring.connections),
        receipts=Receipts(wiring.keyring),
        shown_codes=ShownCodes(wiring.connections),
        openid=_provider(settings),
        evidence=settings.evidence,
    )


def _provider(settings: WebSettings) -> OpenIdProvider | None:
    its = settings.oidc
    if its is None:
        return None
    callback = settings.url + pages.OPENID_CALLBACK
    return OpenIdProvider(its.issuer, its.client_id, its.client_secret, callback)


def _most_clients() -> int:
    """As many as this process may have files open, which it lets itself have as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CLIENTS + _OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(MOST_CLIENTS, soft - _OTHER_FILES))


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn's master; everything with a connection is made in the worker it forks."""

    def __init__(
        self, definition: ServiceDefinition, config: Config, settings: WebSettings
    ) -> None:
        self._definition, self._config, self._settings = definition, config, settings
        super().__init__()

    def load_config(self) -> None:
        told = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": BoundedWorker,
            "threads": self._settings.threads,
            "worker_connections": _most_clients(),
            "timeout": _DEAF_SECONDS,
            "graceful_timeout": _GRACE_SECONDS,
            "keepalive": 5,
            "limit_request_line": 8_190,
            "limit_request_fields": 60,
            "limit_request_field_size": 8_000,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        wiring = wire(self._definition, self._config, "web", _MOST_CONNECTIONS, LONGEST_MS)
        app = make_app(wiring, self._settings)
        health.serve(self._config.health_host, self._config.health_port, _readiness(wiring))
        _log.info("web.started", url=self._settings.url)
        return app


def _readiness(wiring: Wiring) -> health.State:
    """What /readyz tells: ready while both databases answer within a second."""
    probes = (
        Probe("database", lambda: _ask(wiring.connections)),
        Probe("keys_database", lambda: _ask(wiring.keys_connections)),
    )

    def state() -> dict[str, Any]:
        found = {probe.name: probe.reason() for probe in probes}
        reasons = {part: reason for part, reason in found.items() if reason is not None}
        return {"ok": not reasons, "reasons": reasons}

    return state


def _ask(pool: Any) -> None:
    with pool.connection(timeout=1) as connection:
        connection.execute("SELECT 1")
