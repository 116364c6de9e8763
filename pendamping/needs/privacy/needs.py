"""What is kept about people: needs."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Need.summary": Personal(
        "masked",
        "what residents want changed",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "Need.finding": Personal(
        "masked",
        "what was found on site",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "Need.answer": Personal(
        "masked",
        "the answer given",
        "public duty",
        "as long as the journey",
        "public",
    ),
}

PLAIN = frozenset({"Need.title"})
