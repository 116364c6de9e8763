"""The fields of question banks and the computer test."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

_TEST = "public duty: open selection of facilitators"

PERSONAL: dict[str, Personal] = {
    "Seat.extra_reason": Personal(
        "specific",
        "why a candidate got more time, such as a disability",
        _TEST,
        "until the round's retention day",
        "who runs the test",
    ),
    "Answer.choice": Personal(
        "pseudonymous", "what a candidate answered", _TEST, "as long as the round", "nobody before the release; scoring"
    ),
    "Question.retired_reason": Personal(
        "masked", "why a question is out of use", _TEST, "as the bank", "the committee"
    ),
    "VoidedQuestion.reason": Personal("masked", "why a question does not count", _TEST, "as the round", "candidates"),
}

PLAIN = frozenset(
    {
        "QuestionBank.name", "QuestionBank.about", "Question.topic", "Question.text", "Question.options",
        "Question.feedback",
        "Question.translations", "Question.source", "Question.digest", "Blueprint.hard_below", "Blueprint.easy_above",
        "Blueprint.weak_below", "BlueprintLine.topic", "BlueprintLine.points", "Sitting.place", "Sitting.seed",
        "Answer.points", "Answer.order",
    }
)  # fmt: skip
