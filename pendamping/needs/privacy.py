"""What this app keeps about people, and why (the record of processing)."""

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
    "Proposal.description": Personal(
        "masked",
        "what should be done",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "Proposal.land_consent": Personal(
        "masked",
        "which paper gives consent, without a name",
        "public duty",
        "as long as the journey",
        "officials of the place",
    ),
    "Proposal.check_note": Personal(
        "masked",
        "result of the check",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "Proposal.withdrawal": Personal(
        "masked",
        "why it was withdrawn",
        "public duty",
        "as long as the journey",
        "public",
    ),
    "ProposalRevision.facts": Personal(
        "masked",
        "how a proposal read before",
        "public duty",
        "as long as the journey",
        "officials of the place",
    ),
}

PLAIN = frozenset(
    {
        "MenuItem.group",
        "MenuItem.group_en",
        "MenuItem.name",
        "MenuItem.name_en",
        "MenuItem.legal_basis",
        "Voice.source",
        "Voice.source_ref",
        "Need.title",
        "Proposal.title",
        "Proposal.place",
        "Proposal.other_words",
        "Proposal.volume",
        "Proposal.source",
        "Proposal.source_ref",
    }
)
