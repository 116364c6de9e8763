"""What goes in and out of the API of ballots. Money in rupiah, instants with their zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Code, Rupiah, Sentences, SomeWords80, SomeWords120, SomeWords160, Words80
from pendamping.deliberation.enums.polls import BallotChannel, PollBasis, PollKind, PollPhase


class NoConsensusIn(Schema):
    """Why no consensus was reached."""

    reason: Sentences


class NoConsensusOut(Schema):
    """A recorded failure of consensus."""

    meeting: str
    at: datetime
    reason: str


class ConsensusIn(Schema):
    """What was agreed after consensus had failed."""

    words: Sentences


class ConsensusOut(ConsensusIn):
    """A recorded consensus that was reached after all."""

    meeting: str


class PollIn(Schema):
    """A ballot to prepare; `rule` holds only what differs from the default rule, shaped like the published one.

    `requires`: a proposal to those that have to be chosen too. `excludes`: pairs of which at most one is chosen.
    """

    title: SomeWords160
    kind: PollKind
    basis: PollBasis
    proposals: list[Code] = Field(min_length=1, max_length=200)
    channels: list[BallotChannel] = Field(min_length=1, max_length=3)
    ceiling: Rupiah
    least: int = Field(3, ge=0, le=100)
    most: int | None = Field(None, ge=1, le=100)
    points: int | None = Field(None, ge=1, le=1000)
    rule: dict[str, Any] = Field(default_factory=dict)
    requires: dict[Code, list[Code]] = Field(default_factory=dict, max_length=200)
    excludes: list[list[Code]] = Field(default_factory=list, max_length=200)


class PollTimesIn(Schema):
    """When voting opens and ends by itself; left out, by hand."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


class PollReasonIn(Schema):
    """Why a ballot is called off or a proposal struck."""

    reason: Sentences


class PollCountIn(Schema):
    """What has to be explained about the count."""

    remark: Sentences = ""


class SlipsIn(Schema):
    """How many slips to make."""

    count: int = Field(ge=1, le=5000)


class VoterIn(Schema):
    """Somebody for the roll; of the resident number only a keyed digest is kept."""

    name: SomeWords120
    identity: SomeWords80
    phone: Words80 = ""
    rt: Words80 = ""


class RollIn(Schema):
    """A whole list for the roll, all or nobody; once voting is open one person, with the reason residents read."""

    voters: list[VoterIn] = Field(min_length=1, max_length=20_000)
    reason: Sentences = ""


class MarkIn(Schema):
    """How somebody of the roll takes their ballot; "none": not at all, "": a mark set by mistake is taken back."""

    channel: Literal["hall", "remote", "paper", "none", ""]
    reason: Sentences = ""


class VoterOut(Schema):
    """Somebody on the roll, by number; names are not given out."""

    number: int
    channel: str = ""


class RollRowOut(VoterOut):
    """Somebody on the roll, with the RT that helps to find them at the table; `channel` is empty until they vote."""

    rt: str


class RollOut(Schema):
    """A part of the roll; `next_after` is where the next one begins, None at the end."""

    results: list[RollRowOut]
    next_after: int | None


class SheetEntryIn(Schema):
    """What stands on a count sheet: one line for ballots that say the same, "1 3 7 × 4"."""

    lines: str = Field("", max_length=20_000)
    blank: int = Field(0, ge=0, le=100_000)
    spoiled: int = Field(0, ge=0, le=100_000)


class SheetSettleIn(SheetEntryIn):
    """What counts where the two entries differ, and why; or, set aside, that the sheet counts for nothing."""

    reason: Sentences
    is_set_aside: bool = False


class SheetOut(Schema):
    """A count sheet: how often it was entered, whether it is settled. What it says is told with the count."""

    number: int
    entries: int
    is_settled: bool
    differs: bool


class CountSheetsOut(Schema):
    """The count sheets of a ballot."""

    results: list[SheetOut]


class SheetDifferenceOut(Schema):
    """Ballots that say the same, as the first and the second entry count them."""

    pattern: str
    first: int
    second: int


class SheetUncountedOut(Schema):
    """Blank and spoiled ballots by one entry."""

    blank: int
    spoiled: int


class SheetDifferencesOut(SheetOut):
    """A count sheet with what its two entries count differently; both lists are empty where nothing differs."""

    differences: list[SheetDifferenceOut]
    counts: list[SheetUncountedOut]


class ChoiceOut(Schema):
    """A proposal on a ballot."""

    number: int
    proposal: str
    title: str
    cost: int
    struck_reason: str = ""


class TurnoutOut(Schema):
    """How many have voted by one way."""

    channel: str
    ballots: int


class RollSizeOut(Schema):
    """How many people may vote with a link: when voting opened, added since with a reason, links closed."""

    at_opening: int
    added: int
    withdrawn: int


class PollOut(Schema):
    """A ballot with its rule and turnout; `rule_hash` is SHA-256 over the canonical JSON of `published`.

    `roll` is None where there is none; then `present` is how many people were present when it was counted.
    """

    uid: UUID
    meeting: str
    number: int
    title: str
    phase: PollPhase
    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    void_reason: str
    remark: str
    rule_hash: str
    ballots_hash: str
    choices: list[ChoiceOut]
    turnout: list[TurnoutOut]
    roll: RollSizeOut | None
    present: int | None
    published: dict[str, Any]


class PollsOut(Schema):
    """The ballots of a meeting."""

    results: list[PollOut]


class PickIn(Schema):
    """One choice; points only where points are shared out."""

    number: int = Field(ge=1, le=1000)
    points: int = Field(1, ge=1, le=1000)


class BallotIn(Schema):
    """A ballot; ranked ones name their choices by preference. `op` is made by the sender, once a ballot."""

    code: SomeWords80
    op: UUID
    choices: list[PickIn] = Field(max_length=200)
    is_sure: bool = False


class BallotOut(Schema):
    """The receipt of a ballot that is kept."""

    receipt: str
    channel: str
    is_again: bool


class ReceiptsOut(Schema):
    """The receipts of all counted ballots cast with a slip or a link, not on paper, in alphabetical order."""

    receipts: list[str]


class BallotGroupOut(Schema):
    """How many ballots say exactly this; no channel where one had so few that it would tell who chose what."""

    channel: str
    pattern: str
    count: int


class ToldSheetOut(Schema):
    """A count sheet of paper ballots; blank and spoiled ones are None where so few would tell on somebody."""

    number: int
    ballots: int
    blank: int | None
    spoiled: int | None
    is_set_aside: bool
    is_settled_by_third: bool


class BallotsOut(Schema):
    """All counted ballots, and the contest that the allocation reads."""

    rule_hash: str
    ballots_hash: str
    ballots: list[BallotGroupOut]
    contest: dict[str, Any]
    sheets: list[ToldSheetOut]
