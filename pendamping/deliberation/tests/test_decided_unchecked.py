"""A missing technical check is said where it is decided and closed, and printed; it stops nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import papers, services
from pendamping.deliberation.models import Meeting
from pendamping.deliberation.tests.before import begun, prices_in_force, published
from pendamping.deliberation.tests.factories import AT, called, counted, decided, put, ready, ruled
from pendamping.deliberation.tests.result_factories import worked_out
from pendamping.deliberation.tests.test_pages import get, text
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
SAID = "Belum ada verifikasi teknis yang selesai"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    prices_in_force(places.ward())
    return places.ward()


def told(page: str, code: str) -> bool:
    """Does the page name this proposal among those without a finished check?"""
    notice = page.partition(SAID)[2].partition("</ul>")[0]
    return reverse("deliberation:checks", args=[code]) in notice


def test_pages_and_minutes_name_each_proposal_without_a_finished_check(client: Client, ward: Region) -> None:
    ruled(places.city(), notice_days=0)
    meeting, lurah = called(ward), personas.lurah(ward)
    checked, half, never = (ready(ward) for _one in range(3))
    published(checked)
    begun(half)
    items = [put(meeting, one) for one in (checked, half, never)]
    without = {item.proposal.code: item.proposal != checked for item in items}
    assert {one: told(text(get(client, lurah, "decide", meeting.code, one)), one) for one in without} == without
    assert "<textarea" in text(get(client, lurah, "decide", meeting.code, never.code))  # it stops nobody
    for item in items:
        decided(item)
    for _again in range(2):  # while something is in the way, and when nothing is
        page = text(get(client, lurah, "close", meeting.code))
        assert {one: told(page, one) for one in without} == without
        counted(meeting)
    services.close_meeting(by=lurah, at=AT, meeting=meeting)
    blocks = papers.minutes(Meeting.objects.get(pk=meeting.pk))["blocks"]
    table = next(one for one in blocks if one["kind"] == "table" and one["columns"][0]["title"] == "No.")
    words = "tanpa verifikasi teknis yang selesai"
    printed = {code: words in row[2] for code, row in zip(without, table["rows"], strict=True)}
    assert printed == without
    assert SAID not in text(get(client, lurah, "close", meeting.code))  # nothing is left to decide


def test_the_result_of_a_ballot_is_taken_over_no_less_openly(client: Client, ward: Region) -> None:
    result = worked_out(ward)
    lurah = personas.lurah(ward)
    codes = list(result.meeting.items.values_list("proposal__code", flat=True))
    page = text(get(client, lurah, "result_decide", result.meeting.code, str(result.number)))
    assert [one for one in codes if not told(page, one)] == []
    page = text(get(client, lurah, "result_depart", result.meeting.code, str(result.number), codes[0]))
    assert told(page, codes[0])
