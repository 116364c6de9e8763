"""Lines of the logbook: one's own, those that wait, the days without any, and what a line is compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.access.models import Account
from pendamping.core.counters import after
from pendamping.core.models import Photo
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.enums.logbook import LogState
from pendamping.facilitators.models import Absence, Assignment, LogEntry, LogFlag, LogRules
from pendamping.facilitators.queries.above import reach
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.months import month_is_closed
from pendamping.facilitators.rules.logbook import Service
from pendamping.regions.models import Region

DAY = timedelta(days=1)


def entries() -> QuerySet[LogEntry]:
    """Lines with everything a list or a page shows, the newest first."""
    found = LogEntry.objects.select_related("account", "region__parent", "assignment", "verified_by")
    return found.prefetch_related("photos", "flags").order_by("-day", "-begins", "-id")


def entries_of(account: Account, first: date, last: date) -> QuerySet[LogEntry]:
    """Somebody's lines of some days, in the order of the days."""
    return entries().filter(account=account, day__range=(first, last)).order_by("day", "begins", "id")


def closed_on(account: Account, day: date, today: date | None = None) -> bool:
    """Is the month of this day closed for this person? With `today` also by its correction window."""
    return month_is_closed(account, day.year, day.month, today)


def served(account: Account) -> list[Service]:
    """Where somebody serves and served, as facts for the rules."""
    rows = Assignment.objects.filter(account=account).annotate(until=LAST_DAY).order_by("starts_on", "id")
    return [Service(*row) for row in rows.values_list("region_path", "starts_on", "until")]


def assignment_at(account: Account, path: str, day: date) -> Assignment | None:
    """The assignment that covers a place on a day, the narrowest first."""
    found = Assignment.objects.annotate(until=LAST_DAY).filter(account=account, starts_on__lte=day, until__gte=day)
    fits = [one for one in found.order_by("id") if path.startswith(one.region_path)]
    return max(fits, key=lambda one: len(one.region_path), default=None)


def units_of(account: Account) -> QuerySet[Region]:
    """The places somebody may write about: where they serve or served, and the wards below."""
    wanted = Q(pk__in=[])
    for one in served(account):
        wanted |= Q(path=one.path) | Q(path__startswith=one.path, level="ward")
    return Region.objects.filter(wanted).order_by("path")


# --- what waits ---


def logs_waiting_to_verify() -> QuerySet[LogEntry]:
    """Lines written and not yet verified, the oldest first; narrowed by the caller's scope (LOG_VERIFY)."""
    return entries().filter(state=LogState.WRITTEN).order_by("day", "id")


def logs_waiting_for_verifier(account: Account, on: date) -> QuerySet[LogEntry]:
    """Those of others that were written in an office below one of this person's; narrowed by the caller's scope."""
    below = Q(pk__in=[])
    for path, roles in reach(account, on):
        below |= Q(region_path__gte=path, region_path__lt=after(path), assignment__role__in=roles)
    return logs_waiting_to_verify().filter(below).exclude(account=account)


def logs_waiting_for_repair(account: Account) -> QuerySet[LogEntry]:
    """Lines sent back to their writer."""
    return entries().filter(account=account, state=LogState.RETURNED).order_by("returned_at", "id")


def follow_ups_waiting(account: Account, today: date, ahead: int = 3) -> QuerySet[LogEntry]:
    """What somebody promised and has not done, due by a day soon or past."""
    found = entries().filter(account=account, follow_up_done_on=None, follow_up_by__lte=today + timedelta(days=ahead))
    return found.order_by("follow_up_by", "id")


def flagged(found: QuerySet[LogEntry], kind: str = "") -> QuerySet[LogEntry]:
    """Those of some lines that catch the eye, by a kind of sign or by any."""
    signs = LogFlag.objects.filter(entry=OuterRef("pk"))
    return found.filter(Exists(signs.filter(kind=kind) if kind else signs))


# --- the thresholds ---


def rules_on(city_path: str, day: date) -> LogRules:
    """The thresholds of a city on a day; those a new system begins with when the city set none."""
    found = LogRules.objects.filter(city__path=city_path, valid_from__lte=day).order_by("-valid_from").first()
    return found or LogRules(valid_from=date.min, legal_basis="")


# --- days ---


@dataclass(frozen=True)
class LogDay:
    """One day of somebody's logbook (id: hari buku harian)."""

    day: date
    lines: list[LogEntry] = field(default_factory=list)
    absence: Absence | None = None
    is_served: bool = False
    is_expected: bool = False  # a working day of their service that has come

    @property
    def is_gap(self) -> bool:
        """A line was expected, and nothing explains that there is none."""
        return self.is_expected and not self.lines and self.absence is None


def days(account: Account, first: date, last: date, *, today: date) -> list[LogDay]:
    """Every day of a window with its lines, absences and gaps. Seven queries, whatever the window."""
    lines: dict[date, list[LogEntry]] = defaultdict(list)
    for entry in entries_of(account, first, last):
        lines[entry.day].append(entry)
    away = absences_in(account, first, last)
    service = served(account)
    city = service[0].path[:4] if service else ""
    work_days = rules_on(city, last).work_days
    return [_day(day, lines[day], away, service, work_days, today) for day in _each(first, last)]


def _day(
    day: date, lines: list[LogEntry], away: Sequence[Absence], service: Sequence[Service], work_days: str, today: date
) -> LogDay:
    serves = any(one.first <= day <= one.last for one in service)
    expected = serves and day <= today and str(day.isoweekday()) in work_days
    absence = next((one for one in away if one.first_day <= day <= one.last_day), None)
    return LogDay(day, lines, absence, serves, expected)


def _each(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def absences_in(account: Account, first: date, last: date) -> list[Absence]:
    """The approved absences of somebody that touch some days."""
    found = Absence.objects.filter(
        account=account, state=AbsenceState.APPROVED, first_day__lte=last, last_day__gte=first
    )
    return list(found.order_by("first_day", "id"))


# --- what a line is compared with ---


def recent(account: Account, day: date, back: int, *, but: int) -> list[LogEntry]:
    """What somebody typed since some days before a day, the newest first; automatic lines left out."""
    since = day - timedelta(days=back)
    found = LogEntry.objects.filter(account=account, source=None, day__gte=since).exclude(pk=but)
    return list(found.order_by("-day", "-begins", "-id"))


def same_photos(entry: LogEntry, photos: Sequence[Photo], back: int) -> list[tuple[str, str]]:
    """(code of the line, hash) of photos equal to one of these in anybody's line, and of all the writer's of late."""
    if not photos:
        return []
    others = LogEntry.photos.through.objects.exclude(logentry_id=entry.pk).order_by("-logentry_id", "-id")
    equal = others.filter(photo__sha256__in=[one.sha256 for one in photos])
    own = others.filter(logentry__account_id=entry.account_id, logentry__day__gte=entry.day - timedelta(days=back))
    return [
        *equal.values_list("logentry__code", "photo__sha256"),
        *own.values_list("logentry__code", "photo__dhash"),
    ]
