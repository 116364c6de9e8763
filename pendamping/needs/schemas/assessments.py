"""What goes in and out of the API of assessments."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from pendamping.core.schemas import SomeWords120, Words160, Words200
from pendamping.needs.models import Criterion, View
from pendamping.needs.queries.assessments import Weighed
from pendamping.needs.rules.assessments import LEVELS_MOST, WEIGHT_MOST

Degrees = Decimal | None
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class NeedCriterionWords(Schema):
    """Words in Indonesian, and in English where there are some."""

    id: SomeWords120
    en: Words200 = ""


class NeedCriterionLevel(Schema):
    """Points, and what they mean."""

    points: int = Field(ge=0, le=100)
    text: NeedCriterionWords


class NeedCriterionIn(Schema):
    """A criterion of a city from a day on, in place of the version before or of the one for all cities."""

    city: str = Field(pattern=r"^\d{4}$", description="Path of the city.")
    key: Key
    title: NeedCriterionWords
    help: NeedCriterionWords | None = None
    levels: list[NeedCriterionLevel] = Field(min_length=2, max_length=LEVELS_MOST)
    weight: int = Field(1, ge=0, le=WEIGHT_MOST, description="Zero leaves the criterion out in this city.")
    position: int = Field(0, ge=0, le=99)
    legal_basis: Words160 = ""
    valid_from: date


class NeedCriterionOut(Schema):
    """A criterion as it holds."""

    key: str
    title: dict[str, str]
    levels: list[NeedCriterionLevel]
    weight: int
    valid_from: date
    valid_to: date | None

    @staticmethod
    def of(found: Criterion) -> NeedCriterionOut:
        return NeedCriterionOut(**{name: getattr(found, name) for name in NeedCriterionOut.model_fields})


class NeedScoreIn(Schema):
    """Points by one criterion, and why."""

    criterion: Key
    points: int = Field(ge=0, le=100)
    reason: Reason


class NeedScoresIn(Schema):
    """Points by some criteria; the others stay as they are."""

    scores: list[NeedScoreIn] = Field(min_length=1, max_length=50)


class NeedScoreOut(Schema):
    """A criterion in force, with the points of a need if there are any."""

    criterion: str
    weight: int
    points: int | None
    reason: str
    scored_at: datetime | None


class NeedAssessmentOut(Schema):
    """What a need weighs: with criteria missing its sum lies between `low` and `high`, of `whole`."""

    need: str
    points: int
    low: int
    high: int
    whole: int
    missing: int
    scores: list[NeedScoreOut]

    @staticmethod
    def of(found: Weighed) -> NeedAssessmentOut:
        scores = [
            NeedScoreOut(
                criterion=criterion.key, weight=criterion.weight, points=score.points if score else None,
                reason=score.reason if score else "", scored_at=score.created_at if score else None,
            )
            for criterion, score in found.lines
        ]  # fmt: skip
        names = ("points", "low", "high", "whole", "missing")
        return NeedAssessmentOut(
            need=found.need.code, scores=scores, **{name: getattr(found.sum, name) for name in names}
        )


class NeedViewIn(Schema):
    """A photo from a point known already, by uid, or from a new one in words."""

    taken_on: date
    viewpoint: UUID | None = None
    words: Words160 = ""
    latitude: Degrees = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Degrees = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    heading: int | None = Field(None, ge=0, lt=360, description="Degrees from north.")


class NeedViewOut(Schema):
    """A photo from a fixed point."""

    viewpoint: UUID
    words: str
    taken_on: date
    photo: str

    @staticmethod
    def of(view: View) -> NeedViewOut:
        point = view.viewpoint
        return NeedViewOut(viewpoint=point.uid, words=point.words, taken_on=view.taken_on, photo=view.photo.name)
