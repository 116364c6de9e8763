"""What goes in and out of the API of meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Code, Pages, Rupiah, Sentences, SomePages, SomeWords80, SomeWords160, SomeWords200
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState, Outcome


class CallIn(Schema):
    """A meeting to call; `region` is the path of a ward or RW."""

    region: str = Field(max_length=16)
    kind: MeetingKind
    title: SomeWords160
    fiscal_year: int = Field(ge=2020, le=2100)
    held_on: date
    starts_at: time | None = None
    place: SomeWords200
    agenda: SomePages
    chair_office: SomeWords80


class MoveIn(Schema):
    """Another day or hour for a meeting, and why; without `starts_at` it has no hour."""

    held_on: date
    starts_at: time | None = None
    reason: Sentences


class CancelIn(Schema):
    """Why a meeting is called off."""

    reason: Sentences


class PutIn(Schema):
    """Codes of proposals for the agenda."""

    proposals: list[Code] = Field(min_length=1, max_length=200)


class AttendanceFacts(Schema):
    """Who was present; the groups are parts of women and men together, `own` those of the city's own by their key."""

    women: int = Field(ge=0, le=100_000)
    men: int = Field(ge=0, le=100_000)
    youth: int = Field(0, ge=0, le=100_000)
    elderly: int = Field(0, ge=0, le=100_000)
    poor: int = Field(0, ge=0, le=100_000)
    disabled: int = Field(0, ge=0, le=100_000)
    rt_rw: int = Field(0, ge=0, le=100_000)
    lpm: int = Field(0, ge=0, le=100_000)
    pkk: int = Field(0, ge=0, le=100_000)
    own: dict[Annotated[str, Field(max_length=24)], Annotated[int, Field(ge=0, le=100_000)]] = Field(
        default_factory=dict, max_length=12
    )


class DecideIn(Schema):
    """What the meeting decided about one proposal."""

    outcome: Outcome
    reason: Sentences
    amount: Rupiah | None = None


class CloseIn(Schema):
    """What else the minutes should say."""

    notes: Pages = ""


class ItemOut(Schema):
    """A proposal before a meeting, with what was decided, if anything yet."""

    position: int
    proposal: str
    title: str
    estimated_cost: int
    outcome: Outcome | None
    reason: str
    amount: int | None
    method: str | None


class MeetingOut(Schema):
    """A meeting in a list."""

    code: str
    uid: str
    kind: MeetingKind
    title: str
    region: str
    fiscal_year: int
    held_on: date
    starts_at: time | None
    place: str
    agenda: str
    chair_office: str
    state: MeetingState
    closed_at: datetime | None
    cancelled_at: datetime | None
    cancellation: str
    notes: str
    revision: int
    attendance: AttendanceFacts | None


class MeetingWhole(MeetingOut):
    """A meeting with its agenda."""

    items: list[ItemOut]


class MeetingsOut(Schema):
    """A page of meetings."""

    next: str | None
    results: list[MeetingOut]
