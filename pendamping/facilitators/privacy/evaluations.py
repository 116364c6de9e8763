"""The fields of evaluations, coaching and renewal: read by the person, their coordinators and the secretariat."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_BASIS = ("public duty: evaluation of facilitators", "five years after the half-year")
_WHO = "the person, their coordinators, the secretariat"

PERSONAL: dict[str, Personal] = {
    "Evaluation.served": Personal("general", "where somebody served in a half-year", *_BASIS, _WHO),
    "Evaluation.total": Personal("general", "how somebody's work is judged", *_BASIS, _WHO),
    "Evaluation.reply": Personal("masked", "the person's right of reply", *_BASIS, _WHO),
    "Evaluation.words": Personal("masked", "what was decided about the evaluation", *_BASIS, _WHO),
    "EvaluationValue.value": Personal("general", "how somebody's work is judged", *_BASIS, _WHO),
    "EvaluationValue.points": Personal("general", "how somebody's work is judged", *_BASIS, _WHO),
    "EvaluationValue.inputs": Personal("pseudonymous", "lets the person check every value", *_BASIS, _WHO),
    "CoachingTask.steps": Personal("masked", "what both agreed to work on", *_BASIS, _WHO),
    "CoachingTask.result": Personal("masked", "what came of the coaching", *_BASIS, _WHO),
    "Renewal.reason": Personal("masked", "why a contract is or is not renewed", *_BASIS, _WHO),
    "Renewal.conditions": Personal("masked", "under which conditions it is renewed", *_BASIS, _WHO),
}

PLAIN = frozenset(
    {
        "EvaluationRules.legal_basis", "EvaluationRules.reason", "IndicatorRule.indicator", "IndicatorRule.good",
        "IndicatorRule.poor", "EvaluationValue.indicator", "EvaluationValue.good", "EvaluationValue.poor",
    }
)  # fmt: skip
