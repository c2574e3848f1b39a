"""Ids that a play killed and started again finds the same."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Ids:
    """Every id follows from the installation and the thing's name in the data.

    So a play that was killed and is started again sends the very same commands, and the services,
    which carry out a command id once, let it go on from where it stopped.
    """

    installation: uuid.UUID
    story: str

    @classmethod
    def of(cls, verifier_key: str, story: str) -> Ids:
        """Of a story in the installation whose registry has this key.

        It is made with the registry's database and stays with it.
        """
        return cls(uuid.uuid5(uuid.NAMESPACE_URL, verifier_key), story)

    def of_all_stories(self) -> Ids:
        """Of what every play in this installation finds the same."""
        return Ids(self.installation, "installation")

    def id(self, *names: str) -> str:
        """The id of a thing of the story in this installation, always the same."""
        return str(uuid.uuid5(self.installation, "/".join((self.story, *names))))
