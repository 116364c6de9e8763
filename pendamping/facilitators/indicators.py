"""The registry of indicators: small calculations over somebody's days of service, which apps above register.

An app declares in its own `indicators.py`, imported when it starts:

    @indicator("needs.first_answer", group=…, unit=IndicatorUnit.DAYS, label=_("…"), formula=_("…"))
    def first_answer(service): return of_waits(service, rows)

Each gives a value, its sample, and the codes of the records that made it, in one or two queries whatever the number of
wards. What is judged, by which bounds and on how large a sample, is data (EvaluationRules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise

from pendamping.access.models import Account
from pendamping.core.counters import after
from pendamping.core.moments import day
from pendamping.facilitators.enums.evaluations import IndicatorGroup, IndicatorUnit
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.rules import indicators as rules
from pendamping.facilitators.rules.indicators import Span

NOWHERE = Q(pk__in=[])


@dataclass(frozen=True)
class Service:
    """Somebody's days of duty up to the end of a window (id: masa layanan).

    A case belongs to whoever served its place on its day: a ward, or the area of a coordinator with all its wards. Two
    who serve one place share its cases.
    """

    account: Account
    since: date
    until: date
    spans: tuple[Span, ...]  # from the beginning of service on, also before the window; none after it
    work_days: str = "12345"  # ISO weekdays on which work is expected, Monday 1

    @property
    def inside(self) -> tuple[Span, ...]:
        """The days of duty within the window."""
        clipped = (Span(span.path, max(span.since, self.since), span.until) for span in self.spans)
        return tuple(span for span in clipped if span.since <= span.until)

    @property
    def paths(self) -> tuple[str, ...]:
        """The places served within the window."""
        return tuple(sorted({span.path for span in self.inside}))

    @property
    def days(self) -> set[date]:
        """Every day of duty within the window."""
        return rules.days_in(self.inside, self.since, self.until)

    @property
    def working_days(self) -> set[date]:
        """Those on which work is expected; public holidays are not known here, the bounds leave room for them."""
        return {one for one in self.days if str(one.isoweekday()) in self.work_days}

    def at(self, moment: str) -> Q:
        """Records of these places whose instant lies in the days served there."""
        return self._each(moment, lambda on: timezone.make_aware(datetime.combine(on, time.min)))

    def on(self, day_field: str) -> Q:
        """Records of these places whose day lies in the days served there."""
        return self._each(day_field, lambda on: on)

    def _each(self, field: str, bound: Callable[[date], Any]) -> Q:
        found = NOWHERE
        for span in self.inside:
            days = {f"{field}__gte": bound(span.since), f"{field}__lt": bound(span.until + timedelta(days=1))}
            found |= Q(_place(span.path), **days)
        return found

    def here(self) -> Q:
        """Records of the places served in the window, whatever their day."""
        found = NOWHERE
        for path in self.paths:
            found |= _place(path)
        return found

    def before_end(self, moment: str) -> Q:
        """The instant lies before the window ends."""
        return Q(**{f"{moment}__lt": self.end})

    @property
    def start(self) -> datetime:
        """The first instant of the window."""
        return timezone.make_aware(datetime.combine(self.since, time.min))

    @property
    def end(self) -> datetime:
        """The first instant after the window."""
        return timezone.make_aware(datetime.combine(self.until + timedelta(days=1), time.min))


def _place(path: str) -> Q:
    return Q(region_path__gte=path, region_path__lt=after(path))


@dataclass(frozen=True)
class Reading:
    """What an indicator gave (id: hasil hitung indikator). Without a sample there is no value."""

    value: Decimal | None
    sample: int
    inputs: tuple[str, ...] = ()
    part: int | None = None
    still_open: int = 0
    at_least: bool = False


Read = Callable[[Service], Reading]


@dataclass(frozen=True)
class Indicator:
    """A small calculation with its name in plain words (id: indikator)."""

    key: str
    group: IndicatorGroup
    unit: IndicatorUnit
    label: str | Promise
    formula: str | Promise  # how it is computed, as the person reads it
    read: Read


_known: dict[str, Indicator] = {}


def indicator(
    key: str, *, group: IndicatorGroup, unit: IndicatorUnit, label: str | Promise, formula: str | Promise
) -> Callable[[Read], Read]:
    """Declare a calculation under a key of the app that holds its records."""

    def keep(read: Read) -> Read:
        _known[key] = Indicator(key, group, unit, label, formula, read)
        return read

    return keep


def known(key: str) -> Indicator | None:
    """An indicator by its key; None when no installed app offers it."""
    return _known.get(key)


def indicators() -> list[Indicator]:
    """All of them, group by group."""
    order = list(IndicatorGroup)
    return sorted(_known.values(), key=lambda one: (order.index(one.group), one.key))


def of_share(judged: Iterable[tuple[str, bool]]) -> Reading:
    """The share of records that are so, from (code, is so) of each."""
    rows = list(judged)
    part = sum(1 for _code, is_so in rows if is_so)
    return Reading(rules.share(part, len(rows)), len(rows), tuple(code for code, _is_so in rows), part)


def of_waits(service: Service, cases: Iterable[tuple[str, str, datetime, datetime | None]]) -> Reading:
    """The median wait of cases, from (code, path, began, answered) of each, counting those still open.

    Every case counts that lay before this person within the window, also one begun long before it.
    """
    seen: list[tuple[str, rules.Wait]] = []
    for code, path, began, ended in cases:
        if ended is not None and not _meets(service, path, day(began), day(ended)):
            continue
        wait = rules.waited(service.spans, path, day(began), day(ended) if ended is not None else None)
        if wait is not None:
            seen.append((code, wait))
    found = rules.median_wait(wait for _code, wait in seen)
    codes = tuple(code for code, _wait in seen)
    if found is None:
        return Reading(None, 0)
    open_now = sum(1 for _code, wait in seen if not wait.is_over)
    return Reading(Decimal(found[0]), len(seen), codes, None, open_now, found[1])


def _meets(service: Service, path: str, began: date, ended: date) -> bool:
    """Did the case wait on a day of duty within the window?"""
    return any(path.startswith(span.path) and began <= span.until and ended >= span.since for span in service.inside)


def spans_of(account: Account, until: date) -> list[Span]:
    """The places somebody serves, in any role, and the days, up to a day. One query."""
    found = Assignment.objects.filter(account=account, starts_on__lte=until)
    rows = found.annotate(last=Coalesce("ended_on", "ends_on")).filter(last__gte=F("starts_on"))
    return [
        Span(path, first, min(last, until))
        for path, first, last in rows.order_by("id").values_list("region_path", "starts_on", "last")
    ]


def service_of(account: Account, half: rules.Half) -> Service:
    """Somebody's service up to the end of a half-year, leave still in it. One query."""
    return Service(account, half.since, half.until, rules.joined(spans_of(account, half.until)))


def read_all(service: Service) -> dict[str, Reading]:
    """Every indicator of somebody's service; a constant number of queries."""
    return {one.key: one.read(service) for one in indicators()}
