"""What goes in and out of the API of planning."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Rupiah
from pendamping.needs.enums.menu import Stream
from pendamping.planning.enums import ProjectState

Share = Annotated[int, Field(ge=0, le=10_000)]
Percent = Annotated[int, Field(ge=0, le=100)]


class PrepareIn(Schema):
    """A project for a funded proposal; `sub_activity` is a code such as 7.01.03.2.02.0002."""

    title: str = Field(min_length=1, max_length=160)
    sub_activity: str = Field(max_length=30)
    budget: Rupiah
    funding_source: str = Field(min_length=1, max_length=80)
    executor: str = Field(min_length=1, max_length=120)
    starts_on: date
    ends_on: date


class ProjectLineIn(Schema):
    """The budget line for one stream; `sub_activity` is a code such as 7.01.03.2.02.0002."""

    stream: Stream
    sub_activity: str = Field(max_length=30)


class MeetingProjectsIn(Schema):
    """What all projects of a meeting share; titles and budgets come from its decisions."""

    lines: list[ProjectLineIn] = Field(min_length=1, max_length=2)
    funding_source: str = Field(min_length=1, max_length=80)
    executor: str = Field(min_length=1, max_length=120)
    starts_on: date
    ends_on: date


class ReasonIn(Schema):
    """Why a project goes back or is given up."""

    reason: str = Field(min_length=1, max_length=1000)


class ProjectOut(Schema):
    """A project."""

    code: str
    uid: str
    proposal: str
    meeting: str
    region: str
    fiscal_year: int
    title: str
    stream: Stream
    sub_activity: str
    budget: int
    agreed: int
    funding_source: str
    executor: str
    starts_on: date
    ends_on: date
    state: ProjectState
    approved_at: datetime | None
    completed_at: datetime | None
    verdict_note: str


class ProjectsOut(Schema):
    """A page of projects."""

    next: str | None
    results: list[ProjectOut]


class RulesIn(Schema):
    """A new version of the rules; shares in hundredths of a percent, tranches as [percent, progress needed]."""

    city: str = Field(max_length=4)
    fiscal_year: int = Field(ge=2020, le=2100)
    valid_from: date
    legal_basis: str = Field(min_length=1, max_length=200)
    default_ceiling: Rupiah
    infrastructure_min: Share = 0
    infrastructure_max: Share = 10_000
    empowerment_min: Share = 0
    empowerment_max: Share = 10_000
    tranches: list[tuple[Percent, Percent]] = Field(min_length=1, max_length=12)
    note: str = Field("", max_length=2000)


class RulesOut(Schema):
    """A version of the rules."""

    fiscal_year: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    default_ceiling: int
    infrastructure_min: int
    infrastructure_max: int
    empowerment_min: int
    empowerment_max: int
    tranches: list[tuple[int, int]]
    note: str


class CeilingIn(Schema):
    """The ceiling of a ward."""

    amount: Rupiah
    legal_basis: str = Field("", max_length=200)


class StreamRoom(Schema):
    """The room of one stream, in rupiah."""

    stream: Stream
    planned: int
    at_least: int
    at_most: int
    left: int


class CeilingOut(Schema):
    """What a ward may plan in a year, has planned and has left."""

    ward: str
    year: int
    ceiling: int
    legal_basis: str
    planned: int
    left: int
    streams: list[StreamRoom]
