"""What goes in and out of the API of courses."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.training.enums.curriculum import ActivityKind, QuizPurpose, VersionState

Key = Annotated[str, Field(min_length=1, max_length=40)]


class CourseWords(Schema):
    """Words in Indonesian and, where there are, in English."""

    id: str = Field(min_length=1, max_length=60_000)
    en: str = Field("", max_length=60_000)


class CourseWordsOrNone(Schema):
    """Words that may be missing."""

    id: str = Field("", max_length=60_000)
    en: str = Field("", max_length=60_000)


class ProgrammeIn(Schema):
    """A new programme; `region` is the path of a city."""

    region: str = Field(max_length=16)
    key: Key
    title: CourseWords
    about: CourseWordsOrNone = CourseWordsOrNone(id="", en="")


class ProgrammeOut(Schema):
    """A programme."""

    uid: str
    key: str
    title: dict[str, str]
    about: dict[str, str]


class CourseIn(Schema):
    """A new course; `programme` is the uid of one."""

    programme: UUID
    key: Key
    title: CourseWords
    about: CourseWordsOrNone = CourseWordsOrNone(id="", en="")
    valid_months: int | None = Field(None, ge=1, le=240)


class CourseChangeIn(Schema):
    """What a course is called, and how long its certificates are valid."""

    title: CourseWords
    about: CourseWordsOrNone = CourseWordsOrNone(id="", en="")
    valid_months: int | None = Field(None, ge=1, le=240)


class CourseVersionOut(Schema):
    """A version of a course: its number, where it stands, and the digest of all its words once published."""

    course: str
    number: int
    state: VersionState
    pass_rule: str
    what_changed: str
    digest: str
    published_at: datetime | None
    withdrawn_at: datetime | None


class CourseOut(Schema):
    """A course with its versions, newest first."""

    code: str
    key: str
    title: dict[str, str]
    about: dict[str, str]
    bank: str
    valid_months: int | None
    versions: list[CourseVersionOut]


class CoursesOut(Schema):
    """The courses you manage."""

    results: list[CourseOut]


class CourseContentOut(CourseVersionOut):
    """A version with all its words; `lacking` tells what keeps a draft from being published."""

    lacking: list[str]
    modules: list[dict[str, Any]]


class CourseDraftIn(Schema):
    """What the new version will change."""

    what_changed: str = Field("", max_length=300)


class CourseRuleIn(Schema):
    """Who passes."""

    pass_rule: str = Field(min_length=1, max_length=500)
    what_changed: str = Field("", max_length=300)


class CourseReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=200)


class CourseModuleIn(Schema):
    """A module: added, or changed when its key is known. `competencies` are codes of units of your city."""

    key: Key
    title: CourseWords
    summary: CourseWordsOrNone = CourseWordsOrNone(id="", en="")
    hours: Decimal = Field(gt=0, lt=1000, max_digits=4, decimal_places=1)
    serves: list[Annotated[str, Field(max_length=80)]] = Field([], max_length=40)
    competencies: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=40)


class CourseMoveIn(Schema):
    """One place nearer to the beginning, or to the end."""

    to: Literal["up", "down"]


class CourseQuizIn(Schema):
    """What a quiz asks."""

    purpose: QuizPurpose = QuizPurpose.CHECK
    topics: list[Annotated[str, Field(max_length=80)]] = Field(min_length=1, max_length=40)
    number: int = Field(8, ge=1, le=100)
    pass_percent: int = Field(70, ge=0, le=100)
    attempts_most: int = Field(0, ge=0, le=50)
    minutes: int = Field(0, ge=0, le=480)


class RubricLevelIn(Schema):
    """A level of a criterion."""

    points: int = Field(ge=0, le=100)
    text: CourseWords


class RubricCriterionIn(Schema):
    """A criterion by which a field task is assessed."""

    key: Key
    title: CourseWords
    levels: list[RubricLevelIn] = Field(min_length=2, max_length=10)


class CourseActivityIn(Schema):
    """An activity: added, or changed when its key is known in the module. Its kind does not change."""

    key: Key
    kind: ActivityKind
    title: CourseWords
    body: CourseWordsOrNone = CourseWordsOrNone(id="", en="")
    url: str = Field("", max_length=300)
    rubric: list[RubricCriterionIn] = Field([], max_length=12)
    is_required: bool = True
    quiz: CourseQuizIn | None = None


class CourseMaterialIn(Schema):
    """What is said of a file beside the file itself."""

    title: str = Field(min_length=1, max_length=120)
    language: Literal["id", "en"] = "id"


class CourseMaterialOut(Schema):
    """A file of an activity."""

    name: str
    title: str
    language: str
    content_type: str
    bytes: int
    sha256: str


class CompetencyIn(Schema):
    """A unit of competence; `region` is the path of a city."""

    region: str = Field(max_length=16)
    unit: str = Field(min_length=1, max_length=40)
    title: str = Field(min_length=1, max_length=200)
    decree: str = Field(min_length=1, max_length=160)


class CompetencyOut(Schema):
    """A unit of competence."""

    unit: str
    title: str
    decree: str


class PackageIn(Schema):
    """Where a package comes in; `region` is the path of a city. Without `write` it is only tried."""

    region: str = Field(max_length=16)
    write: bool = False


class PackageTrialOut(Schema):
    """What a package would bring, or brought."""

    course: str
    version: int
    modules: int
    activities: int
    questions: int
    is_written: bool
