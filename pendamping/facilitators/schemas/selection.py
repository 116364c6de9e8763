"""What goes in and out of the API of rounds, applications and the file check."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from pendamping.core.schemas import Sentences, Words80, Words120, Words200
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import (
    ApplicationState,
    PostKind,
    RoundStage,
    SelectionOutcome,
    Sex,
    Specialism,
    Stage,
)
from pendamping.facilitators.enums.selection import RegisterResult, RequirementKind, Right, TieBreak

Mark = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Percent = Annotated[int, Field(ge=0, le=100)]
Reason400 = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class RoundIn(Schema):
    """A round to prepare, or its facts to be mended; `region`, the path of the city, is left out by whoever has one."""

    region: str = Field("", max_length=16)
    title: str = Field(min_length=1, max_length=160)
    legal_basis: str = Field(min_length=1, max_length=200)
    legal_article: Words80 = ""
    fiscal_year: int = Field(ge=2020, le=2100)
    opens_on: date
    closes_on: date
    files_on: date | None = None
    exam_on: date | None = None
    interview_on: date | None = None
    announced_on: date | None = None
    exam_weight: Percent = 60
    interview_weight: Percent = 40
    exam_pass: Mark = Decimal(60)
    interview_pass: Mark = Decimal(60)
    tie_rule: list[TieBreak] = Field([TieBreak.INTERVIEW, TieBreak.EXAM, TieBreak.OLDER], min_length=1, max_length=5)
    reserves: int = Field(2, ge=0, le=50)
    objection_days: int = Field(3, ge=1, le=60)
    retention_days: int = Field(180, ge=1, le=3650)


class PostIn(Schema):
    """Places of one kind in one area, by its path."""

    kind: PostKind
    specialism: Specialism = Specialism.ANY
    region: str = Field(max_length=16)
    number: int = Field(ge=1, le=500)


class RequirementIn(Schema):
    """A requirement to write."""

    text: str = Field(min_length=1, max_length=300)
    regulation: str = Field(min_length=1, max_length=200)
    article: Words80 = ""
    kind: RequirementKind
    evidence: str = Field(min_length=1, max_length=200)
    checked_by: str = Field(min_length=1, max_length=120)
    checked_against: str = Field(min_length=1, max_length=200)
    is_disqualifying: bool = True
    needs_second_check: bool = False
    register_name: Words120 = ""


class StageIn(Schema):
    """The stage to go on to."""

    to: RoundStage


class RoundReasonIn(Schema):
    """An act with its reason."""

    reason: Reason400


class PostOut(Schema):
    """A post with its numbers; "few" stands for one to four, null for not known yet."""

    uid: str
    kind: PostKind
    specialism: Specialism
    region: str
    area: str
    number: int
    handed_in: int | str | None
    passed: dict[str, int | str | None]


class RequirementOut(RequirementIn):
    """A requirement as published."""

    position: int


class VersionOut(Schema):
    """A version of the requirements."""

    version: int
    reason: str
    published_at: datetime | None
    requirements: list[RequirementOut]


class RoundOut(Schema):
    """A round in a list."""

    code: str
    uid: str
    title: str
    region: str
    stage: RoundStage
    legal_basis: str
    legal_article: str
    fiscal_year: int
    opens_on: date
    closes_on: date
    files_on: date | None
    exam_on: date | None
    interview_on: date | None
    announced_on: date | None
    exam_weight: int
    interview_weight: int
    exam_pass: Decimal
    interview_pass: Decimal
    tie_rule: list[str]
    reserves: int
    objection_days: int
    retention_days: int
    cancelled_reason: str


class RoundWhole(RoundOut):
    """A round with its posts and every version of its requirements."""

    posts: list[PostOut]
    versions: list[VersionOut]


class RoundsOut(Schema):
    """A page of rounds."""

    next: str | None
    results: list[RoundOut]


class BeginIn(Schema):
    """Begin an application for a post, by its uid."""

    post: str = Field(max_length=36)
    email: str = Field("", max_length=120, pattern=r"^$|^[^@\s]{1,60}@[^@\s]{1,58}$")


class BegunOut(Schema):
    """Code and key; the key is said once."""

    code: str
    key: str


class ApplicantIn(Schema):
    """What the applicant says of themselves; what is left out stays as it is."""

    name: str | None = Field(None, max_length=120)
    nik: str | None = Field(None, pattern=r"^\d{16}$")
    born_on: date | None = None
    sex: Sex | None = None
    address: str | None = Field(None, max_length=300)
    phone: str | None = Field(None, pattern=r"^$|^(?:\+?62|0)\d{7,13}$")
    email: str | None = Field(None, max_length=120, pattern=r"^$|^[^@\s]{1,60}@[^@\s]{1,58}$")


class DeclareIn(Schema):
    """Tick or untick a declaration."""

    is_declared: bool


class MailCodeIn(Schema):
    """The six digits from the e-mail."""

    code: str = Field(max_length=12)


class WithdrawalIn(Schema):
    """Why an application is taken back; a draft needs no reason."""

    reason: Words200 = ""


class CardIn(Schema):
    """The NIK on the card shown at the counter."""

    nik: str = Field(pattern=r"^\d{16}$")


class FileCheckIn(Schema):
    """The two columns of the file check."""

    is_there: bool
    right: Right
    reason: Sentences = ""
    note: Sentences = ""
    reference: Words80 = ""
    answer_until: date | None = None


class SecondCheckIn(Schema):
    """What the independent register says."""

    result: RegisterResult
    done_on: date
    reference: str = Field(min_length=1, max_length=80)
    reason: Sentences = ""


class RequirementLineOut(Schema):
    """One requirement of an application as the applicant sees it."""

    position: int
    text: str
    is_handed_in: bool
    question: str
    answer_until: date | None


class ResultOut(Schema):
    """A decision with its reason."""

    stage: Stage
    passed: bool
    score: Decimal | None
    reason: str
    released_at: datetime


class OwnSeatOut(Schema):
    """When and where the applicant sits the computer test."""

    place: str
    starts_at: datetime
    number: int


class RankPlaceOut(Schema):
    """Where the applicant stands in the ranking in force, and why."""

    version: int
    rank: int | None
    total: Decimal | None
    outcome: SelectionOutcome
    reason: str


class OwnObjectionOut(Schema):
    """An objection of the applicant, with its answer."""

    code: str
    stage: Stage
    text: str
    state: ObjectionState
    answer: str
    answered_at: datetime | None
    old_score: Decimal | None
    new_score: Decimal | None
    version: int
    new_version: int | None


class ApplicationOut(Schema):
    """An application as its applicant and the counter see it: no names."""

    code: str
    uid: str
    round: str
    post: str
    state: ApplicationState
    version: int
    newer_version: int | None
    is_verified: bool
    submitted_at: datetime | None
    missing: list[str]
    lines: list[RequirementLineOut]
    seat: OwnSeatOut | None
    results: list[ResultOut]


class OwnApplicationOut(ApplicationOut):
    """One's own application: with the place in the ranking and what one objected to."""

    place: RankPlaceOut | None
    objections: list[OwnObjectionOut]


class CheckedOut(Schema):
    """One requirement as the checks left it."""

    position: int
    text: str
    needs_second_check: bool
    is_there: bool | None
    right: str
    reason: str
    answer: str
    second: str
    is_open: bool


class FilesOut(Schema):
    """The file check of one application."""

    code: str
    state: ApplicationState
    passed: bool | None
    requirements: list[CheckedOut]


class QueueOut(Schema):
    """A page of applications that wait for the file check."""

    next: str | None
    results: list[str]
