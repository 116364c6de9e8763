"""The demo's months: the last one reported by all who serve, most of it approved and paid, one sent back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pendamping.access.models import Account
from pendamping.demo.people import hold, sign_in
from pendamping.facilitators.bank_details import as_typed
from pendamping.facilitators.enums.months import MonthOffice
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models import Assignment, MonthReport, PayRun
from pendamping.facilitators.queries import months as queries
from pendamping.facilitators.queries.assignments import LAST_DAY
from pendamping.facilitators.queries.pay import unpaid_reports
from pendamping.facilitators.rules.months import first_day, last_day, month_after, month_before
from pendamping.facilitators.services import month_rules, months, pay_accounts, pay_receipts, pay_runs
from pendamping.regions.models import Region

BASIS = "Keputusan Wali Kota (contoh)"
MOST = 6


def build(city: Region, people: Account, today: date, say: Callable[[str], object]) -> None:
    """Tell last month's reports and pay; `people` is the secretariat. In January nobody has served a month yet."""
    boss, at = people, _noon(today)
    year, month = month_before(today.year, today.month)
    _rules(city, boss, today, at)
    serving = _serving(city, year, month)
    reports = [_report(one, number, year, month, at) for number, one in enumerate(serving)]
    approved = 0
    for number, report in enumerate(reports):
        if number == 1:
            _send_back(report, city, boss, at)
        else:
            approved += _decide(report, city, boss, at)
    for one in serving[:2]:
        _plan_next(one, today, at)
    if approved and unpaid_reports(city.path, year, month).exists():
        _pay(city, boss, year, month, at)
    say(f"{len(reports)} laporan bulanan, {approved} disetujui dan dibayar")


def _rules(city: Region, boss: Account, today: date, at: datetime) -> None:
    begins = date(today.year - 1, 12, 1)
    month_rules.set_month_rules(
        by=boss, at=at, city=city, valid_from=begins, legal_basis=BASIS, plan_day=25, correction_days=3, pay_day=10
    )
    month_rules.set_deduction(
        by=boss, at=at, city=city, title="PPh 21", legal_basis="Peraturan pajak (contoh)", rate=500,
        rate_without_tax_number=600, valid_from=begins,
    )  # fmt: skip


def _serving(city: Region, year: int, month: int) -> list[Assignment]:
    """One assignment of each who served in the month and has no line of it to mend, the wards first."""
    found = Assignment.objects.annotate(until=LAST_DAY).filter(
        city_path=city.path, role=PostKind.WARD_FACILITATOR, starts_on__lte=last_day(year, month),
        until__gte=first_day(year, month),
    )  # fmt: skip
    people: dict[int, Assignment] = {}
    for one in found.select_related("account", "region").order_by("id"):
        if not queries.lines_sent_back(one.account, year, month):
            people.setdefault(one.account_id, one)
    return list(people.values())[:MOST]


def _report(one: Assignment, number: int, year: int, month: int, at: datetime) -> MonthReport:
    if number != 2:  # the third has not given bank details yet
        details = as_typed("Bank Contoh", f"00123456780{number}", one.account.name, "0925429434070" + f"{number:02d}")
        pay_accounts.set_pay_account(by=one.account, at=at, details=details)
    return months.send_report(
        by=one.account, at=at, year=year, month=month, note="Warga mulai rajin datang ke rembuk RW. (contoh)"
    )


def _decide(report: MonthReport, city: Region, boss: Account, at: datetime) -> bool:
    """Up the line to the secretariat's approval, through whoever is there."""
    while report.awaits != MonthOffice.SECRETARIAT:
        report = months.recommend_report(by=_coordinator(report, city, at), at=at, report=report)
    months.approve_report(by=boss, at=at, report=report)
    return True


def _send_back(report: MonthReport, city: Region, boss: Account, at: datetime) -> None:
    by = boss if report.awaits == MonthOffice.SECRETARIAT else _coordinator(report, city, at)
    months.return_report(by=by, at=at, report=report, reason="Masalah di RW 03 belum disertai penyelesaian. (contoh)")


def _coordinator(report: MonthReport, city: Region, at: datetime) -> Account:
    """Who holds the office a report waits for."""
    if report.awaits == MonthOffice.CITY:
        return hold(sign_in("budi", "Budi Contoh"), MonthOffice.CITY, city, at)
    found = Region.objects.get(path=report.region_path[:6])
    return hold(sign_in("askot", "Asep Contoh"), MonthOffice.AREA, found, at)


def _plan_next(one: Assignment, today: date, at: datetime) -> None:
    year, month = month_after(today.year, today.month)
    if queries.placed_in(one.account, year, month):
        items = [
            ("Kunjungan ke RT yang belum terdengar", one.region, "visit", 4),
            ("Rembuk RW tentang usulan", one.region, "meeting", 2),
        ]
        months.send_plan(by=one.account, at=at, year=year, month=month, items=items)


def _pay(city: Region, boss: Account, year: int, month: int, at: datetime) -> None:
    """A list is paid; one has confirmed, the next is asked."""
    cash = hold(sign_in("bendahara-kota", "Bayu Contoh"), "assistant_treasurer", city, at)
    run: PayRun = pay_runs.make_run(by=boss, at=at, city=city, year=year, month=month)
    pay_runs.hand_over_run(by=boss, at=at, run=run)
    pay_runs.take_file(by=cash, at=at, run=run)
    pay_runs.pay_run(by=cash, at=at, run=run, paid_on=at.date(), number="SP2D-CONTOH-1")
    paid = list(run.lines.filter(state="paid").order_by("id"))
    if len(paid) > 1:
        pay_receipts.confirm_receipt(by=paid[0].account, at=at, line=paid[0])


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12, 30), ZoneInfo("Asia/Jakarta"))
