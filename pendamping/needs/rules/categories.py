"""What a category asks besides: which answers are whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.categories import CategoryReason, QuestionKind

WORDS_MOST = 200  # characters of one answer
NUMBER_MOST = 1_000_000
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Question:
    """A question of a category as its answer is judged by: `choices` are keys."""

    key: str
    kind: str
    is_required: bool = False
    choices: tuple[str, ...] = ()


def answers_fit(questions: Sequence[Question], answers: Mapping[str, str]) -> Verdict:
    """Are these the answers to these questions? An empty one counts as none; the refusal names the question's key."""
    known = {question.key: question for question in questions}
    for key in answers:
        if key not in known:
            return refused(CategoryReason.NOT_ASKED, field=f"extra_{key}", key=key)
    for question in questions:
        answer = answers.get(question.key, "")
        if not answer.strip():
            if question.is_required:
                return refused(CategoryReason.ANSWER_MISSING, field=f"extra_{question.key}")
        elif not _fits(question, answer):
            return refused(CategoryReason.ANSWER_UNKNOWN, field=f"extra_{question.key}")
    return ALLOWED


def _fits(question: Question, answer: str) -> bool:
    if question.kind == QuestionKind.NUMBER:
        return answer.isascii() and answer.isdigit() and int(answer[:8]) <= NUMBER_MOST
    if question.kind == QuestionKind.YES_NO:
        return answer in YES_NO
    if question.kind == QuestionKind.CHOICE:
        return answer in question.choices
    return len(answer) <= WORDS_MOST
