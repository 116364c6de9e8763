"""A ballot leads somewhere on every rung: the RW recommends what it chooses, the district passes it to the city."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import AgendaItem, Decision, Meeting, Result
from pendamping.deliberation.queries.results import Shown, departures
from pendamping.deliberation.rules.ladder import CHOSEN, NOT_CHOSEN, OUTCOMES
from pendamping.deliberation.rules.results import Choice
from pendamping.deliberation.tests.factories import AT, call_facts, called, closed, counted, decided, put, ready
from pendamping.deliberation.tests.result_factories import OVER, VOTING
from pendamping.needs.models import Proposal
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
MILLION = 1_000_000


def at_the_rw(ward: Region) -> tuple[Meeting, Account]:
    """An RW meeting with two proposals."""
    meeting = called(ward, kind=MeetingKind.RW, title="Rembug warga RW 01")
    for title in ("Jalan didanai", "Lampu"):
        put(meeting, ready(ward, title=title, estimated_cost=30 * MILLION))
    return meeting, personas.lurah(ward)


def at_the_district(ward: Region) -> tuple[Meeting, Account]:
    """A district meeting with two proposals that the ward passed on."""
    before, camat = called(ward), personas.camat(places.district())
    for title in ("Jalan didanai", "Lampu"):
        decided(put(before, ready(ward, title=title, estimated_cost=30 * MILLION)), Outcome.PASSED_ON, None)
    closed(before)
    facts = call_facts(places.district(), kind=MeetingKind.DISTRICT)
    meeting = services.call_meeting(by=camat, at=NOW, **facts)
    for proposal in Proposal.objects.order_by("pk"):
        services.put_proposal(by=camat, at=AT, meeting=meeting, proposal=proposal)
    return meeting, camat


def voted(meeting: Meeting, head: Account) -> Result:
    """Rp 40 million, so that one of the two is chosen: the second, by all four ballots."""
    proposals = [item.proposal for item in AgendaItem.objects.filter(meeting=meeting).order_by("position")]
    poll = services.prepare_poll(
        by=head, at=AT, meeting=meeting, title="Pilihan", kind="approval", basis="planned", proposals=proposals,
        channels=["paper"], ceiling=40 * MILLION, least=1,
    )  # fmt: skip
    services.announce_poll(by=head, at=AT, poll=poll)
    services.open_poll(by=head, at=VOTING, poll=poll)
    services.end_poll(by=head, at=OVER, poll=poll)
    sheet = services.add_sheet(by=head, at=OVER, poll=poll)
    for person in (head, personas.person("ward_secretary", places.ward())):
        services.enter_sheet(by=person, at=OVER, sheet=sheet, lines="2 × 3\n1 2")
    services.count_poll(by=head, at=OVER, poll=poll, remark="Tanpa daftar pemilih")
    poll.refresh_from_db()
    return services.run_result(by=head, at=OVER, poll=poll)


def outcomes(meeting: Meeting) -> dict[str, tuple[str, int | None]]:
    found = Decision.objects.filter(item__meeting=meeting).select_related("item__proposal")
    return {one.item.proposal.title: (one.outcome, one.amount) for one in found}


@pytest.mark.parametrize(
    ("hold", "chosen", "word"),
    [(at_the_rw, "recommended", "Direkomendasikan"), (at_the_district, "to_city", "Diteruskan ke kota")],
)
def test_what_a_ballot_chooses_goes_where_its_rung_sends_it(
    ward: Region, client: Client, hold: Any, chosen: str, word: str
) -> None:
    meeting, head = hold(ward)
    result = voted(meeting, head)
    services.decide_from_result(by=head, at=OVER, result=result)
    assert outcomes(meeting) == {"Lampu": (chosen, None), "Jalan didanai": ("deferred", None)}
    assert departures(result) == []
    lost = Decision.objects.get(item__meeting=meeting, outcome="deferred")
    assert "Jalan didanai tidak terpilih." in lost.reason  # its title keeps its words
    assert " tidak didanai" not in lost.reason
    page = client.get(reverse("deliberation:public_result", args=[meeting.code, result.number])).content.decode()
    assert word in page and "Tidak terpilih" in page and "tidak didanai" not in page.replace("Jalan didanai", "")
    told = str(papers_results.annex(result))
    assert word in told and "Tidak terpilih" in told and "tidak didanai" not in told.replace("Jalan didanai", "")


def test_a_departure_on_a_lower_rung_takes_its_price_of_the_ceiling(ward: Region) -> None:
    meeting, head = at_the_rw(ward)
    result = voted(meeting, head)
    services.decide_from_result(by=head, at=OVER, result=result)
    lost = Shown(result).lost[0].code
    both = Choice(lost, Outcome.RECOMMENDED, None, "Jalan ini rusak berat")
    with pytest.raises(Refused) as refusal:
        services.depart_from_result(by=head, at=OVER, result=result, choice=both)
    assert refusal.value.reason == ResultReason.OVER_CEILING_TO_DEPART
    won = Shown(result).won[0].code
    services.depart_from_result(
        by=head, at=OVER, result=result, choice=Choice(won, Outcome.DEFERRED, None, "Tiangnya milik swasta")
    )
    services.depart_from_result(by=head, at=OVER, result=result, choice=both)
    assert outcomes(meeting) == {"Lampu": ("deferred", None), "Jalan didanai": ("recommended", None)}
    assert len(departures(result)) == 2


def test_the_pages_offer_what_the_rung_can_decide(ward: Region, client: Client) -> None:
    meeting, head = at_the_rw(ward)
    result = voted(meeting, head)
    client.force_login(head)
    here = [meeting.code, result.number]
    page = client.get(reverse("deliberation:result_decide", args=here)).content.decode()
    assert "Direkomendasikan" in page and "tidak terpilih" in page and "Didanai" not in page
    done = client.post(reverse("deliberation:result_decide", args=here), {"unfunded": "rejected"})
    assert done.status_code == 302
    assert outcomes(meeting)["Jalan didanai"] == ("rejected", None)
    depart = reverse("deliberation:result_depart", args=[*here, Shown(result).won[0].code])
    form = client.get(depart).content.decode()
    assert 'value="funded"' not in form and 'value="recommended"' in form
    assert client.post(depart, {"outcome": "deferred", "reason": "Belum ada lahannya"}).status_code == 302
    assert outcomes(meeting)["Lampu"] == ("deferred", None)
    counted(meeting)


def test_every_rung_can_decide_what_its_ballot_says() -> None:
    for kind, outcomes_of in OUTCOMES.items():
        assert CHOSEN[kind] in outcomes_of
        assert NOT_CHOSEN[kind] and set(NOT_CHOSEN[kind]) <= set(outcomes_of) - {CHOSEN[kind]}
