"""How long voices wait for a first answer, by ward and category, with those still waiting counted.

Days are working days from the day a voice was said, pauses included: for whoever waits, a pause is waiting too, and so
are the days before a voice was parted from another. Voices of an imported list have no clock and are not in it, nor are
those hidden or about persons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from pendamping.core.counters import after
from pendamping.core.moments import day
from pendamping.needs.enums.categories import Step
from pendamping.needs.models import Category, Deadline
from pendamping.needs.queries.clock import days_off, running
from pendamping.needs.queries.visible import public_voices
from pendamping.needs.rules.clock import DAY, is_working_day
from pendamping.needs.rules.survival import median
from pendamping.regions.models import WIDTHS

WINDOW = timedelta(days=365)
FEWEST = 5  # smaller groups are withheld: so few voices say nothing of how fast an office is


@dataclass(frozen=True)
class Waits:
    """The waits of a group (id: waktu jawab). `median` is None while more than half still wait, or when withheld."""

    answered: int
    waiting: int
    late: int  # answered after the day it was due, or still waiting after it while the clock runs
    median: int | None

    @property
    def all(self) -> int:
        return self.answered + self.waiting

    @property
    def is_shown(self) -> bool:
        return self.all >= FEWEST


@dataclass(frozen=True)
class Figures:
    """Waits of a place: all together, by ward path, by the key of the category in whatever version; "" for none.

    `older` voices were said before `since` and still wait.
    """

    whole: Waits
    wards: dict[str, Waits]
    categories: dict[str, Waits]
    older: int
    since: date
    until: date


class Calendar:
    """Working days between two days of a stretch, without walking it each time."""

    def __init__(self, first: date, last: date, off: Set[date]) -> None:
        self._first = first
        days = [first + DAY * number for number in range((last - first).days + 1)]
        self._so_far = list(accumulate(int(is_working_day(one, off)) for one in days))

    def between(self, since: date, until: date) -> int:
        """How many working days lie after `since` up to and with `until`; both within the stretch."""
        return max(0, self._so_far[(until - self._first).days] - self._so_far[(since - self._first).days])


Case = tuple[str, str, int, bool, bool]  # ward, category, days waited, answered, late


def response_times(under: str, today: date) -> Figures:
    """The waits of voices said within a year before a day, in a place and all below it. Three queries."""
    since = today - WINDOW
    cases = list(_cases(under, since, today))
    by_ward: dict[str, list[Case]] = defaultdict(list)
    by_category: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_ward[case[0]].append(case)
        by_category[case[1]].append(case)
    return Figures(
        whole=waits(cases),
        wards={ward: waits(rows) for ward, rows in by_ward.items()},
        categories={key: waits(rows) for key, rows in by_category.items()},
        older=_answers_due(under).filter(voice__heard_at__lt=_begins(since), met_at__isnull=True).count(),
        since=since,
        until=today,
    )


def _cases(under: str, since: date, today: date) -> Iterator[Case]:
    found = (
        _answers_due(under)
        .filter(voice__heard_at__gte=_begins(since))
        .annotate(runs=ExpressionWrapper(running(), BooleanField()))
    )
    rows = found.values_list("voice__ward_path", "voice__category__key", "voice__heard_at", "met_at", "due_on", "runs")
    calendar = Calendar(since - DAY, today + DAY, days_off(under))
    for ward, category, heard_at, met_at, due_on, runs in rows.iterator():
        begun, ended = day(heard_at), day(met_at) if met_at else today
        late = ended > due_on and runs
        yield ward, category or "", calendar.between(begun, max(begun, ended)), met_at is not None, late


def _answers_due(under: str) -> QuerySet[Deadline]:
    voices = public_voices().filter(region_path__gte=under, region_path__lt=after(under))
    return Deadline.objects.filter(voice__in=voices, step=Step.ANSWER).order_by()


def _begins(since: date) -> datetime:
    return timezone.make_aware(datetime.combine(since + DAY, time()))


def waits(cases: Iterable[Case]) -> Waits:
    """What is shown of a group. Of a small one nothing but that it is small."""
    rows = list(cases)
    answered = sum(1 for row in rows if row[3])
    shown = len(rows) >= FEWEST
    return Waits(
        answered=answered,
        waiting=len(rows) - answered,
        late=sum(1 for row in rows if row[4]),
        median=median((row[2], row[3]) for row in rows) if shown else None,
    )


def titles_of(keys: Iterable[str], under: str) -> dict[str, dict[str, str]]:
    """The names of the categories of figures by their keys, as the place calls them now; one query."""
    named = Category.objects.filter(Q(city__isnull=True) | Q(city__path=under[: WIDTHS["city"]]), key__in=list(keys))
    rows = named.order_by(F("city").asc(nulls_first=True), "valid_from", "id")
    return {one.key: one.title for one in rows}
