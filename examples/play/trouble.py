"""What ends the demo early: a sentence that says what is wrong and what to do about it."""

from __future__ import annotations


class DemoFailed(Exception):
    """The demo cannot go on; `str()` is the Chinese sentence and its English twin."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
