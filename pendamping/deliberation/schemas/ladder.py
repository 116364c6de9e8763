"""What goes in and out of the API of the ladder: rules, requirements, chairs, phases, objections."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Code, Sentences, SomeSentences, SomeWords80, SomeWords200
from pendamping.deliberation.enums.ladder import Ground, MeetingObjectionState, Phase, Requirement, RulesOrigin
from pendamping.deliberation.enums.meetings import MeetingKind


class MeetingRulesIn(Schema):
    """A new version of the rules of a kind of meeting; shares in permille, `city` is the path of a city."""

    city: str = Field(max_length=4)
    kind: MeetingKind
    fiscal_year: int = Field(ge=2020, le=2100)
    valid_from: date
    legal_basis: SomeWords200
    opens_on: date | None = None
    closes_on: date | None = None
    notice_days: int = Field(ge=0, le=90)
    quorum: int = Field(ge=0, le=10_000)
    quorum_rts: int = Field(default=0, ge=0, le=1000)
    women: int = Field(ge=0, le=1000)
    rts: int = Field(ge=0, le=1000)
    groups: dict[str, int] = Field(default_factory=dict, max_length=10)
    split: dict[str, int] = Field(default_factory=dict, max_length=10)
    objection_days: int = Field(ge=0, le=90)
    note: Sentences = ""


class MeetingRulesOut(Schema):
    """A version of the rules."""

    city: str
    kind: MeetingKind
    fiscal_year: int
    version: int
    valid_from: date
    valid_to: date | None
    origin: RulesOrigin
    legal_basis: str
    opens_on: date | None
    closes_on: date | None
    notice_days: int
    quorum: int
    quorum_rts: int
    women: int
    rts: int
    groups: dict[str, int]
    split: dict[str, int]
    objection_days: int
    note: str


class MeetingRulesList(Schema):
    """All versions of a budget year."""

    results: list[MeetingRulesOut]


class WaiverIn(Schema):
    """Why a requirement could not be met."""

    requirement: Requirement
    ground: Ground
    reason: Sentences


class ChairIn(Schema):
    """Which office chairs from when, and why; never a person's name."""

    office: SomeWords80
    since: datetime
    reason: Sentences


class MeetingPhaseIn(Schema):
    """The hours of a phase; moving them needs the reason."""

    phase: Phase
    opens_at: datetime
    closes_at: datetime
    reason: Sentences = ""


class MeetingObjectionIn(Schema):
    """What somebody holds against a closed meeting."""

    words: SomeSentences


class MeetingObjectionAnswerIn(Schema):
    """Whether an objection is upheld, and why."""

    is_upheld: bool
    answer: Sentences


class MeetingObjectionOut(Schema):
    """An objection and its answer."""

    code: Code
    meeting: str
    revision: int
    words: str
    state: MeetingObjectionState
    answer: str
    answered_at: datetime | None


class MeetingObjectionsOut(Schema):
    """The objections to a meeting."""

    until: datetime | None
    results: list[MeetingObjectionOut]


class MeetingRequirementOut(Schema):
    """How one requirement stands: people, days or permille; `ground` and `reason` when it was waived and still is."""

    requirement: Requirement
    needed: int
    found: int
    is_met: bool
    ground: Ground | None
    reason: str


class ChairOut(Schema):
    """An office in the chair since an hour."""

    office: str
    since: datetime
    reason: str


class MeetingPhaseOut(Schema):
    """The hours of a phase."""

    phase: Phase
    opens_at: datetime
    closes_at: datetime
    reason: str


class LadderOut(Schema):
    """What a meeting must fulfil and how it stands, who chairs, its phases, and which revision its minutes have."""

    code: str
    revision: int
    rules: MeetingRulesOut | None
    requirements: list[MeetingRequirementOut]
    chairs: list[ChairOut]
    phases: list[MeetingPhaseOut]
