"""The demo's listening: in one ward a voice at every turn it can take, elsewhere answers and silence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pendamping.core import counters, journal
from pendamping.core.models import JournalEntry
from pendamping.demo import listening
from pendamping.demo.people import cast_of, city_people, sign_in
from pendamping.demo.road import Clock
from pendamping.needs import services as needs
from pendamping.needs.models import (
    CaseMember,
    Complaint,
    Deadline,
    Following,
    Hiding,
    Need,
    Pause,
    ReadyAnswer,
    Voice,
)
from pendamping.needs.queries.assessments import criteria_in_force, similar_needs, viewpoints_of, weighed
from pendamping.needs.queries.categories import answers_told, categories_of
from pendamping.needs.queries.visits import doors
from pendamping.needs.rules.visits import quarter_of
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
EARLY = date(2026, 10, 2)  # the second day of a quarter


def told(today: date) -> tuple[Region, list[Region], list[str]]:
    """A ward of fifteen RTs after the demo has listened there."""
    ward = places.ward()
    spots = [places.rt(places.rw(ward, rw), rt) for rw in range(1, 6) for rt in (1, 2, 3)]
    at = Clock.on(today - timedelta(days=90)).now
    city_people(places.city(), places.district(), at)
    said: list[str] = []
    office, inspector = sign_in("sekretariat", ""), sign_in("inspektorat", "")
    listening.build(ward, spots, cast_of(ward, at), office=office, inspector=inspector, today=today, say=said.append)
    listening.answered(office, today)
    return ward, spots, said


def test_the_demo_listens_at_every_turn() -> None:
    ward, spots, said = told(TODAY)
    assert len(said) == 1 and "#" in said[0], "whoever looks gets one receipt to open"

    spoken = Voice.objects.get(followings__is_speaker=True)
    assert len(answers_told(spoken)) == 2
    assert [(one.speaker, one.asks, one.is_public) for one in spoken.messages.order_by("id")] == [
        ("office", True, False), ("resident", False, False), ("office", False, True),
    ]  # fmt: skip
    assert set(Pause.objects.filter(last_day__isnull=True).values_list("reason", flat=True)) == {"other_office"}
    assert Deadline.objects.exclude(escalated_to="").exists()
    assert Voice.objects.filter(duplicate_of__isnull=False).count() == 1
    assert (Hiding.objects.get().reason, Complaint.objects.get().reason) == ("spam", "person")
    assert Voice.everything.get(is_confidential=True).case_team.count() == CaseMember.objects.count() == 2
    solved = Voice.objects.filter(solving__answered_at__isnull=False)
    assert sorted(solved.values_list("solving__answer", "state")) == [("no", "heard"), ("yes", "answered")]
    assert Voice.objects.filter(channel="meeting", category__isnull=False).count() == 5
    followed = Following.objects.filter(ended_at__isnull=True, confirmed_at__isnull=False)
    assert sorted(followed.values_list("what", flat=True)) == ["category", "place", "voice", "voice"]
    assert ReadyAnswer.objects.filter(category__isnull=False).count() == 3

    waiting = [door.rt for door in doors(spots, ward, quarter_of(TODAY)) if door.is_waiting]
    assert (len(waiting), len(spots)) == (8, 15)
    assert list(counters.differences()) == []
    assert list(journal.verify()) == []


def test_the_demo_weighs_two_needs_side_by_side() -> None:
    ward, _spots, _said = told(TODAY)
    need = Need.objects.get(viewpoints__isnull=False)
    assert [view.taken_on for point in viewpoints_of(need) for view in point.views.all()] == [
        date(2026, 11, 4), date(2026, 11, 18),
    ]  # fmt: skip
    criteria = criteria_in_force(ward.path, TODAY)
    whole, part = weighed([need, *similar_needs(need)], criteria)
    assert (whole.sum.missing, part.sum.missing) == (0, 3)
    assert all(score is None or score.reason for _criterion, score in (*whole.lines, *part.lines))


def test_early_in_a_quarter_the_door_list_is_just_beginning() -> None:
    ward, spots, _said = told(EARLY)
    assert all(door.visited_on is None for door in doors(spots, ward, quarter_of(EARLY)))
    assert list(journal.verify()) == []


@pytest.mark.parametrize("today", [date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 22)])
def test_no_office_of_the_demo_works_on_a_weekend(today: date) -> None:
    told(today)
    for verb in ("needs.message_written", "needs.voice_answered", "needs.list_taken", "needs.view_taken"):
        assert {one.at.weekday() for one in JournalEntry.objects.filter(verb=verb)} <= {0, 1, 2, 3, 4}
    assert list(journal.verify()) == []


def test_two_of_three_old_voices_elsewhere_are_answered_and_one_goes_up() -> None:
    ward = places.ward()
    city_people(places.city(), places.district(), Clock.on(TODAY - timedelta(days=90)).now)
    light = categories_of(ward.path, TODAY).get(key="light")
    for days in (40, 39, 38, 2):
        at = Clock.on(TODAY - timedelta(days=days)).now
        needs.give_voice(by=None, at=at, text=f"Lampu mati {days}", region=ward, category=light, extra={"lamps": "2"})
    listening.answered(sign_in("sekretariat", ""), TODAY)
    assert list(Voice.objects.order_by("pk").values_list("state", "turn")) == [
        ("heard", "city"), ("answered", "nobody"), ("answered", "nobody"), ("heard", "facilitator"),
    ]  # fmt: skip
    assert list(counters.differences()) == []
