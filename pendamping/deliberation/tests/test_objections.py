"""Objections to closed meetings: made, answered, and what opening a meeting again does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from pendamping.access.tests import personas
from pendamping.core import counters
from pendamping.core.errors import Refused
from pendamping.core.models import JournalEntry
from pendamping.deliberation import services
from pendamping.deliberation.enums.ladder import LadderReason, MeetingObjectionState
from pendamping.deliberation.enums.meetings import MeetingState, Outcome
from pendamping.deliberation.models import Decision, Meeting, MeetingObjection, MinutesRevision
from pendamping.deliberation.queries import meetings as queries
from pendamping.deliberation.tests.factories import (
    AT,
    YEAR,
    called,
    closed,
    decided,
    objected,
    put,
    ruled,
    upheld,
)  # fmt: skip
from pendamping.needs.enums.proposals import ProposalState
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


@pytest.fixture
def ward() -> Region:
    return places.ward()


def refusal(service: Callable[..., Any], **facts: Any) -> Any:
    with pytest.raises(Refused) as caught:
        service(at=facts.pop("at", AT), **facts)
    return caught.value.reason


def whole(ward: Region) -> tuple[Meeting, list[Decision]]:
    """A closed meeting with its minutes that funded one proposal and deferred another."""
    meeting = called(ward)
    decisions = [decided(put(meeting)), decided(put(meeting), Outcome.DEFERRED, None)]
    services.issue_minutes(meeting=closed(meeting), at=AT)
    return Meeting.objects.get(pk=meeting.pk), decisions


def test_an_objection_is_masked_and_told_without_its_words(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    made = objected(meeting, "Hubungi 081234567890, RW 003 tidak diundang")
    assert "081234567890" not in made.words
    assert (made.revision, made.recorded_by, made.code[0]) == (1, None, "I")
    told = JournalEntry.objects.get(verb="deliberation.objection_made")
    assert (told.subject_code, told.office, told.reason) == (meeting.code, "", "")
    assert made.code not in str(told.changes)


def test_objections_are_taken_in_their_days_only(ward: Region) -> None:
    ruled(places.city(), objection_days=2)
    open_one = called(ward)
    facts = {"by": None, "words": "RW 003 tidak diundang"}
    assert refusal(services.make_objection, meeting=open_one, **facts) == LadderReason.NOT_CLOSED
    meeting, _decisions = whole(ward)
    late = AT + timedelta(days=2)
    assert refusal(services.make_objection, meeting=meeting, at=late, **facts) == LadderReason.OBJECTION_LATE
    span = {"opens_at": AT, "closes_at": AT + timedelta(days=5)}
    services.set_phase(by=personas.sari(ward), at=AT, meeting=meeting, phase="objections", **span)
    assert objected(meeting, at=late).state == MeetingObjectionState.OPEN


def test_a_meeting_called_without_rules_takes_none(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    Meeting.objects.update(rules=None)
    assert refusal(services.make_objection, by=None, meeting=meeting, words="x y") == LadderReason.NO_RULES


def test_an_upheld_objection_opens_the_meeting_again(ward: Region) -> None:
    meeting, (given, deferred) = whole(ward)
    first = meeting.minutes
    assert first is not None
    again = upheld(meeting, at=LATER)
    assert (again.state, again.revision, again.closed_at, again.minutes) == (MeetingState.CALLED, 2, None, None)
    kept = MinutesRevision.objects.get()
    assert (kept.number, kept.minutes, kept.closed_by) == (1, first, personas.lurah(ward))
    first.refresh_from_db()
    assert not first.is_valid and "revisi 2" in first.revoked_reason
    for decision in (given, deferred):
        decision.item.proposal.refresh_from_db()
        assert decision.item.proposal.state == ProposalState.ON_AGENDA
    assert list(queries.decisions_of(given.item.proposal)) == []
    assert counters.total("decided.rupiah", under=ward.path, dimension="infrastructure") == 0
    assert list(counters.differences()) == []
    services.decide(
        by=personas.lurah(ward), at=LATER, item=given.item, outcome=Outcome.REJECTED, reason="Sudah dikerjakan PU"
    )
    done = services.close_meeting(by=personas.lurah(ward), at=LATER, meeting=again, notes="Dibacakan ulang")
    paper = services.issue_minutes(meeting=done, at=LATER)
    assert paper != first and paper.is_valid
    with paper.file.open("rb") as file:
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert f"{meeting.code}/R2" in text
    assert "Usulan RW 003 memang belum dibacakan" in text
    given.item.proposal.refresh_from_db()
    assert given.item.proposal.state == ProposalState.REJECTED
    assert list(counters.differences()) == []


def test_who_answers(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    one = objected(meeting)
    facts = {"objection": one, "is_upheld": False, "answer": "Undangan terkirim ke semua RW"}
    assert refusal(services.answer_objection, by=personas.lurah(ward), **facts) == LadderReason.NOT_ANSWERER
    assert refusal(services.answer_objection, by=personas.sari(ward), **facts) == LadderReason.NOT_ANSWERER
    camat = personas.camat(places.district())
    Meeting.objects.filter(pk=meeting.pk).update(closed_by=camat)
    assert refusal(services.answer_objection, by=camat, **facts) == LadderReason.CLOSER_ANSWERS
    done = services.answer_objection(by=personas.secretariat(places.city()), at=AT, **facts)
    assert (done.state, Meeting.objects.get(pk=meeting.pk).state) == (
        MeetingObjectionState.DISMISSED,
        MeetingState.CLOSED,
    )
    assert refusal(services.answer_objection, by=personas.secretariat(places.city()), **facts) == (
        LadderReason.ANSWERED_ALREADY
    )


def test_who_closed_an_earlier_revision_does_not_answer_either(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    again = upheld(meeting, at=LATER)
    services.close_meeting(by=personas.lurah(ward), at=LATER, meeting=again)
    camat = personas.person("district_head", places.district(), "camat-lain")
    MinutesRevision.objects.update(closed_by=camat)
    facts = {"objection": objected(again, at=LATER), "is_upheld": True, "answer": "Ya"}
    assert refusal(services.answer_objection, by=camat, at=LATER, **facts) == LadderReason.CLOSER_ANSWERS


def test_a_second_upheld_objection_leaves_the_open_meeting_open(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    other = objected(meeting)
    again = upheld(meeting)
    services.answer_objection(
        by=personas.camat(places.district()), at=LATER, objection=other, is_upheld=True, answer="Sama"
    )
    again.refresh_from_db()
    assert (again.revision, again.state, MinutesRevision.objects.count()) == (2, MeetingState.CALLED, 1)


def test_what_went_to_another_meeting_keeps_this_one_closed(ward: Region) -> None:
    meeting, (_given, deferred) = whole(ward)
    put(called(ward, fiscal_year=YEAR + 1), deferred.item.proposal)
    one = objected(meeting)
    facts = {"by": personas.camat(places.district()), "objection": one, "is_upheld": True, "answer": "Benar"}
    with pytest.raises(Refused) as caught:
        services.answer_objection(at=AT, **facts)
    assert (caught.value.reason, deferred.code in caught.value.message) == (LadderReason.WENT_ON, True)
    one.refresh_from_db()
    assert (one.state, one.answer) == (MeetingObjectionState.OPEN, "")  # nothing is half written


def test_the_same_objection_sent_twice_is_one(ward: Region) -> None:
    meeting, _decisions = whole(ward)
    facts = {"by": None, "at": AT, "meeting": meeting, "words": "RW 003 tidak diundang", "op": uuid.uuid4()}
    assert services.make_objection(**facts) == services.make_objection(**facts)
    assert MeetingObjection.objects.count() == 1
