"""Two at the same moment: one appointment per standing, one presence per ticket, no overlapping assignment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pendamping.facilitators.models import Appointment, Assignment, Attendee
from pendamping.facilitators.services import appointments, assignments, ceremonies
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import END, NOW, START
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
