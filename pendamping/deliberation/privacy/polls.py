"""What ballots keep about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_ROLL = ("public duty: one person one ballot", "90 days after the count", "the officials at the table")
PERSONAL: dict[str, Personal] = {
    "NoConsensus.reason": Personal(
        "masked",
        "why no consensus was reached",
        "public duty: Permendagri 86/2017",
        "as the archive rules say",
        "public",
    ),
    "NoConsensus.reached_words": Personal(
        "masked",
        "what was agreed after consensus had failed",
        "public duty: Permendagri 86/2017",
        "as the archive rules say",
        "public",
    ),
    "Poll.remark": Personal(
        "masked", "what is remarkable about a count", "public duty", "as the archive rules say", "public"
    ),
    "Poll.void_reason": Personal(
        "masked", "why a ballot was called off", "public duty", "as the archive rules say", "public"
    ),
    "PollChoice.struck_reason": Personal(
        "masked", "why a proposal was struck from a ballot", "public duty", "as the archive rules say", "public"
    ),
    "CountSheet.reason": Personal(
        "masked", "why a count holds where two entries differed", "public duty", "as the archive rules say", "officials"
    ),
    "RollEntry.identity": Personal("pseudonymous", "nobody stands on the roll twice", *_ROLL[:2], "nobody"),
    "RollEntry.subject_key": Personal("pseudonymous", "seals name and telephone of a voter", *_ROLL[:2], "nobody"),
    "RollEntry.name_cipher": Personal("general", "to find a voter at the table", *_ROLL),
    "RollEntry.phone_cipher": Personal("general", "to send a voter their link", *_ROLL[:2], "nobody"),
    "RollEntry.rt": Personal("general", "to find a voter at the table", *_ROLL),
    "RollEntry.digest": Personal("pseudonymous", "the code of a personal link is known by it", *_ROLL[:2], "nobody"),
    "Envelope.sealed": Personal(
        "specific", "a ballot until it is counted, without its voter", "public duty", "until the count", "nobody"
    ),
    "Envelope.receipt_digest": Personal(
        "pseudonymous", "a ballot sent twice is one", "public duty", "until the count", "nobody"
    ),
}

PLAIN = frozenset(
    {
        "Poll.title",
        "Poll.rule",
        "Poll.rule_hash",
        "Poll.sealing_key",
        "Poll.ballots_hash",
        "PollChoice.title",
        "PollChoice.facts",
        "Slip.digest",
        "BallotGroup.pattern",
        "CountSheet.lines",
        "SheetEntry.lines",
    }
)
