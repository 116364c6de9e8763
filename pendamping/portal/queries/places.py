"""The city and its wards as the public sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from pendamping.access.models import Grant
from pendamping.access.roles import ROLES
from pendamping.core import counters
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.invitations import changes_of
from pendamping.delivery.enums import ReportState
from pendamping.delivery.models import ProgressReport
from pendamping.facilitators.models import Assignment
from pendamping.needs.queries.visible import public_voices
from pendamping.planning import queries as planning
from pendamping.planning.models import Ceiling, Project
from pendamping.portal.queries.lists import within
from pendamping.regions import queries as regions
from pendamping.regions.models import Level, Region

site_city = regions.site_city


def meetings_ahead(path: str, today: date, most: int = 5) -> QuerySet[Meeting]:
    """The next meetings of a place, the soonest first."""
    found = Meeting.objects.filter(**within(path), state=MeetingState.CALLED, held_on__gte=today)
    return found.select_related("region__parent__parent").order_by("held_on", "starts_at", "id")[:most]


def calendar_of(path: str, today: date) -> list[tuple[Meeting, int, datetime]]:
    """The meetings of a place from the last quarter on, each with how often it was changed and when last."""
    found = Meeting.objects.filter(**within(path), held_on__gte=today - timedelta(days=92))
    meetings = list(found.select_related("region__parent__parent").order_by("held_on", "id")[:500])
    changes = changes_of(meetings)
    return [(meeting, *changes[meeting.pk]) for meeting in meetings]


def find_ward(path: str) -> Region | None:
    """A ward with its district and city."""
    return Region.objects.select_related("parent__parent").filter(path=path, level=Level.WARD).first()


@dataclass(frozen=True)
class Money:
    """The ward fund of a year (id: dana kelurahan): its ceiling, what is planned, what was spent as verified."""

    year: int
    ceiling: int
    basis: str
    planned: int
    spent: int

    @property
    def parts(self) -> tuple[int, int, int]:
        """Spent, planned but not yet spent, not yet planned: together the ceiling, or more when it is exceeded."""
        return self.spent, max(0, self.planned - self.spent), max(0, self.ceiling - self.planned)


def money_of(ward: Region, year: int, on: date) -> Money:
    """The fund of one ward in one year, in three queries."""
    rule_set = planning.rules_in_force(ward.city_path, year, on)
    ceiling = Ceiling.objects.filter(ward=ward, fiscal_year=year).first()
    state = planning.state_of(ward, year, rule_set, ceiling, {})
    verified = ProgressReport.objects.filter(project=OuterRef("pk"), state=ReportState.VERIFIED).order_by()
    highest = verified.values("project").annotate(highest=Max("spent")).values("highest")
    sums = (
        Project.objects.filter(ward_path=ward.path, fiscal_year=year)
        .annotate(spent=Subquery(highest))
        .aggregate(planned=Sum("budget"), used=Sum("spent"))
    )
    basis = state.own_basis or (rule_set.legal_basis if rule_set else "")
    return Money(year, state.amount, basis, sums["planned"] or 0, sums["used"] or 0)


@dataclass(frozen=True)
class Companions:
    """An office that accompanies a ward and how many hold it today (id: pendamping).

    Names are those appointed and placed by a decree, which is public; whoever holds the role otherwise is a number.
    """

    office: Any
    count: int
    names: tuple[str, ...] = ()


def companions(ward: Region, today: date) -> list[Companions]:
    """Which facilitating offices are held for a ward today, and by whom as far as a decree says so. One query."""
    roles = [role.key for role in ROLES.values() if role.is_facilitator]
    places = [ward.path, ward.path[:6]]
    held = Grant.objects.filter(
        role__in=roles, region__path__in=places, revoked_at__isnull=True, account__is_active=True
    )
    current = held.filter(starts_on__lte=today).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    holds = Q(decree__revoked_on__isnull=True) | Q(decree__revoked_on__gt=today)
    decided = Assignment.objects.filter(holds, grant=OuterRef("pk"))
    people: dict[str, dict[int, str]] = {}
    for key, account, name, is_named in (
        current.annotate(is_named=Exists(decided))
        .order_by("account__name", "id")
        .values_list("role", "account_id", "account__name", "is_named")
    ):
        known = people.setdefault(key, {})
        known[account] = name if is_named else known.get(account, "")
    return [
        Companions(ROLES[key].office, len(people[key]), tuple(name for name in people[key].values() if name))
        for key in roles
        if key in people
    ]


@dataclass(frozen=True)
class Unheard:
    """The RTs of a ward from which no voice came this year; numbers, never names (id: RT yang belum terdengar)."""

    total: int
    labels: list[str]


def unheard(ward: Region, year: int) -> Unheard:
    """Which RTs were not heard in a year, in one query."""
    spoke = public_voices().filter(region=OuterRef("pk"), period__gte=year * 100 + 1, period__lte=year * 100 + 12)
    rts = Region.objects.filter(
        level=Level.RT, path__gte=ward.path, path__lt=counters.after(ward.path), valid_to__isnull=True
    )
    found = list(rts.annotate(heard=Exists(spoke)).select_related("parent").order_by("path"))
    return Unheard(len(found), [f"{rt.label} {rt.parent.label}" for rt in found if not rt.heard and rt.parent])
