"""The arithmetic of indicators: half-years, days on duty, a median that counts what still waits, points, the total."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

DAY = timedelta(days=1)
HUNDRED = Decimal(100)


@dataclass(frozen=True, order=True)
class Half:
    """A half-year (id: semester): 1 runs January to June, 2 July to December."""

    year: int
    half: int

    @property
    def since(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def until(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> Half:
        return Half(self.year, 1) if self.half == 2 else Half(self.year - 1, 2)

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"


def half_of(on: date) -> Half:
    """The half-year of a day."""
    return Half(on.year, 1 if on.month <= 6 else 2)


def read_half(text: str) -> Half | None:
    """ "2026-1" as a half-year; None for anything else."""
    found = re.fullmatch(r"(20\d\d)-([12])", text.strip())
    return Half(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, order=True)
class Span:
    """Days of duty at a place, first and last included (id: masa tugas)."""

    path: str
    since: date
    until: date

    def __contains__(self, on: date) -> bool:
        return self.since <= on <= self.until


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days with overlapping and adjacent spans of one place made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.until < span.since:
            continue
        last = found[-1] if found else None
        if last is not None and last.path == span.path and span.since <= last.until + DAY:
            found[-1] = Span(span.path, last.since, max(last.until, span.until))
        else:
            found.append(span)
    return tuple(found)


def without(spans: Iterable[Span], absences: Iterable[tuple[date, date]]) -> tuple[Span, ...]:
    """The spans with days of leave, illness and travel taken out."""
    left = list(spans)
    for first, last in absences:
        left = [
            part
            for span in left
            for part in (
                Span(span.path, span.since, min(span.until, first - DAY)),
                Span(span.path, max(span.since, last + DAY), span.until),
            )
            if part.since <= part.until
        ]
    return tuple(sorted(set(left)))


def days_in(spans: Iterable[Span], since: date, until: date) -> set[date]:
    """Every day of some spans within a window, counted once however many places were served."""
    found: set[date] = set()
    for span in spans:
        first, last = max(span.since, since), min(span.until, until)
        found.update(first + DAY * step for step in range((last - first).days + 1))
    return found


@dataclass(frozen=True)
class Wait:
    """How long a case waited under somebody's eyes, in days on duty; `is_over`: it was answered in that time."""

    days: int
    is_over: bool


def waited(spans: Iterable[Span], path: str, began: date, ended: date | None) -> Wait | None:
    """Days from the beginning to the answer on which somebody was on duty there.

    Days before the service began, of leave and after it ended belong to nobody's account here. A case that was not
    answered on their watch counts as still open. None when it never lay before them.
    """
    mine = [span for span in spans if path.startswith(span.path)]
    if not mine:
        return None
    last = max(span.until for span in mine)
    is_over = ended is not None and ended <= last
    days = days_in(mine, began, ended if ended is not None and is_over else last)
    return Wait(len(days) - 1, is_over) if days else None


def median_wait(waits: Iterable[Wait]) -> tuple[int, bool] | None:
    """The median wait in days, counting what still waits (Kaplan and Meier 1958); True: it is this or longer.

    A case still open after five days says only "longer than five": it stands among those at risk up to there and then
    leaves without counting as answered. Leaving hard cases open can therefore never make the median shorter. When more
    than half wait longer than the longest seen, that longest is given, as a lower bound.
    """
    found = list(waits)
    if not found:
        return None
    answered = Counter(one.days for one in found if one.is_over)
    left, unanswered = len(found), Fraction(1)
    seen = Counter(one.days for one in found)
    for day in sorted(seen):
        unanswered *= 1 - Fraction(answered[day], left)
        if unanswered <= Fraction(1, 2):
            return day, False
        left -= seen[day]
    return max(seen), True


def share(part: int, whole: int) -> Decimal | None:
    """A part of a whole to four places; None of nothing."""
    return (Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole else None


def points(value: Decimal, *, good: Decimal, poor: Decimal) -> Decimal:
    """0 at `poor` and worse, 100 at `good` and better, a straight line between; either may be the larger."""
    reached = (value - poor) / (good - poor) * HUNDRED
    return min(max(reached, Decimal(0)), HUNDRED).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Judged:
    """One indicator in the total: its weight, and its points when there were enough cases to judge."""

    weight: int
    points: Decimal | None


@dataclass(frozen=True)
class Score:
    """The total, and how much of the weight stands behind it (id: nilai akhir)."""

    total: Decimal | None
    judged_weight: int
    whole_weight: int


def score(values: Sequence[Judged], *, judged_least: int) -> Score:
    """The mean of the judged indicators by weight; what was not judged passes its weight on to the others.

    None when less than `judged_least` percent of the whole weight was judged.
    """
    whole = sum(one.weight for one in values)
    judged = [(one.weight, one.points) for one in values if one.points is not None]
    weight = sum(part for part, _points in judged)
    if weight == 0 or weight * 100 < judged_least * whole:
        return Score(None, weight, whole)
    total = sum((part * reached for part, reached in judged), Decimal(0)) / weight
    return Score(total.quantize(Decimal("0.01"), ROUND_HALF_UP), weight, whole)
