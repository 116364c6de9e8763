"""The fields of decrees' terms, contracts, inaugurations and handovers."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_ARCHIVE = ("public duty", "as the archive rules say", "secretariat, the person")

PERSONAL: dict[str, Personal] = {
    "Appointment.reason": Personal("masked", "why there is a successor", *_ARCHIVE),
    "Appointment.skipped": Personal("masked", "why reserves were passed over", *_ARCHIVE),
    "Contract.reason": Personal("masked", "why a contract was renewed, or signed against an evaluation", *_ARCHIVE),
    "Attendee.ticket": Personal(
        "pseudonymous", "attendance at the inauguration", "public duty", "until the day after the ceremony",
        "the person, secretariat",
    ),
    "Attendee.note": Personal("masked", "why attendance was ticked by hand", *_ARCHIVE),
    "DutyHandover.missing": Personal("masked", "what was missing at a handover", *_ARCHIVE),
}  # fmt: skip

PLAIN = frozenset(
    {
        "Contract.number", "DutyHandover.works", "Ceremony.title", "Ceremony.place", "Ceremony.oath_version",
        "Ceremony.oath_text", "Ceremony.oath_read_by", "Ceremony.oath_witnesses",
    }
)  # fmt: skip
