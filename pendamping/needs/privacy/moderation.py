"""What is kept about people: moderation."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Hiding.words": Personal(
        "masked",
        "why something is not shown",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "moderators",
    ),
    "Original.subject_key": Personal(
        "general",
        "the wrapped key of an original",
        "public duty: UU 25/2009, UU 14/2008",
        "24 months",
        "nobody",
    ),
    "Original.text_cipher": Personal(
        "general",
        "how it read before it was edited",
        "public duty: UU 25/2009, UU 14/2008",
        "24 months",
        "moderators, with a reason, journaled",
    ),
    "Original.file_name": Personal(
        "general",
        "where the sealed original picture lies",
        "public duty: UU 25/2009, UU 14/2008",
        "24 months",
        "nobody",
    ),
    "Complaint.words": Personal(
        "masked",
        "why something should not be shown",
        "public duty: UU 25/2009, UU 14/2008",
        "as long as the journey",
        "moderators",
    ),
    "Block.digest": Personal(
        "pseudonymous",
        "to know a blocked address or connection again",
        "public duty: UU 25/2009, UU 14/2008",
        "until the block ends",
        "nobody",
    ),
    "Block.reason": Personal(
        "masked",
        "why nothing more is taken",
        "public duty: UU 25/2009, UU 14/2008",
        "until the block ends",
        "moderators",
    ),
}

PLAIN = frozenset(
    {
        "Redaction.boxes",
    }
)
