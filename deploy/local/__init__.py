"""Everything on one machine: private PostgreSQL and RabbitMQ, and all services, for demo and tests.

What it starts lies in one run folder (`.run` in the checkout) and is found, healed and stopped
from there. `python -m deploy.local up|down|status|infra` is the same on the command line.
"""

from deploy.local.infrastructure import Infrastructure, ensure, stop
from deploy.local.processes import Process, start_process, stop_process
from deploy.local.trouble import SetupError

__all__ = [
    "Infrastructure",
    "Process",
    "SetupError",
    "ensure",
    "start_process",
    "stop",
    "stop_process",
]
