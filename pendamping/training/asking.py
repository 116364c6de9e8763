"""Questions of quizzes and practice on the page, in the reader's language, and what is explained afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.core import formats
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.exam_asking import Asked, asked
from pendamping.facilitators.models import Question
from pendamping.facilitators.rules.questions import CHOSEN, Words, in_language, share
from pendamping.training.models import AttemptAnswer

DECIMALS = 9  # as many as an answer may have


@dataclass(frozen=True)
class Put:
    """A question put to somebody (id: soal yang diajukan)."""

    number: int
    text: str
    asked: Asked
    is_answered: bool


@dataclass(frozen=True)
class Explained:
    """What became of an answer (id: pembahasan): what was given, what is right, and why."""

    number: int
    text: str
    share: Decimal
    given: tuple[str, ...]
    right: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return self.share == 1

    @property
    def is_partly(self) -> bool:
        return 0 < self.share < 1


def put(question: Question, *, number: int, order: Sequence[int], choice: Any) -> Put:
    """The question as this person sees it."""
    said = words_of(question)
    shown = asked(kind=question.kind, options=said.options, order=order, choice=choice)
    return Put(number, said.text, shown, choice is not None)


def put_answer(answer: AttemptAnswer) -> Put:
    """The same, of an attempt."""
    return put(answer.question, number=answer.position, order=answer.order, choice=answer.choice)


def share_of(question: Question, choice: Any) -> Decimal:
    """What part of a question an answer earns."""
    return share(kind=question.kind, options=question.options, choice=choice)


def explained(question: Question, *, number: int, choice: Any, share: Decimal) -> Explained:
    """What was given, what is right and why; the feedback of what was chosen first, then the question's."""
    said = words_of(question)
    why = [said.options[index].get("feedback", "") for index in _chosen(question, choice)]
    why = [one for one in dict.fromkeys([*why, said.feedback]) if one.strip()]
    return Explained(
        number, said.text, share, tuple(_given(question.kind, said.options, choice)),
        tuple(_right(question.kind, said.options)), tuple(why),
    )  # fmt: skip


def words_of(question: Question) -> Words:
    """The words in the reader's language, as far as they are there."""
    return in_language(
        text=question.text, options=question.options, feedback=question.feedback, translations=question.translations,
        language=get_language() or "id",
    )  # fmt: skip


def _chosen(question: Question, choice: Any) -> Sequence[int]:
    return choice or () if question.kind in CHOSEN else ()


def _given(kind: str, options: Sequence[Mapping[str, Any]], choice: Any) -> list[str]:
    if choice is None:
        return []
    if kind in CHOSEN:
        return [options[index]["text"] for index in choice]
    if kind == QuestionKind.ORDERING:
        placed = sorted((place, index) for index, place in enumerate(choice) if place is not None)
        return [f"{place + 1}. {options[index]['text']}" for place, index in placed]
    if kind == QuestionKind.MATCHING:
        return [_pair(options[i]["text"], options[one]["match"]) for i, one in enumerate(choice) if one is not None]
    return [str(choice)]


def _right(kind: str, options: Sequence[Mapping[str, Any]]) -> list[str]:
    if kind == QuestionKind.ORDERING:
        return [f"{place}. {one['text']}" for place, one in enumerate(options, start=1)]
    if kind == QuestionKind.MATCHING:
        return [_pair(one["text"], one["match"]) for one in options]
    best = [one for one in options if Decimal(one["weight"]) > 0]
    if kind == QuestionKind.MULTIPLE:
        return [one["text"] for one in best]
    full = [one for one in best if Decimal(one["weight"]) == 100][:1]
    if kind == QuestionKind.SHORT_NUMBER:
        return [_range(Decimal(one["low"]), Decimal(one["high"])) for one in full]
    return [one["text"] for one in full]


def _pair(left: str, right: str) -> str:
    return f"{left} → {right}"


def _range(low: Decimal, high: Decimal) -> str:
    least, most = formats.number(low, DECIMALS), formats.number(high, DECIMALS)
    return least if low == high else _("%(low)s to %(high)s") % {"low": least, "high": most}
