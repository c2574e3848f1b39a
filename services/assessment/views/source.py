"""Whose log the service's own events are in."""

from __future__ import annotations

SOURCE = "assessment"
