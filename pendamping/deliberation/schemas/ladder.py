"""What goes in and out of the API of the ladder: rules, requirements, chairs, phases, objections."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Code, Sentences, SomeSentences, SomeWords60, SomeWords80, SomeWords200, Words60
from pendamping.deliberation.enums.ladder import Ground, MeetingObjectionState, Phase, RulesOrigin
from pendamping.deliberation.enums.meetings import MeetingKind


class OwnGroupIn(Schema):
    """A group the city itself wants represented, by its name, with its least number.

    `counts`: the capacity its people come in, such as posyandu; empty: one of its own, which people then can choose.
    """

    name: SomeWords60
    name_en: Words60 = ""
    least: int = Field(0, ge=0, le=10_000)
    counts: Annotated[str, Field(max_length=24)] = ""


class OwnGroupOut(Schema):
    """A group of the city's own; `key` is its name in counts, `capacity` what people are present as."""

    key: str
    name: dict[str, str]
    least: int
    capacity: str


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
    own_groups: list[OwnGroupIn] = Field(default_factory=list, max_length=12)
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
    own_groups: list[OwnGroupOut]
    split: dict[str, int]
    objection_days: int
    note: str


class MeetingRulesList(Schema):
    """All versions of a budget year."""

    results: list[MeetingRulesOut]


class WaiverIn(Schema):
    """Why a requirement could not be met; `ground` is one of its `grounds`, “other” for a reason in one's own words."""

    requirement: Annotated[str, Field(min_length=1, max_length=40)]  # window, notice, quorum, …, group_ and a key
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
    """How one requirement stands: people, days or permille; `ground` and `reason` when it was waived and still is.

    `grounds` are those that can explain why it is not met.
    """

    requirement: str
    label: str
    needed: int
    found: int
    is_met: bool
    ground: Ground | None
    reason: str
    grounds: list[Ground]


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
