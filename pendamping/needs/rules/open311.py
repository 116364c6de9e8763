"""What GeoReport v2 means here: two statuses, spans of days, dates as others write them.

Source: wiki.open311.org/GeoReport_v2.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from pendamping.core.verdicts import refused
from pendamping.needs.enums.open311 import Reason, Status
from pendamping.needs.enums.voices import VoiceState

DAYS = 90  # both limits are the specification's
MOST = 1000


def status_of(*, state: str, is_asked: bool, is_reopened: bool) -> Status:
    """Closed once it is answered, or once those who spoke are asked whether the finished work solved it.

    Being part of a need is on the way, so open; so is what they said is not solved.
    """
    is_done = state == VoiceState.ANSWERED or (is_asked and not is_reopened)
    return Status.CLOSED if is_done else Status.OPEN


def statuses_of(text: str) -> list[Status]:
    """ "open,closed" → both; empty → all. Raises Refused: another word."""
    found = []
    for word in listed(text):
        if word.lower() not in Status.values:
            refused(Reason.BAD_STATUS, text=word[:40]).or_raise()
        found.append(Status(word.lower()))
    return found or list(Status)


def listed(text: str) -> list[str]:
    """The words between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def ids_of(text: str) -> list[str]:
    """Ids between commas. Raises Refused: more than one answer may hold."""
    ids = listed(text)
    if len(ids) > MOST:
        refused(Reason.TOO_MANY_IDS, most=MOST).or_raise()
    return ids


def instant_of(text: str, zone: tzinfo) -> datetime | None:
    """ "2026-03-02T10:00:00+07:00" as an instant; without a zone it is the site's; None when nothing is given.

    A plus that came through an address as a space is a plus again. Raises Refused: no date and time.
    """
    words = text.strip()
    if not words:
        return None
    if "T" in words:
        words = words.replace(" ", "+")
    try:
        found = datetime.fromisoformat(words)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        refused(Reason.BAD_INSTANT, text=text[:40]).or_raise()
    return None


def span_of(*, start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """From when until when to look: at most 90 days, by default the last ones. Raises Refused: longer, or reversed."""
    most = timedelta(days=DAYS)
    if start is None:
        end = end or now
        return _earlier(end, most), end
    if end is None:
        return start, min(now, _later(start, most))
    if start > end:
        refused(Reason.SPAN_REVERSED).or_raise()
    if end - start > most:
        refused(Reason.SPAN_TOO_LONG, days=DAYS).or_raise()
    return start, end


def _earlier(at: datetime, by: timedelta) -> datetime:
    return at - by if at - datetime.min.replace(tzinfo=UTC) > by else datetime.min.replace(tzinfo=UTC)


def _later(at: datetime, by: timedelta) -> datetime:
    return at + by if datetime.max.replace(tzinfo=UTC) - at > by else datetime.max.replace(tzinfo=UTC)


def last_moved(moments: Sequence[datetime | None]) -> datetime | None:
    """The latest of some moments, of which some have not come yet."""
    return max((one for one in moments if one is not None), default=None)
