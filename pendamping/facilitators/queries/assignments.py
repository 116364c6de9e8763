"""Who serves where on a day, the gaps between, and whether the roles in access say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from pendamping.access.models import Account, Grant
from pendamping.access.queries import in_force
from pendamping.access.roles import ROLES
from pendamping.core.counters import after
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.rules import assignments as rules
from pendamping.regions import queries as regions
from pendamping.regions.models import WIDTHS, Region

LAST_DAY = Coalesce("ended_on", "ends_on")


def assignments() -> QuerySet[Assignment]:
    """Assignments with everything a list shows."""
    return Assignment.objects.select_related("account", "region__parent", "decree", "appointment", "grant")


def serving_on(on: date) -> QuerySet[Assignment]:
    """The assignments in force on a day."""
    return assignments().annotate(until=LAST_DAY).filter(starts_on__lte=on, until__gte=on)


def serving(region_path: str, on: date) -> QuerySet[Assignment]:
    """Who serves a place on a day: those of the place itself and of the places around it, the nearest first."""
    around = [region_path[:width] for width in WIDTHS.values() if width <= len(region_path)]
    return serving_on(on).filter(region_path__in=around).order_by("-region_path", "account__name", "id")


def assignments_of(account: Account, on: date) -> QuerySet[Assignment]:
    """Where somebody serves on a day."""
    return serving_on(on).filter(account=account).order_by("region_path", "id")


def not_over(on: date) -> QuerySet[Assignment]:
    """The assignments that serve on a day or later, those called off before they began left out."""
    return assignments().annotate(until=LAST_DAY).filter(Q(until__gte=on), Q(until__gte=F("starts_on")))


def by_ward(city_path: str, on: date) -> dict[str, list[Assignment]]:
    """The ward facilitators of each ward of a city on a day; wards without anybody are missing. One query."""
    found: dict[str, list[Assignment]] = defaultdict(list)
    here = serving_on(on).filter(city_path=city_path, role=PostKind.WARD_FACILITATOR)
    for one in here.order_by("region_path", "account__name", "id"):
        found[one.region_path].append(one)
    return dict(found)


def coordinators(city_path: str, on: date) -> QuerySet[Assignment]:
    """Those who coordinate on a day, the city first, then district by district."""
    found = serving_on(on).filter(city_path=city_path).exclude(role=PostKind.WARD_FACILITATOR)
    return found.order_by("region_path", "account__name", "id")


@dataclass(frozen=True)
class Gap:
    """Days in which nobody facilitates a ward (id: kekosongan)."""

    ward: Region
    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


def gaps(city_path: str, *, since: date, until: date) -> list[Gap]:
    """Every gap of every ward of a city in a window, ward by ward. Two queries."""
    served: dict[str, list[tuple[date, date]]] = defaultdict(list)
    rows = Assignment.objects.annotate(until=LAST_DAY).filter(
        city_path=city_path, role=PostKind.WARD_FACILITATOR, starts_on__lte=until, until__gte=since
    )
    for path, start, end in rows.order_by().values_list("region_path", "starts_on", "until"):
        served[path].append((start, end))
    return [
        Gap(ward, start, end)
        for ward in regions.wards(city_path)
        for start, end in rules.gaps(served[ward.path], since=since, until=until)
    ]


@dataclass(frozen=True)
class Mismatch:
    """An assignment or a role of access that the other side does not know (id: ketidaksesuaian penempatan)."""

    what: str  # "loose": a role without assignment; "lost": an assignment without its role; "late": outlives it
    account: Account
    region: Region
    role: str
    code: str = ""


def mismatches(city_path: str, on: date) -> Iterator[Mismatch]:
    """Where grants and assignments of a city differ from a day on; none means that they are the same. Two queries."""
    kinds = set(PostKind.values)
    known = list(assignments().filter(city_path=city_path).select_related("grant"))
    held = {one.grant_id for one in known if one.grant_id}
    for one in known:
        yield from _of_assignment(one, on)
    loose = Grant.objects.filter(in_force(on), role__in=kinds, region__path__gte=city_path).exclude(pk__in=held)
    for grant in loose.filter(region__path__lt=after(city_path)).select_related("account", "region").order_by("id"):
        yield Mismatch("loose", grant.account, grant.region, grant.role)


def _of_assignment(one: Assignment, on: date) -> Iterator[Mismatch]:
    grant = one.grant
    lives = one.last_day > on or (one.ended_on is None and one.last_day == on)
    counts = grant is not None and grant.revoked_at is None
    fits = grant is not None and (grant.account_id, grant.role, grant.region_id) == (
        one.account_id, one.role, one.region_id,
    )  # fmt: skip
    if lives and not (counts and fits):
        yield Mismatch("lost", one.account, one.region, one.role, one.code)
    elif counts and grant is not None and (grant.ends_on is None or grant.ends_on > one.last_day):
        yield Mismatch("late", one.account, one.region, one.role, one.code)


def levels_of(role: str) -> tuple[str, ...]:
    """At which levels a role is done."""
    return ROLES[role].levels


def served_by(account: Account, role: str, region: Region) -> Iterable[rules.Served]:
    """What somebody already serves at a place in a role, as facts for the rules."""
    found = Assignment.objects.filter(account=account, role=role, region=region).order_by("starts_on")
    return [rules.Served(one.code, one.starts_on, one.last_day) for one in found]


def loose_grants(account: Account, role: str, region: Region, *, since: date, until: date) -> QuerySet[Grant]:
    """Roles given by hand that an assignment for these days takes the place of."""
    held = Assignment.objects.filter(grant__isnull=False).values("grant")
    found = Grant.objects.filter(account=account, role=role, region=region, revoked_at=None, starts_on__lte=until)
    return found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since)).exclude(pk__in=held)
