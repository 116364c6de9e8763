"""The records of this app, one file per noun."""

from __future__ import annotations

from pendamping.deliberation.models.meetings import AgendaItem, Attendance, Decision, Meeting

__all__ = ["AgendaItem", "Attendance", "Decision", "Meeting"]
