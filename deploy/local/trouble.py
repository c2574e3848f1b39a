"""The one error of this package that a person is meant to read."""

from __future__ import annotations


class SetupError(Exception):
    """Set-up cannot go on; the message is one that tells the reader what to do."""
