"""What goes in and out of the API of the logbook and of absences."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field

from pendamping.core.schemas import Sentences, SomeSentences, SomeWords200, Words120, Words200
from pendamping.facilitators.enums.absences import AbsenceKind
from pendamping.facilitators.enums.logbook import Activity
from pendamping.facilitators.rules.logbook import BOUNDS

Code = Annotated[str, Field(max_length=16)]
Path = Annotated[str, Field(max_length=16)]
Met = Annotated[int, Field(ge=0, le=10_000)]
Latitude = Annotated[Decimal, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]


class LogIn(Schema):
    """A line of the logbook; `region` is the path of a place served. Photos travel beside it as files."""

    region: Path
    day: date
    activity: Activity
    what: SomeSentences
    begins: time | None = None
    ends: time | None = None
    place: Words120 = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    accuracy_m: Annotated[int, Field(ge=0, le=100_000)] | None = None
    women: Met = 0
    men: Met = 0
    vulnerable: Met = 0
    problem: Sentences = ""
    solution: Sentences = ""
    follow_up: Sentences = ""
    follow_up_by: date | None = None
    linked_code: Code = ""
    late_reason: Words200 = ""


class NewLogIn(LogIn):
    """A new line; `noted_at` is when a device without signal says it was written."""

    noted_at: AwareDatetime | None = None


class LogWordsIn(Schema):
    """Words beside a line that came from the journal."""

    problem: Sentences = ""
    solution: Sentences = ""
    follow_up: Sentences = ""
    follow_up_by: date | None = None


class LogDoneIn(Schema):
    """When a promise was kept."""

    on: date


class LogReturnIn(Schema):
    """What is to be mended."""

    reason: SomeSentences


class LogsTickedIn(Schema):
    """The lines to verify, all or none."""

    entries: Annotated[list[Code], Field(min_length=1, max_length=100)]


class LogFlagOut(Schema):
    """What about a line catches the eye, as a code and a question."""

    kind: str
    question: str


class LogOut(Schema):
    """A line of the logbook."""

    code: str
    day: date
    begins: time | None
    ends: time | None
    activity: str
    what: str
    region: str
    place: str
    women: int
    men: int
    vulnerable: int
    problem: str
    solution: str
    follow_up: str
    follow_up_by: date | None
    follow_up_done_on: date | None
    linked_code: str
    photos: list[str]
    state: str
    automatic: bool
    written_at: datetime
    verified_at: datetime | None
    returned_reason: str
    flags: list[LogFlagOut]


class LogsOut(Schema):
    """A page of lines, newest first."""

    next: str | None
    results: list[LogOut]


class LogsVerifiedOut(Schema):
    """How many lines were verified."""

    verified: int


def _bound(name: str) -> type[int]:
    least, most = BOUNDS[name]
    return Annotated[int, Field(ge=least, le=most)]  # type: ignore[return-value]


class LogRulesIn(Schema):
    """The thresholds of the logbook from a day on; `region` is the path of the city."""

    region: Path
    valid_from: date
    legal_basis: SomeWords200
    work_days: Annotated[str, Field(pattern=r"^[1-7]{1,7}$")] = "12345"
    opens: time = time(6)
    closes: time = time(22)
    ward_radius_m: _bound("ward_radius_m") = 2000  # type: ignore[valid-type]
    slack_m: _bound("slack_m") = 250  # type: ignore[valid-type]
    gap_minutes: _bound("gap_minutes") = 15  # type: ignore[valid-type]
    gap_m: _bound("gap_m") = 1000  # type: ignore[valid-type]
    photo_bits: _bound("photo_bits") = 3  # type: ignore[valid-type]
    look_back_days: _bound("look_back_days") = 92  # type: ignore[valid-type]
    text_letters: _bound("text_letters") = 20  # type: ignore[valid-type]
    round_minutes: _bound("round_minutes") = 30  # type: ignore[valid-type]
    round_run: _bound("round_run") = 6  # type: ignore[valid-type]
    late_days: _bound("late_days") = 3  # type: ignore[valid-type]


class LogRulesOut(Schema):
    """The version that was set."""

    valid_from: date
    legal_basis: str


class AbsenceIn(Schema):
    """Days away and why."""

    kind: AbsenceKind
    first_day: date
    last_day: date
    why: SomeWords200


class AbsenceDecisionIn(Schema):
    """Yes or no; a no needs a reason."""

    approve: bool
    reason: Words200 = ""


class AbsenceOut(Schema):
    """An absence, without its reason."""

    code: str
    kind: str
    first_day: date
    last_day: date
    state: str
    decided_reason: str


class AbsenceAskedOut(AbsenceOut):
    """An absence for whoever decides on it."""

    person: str
