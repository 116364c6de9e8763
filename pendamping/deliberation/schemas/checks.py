"""What goes in and out of the API of technical checks."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from pendamping.core.schemas import Sentences, SomeSentences, SomeWords200
from pendamping.deliberation.enums.checks import Aspect, CheckResult, CheckState, Finding


class TechnicalCheckIn(Schema):
    """A check to begin; `why` when there is one of this version already."""

    why: Sentences = ""


class CheckLineIn(Schema):
    """So much of an item of the unit prices the check rests on; `ward` where the price holds in one ward only."""

    item_code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    ward: Annotated[str, StringConstraints(pattern=r"^(\d{10})?$")] = ""
    quantity: Decimal = Field(gt=0, max_digits=14, decimal_places=3)


class CheckAspectIn(Schema):
    """What was found about one aspect, and why."""

    aspect: Aspect
    finding: Finding
    reason: SomeSentences


class CheckPublicationIn(Schema):
    """The reason everybody reads."""

    reason: SomeSentences


class CheckAspectOut(Schema):
    """What was found about one aspect, why, and by which office."""

    aspect: Aspect
    finding: Finding
    reason: str
    office: str


class CheckLineOut(Schema):
    """A line of cost; `amount` in rupiah."""

    uid: UUID
    item_code: str
    name: str
    unit: str
    price: int
    quantity: Decimal
    amount: int


class CheckLikenessOut(Schema):
    """Something about the same subject, worded alike, in permille."""

    kind: str
    code: str
    permille: int


class TechnicalCheckOut(Schema):
    """A technical check; `off_permille` is how far the estimate lies off the unit prices."""

    number: int
    state: CheckState
    result: CheckResult | None
    reason: str
    estimated_cost: int
    calculated: int | None
    off_permille: int | None
    price_list: str | None
    is_current: bool
    published_at: datetime | None
    aspects: list[CheckAspectOut]
    lines: list[CheckLineOut]
    likenesses: list[CheckLikenessOut]


class TechnicalChecksOut(Schema):
    """All checks of a proposal, the last one first."""

    proposal: str
    results: list[TechnicalCheckOut]


class CheckRulesIn(Schema):
    """Bounds of technical checks in a city from a day on, in permille off the unit prices."""

    city: str = Field(pattern=r"^\d{4}$")
    condition_permille: int = Field(ge=0, le=10_000)
    unfit_permille: int = Field(ge=0, le=10_000)
    needs_check: bool = False
    legal_basis: SomeWords200
    valid_from: date


class CheckRulesOut(Schema):
    """The bounds as they hold."""

    condition_permille: int
    unfit_permille: int
    needs_check: bool
    legal_basis: str
    valid_from: date
    valid_to: date | None
