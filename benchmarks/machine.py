"""What the figures were measured on."""

from __future__ import annotations

import datetime as dt
import os
import platform
from pathlib import Path

import psycopg

from deploy.local.infrastructure import Infrastructure
from shared.messaging.topology import broker_channel


def facts(infrastructure: Infrastructure) -> list[str]:
    """Lines: date, processor, memory, versions of what is measured."""
    return [
        f"date: {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC",
        f"machine: {_told('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores,"
        f" {_told('/proc/meminfo', 'MemTotal')} of memory, Linux {platform.release()}",
        f"Python {platform.python_version()}, PostgreSQL {_postgres(infrastructure)},"
        f" RabbitMQ {_rabbitmq(infrastructure)}",
    ]


def load() -> str:
    """The load averages of 1, 5 and 15 minutes: whether something else was at work."""
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def _postgres(infrastructure: Infrastructure) -> str:
    with psycopg.connect(infrastructure.postgres_url) as connection:
        major, minor = divmod(connection.info.server_version, 10_000)
    return f"{major}.{minor}"


def _rabbitmq(infrastructure: Infrastructure) -> str:
    with broker_channel(infrastructure.amqp_url, "bench") as channel:
        return str(channel.connection.server_properties["version"])


def _told(file: str, name: str) -> str:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "?")
