"""Pure decisions about the list of a meeting: what may be taken in."""

from __future__ import annotations

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.meeting_lists import MeetingListReason

MOST_ROWS = 500  # of one meeting; a page answers within seconds


def may_read(rows: int) -> Verdict:
    """Is it a list of one meeting?"""
    return ALLOWED if rows <= MOST_ROWS else refused(MeetingListReason.TOO_LONG, field="file", most=MOST_ROWS)


def may_write(*, tried: str, sha256: str) -> Verdict:
    """Only the very file whose report somebody has read."""
    return ALLOWED if tried == sha256 else refused(MeetingListReason.TRY_FIRST, field="file")


def may_keep(*, refused_rows: int, good_rows: bool) -> Verdict:
    """All rows or none, unless the right ones alone are wanted."""
    return ALLOWED if good_rows or not refused_rows else refused(MeetingListReason.ROWS_REFUSED, refused=refused_rows)
