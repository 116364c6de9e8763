"""The fields of how somebody learns."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_LEARNING = "public duty: training of appointed facilitators"

PERSONAL: dict[str, Personal] = {
    "Enrolment.ended_reason": Personal(
        "masked", "why somebody left a course", _LEARNING, "as the enrolment", "the person and who manages training"
    ),
    "AttemptAnswer.choice": Personal(
        "general", "what a learner answered", _LEARNING, "as the enrolment", "the person; item analysis without names"
    ),
    "Submission.text": Personal(
        "masked", "what a learner found in their ward", _LEARNING, "as the enrolment", "the person and who assesses"
    ),
    "Submission.scores": Personal(
        "general", "points for a field task", _LEARNING, "as the enrolment", "the person and who sees training"
    ),
    "Submission.percent": Personal(
        "general", "the result of a field task", _LEARNING, "as the enrolment", "the person and who sees training"
    ),
    "Submission.remark": Personal(
        "masked", "what the assessor says", _LEARNING, "as the enrolment", "the person and who assesses"
    ),
    "Attempt.percent": Personal(
        "general", "the result of a quiz", _LEARNING, "as the enrolment", "the person and who sees training"
    ),
    "Opinion.words": Personal(
        "masked", "what a learner says of a course, without a name", _LEARNING, "as the course", "who sees training"
    ),
}

PLAIN = frozenset(
    {"Attempt.seed", "AttemptAnswer.order", "AttemptAnswer.share", "PracticeCard.memory", "Opinion.marks"}
)  # fmt: skip
