"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}

PLAIN = frozenset(
    {
        "Region.path",
        "Region.name",
        "Region.kind",
        "Region.area_km2",
        "Region.latitude",
        "Region.longitude",
        "Region.zone",
        "RegionCode.scheme",
        "RegionAlias.name",
        "RegionAlias.key",
        "Boundary.geometry",
        "Boundary.source",
    }
)
