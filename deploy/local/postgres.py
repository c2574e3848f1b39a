"""A private PostgreSQL: its own data, its own loopback port, no socket file, no system server."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from deploy.local import accounts, homes, ports
from deploy.local.files import last_lines, read_json, write_json
from deploy.local.lock import Say
from deploy.local.passwords import must_know_password, password
from deploy.local.place import Place
from deploy.local.processes import (
    Account,
    log_path,
    running,
    start_process,
    stop_process,
    wait_until,
)
from deploy.local.trouble import SetupError

NAME = "postgres"
_SUPERUSER = "postgres"
_READY_SECONDS = 60.0
_STARTS = 3

# Durable as by default (fsync stays on). The rest: room for all services and tests on one machine,
# UTC whatever the machine's zone, and a log that names user and database.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}


@dataclass(frozen=True)
class PrivatePostgres:
    """The private server of one run folder. Whoever starts or stops it holds the lock."""

    place: Place
    binaries: Path
    say: Say
    lock: int

    @property
    def url(self) -> str:
        """A superuser's URL of database `postgres`, at the remembered port."""
        return superuser_url(self.place)

    def ensure(self) -> None:
        """Make the data the first time, start the server if it does not run, wait until it answers.

        Raises SetupError with the log's last lines when it does not come up.
        """
        if running(NAME, self.place.root) is not None:
            if self._answers_within(_READY_SECONDS):
                return
            self.say("PostgreSQL runs but does not answer: starting it anew.")
            stop(self.place)
        data = self._data()
        account = accounts.owner_account(data)
        for _ in range(_STARTS):
            _clear_leftovers(data)
            self._start(data, account)
            if self._answers_within(_READY_SECONDS):
                return
            stop(self.place)
        raise SetupError(
            "The private PostgreSQL does not start. The end of its log:\n"
            f"{last_lines(log_path(NAME, self.place))}\n"
            "Set right what it says and run this again, or set JIANDU_POSTGRES_URL to a server "
            "of yours."
        )

    def _data(self) -> Path:
        home = home_of(self.place)
        if home is None or not home.exists():
            home = homes.postgres_home(self.place, accounts.server_account())
            _remove(home / "data")  # outside the run folder, and left when that was deleted
            write_json(_memory(self.place), {"home": str(home)})
        data = home / "data"
        if not data.exists():
            self._initialise(home, data)
        else:
            must_know_password(self.place, NAME)
        return data

    def _initialise(self, home: Path, data: Path) -> None:
        # initdb killed half way leaves a folder that is neither empty nor a cluster: work in a
        # draft and rename, so that `data` is whole or missing.
        self.say("Making a private PostgreSQL database cluster (once).")
        account = accounts.owner_account(home)
        draft, secret = home / "data.draft", home / "initdb.password"
        _end_workers(home)  # an initdb whose starter was killed is still writing there
        shutil.rmtree(draft, ignore_errors=True)
        secret.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
                f.write(password(self.place, NAME))
            if account is not None:
                os.chown(secret, account.uid, account.gid)
            _run_as(account, home, self._initdb(draft, secret))
        finally:
            secret.unlink(missing_ok=True)
        draft.rename(data)

    def _initdb(self, draft: Path, secret: Path) -> list[str]:
        return [
            str(self.binaries / "initdb"),
            *("-D", str(draft), "-U", _SUPERUSER, "--pwfile", str(secret)),
            *("--auth", "scram-sha-256", "--locale", "C.UTF-8", "-E", "UTF8"),
        ]

    def _start(self, data: Path, account: Account | None) -> None:
        self.say("Starting the private PostgreSQL.")
        settings = {**_SETTINGS, "port": str(ports.usable_port(self.place, NAME))}
        argv = [str(self.binaries / "postgres"), "-D", str(data)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        start_process(
            NAME,
            argv,
            _bare_environment(data.parent),
            self.place.root,
            cwd=Path("/"),
            account=account,
            lock=self.lock,
        )

    def _answers_within(self, seconds: float) -> bool:
        def ready() -> bool:
            return answers(self.url) or running(NAME, self.place.root) is None

        return wait_until(ready, seconds) and running(NAME, self.place.root) is not None


def superuser_url(place: Place) -> str:
    """The superuser's URL of the private server; it need not run."""
    secret = quote(password(place, NAME), safe="")
    return f"postgresql://{_SUPERUSER}:{secret}@127.0.0.1:{ports.port(place, NAME)}/postgres"


def answers(url: str) -> bool:
    """Whether the server at `url` takes the connection and a query."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def stop(place: Place, *, kill: bool = False) -> bool:
    """Fast shutdown (SIGINT), immediate when that hangs (SIGQUIT); whether one ran.

    With `kill` at once and hard, for a server whose data is about to be deleted.
    """
    gentle = () if kill else (signal.SIGINT, signal.SIGQUIT)
    return stop_process(NAME, place.root, signals=gentle, grace=15.0)


def remove_data(place: Place) -> None:
    """Delete the stopped server's data, wherever it lies."""
    home = home_of(place)
    if home is not None:
        _remove(home)
    _memory(place).unlink(missing_ok=True)


def home_of(place: Place) -> Path | None:
    """The folder above the data, which need not lie in the run folder; None before the first."""
    home = read_json(_memory(place)).get("home")
    return Path(home) if isinstance(home, str) else None


def _remove(folder: Path) -> None:
    if folder.exists():
        _end_workers(folder)
        shutil.rmtree(folder)


def _memory(place: Place) -> Path:
    return place.root / "postgres.json"


def _bare_environment(home: Path) -> dict[str, str]:
    # No PG* variable of the user's may steer the server; messages stay in the log's language.
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C.UTF-8"}


def _run_as(account: Account | None, home: Path, argv: list[str]) -> None:
    answer = subprocess.run(
        argv,
        env=_bare_environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
    )
    if answer.returncode != 0:
        raise SetupError(
            f"initdb failed:\n{answer.stdout.strip()}\n"
            "Set right what it says and run this again, or set JIANDU_POSTGRES_URL to a server "
            "of yours."
        )


def _clear_leftovers(data: Path) -> None:
    """After a killed server: end its last workers and drop its pid file.

    Workers notice the death of their parent within moments, but until then the next server
    refuses to start; and it refuses for ever when the old id belongs to another process by now.
    """
    wait_until(lambda: not _working_in(data), 5)
    _end_workers(data)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _end_workers(folder: Path) -> None:
    for pid in _working_in(folder):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    wait_until(lambda: not _working_in(folder), 10)


def _working_in(folder: Path) -> list[int]:
    """PostgreSQL's own processes at work in or below a folder: they make it their directory."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            at_home = Path(os.readlink(entry / "cwd")).is_relative_to(folder)
            if at_home and (entry / "comm").read_text().strip() in ("postgres", "initdb"):
                found.append(int(entry.name))
        except OSError:
            continue  # gone meanwhile, or another user's
    return found
