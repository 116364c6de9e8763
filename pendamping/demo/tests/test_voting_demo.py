"""The demo's counted ballot: its result is public, proven, explained, and can be computed again."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.core import counters, journal
from pendamping.deliberation.allocation import Contest, Decision
from pendamping.deliberation.allocation.verify import verify
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.models import Meeting, PriceList, Result, TechnicalCheck
from pendamping.deliberation.queries.results import Shown, document_of
from pendamping.demo import before, voting
from pendamping.demo.people import cast_of, sign_in
from pendamping.demo.road import Clock
from pendamping.needs.menu import seed_menu
from pendamping.planning.seeds import seed_rules, seed_sub_activities
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_a_counted_ballot_is_public_and_its_next_steps_are_open(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = False  # as in the demo
    ward = places.ward()
    spots = [places.rt(places.rw(ward, rw), rt) for rw in range(1, 6) for rt in (1, 2, 3)]
    at = Clock.on(TODAY - timedelta(days=90)).now
    city = places.city()
    seed_menu(at)
    seed_sub_activities()
    seed_rules(city, TODAY.year, at)
    before.build(city, sign_in("perencana", "Rini Contoh"), (TODAY.year,), at)
    said: list[str] = []
    result = voting.build(ward, spots, cast_of(ward, at), today=TODAY, say=said.append)

    _explained_and_proven(result)
    _public(result, client)
    assert reverse("deliberation:public_result", args=[result.meeting.code, 1]) in said[0]
    _what_stood_before(Meeting.objects.get(pk=result.meeting_id))
    _left_for_visitors(result, client)
    assert list(counters.differences()) == [] and list(journal.verify()) == []


def _explained_and_proven(result: Result) -> None:
    shown = Shown(result, "id")
    assert shown.voters == 152 and len(shown.won) == 5 and len(shown.lost) == 3
    assert all("Perkiraan kasar" in one.sentence for one in shown.lost)  # each says what would have been enough
    assert shown.compared is not None and shown.compared.residents[0] > shown.compared.residents[1]
    assert shown.decision["ties"] == 0  # the lot decides nothing: the story is the same each time
    file = json.loads(document_of(result))
    assert verify(Decision.from_json(file["decision"]), Contest.from_json(file["contest"])) == []


def _public(result: Result, client: Client) -> None:
    address = [result.meeting.code, result.number]
    page = client.get(reverse("deliberation:public_result", args=address)).content.decode()
    assert "data-recompute" in page and "Gedung posyandu RW 005 tidak didanai." in page
    ballots = client.get(reverse("deliberation:result_ballots", args=address)).content.decode()
    assert ballots.startswith("META") and len(ballots.split("VOTES")[1].splitlines()) > 150
    for name, given in (("result_annex", address), ("priority_pdf", address[:1])):
        answer = client.get(reverse(f"deliberation:{name}", args=given))
        assert answer.content.startswith(b"%PDF"), name


def _what_stood_before(meeting: Meeting) -> None:
    assert meeting.state == MeetingState.CLOSED and meeting.minutes
    assert not meeting.waivers.exists()  # its rules are fulfilled, nothing had to be waived
    assert meeting.rules is not None and meeting.rules.origin == "set"
    assert PriceList.objects.get().state == "in_force"
    assert sorted(TechnicalCheck.objects.values_list("result", flat=True)) == ["condition", *["fit"] * 7]


def _left_for_visitors(result: Result, client: Client) -> None:
    """Next year, the district and projects are offered and open."""
    code = result.meeting.code
    client.force_login(Account.objects.get(username="lurah"))
    page = client.get(reverse("deliberation:meeting", args=[code])).content.decode()
    assert all(reverse(f"deliberation:{name}", args=[code]) in page for name in ("carry_over", "pass_up"))
    client.force_login(Account.objects.get(username="pptk"))
    page = client.get(reverse("planning:take_over", args=[code])).content.decode()
    assert "Perbaikan Gang Kenanga RW 005" in page
