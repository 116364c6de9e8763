"""Is this a whole question, and what is an answer worth? Weights are percent, as decimals written in text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, first_refusal, refused
from pendamping.facilitators.enums.questions import QuestionKind, Reason

TEXT_MOST, OPTION_MOST, OPTIONS_MOST, ANSWER_MOST = 4000, 1000, 20, 200
CHOSEN = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE})
ARRANGED = frozenset({QuestionKind.ORDERING, QuestionKind.MATCHING})  # options without weights: their places count
LANGUAGES, WORDS = ("en",), ("text", "match", "feedback")  # what may be translated, and into what
FULL, SLACK = Decimal(100), Decimal("0.05")  # three thirds of 33.33333 are a whole
NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+(,\d{1,9})?|\d{1,18}([.,]\d{1,9})?)")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")

# text and weight; low and high instead of text for a number; text alone for a step, in the right order; text and match
Option = Mapping[str, Any]


def translations_fit(*, kind: str, options: Sequence[Option], translations: Mapping[str, Any]) -> Verdict:
    """Has each other language a text, and as many options, each with the words that the original has?"""
    for language, words in translations.items():
        told: Sequence[Option] = words.get("options") or []
        fits = language in LANGUAGES and bool(str(words.get("text") or "").strip())
        if fits and kind != QuestionKind.SHORT_NUMBER:
            needed = ("text", "match") if kind == QuestionKind.MATCHING else ("text",)
            fits = len(told) == len(options) and all(
                str(one.get(name) or "").strip() for one in told for name in needed
            )
        if not fits:
            return refused(Reason.TRANSLATION_SHAPE, field="translations", language=str(language)[:8])
    return ALLOWED


@dataclass(frozen=True)
class Words:
    """The words of a question in one language; options as the bank keeps them, their words replaced."""

    text: str
    options: tuple[dict[str, Any], ...]
    feedback: str


def in_language(
    *, text: str, options: Sequence[Option], feedback: str, translations: Mapping[str, Any], language: str
) -> Words:  # fmt: skip
    """A question as a reader of `language` ("id", "en-us") reads it; what is not translated stays as it is."""
    told = translations.get(language.split("-")[0], {})
    others = told.get("options") or [{}] * len(options)
    mended = tuple(
        {**option, **{name: said for name, said in other.items() if said and name in WORDS}}
        for option, other in zip(options, others, strict=False)
    )
    return Words(told.get("text") or text, mended, told.get("feedback") or feedback)


def may_change_bank(*, in_test: str | None) -> Verdict:
    """May questions come into a bank or go out of use? Not while a test that has begun draws from it: `in_test`."""
    return ALLOWED if in_test is None else refused(Reason.BANK_IN_TEST, round=in_test)


def is_whole(*, kind: str, topic: str, text: str, options: Sequence[Option]) -> Verdict:
    """Can this be put to somebody, and be answered rightly?"""
    if not text.strip():
        return refused(Reason.TEXT_MISSING, field="text")
    if len(text) > TEXT_MOST:
        return refused(Reason.TEXT_LONG, field="text", length=len(text), most=TEXT_MOST)
    if not topic.strip():
        return refused(Reason.TOPIC_MISSING, field="topic")
    fewest = 2 if kind in CHOSEN | ARRANGED else 1
    if len(options) < fewest:
        return refused(Reason.OPTIONS_FEW if options else Reason.NO_KEY, field="options", count=len(options))
    if len(options) > OPTIONS_MOST:
        return refused(Reason.OPTIONS_MANY, field="options", count=len(options), most=OPTIONS_MOST)
    shape = _numbers_fit(options) if kind == QuestionKind.SHORT_NUMBER else _texts_fit(options)
    if kind in ARRANGED:
        return first_refusal(shape, _texts_fit(options, "match") if kind == QuestionKind.MATCHING else ALLOWED)
    return first_refusal(shape, _weights_fit(kind, [Decimal(option["weight"]) for option in options]))


def _numbers_fit(options: Sequence[Option]) -> Verdict:
    for option in options:
        if Decimal(option["low"]) > Decimal(option["high"]):
            return refused(Reason.NUMBER_RANGE, field="options", low=option["low"], high=option["high"])
    return ALLOWED


def _texts_fit(options: Sequence[Option], name: str = "text") -> Verdict:
    seen: set[str] = set()
    for number, option in enumerate(options, start=1):
        text = str(option.get(name) or "")
        if not text.strip():
            return refused(Reason.OPTION_EMPTY, field="options", number=number)
        if len(text) > OPTION_MOST:
            return refused(Reason.TEXT_LONG, field="options", length=len(text), most=OPTION_MOST)
        if text in seen:
            return refused(Reason.OPTION_TWICE, field="options", text=text)
        seen.add(text)
    return ALLOWED


def _weights_fit(kind: str, weights: Sequence[Decimal]) -> Verdict:
    for weight in weights:
        if not -FULL <= weight <= FULL:
            return refused(Reason.WEIGHT_UNLIKELY, field="options", weight=weight)
    if kind == QuestionKind.MULTIPLE:
        earned = sum((weight for weight in weights if weight > 0), Decimal(0))
        if abs(earned - FULL) > SLACK:
            return refused(Reason.WEIGHTS_SUM, field="options", sum=earned)
        has_wrong = any(weight <= 0 for weight in weights)
        return refused(Reason.ALL_IS_RIGHT, field="options") if has_wrong and sum(weights) >= FULL - SLACK else ALLOWED
    keys = sum(weight == FULL for weight in weights)
    if keys == 0:
        return refused(Reason.NO_KEY, field="options")
    return refused(Reason.TWO_KEYS, field="options") if keys > 1 and kind in CHOSEN else ALLOWED


def share(*, kind: str, options: Sequence[Option], choice: Any) -> Decimal:
    """What part of the points an answer earns, from 0 to 1. No answer earns nothing; nothing is taken away."""
    if choice is None:
        return Decimal(0)
    if kind in ARRANGED:
        return _in_place(kind, choice)
    if kind in CHOSEN:
        earned = sum((Decimal(options[index]["weight"]) for index in choice), Decimal(0))
    elif kind == QuestionKind.SHORT_NUMBER:
        earned = _best(option for option in options if _within(option, str(choice)))
    else:
        earned = _best(option for option in options if plain(option["text"]) == plain(str(choice)))
    whole = earned / FULL
    return Decimal(1) if whole > 1 - SLACK / FULL else max(Decimal(0), whole)


def _in_place(kind: str, choice: Sequence[int | None]) -> Decimal:
    """Of pairs, the share matched rightly; of steps, the share of neighbours of which one comes right after the other.

    `choice` holds for each option of the bank the place or the match given to it; one given twice counts for neither,
    so that nobody gains by giving it to two.
    """
    given = [one if list(choice).count(one) == 1 else None for one in choice]
    if kind == QuestionKind.MATCHING:
        return Decimal(sum(one == place for place, one in enumerate(given))) / len(given)
    after = sum(a is not None and b == a + 1 for a, b in pairwise(given))
    return Decimal(after) / (len(given) - 1)


def _best(fitting: Any) -> Decimal:
    return max((Decimal(option["weight"]) for option in fitting), default=Decimal(0))


def _within(option: Option, typed: str) -> bool:
    return any(Decimal(option["low"]) <= number <= Decimal(option["high"]) for number in _readings(typed))


def _readings(typed: str) -> Iterator[Decimal]:
    """1.250 is written for one thousand two hundred and fifty here, and for one and a quarter elsewhere: both count."""
    number = as_number(typed)
    if number is not None:
        yield number
    bare = "".join(typed.split())
    if THOUSANDS.fullmatch(bare):
        yield Decimal(bare.replace(".", ""))


def as_number(typed: str) -> Decimal | None:
    """A number as people here write it: 1.250,5 or 12,5 or 12.5; None when it is none."""
    bare = "".join(typed.split())
    if not NUMBER.fullmatch(bare):
        return None
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}", bare):  # 1.250.000; 3.142 alone is a decimal
        bare = bare.replace(".", "")
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def plain(text: str) -> str:
    """A short answer without what does not matter: capitals, blanks, a stop at the end."""
    return " ".join(text.casefold().split()).rstrip(".")


def digest(*, kind: str, text: str, options: Sequence[Option]) -> str:
    """What makes a question the same question: its kind, its words and its options, in any order but that of steps."""
    facts = [json.dumps(dict(option), sort_keys=True, ensure_ascii=False) for option in options]
    if kind != QuestionKind.ORDERING:
        facts.sort()
    told = json.dumps([str(kind), " ".join(text.split()), facts], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
