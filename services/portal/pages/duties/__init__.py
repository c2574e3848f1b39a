"""The pages of points' duties: what a point did, and what it and its bureau keep about it."""

from __future__ import annotations

from flask import Blueprint

from services.portal.pages.duties import acting, records, things

AREAS: tuple[Blueprint, ...] = (records.pages, things.pages, acting.pages)
"""Every area of these pages."""
