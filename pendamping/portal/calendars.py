"""The meetings of a place as a calendar that a phone can subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponse

from pendamping.deliberation import calendars
from pendamping.deliberation.models import Meeting


def calendar(name: str, meetings: Iterable[tuple[Meeting, int, datetime]]) -> HttpResponse:
    """Meetings, each with how often and when it was last changed; the same entries as in the letters to the invited."""
    return HttpResponse(calendars.calendar(meetings, name=name), content_type=calendars.KIND)
