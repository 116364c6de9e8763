"""Two at the same moment: a month is closed once, a report is paid once, a decision is taken once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pendamping.facilitators.models import MonthDecision, MonthReport, PayAccount, PayLine, PayRun
from pendamping.facilitators.services import months
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import month_factories as make
from pendamping.facilitators.tests.month_factories import AFTER, MONTH, YEAR
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
