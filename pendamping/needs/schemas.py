"""What goes in and out over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import (
    Code,
    Pages,
    Rupiah,
    Sentences,
    SomeSentences,
    SomeWords160,
    Volume,
    Words120,
    Words200,
)
from pendamping.needs.enums.menu import Unit
from pendamping.needs.enums.proposals import Lack, LandStatus
from pendamping.needs.enums.voices import Behalf, Channel
from pendamping.needs.models import Need, Proposal, Voice

Degrees = Decimal | None


class VoiceIn(Schema):
    """A voice; `region` is the path of a ward, RW or RT."""

    text: SomeSentences
    region: str = Field(pattern=r"^\d{4,16}$")
    menu_item: str = Field("", max_length=10, description="Code of the menu of activities; empty for something else.")
    other_words: Words120 = ""
    place_words: Words120 = ""
    latitude: Degrees = Field(None, ge=-90, le=90, max_digits=9, decimal_places=6)
    longitude: Degrees = Field(None, ge=-180, le=180, max_digits=9, decimal_places=6)


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

    @staticmethod
    def of(voice: Voice) -> VoiceOut:
        item = voice.menu_item
        return VoiceOut(
            **VoicePublic.of(voice).model_dump() | {"subject": voice.full_subject}, uid=voice.uid, text=voice.text,
            channel=Channel(voice.channel), behalf=voice.behalf, place_words=voice.place_words,
            latitude=voice.latitude, longitude=voice.longitude, menu_item=item.code if item else None,
        )  # fmt: skip


class VoicesOut(Schema):
    """A page of voices; follow `next` until it is null."""

    next: str | None
    results: list[VoiceOut]


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


class AnswerIn(Schema):
    """Words that close a voice or a need."""

    answer: Sentences


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


class RevisionIn(Schema):
    """All facts of a proposal anew; what is unknown may be left out until it is submitted."""

    fiscal_year: int = Field(ge=2019, le=2100)
    title: SomeWords160
    menu_item: str = Field(max_length=10)
    region: str = Field(
        "",
        pattern=r"^(\d{10}|\d{13}|\d{16})?$",
        description="Path of the ward, or of an RW or RT in it; empty: as before.",
    )
    description: Pages = ""
    place: Words200 = ""
    other_words: Words120 = ""
    volume: Volume = Decimal(0)
    unit: Unit = Unit.METRE
    estimated_cost: Rupiah = 0
    women: int = Field(0, ge=0, le=1_000_000)
    men: int = Field(0, ge=0, le=1_000_000)
    children: int = Field(0, ge=0, le=1_000_000)
    poor: int = Field(0, ge=0, le=1_000_000)
    disabled: int = Field(0, ge=0, le=1_000_000)
    land_status: LandStatus = LandStatus.UNKNOWN
    land_consent: Words200 = ""


class ProposalIn(RevisionIn):
    """A draft of a proposal for a need, for the need's own place unless another is given."""

    need: Code


class WithdrawIn(Schema):
    """Why a proposal goes no further."""

    reason: Sentences


class CheckIn(Schema):
    """Pass a proposal on, or return it with what to repair."""

    ok: bool
    note: Sentences = ""
    lack: Lack | Literal[""] = Field("", description="What a returned one lacked above all; empty: something else.")


class ProposalOut(Schema):
    """A proposal as those see it who work with it."""

    code: str
    uid: UUID
    state: str
    need: str
    region: str
    fiscal_year: int
    title: str
    description: str
    place: str
    menu_item: str
    other_words: str
    volume: Decimal
    unit: str
    estimated_cost: int
    women: int
    men: int
    children: int
    poor: int
    disabled: int
    land_status: str
    land_consent: str
    submitted_at: datetime | None
    checked_at: datetime | None
    check_note: str
    check_lack: str
    withdrawn_at: datetime | None
    withdrawal: str

    @staticmethod
    def of(proposal: Proposal) -> ProposalOut:
        apart: dict[str, Any] = {
            "need": proposal.need.code,
            "region": proposal.region_path,
            "menu_item": proposal.menu_item.code,
        }
        names = [name for name in ProposalOut.model_fields if name not in apart]
        return ProposalOut(**{name: getattr(proposal, name) for name in names}, **apart)


class ProposalsOut(Schema):
    """A page of proposals; follow `next` until it is null."""

    next: str | None
    results: list[ProposalOut]
