"""Inaugurations: tickets open once, ticks by hand say why, the oath is recorded when somebody is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from pendamping.core.errors import Refused
from pendamping.facilitators.enums.ceremonies import Manner, Reason
from pendamping.facilitators.models import Attendee, Ceremony
from pendamping.facilitators.services import appointments
from pendamping.facilitators.services import ceremonies as services
from pendamping.facilitators.tests import appointment_factories as make
from pendamping.facilitators.tests.appointment_factories import NOW, TODAY
from pendamping.needs.tests import factories as needs

pytestmark = pytest.mark.django_db
OATH = {
    "version": "Perwal 1/2025, lampiran", "text": "Demi Allah saya bersumpah", "read_by": "Sekretaris Daerah",
    "witnesses": "Camat",
}  # fmt: skip


@pytest.fixture
def called() -> Ceremony:
    make.appointed()
    make.appointed("Tono Contoh")
    return make.ceremony()


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(**{"by": make.secretariat(), "at": NOW, **facts})
    return caught.value.reason


def tickets(ceremony: Ceremony) -> list[Attendee]:
    return list(ceremony.attendees.order_by("id"))


def test_everybody_appointed_gets_a_ticket_of_their_own(called: Ceremony) -> None:
    assert len({one.ticket for one in tickets(called)}) == 2
    make.appointed("Wati Contoh")
    services.invite_appointed(by=make.secretariat(), at=NOW, ceremony=called)
    services.invite_appointed(by=make.secretariat(), at=NOW, ceremony=called)
    assert len(tickets(called)) == 3


def test_a_ticket_opens_once(called: Ceremony) -> None:
    first, second = tickets(called)
    seen = services.check_in(by=make.secretariat(), at=NOW, ceremony=called, ticket=first.ticket.lower())
    assert (seen.pk, seen.attended_at, seen.manner) == (first.pk, NOW, Manner.TICKET)
    assert refusal(services.check_in, ceremony=called, ticket=first.ticket) == Reason.CAME_ALREADY
    assert refusal(services.check_in, ceremony=called, ticket="AAAAAAAAAA") == Reason.TICKET_UNKNOWN
    assert refusal(services.tick_by_hand, attendee=second, note=" ") == Reason.REASON_MISSING
    done = services.tick_by_hand(by=make.secretariat(), at=NOW, attendee=second, note="Ponsel mati")
    assert (done.manner, done.note) == (Manner.MANUAL, "Ponsel mati")


def test_not_before_the_day_and_not_for_who_has_left(called: Ceremony) -> None:
    one = tickets(called)[0]
    later = make.ceremony(held_on=TODAY + timedelta(days=3))
    assert refusal(services.check_in, ceremony=later, ticket=tickets(later)[0].ticket) == Reason.NOT_YET
    appointments.end_appointment(
        by=make.secretariat(), at=NOW, appointment=one.appointment, ended_on=date(2026, 1, 31), reason="Mundur"
    )
    assert refusal(services.check_in, ceremony=called, ticket=one.ticket) == Reason.ENDED
    assert refusal(services.call_ceremony, decree=make.decree("SK-8"), title="x", place="y", held_on=TODAY) == (
        Reason.NOBODY_APPOINTED
    )


def test_the_oath_is_taken_once_by_those_present(called: Ceremony) -> None:
    assert refusal(services.record_oath, ceremony=called, **OATH) == Reason.NOBODY_CAME
    services.check_in(by=make.secretariat(), at=NOW, ceremony=called, ticket=tickets(called)[0].ticket)
    assert refusal(services.record_oath, ceremony=called, **{**OATH, "text": ""}) == Reason.OATH_MISSING
    sworn = services.record_oath(by=make.secretariat(), at=NOW, ceremony=called, **OATH)
    assert (sworn.oath_at, sworn.oath_read_by) == (NOW, "Sekretaris Daerah")
    assert refusal(services.record_oath, ceremony=called, **OATH) == Reason.OATH_TAKEN


def test_photos_stay_inside(called: Ceremony) -> None:
    services.add_photos(by=make.secretariat(), at=NOW, ceremony=called, photos=[needs.picture()])
    assert [one.is_public for one in called.photos.all()] == [False]
