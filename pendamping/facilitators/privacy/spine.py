"""The fields of rounds, applications, standings, decrees, appointments and assignments."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_APPLY = ("public duty: open selection of facilitators; consent at registration", "until the round's retention day")


def _applicant(purpose: str, recipients: str = "counter and file checkers of the round") -> Personal:
    return Personal("general", purpose, _APPLY[0], _APPLY[1], recipients)


PERSONAL: dict[str, Personal] = {
    "Application.subject_key": _applicant("makes the applicant's fields readable; destroyed to forget them", "nobody"),
    "Application.name_cipher": _applicant("who applies"),
    "Application.email_cipher": _applicant("to reach the applicant"),
    "Application.phone_cipher": _applicant("to reach the applicant"),
    "Application.address_cipher": _applicant("residence requirement"),
    "Application.nik_index": Personal(
        "pseudonymous", "one application per person", _APPLY[0], _APPLY[1], "nobody: a keyed digest for matching"
    ),
    "Application.nik_last_four": _applicant("to recognise the card at the counter"),
    "Application.secret_hash": Personal("pseudonymous", "the applicant's own way back", _APPLY[0], _APPLY[1], "nobody"),
    "Application.withdrawn_reason": Personal("masked", "why it was withdrawn", _APPLY[0], _APPLY[1], "the round"),
    "Application.declined_reason": Personal("masked", "why a place was declined", _APPLY[0], _APPLY[1], "the round"),
    "StageResult.reason": Personal(
        "masked", "why a stage ended so", _APPLY[0], "as long as the round", "the applicant"
    ),
    "Standing.reason": Personal("masked", "why one stands there", _APPLY[0], "as long as the round", "the applicant"),
    "Appointment.ended_reason": Personal(
        "masked", "why a term ended early", "public duty", "as the archive rules say", "secretariat, the person"
    ),
    "Assignment.ended_reason": Personal(
        "masked", "why an assignment ended early", "public duty", "as the archive rules say", "secretariat, the person"
    ),
    "Decree.revoked_reason": Personal(
        "masked", "why a decree was revoked", "public duty", "as the archive rules say", "public"
    ),
}

PLAIN = frozenset(
    {
        "Round.title", "Round.legal_basis", "Round.legal_article", "Round.exam_pass", "Round.interview_pass",
        "Round.tie_rule", "RequirementSet.reason", "StageResult.score", "Standing.total", "Decree.number",
        "Decree.signatory", "Decree.about",
    }
)  # fmt: skip
