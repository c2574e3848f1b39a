"""A private RabbitMQ: own node, data, cookie, epmd and loopback ports, no system server touched."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import kombu

from deploy.local import homes, management, ports
from deploy.local.files import last_lines, write_atomically
from deploy.local.lock import Say
from deploy.local.passwords import must_know_password, once, password
from deploy.local.place import Place
from deploy.local.processes import (
    log_path,
    running,
    start_process,
    stop_process,
    wait_until,
)
from deploy.local.trouble import SetupError

NODE = "rabbitmq"
EPMD = "epmd"
_USER = _VHOST = "jiandu"
_PORTS = (NODE, "rabbitmq-management", "rabbitmq-distribution")
_READY_SECONDS = 90.0
_STARTS = 3

# Light on a machine shared with everything else: no busy waiting, two schedulers; and the
# distribution, which has no password worth the name, on loopback only.
_ERL_ARGUMENTS = (
    "+S 2:2 +SDcpu 2:2 +SDio 2 +sbwt none +sbwtdcpu none +sbwtdio none "
    "-kernel inet_dist_use_interface {127,0,0,1}"
)


@dataclass(frozen=True)
class PrivateRabbitMQ:
    """The private node of one run folder. Whoever starts or stops it holds the lock.

    `begin` returns at once and `finish` waits: a node takes seconds to boot, in which the caller
    has other things to start.
    """

    place: Place
    binaries: Path
    say: Say
    lock: int

    def begin(self) -> bool:
        """Start the node if it does not run; returns whether it had to be."""
        if running(NODE, self.place.root) is not None:
            return False
        self._start()
        return True

    def finish(self, *, begun: bool) -> None:
        """Wait until the node takes connections. `begun` is what `begin` returned.

        Raises SetupError with the end of the node's log when it does not.
        """
        starts = int(begun)
        while not self._ready_within(_READY_SECONDS):
            ended = running(NODE, self.place.root) is None
            stop(self.place)
            # It ended: what it was killed with may have held on to something for a moment. It
            # keeps its ports, by which others know it, unless they are taken. Or it hangs, and is
            # from an earlier run.
            if starts == _STARTS or (starts > 0 and not ended):
                raise self._does_not_start()
            self.say("RabbitMQ does not answer: starting it anew.")
            self._start()
            starts += 1
        once(self._born, lambda: b"")

    def _does_not_start(self) -> SetupError:
        return SetupError(
            "The private RabbitMQ does not start. The end of its log:\n"
            f"{last_lines(log_path(NODE, self.place))}\n"
            "Set right what it says and run this again, or set JIANDU_AMQP_URL and "
            "JIANDU_RABBITMQ_MANAGEMENT_URL to a server of yours."
        )

    @property
    def _home(self) -> Path:
        return homes.rabbitmq_home(self.place)

    @property
    def _born(self) -> Path:
        """Exists once the node has come up for the first time."""
        return self.place.root / "rabbitmq.born"

    def _start(self) -> None:
        self.say("Starting the private RabbitMQ.")
        if not self._born.exists():
            # Its first boot makes vhost, user and permissions one after the other; killed in
            # between, it would come back without the rest. Nothing of worth is in there yet.
            shutil.rmtree(self._home, ignore_errors=True)
        else:
            must_know_password(self.place, NODE)
        homes.make_rabbitmq_home(self.place)
        environment = self._environment()
        self._write_settings()
        if running(EPMD, self.place.root) is None:
            epmd = [_epmd(), "-port", environment["ERL_EPMD_PORT"], "-address", "127.0.0.1"]
            start_process(EPMD, epmd, environment, self.place.root, cwd=self._home, lock=self.lock)
        node = [str(self.binaries / "rabbitmq-server")]
        start_process(NODE, node, environment, self.place.root, cwd=self._home, lock=self.lock)

    def _environment(self) -> dict[str, str]:
        for name in _PORTS:
            ports.usable_port(self.place, name)
        if running(EPMD, self.place.root) is None:
            ports.usable_port(self.place, EPMD)
        number = {name: str(port) for name, port in ports.remembered(self.place).items()}
        home = self._home
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),  # the node's cookie
            "ERL_EPMD_PORT": number[EPMD],
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            # Makes the script become the Erlang VM rather than wait for it: one process, one id.
            "RUNNING_UNDER_SYSTEMD": "true",
            "RABBITMQ_NODENAME": f"jiandu-{self.place.tag}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": number[NODE],
            "RABBITMQ_DIST_PORT": number["rabbitmq-distribution"],
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERL_ARGUMENTS,
            "RABBITMQ_MNESIA_BASE": str(home / "data"),
            "RABBITMQ_LOG_BASE": str(home / "log"),  # crash dumps; the log itself is its output
            "RABBITMQ_LOGS": "-",
            # The system's own settings under /etc/rabbitmq are not ours.
            "RABBITMQ_CONF_ENV_FILE": str(home / "environment.conf"),
            "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(home / "generated"),
            "RABBITMQ_SCHEMA_DIR": str(home / "schema"),
        }

    def _write_settings(self) -> None:
        settings = {
            "listeners.tcp.1": f"127.0.0.1:{ports.port(self.place, NODE)}",
            "management.tcp.ip": "127.0.0.1",
            "management.tcp.port": ports.port(self.place, "rabbitmq-management"),
            "default_user": _USER,
            "default_pass": password(self.place, NODE),
            "default_vhost": _VHOST,
            "default_user_tags.administrator": "true",
            "disk_free_limit.absolute": "50MB",
            "log.console.level": "warning",
        }
        text = "".join(f"{name} = {value}\n" for name, value in settings.items())
        write_atomically(self._home / "rabbitmq.conf", text.encode())
        write_atomically(self._home / "enabled_plugins", b"[rabbitmq_management].\n")
        write_atomically(self._home / "environment.conf", b"")
        write_atomically(self._home / "advanced.config", b"[].\n")
        cookie = self._home / ".erlang.cookie"
        once(cookie, lambda: password(self.place, "erlang-cookie").encode(), mode=0o400)

    def _ready_within(self, seconds: float) -> bool:
        def alive() -> bool:
            return running(NODE, self.place.root) is not None

        def ready() -> bool:
            return not alive() or (
                management.answers(management_url(self.place)) and answers(amqp_url(self.place))
            )

        return wait_until(ready, seconds, interval=0.1) and alive()


def amqp_url(place: Place) -> str:
    """The private node's broker; it need not run."""
    return f"amqp://{_credentials(place)}@127.0.0.1:{ports.port(place, NODE)}/{_VHOST}"


def management_url(place: Place) -> str:
    """The private node's management API, with its administrator; it need not run."""
    number = ports.port(place, "rabbitmq-management")
    return f"http://{_credentials(place)}@127.0.0.1:{number}"


def answers(url: str) -> bool:
    """Whether the broker at `url` takes the login and opens the vhost."""
    return refusal(url) is None


def refusal(url: str) -> str | None:
    """Why the broker at `url` cannot be used; None when it can."""
    try:
        with kombu.Connection(url, connect_timeout=3) as connection:
            connection.connect()
    except Exception as error:
        return str(error) or type(error).__name__
    return None


def stop(place: Place, *, kill: bool = False) -> bool:
    """End the node (it closes its files on SIGTERM), then its epmd; whether a node ran.

    With `kill` at once and hard, for a node whose data is about to be deleted.
    """
    gentle = () if kill else (signal.SIGTERM,)
    stopped = stop_process(NODE, place.root, signals=gentle, grace=20.0)
    stop_process(EPMD, place.root, grace=2.0)
    return stopped


def remove_data(place: Place) -> None:
    """Delete the stopped node's data."""
    shutil.rmtree(homes.rabbitmq_home(place), ignore_errors=True)
    (place.root / "rabbitmq.born").unlink(missing_ok=True)


def _credentials(place: Place) -> str:
    return f"{_USER}:{quote(password(place, NODE), safe='')}"


def _epmd() -> str:
    found = shutil.which("epmd")
    if found is not None:
        return found
    candidates = sorted(Path("/usr/lib/erlang").glob("erts-*/bin/epmd"))
    if not candidates:
        raise SetupError(
            "Erlang's epmd is missing although RabbitMQ is there: install erlang-base, "
            "or set JIANDU_AMQP_URL to a broker of yours."
        )
    return str(candidates[-1])
