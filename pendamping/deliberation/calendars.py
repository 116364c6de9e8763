"""Meetings as calendar entries (RFC 5545): a stable UID, SEQUENCE raised with each change, cancelled ones kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries import points

KIND = "text/calendar; charset=utf-8"
LASTS = timedelta(hours=2)  # of a meeting whose agenda has no minutes
REQUEST, CANCEL = "REQUEST", "CANCEL"  # RFC 5546: what a letter asks a calendar to do


def calendar(meetings: Iterable[tuple[Meeting, int, datetime]], *, name: str = "", method: str = "") -> bytes:
    """Meetings, each with how often and when it was last changed; a cancelled one stays, and says so."""
    found = Calendar()
    found.add("prodid", "-//Pendamping//Musyawarah//ID")
    found.add("version", "2.0")
    if method:
        found.add("method", method)
    if name:
        found.add("x-wr-calname", name)
    entries = list(meetings)
    lengths = points.planned_minutes([meeting for meeting, _changes, _at in entries])
    for meeting, changes, changed_at in entries:
        lasts = timedelta(minutes=lengths.get(meeting.pk, 0)) or LASTS
        found.add_component(_event(meeting, changes, changed_at, lasts, is_letter=bool(method)))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(meeting: Meeting, changes: int, changed_at: datetime, lasts: timedelta, *, is_letter: bool) -> Event:
    site = settings.SITE_URL.rstrip("/")
    host = urlsplit(site).hostname or "pendamping"
    event = Event()
    event.add("uid", f"{meeting.code}@{host}")
    event.add("sequence", changes)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    begins = points.begins(meeting)
    if begins is None:
        event.add("dtstart", meeting.held_on)
    else:
        event.add("dtstart", begins)
        event.add("dtend", begins + lasts)
    event.add("summary", meeting.title)
    event.add("location", vText(f"{meeting.place}, {meeting.region.place_label}"))
    event.add("description", _words(meeting))
    event.add("url", site + reverse("portal:journey", args=[meeting.code]))
    if is_letter:  # RFC 5546, 3.2: a request names who asks; it is an office, and no answer by mail is read
        event.add("organizer", f"mailto:{settings.DEFAULT_FROM_EMAIL}", parameters={"CN": meeting.chair_office})
    return event


def _words(meeting: Meeting) -> str:
    if meeting.state != MeetingState.CANCELLED:
        return meeting.agenda
    return _("Cancelled: %(reason)s") % {"reason": meeting.cancellation} + f"\n{meeting.agenda}"
