"""What goes in and out of the API of training sessions."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from ninja import Schema
from pydantic import AwareDatetime, Field

from pendamping.core.schemas import Code, Sentences, SomeWords160, SomeWords200, Words120
from pendamping.training.enums.sessions import AttendanceChannel, Presence, SessionState


class TrainingSessionIn(Schema):
    """A session to plan; `module` and `activity` are the keys of the face-to-face part it is, or both are left out."""

    course: Code
    version: int = Field(ge=1, le=999)
    module: str = Field("", max_length=40)
    activity: str = Field("", max_length=40)
    region: Code
    title: SomeWords160
    place: SomeWords160
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    capacity: int = Field(ge=1, le=999)
    trainer: str | None = Field(None, max_length=40)
    trainer_office: Words120 = ""
    materials: Sentences = ""
    opens_minutes: int = Field(30, ge=0, le=240)
    late_minutes: int = Field(15, ge=0, le=240)
    closes_minutes: int = Field(60, ge=1, le=600)


class TrainingSessionMoveIn(Schema):
    """Another hour or place, and why."""

    place: SomeWords160
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    reason: SomeWords200


class TrainingSessionCancelIn(Schema):
    """Why a session is not held."""

    reason: SomeWords200


class TrainingPlaceIn(Schema):
    """Who gets a place: an enrolment by its code; none means everybody of the version in the session's area."""

    enrolment: Code | None = None


class TrainingMarkIn(Schema):
    """How somebody took part, by the trainer's list."""

    presence: Presence
    note: str = Field("", max_length=200)


class TrainingCodeIn(Schema):
    """The code shown by the trainer, and the random name this phone keeps for itself."""

    code: str = Field(min_length=1, max_length=20)
    device: str = Field(min_length=16, max_length=64)


class TrainingSheetRowsIn(Schema):
    """Row → presence, as the trainer confirms them; rows left out stay as they are."""

    rows: dict[int, Presence] = Field(max_length=999)


class TrainingPlaceOut(Schema):
    """A place and what is known of attendance."""

    uid: str
    enrolment: str
    row: int
    presence: Presence | str
    channel: AttendanceChannel | str
    marked_at: datetime | None


class TrainingSessionOut(Schema):
    """A session, without its secret."""

    code: str
    course: str
    version: int
    module: str
    activity: str
    region: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    trainer_office: str
    materials: str
    state: SessionState
    sequence: int
    reason: str
    changed_at: datetime


class TrainingSessionWholeOut(TrainingSessionOut):
    """A session with those expected."""

    places: list[TrainingPlaceOut]


class TrainingSessionsOut(Schema):
    """A page of sessions."""

    next: str | None
    results: list[TrainingSessionOut]


class TrainingSheetRowOut(Schema):
    """A row as it was read: signed, not, or unclear."""

    row: int
    signed: bool | None


class TrainingReadingOut(Schema):
    """What was read from the photo of a sheet."""

    uid: str
    rows: list[TrainingSheetRowOut]
    confirmed_at: datetime | None


class OwnTrainingSessionOut(TrainingSessionOut):
    """A session one is expected at, and one's own attendance."""

    presence: Presence | str


class OwnAttendanceOut(Schema):
    """How much of a course one attended."""

    enrolment: str
    expected: int
    attended: int
    percent: Decimal
