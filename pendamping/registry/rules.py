"""Pure decisions about files: what may be written."""

from __future__ import annotations

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.registry.enums import Reason

MOST_ROWS = 2_000  # a page answers within seconds


def may_read(rows: int) -> Verdict:
    """Is a file short enough for the page?"""
    return ALLOWED if rows <= MOST_ROWS else refused(Reason.TOO_LONG, field="file", limit=MOST_ROWS)


def may_write(*, tried: str, sha256: str) -> Verdict:
    """Only the very file whose report somebody has read."""
    return ALLOWED if tried == sha256 else refused(Reason.TRY_FIRST, field="file")


def may_keep(*, refused_rows: int, good_rows: bool) -> Verdict:
    """All rows or none, unless the right ones alone are wanted."""
    return ALLOWED if good_rows or not refused_rows else refused(Reason.ROWS_REFUSED, refused=refused_rows)
