"""What comes in and goes out over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, Field

from pendamping.core.schemas import Rupiah, Sentences, Words80

# Forms carry digits as words.
Stage = Annotated[Literal[0, 50, 100], BeforeValidator(lambda given: int(given) if str(given).isdecimal() else given)]


class ReportIn(Schema):
    """A progress report; photos travel beside it as files."""

    stage: Stage
    spent: Rupiah
    note: Sentences = ""
    problem: Sentences = ""


class JudgementIn(Schema):
    """A word beside a verification."""

    note: Sentences = ""


class ReturnIn(Schema):
    """Why a report goes back."""

    reason: Sentences


class ReportOut(Schema):
    """A progress report."""

    code: str
    project: str
    region: str
    stage: int
    spent: int
    note: str
    problem: str
    state: str
    photos: list[str]
    reported_at: datetime
    verified_at: datetime | None
    verdict_note: str


class ReportsOut(Schema):
    """A page of reports, newest first."""

    next: str | None
    results: list[ReportOut]


class PaymentIn(Schema):
    """A tranche paid out."""

    tranche: Annotated[int, Field(ge=1, le=12)]
    amount: Rupiah
    paid_on: date
    reference: Words80


class PaymentOut(Schema):
    """A payment as recorded."""

    code: str
    project: str
    tranche: int
    amount: int
    paid_on: date
    reference: str
    voided_at: datetime | None


class MoneyOut(Schema):
    """The money of a project."""

    budget: int
    paid: int
    spent: int
    payments: list[PaymentOut]
