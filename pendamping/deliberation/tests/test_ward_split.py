"""Deferred proposals of a ward that was split or merged go on in a ward that follows it; its record stays."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pendamping.access.models import Account
from pendamping.access.scope import scope_of
from pendamping.access.tests import personas
from pendamping.access.verbs import Verb
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingState
from pendamping.deliberation.enums.results import ResultReason
from pendamping.deliberation.models import AgendaItem, Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.queries.successors import ended_place
from pendamping.deliberation.tests.factories import (
    AT,
    call_facts,
    called,
    closed,
    decided,
    objected,
    put,
    ready,
)
from pendamping.deliberation.tests.test_api import ask
from pendamping.needs.models import Gathering, Proposal
from pendamping.needs.tests import factories as make
from pendamping.regions.models import Region, RegionCode
from pendamping.regions.services import close_place, correct, draw_outline, name_successors
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
ENDED = date(2026, 6, 30)
LATER = datetime(2026, 9, 1, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED = False


@pytest.fixture
def ward() -> Region:
    return places.ward()


def deferred(ward: Region, *regions: Region) -> tuple[Meeting, list[Proposal]]:
    """A closed meeting of the ward that deferred a proposal for each of these places."""
    meeting = called(ward)
    found = [ready(region, title=f"Usulan {number}") for number, region in enumerate(regions, 1)]
    for proposal in found:
        decided(put(meeting, proposal), "deferred", None)
    return closed(meeting), found


def split(ward: Region, *, into: tuple[int, ...] = (8, 9), on: date = ENDED) -> list[Region]:
    """The ward ends, and these begin the day after."""
    made = [places.ward(number) for number in into]
    for one in made:
        correct(by=None, at=AT, region=one, valid_from=date(2026, 7, 1))
        one.refresh_from_db()
    close_place(by=None, at=LATER, region=ward, on=on, reason="Perda pemekaran", successors=made)
    ward.refresh_from_db()
    return made


def carry(ward: Region, meeting: Meeting, **facts: Any) -> Meeting:
    return services.carry_over(by=personas.sari(ward), at=LATER, meeting=meeting, **facts)


def refusal_of(act: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value


def test_each_goes_on_in_one_ward_by_its_rw_or_by_choice(ward: Region) -> None:
    meeting, (first, second, third) = deferred(ward, places.rw(ward, 1), places.rw(ward, 7), ward)
    kept = (first.code, first.need_id, first.title, first.estimated_cost, first.created_at)
    west, east = split(ward)
    rw = places.rw(west, 1)
    places.rw(east, 2)
    refused = refusal_of(lambda: carry(ward, meeting))
    assert (refused.reason, refused.field) == (ResultReason.SUCCESSOR_OPEN, f"successor_{second.code}")
    assert east.label in refused.message and west.label in refused.message
    carry(ward, meeting, successors={second.code: east, third.code: west}, op=uuid.uuid4())
    first.refresh_from_db()
    assert (first.code, first.need_id, first.title, first.estimated_cost, first.created_at) == kept
    found = {one.code: (one.region_path, one.ward_path, one.fiscal_year, one.state) for one in Proposal.objects.all()}
    assert found == {
        first.code: (rw.path, west.path, 2027, "deferred"), second.code: (east.path, east.path, 2027, "deferred"),
        third.code: (west.path, west.path, 2027, "deferred"),
    }  # fmt: skip
    entry = JournalEntry.objects.get(verb="deliberation.proposal_carried_over", subject_code=first.code)
    assert (entry.changes["went_from"], entry.changes["goes_to"]) == (
        places.rw(ward, 1).place_label, rw.place_label,
    )  # fmt: skip
    assert (entry.region_path, entry.is_public) == (places.rw(ward, 1).path, True)
    assert not list(counters.differences())


def test_only_the_ward_that_follows_goes_on_with_it(ward: Region) -> None:
    meeting, (proposal,) = deferred(ward, ward)
    west, east = split(ward)
    carry(ward, meeting, successors={proposal.code: west})
    proposal = Proposal.objects.get(pk=proposal.pk)
    on = date(2026, 9, 1)
    old, new = scope_of(personas.sari(ward), on), scope_of(personas.person("ward_facilitator", west, "wati"), on)
    other = scope_of(personas.person("ward_facilitator", east, "tini"), on)
    assert [one.can(Verb.RECORD_SEE, proposal) for one in (old, new, other)] == [True, True, False]
    assert [one.can(Verb.PROPOSAL_WRITE, proposal) for one in (old, new, other)] == [False, True, False]
    facts = {"fiscal_year": 2027, "held_on": date(2027, 2, 1)}
    there = services.call_meeting(by=personas.lurah(west), at=LATER, **call_facts(west, **facts))
    assert list(queries.ready_proposals(there)) == [proposal]
    elsewhere = services.call_meeting(by=personas.lurah(east), at=LATER, **call_facts(east, **facts))
    assert not queries.ready_proposals(elsewhere).exists()
    services.put_proposal(by=personas.lurah(west), at=LATER, meeting=there, proposal=proposal)


def test_the_ward_that_ended_does_not_pass_up_what_went_on_elsewhere(ward: Region, client: Client) -> None:
    meeting, (first, second) = deferred(ward, places.rw(ward, 1), ward)
    west, _east = split(ward)
    carry(ward, meeting, proposals=[first], successors={first.code: west})
    by = {"by": personas.lurah(ward), "at": LATER, "meeting": meeting, "reason": "Terlalu besar bagi kelurahan"}
    refused = refusal_of(lambda: services.pass_up(**by, proposals=[first]))
    assert refused.reason == ResultReason.NOT_OF_MEETING
    client.force_login(by["by"])
    page = client.get(reverse("deliberation:pass_up", args=[meeting.code])).content.decode()
    assert first.title not in page and second.title in page
    services.pass_up(**by)
    states = {one.pk: one.state for one in Proposal.objects.all()}
    assert states == {first.pk: "deferred", second.pk: "passed_on"}


def test_a_merge_has_one_way_and_no_rw_of_the_same_number(ward: Region) -> None:
    """The RW 001 of the ward that takes it in is another one."""
    meeting, (proposal,) = deferred(ward, places.rw(ward, 1))
    taker, second = places.ward(8), places.ward(2)
    places.rw(taker, 1)
    for one in (ward, second):
        close_place(by=None, at=LATER, region=one, on=ENDED, successors=[taker])
    carry(ward, meeting)
    proposal.refresh_from_db()
    assert (proposal.region_path, proposal.former_path) == (taker.path, places.rw(ward, 1).path)


def test_points_and_named_units_tell_the_ward(ward: Region) -> None:
    here, there = places.rw(ward, 3), places.rw(ward, 4)
    meeting, (pinned, named) = deferred(ward, here, there)
    voice = make.voice(ward, latitude="-7.25", longitude="108.15")
    Gathering.objects.update_or_create(voice=voice, defaults={"need": pinned.need, "at": AT})
    west, east = split(ward)
    for way, left in ((west, 108.0), (east, 108.1)):
        ring = [[left, -7.3], [left + 0.1, -7.3], [left + 0.1, -7.2], [left, -7.2], [left, -7.3]]
        draw_outline(by=None, at=AT, region=way, geometry={"type": "Polygon", "coordinates": [ring]})
    renumbered = places.rw(west, 1)
    there.refresh_from_db()
    name_successors(by=None, at=LATER, region=there, successors=[renumbered])
    carry(ward, meeting)
    pinned.refresh_from_db()
    named.refresh_from_db()
    assert (pinned.region_path, named.region_path) == (east.path, renumbered.path)


def test_a_ward_split_twice_and_one_without_a_follower(ward: Region) -> None:
    meeting, (proposal,) = deferred(ward, ward)
    close_place(by=None, at=LATER, region=ward, on=ENDED)
    ward.refresh_from_db()
    assert refusal_of(lambda: carry(ward, meeting)).reason == ResultReason.NO_SUCCESSOR
    middle, last = places.ward(8), places.ward(9)
    name_successors(by=None, at=LATER, region=ward, successors=[middle])
    close_place(by=None, at=LATER, region=middle, on=ENDED, successors=[last])
    stranger = places.ward(5)
    refused = refusal_of(lambda: carry(ward, meeting, successors={proposal.code: stranger}))
    assert refused.reason == ResultReason.NOT_SUCCESSOR
    carry(ward, meeting)
    proposal.refresh_from_db()
    assert proposal.region_path == last.path


def test_what_was_carried_over_before_the_split_goes_on_too(ward: Region) -> None:
    meeting, (proposal,) = deferred(ward, ward)
    services.carry_over(by=personas.sari(ward), at=AT, meeting=meeting)
    (way,) = split(ward, into=(8,))
    carry(ward, meeting)
    proposal.refresh_from_db()
    assert (proposal.region_path, proposal.fiscal_year) == (way.path, 2027)
    assert refusal_of(lambda: carry(ward, meeting)).reason == ResultReason.NOTHING_TO_CARRY


def test_the_record_of_the_old_meeting_stays(ward: Region, client: Client) -> None:
    meeting, (proposal,) = deferred(ward, places.rw(ward, 1))
    (way,) = split(ward, into=(8,))
    carry(ward, meeting)
    item = AgendaItem.objects.get(meeting=meeting)
    assert (item.place, item.proposal.ward_path) == (places.rw(ward, 1), way.path)
    page = client.get(reverse("deliberation:public", args=[meeting.code])).content.decode()
    assert places.rw(ward, 1).place_label in page
    assert "dimekarkan atau digabung" in page and way.place_label in page
    client.force_login(personas.sari(ward))
    assert client.get(reverse("needs:proposal", args=[proposal.code])).status_code == 200


def test_an_upheld_objection_brings_it_back_to_its_meeting(ward: Region) -> None:
    meeting, (proposal,) = deferred(ward, ward)
    objection = objected(meeting)
    (way,) = split(ward, into=(8,), on=date(2026, 3, 8))
    carry(ward, meeting)
    services.answer_objection(
        by=personas.camat(places.district()), at=LATER, objection=objection, is_upheld=True, answer="Belum dibacakan"
    )
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.region_path, proposal.fiscal_year) == ("on_agenda", ward.path, 2026)
    services.close_meeting(by=personas.lurah(ward), at=LATER, meeting=Meeting.objects.get(pk=meeting.pk))
    carry(ward, Meeting.objects.get(pk=meeting.pk))
    proposal.refresh_from_db()
    assert (proposal.region_path, AgendaItem.objects.get(meeting=meeting).place) == (way.path, ward)
    assert not list(counters.differences())


def test_a_meeting_not_closed_yet_is_finished_and_its_page_says_so(ward: Region, client: Client) -> None:
    meeting = called(ward)
    item = put(meeting)
    west, east = split(ward, on=date(2026, 3, 9))
    client.force_login(personas.lurah(ward))
    page = client.get(reverse("deliberation:meeting", args=[meeting.code])).content.decode()
    assert "dimekarkan atau digabung" in page and west.name in page and east.name in page
    decided(item, "deferred", None)
    assert closed(meeting).state == MeetingState.CLOSED
    assert ended_place(called(east)) is None


def chosen(client: Client, by: Account, meeting: Meeting, facts: dict[str, Any]) -> Any:
    client.force_login(by)
    return client.post(reverse("deliberation:carry_over", args=[meeting.code]), facts)


def test_the_page_asks_only_where_the_place_does_not_tell(ward: Region, client: Client) -> None:
    meeting, (first, second) = deferred(ward, places.rw(ward, 1), ward)
    west, east = split(ward)
    places.rw(west, 1)
    client.force_login(personas.sari(ward))
    page = client.get(reverse("deliberation:carry_over", args=[meeting.code])).content.decode()
    assert f'<option value="{west.path}" selected>' in page  # the first, by its RW
    facts = {"proposals": [first.pk, second.pk], f"successor_{first.code}": west.path}
    wrong = chosen(client, personas.sari(ward), meeting, facts)
    assert wrong.status_code == 422 and second.code in wrong.content.decode()
    done = chosen(client, personas.sari(ward), meeting, {**facts, f"successor_{second.code}": east.path})
    assert done.status_code == 302
    assert set(Proposal.objects.values_list("ward_path", flat=True)) == {west.path, east.path}


def test_the_api_names_the_wards(ward: Region, client: Client) -> None:
    meeting, (first,) = deferred(ward, ward)
    west, _east = split(ward)
    RegionCode.objects.create(region=west, scheme="kemendagri", code="32.78.01.1008")
    by, path = personas.sari(ward), f"/meetings/{meeting.code}/carry-over"
    assert ask(client, by, "POST", path, {}).json()["code"] == "successor_open"
    wrong = ask(client, by, "POST", path, {"successors": {first.code: "32.78.01.9999"}})
    assert wrong.json()["code"] == "unknown_code"
    done = ask(client, by, "POST", path, {"successors": {first.code: west.path}})
    assert (done.status_code, Proposal.objects.get().ward_path) == (201, west.path)


def test_each_proposal_more_costs_as_much_as_the_one_before(ward: Region) -> None:
    """Which of them wait is asked once, however many they are."""
    counts = []
    for number, size in ((2, 1), (3, 2), (4, 3)):
        here = places.ward(number)
        meeting, _found = deferred(here, *[here] * size)
        by = personas.sari(here)
        with CaptureQueriesContext(connection) as seen:
            services.carry_over(by=by, at=LATER, meeting=meeting)
        counts.append(sum("deliberation_agendaitem" in one["sql"] for one in seen))
    assert counts[0] == counts[1] == counts[2]
