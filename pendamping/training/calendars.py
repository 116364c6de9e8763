"""Sessions as calendar entries (RFC 5545): a stable UID, SEQUENCE raised with each change, cancelled ones kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vText

from pendamping.training.models import Session

KIND = "text/calendar; charset=utf-8"


def calendar(sessions: Iterable[Session]) -> bytes:
    """A calendar of these sessions, folded at 75 octets, lines ending in CRLF, with the zones it speaks of."""
    found = Calendar()
    found.add("prodid", "-//Pendamping//Pelatihan//ID")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    with override("id"):
        found.add("x-wr-calname", _("Training sessions"))
        for session in sessions:
            found.add_component(_event(session))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(session: Session) -> Event:
    zone, changed = ZoneInfo(session.region.zone), session.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{session.uid}@{urlsplit(settings.SITE_URL).hostname or 'pendamping'}")
    event.add("sequence", session.sequence)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("created", session.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("summary", session.title)
    event.add("location", vText(session.place))
    event.add("description", _words(session))
    event.add("url", settings.SITE_URL.rstrip("/") + reverse("training:my_session", args=[session.code]))
    return event


def _words(session: Session) -> str:
    lines = [str(session.version.course), session.materials]
    if session.is_cancelled:
        lines.insert(0, _("Cancelled: %(reason)s") % {"reason": session.reason})
    elif session.was_moved:
        lines.insert(0, _("Moved: %(reason)s") % {"reason": session.reason})
    return "\n".join(line for line in lines if line)
