"""What goes in and out of the API of threads, clocks and waiting times."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from pendamping.core.schemas import Sentences, SomeSentences, Words200
from pendamping.needs.enums.conversations import PauseReason, Solved, Turn
from pendamping.needs.models import Deadline, Message, Voice
from pendamping.needs.queries.response_times import Figures, Waits
from pendamping.needs.queries.standing import Standing

GiverKey = Field(
    min_length=1, max_length=40, description="Shown with the receipt. It comes in the body, never in a URL."
)


class ThreadKeyIn(Schema):
    """The key of whoever gave a voice."""

    key: str = GiverKey


class ThreadReplyIn(ThreadKeyIn):
    """Words of the giver."""

    text: SomeSentences


class ThreadSolvedIn(ThreadKeyIn):
    """Whether it is solved."""

    answer: Solved
    words: Sentences = ""


class ThreadMessageIn(Schema):
    """Words of an office to the giver."""

    text: SomeSentences
    asks: bool = Field(False, description="A question: the clock waits for the giver.")
    is_public: bool = Field(False, description="Everybody may read it on the page of the voice.")


class ClockPauseIn(Schema):
    """Why the clock stands still."""

    reason: Literal[PauseReason.SITE, PauseReason.OTHER_OFFICE, PauseReason.DISASTER, PauseReason.OTHER]
    words: Words200 = ""


class TurnIn(Schema):
    """To which office a voice goes."""

    turn: Literal[Turn.FACILITATOR, Turn.WARD, Turn.DISTRICT, Turn.CITY]


class MessageOut(Schema):
    """A message of a thread; offices are told from the giver, names are not given."""

    at: datetime
    speaker: str
    text: str
    asks: bool
    is_public: bool
    photos: int

    @staticmethod
    def of(message: Message) -> MessageOut:
        return MessageOut(
            at=message.created_at, speaker=message.speaker, text=message.text, asks=message.asks,
            is_public=message.is_public, photos=len(message.photos.all()),
        )  # fmt: skip


class DeadlineOut(Schema):
    """A step, by when it is due, and when it was done."""

    step: str
    days: int
    due_on: date
    met_at: datetime | None

    @staticmethod
    def of(deadline: Deadline) -> DeadlineOut:
        return DeadlineOut(step=deadline.step, days=deadline.days, due_on=deadline.due_on, met_at=deadline.met_at)


class ThreadOut(Schema):
    """The thread of a voice, whose turn it is, and its clock."""

    code: str
    state: str
    turn: str
    paused: str | None = Field(description="Why the clock stands still; null while it runs.")
    deadlines: list[DeadlineOut]
    messages: list[MessageOut]

    @staticmethod
    def of(voice: Voice, messages: list[Message], stands: Standing) -> ThreadOut:
        return ThreadOut(
            code=voice.code, state=voice.state, turn=voice.turn, paused=stands.paused.reason if stands.paused else None,
            deadlines=[DeadlineOut.of(one) for one in stands.deadlines],
            messages=[MessageOut.of(one) for one in messages],
        )  # fmt: skip


class WaitsOut(Schema):
    """The waits of a group; of a small one everything is null."""

    place: str
    category: str | None
    median_working_days: int | None = Field(description="Null while more than half still wait, or when withheld.")
    answered: int | None
    waiting: int | None
    late: int | None

    @staticmethod
    def of(found: Waits, place: str, category: str | None = None) -> WaitsOut:
        shown = found.is_shown
        return WaitsOut(
            place=place, category=category, median_working_days=found.median,
            answered=found.answered if shown else None, waiting=found.waiting if shown else None,
            late=found.late if shown else None,
        )  # fmt: skip


class WaitingTimesOut(Schema):
    """How long voices wait for a first answer: Kaplan-Meier, voices still waiting counted."""

    since: date
    until: date
    older: int = Field(description="Voices said before `since` that still wait; they are in none of the figures.")
    whole: WaitsOut
    wards: list[WaitsOut]
    categories: list[WaitsOut]

    @staticmethod
    def of(figures: Figures, place: str) -> WaitingTimesOut:
        return WaitingTimesOut(
            since=figures.since, until=figures.until, older=figures.older, whole=WaitsOut.of(figures.whole, place),
            wards=[WaitsOut.of(found, ward) for ward, found in sorted(figures.wards.items())],
            categories=[WaitsOut.of(found, place, key) for key, found in sorted(figures.categories.items())],
        )  # fmt: skip
