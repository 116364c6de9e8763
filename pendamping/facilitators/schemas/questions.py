"""What goes in and out of the API of question banks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.questions import Difficulty, QuestionKind

Number = Annotated[str, Field(pattern=r"^[+-]?\d{1,18}(\.\d{1,9})?$")]


class BankIn(Schema):
    """A new question bank; `region` is the path of a city."""

    region: str = Field(max_length=16)
    name: str = Field(min_length=1, max_length=80)
    about: str = Field("", max_length=200)


class BankOut(Schema):
    """A question bank."""

    code: str
    uid: str
    name: str
    about: str
    region: str
    in_use: int


class BanksOut(Schema):
    """The banks you manage."""

    results: list[BankOut]


class OptionIn(Schema):
    """An option with its weight in percent; `low` and `high` instead of `text` for a number.

    Steps to be put in order stand in their right order, pairs have a `match`; both have no weight.
    """

    text: str | None = Field(None, min_length=1, max_length=1000)
    match: str | None = Field(None, min_length=1, max_length=1000)
    low: Number | None = None
    high: Number | None = None
    weight: Decimal | None = Field(None, ge=-100, le=100, max_digits=8, decimal_places=5)
    feedback: str = Field("", max_length=1000)


class TranslatedOptionIn(Schema):
    """The words of an option in another language."""

    text: str = Field("", max_length=1000)
    match: str = Field("", max_length=1000)
    feedback: str = Field("", max_length=1000)


class TranslationIn(Schema):
    """The words of a question in another language; options in the same order."""

    text: str = Field(min_length=1, max_length=4000)
    options: list[TranslatedOptionIn] = Field([], max_length=20)
    feedback: str = Field("", max_length=4000)


class TranslationsIn(Schema):
    """The languages a question may also be read in."""

    en: TranslationIn | None = None


class QuestionIn(Schema):
    """A new question."""

    kind: QuestionKind
    topic: str = Field(min_length=1, max_length=80)
    difficulty: Difficulty = Difficulty.UNKNOWN
    text: str = Field(min_length=1, max_length=4000)
    options: list[OptionIn] = Field(min_length=1, max_length=20)
    feedback: str = Field("", max_length=4000)
    source: str = Field("", max_length=200)
    translations: TranslationsIn | None = None


class OptionOut(Schema):
    """An option with its weight in percent."""

    text: str | None = None
    match: str | None = None
    low: str | None = None
    high: str | None = None
    weight: str = ""
    feedback: str = ""


class QuestionOut(Schema):
    """A question with its key."""

    uid: str
    kind: QuestionKind
    topic: str
    difficulty: str
    text: str
    options: list[OptionOut]
    feedback: str
    source: str
    retired_at: datetime | None


class QuestionsOut(Schema):
    """A page of questions."""

    next: str | None
    results: list[QuestionOut]


class QuestionReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=200)


class GiftOut(Schema):
    """Questions as GIFT text."""

    content: str


class ImportIn(Schema):
    """A file of questions as text; without `write` it is only tried."""

    content: str = Field(min_length=1, max_length=5_000_000)
    format: str = Field("", pattern="^(gift|aiken|xml|json)?$")
    topic: str = Field("", max_length=80)
    write: bool = False
    good_rows: bool = False


class ProblemOut(Schema):
    """Why a question was not taken; `row` is its line in the file."""

    row: int
    column: str
    code: str
    sentence: str


class ImportOut(Schema):
    """What came of an import."""

    importer: str
    mode: str
    dry_run: bool
    written: bool
    rows: int
    added: int
    already: int
    changed: int
    refused: int
    problems: list[ProblemOut]
