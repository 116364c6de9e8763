"""What goes in and out of the API of files made from lists."""

from __future__ import annotations

from uuid import UUID

from ninja import Schema
from pydantic import Field

from pendamping.needs.enums.exports import ExportFormat
from pendamping.needs.models import Export


class ExportIn(Schema):
    """Which voices, and as what."""

    query: str = Field("", max_length=400, description="The filters as the working list has them in its address.")
    format: ExportFormat


class ExportOut(Schema):
    """How far a file is."""

    uid: UUID
    format: str
    state: str
    total: int
    done: int

    @staticmethod
    def of(made: Export) -> ExportOut:
        return ExportOut(uid=made.uid, format=made.format, state=made.state, total=made.total, done=made.done)
