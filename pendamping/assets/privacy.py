"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Inspection.finding": Personal(
        "masked",
        "condition of an asset",
        "public duty: Permendagri 19/2016",
        "as long as the asset",
        "public",
    ),
    "Handover.condition_note": Personal(
        "masked",
        "condition at handover",
        "public duty",
        "as the archive rules say",
        "public",
    ),
}

PLAIN = frozenset(
    {
        "Handover.number",
        "Handover.giver",
        "Handover.custodian",
        "Handover.volume",
        "Asset.name",
        "Asset.place",
        "Asset.custodian",
    }
)
