"""An answer over the API."""

from __future__ import annotations

from ninja import Schema

from pendamping.core.schemas import (
    Sentences,
)


class AnswerIn(Schema):
    """Words that close a voice or a need."""

    answer: Sentences
