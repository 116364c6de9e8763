"""How long voices wait for a first answer, by ward and category, with those still waiting counted.

Days are working days from the day a voice was said, pauses included: for whoever waits, a pause is waiting too. Voices
of an imported list have no clock and are not in it, nor are those hidden or about persons.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from django.db.models import Func, IntegerField
from django.utils import timezone

from pendamping.core.counters import after
from pendamping.needs.enums.categories import Step
from pendamping.needs.models import Category, Deadline
from pendamping.needs.queries.clock import days_off
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules.clock import DAY, is_working_day
from pendamping.needs.rules.survival import median

WINDOW = timedelta(days=365)
FEWEST = 5  # smaller groups are withheld, as everywhere in public


@dataclass(frozen=True)
class Waits:
    """The waits of a group (id: waktu jawab). `median` is None while more than half still wait, or when withheld."""

    answered: int
    waiting: int
    late: int  # answered after the day it was due, or still waiting after it
    median: int | None

    @property
    def all(self) -> int:
        return self.answered + self.waiting

    @property
    def is_shown(self) -> bool:
        return self.all >= FEWEST


@dataclass(frozen=True)
class Figures:
    """Waits of a place: all together, by ward path, by category."""

    whole: Waits
    wards: dict[str, Waits]
    categories: dict[int | None, Waits]
    since: date
    until: date


class Calendar:
    """Working days between two days of a stretch, without walking it each time; days by their number."""

    def __init__(self, first: date, last: date, off: Set[date]) -> None:
        self._first = first.toordinal()
        days = [first + DAY * number for number in range((last - first).days + 1)]
        self._so_far = list(accumulate(int(is_working_day(one, off)) for one in days))

    def between(self, since: int, until: int) -> int:
        """How many working days lie after `since` up to and with `until`; both within the stretch."""
        return max(0, self._so_far[until - self._first] - self._so_far[since - self._first])


class DayNumber(Func):
    """The day of an instant in the site's zone, numbered as `date.toordinal` does: a number for each of many rows costs
    the database little, and an instant costs us much."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        """It knows no zones; none of Indonesia's has a summer time, so one shift does for all days."""
        shift = timezone.localtime().utcoffset() or timedelta()
        template = f"CAST(julianday(%(expressions)s, '{shift.total_seconds():+.0f} seconds') - 1721424.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        zone = timezone.get_current_timezone_name()
        template = f"((%(expressions)s AT TIME ZONE '{zone}')::date - DATE '0001-01-01' + 1)"
        return self.as_sql(compiler, connection, template=template)


Cases = Counter[tuple[int, bool, bool]]  # days waited, whether answered, whether late: how many


def response_times(under: str, today: date) -> Figures:
    """The waits of voices said within a year before a day, in a place and all below it. Two queries."""
    since = today - WINDOW
    whole: Cases = Counter()
    by_ward: dict[str, Cases] = defaultdict(Counter)
    by_category: dict[int | None, Cases] = defaultdict(Counter)
    for (ward, category, days, was_answered, is_late), count in _cases(under, since, today).items():
        for group in (whole, by_ward[ward], by_category[category]):
            group[days, was_answered, is_late] += count
    return Figures(
        whole=waits(whole),
        wards={ward: waits(cases) for ward, cases in by_ward.items()},
        categories={key: waits(cases) for key, cases in by_category.items()},
        since=since,
        until=today,
    )


def _cases(under: str, since: date, today: date) -> Counter[tuple[str, int | None, int, bool, bool]]:
    """How many there are of each kind: ward, category, days waited, whether answered, whether late."""
    begins = timezone.make_aware(datetime.combine(since + DAY, time()))
    voices = public_voices().filter(region_path__gte=under, region_path__lt=after(under))
    found = Deadline.objects.filter(voice__in=voices, step=Step.ANSWER, starts_at__gte=begins).order_by()
    rows = found.values_list(
        "voice__ward_path", "voice__category", DayNumber("starts_at"), DayNumber("met_at"), "due_on"
    )
    calendar, now = Calendar(since - DAY, today + DAY, days_off(under)), today.toordinal()
    cases: Counter[tuple[str, int | None, int, bool, bool]] = Counter()
    for ward, category, begun, met, due in rows.iterator():
        ended = met or now
        days = calendar.between(begun, max(begun, ended))
        cases[ward, category, days, met is not None, ended > due.toordinal()] += 1
    return cases


def waits(cases: Cases) -> Waits:
    """What is shown of a group. Of a small one nothing but that it is small."""
    answered = sum(count for (_days, was_answered, _late), count in cases.items() if was_answered)
    known: Counter[tuple[int, bool]] = Counter()
    for (days, was_answered, _late), count in cases.items():
        known[days, was_answered] += count
    return Waits(
        answered=answered,
        waiting=cases.total() - answered,
        late=sum(count for (_days, _answered, is_late), count in cases.items() if is_late),
        median=median(known) if cases.total() >= FEWEST else None,
    )


def categories_named(keys: Iterable[int | None]) -> dict[int, Category]:
    """The categories of figures, one query."""
    return Category.objects.in_bulk([key for key in keys if key is not None])
