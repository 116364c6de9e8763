"""What goes in and out of the API of voices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, Json

from pendamping.core.schemas import (
    SomeSentences,
    Words120,
    Words200,
)
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.keys import voice_key
from pendamping.needs.models import Voice

Degrees = Decimal | None


class VoiceIn(Schema):
    """A voice; `region` is the path of a ward, RW or RT."""

    text: SomeSentences
    region: str = Field(pattern=r"^\d{4,16}$")
    category: str = Field("", max_length=40, description="Key of a category offered there (GET /categories).")
    extra: Json[dict[str, Words200]] | None = Field(
        None, description="Answers to the category's questions by their keys, as JSON; left out, nothing was asked."
    )
    menu_item: str = Field("", max_length=10, description="Code of the menu of activities; empty for something else.")
    other_words: Words120 = ""
    place_words: Words120 = ""
    latitude: Degrees = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Degrees = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)


class GiveIn(VoiceIn):
    """A voice, and where whoever gives it wants to hear of it."""

    contact: str = Field("", max_length=254, description="E-mail address; kept encrypted and shown to nobody.")


class RecordIn(VoiceIn):
    """A voice written down for somebody who cannot send it: for what kind of resident, never a name."""

    behalf: Behalf
    channel: Literal[Channel.FACILITATOR, Channel.COUNTER] = Channel.FACILITATOR
    heard_on: date | None = Field(None, description="The day it was said; today when left out, never later.")


class VoicePublic(Schema):
    """What anyone with the code may read: never the words."""

    code: str
    state: str
    subject: str
    region: str
    heard_at: datetime
    answer: str
    need: str | None

    @staticmethod
    def of(voice: Voice) -> VoicePublic:
        gathering = getattr(voice, "gathering", None)
        return VoicePublic(
            code=voice.code, state=voice.state, subject=voice.subject, region=voice.region_path,
            heard_at=voice.heard_at, answer=voice.answer, need=gathering.need.code if gathering else None,
        )  # fmt: skip


class VoiceGiven(VoicePublic):
    """What whoever gives a voice is told: with the key that opens its thread."""

    key: str = Field(description="For the giver alone; it is told now and not again.")

    @staticmethod
    def given(voice: Voice) -> VoiceGiven:
        return VoiceGiven(**VoicePublic.of(voice).model_dump(), key=voice_key(voice))


class VoiceOut(VoicePublic):
    """What those see who work with voices."""

    uid: UUID
    text: str
    channel: Channel
    behalf: str
    place_words: str
    latitude: Degrees
    longitude: Degrees
    menu_item: str | None
    category: str | None
    extra: dict[str, str]
    joined_with: str | None

    @staticmethod
    def of(voice: Voice) -> VoiceOut:
        item = voice.menu_item
        return VoiceOut(
            **VoicePublic.of(voice).model_dump() | {"subject": voice.full_subject}, uid=voice.uid, text=voice.text,
            channel=Channel(voice.channel), behalf=voice.behalf, place_words=voice.place_words,
            latitude=voice.latitude, longitude=voice.longitude, menu_item=item.code if item else None,
            category=voice.category.key if voice.category else None, extra=voice.extra,
            joined_with=voice.duplicate_of.code if voice.duplicate_of else None,
        )  # fmt: skip


class VoicesOut(Schema):
    """A page of voices; follow `next` until it is null."""

    next: str | None
    results: list[VoiceOut]
