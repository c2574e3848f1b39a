"""What a unit is."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What may become a contact point (rules of selection: who may apply)."""

    ENTERPRISE = "enterprise"
    INDIVIDUAL_BUSINESS = "individual_business"
    VILLAGE_COMMUNITY = "village_community"
    CHAMBER = "chamber"


class IndustryGroup(StrEnum):
    """The scheme's five groups, over which places are spread."""

    MANUFACTURING = "manufacturing"
    SERVICES = "services"
    RETAIL = "retail"
    VILLAGE_COMMUNITY = "village_community"
    CHAMBER = "chamber"


class Size(StrEnum):
    """Size classes. Villages and chambers declare one, for coverage only."""

    LARGE = "large"
    MEDIUM = "medium"
    SMALL = "small"
    MICRO = "micro"
    INDIVIDUAL = "individual"
    NOT_APPLICABLE = "not_applicable"


class Trade(StrEnum):
    """Which limits a unit's size is judged by: the trades of the standard of 2011-06-18, in its
    order (hotels and catering have the same).
    """

    AGRICULTURE = "agriculture"
    INDUSTRY = "industry"
    CONSTRUCTION = "construction"
    WHOLESALE = "wholesale"
    RETAIL = "retail"
    TRANSPORT = "transport"
    STORAGE = "storage"
    POSTAL = "postal"
    HOTEL_CATERING = "hotel_catering"
    INFORMATION = "information"
    SOFTWARE = "software"
    REAL_ESTATE = "real_estate"
    PROPERTY_MANAGEMENT = "property_management"
    LEASING_BUSINESS = "leasing_business"
    OTHER = "other"
