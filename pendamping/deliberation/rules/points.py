"""The points of an agenda: read from lines, laid along the clock, and how late they run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.deliberation.enums.points import PointReason

POINTS_MOST = 40
MINUTES_MOST = 600
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s*")
_LINE = re.compile(
    r"^(?P<title>.*?)[\s,;:|–(\-]*(?P<minutes>\d{1,4})\s*(?:menit|minutes?|min|mnt|m|')?\.?\)?\s*$", re.I
)


@dataclass(frozen=True)
class Planned:
    """A point as it is planned (id: rencana acara): what it is about, and for how many minutes."""

    title: str
    minutes: int | None


@dataclass(frozen=True)
class Slot:
    """A point on the clock (id: waktu acara), as moments."""

    planned_from: datetime
    planned_to: datetime
    begun_at: datetime | None = None
    ended_at: datetime | None = None

    def late(self, now: datetime) -> int:
        """Whole minutes behind the plan: at its end, while it runs, or when it should have begun; never negative."""
        seen, due = (
            (self.ended_at, self.planned_to) if self.ended_at
            else (now, self.planned_to) if self.begun_at
            else (now, self.planned_from)
        )  # fmt: skip
        late_begin = self.begun_at - self.planned_from if self.begun_at and not self.ended_at else timedelta(0)
        return max(0, int(max(seen - due, late_begin).total_seconds() // 60))


def read_lines(text: str) -> list[Planned]:
    """One point to a line, its minutes at the end: "1. Pembukaan 10", "Pembahasan usulan: 60 menit"."""
    found = []
    for line in text.splitlines():
        bare = _NUMBER.sub("", line).strip()
        if not bare:
            continue
        match = _LINE.match(bare)
        found.append(Planned(match["title"].strip(), int(match["minutes"])) if match else Planned(bare, None))
    return found


def may_plan(points: Sequence[Planned], *, is_begun: bool) -> Verdict:
    """May these be the points of the meeting? Each with words and minutes; not once the clock runs."""
    if is_begun:
        return refused(PointReason.CLOCK_RUNS)
    if not points:
        return refused(PointReason.NO_POINTS, field="points")
    if len(points) > POINTS_MOST:
        return refused(PointReason.TOO_MANY_POINTS, field="points", most=POINTS_MOST)
    for line, point in enumerate(points, start=1):
        if not point.title:
            return refused(PointReason.POINT_NAMELESS, field="points", line=line)
        if point.minutes is None or not 1 <= point.minutes <= MINUTES_MOST:
            return refused(
                PointReason.MINUTES_MISSING, field="points", line=line, title=point.title[:60], most=MINUTES_MOST
            )
    return ALLOWED


def may_begin(*, begun: bool) -> Verdict:
    """May the point begin? Once."""
    return refused(PointReason.POINT_BEGUN) if begun else ALLOWED


def may_end(*, begun: bool, ended: bool) -> Verdict:
    """May the point end? While it runs."""
    return ALLOWED if begun and not ended else refused(PointReason.POINT_NOT_RUNNING)


def along(starts: datetime, minutes: Sequence[int]) -> list[tuple[datetime, datetime]]:
    """From when to when each point is planned, one after the other."""
    spans, at = [], starts
    for length in minutes:
        spans.append((at, at + timedelta(minutes=length)))
        at = spans[-1][1]
    return spans
