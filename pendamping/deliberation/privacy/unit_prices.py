"""What unit prices keep about people: nothing."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}
PLAIN = frozenset(
    {
        "PriceList.title",
        "PriceList.legal_basis",
        "PriceList.digest",
        "UnitPrice.item_code",
        "UnitPrice.name",
        "UnitPrice.specification",
        "UnitPrice.unit",
        "UnitPrice.kind",
        "UnitPrice.words",
    }
)
