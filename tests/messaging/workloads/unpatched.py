"""A process that forgot eventlet's first line. Arguments: AMQP URL."""

import sys

from shared.messaging.runner import run_service


class Unpatched:
    name = "unpatched"


run_service(Unpatched, {"AMQP_URI": sys.argv[1]})
