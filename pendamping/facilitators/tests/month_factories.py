"""A facilitator with a contract, a month of log, a report on its way, a list of pay: for tests of months and pay."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.facilitators.bank_details import as_typed
from pendamping.facilitators.enums.months import MonthOffice, MonthState
from pendamping.facilitators.models import Assignment, Deduction, LogEntry, MonthPlan, MonthReport, PayAccount, PayRun
from pendamping.facilitators.services import month_rules, months, pay_accounts, pay_runs
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

YEAR, MONTH = 2026, 3
JANUARY = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
FEBRUARY = datetime(2026, 2, 20, 3, 0, tzinfo=UTC)  # before the day for the plan
IN_MONTH = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
AFTER = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)  # within the correction window
LATE = datetime(2026, 4, 6, 3, 0, tzinfo=UTC)
NUMBER = "0012345678901"


def serving(ward: Region | None = None, name: str = "Ani Contoh", **changes: Any) -> Assignment:
    """Somebody appointed, placed and under contract for the year."""
    made = service.placed(ward or places.ward(), name)
    if not made.appointment.contracts.exists():
        service.contract(made.appointment, number=f"K-{made.appointment.code}", **changes)
    return made


def entry(of: Assignment, day: int = 2, **changes: Any) -> LogEntry:
    facts: dict[str, Any] = {
        "account": of.account, "assignment": of, "day": date(YEAR, MONTH, day), "activity": "visit",
        "what": "Kunjungan ke RW", "women": 3, "men": 2, "vulnerable": 1, "written_at": IN_MONTH, **changes,
    }  # fmt: skip
    return LogEntry.add(at=IN_MONTH, region=of.region, **facts)


def planned(of: Assignment, *, at: datetime = FEBRUARY, wanted: int = 2, **changes: Any) -> MonthPlan:
    items = [("Kunjungan RW", of.region, "visit", wanted)]
    return months.send_plan(by=of.account, at=at, **{"year": YEAR, "month": MONTH, "items": items, **changes})


def sent(of: Assignment | None = None, *, at: datetime = AFTER, **changes: Any) -> MonthReport:
    """The report of March, just sent."""
    of = of or serving()
    return months.send_report(by=of.account, at=at, **{"year": YEAR, "month": MONTH, **changes})


def area(district: Region | None = None, username: str = "askot") -> Account:
    return personas.person("area_coordinator", district or places.district(), username)


def korkot() -> Account:
    return personas.budi(places.city())


def boss() -> Account:
    return service.secretariat()


def treasurer(city: Region | None = None) -> Account:
    return personas.person("assistant_treasurer", city or places.city(), "bendahara-kota")


def approved(of: Assignment | None = None, *, at: datetime = AFTER, **changes: Any) -> MonthReport:
    """The report of March, recommended by whoever is there and approved."""
    report = sent(of, at=at, **changes)
    while report.awaits != MonthOffice.SECRETARIAT:
        who = area() if report.awaits == MonthOffice.AREA else korkot()
        report = months.recommend_report(by=who, at=at, report=report)
    done = months.approve_report(by=boss(), at=at, report=report)
    assert done.state == MonthState.APPROVED
    return done


def banked(of: Assignment, *, at: datetime = JANUARY, number: str = NUMBER, **changes: Any) -> PayAccount:
    facts = {"bank": "Bank Contoh", "holder": of.account.name, "tax_number": "", **changes}
    confirmed = bool(facts.pop("confirmed", False))
    details = as_typed(number=number, **facts)
    return pay_accounts.set_pay_account(by=of.account, at=at, details=details, confirmed=confirmed)


def taxed(**changes: Any) -> Deduction:
    facts: dict[str, Any] = {
        "city": places.city(), "title": "PPh 21", "legal_basis": "PP 58/2023 (contoh)", "rate": 500,
        "rate_without_tax_number": 600, "valid_from": date(2026, 1, 1), **changes,
    }  # fmt: skip
    return month_rules.set_deduction(by=boss(), at=JANUARY, **facts)


def run(*, at: datetime = AFTER, **changes: Any) -> PayRun:
    facts: dict[str, Any] = {"city": places.city(), "year": YEAR, "month": MONTH, **changes}
    return pay_runs.make_run(by=boss(), at=at, **facts)


def handed_over(*, at: datetime = AFTER) -> PayRun:
    return pay_runs.hand_over_run(by=boss(), at=at, run=run(at=at))


def paid(*, at: datetime = AFTER) -> PayRun:
    """The list of March, paid."""
    made = handed_over(at=at)
    pay_runs.take_file(by=treasurer(), at=at, run=made)
    return pay_runs.pay_run(by=treasurer(), at=at, run=made, paid_on=at.date(), number="SP2D-7")
