"""Shapes of the screen of a meeting over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.rules.screens import AFTER, EARLIEST

# When something was done on a device without a signal, by the clock of that device.
ClaimedAt = Annotated[AwareDatetime, Field(ge=EARLIEST, lt=AFTER)]


class ScreenIn(Schema):
    """What the screen shows; `claimed_at` when the choice waited on a device without a signal."""

    view: ScreenView
    proposal: str | None = Field(default=None, max_length=12)
    claimed_at: ClaimedAt | None = None


class RoomState(Schema):
    """The room as it is now: what the screen shows, and a value per part of the meeting that has something to say."""

    meeting: dict[str, Any]
    shows: dict[str, Any]
    parts: dict[str, Any]
