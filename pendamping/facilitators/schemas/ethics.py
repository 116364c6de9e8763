"""What goes in and out of the API of ethics."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.ethics import CaseState, Sanction


class BreachIn(Schema):
    """A report of breach; `appointment` is a code, when known."""

    text: str = Field(min_length=1, max_length=4000)
    appointment: str | None = Field(None, max_length=16)
    contact: str = Field("", max_length=120)


class BreachOut(Schema):
    """What a reporter gets: a code."""

    code: str


class EthicsCodeIn(Schema):
    """A new version; `region` is the path of the city."""

    region: str = Field(max_length=16)
    text_id: str = Field(min_length=1, max_length=20_000)
    text_en: str = Field("", max_length=20_000)
    legal_basis: str = Field("", max_length=200)
    is_proposal: bool = False
    panel_least: int = Field(3, ge=2, le=15)
    answer_days: int = Field(7, ge=1, le=90)
    reason: str = Field(max_length=300)


class CodeOut(Schema):
    """A version of the code."""

    version: int
    text_id: str
    text_en: str
    is_proposal: bool
    legal_basis: str
    reason: str


class SignIn(Schema):
    """Which version one signs."""

    version: int = Field(ge=1, le=10_000)


class PanelIn(Schema):
    """Members by user name."""

    members: list[Annotated[str, Field(max_length=40)]] = Field(min_length=1, max_length=15)


class AccusedIn(Schema):
    """Whom a case is about, by the code of the appointment."""

    appointment: str = Field(max_length=16)


class SummonsIn(Schema):
    """What the person shall answer to."""

    allegation: str = Field(max_length=4000)
    answer_by: date


class StatementIn(Schema):
    """What the person says."""

    statement: str = Field(max_length=4000)


class PanelReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=200)


class DecisionIn(Schema):
    """What the panel decided."""

    sanction: Sanction
    reason: str = Field(max_length=4000)
    skip_reason: str = Field("", max_length=4000)
    suspended_from: date | None = None
    suspended_until: date | None = None


class RegisterOut(Schema):
    """A case as the secretariat sees it."""

    code: str
    seated: int
    panel_least: int


class CaseLineOut(Schema):
    """A case in the list of a member."""

    code: str
    state: CaseState


class CaseOut(Schema):
    """A case as a member of its panel sees it."""

    code: str
    state: CaseState
    appointment: str | None
    report: str
    allegation: str
    answer_by: date | None
    answer: str
    statement: str
    sanction: str
    reason: str
    decided_at: datetime | None


class OwnCaseOut(Schema):
    """A case as the person it is about sees it: never the report."""

    code: str
    state: CaseState
    allegation: str
    answer_by: date | None
    answer: str
    statement: str
    sanction: str
    reason: str
