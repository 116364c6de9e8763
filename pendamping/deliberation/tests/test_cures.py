"""What to do about a requirement is what still helps: no other day once the meeting ran, no reason before a count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.queries.ladder import standings
from pendamping.deliberation.tests.factories import AT, called, counted, decided, put, ruled
from pendamping.deliberation.tests.presence_factories import invited, pointed, present
from pendamping.deliberation.tests.test_pages import get, text
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MOVE, HELD = "Pindahkan musyawarah", "Musyawarah sudah berlangsung; nyatakan alasannya."


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def meeting() -> Meeting:
    """Called too late."""
    ruled(places.city(), notice_days=30)
    return called(places.ward())


def cure(meeting: Meeting, requirement: str = "notice") -> str:
    return next(one.cure for one in standings(meeting) if one.requirement == requirement)


def _begun(meeting: Meeting) -> None:
    services.begin_point(by=personas.sari(meeting.region), at=AT, point=pointed(meeting)[0])


@pytest.mark.parametrize(
    "run", [counted, present, _begun, lambda one: decided(put(one))], ids=["counted", "register", "point", "decided"]
)
def test_another_day_cures_a_late_call_only_until_the_meeting_ran(
    client: Client, meeting: Meeting, run: Callable[[Meeting], Any]
) -> None:
    lurah, move = personas.lurah(meeting.region), reverse("deliberation:move", args=[meeting.code])
    assert MOVE in cure(meeting)
    assert MOVE in text(get(client, lurah, "close", meeting.code))
    run(meeting)
    assert cure(meeting) == HELD
    page = text(get(client, lurah, "close", meeting.code))
    assert HELD in page and MOVE not in page and f'href="{move}"' not in page
    assert reverse("deliberation:waive", args=[meeting.code, "notice"]) in page


def test_who_came_is_counted_before_a_reason_is_advised(meeting: Meeting) -> None:
    assert cure(meeting, "quorum") == "Hitung dulu yang hadir: perempuan dan laki-laki."
    counted(meeting, women=2, men=10, youth=0, disabled=0)
    assert "nyatakan alasan" in cure(meeting, "quorum")


def test_those_not_told_are_told_as_long_as_the_meeting_did_not_run() -> None:
    ruled(places.city(), notice_days=3)
    meeting = called(places.ward())
    invited(meeting, "lpm")
    assert cure(meeting) == "Beri tahu yang belum diberi tahu, lalu catat."
    counted(meeting)
    assert cure(meeting) == ""
