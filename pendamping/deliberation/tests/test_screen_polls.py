"""The vote on the screen: how many, by which way, and never how."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.enums.screens import ScreenView
from pendamping.deliberation.queries.screens import state_of
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


def test_the_screen_tells_who_came_to_vote_and_nothing_of_how(client: Client) -> None:
    meeting = make.meeting(places.ward())
    poll = make.opened(meeting)
    first, second, *_rest = make.codes(poll)
    before = state_of(meeting, AT + timedelta(minutes=1), everything=True)["poll"]
    make.cast(poll, first, make.ticks(1, 2, 3))
    make.cast(poll, second, make.ticks(1, 2, 3))
    services.show_on_screen(
        by=personas.sari(meeting.region), at=AT + timedelta(minutes=2), meeting=meeting, view=ScreenView.POLL
    )
    told = state_of(meeting, AT + timedelta(minutes=3))["poll"]
    assert (before["voters"], told["voters"], told["phase"]) == (0, 2, "open")
    assert told["choices"] == before["choices"], "what was voted changes nothing that is told"
    shown = client.get(reverse("deliberation:public_state", args=[meeting.code])).json()["poll"]
    assert set(shown["choices"][0]) == {"number", "title", "cost", "is_struck"}
    assert first not in json.dumps(shown)
    assert client.get(reverse("deliberation:public_screen", args=[meeting.code])).status_code == 200
