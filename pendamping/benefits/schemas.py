"""What comes in and goes out over the API."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema

from pendamping.benefits.enums import Answer
from pendamping.core.schemas import People, Sentences, Words200


class ConfirmationIn(Schema):
    """A resident's answer; `device` is an id the application made for this installation, kept only as a keyed hash."""

    answer: Answer
    words: Sentences = ""
    device: UUID


class TallyOut(Schema):
    """The answers about a work; null while there are too few to be shown."""

    project: str
    asked: bool
    yes: int | None
    partly: int | None
    no: int | None


class ReachIn(Schema):
    """The people reached."""

    women: People
    men: People
    children: People = 0
    poor: People = 0
    disabled: People = 0
    method: Words200


class GroupOut(Schema):
    """One group; null where it is not known, or too small to be shown to the public."""

    name: str
    planned: int | None
    reached: int | None


class ReachOut(Schema):
    """Planned beside reached."""

    project: str
    groups: list[GroupOut]
    method: str
