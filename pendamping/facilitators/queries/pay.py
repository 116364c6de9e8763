"""Lists of honoraria, what is left to pay, bank details in use, what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from pendamping.access.models import Account
from pendamping.facilitators.enums.ethics import CaseState, Sanction
from pendamping.facilitators.enums.months import MonthState
from pendamping.facilitators.enums.pay import LineState, RunState
from pendamping.facilitators.models import (
    Appointment,
    Assignment,
    Contract,
    EthicsCase,
    MonthReport,
    PayAccount,
    PayLine,
    PayRun,
)
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.month_rules import terms
from pendamping.facilitators.queries.months import reports
from pendamping.facilitators.rules import pay as rules
from pendamping.facilitators.rules.months import first_day, last_day

COUNTS = ~Q(lines__state=LineState.FAILED)


def runs() -> QuerySet[PayRun]:
    """Lists with their number of people and sum, failed lines left out."""
    found = PayRun.objects.select_related("region", "made_by", "handed_over_by", "paid_by")
    return found.annotate(
        people=Count("lines", filter=COUNTS), total=Sum("lines__net", filter=COUNTS, default=0)
    ).order_by("-year", "-month", "-number")  # fmt: skip


def lines() -> QuerySet[PayLine]:
    """Lines with everything a list shows."""
    return PayLine.objects.select_related(
        "account", "run__region", "report__region", "contract", "pay_account"
    ).order_by("id")  # fmt: skip


def lines_of(run: PayRun) -> QuerySet[PayLine]:
    return lines().filter(run=run).order_by("account__name", "id")


def own_lines(account: Account) -> QuerySet[PayLine]:
    """Somebody's pay, the newest month first."""
    return lines().filter(account=account).order_by("-run__year", "-run__month", "-run__number")


def pay_account_of(account: Account) -> PayAccount | None:
    """The bank details in use."""
    return PayAccount.objects.filter(account=account, replaced_at__isnull=True).select_related("city").first()


def pay_account_needed(account: Account) -> bool:
    """Does a contract pay somebody whose bank details are missing?"""
    known = PayAccount.objects.filter(account=account, replaced_at__isnull=True)
    return Contract.objects.filter(appointment__account=account).exists() and not known.exists()


def last_appointment(account: Account) -> Appointment | None:
    """The appointment that says which city pays somebody."""
    return Appointment.objects.filter(account=account).select_related("region").order_by("-starts_on", "-id").first()


def unpaid_reports(city_path: str, year: int, month: int) -> QuerySet[MonthReport]:
    """Approved reports of a month that are on no list, failed lines aside."""
    on_a_list = PayLine.objects.exclude(state=LineState.FAILED).values("report")
    found = reports().filter(city_path=city_path, year=year, month=month, state=MonthState.APPROVED)
    return found.exclude(pk__in=on_a_list).order_by("account__name", "id")


def contracts_in(
    city_path: str, people: list[int], year: int, month: int
) -> dict[int, list[tuple[Contract, rules.Paid]]]:
    """The contracts that pay each person for days of a month, the earlier first. One query."""
    found: dict[int, list[tuple[Contract, rules.Paid]]] = {}
    rows = Contract.objects.filter(
        appointment__account__in=people, appointment__city_path=city_path, fiscal_year=year,
        starts_on__lte=last_day(year, month), ends_on__gte=first_day(year, month),
    ).select_related("appointment")  # fmt: skip
    for one in rows.order_by("starts_on", "id"):
        ends = min(one.ends_on, one.appointment.last_day)
        if ends >= max(one.starts_on, first_day(year, month)):
            fact = rules.Paid(one.number, one.monthly, one.starts_on, ends)
            found.setdefault(one.appointment.account_id, []).append((one, fact))
    return found


def suspended_in(people: list[int], year: int, month: int) -> dict[int, list[rules.Days]]:
    """The days of a month on which each person is suspended. One query."""
    found: dict[int, list[rules.Days]] = {}
    rows = EthicsCase.objects.filter(
        about__account__in=people, state=CaseState.DECIDED, sanction=Sanction.SUSPENSION,
        suspended_from__lte=last_day(year, month), suspended_until__gte=first_day(year, month),
    )  # fmt: skip
    for person, since, until in rows.order_by("id").values_list("about__account", "suspended_from", "suspended_until"):
        if since is not None and until is not None:
            found.setdefault(person, []).append((since, until))
    return found


def served_without_contract(city_path: str, people: list[int], year: int, month: int) -> dict[int, list[rules.Days]]:
    """The days of a month each person serves under an appointment that has no contract of the year. One query."""
    found: dict[int, list[rules.Days]] = {}
    known = Contract.objects.filter(fiscal_year=year).values("appointment")
    rows = Assignment.objects.annotate(until=LAST_DAY).filter(
        account__in=people, appointment__city_path=city_path, starts_on__lte=last_day(year, month),
        until__gte=first_day(year, month),
    )  # fmt: skip
    rows = rows.exclude(appointment__in=known).order_by("id")
    for person, starts_on, until in rows.values_list("account", "starts_on", "until"):
        found.setdefault(person, []).append((starts_on, until))
    return found


@dataclass(frozen=True)
class Payable:
    """An approved report not paid yet, with what it comes to (id: dapat dibayar); without a contract for all days
    served, as far as one may still be recorded, nothing is paid."""

    report: MonthReport
    contract: Contract | None
    parts: list[dict[str, Any]]
    pay_account: PayAccount | None

    @property
    def gross(self) -> int:
        return sum(part["gross"] for part in self.parts)


def payables(city_path: str, year: int, month: int) -> list[Payable]:
    """What is left to pay for a month, and who is left out for want of a contract. Six queries."""
    waiting = list(unpaid_reports(city_path, year, month))
    people = [one.account_id for one in waiting]
    contracts = contracts_in(city_path, people, year, month)
    known = {one.account_id: one for one in PayAccount.objects.filter(account__in=people, replaced_at__isnull=True)}
    pays_suspension = terms(city_path, last_day(year, month)).pays_suspension
    suspended = {} if pays_suspension else suspended_in(people, year, month)
    open_days = served_without_contract(city_path, people, year, month)
    found = []
    for one in waiting:
        mine = contracts.get(one.account_id, [])
        facts = [fact for _contract, fact in mine]
        shares = rules.parts(facts, year, month, suspended.get(one.account_id, ()))
        is_whole = not rules.awaits_contract(facts, open_days.get(one.account_id, ()), year, month)
        contract = mine[-1][0] if shares and is_whole else None
        found.append(Payable(one, contract, shares, known.get(one.account_id)))
    return found


def is_stale(run: PayRun) -> bool:
    """Did bank details on a list change after its file was taken?"""
    if run.file_taken_at is None:
        return False
    return run.lines.filter(state=LineState.READY, pointed_at__gt=run.file_taken_at).exists()


def months_waiting_for_pay(city_path: str) -> list[tuple[int, int, int]]:
    """Months with approved reports on no list: year, month, how many. The oldest first."""
    on_a_list = PayLine.objects.exclude(state=LineState.FAILED).values("report")
    found = MonthReport.objects.filter(city_path=city_path, state=MonthState.APPROVED).exclude(pk__in=on_a_list)
    rows = found.order_by("year", "month").values_list("year", "month").annotate(count=Count("pk"))
    return [(year, month, count) for year, month, count in rows]


def reports_waiting_for_run() -> QuerySet[MonthReport]:
    """Approved reports on no list, for the secretariat to make one."""
    on_a_list = PayLine.objects.exclude(state=LineState.FAILED).values("report")
    found = reports().filter(state=MonthState.APPROVED).exclude(pk__in=on_a_list)
    return found.order_by("approved_at", "id")


def runs_waiting_to_hand_over() -> QuerySet[PayRun]:
    """Lists the secretariat has made and not handed over."""
    return runs().filter(state=RunState.MADE)


def runs_handed_over() -> QuerySet[PayRun]:
    """Lists the treasurer has or had."""
    return runs().exclude(state=RunState.MADE)


def runs_waiting_to_pay() -> QuerySet[PayRun]:
    """Lists that lie with the treasurer."""
    return runs().filter(state=RunState.HANDED_OVER)


def lines_waiting_for_treasurer() -> QuerySet[PayLine]:
    """Pay that did not arrive, as the person says."""
    return lines().filter(state=LineState.DENIED).order_by("answered_at", "id")


def lines_waiting_for_receipt(account: Account) -> QuerySet[PayLine]:
    """One's own pay to be confirmed."""
    return own_lines(account).filter(state=LineState.PAID)


def under_way(account: Account) -> PayLine | None:
    """A line of somebody on a list that is made or handed over and not paid yet."""
    found = lines().filter(account=account, state=LineState.READY).exclude(run__state=RunState.PAID)
    return found.order_by("id").first()
