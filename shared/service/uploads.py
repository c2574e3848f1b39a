"""What a service says about the files that are brought to it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from shared.contracts.roles import Role
from shared.contracts.transfers import BeginUpload
from shared.service.work import Work


@dataclass(frozen=True)
class Admitted:
    """Where a file belongs: the stream that will name it, the subject under whose key it lies.

    largest: bytes it may have
    """

    owner: str
    subject: str
    largest: int


@dataclass(frozen=True)
class UploadRules:
    """Who may bring files, and for what.

    admit: says where the file belongs; raises NotFound or Refused when the actor may bring none
    named_by: the event that makes a file part of its owner, and the event's field with its id
    """

    roles: Collection[Role]
    admit: Callable[[Work, BeginUpload], Admitted]
    named_by: tuple[str, str]
