"""The reporter's own pages: reached with a receipt code, without an account or JavaScript."""

from __future__ import annotations

from flask import Blueprint

from services.portal.pages.reporter import acts, entering, evidence

AREAS: tuple[Blueprint, ...] = (entering.pages, acts.pages, evidence.pages)
"""Every area of these pages."""
