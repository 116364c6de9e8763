"""Two at the same moment: a month is closed once, a report is paid once, a decision is taken once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pendamping.facilitators.models import LogEntry, MonthDecision, MonthReport, PayAccount, PayLine, PayRun
from pendamping.facilitators.queries import pay
from pendamping.facilitators.services import log_verification, logbook, months
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as days
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, IN_MONTH, MONTH, YEAR
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_month_is_closed_once_by_two_at_once(shared: Callable[[], None]) -> None:
    sari = make.serving()
    shared()

    def send() -> str:
        months.send_report(by=sari.account, at=AFTER, year=YEAR, month=MONTH)
        return "sent"

    assert sorted(at_once(send, send), key=str) == ["sent", "sent_already"]
    assert at_once(MonthReport.objects.count) == [1]


def test_a_report_is_decided_once_by_two_at_once(shared: Callable[[], None]) -> None:
    report, one = make.sent(), make.boss()
    other = service.personas.person("secretariat", places.city(), "sekretariat-2")
    shared()

    def approve(by: object) -> Callable[[], str]:
        def run() -> str:
            months.approve_report(by=by, at=AFTER, report=report)
            return "approved"

        return run

    assert sorted(at_once(approve(one), approve(other)), key=str) == ["approved", "not_open"]
    assert at_once(MonthDecision.objects.count) == [1]


def test_a_list_is_made_once_by_two_at_once(shared: Callable[[], None]) -> None:
    make.approved()
    make.boss()
    shared()

    def run() -> str:
        make.run()
        return "made"

    assert sorted(at_once(run, run), key=str) == ["made", "nothing_to_pay"]
    assert at_once(lambda: (PayRun.objects.count(), PayLine.objects.count())) == [(1, 1)]


def test_a_report_goes_on_a_list_or_back_but_not_both(shared: Callable[[], None]) -> None:
    report, boss = make.approved(), make.boss()
    shared()

    def run() -> str:
        make.run()
        return "made"

    def back() -> str:
        months.return_report(by=boss, at=AFTER, report=report, reason="Lengkapi")
        return "returned"

    assert sorted(at_once(run, back), key=str) in (["made", "on_list"], ["nothing_to_pay", "returned"])


def test_bank_details_given_twice_at_once_leave_one_in_use(shared: Callable[[], None]) -> None:
    sari = make.serving()
    shared()

    def give(number: str) -> Callable[[], str]:
        def run() -> str:
            make.banked(sari, number=number)
            return "kept"

        return run

    found = at_once(give("5550001111"), give("5550002222"))
    assert set(found) <= {"kept", "details_changed"}
    assert "kept" in found
    assert at_once(lambda: PayAccount.objects.filter(replaced_at=None).count()) == [1]


def test_bank_details_changed_while_a_list_is_made_are_those_it_pays_to(
    shared: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = make.serving()
    make.banked(sari)
    make.approved(sari)
    make.boss()
    looking, look = threading.Event(), pay.payables
    shared()

    def slowly(*args: Any) -> Any:
        told = look(*args)
        looking.set()
        time.sleep(1)
        return told

    monkeypatch.setattr(pay, "payables", slowly)

    def change() -> str:
        looking.wait(10)
        return make.banked(sari, number="5550001111", confirmed=True).last_four

    assert at_once(lambda: make.run().number, change) == [1, "1111"]
    assert at_once(lambda: PayLine.objects.get().pay_account.last_four) == ["1111"]


@pytest.mark.parametrize("act", ["write", "repair", "return", "fall in"])
def test_nothing_slips_into_a_month_that_is_being_sent(
    shared: Callable[[], None], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    sari, boss = make.serving(), make.boss()
    known = make.entry(sari)
    composing, compose = threading.Event(), months.compose
    shared()

    def slowly(*args: Any, **given: Any) -> Any:
        told = compose(*args, **given)
        composing.set()
        time.sleep(1)
        return told

    monkeypatch.setattr(months, "compose", slowly)
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: logbook.write_entry(by=sari.account, at=AFTER, region=sari.region, **facts()),
        "repair": lambda: logbook.repair_entry(
            by=sari.account, at=AFTER, entry=known, region=sari.region, **facts(problem="Banjir")
        ),
        "return": lambda: log_verification.return_entry(by=boss, at=AFTER, entry=known, reason="RT mana?"),
        "fall in": lambda: (
            days.done(sari.account, "needs.need_verified", sari.region, at=IN_MONTH),
            logbook.gather(sari.account, date(YEAR, MONTH, 1), date(YEAR, MONTH, 31)),
        ),
    }

    def meanwhile() -> None:
        composing.wait(10)
        acts[act]()

    def send() -> str:
        return months.send_report(by=sari.account, at=AFTER, year=YEAR, month=MONTH).digest

    at_once(send, meanwhile)
    kept, told = at_once(
        lambda: sorted(LogEntry.objects.values_list("state", "problem")), lambda: MonthReport.objects.get().figures
    )
    assert (kept, told["states"]) == ([("written", "")], {"written": 1})


def facts(**changes: Any) -> dict[str, Any]:
    return days.facts(day=date(YEAR, MONTH, 9), **changes)
