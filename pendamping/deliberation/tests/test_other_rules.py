"""A ballot under another rule than Equal Shares: counted, proven, shown, decided, the meeting closed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access.tests import personas
from pendamping.deliberation import papers_results, services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.queries.results import Shown
from pendamping.deliberation.tests.factories import closed
from pendamping.deliberation.tests.result_factories import DRAIN, OVER, counted_poll, result
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("method", "funded", "status"),
    [("greedy_votes", ["Usulan 1", "Usulan 2"], "fill"), ("phragmen", ["Usulan 1", "Usulan 3"], "share")],
)
def test_a_ballot_is_counted_proven_decided_and_its_meeting_closed(
    client: Client, method: str, funded: list[str], status: str
) -> None:
    ward = places.ward()
    costs = (40 * MILLION, 40 * MILLION, 30 * MILLION, 50 * MILLION)
    found = result(counted_poll(ward, costs, 100 * MILLION, DRAIN, rule={"method": method}))
    shown = Shown(found)
    assert [one.title for one in shown.won] == funded
    assert set(shown.decision["status"].values()) == {status, "not"}
    assert all("tidak cukup untuk harga" in one.sentence for one in shown.lost)
    papers_results.issue_annex(found, at=OVER)
    address = reverse("deliberation:public_result", args=[found.meeting.code, found.number])
    page = client.get(address).content.decode()
    assert funded[1] in page and "sisa dana para pendukungnya" not in page  # nobody holds money under this rule
    services.decide_from_result(by=personas.lurah(ward), at=OVER, result=found)
    assert closed(found.meeting).state == MeetingState.CLOSED
    assert Proposal.objects.get(title=funded[0]).state == ProposalState.FUNDED
