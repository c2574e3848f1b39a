"""The portal's API as any other program uses it: JSON over HTTP, a token, an idempotency key."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from examples.play.trouble import DemoFailed

API = "/api/v1"
PATIENCE_SECONDS = 90.0
"""How long one request is repeated while it cannot be answered."""

Say = Callable[[str], None]
"""Hears of progress, a Chinese sentence at a time."""

_ANSWER_SECONDS = 30.0
_PAUSE_SECONDS = 0.5
# Too many requests, a service away, an outcome that is not known: the same again is right.
_LATER = frozenset({429, 503, 504})


class SaysNo(Exception):
    """The portal refuses: a problem document (RFC 9457). `str()` is its Chinese sentence."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        errors = document.get("errors", ())
        told = [f"{its['path'] or '（整体）'}：{its['message']}" for its in errors]
        super().__init__("\n".join([str(document["detail"]), *told]))
        self.status = int(document["status"])
        self.reason = str(document.get("reason") or document["type"].rpartition("/")[2])
        self.detail = str(document["detail"])


@dataclass(frozen=True)
class File:
    """A body that is no JSON."""

    media_type: str
    content: bytes


@dataclass(frozen=True)
class Request:
    """One request. `path` lies below `API`; `key` is the command's id, for commands alone."""

    method: str
    path: str
    body: Mapping[str, Any] | File | None = None
    params: Mapping[str, Any] | None = None
    key: str | None = None


class Portal:
    """Sends requests, again and again while the answer is that it cannot be answered now.

    That is safe: reading changes nothing, and a command under the same key happens once. May be
    used by several threads.
    """

    def __init__(self, url: str, say: Say) -> None:
        self._url, self._say = url, say
        self._mine = threading.local()

    def ask(self, request: Request, token: str | None = None) -> Any:
        """The JSON of the answer. Raises SaysNo, DemoFailed."""
        until = time.monotonic() + PATIENCE_SECONDS
        told = False
        while True:
            answer = self._once(request, token)
            if answer is not None and answer.status_code not in _LATER:
                return _read(answer)
            if not told:
                self._say(f"门户暂未应答，最多再等 {PATIENCE_SECONDS:.0f} 秒")
                told = True
            pause = _pause(answer)
            if time.monotonic() + pause > until:
                raise _silent(request)
            time.sleep(pause)

    def sign_in(self, login: str, password: str) -> str:
        """A token. Raises SaysNo, DemoFailed."""
        body = {"login": login, "password": password}
        return str(self.ask(Request("POST", "/sessions", body))["token"])

    def sign_out(self, token: str) -> None:
        """The token is of no use any more."""
        self.ask(Request("DELETE", "/sessions/current"), token)

    def _once(self, request: Request, token: str | None) -> requests.Response | None:
        headers = {
            **({} if token is None else {"Authorization": f"Bearer {token}"}),
            **({} if request.key is None else {"Idempotency-Key": request.key}),
        }
        file, body = None, request.body
        if isinstance(body, File):
            headers["Content-Type"], file, body = body.media_type, body.content, None
        try:
            return self._session().request(
                request.method,
                self._url + API + request.path,
                data=file,
                json=body,
                params=request.params,
                headers=headers,
                timeout=_ANSWER_SECONDS,
                allow_redirects=False,
            )
        except (requests.ConnectionError, requests.Timeout):
            return None

    def _session(self) -> requests.Session:
        if not hasattr(self._mine, "session"):
            self._mine.session = requests.Session()
            # The portal is on this machine: no proxy of the environment leads there.
            self._mine.session.trust_env = False
        session: requests.Session = self._mine.session
        return session


def _read(answer: requests.Response) -> Any:
    if answer.status_code == 204:
        return None
    try:
        told = answer.json()
    except ValueError:
        told = None
    if answer.ok and told is not None:
        return told
    if isinstance(told, dict) and "detail" in told:
        raise SaysNo(told)
    raise DemoFailed(
        f"门户的应答无法识别（{answer.status_code}）：请查看运行目录 logs/portal-web.log",
        f"The portal's answer is none ({answer.status_code}): see logs/portal-web.log.",
    )


def _pause(answer: requests.Response | None) -> float:
    """What the answer asks for, in seconds."""
    given = "" if answer is None else answer.headers.get("Retry-After", "")
    return float(given) if given.isdigit() else _PAUSE_SECONDS


def _silent(request: Request) -> DemoFailed:
    return DemoFailed(
        "门户没有应答：请执行 make up，再用 make status 查看哪个进程没有就绪"
        f"（已等待 {PATIENCE_SECONDS:.0f} 秒）",
        f"The portal does not answer {request.method} {request.path}: run `make up`, then look "
        "with `make status`.",
    )
