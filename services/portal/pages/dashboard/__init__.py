"""The leader's dashboard: what a busy person must know of the scheme in ten seconds."""

from __future__ import annotations

from services.portal.pages.dashboard import showing, taking

AREAS = (showing.pages, taking.pages)
