"""What goes in and out of the API of needs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import (
    Code,
    Sentences,
    SomeWords160,
    Words160,
)
from pendamping.needs.models import Need


class NeedIn(Schema):
    """Voices of one ward, by code, that come to one need."""

    voices: list[Code] = Field(min_length=1, max_length=200)
    title: SomeWords160
    summary: Sentences = ""
    menu_item: str = Field("", max_length=10)


class JoinIn(Schema):
    """Further voices, by code, for a need that is there."""

    voices: list[Code] = Field(min_length=1, max_length=200)


class VerifyIn(Schema):
    """What was seen on site."""

    finding: Sentences
    people_affected: int | None = Field(None, ge=0, le=100_000)
    viewpoint: Words160 = Field("", description="Where the first photo was taken, to be taken again from there.")
    latitude: Decimal | None = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Decimal | None = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)
    heading: int | None = Field(None, ge=0, lt=360, description="Degrees from north.")


class NeedOut(Schema):
    """A need as those see it who work with it."""

    code: str
    uid: UUID
    state: str
    title: str
    summary: str
    subject: str
    region: str
    finding: str
    people_affected: int | None
    verified_at: datetime | None
    answer: str
    voices: list[str]

    @staticmethod
    def of(need: Need) -> NeedOut:
        names = (
            "code",
            "uid",
            "state",
            "title",
            "summary",
            "subject",
            "finding",
            "people_affected",
            "verified_at",
            "answer",
        )
        voices = [gathering.voice.code for gathering in need.gatherings.all()]
        return NeedOut(**{name: getattr(need, name) for name in names}, region=need.region_path, voices=voices)


class NeedsOut(Schema):
    """A page of needs; follow `next` until it is null."""

    next: str | None
    results: list[NeedOut]
