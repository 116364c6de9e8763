"""What goes in and out of the API of honoraria. Account numbers go in; out they come masked, or for a reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.pay import LineState, RunState


class PayAccountIn(Schema):
    """One's own bank details; `confirmed` when pay already on its way shall go there too."""

    bank: str = Field(min_length=1, max_length=60)
    number: str = Field(min_length=1, max_length=40)
    holder: str = Field(min_length=1, max_length=80)
    tax_number: str = Field("", max_length=30)
    confirmed: bool = False


class PayAccountOut(Schema):
    """Bank details as everybody but the treasurer sees them."""

    masked: str
    has_tax_number: bool


class RevealIn(Schema):
    """Why somebody looks."""

    reason: str = Field(min_length=1, max_length=200)


class RevealOut(Schema):
    """Bank details in clear; keep them nowhere."""

    bank: str
    number: str
    holder: str
    tax_number: str


class PayRowOut(RevealOut):
    """One row of the payment file: which line it pays, how much, and where to."""

    line: str
    report: str
    net: int


class PayRunIn(Schema):
    """A month to be paid; `region` is the path of the city."""

    region: str = Field(max_length=16)
    year: int = Field(ge=2020, le=2100)
    month: int = Field(ge=1, le=12)


class PayLineOut(Schema):
    """One person's pay: amounts in rupiah, `parts` and `deductions` say how they came about."""

    uid: UUID
    report: str
    parts: list[dict[str, Any]]
    deductions: list[dict[str, Any]]
    gross: int
    net: int
    account: str
    state: LineState
    reason: str


class PayRunLineOut(Schema):
    """A list of honoraria by itself."""

    code: str
    year: int
    month: int
    number: int
    state: RunState
    paid_on: date | None
    reference: str


class PayRunOut(PayRunLineOut):
    """A list of honoraria with everybody on it."""

    lines: list[PayLineOut]


class PayPaidIn(Schema):
    """Day and number of a payment."""

    paid_on: date
    number: str = Field(min_length=1, max_length=80)


class PayReasonIn(Schema):
    """Why a payment failed, or what is answered."""

    reason: str = Field(min_length=1, max_length=200)


class ReceiptIn(Schema):
    """Whether the money came."""

    came: bool
    said: str = Field("", max_length=300)


class DeductionIn(Schema):
    """A deduction; rates in hundredths of a percent of the gross amount, `region` is the path of the city."""

    region: str = Field(max_length=16)
    title: str = Field(min_length=1, max_length=80)
    legal_basis: str = Field(min_length=1, max_length=200)
    rate: int = Field(ge=0, le=10_000)
    rate_without_tax_number: int | None = Field(None, ge=0, le=10_000)
    valid_from: date
    valid_to: date | None = None


class DeductionOut(Schema):
    """A deduction."""

    uid: UUID
    name: str
    legal_basis: str
    rate: int
    rate_without_tax_number: int | None
    valid_from: date
    valid_to: date | None


class DeductionEndIn(Schema):
    """The last day of a deduction."""

    valid_to: date
