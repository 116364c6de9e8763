"""Results: counted ballots as patterns, and that somebody was written to."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "Result.reason": Personal(
        "masked", "why a ballot was counted again", "public duty", "as the archive rules say", "public"
    ),
}

PLAIN = frozenset(
    {
        "Result.contest",
        "Result.decision",
        "Result.ballot_file",
        "Result.inputs_hash",
        "Result.rule_hash",
        "Result.file_hash",
        "Result.code_version",
    }
)
