"""What goes in and out of the API of inviting, the agenda's points and the attendance register. No names come out."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import SomeWords160, Words120, Words160
from pendamping.deliberation.enums.invitations import Capacity, InvitationAnswer, LetterNews, Way
from pendamping.deliberation.enums.presence import AgeGroup, PresentSex, Source
from pendamping.deliberation.rules.points import MINUTES_MOST, POINTS_MOST
from pendamping.deliberation.rules.register import ROWS_LEAST, ROWS_MOST
from pendamping.deliberation.schemas.screens import ClaimedAt

# One of the capacities everybody has (rt, rw, lpm, pkk, …), or the key of one of the city's own in the meeting's rules.
CapacityKey = Annotated[str, Field(min_length=1, max_length=24)]


class MeetingInviteIn(Schema):
    """Offices and groups to invite."""

    capacities: list[CapacityKey] = Field(min_length=1, max_length=32)


class MeetingGuestIn(Schema):
    """A guest to invite; name and address are kept locked."""

    capacity: CapacityKey
    label: Words120 = ""
    name: Words120 = ""
    way: Way | None = None
    address: Words120 = ""


class InvitationAnswerIn(Schema):
    """What somebody invited said."""

    answer: InvitationAnswer
    instead: Words160 = ""


class InvitationToldIn(Schema):
    """How a person told them: by hand or spoken."""

    way: Way


class InvitationLetterOut(Schema):
    """That they were told something."""

    news: LetterNews
    way: Way
    sent_at: datetime | None


class InvitationOut(Schema):
    """Somebody invited, by office or group; no name, no address."""

    uid: uuid.UUID
    title: str
    capacity: CapacityKey
    place: str
    answer: InvitationAnswer | None
    letters: list[InvitationLetterOut]


class InvitationsOut(Schema):
    """Everybody invited to a meeting."""

    results: list[InvitationOut]


class PointIn(Schema):
    """A point of the agenda."""

    title: SomeWords160
    minutes: int = Field(ge=1, le=MINUTES_MOST)


class PointsIn(Schema):
    """All points of the agenda, in order."""

    points: list[PointIn] = Field(min_length=1, max_length=POINTS_MOST)


class PointLedIn(Schema):
    """A point begins, or ends; `claimed_at` when that waited on a device without a signal."""

    ends: bool = False
    claimed_at: ClaimedAt | None = None


class PointOut(Schema):
    """A point on the clock; `late` in minutes."""

    uid: uuid.UUID
    title: str
    minutes: int
    planned_from: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    late: int


class PointsOut(Schema):
    """The agenda on the clock; `late` is that of the meeting now, in minutes."""

    late: int
    points: list[PointOut]


class PresentIn(Schema):
    """Somebody present; `place` is the path of an RT or RW, or of a ward at the district.

    `invitation` is the uid of the one they came by; `claimed_at` when that waited on a device without a signal.
    """

    sex: PresentSex
    age_group: AgeGroup | None = None
    is_disabled: bool | None = None
    is_poor: bool | None = None
    capacity: CapacityKey = Capacity.RESIDENT
    place: str = Field("", max_length=16)
    name: Words120 = ""
    invitation: uuid.UUID | None = None
    claimed_at: ClaimedAt | None = None


class StrikeIn(Schema):
    """A row to strike out; `same_as` is the row of the same person, if it is one."""

    same_as: uuid.UUID | None = None


class PresentOut(Schema):
    """A row of the register, without the name."""

    uid: uuid.UUID
    number: int
    sex: PresentSex
    age_group: AgeGroup | None
    capacity: CapacityKey
    place: str
    source: Source
    counts: bool


class PresencesOut(Schema):
    """The rows that stand."""

    results: list[PresentOut]


class RoomOut(Schema):
    """Who is in the room: None for a group so small that people could be known; RTs by path."""

    women: int
    men: int
    groups: dict[str, int | None]
    heard: list[str]
    missing: list[str]


class SheetIn(Schema):
    """A sheet to print."""

    rows: int = Field(20, ge=ROWS_LEAST, le=ROWS_MOST)


class SheetRowIn(Schema):
    """A row as it stands on the paper."""

    row: int = Field(ge=1, le=ROWS_MOST)
    sex: PresentSex
    name: Words120 = ""
    place: str = Field("", max_length=16)
    age_group: AgeGroup | None = None
    capacity: CapacityKey = Capacity.RESIDENT
    is_disabled: bool = False
    is_poor: bool = False


class SheetRowsIn(Schema):
    """All filled rows of a sheet."""

    rows: list[SheetRowIn] = Field(min_length=1, max_length=ROWS_MOST)


class SheetCountIn(Schema):
    """The filled rows, counted on the paper."""

    heads: int = Field(ge=1, le=ROWS_MOST)


class PaperSheetOut(Schema):
    """A sheet and how far it is."""

    uid: uuid.UUID
    number: int
    rows: int
    typed: int
    has_photo: bool
    heads: int | None
    confirmed_at: datetime | None
