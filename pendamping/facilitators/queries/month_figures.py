"""The facts a month is composed of: lines of the log, absences agreed to, the plan."""

from __future__ import annotations

from typing import Any

from pendamping.access.models import Account
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.models import Absence, Assignment, LogEntry, MonthPlan
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.logbook import rules_on
from pendamping.facilitators.rules import month_figures as rules
from pendamping.facilitators.rules.months import Planned, Service, first_day, last_day


def compose(account: Account, year: int, month: int, *, placed: list[Assignment], service: Service) -> dict[str, Any]:
    """What a month came to as far as it is told now. Five queries, however many lines."""
    plan = queries.plan_of(account, year, month)
    return rules.figures(
        lines=_lines(account, year, month), away=_away(account, service), plan=planned(plan) if plan else None,
        service=service, work_days=rules_on(placed[0].city_path, last_day(year, month)).work_days,
        places=list(dict.fromkeys(one.region.label for one in placed)),
    )  # fmt: skip


def planned(plan: MonthPlan) -> list[Planned]:
    """The lines of a plan as facts."""
    return [Planned(one.what, one.region.path, one.region.label, one.activity, one.wanted) for one in plan.lines.all()]


def _lines(account: Account, year: int, month: int) -> list[rules.Line]:
    found = LogEntry.objects.filter(account=account, day__range=(first_day(year, month), last_day(year, month)))
    names = [name for name in rules.Line.__dataclass_fields__ if name != "flags"]
    return [
        rules.Line(*(getattr(one, name) for name in names), flags=tuple(flag.kind for flag in one.flags.all()))
        for one in found.prefetch_related("flags").order_by("day", "begins", "id")
    ]


def _away(account: Account, service: Service) -> list[rules.Away]:
    found = Absence.objects.filter(
        account=account, state=AbsenceState.APPROVED, first_day__lte=service.until, last_day__gte=service.since
    )
    return [rules.Away(one.kind, one.first_day, one.last_day) for one in found.order_by("first_day", "id")]
