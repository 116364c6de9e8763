"""Absences: one's own, those that wait for an answer, the reason as those may read it who may."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendamping.access.models import Account
from pendamping.core.counters import after
from pendamping.core.personal import crypt
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Absence, Assignment
from pendamping.facilitators.queries.above import reach
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.rules.absences import Asked
from pendamping.facilitators.rules.months import highest

REASON = "absence.reason"
LIVE = (AbsenceState.ASKED, AbsenceState.APPROVED)


def absences() -> QuerySet[Absence]:
    """Absences with everything a list shows, the latest first."""
    return Absence.objects.select_related("account", "region__parent", "decided_by").order_by("-first_day", "-id")


def absences_waiting() -> QuerySet[Absence]:
    """Those that wait for an answer, the nearest first; narrowed by the caller's scope (LOG_VERIFY)."""
    return absences().filter(state=AbsenceState.ASKED).order_by("first_day", "id")


def absences_waiting_for_decider(account: Account, on: date) -> QuerySet[Absence]:
    """Those of others who serve below one of this person's offices; narrowed by the caller's scope."""
    served = Assignment.objects.annotate(until=LAST_DAY).filter(
        account=OuterRef("account"), starts_on__lte=OuterRef("last_day"), until__gte=OuterRef("first_day")
    )
    below = Q(pk__in=[])
    for path, roles in reach(account, on):
        higher = Exists(served.exclude(role__in=roles))
        below |= Q(~higher, region_path__gte=path, region_path__lt=after(path)) if roles else Q(pk__in=[])
    return absences_waiting().filter(below).exclude(account=account)


def role_in(found: Absence) -> str:
    """The highest role somebody serves in on the days of an absence."""
    served = Assignment.objects.annotate(until=LAST_DAY).filter(
        account=found.account, starts_on__lte=found.last_day, until__gte=found.first_day
    )
    roles = served.order_by().values_list("role", flat=True)
    return highest([*roles, PostKind.WARD_FACILITATOR])


def places_on(account: Account, first: date, last: date) -> list[str]:
    """The paths of the units somebody serves on some of these days."""
    found = Assignment.objects.annotate(until=LAST_DAY).filter(account=account, starts_on__lte=last, until__gte=first)
    return list(found.order_by("region_path").values_list("region_path", flat=True))


def asked(account: Account) -> list[Asked]:
    """The days somebody already asked for, refused and withdrawn ones left out."""
    rows = Absence.objects.filter(account=account, state__in=LIVE).order_by("first_day")
    return [Asked(*row) for row in rows.values_list("code", "first_day", "last_day")]


def reason_of(found: Absence) -> str:
    """The reason, opened; empty when its key was destroyed."""
    if not found.subject_key or not found.reason_cipher:
        return ""
    return crypt.decrypt(bytes(found.reason_cipher), subject_key=bytes(found.subject_key), field=REASON)
