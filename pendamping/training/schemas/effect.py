"""What goes out of the API about what training adds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ninja import Schema

from pendamping.training.enums.effect import Change, GainLevel


class EffectVersionOut(Schema):
    """A version of a course with the learners at one's places."""

    course: str
    key: str
    number: int
    state: str
    title: dict[str, str]
    enrolled: int
    active: int
    completed: int


class EffectDistrictOut(Schema):
    """The learners of a district."""

    region: str
    enrolled: int
    active: int
    completed: int
    left: int


class EffectQuizOut(Schema):
    """How a quiz went, in percent."""

    module: str
    activity: str
    purpose: str
    learners: int
    first: Decimal | None
    best: Decimal | None
    passed: int


class EffectGainOut(Schema):
    """The normalised gain of a course (Hake 1998); `level` is null below the least sample."""

    sample: int
    before: Decimal | None
    after: Decimal | None
    of_averages: Decimal | None
    full_before: int
    negative: int
    level: GainLevel | None


class EffectOpinionOut(Schema):
    """What learners thought; `means` is null while there are fewer than five opinions."""

    opinions: int
    asked: int
    rate: Decimal | None
    means: dict[str, Decimal] | None


class EffectErrorOut(Schema):
    """Errors in the field before and after passing; `change` is null where there are too few to judge."""

    key: str
    before: int
    after: int
    change: Change | None


class EffectOut(Schema):
    """What a version added, of the learners at one's places."""

    course: str
    number: int
    on: date
    enrolled: int
    active: int
    completed: int
    left: int
    attendance: Decimal | None
    certificates: dict[str, int]
    districts: list[EffectDistrictOut]
    quizzes: list[EffectQuizOut]
    gain: EffectGainOut
    opinions: EffectOpinionOut
    learners_compared: int
    errors: list[EffectErrorOut]
    not_counted: list[str]


class EffectItemOut(Schema):
    """How a question did; flags only from the least sample on."""

    module: str
    activity: str
    question: str
    n: int
    p: float
    upper_lower: float | None
    point_biserial: float | None
    chosen: dict[int, int]
    flags: list[str]
    judged: bool


class FieldErrorOut(Schema):
    """An error at one's places; `count` is null where so few people are meant that they would be known."""

    key: str
    label: str
    count: int | None
    wards: int | None
    modules: list[str]


class SuggestionModuleOut(Schema):
    """A module that treats an error, and the errors by the day it was passed."""

    course: str
    module: str
    title: dict[str, str]
    minutes: int
    passed_on: date | None
    before: int
    since: int


class SuggestionOut(Schema):
    """An error of one's own in the last three months."""

    key: str
    label: str
    count: int
    example: str
    is_settled: bool
    modules: list[SuggestionModuleOut]
