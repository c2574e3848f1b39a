"""Whose events the registry's models fold into rows."""

from __future__ import annotations

SOURCE = "registry"
