"""What goes in and out of the API of evaluations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.evaluations import EvaluationState, IndicatorGroup, IndicatorUnit, RenewalOutcome


class ComputeIn(Schema):
    """Whose half-year, by the code of an appointment; `half` such as "2026-1"."""

    appointment: str = Field(max_length=16)
    half: str = Field(pattern=r"^20\d\d-[12]$", max_length=6)


class ReplyIn(Schema):
    """The person's own words."""

    reply: str = Field(max_length=4000)


class SettleIn(Schema):
    """Words that answer the reply; `struck` are keys of indicators whose value does not hold."""

    words: str = Field(max_length=4000)
    struck: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=50)


class RenewalIn(Schema):
    """What becomes of the contract."""

    outcome: RenewalOutcome
    reason: str = Field(max_length=4000)
    conditions: str = Field("", max_length=4000)


class CoachingPlanIn(Schema):
    """Steps both agreed on."""

    steps: str = Field(max_length=4000)
    due_on: date


class CoachingResultIn(Schema):
    """What came of it."""

    result: str = Field(max_length=4000)


class IndicatorRuleIn(Schema):
    """What one indicator weighs; bounds are a share of 1, or days."""

    indicator: str = Field(max_length=40)
    weight: int = Field(ge=0, le=100)
    sample_least: int = Field(ge=1, le=10_000)
    good: Decimal = Field(ge=0, le=366, decimal_places=4)
    poor: Decimal = Field(ge=0, le=366, decimal_places=4)


class EvaluationRulesIn(Schema):
    """A new version; `region` is the path of the city."""

    region: str = Field(max_length=16)
    valid_from: date
    legal_basis: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=300)
    weak_below: int = Field(ge=0, le=100)
    judged_least: int = Field(ge=1, le=100)
    reply_days: int = Field(ge=3, le=90)
    coaching_days: int = Field(ge=1, le=365)
    lines: list[IndicatorRuleIn] = Field(min_length=1, max_length=50)


class EvaluationRulesOut(Schema):
    """A version of the rules."""

    version: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    is_proposal: bool
    weak_below: int
    judged_least: int
    reply_days: int
    coaching_days: int


class IndicatorValueOut(Schema):
    """One value with its sample, its records and the rule that judged it; without points it was not judged."""

    indicator: str
    label: str
    formula: str
    group: IndicatorGroup
    unit: IndicatorUnit
    value: Decimal | None
    at_least: bool
    sample: int
    sample_least: int
    still_open: int
    inputs: list[str]
    weight: int
    good: Decimal
    poor: Decimal
    points: Decimal | None
    is_struck: bool


class CoachingOut(Schema):
    """A weak value worked on together."""

    indicator: str
    due_on: date
    steps: str
    result: str
    done_at: datetime | None


class RenewalOut(Schema):
    """What became of the contract."""

    outcome: RenewalOutcome
    reason: str
    conditions: str


class EvaluationLineOut(Schema):
    """An evaluation in a list: by name, never by points."""

    code: str
    half: str
    state: EvaluationState
    person: str
    region: str
    reply_by: date | None


class EvaluationOut(EvaluationLineOut):
    """One evaluation with everything behind it."""

    days_served: int
    total: Decimal | None
    judged_weight: int
    whole_weight: int
    rules_version: int
    values: list[IndicatorValueOut]
    reply: str
    words: str
    settled_alone: bool
    coaching: list[CoachingOut]
    renewal: RenewalOut | None
