"""The log's own fixtures serve here too."""

from tests.eventlog.conftest import log_database, pool

__all__ = ["log_database", "pool"]
