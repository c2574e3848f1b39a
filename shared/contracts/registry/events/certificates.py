"""A bureau's register of certificates: one stream a bureau, so that numbers have no gaps."""

from __future__ import annotations

from shared.contracts.fields import Identifier, Text, Whole
from shared.contracts.message import define, internal, public
from shared.contracts.registry.events.vocabulary import EVENTS
from shared.contracts.registry.fields import LONG, division


@define(EVENTS)
class CertificatePrefixSet:
    """What the bureau's certificate numbers begin with from now on."""

    division: str = public(division())
    prefix: str = public(Text(20))
    reason: str = internal(Text(LONG))


@define(EVENTS)
class CertificateNumbered:
    """A point has its certificate number, the next of its bureau and year."""

    division: str = public(division())
    point_id: str = public(Identifier())
    year: int = public(Whole(1949, 9999))
    serial: int = public(Whole(1))
    certificate_number: str = public(Text(60))
