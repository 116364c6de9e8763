"""The points of the agenda and their clock."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import calendars, services
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.enums.points import PointReason
from pendamping.deliberation.queries.points import clock, points_for_minutes
from pendamping.deliberation.tests.factories import AT, called
from pendamping.deliberation.tests.presence_factories import PLAN, pointed
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def test_points_are_laid_along_the_hours_of_the_call(ward: Region) -> None:
    meeting = called(ward, starts_at=time(9, 0))
    pointed(meeting)
    shown = clock(meeting, NOW)
    assert [f"{one.slot.planned_from:%H.%M}" for one in shown.points] == ["09.00", "09.10"]
    assert (shown.late, shown.running) == (0, None)
    data = calendars.calendar([(meeting, 0, NOW)]).decode()
    assert "T101000" in data  # the calendar entry ends with the last point


def test_the_next_point_ends_the_one_before_and_delays_are_shown(ward: Region) -> None:
    meeting = called(ward, starts_at=time(9, 0))
    first, second = pointed(meeting)
    nine = clock(meeting, NOW).points[0].slot.planned_from
    sari = personas.sari(ward)
    services.begin_point(by=sari, at=nine + timedelta(minutes=4), point=first)
    assert clock(meeting, nine + timedelta(minutes=5)).late == 4
    services.begin_point(by=sari, at=nine + timedelta(minutes=25), point=second)
    first.refresh_from_db()
    assert first.ended_at == nine + timedelta(minutes=25)
    assert clock(meeting, nine + timedelta(minutes=26)).late == 15
    services.end_point(by=sari, at=nine + timedelta(minutes=80), point=second)
    assert clock(meeting, nine + timedelta(minutes=200)).late == 10
    assert points_for_minutes(meeting)["points"] == [("Pembukaan", 10, 21), ("Pembahasan usulan", 60, 55)]


def test_points_stand_once_the_clock_runs(ward: Region) -> None:
    meeting = called(ward)
    first, second = pointed(meeting)
    sari = personas.sari(ward)
    with pytest.raises(Refused) as early:
        services.begin_point(by=sari, at=NOW, point=first)
    services.begin_point(by=sari, at=AT, point=first)
    with pytest.raises(Refused) as fixed:
        services.set_points(by=sari, at=AT, meeting=meeting, planned=PLAN)
    with pytest.raises(Refused) as twice:
        services.begin_point(by=sari, at=AT, point=first)
    with pytest.raises(Refused) as idle:
        services.end_point(by=sari, at=AT, point=second)
    assert [one.value.reason for one in (early, fixed, twice, idle)] == [
        Reason.MEETING_NOT_YET, PointReason.CLOCK_RUNS, PointReason.POINT_BEGUN, PointReason.POINT_NOT_RUNNING,
    ]  # fmt: skip


def test_a_point_of_an_agenda_written_anew_is_gone(ward: Region) -> None:
    meeting = called(ward)
    [old, _other] = pointed(meeting)
    pointed(meeting)
    with pytest.raises(Refused) as caught:
        services.begin_point(by=personas.sari(ward), at=AT, point=old)
    assert caught.value.reason == PointReason.NO_SUCH_POINT
