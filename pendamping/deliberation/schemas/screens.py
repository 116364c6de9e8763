"""Shapes of the screen of a meeting over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from pendamping.deliberation.enums.screens import ScreenView


class ScreenIn(Schema):
    """What the screen shows; `claimed_at` when the choice waited on a device without a signal."""

    view: ScreenView
    proposal: str | None = Field(default=None, max_length=12)
    claimed_at: AwareDatetime | None = None


class RoomState(Schema):
    """The room as it is now: what the screen shows, and a value per part of the meeting that has something to say."""

    meeting: dict[str, Any]
    shows: dict[str, Any]
    parts: dict[str, Any]
