"""Who may see and send what about erasures, written down by hand."""

from __future__ import annotations

from shared.contracts.roles import Role

_LEADER = frozenset({Role.LEADER})
_BUREAU = _LEADER | {Role.OFFICER}
_WATCHING = _BUREAU | {Role.AUDITOR}
_DECISIONS = ("approval", "refusal", "lock", "reading")


def _api(service: str) -> dict[str, frozenset[Role] | str]:
    at = f"/api/v1/erasures/{service}"
    one = f"{at}/<erasure_id>"
    return {
        f"GET {at}": _WATCHING,
        f"POST {at}": _BUREAU,
        f"GET {one}": _WATCHING,
        f"GET {one}/papers/certificate": _WATCHING,
        **{f"POST {one}/{each}": _LEADER for each in _DECISIONS},
    }


ERASURES: dict[str, frozenset[Role] | str] = {
    "GET /erasures": _WATCHING,
    "GET /erasures/<service>/new": _BUREAU,
    "POST /erasures/<service>/new": _BUREAU,
    "GET /erasures/<service>/<erasure_id>": _WATCHING,
    **{
        f"{method} /erasures/<service>/<erasure_id>/{each}": _LEADER
        for method in ("GET", "POST")
        for each in _DECISIONS
    },
    **_api("clues"),
    **_api("registry"),
}
