"""What goes in and out of the API of decrees, appointments, assignments and inaugurations."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Rupiah
from pendamping.facilitators.enums.appointments import DecreeKind
from pendamping.facilitators.enums.rounds import PostKind, Specialism

Code = Annotated[str, Field(max_length=16)]
Path = Annotated[str, Field(max_length=16)]
Reason = Annotated[str, Field(max_length=200)]


class DecreeIn(Schema):
    """A signed decree; `region` is the path of the city."""

    region: Path
    kind: DecreeKind
    number: str = Field(min_length=1, max_length=80)
    dated_on: date
    signatory: str = Field(min_length=1, max_length=80)
    about: str = Field(min_length=1, max_length=200)
    starts_on: date | None = None
    ends_on: date | None = None


class RevokeIn(Schema):
    """Revoke: the last day it holds, and why."""

    on: date
    reason: Reason


class DecreeOut(Schema):
    """A decree."""

    code: str
    number: str
    kind: DecreeKind
    region: str
    dated_on: date
    signatory: str
    about: str
    starts_on: date | None
    ends_on: date | None
    revoked_on: date | None
    revoked_reason: str


class AppointIn(Schema):
    """Who is appointed: an application of the final ranking, an existing account by user name, or both."""

    application: Code | None = None
    account: str | None = Field(None, max_length=40)
    kind: PostKind | None = None
    specialism: Specialism = Specialism.ANY
    unit: Path | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str = Field("", max_length=200)


class DeclineIn(Schema):
    """Who declines, by application, and why."""

    application: Code
    reason: Reason


class DeclinedOut(Schema):
    """A place declined."""

    application: str
    declined_at: datetime


class EndIn(Schema):
    """The last day served, and why."""

    ended_on: date
    reason: Reason


class ReplaceIn(Schema):
    """Who comes after: an application of the reserve list or an existing account."""

    decree: Code
    application: Code | None = None
    account: str | None = Field(None, max_length=40)
    unit: Path | None = None
    starts_on: date | None = None
    reason: Reason
    skipped: str = Field("", max_length=200)


class AssignIn(Schema):
    """Places by path, for days within the term."""

    regions: list[Path] = Field(min_length=1, max_length=100)
    starts_on: date
    ends_on: date
    role: PostKind | None = None
    decree: Code | None = None


class ContractIn(Schema):
    """The contract of a year."""

    fiscal_year: int = Field(ge=2020, le=2100)
    number: str = Field(min_length=1, max_length=80)
    signed_on: date
    starts_on: date
    ends_on: date
    monthly: Rupiah
    reason: str = Field("", max_length=300)


class RenewIn(Schema):
    """The contract of the next year, by a decision."""

    number: str = Field(min_length=1, max_length=80)
    signed_on: date
    starts_on: date
    ends_on: date
    monthly: Rupiah
    reason: str = Field(max_length=300)


class TakeOverIn(Schema):
    """What was missing when open work was taken over."""

    missing: str = Field("", max_length=2000)


class AssignmentOut(Schema):
    """Where somebody serves."""

    code: str
    appointment: str
    role: PostKind
    region: str
    starts_on: date
    ends_on: date
    ended_on: date | None
    ended_reason: str


class AppointmentOut(Schema):
    """Somebody's appointment with its places."""

    code: str
    account: str
    name: str
    kind: PostKind
    specialism: Specialism
    decree: str
    application: str | None
    starts_on: date
    ends_on: date
    ended_on: date | None
    ended_reason: str
    replaces: str | None
    assignments: list[AssignmentOut]


class OwnAppointmentOut(AppointmentOut):
    """One's own appointment: the version of the code of ethics still to be signed, the work still to be taken over."""

    code_to_sign: int | None
    may_take_over: bool


class AppointmentsOut(Schema):
    """A page of appointments."""

    next: str | None
    results: list[AppointmentOut]


class CeremonyIn(Schema):
    """An inauguration to call."""

    title: str = Field(min_length=1, max_length=160)
    place: str = Field(min_length=1, max_length=200)
    held_on: date
    starts_at: time | None = None


class CheckInIn(Schema):
    """The code of an invitation; or, with a reason, the appointment of somebody without it."""

    ticket: str = Field("", max_length=300)
    appointment: Code | None = None
    note: str = Field("", max_length=200)


class OathIn(Schema):
    """The oath as it was taken."""

    version: str = Field("", max_length=80)
    text: str = Field(max_length=4000)
    read_by: str = Field(max_length=80)
    witnesses: str = Field("", max_length=200)


class AttendeeOut(Schema):
    """Somebody invited."""

    appointment: str
    attended_at: datetime | None
    manner: str


class CeremonyOut(Schema):
    """An inauguration."""

    code: str
    decree: str
    title: str
    place: str
    held_on: date
    oath_at: datetime | None
    attendees: list[AttendeeOut]
