"""What goes in and out of the API of the computer test."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from pendamping.facilitators.enums.exams import Finish, ItemFlag, SittingState
from pendamping.facilitators.enums.questions import Difficulty, QuestionKind


class LineIn(Schema):
    """So many questions of a topic; an empty difficulty means any."""

    topic: str = Field(min_length=1, max_length=80)
    difficulty: Difficulty = Difficulty.UNKNOWN
    number: int = Field(ge=1, le=500)
    points: Decimal = Field(Decimal(1), gt=0, le=1000, max_digits=6, decimal_places=2)


class BlueprintIn(Schema):
    """What the test asks."""

    bank: str = Field(max_length=16)
    minutes: int = Field(ge=1, le=480)
    grace_seconds: int = Field(20, ge=0, le=120)
    sample_least: int = Field(30, ge=10, le=1000)
    lines: list[LineIn] = Field(min_length=1, max_length=100)


class BlueprintLineOut(Schema):
    """A line of the blueprint."""

    topic: str
    difficulty: str
    number: int
    points: Decimal


class BlueprintOut(Schema):
    """What the test of a round asks."""

    bank: str
    minutes: int
    grace_seconds: int
    sample_least: int
    lines: list[BlueprintLineOut]


class SittingIn(Schema):
    """A sitting to plan."""

    place: str = Field(min_length=1, max_length=160)
    starts_at: AwareDatetime
    seats: int = Field(ge=1, le=2000)
    minutes: int | None = Field(None, ge=1, le=480)
    late_minutes: int = Field(30, ge=0, le=240)


class SittingMoveIn(Schema):
    """Where and when a sitting is held instead, and why."""

    place: str = Field(min_length=1, max_length=160)
    starts_at: AwareDatetime
    reason: str = Field(min_length=1, max_length=200)


class SittingOut(Schema):
    """A sitting, without anything that would give away the draw."""

    code: str
    uid: str
    place: str
    starts_at: datetime
    minutes: int
    late_minutes: int
    seats: int
    given: int
    begun: int
    done: int
    state: SittingState
    opened_at: datetime | None
    closed_at: datetime | None


class SeatOut(Schema):
    """Somebody in the room: never what they answered. `application` is empty for who may not see codes."""

    number: int
    application: str
    entered_at: datetime | None
    started_at: datetime | None
    ends_at: datetime | None
    extra_minutes: int
    last_seen_at: datetime | None
    answered: int
    asked: int
    finished_at: datetime | None
    finish: Finish | str


class SittingWhole(SittingOut):
    """A sitting with its room."""

    places: list[SeatOut]


class ExamOut(Schema):
    """The test of a round."""

    round: str
    blueprint: BlueprintOut | None
    sittings: list[SittingOut]
    waiting_for_seat: int
    released: bool


class ExtraTimeIn(Schema):
    """More time for one candidate."""

    minutes: int = Field(ge=1, le=120)
    reason: str = Field(min_length=1, max_length=200)


class VoidIn(Schema):
    """A question to take out of the score."""

    question: str = Field(min_length=32, max_length=36)
    reason: str = Field(min_length=1, max_length=200)


class QuestionFiguresOut(Schema):
    """How a question did; flags only when enough candidates were asked."""

    question: str
    topic: str
    n: int
    p: float
    upper_lower: float | None
    point_biserial: float | None
    chosen: dict[str, int]
    judged: bool
    flags: list[ItemFlag]
    voided: bool


class ItemsOut(Schema):
    """The analysis of a round."""

    results: list[QuestionFiguresOut]


class EntryIn(Schema):
    """A candidate's way in."""

    code: str = Field(min_length=1, max_length=24)
    pin: str = Field(min_length=1, max_length=12)


class EntryOut(Schema):
    """The note to send as X-Exam-Pass with everything that follows; the note of an earlier entry counts no more."""

    exam_pass: str
    has_begun: bool


class AskedOut(Schema):
    """A question as this candidate sees it."""

    number: int
    kind: QuestionKind
    text: str
    options: list[str]
    matches: list[str]
    answer: list[str]
    sequence: int


class PaperOut(Schema):
    """A candidate's paper."""

    application: str
    seconds_left: int
    grace_seconds: int
    questions: list[AskedOut]


class ExamAnswerIn(Schema):
    """An answer: option numbers as shown from 0, or the words typed; none clears it. The highest sequence stays.

    Of steps and pairs: for each option as shown the number of its place or of its match, from 0; blank: not yet.
    """

    answer: list[Annotated[str, Field(max_length=300)]] = Field(max_length=40)
    sequence: int = Field(ge=1, le=2**53)


class AnswerOut(Schema):
    """The acknowledgement: `sequence` is that of the answer that stands."""

    number: int
    sequence: int
    answered: bool
    saved_at: datetime | None
    seconds_left: int


class EndedOut(Schema):
    """A test handed in."""

    application: str
    finished_at: datetime
