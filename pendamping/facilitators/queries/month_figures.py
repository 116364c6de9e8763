"""The facts a month is composed of: lines of the log, absences agreed to, the plan."""

from __future__ import annotations

from typing import Any

from pendamping.access.models import Account
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.facilitators.enums.absences import AbsenceState
from pendamping.facilitators.models import Absence, Assignment, LogEntry, MonthPlan, MonthReport
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.logbook import rules_on
from pendamping.facilitators.rules import month_figures as rules
from pendamping.facilitators.rules.months import Planned, Service, first_day, is_above, last_day

KNOWING = {Verb.LOG_VERIFY, Verb.MONTH_RECOMMEND, Verb.MONTH_APPROVE}


def compose(account: Account, year: int, month: int, *, placed: list[Assignment], service: Service) -> dict[str, Any]:
    """What a month came to as far as it is told now. Five queries, however many lines."""
    plan = queries.plan_of(account, year, month)
    return rules.figures(
        lines=_lines(account, year, month), away=_away(account, service), plan=planned(plan) if plan else None,
        service=service, work_days=rules_on(placed[0].city_path, last_day(year, month)).work_days,
        places=list(dict.fromkeys(one.region.label for one in placed)),
    )  # fmt: skip


def told_to(scope: Scope, report: MonthReport) -> dict[str, Any]:
    """The figures of a report as somebody may read them: why the person was away is told to themselves and to the
    offices above that verify their log or decide on the report, never to somebody viewing as one of these."""
    knows = is_above((role.key for role in scope.offices_at(report) if role.verbs & KNOWING), report.role)
    own = scope.account is not None and scope.account.pk == report.account_id
    return report.figures if scope.viewer is None and (own or knows) else rules.without_kinds(report.figures)


def planned(plan: MonthPlan) -> list[Planned]:
    """The lines of a plan as facts."""
    return [Planned(one.what, one.region.path, one.region.label, one.activity, one.wanted) for one in plan.lines.all()]


def _lines(account: Account, year: int, month: int) -> list[rules.Line]:
    found = LogEntry.objects.filter(account=account, day__range=(first_day(year, month), last_day(year, month)))
    rows = found.prefetch_related("flags").order_by("day", "begins", "id")
    return [_line(one) for one in rows]


def _line(one: LogEntry) -> rules.Line:
    facts = {name: getattr(one, name) for name in rules.Line.__dataclass_fields__ if name != "flags"}
    return rules.Line(**facts, flags=tuple(flag.kind for flag in one.flags.all()))


def _away(account: Account, service: Service) -> list[rules.Away]:
    found = Absence.objects.filter(
        account=account, state=AbsenceState.APPROVED, first_day__lte=service.until, last_day__gte=service.since
    )
    return [rules.Away(one.kind, one.first_day, one.last_day) for one in found.order_by("first_day", "id")]
