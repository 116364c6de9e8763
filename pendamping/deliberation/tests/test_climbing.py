"""A proposal climbs from the RW to the city without being typed again; wards that are split keep their meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingKind, MeetingState, Outcome, Reason
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries.calendar import rungs
from pendamping.deliberation.queries.invitations import neighbourhoods
from pendamping.deliberation.queries.ladder import measured_of
from pendamping.deliberation.services.register import Facts
from pendamping.deliberation.tests.factories import call_facts, called, closed, counted, decided, put, ready, ruled
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.services import add_place, close_place
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


def rung(
    region: Region, kind: str, on: date, proposal: Proposal, outcome: str, *, by: Account, amount: int | None = None
) -> Meeting:
    """Hold a meeting of a kind on a day, with one proposal and what it decides, called ten days before."""
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    facts = call_facts(region, kind=kind, fiscal_year=proposal.fiscal_year, held_on=on)
    meeting = services.call_meeting(by=by, at=at - timedelta(days=10), **facts)
    assert proposal in queries.ready_proposals(meeting)
    services.put_proposal(by=by, at=at - timedelta(days=5), meeting=meeting, proposal=proposal)
    services.count_attendance(by=by, at=at, meeting=meeting, women=12, men=12)
    item = AgendaItem.objects.get(meeting=meeting)
    services.decide(by=by, at=at, item=item, outcome=outcome, reason="Perlu bagi tiga RT", amount=amount)
    services.close_meeting(by=by, at=at, meeting=meeting)
    proposal.refresh_from_db()
    return meeting


def test_from_the_rw_to_the_city_without_retyping(ward: Region) -> None:
    lurah, camat = personas.lurah(ward), personas.camat(places.district())
    proposal = ready(places.rw(ward), fiscal_year=2027)
    words = (proposal.title, proposal.description, proposal.estimated_cost, proposal.pk)
    rung(places.rw(ward), MeetingKind.RW, date(2025, 12, 10), proposal, Outcome.RECOMMENDED, by=lurah)
    assert proposal.state == ProposalState.RECOMMENDED
    rung(ward, MeetingKind.PLANNING, date(2026, 1, 20), proposal, Outcome.RECOMMENDED, by=lurah)
    rung(ward, MeetingKind.DEVELOPMENT, date(2027, 2, 10), proposal, Outcome.PASSED_ON, by=lurah)
    assert proposal.state == ProposalState.PASSED_ON
    last = _district(proposal, camat)
    assert (proposal.state, last.state) == (ProposalState.TO_CITY, MeetingState.CLOSED)
    assert words == (proposal.title, proposal.description, proposal.estimated_cost, proposal.pk)
    assert AgendaItem.objects.filter(proposal=proposal).count() == 4


def _district(proposal: Proposal, camat: Account) -> Meeting:
    """Held after its window (February and March of the year before), which the district head explains."""
    on = date(2027, 2, 20)
    at = datetime(2027, 2, 20, 3, tzinfo=UTC)
    facts = call_facts(places.district(), kind=MeetingKind.DISTRICT, fiscal_year=proposal.fiscal_year, held_on=on)
    meeting = services.call_meeting(by=camat, at=at - timedelta(days=10), **facts)
    assert list(queries.ready_proposals(meeting)) == [proposal]
    item = services.put_proposal(by=camat, at=at, meeting=meeting, proposal=proposal)
    told = JournalEntry.objects.filter(verb="deliberation.proposal_put").latest("id")
    assert told.office == "district_head"  # deciding at the district, about a proposal of a ward
    services.count_attendance(by=camat, at=at, meeting=meeting, women=12, men=12)
    services.decide(by=camat, at=at, item=item, outcome=Outcome.TO_CITY, reason="Jalan kota")
    services.waive(by=camat, at=at, meeting=meeting, requirement="window", ground="late_rules", reason="Pagu terlambat")
    services.close_meeting(by=camat, at=at, meeting=meeting)
    proposal.refresh_from_db()
    meeting.refresh_from_db()
    return meeting


def test_the_district_head_decides_at_the_own_level_only(ward: Region) -> None:
    camat = personas.camat(places.district())
    meeting = called(ward)
    item = put(meeting)
    facts: dict[str, Any] = {"by": camat, "at": datetime(2026, 3, 10, 3, tzinfo=UTC)}
    with pytest.raises(Refused) as caught:
        services.decide(item=item, outcome=Outcome.REJECTED, reason="x", **facts)
    assert caught.value.reason == Reason.NOT_DECIDER
    counted(meeting)
    decided(item)
    with pytest.raises(Refused) as caught:
        services.close_meeting(meeting=meeting, **facts)
    assert caught.value.reason == Reason.NOT_DECIDER


def test_the_ward_head_does_not_decide_for_the_district(ward: Region) -> None:
    proposal = decided(put(called(ward)), Outcome.PASSED_ON, None).item.proposal
    closed(AgendaItem.objects.get(proposal=proposal).meeting)
    proposal.refresh_from_db()
    camat, at = personas.camat(places.district()), datetime(2026, 3, 20, 3, tzinfo=UTC)
    facts = call_facts(places.district(), kind=MeetingKind.DISTRICT, held_on=date(2026, 3, 20))
    meeting = services.call_meeting(by=camat, at=at, **facts)
    item = services.put_proposal(by=camat, at=at, meeting=meeting, proposal=proposal)
    with pytest.raises(Refused) as caught:
        services.decide(by=personas.lurah(ward), at=at, item=item, outcome=Outcome.DEFERRED, reason="x")
    assert caught.value.reason == Reason.NOT_DECIDER
    with pytest.raises(Refused) as caught:
        services.decide(by=camat, at=at, item=item, outcome=Outcome.FUNDED, reason="x", amount=1)
    assert caught.value.reason == Reason.OUTCOME_UNFIT


def test_a_ward_that_is_split_keeps_its_meeting(ward: Region) -> None:
    """Called before the split, closed after it; what it passed on comes to the district of the old ward."""
    meeting = called(ward)
    item = put(meeting)
    at = datetime(2026, 3, 9, 3, tzinfo=UTC)
    add_place(by=None, at=at, code="32.78.01.1099", name="Sukamaju Baru", kind="Kelurahan", parent=places.district())
    close_place(by=None, at=at, region=ward, on=date(2026, 3, 8), reason="Pemekaran")
    decided(item, Outcome.PASSED_ON, None)
    done = closed(meeting)
    assert (done.state, done.region_path) == (MeetingState.CLOSED, ward.path)
    item.proposal.refresh_from_db()
    assert (item.proposal.state, item.proposal.region_path) == (ProposalState.PASSED_ON, ward.path)
    camat = personas.camat(places.district())
    facts = call_facts(places.district(), kind=MeetingKind.DISTRICT, held_on=date(2026, 3, 20))
    district = services.call_meeting(by=camat, at=at, **facts)
    assert list(queries.ready_proposals(district)) == [item.proposal]
    ward.refresh_from_db()
    with pytest.raises(Refused) as caught:
        services.call_meeting(by=personas.lurah(ward), at=at, **call_facts(ward))
    assert caught.value.reason == Reason.PLACE_CLOSED


def test_the_calendar_names_who_has_not_called_yet(ward: Region) -> None:
    places.ward(2)
    meeting = called(ward)
    found = {one.kind: one for one in rungs(places.city(), 2026)}
    assert (found[MeetingKind.DEVELOPMENT].called, found[MeetingKind.DEVELOPMENT].missing) == (
        1, ("Kelurahan Sukamaju 2",),
    )  # fmt: skip
    assert (found[MeetingKind.DISTRICT].places, found[MeetingKind.DISTRICT].called) == (1, 0)
    assert found[MeetingKind.DEVELOPMENT].is_open(date(2026, 5, 1))
    assert not found[MeetingKind.DEVELOPMENT].is_open(date(2027, 1, 1))
    services.cancel_meeting(by=personas.sari(ward), at=meeting.created_at, meeting=meeting, reason="Hujan")
    assert {one.kind: one for one in rungs(places.city(), 2026)}[MeetingKind.DEVELOPMENT].called == 0


def test_the_district_hears_its_wards(ward: Region) -> None:
    """Whoever comes for a ward, or from an RT of it, makes the ward heard; the choice is of wards alone."""
    other, camat = places.ward(2), personas.camat(places.district())
    rt = places.rt(places.rw(ward))
    ruled(places.city(), MeetingKind.DISTRICT, notice_days=0, quorum=0, women=0, rts=1000)
    meeting = services.call_meeting(by=camat, at=NOW, **call_facts(places.district(), kind=MeetingKind.DISTRICT))
    assert set(neighbourhoods(meeting)) == {ward, other}
    on = datetime(2026, 3, 10, 3, tzinfo=UTC)
    for place, found in ((rt, 500), (other, 1000)):
        services.add_presence(by=camat, at=on, meeting=meeting, facts=Facts(sex="f", place=place))
        assert [gap.found for gap in measured_of(meeting)] == [found]
