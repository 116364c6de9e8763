"""What is kept about people: assessments."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Score.reason": Personal(
        "masked",
        "why a need weighs so much",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "public",
    ),
    "Viewpoint.words": Personal(
        "masked",
        "where a photo is taken",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "officials of the place",
    ),
    "Viewpoint.latitude": Personal(
        "general",
        "where a photo is taken",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "officials of the place",
    ),
    "Viewpoint.longitude": Personal(
        "general",
        "as Viewpoint.latitude",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "officials of the place",
    ),
}

PLAIN = frozenset(
    {
        "Criterion.title",
        "Criterion.help",
        "Criterion.levels",
        "Criterion.legal_basis",
    }
)
