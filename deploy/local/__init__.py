"""Everything on one machine: private PostgreSQL and RabbitMQ, and all services, for demo and tests.

What it starts lies in one run folder (`.run` in the checkout) and is found, healed and stopped
from there. `python -m deploy.local up|down|status|infra` is the same on the command line.
"""

from deploy.local.environment import load_environment
from deploy.local.infrastructure import Infrastructure, ensure, stop
from deploy.local.processes import Process, start_process, stop_process
from deploy.local.services import SERVICES, Fleet
from deploy.local.status import status
from deploy.local.supervision import down, up
from deploy.local.trouble import SetupError

__all__ = [
    "SERVICES",
    "Fleet",
    "Infrastructure",
    "Process",
    "SetupError",
    "down",
    "ensure",
    "load_environment",
    "start_process",
    "status",
    "stop",
    "stop_process",
    "up",
]
