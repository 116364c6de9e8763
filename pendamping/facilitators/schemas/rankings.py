"""What goes in and out of the API of interviews, the ranking and objections."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from pendamping.facilitators.enums.interviews import ConflictKind, MemberStep
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import Stage

Mark = Annotated[int, Field(ge=0, le=100)]
Score = Annotated[Decimal, Field(ge=0, le=100, max_digits=6, decimal_places=3)]


class CriterionIn(Schema):
    """One criterion of the interview with its weight in percent."""

    name: str = Field(min_length=1, max_length=120)
    about: str = Field("", max_length=300)
    weight: int = Field(ge=1, le=100)


class InterviewRulesIn(Schema):
    """What the interview looks at; fixed when interviews begin."""

    criteria: list[CriterionIn] = Field(min_length=1, max_length=20)
    least: int = Field(3, ge=1, le=15)
    outlier_over: Decimal = Field(Decimal(15), ge=0, le=100, max_digits=5, decimal_places=2)
    reserve_days: int = Field(365, ge=0, le=3650)


class PanelSeatIn(Schema):
    """Who is seated on the interview panel, by the name they sign in with."""

    member: str = Field(min_length=1, max_length=40)
    is_chair: bool = False


class InterviewReasonIn(Schema):
    """Why a seat ends or an interview is closed."""

    reason: str = Field(min_length=1, max_length=400)


class PanelMemberOut(Schema):
    """A seat on the panel."""

    uid: str
    name: str
    is_chair: bool
    seated_at: datetime
    ended_at: datetime | None
    ended_reason: str


class InterviewProgressOut(Schema):
    """How far the panel is with one applicant: who is waited for; the score once revealed."""

    application: str
    undeclared: list[str]
    unlocked: list[str]
    conflicted: list[str]
    locked: int
    is_revealed: bool
    unnoted_outliers: int


class InterviewsOut(Schema):
    """The interviews of a round."""

    round: str
    criteria: list[CriterionIn]
    least: int
    outlier_over: Decimal
    members: list[PanelMemberOut]
    applicants: list[InterviewProgressOut]


class InterviewTaskOut(Schema):
    """An applicant as a member of the panel sees it; one's own marks only until all are revealed."""

    application: str
    round: str
    step: MemberStep
    marks: list[int]
    total: Decimal | None
    is_locked: bool


class ConflictIn(Schema):
    """A declaration; a conflict with its kind and reason."""

    has_conflict: bool
    kind: ConflictKind | None = None
    reason: str = Field("", max_length=400)


class ScoresIn(Schema):
    """A mark for each criterion, in their order."""

    marks: list[Mark] = Field(min_length=1, max_length=20)
    note: str = Field("", max_length=1000)


class OutlierNoteIn(Schema):
    """Why a score lies so far from the others."""

    note: str = Field(min_length=1, max_length=1000)


class RankingOut(Schema):
    """The published file of one version, as on its public page."""

    version: int
    cause: str
    reason: str
    sha256: str
    published_at: datetime
    moves: list[dict[str, Any]]
    document: dict[str, Any]


class ObjectionIn(Schema):
    """What an applicant objects to."""

    stage: Stage
    text: str = Field(min_length=1, max_length=4000)


class ObjectionAnswerIn(Schema):
    """The answer; a corrected score only when upheld."""

    is_upheld: bool
    reason: str = Field(min_length=1, max_length=2000)
    new_score: Score | None = None


class ObjectionOut(Schema):
    """An objection and its answer."""

    code: str
    round: str
    application: str
    stage: Stage
    text: str
    state: ObjectionState
    lodged_at: datetime
    answer: str
    answered_at: datetime | None
    old_score: Decimal | None
    new_score: Decimal | None
    version: int
    new_version: int | None
