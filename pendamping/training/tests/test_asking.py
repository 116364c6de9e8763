"""What is right, as it is told after answering: numbers with all the places they have."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Question
from pendamping.training import asking


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("0.125", "0.135", "0,125 sampai 0,135"), ("12.50", "12.5", "12,5"), ("1250", "1250", "1.250"),
        ("0.0000001", "0.0000001", "0,0000001"), ("100", "100", "100"),
    ],
)  # fmt: skip
def test_the_right_number_is_told_whole(low: str, high: str, told: str) -> None:
    options = [{"low": low, "high": high, "weight": "100"}]
    question = Question(kind=QuestionKind.SHORT_NUMBER, text="Berapa?", options=options, feedback="", translations={})
    with override("id"):
        said = asking.explained(question, number=1, choice="7", share=asking.share_of(question, "7"))
    assert said.right == (told,)
