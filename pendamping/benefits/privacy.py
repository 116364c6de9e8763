"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Confirmation.words": Personal(
        "masked",
        "what a resident says about a finished work",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "Confirmation.device": Personal(
        "pseudonymous",
        "one answer per device (keyed hash)",
        "public duty",
        "as long as the journey",
        "nobody",
    ),
}

PLAIN = frozenset(
    {
        "Reach.method",
    }
)
