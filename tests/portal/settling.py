"""Waiting until what was done is shown."""

from __future__ import annotations

from deploy.local.processes import wait_until
from tests.system.bureau import Bureau
from tests.system.installation import PATIENCE


def let_settle(bureau: Bureau) -> None:
    """Return once the registry's read models show all that is in its log."""

    def settled() -> bool:
        told = bureau.client.ask("registry", "status")
        shown = {model["position"] for model in told["models"]}
        return told["unnumbered"] == 0 and shown == {told["head"]}

    assert wait_until(settled, PATIENCE), "the read models have not caught up"
