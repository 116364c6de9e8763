"""What keeps a meeting open is told all at once, each with its cure and the way to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import LadderReason
from pendamping.deliberation.enums.meetings import Reason
from pendamping.deliberation.models import Meeting, Waiver
from pendamping.deliberation.tests.before import frozen, scored, seat
from pendamping.deliberation.tests.factories import AT, DAY, called, closed, counted, decided, put, ruled
from pendamping.deliberation.tests.test_pages import get, post, text
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
FEW = {"women": 2, "men": 10, "youth": 0, "disabled": 0}


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def way(name: str, meeting: Meeting, *more: str) -> str:
    return f'href="{reverse(f"deliberation:{name}", args=[meeting.code, *more])}"'


def test_every_obstacle_stands_on_the_page_with_the_way_to_its_cure(client: Client, ward: Region) -> None:
    ruled(places.city(), notice_days=30)
    matrix = frozen(ward)
    meeting, lurah = matrix.meeting, personas.lurah(ward)
    scored(seat(meeting, "RW 01"), (5, 1))
    codes = list(meeting.items.values_list("proposal__code", flat=True))
    page = text(get(client, lurah, "close", meeting.code))
    assert "4 hal masih menahan penutupan" in page
    assert [one for one in codes if one not in page] == []
    for name in ("matrix", "decide_next"):
        assert way(name, meeting) in page
    assert way("waive", meeting, "notice") in page  # it stands whoever comes
    assert f'href="{reverse("deliberation:meeting", args=[meeting.code])}#hadir"' in page  # the ward head may not count
    assert "<textarea" not in page
    # from the meeting one comes to it
    assert way("close", meeting) in text(get(client, lurah, "meeting", meeting.code))


def test_who_closes_may_be_another_and_reads_it_with_the_rest(client: Client, ward: Region) -> None:
    item, lurah = put(called(ward)), personas.lurah(ward)
    counted(item.meeting)
    Proposal.objects.filter(pk=item.proposal_id).update(proposed_by=lurah)
    page = text(get(client, lurah, "close", item.meeting.code))
    assert way("decide_next", item.meeting) in page
    assert "2 hal masih menahan penutupan" in page


def test_reasons_for_who_came_are_offered_once_somebody_is_counted(client: Client, ward: Region) -> None:
    ruled(places.city(), notice_days=0)
    meeting, lurah = called(ward), personas.lurah(ward)
    decided(put(meeting))
    ways = [way("waive", meeting, one) for one in ("quorum", "women")]
    for name in ("close", "meeting"):
        page = text(get(client, lurah, name, meeting.code))
        assert [one for one in ways if one in page] == [], name
    direct = text(get(client, lurah, "waive", meeting.code, "quorum"))
    assert "Hitung dulu yang hadir" in direct and "<textarea" not in direct
    counted(meeting, **FEW)
    for name in ("close", "meeting"):
        page = text(get(client, lurah, name, meeting.code))
        assert [one for one in ways if one not in page] == [], name
    page = text(get(client, lurah, "close", meeting.code))
    assert "Jumlah orang cukup: Tidak terpenuhi" in page  # what is asked, and that it is not so
    assert "Diminta: paling sedikit 20 orang. Yang ada: 12 orang." in page


def test_a_reason_for_nobody_counted_is_refused(ward: Region) -> None:
    ruled(places.city(), notice_days=30)
    meeting = called(ward)
    facts: dict[str, Any] = {"by": personas.lurah(ward), "at": AT, "meeting": meeting, "ground": "other"}
    with pytest.raises(Refused) as caught:
        services.waive(requirement="quorum", reason="Hujan deras", **facts)
    assert caught.value.reason == LadderReason.COUNT_FIRST
    services.waive(requirement="notice", reason="Pagu terlambat terbit", **facts)
    assert [one.requirement for one in Waiver.objects.all()] == ["notice"]


def test_a_reason_that_no_longer_holds_is_told_where_it_keeps_the_meeting_open(client: Client, ward: Region) -> None:
    ruled(places.city(), notice_days=0, women=0)
    meeting, lurah = counted(called(ward), **FEW), personas.lurah(ward)
    decided(put(meeting))
    services.waive(by=lurah, at=AT, meeting=meeting, requirement="quorum", ground="other", reason="Hujan deras")
    assert services.obstacles(meeting, today=DAY) == []
    counted(meeting, **{**FEW, "men": 5})
    page = text(get(client, lurah, "close", meeting.code))
    assert "1 hal masih menahan penutupan" in page and "Alasan sebelumnya tidak berlaku lagi" in page
    assert way("waive", meeting, "quorum") in page


def test_the_page_and_the_act_ask_the_same(client: Client, ward: Region) -> None:
    """What the page says first is what the act refuses with; once the page says nothing, the act does it."""
    ruled(places.city(), notice_days=0)
    meeting, lurah = called(ward), personas.lurah(ward)
    item = put(meeting)
    seen = []
    for mend in (lambda: counted(meeting), lambda: decided(item)):
        refusals = services.obstacles(meeting, today=DAY)
        with pytest.raises(Refused) as caught:
            services.close_meeting(by=lurah, at=AT, meeting=meeting)
        assert caught.value.reason == refusals[0].reason
        seen.append([one.reason for one in refusals])
        mend()
    assert seen == [[Reason.ATTENDANCE_MISSING, Reason.UNDECIDED], [Reason.UNDECIDED]]
    assert services.obstacles(meeting, today=DAY) == []
    assert "<textarea" in text(get(client, lurah, "close", meeting.code))
    assert post(client, lurah, "close", meeting.code, notes="").status_code == 302


def test_before_the_day_only_the_day_is_told(client: Client, ward: Region) -> None:
    meeting = called(ward)
    put(meeting)
    refusals = services.obstacles(meeting, today=DAY.replace(day=9))
    assert [one.reason for one in refusals] == [Reason.MEETING_NOT_YET]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (lambda one: closed(one), "sudah tetap; tidak ada lagi yang bisa diubah"),
        (lambda one: cancelled(one), "Musyawarah ini dibatalkan"),
    ],
    ids=["closed", "cancelled"],
)
def test_nothing_keeps_a_meeting_open_that_is_over(
    client: Client, ward: Region, end: Callable[[Meeting], Any], said: str
) -> None:
    item, lurah = put(called(ward)), personas.lurah(ward)
    decided(item)
    end(item.meeting)
    Proposal.objects.filter(pk=item.proposal_id).update(proposed_by=lurah)  # who closes would be another
    for page in (
        text(get(client, lurah, "close", item.meeting.code)),
        text(post(client, lurah, "close", item.meeting.code, notes="")),
    ):
        assert page.count(said) == 1
        assert "menahan penutupan" not in page and "<textarea" not in page


def cancelled(meeting: Meeting) -> Meeting:
    facts = {"by": personas.lurah(meeting.region), "at": AT, "reason": "Hujan deras"}
    return services.cancel_meeting(meeting=meeting, **facts)
