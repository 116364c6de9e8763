"""What is kept about people: voices."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Voice.text": Personal(
        "masked",
        "what a resident says about a place",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "public",
    ),
    "Voice.other_words": Personal(
        "masked",
        "as Voice.text",
        "as Voice.text",
        "as Voice.text",
        "public",
    ),
    "Voice.extra": Personal(
        "masked",
        "answers to the questions of the category",
        "as Voice.text",
        "as Voice.text",
        "officials of the place",
    ),
    "Voice.place_words": Personal(
        "masked",
        "where it is",
        "as Voice.text",
        "as Voice.text",
        "public",
    ),
    "Voice.latitude": Personal(
        "general",
        "where it is; may be a home",
        "as Voice.text",
        "as Voice.text",
        "officials of the place; not shown in public",
    ),
    "Voice.longitude": Personal(
        "general",
        "as Voice.latitude",
        "as Voice.text",
        "as Voice.text",
        "officials of the place; not shown in public",
    ),
    "Voice.answer": Personal(
        "masked",
        "the answer given",
        "public duty",
        "as long as the journey",
        "public",
    ),
}

PLAIN = frozenset({"Voice.source", "Voice.source_ref"})
