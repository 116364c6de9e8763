"""What happens to meetings, as acts: states, journal, counters, separation of duties."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from pendamping.access.enums import Reason as AccessReason
from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingState, Outcome, Reason
from pendamping.deliberation.models import Attendance, Decision, Meeting
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.tests.factories import (
    AT,
    DAY,
    YEAR,
    call_facts,
    called,
    closed,
    counted,
    decided,
    funded,
    put,
    ready,
)  # fmt: skip
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Region:
    return places.ward()


@pytest.fixture
def meeting(ward: Region) -> Meeting:
    return called(ward)


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=facts.pop("at", AT), **facts)
    return caught.value.reason


def last(verb: str) -> JournalEntry:
    return JournalEntry.objects.filter(verb=verb).latest("id")


def test_called_meeting_is_public_at_once(ward: Region, meeting: Meeting) -> None:
    assert list(queries.upcoming_meetings(ward.path, on=DAY)) == [meeting]
    assert list(queries.upcoming_meetings(ward.path, on=DAY + timedelta(days=1))) == []
    assert list(queries.upcoming_meetings(places.ward(2).path, on=DAY)) == []
    entry = last("deliberation.meeting_called")
    assert (entry.office, entry.is_public, entry.subject_code) == ("ward_facilitator", True, meeting.code)


def test_same_call_sent_twice_makes_one_meeting(ward: Region) -> None:
    op = uuid.uuid4()
    once, twice = (
        services.call_meeting(by=personas.sari(ward), at=AT, op=op, **call_facts(ward)) for _time in range(2)
    )
    assert once == twice
    assert Meeting.objects.count() == 1


def test_proposals_come_in_order_and_leave_as_they_came(ward: Region, meeting: Meeting) -> None:
    first, second = put(meeting), put(meeting)
    assert [first.position, second.position] == [1, 2]
    first.proposal.refresh_from_db()
    assert first.proposal.state == ProposalState.ON_AGENDA
    assert refusal(services.put_proposal, by=None, meeting=called(ward), proposal=first.proposal) == (
        Reason.ALREADY_ON_AGENDA
    )
    services.take_off_agenda(by=personas.sari(ward), at=AT, item=first)
    first.proposal.refresh_from_db()
    assert first.proposal.state == ProposalState.CHECKED
    assert last("deliberation.proposal_taken_off").subject_code == first.proposal.code
    assert put(meeting).position == 3


def test_deferred_proposal_is_deferred_again_when_taken_off(ward: Region, meeting: Meeting) -> None:
    proposal = decided(put(meeting), Outcome.DEFERRED, None).item.proposal
    closed(meeting)
    item = put(called(ward), proposal)
    services.take_off_agenda(by=personas.sari(ward), at=AT, item=item)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DEFERRED


def test_several_are_put_all_or_none(ward: Region, meeting: Meeting) -> None:
    here, elsewhere = ready(ward), ready(ward, fiscal_year=2027)
    facts = {"by": personas.sari(ward), "meeting": meeting, "proposals": [here, elsewhere]}
    assert refusal(services.put_proposals, **facts) == Reason.OTHER_YEAR
    here.refresh_from_db()
    assert here.state == ProposalState.CHECKED


def test_attendance_is_counted_again_old_to_new(ward: Region, meeting: Meeting) -> None:
    counted(meeting, women=10, men=12)
    counted(meeting, women=14, men=12)
    assert last("deliberation.attendance_counted").changes == {"women": [10, 14]}
    assert Attendance.objects.get().present == 26
    assert counters.total("attendance.women", under=ward.path) == 14
    assert list(counters.differences()) == []


def test_attendance_before_the_day_or_impossible_is_refused(ward: Region, meeting: Meeting) -> None:
    facts = {"by": personas.sari(ward), "meeting": meeting, "women": 3, "men": 2}
    assert refusal(services.count_attendance, **facts, at=AT - timedelta(days=1)) == Reason.MEETING_NOT_YET
    assert refusal(services.count_attendance, **facts, pkk=6) == Reason.GROUP_TOO_LARGE


def test_nothing_is_agreed_before_the_day_even_an_hour_before_midnight(ward: Region, meeting: Meeting) -> None:
    lurah, eve = personas.lurah(ward), AT.replace(hour=16, minute=59) - timedelta(days=1)  # 23.59 in the city
    item = put(meeting)
    facts = {"by": lurah, "item": item, "outcome": Outcome.REJECTED, "reason": "Tidak perlu"}
    said = {"by": lurah, "meeting": meeting}
    assert refusal(services.decide, **facts, at=eve) == Reason.MEETING_NOT_YET
    assert refusal(services.record_no_consensus, **said, reason="Belum sepakat", at=eve) == Reason.MEETING_NOT_YET
    services.record_no_consensus(**said, reason="Belum sepakat", at=eve + timedelta(minutes=1))
    assert refusal(services.record_consensus, **said, words="Semua sepakat", at=eve) == Reason.MEETING_NOT_YET
    services.record_consensus(**said, words="Semua sepakat", at=eve + timedelta(minutes=1))
    services.decide(**facts, at=eve + timedelta(minutes=1))


def test_decision_can_change_until_the_meeting_is_closed(meeting: Meeting) -> None:
    item = put(meeting)
    decided(item)
    decision = decided(item, Outcome.DEFERRED, None)
    assert Decision.objects.count() == 1
    entry = last("deliberation.proposal_decided")
    assert entry.changes["outcome"] == ["funded", "deferred"]
    assert entry.changes["amount"] == [40_000_000, None]
    assert entry.subject_code == item.proposal.code
    assert list(queries.decisions_of(item.proposal)) == []  # an open meeting has not decided
    closed(meeting)
    assert list(queries.decisions_of(item.proposal)) == [decision]
    facts = {"item": item, "outcome": Outcome.FUNDED, "reason": "x", "amount": 1}
    assert refusal(services.decide, by=personas.lurah(meeting.region), **facts) == Reason.MEETING_CLOSED


def test_amount_is_kept_only_when_funded(meeting: Meeting) -> None:
    assert decided(put(meeting), Outcome.REJECTED, 5_000_000).amount is None


def test_reason_is_kept_without_personal_data(meeting: Meeting) -> None:
    item = put(meeting)
    services.decide(
        by=personas.lurah(meeting.region),
        at=AT,
        item=item,
        outcome=Outcome.REJECTED,
        reason="Hubungi 081234567890 dulu",
    )
    assert "081234567890" not in Decision.objects.get().reason + last("deliberation.proposal_decided").reason


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("sari", Reason.NOT_DECIDER),
        ("sekretaris", Reason.NOT_DECIDER),
        ("next door", Reason.NOT_DECIDER),
        ("nobody", Reason.NOT_DECIDER),
        ("lurah who checked", AccessReason.SAME_PERSON),
        ("lurah who facilitates", AccessReason.FACILITATOR_NEVER),
    ],
)
def test_who_may_not_decide(ward: Region, meeting: Meeting, who: str, reason: Any) -> None:
    item = put(meeting)
    lurah = personas.lurah(ward)
    person: Any = lurah
    if who in ("sari", "sekretaris"):
        person = getattr(personas, who)(ward)
    elif who == "next door":
        person = personas.person("ward_head", places.ward(2), "lurah-sebelah")
    elif who == "nobody":
        person = None
    elif who == "lurah who checked":
        item.proposal.checked_by = lurah
        item.proposal.save()
    else:
        personas.person("ward_facilitator", ward, "lurah")
    facts = {"item": item, "outcome": Outcome.REJECTED, "reason": "Tidak perlu"}
    assert refusal(services.decide, by=person, **facts) == reason


def test_decided_proposal_stays_on_the_agenda(ward: Region, meeting: Meeting) -> None:
    item = put(meeting)
    decided(item)
    assert refusal(services.take_off_agenda, by=personas.sari(ward), item=item) == Reason.DECIDED_ALREADY


def test_item_of_nothing_is_refused(ward: Region, meeting: Meeting) -> None:
    item = put(meeting)
    services.take_off_agenda(by=personas.sari(ward), at=AT, item=item)
    item.pk = 10**6
    facts = {"item": item, "outcome": Outcome.REJECTED, "reason": "x"}
    assert refusal(services.decide, by=personas.lurah(ward), **facts) == Reason.NOT_ON_AGENDA


def test_closing_gives_every_proposal_its_fate(ward: Region, meeting: Meeting) -> None:
    outcomes = [Outcome.FUNDED, Outcome.DEFERRED, Outcome.PASSED_ON, Outcome.REJECTED]
    items = [put(meeting) for _outcome in outcomes]
    for item, outcome in zip(items, outcomes, strict=True):
        decided(item, outcome)
    done = closed(meeting, notes="Dua warga RW 002 berkeberatan.")
    assert (done.state, done.closed_by) == (MeetingState.CLOSED, personas.lurah(ward))
    for item, outcome in zip(items, outcomes, strict=True):
        item.proposal.refresh_from_db()
        assert item.proposal.state == outcome.value
    entry = last("deliberation.meeting_closed")
    assert (entry.changes["funded"], entry.changes["amount"]) == (1, 40_000_000)
    assert counters.total("decided.rupiah", under=ward.path, dimension="infrastructure") == 40_000_000
    assert counters.total("meeting.state", under=ward.path, dimension="closed") == 1
    assert list(counters.differences()) == []
    assert counters.undeclared() == []


def test_closing_names_what_is_missing(ward: Region, meeting: Meeting) -> None:
    lurah, item = personas.lurah(ward), put(meeting)
    assert refusal(services.close_meeting, by=lurah, meeting=meeting) == Reason.ATTENDANCE_MISSING
    counted(meeting)
    with pytest.raises(Refused) as caught:
        services.close_meeting(by=lurah, at=AT, meeting=meeting)
    assert caught.value.reason == Reason.UNDECIDED
    assert item.proposal.code in caught.value.message
    decided(item)
    assert refusal(services.close_meeting, by=personas.sari(ward), meeting=meeting) == Reason.NOT_DECIDER
    assert (
        refusal(services.close_meeting, by=lurah, meeting=meeting, at=AT - timedelta(days=2)) == Reason.MEETING_NOT_YET
    )


def test_rw_meeting_cannot_fund(ward: Region) -> None:
    rw = places.rw(ward)
    meeting = called(ward, kind="rw", region=rw)
    item = put(meeting, ready(rw))
    facts = {"item": item, "outcome": Outcome.FUNDED, "reason": "Perlu", "amount": 1}
    assert refusal(services.decide, by=personas.lurah(ward), **facts) == Reason.RW_CANNOT_FUND


def test_minutes_tell_all_and_are_issued_once(ward: Region) -> None:
    meeting = funded(ward).item.meeting
    paper = services.issue_minutes(meeting=meeting, at=AT)
    meeting.refresh_from_db()
    assert services.issue_minutes(meeting=meeting, at=AT + timedelta(days=1)) == paper == meeting.minutes
    with paper.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    for words in (
        "Permendagri 130/2018",
        "Rp 40.000.000",
        "Genangan terjadi",
        "Selasa, 10 Maret 2026",
        meeting.code,
        paper.code,
    ):
        assert words in text
    assert "21" in text and "19" in text
    assert str(YEAR) in text


def test_deferred_proposal_comes_to_the_meeting_of_the_next_year(ward: Region, meeting: Meeting) -> None:
    proposal = decided(put(meeting), Outcome.DEFERRED, None).item.proposal
    closed(meeting)
    later = called(ward, fiscal_year=YEAR + 1)
    assert list(queries.ready_proposals(later)) == [proposal]
    item = put(later, Proposal.objects.get(pk=proposal.pk))
    item.proposal.refresh_from_db()
    assert (item.proposal.fiscal_year, item.year_before) == (YEAR + 1, YEAR)
    assert last("deliberation.proposal_put").changes["carried_over"] == YEAR
    services.take_off_agenda(by=personas.sari(ward), at=AT, item=item)
    item.proposal.refresh_from_db()
    assert (item.proposal.fiscal_year, item.proposal.state) == (YEAR, ProposalState.DEFERRED)


def test_moved_meeting_tells_old_and_new_day_with_the_reason(ward: Region, meeting: Meeting) -> None:
    sari, new = personas.sari(ward), DAY + timedelta(days=7)
    facts = {"by": sari, "meeting": meeting, "held_on": new, "reason": "Aula dipakai"}
    moved = services.move_meeting(at=AT, **facts)
    told = last("deliberation.meeting_moved")
    assert (moved.held_on, told.changes["held_on"], told.reason) == (new, [str(DAY), str(new)], "Aula dipakai")
    assert refusal(services.move_meeting, **facts) == Reason.SAME_DAY
    services.move_meeting(by=sari, at=AT, meeting=meeting, held_on=DAY, reason="Kembali")
    counted(meeting)
    assert refusal(services.move_meeting, **facts) == Reason.MEETING_HELD


def test_cancelled_meeting_gives_its_proposals_back(ward: Region, meeting: Meeting) -> None:
    sari, item = personas.sari(ward), put(meeting)
    assert refusal(services.cancel_meeting, by=sari, meeting=meeting, reason=" ") == Reason.REASON_MISSING
    done = services.cancel_meeting(by=sari, at=AT, meeting=meeting, reason="Hujan lebat")
    item.proposal.refresh_from_db()
    assert (done.state, done.cancelled_by, done.cancellation) == (MeetingState.CANCELLED, sari, "Hujan lebat")
    assert (item.proposal.state, meeting.items.count()) == (ProposalState.CHECKED, 0)
    assert (last("deliberation.meeting_cancelled").reason, last("deliberation.proposal_taken_off").subject_code) == (
        "Hujan lebat", item.proposal.code,
    )  # fmt: skip
    assert list(queries.upcoming_meetings(ward.path, on=DAY)) == []
    assert refusal(services.cancel_meeting, by=sari, meeting=meeting, reason="Lagi") == Reason.MEETING_CANCELLED
    facts = {"by": sari, "meeting": meeting, "proposal": item.proposal}
    assert refusal(services.put_proposal, **facts) == Reason.MEETING_CANCELLED
    assert put(called(ward), item.proposal).position == 1
    assert list(counters.differences()) == []


def test_what_the_ward_head_decided_only_the_ward_head_drops(ward: Region, meeting: Meeting) -> None:
    decided(put(meeting))
    facts = {"meeting": meeting, "reason": "Salah hari"}
    assert refusal(services.cancel_meeting, by=personas.sari(ward), **facts) == Reason.DECIDER_CANCELS
    services.cancel_meeting(by=personas.lurah(ward), at=AT, **facts)
    assert Decision.objects.count() == 0


def test_rw_meeting_without_proposals_is_closed_with_its_course(ward: Region, meeting: Meeting) -> None:
    lurah = personas.lurah(ward)
    counted(meeting)
    assert refusal(services.close_meeting, by=lurah, meeting=meeting, notes="x") == Reason.NOTHING_DECIDED
    gathering = counted(called(ward, kind="rw", region=places.rw(ward)))
    services.waive(
        by=lurah, at=AT, meeting=gathering, requirement="window", ground="late_rules", reason="Pagu terlambat"
    )
    assert refusal(services.close_meeting, by=lurah, meeting=gathering) == Reason.NOTES_MISSING
    done = services.close_meeting(by=lurah, at=AT, meeting=gathering, notes="Warga menyebut tiga selokan.")
    paper = services.issue_minutes(meeting=done, at=AT)
    with paper.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "Tidak ada usulan yang dibawa ke musyawarah ini." in text
    assert "tiga selokan" in text


def test_decisions_are_told_in_public_only_when_the_meeting_is_closed(meeting: Meeting) -> None:
    item = put(meeting)
    decided(item)
    decided(item, Outcome.REJECTED, None)
    told = JournalEntry.objects.filter(verb="deliberation.proposal_decided").order_by("id")
    assert [entry.is_public for entry in told] == [False, False]
    closed(meeting)
    public = told.get(is_public=True)
    assert (public.changes["outcome"], public.changes["amount"], public.subject_code) == (
        "rejected", None, item.proposal.code,
    )  # fmt: skip
    assert public.reason == Decision.objects.get().reason


@pytest.mark.parametrize("duty", ["proposed_by", "submitted_by", "checked_by"])
def test_closing_is_refused_to_whoever_had_a_hand_in_a_proposal(ward: Region, meeting: Meeting, duty: str) -> None:
    item, lurah = put(meeting), personas.lurah(ward)
    put(meeting, ready(ward))
    for each in meeting.items.all():
        decided(each)
    counted(meeting)
    Proposal.objects.filter(pk=item.proposal_id).update(**{duty: lurah})
    with pytest.raises(Refused) as caught:
        services.close_meeting(by=lurah, at=AT, meeting=meeting)
    assert caught.value.reason == AccessReason.SAME_PERSON
    assert item.proposal.code in caught.value.message
