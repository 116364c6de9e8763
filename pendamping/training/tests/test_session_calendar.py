"""Calendar entries as another program reads them: parsed by icalendar again, folded and ended as RFC 5545 says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from pendamping.regions.tests import factories as places
from pendamping.training import calendars
from pendamping.training.models import Session
from pendamping.training.queries import sessions as queries
from pendamping.training.services import sessions as services
from pendamping.training.tests import factories as make
from pendamping.training.tests.factories import NOW, STARTS

pytestmark = pytest.mark.django_db


def event(session: Session) -> Any:
    [found] = Calendar.from_ical(calendars.calendar(queries.sessions().filter(pk=session.pk))).walk("VEVENT")
    return found


def test_entry_is_at_the_right_moment_in_the_zone_of_the_place() -> None:
    city = places.city()
    city.zone = "Asia/Makassar"
    city.save()
    session = make.session(materials="Bawa buku; baca modul 1, 2")
    data = calendars.calendar(queries.sessions())
    found = Calendar.from_ical(data)
    [entry] = found.walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (session.starts_at, session.ends_at)
    assert entry["DTSTART"].params["TZID"] == "Asia/Makassar"
    [zone] = found.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Makassar"
    assert (entry["DTSTAMP"].dt, entry["LAST-MODIFIED"].dt) == (session.changed_at, session.changed_at)
    assert str(entry["LOCATION"]) == "Aula kecamatan"
    assert "Bawa buku; baca modul 1, 2" in str(entry["DESCRIPTION"])


def test_session_cancelled_stays_in_the_calendar_with_a_higher_sequence() -> None:
    session = make.session()
    learner = make.placed(session).enrolment.account
    first = event(session)
    services.move_session(
        by=None, at=NOW + timedelta(hours=1), session=session, place="B", starts_at=STARTS, ends_at=session.ends_at,
        reason="Banjir",
    )  # fmt: skip
    second = event(session)
    services.cancel_session(by=None, at=NOW + timedelta(hours=2), session=session, reason="Pelatih sakit")
    third = event(session)
    assert [one["SEQUENCE"] for one in (first, second, third)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({str(one["UID"]) for one in (first, second, third)}) == 1
    assert third["LAST-MODIFIED"].dt == NOW + timedelta(hours=2)
    assert "Pelatih sakit" in str(third["DESCRIPTION"])
    assert queries.calendar_of(learner, NOW) == [session]


def test_lines_end_in_crlf_and_are_folded_at_75_octets() -> None:
    make.session(title="Musyawarah — pemberdayaan warga “kelurahan” sehat 🌱 " * 3, materials="é" * 300 + "\nbaris dua")
    data = calendars.calendar(queries.sessions())
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no sign is cut in two
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_the_same_state_gives_the_same_bytes() -> None:
    make.session()
    assert calendars.calendar(queries.sessions()) == calendars.calendar(queries.sessions())


def test_calendar_holds_what_one_is_expected_at_or_holds_and_leaves_out_what_was_given_up() -> None:
    mine, other = make.session(), make.session(title="Lain", trainer=None, trainer_office="Bappeda")
    place = make.placed(mine)
    assert queries.calendar_of(place.enrolment.account, NOW) == [mine]
    assert queries.calendar_of(make.trainer(), NOW) == [mine]
    services.give_up_place(by=None, at=NOW, place=place)
    assert queries.calendar_of(place.enrolment.account, NOW) == []
    assert other not in queries.calendar_of(make.trainer(), NOW)
