"""What goes in and out of the API of results."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Code, Rupiah, Sentences
from pendamping.deliberation.enums.meetings import Outcome

WardCode = Annotated[str, Field(min_length=10, max_length=20)]


class ResultRunIn(Schema):
    """Which counted ballot; `poll` is its number in the meeting."""

    poll: int = Field(ge=1, le=1000)


class RecountIn(Schema):
    """Why a ballot is counted again."""

    reason: Sentences


class ResultChoiceIn(Schema):
    """A decision that says otherwise than the result; `amount` in rupiah when it is funded."""

    proposal: Code
    outcome: Outcome
    amount: Rupiah | None = None
    reason: Sentences


class FromResultIn(Schema):
    """What becomes of those that are not funded, and where the meeting decides otherwise."""

    unfunded: Outcome = Outcome.DEFERRED
    choices: list[ResultChoiceIn] = Field(default=[], max_length=200)


class CarryOverIn(Schema):
    """Codes of deferred proposals; without any, all of them.

    Where their ward was split, the codes of the wards in which they go on, by the codes of the proposals; needed only
    where the place of a proposal does not tell.
    """

    proposals: list[Code] | None = Field(None, max_length=200)
    successors: dict[Code, WardCode] = Field(default_factory=dict, max_length=200)


class PassUpIn(Schema):
    """Codes of deferred proposals, without any all of them; and why they go up."""

    proposals: list[Code] | None = Field(None, max_length=200)
    reason: Sentences


class ResultFundedOut(Schema):
    """A funded proposal; money in rupiah, rounded down. `status`: share, fill or floor."""

    proposal: str
    title: str
    price: int
    supporters: int
    status: str
    payers: int
    each_most: int
    paid_by_residents: int
    paid_by_criteria: dict[str, int]


class ResultLoserOut(Schema):
    """A proposal that is not funded, and why in one sentence in the language of the request."""

    proposal: str
    title: str
    price: int
    supporters: int
    money_left: int
    reason: str
    sentence: str


class ResultShort(Schema):
    """A result in a list."""

    number: int
    poll: int
    title: str
    created_at: datetime
    recount_of: int | None
    recounted_by: int | None
    reason: str
    funded_count: int
    amount: int
    file_hash: str


class ResultWhole(ResultShort):
    """A result; the file with ballots and rounds is public at `file`."""

    ceiling: int
    voters: int
    left_over: int
    fairness_factor: float
    inputs_hash: str
    rule_hash: str
    code_version: str
    file: str
    funded: list[ResultFundedOut]
    not_funded: list[ResultLoserOut]
    departures: list[str]
