"""The fields of the logbook and of absences."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_WORK = ("public duty: contract of the facilitator", "ten years after the year it tells of", "the person, coordinators")
_HEALTH = (
    "public duty: contract of the facilitator", "until withdrawn, else as the archive rules say",
    "the person; coordinators until they decided",
)  # fmt: skip

PERSONAL: dict[str, Personal] = {
    "LogEntry.what": Personal("masked", "what a facilitator did on a day", *_WORK),
    "LogEntry.place": Personal("masked", "where it was done: RT/RW or a building", *_WORK),
    "LogEntry.latitude": Personal("general", "proof that the facilitator was in the ward", *_WORK),
    "LogEntry.longitude": Personal("general", "as LogEntry.latitude", *_WORK),
    "LogEntry.problem": Personal("masked", "what stood in the way", *_WORK),
    "LogEntry.solution": Personal("masked", "what was tried", *_WORK),
    "LogEntry.follow_up": Personal("masked", "what is still to be done", *_WORK),
    "LogEntry.late_reason": Personal("masked", "why a line was written late", *_WORK),
    "LogEntry.returned_reason": Personal("masked", "what is to be mended in a line", *_WORK),
    "LogVersion.said": Personal("masked", "what a line said before it was changed", *_WORK),
    "Absence.subject_key": Personal("pseudonymous", "opens the reason of this absence alone", *_HEALTH),
    "Absence.reason_cipher": Personal("specific", "why somebody is away; may tell of health", *_HEALTH),
    "Absence.decided_reason": Personal("masked", "why an absence was refused", *_HEALTH),
}

PLAIN = frozenset(
    {
        "LogEntry.linked_code", "LogEntry.verb", "LogEntry.text_key", "LogFlag.note", "LogRules.legal_basis",
        "LogRules.work_days", "LogVersion.digest",
    }
)  # fmt: skip
