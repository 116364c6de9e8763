"""What is kept about people: conversations."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Message.text": Personal(
        "masked",
        "the conversation about a voice",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "those who spoke, officials of the place; public where marked",
    ),
    "Pause.words": Personal(
        "masked",
        "why a deadline waits",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "public",
    ),
    "Solving.words": Personal(
        "masked",
        "whether it is solved",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "officials of the place",
    ),
}

PLAIN = frozenset({"Deadline.escalated_to"})
