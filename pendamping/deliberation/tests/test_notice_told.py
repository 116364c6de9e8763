"""A meeting announced early enough does not say that everybody invited knew, unless they did."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import papers, services
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.invitations import Reached, reached
from pendamping.deliberation.queries.ladder import Standing, standings
from pendamping.deliberation.tests.factories import AT, DAY, called, closed, decided, put, ruled
from pendamping.deliberation.tests.presence_factories import guest, invited
from pendamping.deliberation.tests.test_pages import get, text
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
PARTLY = "Diumumkan cukup awal, tidak ke semua undangan"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    """Called eight days ahead under rules that ask three."""
    ruled(places.city(), notice_days=3)
    return called(places.ward())


def notice(meeting: Meeting) -> Standing:
    return next(one for one in standings(meeting) if one.requirement == "notice")


def told(meeting: Meeting, one: Any, at: Any = NOW) -> None:
    services.note_told(by=personas.sari(meeting.region), at=at, invitation=one, way="hand")


def test_pages_and_minutes_count_who_was_told_in_time_late_and_not_at_all(client: Client, meeting: Meeting) -> None:
    ward: Region = meeting.region
    first, second, _third = invited(meeting, "lpm", "pkk", "youth")
    told(meeting, first)
    told(meeting, second, at=AT - timedelta(days=1))
    said = (
        "Diminta: paling sedikit 3 hari. Harinya diumumkan 8 hari sebelumnya. Diundang: 3. Sudah diberi tahu: 2. "
        "Tidak tercatat diberi tahu: 1. Dari yang diberi tahu, 1 terlambat."
    )
    pages = [text(get(client, personas.sari(ward), "meeting", meeting.code))]
    pages.append(client.get(reverse("deliberation:public", args=[meeting.code])).content.decode())
    assert [said in page and PARTLY in page for page in pages] == [True, True]
    assert notice(meeting).is_met  # it blocks no close: the day was public
    decided(put(meeting))
    closed(meeting)
    printed = papers.minutes(Meeting.objects.get(pk=meeting.pk))["blocks"]
    rows = [row for one in printed if one["kind"] == "table" for row in one["rows"]]
    assert [row[1:] for row in rows if row[0] == "Diundang cukup awal"] == [[said, PARTLY]]


def test_it_is_fulfilled_once_everybody_invited_was_told_in_time(meeting: Meeting) -> None:
    by_hand, by_answer = invited(meeting, "lpm", "pkk")
    told(meeting, by_hand)
    assert notice(meeting).badge == PARTLY
    services.answer_invitation(by=None, at=NOW, invitation=by_answer, answer="coming")  # who answers knows of it
    assert (notice(meeting).badge, notice(meeting).state) == ("Terpenuhi", "done")


def test_who_was_told_of_the_day_before_was_not_told_of_this_one(meeting: Meeting) -> None:
    one = guest(meeting)
    told(meeting, one)
    assert reached(meeting, 3) == Reached(invited=1, told=1, late=0)
    facts = {"held_on": DAY + timedelta(days=7), "reason": "Aula dipakai"}
    moved = services.move_meeting(by=personas.sari(meeting.region), at=NOW, meeting=meeting, **facts)
    assert reached(moved, 3) == Reached(invited=1, told=0, late=0)


def test_who_was_told_of_the_day_is_so_still_when_only_the_hour_moves(meeting: Meeting) -> None:
    """Else the minutes would say of those told in time that they were told late, or not at all."""
    one = guest(meeting)
    told(meeting, one)
    facts = {"held_on": DAY, "starts_at": time(13), "reason": "Aula dipakai pagi hari"}
    moved = services.move_meeting(by=personas.sari(meeting.region), at=AT - timedelta(days=1), meeting=meeting, **facts)
    assert (reached(moved, 3), notice(moved).badge) == (Reached(invited=1, told=1, late=0), "Terpenuhi")
    told(moved, one, at=AT - timedelta(days=1))  # of the other hour
    assert reached(moved, 3) == Reached(invited=1, told=1, late=0)


def test_an_empty_list_of_invited_is_said_to_be_empty(meeting: Meeting) -> None:
    assert "Daftar undangan kosong" in notice(meeting).text
