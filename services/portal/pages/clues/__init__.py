"""The pages of clues and opinions: how they come in, what is done about them, what came of it."""

from __future__ import annotations

from flask import Blueprint

AREAS: tuple[Blueprint, ...] = ()
"""Every area of these pages."""
