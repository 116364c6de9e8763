"""The fields of requirements, evidence and the file check."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_BASIS = "public duty: open selection of facilitators; consent at registration"
_UNTIL = "until the round's retention day"
_WHO = "file checkers of the round and the applicant"

PERSONAL: dict[str, Personal] = {
    "Evidence.file": Personal(
        "specific", "shows that a requirement is fulfilled; sealed under the applicant's key", _BASIS, _UNTIL, _WHO
    ),
    "Check.note": Personal("specific", "what a checker looked at", _BASIS, _UNTIL, "file checkers of the round"),
    "Check.reference": Personal("general", "number of the paper looked at", _BASIS, _UNTIL, _WHO),
    "Check.reason": Personal("specific", "why a requirement is not fulfilled or unclear", _BASIS, _UNTIL, _WHO),
    "Check.answer": Personal("masked", "what the applicant answered", _BASIS, _UNTIL, _WHO),
    "Check.earlier": Personal("masked", "what was asked and answered before", _BASIS, _UNTIL, _WHO),
    "SecondCheck.reference": Personal("specific", "number of the register's answer", _BASIS, _UNTIL, _WHO),
    "SecondCheck.reason": Personal("specific", "what the register says (political data)", _BASIS, _UNTIL, _WHO),
}

PLAIN = frozenset(
    {
        "Round.cancelled_reason", "Requirement.key", "Requirement.text", "Requirement.regulation",
        "Requirement.article", "Requirement.evidence", "Requirement.checked_by", "Requirement.checked_against",
        "Requirement.register_name", "Evidence.name", "Evidence.content_type", "Evidence.sha256",
        "SecondCheck.register",
    }
)  # fmt: skip
