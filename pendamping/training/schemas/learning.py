"""What goes in and out of the API of learning."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import SomeWords200
from pendamping.training.enums.learning import EnrolmentState, TaskState
from pendamping.training.rules.learning import REMARK_MOST, TASK_MOST
from pendamping.training.rules.rubrics import POINTS_MOST

Key = Annotated[str, Field(max_length=40)]
Percent = Annotated[int, Field(ge=0, le=100)]
Points = Annotated[int, Field(ge=0, le=POINTS_MOST)]
Answers = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=40)]


class EnrolIn(Schema):
    """Who is to learn what: the code of the course, the user name of the person."""

    course: Annotated[str, Field(max_length=16)]
    username: Annotated[str, Field(max_length=150)]


class EnrolAllIn(Schema):
    """All who serve an area: the code of the course, the path of the area."""

    course: Annotated[str, Field(max_length=16)]
    region: Annotated[str, Field(max_length=16)]


class EnrolledAllOut(Schema):
    """How many learn the course now."""

    learners: int


class EnrolmentOut(Schema):
    """An enrolment; `region` is where the learner serves now."""

    code: str
    course: str
    version: int
    state: EnrolmentState
    region: str
    completed_at: datetime | None = None


class EnrolmentLeaveIn(Schema):
    """Why somebody leaves a course."""

    reason: SomeWords200


class PassLineOut(Schema):
    """One line of what it takes to pass; `ways`: of these lists one is enough."""

    what: str
    have: Decimal | None = None
    need: Decimal | None = None
    sign: str = ""
    is_met: bool
    ways: list[list[PassLineOut]] = []


class LearningStepOut(Schema):
    """A step of a module."""

    module: str
    step: str
    kind: str
    title: str
    is_required: bool
    is_done: bool
    is_waiting: bool


class LearningOut(EnrolmentOut):
    """How far one is in a course, what comes next, and what is still missing."""

    title: str
    steps: list[LearningStepOut]
    next: LearningStepOut | None = None
    missing: list[PassLineOut]


class ReadingIn(Schema):
    """How far down a page somebody is, or that it is done."""

    place: Percent | None = None
    is_done: bool = False


class ReadingOut(Schema):
    """What is kept of a step."""

    place: int
    done_at: datetime | None = None


class QuizQuestionOut(Schema):
    """A question of an attempt, options in this learner's order; `matches` of pairs; steps take places from 0."""

    number: int
    kind: str
    text: str
    options: list[str]
    matches: list[str]
    answer: list[str]
    sequence: int


class QuizExplainedOut(Schema):
    """What became of an answer."""

    number: int
    text: str
    share: Decimal
    right: list[str]
    why: list[str]


class AttemptOut(Schema):
    """An attempt: its questions while it runs, its result and explanations afterwards."""

    attempt: uuid.UUID
    number: int
    seconds_left: int | None = None
    finished_at: datetime | None = None
    percent: Decimal | None = None
    is_passed: bool = False
    questions: list[QuizQuestionOut] = []
    explained: list[QuizExplainedOut] = []


class QuizAnswerIn(Schema):
    """An answer as numbers of what is shown, from 0, or as words; the sender's counter says which is later."""

    answer: Answers
    sequence: Annotated[int, Field(ge=1, lt=10**15)]


class QuizAnswerOut(Schema):
    """The answer that stands."""

    number: int
    sequence: int
    answered: bool
    saved_at: datetime | None = None
    seconds_left: int | None = None


class PracticeQuestionOut(Schema):
    """A question due for practice; `review` is sent back with the answer."""

    card: uuid.UUID
    review: int
    kind: str
    text: str
    options: list[str]
    matches: list[str]


class PracticeAnswerIn(Schema):
    """An answer to a question due."""

    review: Annotated[int, Field(ge=0, lt=10**4)]
    answer: Answers


class PracticedOut(Schema):
    """Whether it was right, what is, and when the question comes back."""

    is_right: bool
    right: list[str]
    why: list[str]
    due_at: datetime


class TaskIn(Schema):
    """What is handed in for a field task. Photos travel beside it as files."""

    text: Annotated[str, Field(max_length=TASK_MOST)]


class TaskOut(Schema):
    """A field task handed in, and what came of it."""

    task: uuid.UUID
    enrolment: str
    module: str
    step: str
    number: int
    state: TaskState
    text: str
    photos: int
    scores: dict[str, int]
    percent: Decimal | None = None
    remark: str = ""


class TaskAssessIn(Schema):
    """Points for each criterion."""

    scores: Annotated[dict[Key, Points], Field(max_length=20)]
    remark: Annotated[str, Field(max_length=REMARK_MOST)] = ""


class TaskReturnIn(Schema):
    """What is missing."""

    remark: Annotated[str, Field(max_length=REMARK_MOST)]


class OpinionIn(Schema):
    """What one thinks of a course passed: marks from 1 to 5, and words."""

    marks: Annotated[dict[Key, Annotated[int, Field(ge=1, le=5)]], Field(max_length=10)]
    words: Annotated[str, Field(max_length=2000)] = ""


class OpinionOut(Schema):
    """That it was given."""

    has_opined: bool
