"""Two at the same moment: one appointment per standing, one presence per ticket, no overlapping assignment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pendamping.facilitators.models import Appointment, Assignment, Attendee
from pendamping.facilitators.services import appointments, assignments, ceremonies, decrees, logbook
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests import logbook_factories as days
from pendamping.facilitators.tests.appointment_factories import END, NOW, START, TODAY
from pendamping.regions.tests import factories as places
from tests.harness.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_standing_is_appointed_once(shared: Callable[[], None]) -> None:
    by, decree = make.secretariat(), make.decree()
    chosen = make.standing(make.post(make.final_round(), places.ward()))
    shared()

    def appoint() -> str:
        appointments.appoint(by=by, at=NOW, decree=decree, standing=chosen)
        return "appointed"

    assert sorted(at_once(appoint, appoint), key=str) == ["already_appointed", "appointed"]
    assert at_once(lambda: (Appointment.objects.count(), Assignment.objects.count())) == [(1, 1)]


@pytest.mark.parametrize("act", ["assignment", "appointment", "decree"])
def test_a_line_is_written_while_a_service_is_ended_for_a_later_day(
    shared: Callable[[], None], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    by, one = make.secretariat(), make.placed(places.ward())
    held, hold = threading.Event(), logbook.hold
    last = {"by": by, "at": NOW, "ended_on": TODAY + timedelta(days=20), "reason": "Pindah"}
    acts: dict[str, Callable[[], Any]] = {
        "assignment": lambda: assignments.end_assignment(assignment=one, **last),
        "appointment": lambda: appointments.end_appointment(appointment=one.appointment, **last),
        "decree": lambda: decrees.revoke_decree(
            by=by, at=NOW, decree=one.decree, on=TODAY + timedelta(days=20), reason="Dicabut"
        ),
    }
    shared()

    def slowly(account: Any) -> Any:
        found = hold(account)
        held.set()
        time.sleep(1)
        return found

    monkeypatch.setattr(logbook, "hold", slowly)

    def write() -> str:
        return logbook.write_entry(by=one.account, at=NOW, region=one.region, **days.facts()).state

    def end() -> str:
        held.wait(10)
        acts[act]()
        return "ended"

    assert at_once(write, end) == ["written", "ended"]


def test_a_ticket_opens_once_and_nobody_is_placed_twice(shared: Callable[[], None]) -> None:
    by, one = make.secretariat(), make.appointed()
    ceremony = make.ceremony()
    ticket, ward = Attendee.objects.get().ticket, places.ward()
    shared()

    def enter() -> str:
        ceremonies.check_in(by=by, at=NOW, ceremony=ceremony, ticket=ticket)
        return "came"

    assert sorted(at_once(enter, enter), key=str) == ["came", "came_already"]

    def place(**facts: Any) -> Callable[[], str]:
        def run() -> str:
            assignments.assign(by=by, at=NOW, appointment=one, region=ward, **facts)
            return "placed"

        return run

    first = place(starts_on=START, ends_on=date(2026, 6, 30))
    second = place(starts_on=date(2026, 6, 1), ends_on=END)
    assert sorted(at_once(first, second), key=str) == ["overlaps", "placed"]
