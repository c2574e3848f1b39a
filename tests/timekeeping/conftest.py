"""A database with the read models' schema, emptied before each test."""

from __future__ import annotations

from tests.projections.conftest import pool, room

__all__ = ["pool", "room"]
