"""The bookkeeping of publisher confirms (RabbitMQ's extension of AMQP 0-9-1); no I/O."""

from __future__ import annotations


class ConfirmWindow:
    """Which publishes of one channel the broker has not confirmed yet.

    Delivery tags count up from 1 with each publish on a channel in confirm mode.
    """

    def __init__(self) -> None:
        self._last_sent = 0
        self._settled_below = 1  # every tag under this one is settled
        self._outstanding: set[int] = set()
        self.refused: list[int] = []
        """Tags the broker said no to (nack)."""

    def __len__(self) -> int:
        """How many publishes are waiting for their confirm."""
        return len(self._outstanding)

    def sent(self) -> int:
        """Note one more publish; return its tag."""
        self._last_sent += 1
        self._outstanding.add(self._last_sent)
        return self._last_sent

    def acked(self, tag: int, multiple: bool) -> None:
        """The broker has taken over `tag`, with `multiple` everything before it as well."""
        self._settle(tag, multiple)

    def nacked(self, tag: int, multiple: bool) -> None:
        """The broker could not take over `tag`, with `multiple` everything before it as well."""
        self.refused.extend(self._settle(tag, multiple))

    def _settle(self, tag: int, multiple: bool) -> list[int]:
        if not multiple:
            settled = [tag] if tag in self._outstanding else []
        else:
            # Tag 0 with multiple means all that was sent (AMQP 0-9-1, basic.ack).
            end = (tag or self._last_sent) + 1
            settled = [t for t in range(self._settled_below, end) if t in self._outstanding]
            self._settled_below = max(self._settled_below, end)
        self._outstanding.difference_update(settled)
        return settled
