"""Questions of a bank as files that go out: GIFT for Moodle and for us, CSV for a spreadsheet.

What is written as GIFT comes in again as the same question (the same digest). Escapes and weights as Moodle reads them
(docs.moodle.org: GIFT format); steps as its kind of question "ordering" writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Question
from pendamping.facilitators.rules.questions import FULL, SLACK, Decimal

_MARKS = re.compile(r"[\\~=#{}:]")


def gift(questions: Iterable[Question]) -> Iterator[str]:
    """The questions as GIFT, each topic a category."""
    topic = None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            yield f"$CATEGORY: $course$/top/{topic.replace('/', '//')}\n\n"
        feedback = f"####{_said(question.feedback)}" if question.feedback else ""
        yield f"[plain]{_said(question.text)}{{{_answers(question)}{feedback}}}\n\n"


def _said(text: str) -> str:
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", text).replace("\r", "").replace("\n", "\\n")


def _answers(question: Question) -> str:
    options = question.options
    if question.kind == QuestionKind.ORDERING:
        return ">ALL VERTICAL" + "".join(f"\n{_said(one['text'])}{_feedback(one)}" for one in options) + "\n"
    if question.kind == QuestionKind.MATCHING:
        return " ".join(f"={_said(one['text'])} -> {_said(one['match'])}{_feedback(one)}" for one in options)
    if question.kind == QuestionKind.SHORT_NUMBER:
        return "#" + " ".join(f"={_weight(one)}{one['low']}..{one['high']}{_feedback(one)}" for one in options)
    if question.kind == QuestionKind.TRUE_FALSE and [one["text"] for one in options] == ["Benar", "Salah"]:
        is_true = _is_whole(options[0])
        right, wrong = (options[0], options[1]) if is_true else (options[1], options[0])
        told = f"#{_said(wrong.get('feedback', ''))}#{_said(right.get('feedback', ''))}"
        return ("T" if is_true else "F") + (told if told != "##" else "")
    signs = "=" if question.kind == QuestionKind.SHORT_TEXT else ""
    return " ".join(
        f"{signs or _sign(question, one)}{_weight(one)}{_said(one['text'])}{_feedback(one)}" for one in options
    )


def _sign(question: Question, option: Mapping[str, Any]) -> str:
    if question.kind == QuestionKind.SHORT_TEXT:
        return "="
    return "=" if question.kind != QuestionKind.MULTIPLE and _is_whole(option) else "~"


def _is_whole(option: Mapping[str, Any]) -> bool:
    return Decimal(option["weight"]) > FULL - SLACK


def _weight(option: Mapping[str, Any]) -> str:
    return f"%{option['weight']}%"


def _feedback(option: Mapping[str, Any]) -> str:
    return f"#{_said(option['feedback'])}" if option.get("feedback") else ""


def table(questions: Iterable[Question]) -> Iterator[list[Any]]:
    """The questions as rows, with one column for all options: text, then its weight, match or range behind "|"."""
    yield ["topic", "kind", "difficulty", "question", "options", "feedback", "source"]
    for one in questions:
        options = "\n".join(_row(one.kind, option) for option in one.options)
        yield [one.topic, one.kind, one.difficulty, one.text, options, one.feedback, one.source]


def _row(kind: str, option: Mapping[str, Any]) -> str:
    if kind == QuestionKind.SHORT_NUMBER:
        return f"{option['low']}..{option['high']} | {option['weight']} %"
    if kind == QuestionKind.MATCHING:
        return f"{option['text']} | {option['match']}"
    return str(option["text"]) if kind == QuestionKind.ORDERING else f"{option['text']} | {option['weight']} %"
