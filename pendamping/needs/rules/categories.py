"""What a category asks besides: which answers are whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.categories import CategoryReason, QuestionKind

WORDS_MOST = 200  # characters of one answer
NUMBER_MOST = 1_000_000
YES_NO = ("yes", "no")
QUESTIONS_MOST = 6  # more than that nobody answers on a phone


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


@dataclass(frozen=True)
class Written:
    """A question as somebody writes it in one line: what is asked, of what kind, and between which answers."""

    label: str
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    is_required: bool = False


def read_question(line: str) -> Written:
    """ "How deep? * | ankle / knee" asks for one of two and must be answered.

    "| angka" asks for a number, "| ya / tidak" for yes or no, and nothing after the question for words.
    """
    asked, _bar, answers = (part.strip() for part in line.partition("|"))
    label, is_required = asked.removesuffix("*").strip(), asked.endswith("*")
    choices = tuple(choice for part in answers.split("/") if (choice := part.strip()))
    meant = tuple(choice.lower() for choice in choices)
    if not choices:
        return Written(label, QuestionKind.TEXT, (), is_required)
    if meant in (("angka",), ("number",)):
        return Written(label, QuestionKind.NUMBER, (), is_required)
    if meant in (("ya", "tidak"), ("yes", "no")):
        return Written(label, QuestionKind.YES_NO, (), is_required)
    return Written(label, QuestionKind.CHOICE, choices, is_required)


def may_set(*, title: str, questions: Sequence[Written], english: Sequence[Written]) -> Verdict:
    """May a category look like this? With a name, questions with words, choices among several, the same in English."""
    if not title.strip():
        return refused(CategoryReason.NAME_MISSING, field="title_id")
    for number, question in enumerate(questions, start=1):
        if not question.label or (question.kind == QuestionKind.CHOICE and len(question.choices) < 2):
            return refused(CategoryReason.QUESTION_BROKEN, field="questions_id", number=number)
    labels = [question.label.lower() for question in questions]
    if len(labels) > QUESTIONS_MOST or len(set(labels)) < len(labels):
        return refused(CategoryReason.QUESTIONS_MOST, field="questions_id", most=QUESTIONS_MOST)
    shapes = [[(one.kind, len(one.choices)) for one in told] for told in (questions, english)]
    if english and shapes[0] != shapes[1]:
        return refused(CategoryReason.ENGLISH_DIFFERS, field="questions_en")
    return ALLOWED


def may_replace(*, began: date, begins: date, is_used: bool) -> Verdict:
    """May a version give way to one that begins then? On the same day only while no voice stands in it."""
    if begins > began or (begins == began and not is_used):
        return ALLOWED
    return refused(CategoryReason.BEGINS_EARLIER, field="valid_from")
