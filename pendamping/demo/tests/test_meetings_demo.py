"""The demo's meetings: closed, planned by a matrix, and running today."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from pendamping.core import counters, journal
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, TechnicalCheck
from pendamping.deliberation.queries.checks import unchecked
from pendamping.deliberation.queries.screens import state_of
from pendamping.demo import before, meetings
from pendamping.demo.people import cast_of
from pendamping.demo.road import Clock
from pendamping.demo.stories import STORIES
from pendamping.needs.criteria import seed_criteria
from pendamping.needs.menu import seed_menu
from pendamping.planning.seeds import seed_rules, seed_sub_activities
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("begun", "hour"),
    [
        (time(2, 45), time(8)), (time(8), time(8)), (time(9, 15), time(9)), (time(9, 45), time(9, 30)),
        (time(19, 45), time(19, 30)), (time(21, 15), time(21)), (time(23, 30), time(21)),
    ],
)  # fmt: skip
def test_it_is_called_for_the_half_hour_in_which_it_began_or_the_nearest_of_the_day(begun: time, hour: time) -> None:
    assert meetings.called_for(datetime.combine(TODAY, begun)) == hour


@pytest.mark.parametrize("hour", range(24))
def test_the_other_meeting_of_the_day_is_called_for_another_hour(hour: int, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = datetime.combine(TODAY, time(hour, 15))
    monkeypatch.setattr(meetings, "_lately", lambda _ward, _today: begun)
    other = meetings.hour_beside(Region(), TODAY)
    assert meetings.MORNING <= other <= meetings.NIGHT
    assert abs(
        begun.replace(hour=other.hour, minute=other.minute) - datetime.combine(TODAY, meetings.called_for(begun))
    ) >= (timedelta(hours=1))


def test_a_wish_is_heard_where_it_says_it_lies() -> None:
    ward = places.ward()
    spots = [places.rt(places.rw(ward, rw), rt) for rw in range(1, 6) for rt in (1, 2, 3)]
    told = [(story.wish, meetings.named_in(story.wish, spots)) for story in STORIES]
    labels = {wish.place: {f"{one.label} {one.parent.label}" for one in near if one.parent} for wish, near in told}
    assert labels["Gang Melati, RT 003 RW 002"] == {"RT 003 RW 002"}
    assert labels["Balai RW 003"] == {"RT 001 RW 003", "RT 002 RW 003"}
    assert labels["Aula kelurahan"] == set()


def test_one_meeting_runs_today_and_the_others_are_closed() -> None:
    ward = places.ward()
    spots = [places.rt(places.rw(ward, rw), rt) for rw in range(1, 6) for rt in (1, 2, 3)]
    at = Clock.on(TODAY - timedelta(days=90)).now
    seed_menu(at)
    seed_sub_activities()
    seed_rules(places.city(), TODAY.year, at)
    seed_criteria(at)
    before.prices(places.city(), None, TODAY.year, at)
    said: list[str] = []
    meetings.build(ward, spots, cast_of(ward, at), today=TODAY, say=said.append)

    today = Meeting.objects.get(held_on=TODAY)
    assert today.state == MeetingState.CALLED and today.code in said[0]
    assert said[0].startswith("musyawarah hari ini: pimpin sebagai ")
    assert set(Meeting.objects.exclude(pk=today.pk).values_list("state", flat=True)) == {MeetingState.CLOSED}
    room = state_of(today, at, everything=True)
    assert room["points"]["running"] == "Paparan usulan"
    assert (room["matrix"]["sent"], room["matrix"]["seats"], room["matrix"]["ranking"]) == (2, 5, [])
    assert room["proposal"]["photo"] and room["people"]["missing"]
    assert list(counters.differences()) == [] and list(journal.verify()) == []

    checks = TechnicalCheck.objects.select_related("prices", "proposal")
    assert {(one.state, one.result) for one in checks} == {("published", "fit")}
    assert sorted(one.calculated for one in checks) == [11_900_000, *[18_000_000] * 2, *[21_600_000] * 2]
    assert [one.title for one in unchecked(today)] == ["Lampu jalan RW 004, tahap 2"]
