"""What is kept about people: proposals."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
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
        "Proposal.title",
        "Proposal.place",
        "Proposal.former_path",
        "Proposal.other_words",
        "Proposal.volume",
        "Proposal.source",
        "Proposal.source_ref",
    }
)
