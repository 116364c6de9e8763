"""What goes in and out of the API of priority matrices."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from pendamping.core.schemas import Code, SomeWords80, SomeWords120, Words200
from pendamping.deliberation.enums.matrices import MatrixState
from pendamping.deliberation.rules.matrices import LEVELS, WEIGHT_MOST

MatrixKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


class MatrixWords(Schema):
    """Words in Indonesian, and in English where there are some."""

    id: SomeWords120
    en: Words200 = ""


class MatrixLevel(Schema):
    """Points, and what must be true for them."""

    points: int = Field(ge=0, le=5)
    text: MatrixWords


class MatrixWeightIn(Schema):
    """How often the points of a criterion count; zero leaves it out."""

    criterion: MatrixKey
    weight: int = Field(ge=0, le=WEIGHT_MOST)


class MatrixWeightsIn(Schema):
    """Weights of some criteria."""

    weights: list[MatrixWeightIn] = Field(min_length=1, max_length=40)


class MatrixCriterionIn(Schema):
    """A criterion of this meeting alone: five levels, 0–4 or 1–5."""

    title: MatrixWords
    about: MatrixWords | None = None
    levels: list[MatrixLevel] = Field(min_length=LEVELS, max_length=LEVELS)
    weight: int = Field(1, ge=0, le=WEIGHT_MOST)


class MatrixSeatIn(Schema):
    """Whom a seat is for, by office; `account` is the uid of a person who scores by their account."""

    label: SomeWords80
    account: UUID | None = None


class MatrixScoreIn(Schema):
    """The points of one proposal by one criterion."""

    proposal: Code
    criterion: MatrixKey
    points: int = Field(ge=0, le=5)


class MatrixScoresIn(Schema):
    """All scores of your seat at once."""

    scores: list[MatrixScoreIn] = Field(min_length=1, max_length=4000)


class MatrixCriterionOut(Schema):
    """A criterion with its levels and weight."""

    key: str
    title: dict[str, str]
    levels: list[MatrixLevel]
    weight: int


class MatrixSeatOut(Schema):
    """A seat and whether it has scored; never what."""

    number: int
    label: str
    has_sent: bool


class MatrixRankOut(Schema):
    """A proposal in the ranking. Spread and `best`, `worst` are missing among fewer than three seats.

    `best` and `worst`: its ranks when any one seat is left out.
    """

    proposal: str
    rank: int
    total: int
    least: int | None
    most: int | None
    interquartile: float | None
    best: int | None
    worst: int | None


class MatrixOut(Schema):
    """A priority matrix; the ranking is empty until scoring is closed."""

    meeting: str
    state: MatrixState
    digest: str
    frozen_at: datetime | None
    closed_at: datetime | None
    criteria: list[MatrixCriterionOut]
    proposals: list[str]
    seats: list[MatrixSeatOut]
    ranking: list[MatrixRankOut]


class MatrixSeatGiven(MatrixSeatOut):
    """A seat just given, with its code for the paper; empty for one by account."""

    seat_code: str
