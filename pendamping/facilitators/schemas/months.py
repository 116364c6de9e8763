"""What goes in and out of the API of plans, month reports and the rules of months."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.enums.months import DecisionKind, MonthOffice, MonthState


class PlanLineIn(Schema):
    """One line of a plan; `region` is the path of a place one serves."""

    what: str = Field(min_length=1, max_length=200)
    region: str = Field(max_length=16)
    activity: Activity
    wanted: int = Field(1, ge=1, le=99)


class PlanIn(Schema):
    """The plan of a month."""

    lines: list[PlanLineIn] = Field(min_length=1, max_length=40)


class PlanLineOut(Schema):
    """One line of a plan."""

    what: str
    region_path: str
    activity: Activity
    wanted: int


class PlanOut(Schema):
    """A plan as sent."""

    year: int
    month: int
    sent_at: datetime
    is_late: bool
    lines: list[PlanLineOut]


class MonthIn(Schema):
    """The person's own words with a report."""

    note: str = Field("", max_length=4000)


class MonthDecisionOut(Schema):
    """One office's word."""

    sending: int
    office: MonthOffice
    kind: DecisionKind
    reason: str
    created_at: datetime


class MonthOut(Schema):
    """A month report; `figures` as frozen when it was sent, `digest` of figures and note.

    Kinds and days of absences are told to the person and to those who verify or decide; to others their number.
    """

    code: str
    year: int
    month: int
    region_path: str
    state: MonthState
    awaits: str
    sendings: int
    sent_at: datetime
    is_late: bool
    closes_on: date
    note: str
    figures: dict[str, Any]
    digest: str
    returned_reason: str
    decisions: list[MonthDecisionOut]


class MonthRowOut(Schema):
    """A report in a list."""

    code: str
    year: int
    month: int
    region_path: str
    state: MonthState
    awaits: str
    is_late: bool


class MonthsOut(Schema):
    """Reports of a month in one's places, and the places of those who have not sent."""

    reports: list[MonthRowOut]
    missing: list[str]


class MonthSeenIn(Schema):
    """A decision on the sending that was read; without it the present one counts."""

    sending: int | None = Field(None, ge=1, le=1000)


class MonthRecommendIn(MonthSeenIn):
    """A recommendation."""

    reason: str = Field("", max_length=500)


class MonthReturnIn(MonthSeenIn):
    """What has to be mended."""

    reason: str = Field(min_length=1, max_length=500)


class MonthRulesIn(Schema):
    """The days that hold for months; `region` is the path of the city."""

    region: str = Field(max_length=16)
    valid_from: date
    legal_basis: str = Field(min_length=1, max_length=200)
    plan_day: int = Field(25, ge=1, le=28)
    correction_days: int = Field(3, ge=0, le=28)
    pay_day: int = Field(10, ge=1, le=28)
    pays_suspension: bool = False


class MonthRulesOut(Schema):
    """A version of the rules."""

    valid_from: date
    legal_basis: str
    plan_day: int
    correction_days: int
    pay_day: int
    pays_suspension: bool
