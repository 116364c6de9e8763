"""What is kept about people: categories, deadlines, days off."""

from __future__ import annotations

from pendamping.core.personal.register import Personal

PERSONAL: dict[str, Personal] = {}

PLAIN = frozenset(
    {
        "Category.title",
        "CategoryQuestion.label",
        "CategoryQuestion.choices",
        "StepDays.scope",
        "StepDays.legal_basis",
        "Holiday.title",
        "Holiday.decree",
        "ReadyAnswer.title",
        "ReadyAnswer.status",
        "ReadyAnswer.text",
    }
)
