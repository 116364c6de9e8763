"""Acts done elsewhere fall into the logbook: once, without words, and only of wards served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendamping.core.errors import Refused
from pendamping.core.moments import day
from pendamping.facilitators.enums.logbook import Reason
from pendamping.facilitators.models import Assignment, LogEntry
from pendamping.facilitators.queries import logbook as queries
from pendamping.facilitators.services import assignments, log_gathering, log_verification, logbook
from pendamping.facilitators.services.log_gathering import gather
from pendamping.facilitators.tests import appointment_factories as service
from pendamping.facilitators.tests import logbook_factories as make
from pendamping.facilitators.tests.appointment_factories import NOW, TODAY
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONTH = (date(2026, 2, 1), date(2026, 2, 28))


@pytest.fixture
def ani() -> Assignment:
    return make.placed()


def lines() -> list[tuple[str, str, int, int, int]]:
    found = LogEntry.objects.order_by("source")
    return list(found.values_list("verb", "activity", "women", "men", "vulnerable"))


def test_an_act_becomes_one_line_however_often_the_book_is_opened(ani: Assignment) -> None:
    act = make.done(ani.account, "needs.need_verified", ani.region, subject=ani)
    assert [gather(ani.account, *MONTH) for _ in (1, 2)] == [1, 0]
    made = LogEntry.objects.get()
    assert (made.source, made.assignment, made.region, made.linked_code) == (act.pk, ani, ani.region, ani.code)
    assert (made.state, made.verified_by, made.day, made.what) == (
        "verified",
        None,
        TODAY,
        "Memverifikasi kebutuhan di lapangan",
    )
    assert made.is_automatic
    assert not queries.logs_waiting_to_verify()


def test_only_known_acts_of_wards_served_on_that_day_count(ani: Assignment) -> None:
    make.done(ani.account, "access.signed_in", ani.region)
    make.done(ani.account, "needs.need_verified", places.ward(2))
    make.done(ani.account, "needs.need_verified", ani.region, at=NOW - DAY * 60)
    make.done(make.coordinator(), "needs.need_verified", ani.region)
    assignments.end_assignment(by=service.secretariat(), at=NOW, assignment=ani, ended_on=TODAY, reason="Pindah")
    make.done(ani.account, "needs.need_verified", ani.region, at=NOW + DAY)
    assert gather(ani.account, date(2025, 1, 1), date(2026, 12, 31)) == 0


def test_people_met_are_read_where_the_journal_counted_them(ani: Assignment) -> None:
    def attended(**changes: Any) -> None:
        make.done(ani.account, "deliberation.attendance_counted", ani.region, changes=changes)

    attended(women=[0, 12], men=[0, 8], elderly=[0, 3], poor=[0, 5])
    attended(women=[12, 14])  # mended upwards: only what it adds
    attended(men=[8, 6])
    assert gather(ani.account, *MONTH) == 3
    verb = "deliberation.attendance_counted"
    assert lines() == [(verb, "meeting", 12, 8, 5), (verb, "meeting", 2, 0, 0), (verb, "meeting", 0, 0, 0)]


def test_a_closed_month_takes_no_automatic_line(ani: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    make.done(ani.account, "needs.need_verified", ani.region)
    monkeypatch.setattr(log_gathering, "month_is_closed", lambda account, year, month: True)
    assert gather(ani.account, *MONTH) == 0


def test_words_are_added_and_what_happened_stays(ani: Assignment) -> None:
    make.done(ani.account, "needs.need_verified", ani.region)
    gather(ani.account, *MONTH)
    made = LogEntry.objects.get()
    with pytest.raises(Refused) as caught:
        logbook.repair_entry(by=ani.account, at=NOW, entry=made, region=ani.region, **make.facts())
    assert caught.value.reason == Reason.AUTOMATIC
    boss = make.coordinator()
    with pytest.raises(Refused) as caught:
        log_verification.return_entry(by=boss, at=NOW, entry=made, reason="Mana?")
    assert caught.value.reason == Reason.PROVEN
    told = logbook.add_words(by=ani.account, at=NOW, entry=made, problem="Saluran tertutup bangunan")
    assert (told.state, told.what, told.verified_at) == ("written", made.what, None)
    assert list(queries.logs_waiting_to_verify()) == [told]
    sent = log_verification.return_entry(by=boss, at=NOW, entry=told, reason="Bangunan apa?")
    again = logbook.add_words(by=ani.account, at=NOW, entry=sent, problem="Tertutup pos ronda")
    assert (again.state, again.returns) == ("written", 1)
    log_verification.verify_entry(by=boss, at=NOW, entry=again)
    with pytest.raises(Refused) as caught:
        logbook.add_words(by=ani.account, at=NOW, entry=again, problem="Lagi")
    assert caught.value.reason == Reason.VERIFIED_ALREADY


def test_gathering_costs_the_same_for_one_act_and_for_twenty(ani: Assignment) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            gather(ani.account, *MONTH)
        return len(seen)

    nothing = cost()
    make.done(ani.account, "needs.need_verified", ani.region)
    one = cost()
    for _ in range(20):
        make.done(ani.account, "needs.voice_recorded", ani.region)
    assert (nothing, cost(), cost()) == (2, one, 2)
    assert LogEntry.objects.count() == 21


def test_the_command_opens_the_book_of_everybody_who_serves(ani: Assignment) -> None:
    make.done(ani.account, "needs.need_verified", ani.region)
    back, said = (day(timezone.now()) - TODAY).days + 1, StringIO()
    call_command("logbook_gather", days=back, stdout=said)
    call_command("logbook_gather", days=back, stdout=said)
    assert said.getvalue().split() == ["1", "lines", "0", "lines"]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_the_book_at_once_make_one_line_of_each_act(shared: Callable[[], None]) -> None:
    ani = make.placed()
    for _ in range(5):
        make.done(ani.account, "needs.need_verified", ani.region)
    shared()

    def read() -> None:
        gather(ani.account, *MONTH)

    assert at_once(read, read) == [None, None]
    assert at_once(LogEntry.objects.count) == [5]
