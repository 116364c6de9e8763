"""The fields of interviews, rankings and objections."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_BASIS = "public duty: open selection of facilitators"
_UNTIL = "until the round's retention day"

PERSONAL: dict[str, Personal] = {
    "PanelMember.ended_reason": Personal(
        "masked", "why a member left the panel", _BASIS, _UNTIL, "secretariat, inspectorate"
    ),
    "ConflictDeclaration.reason": Personal(
        "masked", "why a member may not score an applicant", _BASIS, _UNTIL, "secretariat, the member"
    ),
    "ConflictDeclaration.lifted_reason": Personal(
        "masked", "why a declared conflict was none", _BASIS, _UNTIL, "secretariat"
    ),
    "ScoreSheet.marks": Personal(
        "pseudonymous", "what a member gave an applicant", _BASIS, "as long as the round",
        "the member; the panel and the secretariat once revealed",
    ),
    "ScoreSheet.total": Personal(
        "pseudonymous", "what a member gave an applicant", _BASIS, "as long as the round",
        "the member; the panel and the secretariat once revealed",
    ),
    "ScoreSheet.note": Personal("masked", "what a member noted", _BASIS, _UNTIL, "the member; the panel once revealed"),
    "ScoreSheet.outlier_note": Personal("masked", "why a score is striking", _BASIS, _UNTIL, "panel, secretariat"),
    "Interview.closed_reason": Personal(
        "masked", "why an interview was closed early", _BASIS, _UNTIL, "panel, secretariat"
    ),
    "Objection.text": Personal(
        "masked", "what an applicant objects to", _BASIS, _UNTIL, "the applicant, secretariat, inspectorate"
    ),
    "Objection.answer": Personal(
        "masked", "the answer to an objection", _BASIS, _UNTIL, "the applicant, secretariat, inspectorate"
    ),
    "Standing.pseudonym": Personal(
        "pseudonymous", "under which name an applicant stands in the published file", _BASIS, "as long as the round",
        "public; who is behind it: the applicant and those who see codes",
    ),
    "Ranking.document": Personal(
        "pseudonymous", "scores by pseudonym, so that anyone can recompute the ranking", _BASIS,
        "as long as the round", "public",
    ),
    "Ranking.moves": Personal(
        "pseudonymous", "who moved between two versions", _BASIS, "as long as the round", "public"
    ),
}  # fmt: skip

PLAIN = frozenset(
    {
        "Round.lottery_seed", "Round.outlier_over", "Criterion.name", "Criterion.about", "Ranking.reason",
        "Ranking.sha256", "Objection.old_score", "Objection.new_score",
    }
)  # fmt: skip
