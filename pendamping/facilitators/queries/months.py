"""Plans and reports of months: whose, where they stand, who has not sent one, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pendamping.access.models import Account, Grant
from pendamping.access.queries import in_force
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.core.counters import after
from pendamping.facilitators.enums.logbook import LogState
from pendamping.facilitators.enums.months import MonthOffice, MonthState
from pendamping.facilitators.enums.pay import LineState
from pendamping.facilitators.models import Appointment, Assignment, LogEntry, MonthDecision, MonthPlan, MonthReport
from pendamping.facilitators.queries.assignments import LAST_DAY, assignments
from pendamping.facilitators.queries.month_rules import terms
from pendamping.facilitators.rules import months as rules
from pendamping.regions.models import WIDTHS, Region

CITY = WIDTHS["city"]


def reports() -> QuerySet[MonthReport]:
    """Reports with everything a list shows."""
    return MonthReport.objects.select_related("account", "region__parent", "approved_by")


def reports_of(account: Account) -> QuerySet[MonthReport]:
    """Somebody's reports, the newest month first."""
    return reports().filter(account=account).order_by("-year", "-month")


def report_of(account: Account, year: int, month: int) -> MonthReport | None:
    return reports().filter(account=account, year=year, month=month).first()


def seen_by(scope: Scope) -> QuerySet[MonthReport]:
    """The reports of the places somebody sees facilitators of."""
    return scope.narrow(reports(), Verb.FACILITATOR_SEE).order_by("-year", "-month", "account__name", "id")


def plan_of(account: Account, year: int, month: int) -> MonthPlan | None:
    found = MonthPlan.objects.filter(account=account, year=year, month=month)
    return found.prefetch_related("lines__region__parent").first()


def placed_in(account: Account, year: int, month: int) -> list[Assignment]:
    """The assignments somebody serves at least a day of in a month."""
    since, until = rules.first_day(year, month), rules.last_day(year, month)
    found = assignments().annotate(until=LAST_DAY).filter(account=account, starts_on__lte=until, until__gte=since)
    return list(found.filter(until__gte=F("starts_on")).order_by("region_path", "starts_on", "id"))


def service_in(
    placed: Iterable[Assignment], year: int, month: int, appointed: Iterable[Appointment] = ()
) -> rules.Service | None:
    """The days served in a month, in the highest role; None for nobody placed.

    `appointed`: all appointments of the person. Under each that reaches into the month they may still be placed.
    """
    placed = list(placed)
    if not placed:
        return None
    first, last = rules.first_day(year, month), rules.last_day(year, month)
    spans = tuple((max(one.starts_on, first), min(one.last_day, last)) for one in placed)
    ends = [max(one.last_day, one.appointment.last_day) for one in placed]
    ends += [one.last_day for one in appointed if one.starts_on <= last]
    over_on = min(last, max(ends))
    return rules.Service(spans, rules.highest(one.role for one in placed), over_on)


def appointments_of(account: Account) -> list[Appointment]:
    """Every appointment of somebody."""
    return list(Appointment.objects.filter(account=account).order_by("id"))


def lines_sent_back(account: Account, year: int, month: int) -> list[str]:
    """The codes of somebody's lines of a month that were sent back and not mended yet."""
    days = (rules.first_day(year, month), rules.last_day(year, month))
    found = LogEntry.objects.filter(account=account, day__range=days, state=LogState.RETURNED).order_by("day", "id")
    return list(found.values_list("code", flat=True))


def around(placed: Iterable[Assignment]) -> Region:
    """The smallest place around all places served: a ward, its district, or the city."""
    placed = list(placed)
    paths = [one.region_path for one in placed]
    found: Region = placed[0].region
    while found.parent is not None and not all(path.startswith(found.path) for path in paths):
        found = found.parent
    return found


def month_is_closed(account: Account, year: int, month: int, on: date | None = None) -> bool:
    """May lines of the log of this month no longer be written or changed?

    Closed while the report is on the way or approved; on a day (`on`) also once the correction window is over. A
    report sent back opens the log again.
    """
    found = MonthReport.objects.filter(account=account, year=year, month=month).values_list("state", "closes_on")
    state, closes = found.first() or (None, None)
    if closes is None:
        path = _city_of(account)
        closes = rules.closes_on(year, month, terms(path, rules.last_day(year, month)))
    return rules.is_closed(state=state, today=on, closes=closes)


def _city_of(account: Account) -> str:
    found = Assignment.objects.filter(account=account).order_by("-starts_on").values_list("city_path", flat=True)
    return found.first() or ""


def staffed(report: MonthReport, on: date, said: Sequence[rules.Said]) -> set[str]:
    """The coordinators' offices held over a report's place on a day by somebody who may still speak for them."""
    path = report.region_path
    around_it = [path[:width] for width in WIDTHS.values() if width <= len(path)]
    found = Grant.objects.filter(
        in_force(on), role__in=(MonthOffice.AREA, MonthOffice.CITY), region__path__in=around_it, account__is_active=True
    )
    holders = found.exclude(account=report.account_id).order_by().values_list("role", "account_id")
    return {
        role for role, person in holders
        if rules.may_speak(person=person, office=role, said=said, sending=report.sendings)
    }  # fmt: skip


def said_of(report: MonthReport) -> list[rules.Said]:
    """Every office's word on a report so far."""
    return [rules.Said(one.sending, one.office, one.kind, one.decided_by_id) for one in report.decisions.order_by("id")]


def next_office(report: MonthReport, on: date) -> MonthOffice:
    """Whom a report on the way waits for, with the offices as they are filled on a day."""
    said = said_of(report)
    return rules.awaited(rules.ladder(report.role, staffed(report, on, said)), said, report.sendings)


def is_on_list(report: MonthReport) -> bool:
    """Does a list of honoraria have this report? A payment that failed gives it back."""
    return report.pay_lines.exclude(state=LineState.FAILED).exists()


def reports_passed_by(on: date) -> list[MonthReport]:
    """Reports on the way that wait for another office than they should, since offices were filled or left empty."""
    waiting = reports().filter(state__in=rules.ON_THE_WAY).order_by("id")
    return [one for one in waiting if one.awaits != next_office(one, on)]


@dataclass(frozen=True)
class Missing:
    """Somebody who served in a month and has not sent its report (id: belum mengirim laporan)."""

    account: Account
    places: tuple[str, ...]
    since: date
    until: date
    has_plan: bool


def missing(scope: Scope, year: int, month: int) -> list[Missing]:
    """Who has not sent a report of a month in the places somebody sees, by name. Three queries."""
    since, until = rules.first_day(year, month), rules.last_day(year, month)
    found = scope.narrow(assignments(), Verb.FACILITATOR_SEE).annotate(until=LAST_DAY)
    found = found.filter(starts_on__lte=until, until__gte=since).filter(until__gte=F("starts_on"))
    sent = MonthReport.objects.filter(year=year, month=month).values("account")
    people: dict[int, list[Assignment]] = {}
    for one in found.exclude(account__in=sent).order_by("account__name", "account_id", "region_path", "id"):
        people.setdefault(one.account_id, []).append(one)
    planned = set(
        MonthPlan.objects.filter(account__in=list(people), year=year, month=month).values_list("account_id", flat=True)
    )
    return [_missing(placed, year, month, planned) for placed in people.values()]


def _missing(placed: list[Assignment], year: int, month: int, planned: set[int]) -> Missing:
    served = service_in(placed, year, month)
    first = placed[0]
    since, until = (served.since, served.until) if served else (first.starts_on, first.last_day)
    labels = tuple(dict.fromkeys(one.region.label for one in placed))
    return Missing(first.account, labels, since, until, first.account_id in planned)


def reports_waiting_for(office: str) -> QuerySet[MonthReport]:
    """Reports on the way whose next step is this office's, the oldest first."""
    return reports().filter(state__in=rules.ON_THE_WAY, awaits=office).order_by("sent_at", "id")


def reports_waiting_to_recommend(account: Account, on: date) -> QuerySet[MonthReport]:
    """Reports that wait for an office this person holds, except their own; to be narrowed to their places."""
    held = Grant.objects.filter(in_force(on), account=account, role__in=(MonthOffice.AREA, MonthOffice.CITY))
    wanted = Q(pk__in=[])
    for role, path in held.order_by("role").values_list("role", "region__path"):
        wanted |= Q(awaits=role, region_path__gte=path, region_path__lt=after(path))
    waiting = reports().filter(wanted, state__in=rules.ON_THE_WAY).exclude(account=account)
    spoken = MonthDecision.objects.filter(report=OuterRef("pk"), decided_by=account, sending=OuterRef("sendings"))
    return waiting.filter(~Exists(spoken)).order_by("sent_at", "id")


def reports_waiting_for_approval() -> QuerySet[MonthReport]:
    """Reports that have passed the coordinators and wait for the secretariat."""
    return reports_waiting_for(MonthOffice.SECRETARIAT)


def own_reports_waiting(account: Account) -> QuerySet[MonthReport]:
    """One's own reports that were sent back."""
    return reports_of(account).filter(state=MonthState.RETURNED)


@dataclass(frozen=True)
class Served:
    """A month somebody served in (id: bulan bertugas)."""

    year: int
    month: int
    placed: tuple[Assignment, ...]
    service: rules.Service


def own_months(account: Account, today: date, most: int = 12) -> list[Served]:
    """The months somebody served in, this one and earlier, the newest first; at most so many. Two queries."""
    appointed = appointments_of(account)
    placed = assignments().filter(account=account, starts_on__lte=today)
    known = [one for one in placed.order_by("region_path", "starts_on", "id") if one.last_day >= one.starts_on]
    found: list[Served] = []
    year, month = today.year, today.month
    earliest = min((one.starts_on for one in known), default=today)
    while len(found) < most and rules.last_day(year, month) >= earliest:
        here = [one for one in known if _reaches(one, year, month)]
        service = service_in(here, year, month, appointed)
        if service is not None:
            found.append(Served(year, month, tuple(here), service))
        year, month = rules.month_before(year, month)
    return found


def _reaches(one: Assignment, year: int, month: int) -> bool:
    return one.starts_on <= rules.last_day(year, month) and one.last_day >= rules.first_day(year, month)


def months_to_send(account: Account, today: date) -> list[Served]:
    """The months whose report somebody can send today and never has, the oldest first. Three queries."""
    known = {(one.year, one.month) for one in reports_of(account)}
    months = own_months(account, today)
    return [one for one in months[::-1] if (one.year, one.month) not in known and today >= one.service.over_on]
