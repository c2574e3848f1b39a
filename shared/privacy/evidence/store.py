"""Where the ciphertext of evidence lies: objects that are written once, read whole, and deleted.

A store knows nothing but random names, sizes and times. What an object is, whose, and the key that
opens it stand in the log of the service that was told of it.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class StoreAway(Exception):
    """The store cannot be used now. What was being written is not there."""


class ObjectMissing(Exception):
    """No object of that name lies in the store."""


@dataclass(frozen=True)
class StoredObject:
    """size: bytes · stored_at: by the store's own clock, UTC"""

    name: str
    size: int
    stored_at: dt.datetime


class EvidenceStore(ABC):
    """A folder, or a bucket. Every method raises StoreAway."""

    @abstractmethod
    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep what the pieces are together, under a name that was never used before.

        Whole or not at all: when the pieces raise, nothing is kept and that is raised.
        Memory holds a few megabytes at the most, whatever the size.
        """

    @abstractmethod
    def get(self, name: str) -> Iterator[bytes]:
        """The object in pieces of any length. Raises ObjectMissing with the first one."""

    @abstractmethod
    def find(self, name: str) -> StoredObject | None:
        """What lies under the name."""

    @abstractmethod
    def all(self) -> Iterator[StoredObject]:
        """Every object that is there whole, in any order."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Remove the object for good; one that is not there is as good as removed."""

    @abstractmethod
    def forget_unfinished(self, before: dt.datetime) -> None:
        """Remove what writers that died have left half written, begun before that moment."""


def checked(name: str) -> str:
    """The name itself. Raises ValueError for what is no random id: a path, say."""
    if not _NAME.fullmatch(name):
        raise ValueError("an object's name is a UUID in lower case")
    return name
