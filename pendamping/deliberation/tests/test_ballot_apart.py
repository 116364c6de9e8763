"""Nobody ends, calls off or has counted again a ballot with a proposal of their own; the pages say why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import services
from pendamping.deliberation.models import Poll, Result
from pendamping.deliberation.services import later
from pendamping.deliberation.tests import poll_factories as make
from pendamping.deliberation.tests.factories import AT
from pendamping.deliberation.tests.result_factories import OVER, worked_out
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
WHY = "Anda sudah bertindak"
DUTIES = ("proposed_by", "submitted_by", "checked_by")


def own(poll: Poll, chair: Account, duty: str = "proposed_by") -> None:
    """The chair had a hand in the first proposal of the ballot."""
    Proposal.objects.filter(pk=poll.choices.get(number=1).proposal_id).update(**{duty: chair})


def same(act: Any, **facts: Any) -> bool:
    """Is it refused as fixing the minutes is?"""
    with pytest.raises(Refused) as caught:
        act(**facts)
    return caught.value.code == "same_person"


@pytest.mark.parametrize("duty", DUTIES)
def test_who_had_a_hand_in_a_choice_neither_ends_nor_calls_off_its_ballot(ward: Region, duty: str) -> None:
    poll, chair = make.opened(make.meeting(ward)), personas.lurah(ward)
    own(poll, chair, duty)
    assert same(services.end_poll, by=chair, at=make.LATER, poll=poll)
    assert same(services.void_poll, by=chair, at=make.LATER, poll=poll, reason="Kartu suara hilang")
    other = personas.person("ward_head", ward, "penjabat")
    assert services.end_poll(by=other, at=make.LATER, poll=poll).closes_at == make.LATER


def test_nor_is_it_called_off_with_its_meeting(ward: Region) -> None:
    meeting, chair = make.meeting(ward), personas.lurah(ward)
    poll = make.opened(meeting)
    own(poll, chair)
    assert same(services.cancel_meeting, by=chair, at=make.LATER, meeting=meeting, reason="Banjir")
    assert Poll.objects.get(pk=poll.pk).voided_at is None
    other = personas.person("ward_head", ward, "penjabat")
    services.cancel_meeting(by=other, at=make.LATER, meeting=meeting, reason="Banjir")
    assert Poll.objects.get(pk=poll.pk).voided_at == make.LATER


def test_its_hour_ends_it_whoever_the_chair_is(ward: Region) -> None:
    chair = personas.lurah(ward)
    poll = services.announce_poll(
        by=chair, at=AT, poll=make.prepared(make.meeting(ward)), opens_at=make.LATER, closes_at=make.ENDED
    )
    own(poll, chair)
    assert services.count_poll(by=chair, at=make.COUNTED, poll=poll).ballots_hash


def test_who_had_a_hand_in_a_choice_does_not_have_it_counted_again(ward: Region) -> None:
    result, chair = worked_out(ward), personas.lurah(ward)
    own(result.poll, chair)
    facts: dict[str, Any] = {"by": chair, "result": result, "reason": "Lembar dibuka ulang"}
    assert same(services.recount, at=OVER, **facts)
    assert same(later.recount_later, **facts)
    assert Result.objects.count() == 1


def test_the_pages_and_the_api_say_why_instead_of_offering_it(ward: Region, client: Client) -> None:
    poll, chair = make.opened(make.meeting(ward)), personas.lurah(ward)
    here = [poll.meeting.code, poll.number]
    pages = {
        name: reverse(f"deliberation:{name}", args=here) for name in ("poll", "poll_end", "poll_void", "poll_strike")
    }
    client.force_login(chair)
    page = client.get(pages["poll"]).content.decode()
    assert WHY not in page and f'action="{pages["poll_end"]}"' in page and f'href="{pages["poll_void"]}"' in page
    own(poll, chair)
    page = client.get(pages["poll"]).content.decode()
    assert page.count(WHY) >= 3
    assert f'action="{pages["poll_end"]}"' not in page and f'href="{pages["poll_void"]}"' not in page
    for name in ("poll_void", "poll_strike"):
        form = client.get(pages[name]).content.decode()
        assert WHY in form and 'name="reason"' not in form
    client.post(pages["poll_end"])
    client.post(pages["poll_void"], {"reason": "Kartu suara hilang"})
    path = f"/meetings/{poll.meeting.code}/polls/{poll.number}"
    for address, facts in (("ending", {}), ("cancellation", {"reason": "Kartu suara hilang"})):
        said = ask(client, chair, "POST", f"{path}/{address}", facts)
        assert (said.status_code, said.json()["code"]) == (422, "same_person")
    found = Poll.objects.get()
    assert (found.closes_at, found.state) == (None, "announced")


def test_the_page_of_a_result_says_why_it_is_not_counted_again(ward: Region, client: Client) -> None:
    result, chair = worked_out(ward), personas.lurah(ward)
    own(result.poll, chair)
    client.force_login(chair)
    here = [result.meeting.code, result.number]
    page = client.get(reverse("deliberation:result", args=here)).content.decode()
    assert WHY in page and f'href="{reverse("deliberation:result_recount", args=here)}"' not in page
    form = client.get(reverse("deliberation:result_recount", args=here)).content.decode()
    assert WHY in form and 'name="reason"' not in form
    path = f"/meetings/{result.meeting.code}/results/1/recount"
    said = ask(client, chair, "POST", path, {"reason": "Lembar dibuka ulang"})
    assert (said.status_code, said.json()["code"]) == (422, "same_person")
