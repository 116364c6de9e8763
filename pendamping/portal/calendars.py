"""The meetings of a place as a calendar that a phone can subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting

LASTS = timedelta(hours=2)  # nobody says how long a meeting will take


def calendar(name: str, meetings: Iterable[tuple[Meeting, int, datetime]]) -> HttpResponse:
    """Meetings, each with how often and when it was last changed; a cancelled one stays, and says so."""
    found = Calendar()
    found.add("prodid", "-//Pendamping//Musyawarah//ID")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    for meeting, changes, changed_at in meetings:
        found.add_component(_event(meeting, changes, changed_at))
    found.add_missing_timezones()
    return HttpResponse(bytes(found.to_ical()), content_type="text/calendar; charset=utf-8")


def _event(meeting: Meeting, changes: int, changed_at: datetime) -> Event:
    site = settings.SITE_URL.rstrip("/")
    event = Event()
    event.add("uid", f"{meeting.code}@{urlsplit(site).hostname or 'pendamping'}")
    event.add("sequence", changes)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    event.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
    else:
        begins = datetime.combine(meeting.held_on, meeting.starts_at, ZoneInfo(meeting.region.zone))
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
    event.add("summary", meeting.title)
    event.add("location", vText(f"{meeting.place}, {meeting.region.place_label}"))
    event.add("description", _words(meeting))
    event.add("url", site + reverse("portal:journey", args=[meeting.code]))
    return event


def _words(meeting: Meeting) -> str:
    if meeting.state != MeetingState.CANCELLED:
        return meeting.agenda
    return _("Cancelled: %(reason)s") % {"reason": meeting.cancellation} + f"\n{meeting.agenda}"
