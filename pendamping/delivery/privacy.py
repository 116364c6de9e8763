"""What this app keeps about people, and why (the record of processing)."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {
    "ProgressReport.note": Personal(
        "masked",
        "how the work stands",
        "public duty",
        "as the archive rules say",
        "public",
    ),
    "ProgressReport.problem": Personal(
        "masked",
        "what hinders the work",
        "public duty",
        "as the archive rules say",
        "public",
    ),
    "ProgressReport.verdict_note": Personal(
        "masked",
        "result of the verification",
        "public duty",
        "as the archive rules say",
        "public",
    ),
    "Payment.void_reason": Personal(
        "masked", "why a payment was struck", "public duty", "as the archive rules say", "public"
    ),
}

PLAIN = frozenset(
    {
        "Payment.reference",
    }
)
