"""What a meeting is before, within and after it, written by people: invited, checked, voted, objected to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.deliberation import services as deliberation
from pendamping.deliberation.enums.invitations import InvitationAnswer
from pendamping.deliberation.models import Meeting, Result
from pendamping.deliberation.tests import factories as meetings
from pendamping.deliberation.tests import poll_factories as polls
from pendamping.deliberation.tests.result_factories import OVER, worked_out
from pendamping.demo import before, voting
from pendamping.demo.people import Cast, cast_of
from pendamping.planning import services as planning
from pendamping.planning.models import SubActivity
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

AT, TODAY = meetings.AT, date(2024, 6, 20)


def deliberated(ward: Region, office: Account, start: datetime) -> None:
    """Every act of deliberation in which somebody writes."""
    before.build(Region.objects.get(path=ward.city_path), office, (2024,), start)
    spots = [places.rt(places.rw(ward, rw), 1) for rw in range(1, 6)]
    result = voting.build(ward, spots, cast_of(ward, start), today=TODAY, say=str)
    taken_over(ward, result.meeting, cast_of(ward, start))
    here = places.ward()
    invited(here)
    voted(places.ward(2))
    objected(places.ward(3))
    waived(places.ward(4))


def taken_over(ward: Region, meeting: Meeting, cast: Cast) -> None:
    """What the meeting funded becomes projects, with who pays and who builds in words."""
    lines = {
        stream: SubActivity.objects.get(code=f"7.01.03.2.02.000{number}")
        for number, stream in ((2, "infrastructure"), (3, "empowerment"))
    }
    planning.set_ceiling(by=None, at=AT, ward=ward, year=2024, amount=900_000_000)
    planning.take_over(
        by=cast.technical, at=AT, meeting=meeting, lines=lines, funding_source="DAU", executor="Pokmas",
        starts_on=date(2024, 8, 1), ends_on=date(2024, 11, 1),
    )  # fmt: skip


def waived(ward: Region) -> None:
    """Too few came, and why the meeting closes all the same."""
    meetings.ruled(places.city())
    meeting = meetings.called(ward)
    meetings.counted(meeting, women=4, men=4)
    deliberation.waive(
        by=personas.lurah(ward), at=AT, meeting=meeting, requirement="quorum", ground="other", reason="Hujan deras"
    )


def invited(ward: Region) -> None:
    """Guests, seats, hours and chairs of a meeting."""
    facts: dict[str, Any] = {"by": personas.sari(ward), "at": AT}
    meeting = meetings.called(ward)
    guest: dict[str, Any] = {"capacity": "group", "way": "letter", "address": "", "name": "Bu Guru"}
    invitation = deliberation.invite_guest(meeting=meeting, label="Yayasan Contoh", **guest, **facts)
    deliberation.note_told(invitation=invitation, way="letter", **facts)
    deliberation.answer_invitation(invitation=invitation, answer=InvitationAnswer.SENDING, instead="Wakilnya", **facts)
    Meeting.objects.filter(pk=meeting.pk).update(chair_office="Lurah")  # two planted offices would be the same one
    deliberation.change_chair(
        meeting=meeting, office="Sekretaris Lurah", since=AT - timedelta(minutes=5), reason="Sakit", **facts
    )
    polls.failed(meeting)
    deliberation.record_consensus(meeting=meeting, words="Disepakati setelah istirahat", **facts)
    span = {"opens_at": AT + timedelta(hours=1), "closes_at": AT + timedelta(hours=2)}
    for reason in ("", "Hujan"):
        deliberation.set_phase(meeting=meeting, phase="attendance", reason=reason, **span, **facts)
    for _one in range(2):
        meetings.put(meeting)
    deliberation.begin_matrix(meeting=meeting, **facts)
    deliberation.freeze_matrix(by=personas.lurah(ward), at=AT, meeting=meeting)
    deliberation.give_seat(by=personas.lurah(ward), at=AT, meeting=meeting, label="RW 003")


def voted(ward: Region) -> None:
    """A ballot with a roll, a struck proposal, a sheet set aside, and one called off."""
    head = personas.lurah(ward)
    meeting = polls.meeting(ward)
    polls.failed(meeting)
    off = polls.prepared(meeting)
    deliberation.void_poll(by=head, at=AT, poll=off, reason="Salah usulan")
    poll = polls.announced(meeting)
    deliberation.make_slips(by=personas.sari(ward), at=AT, poll=poll, count=3)
    first, second = (polls.voter(poll, number) for number in ("1", "2"))
    poll = deliberation.open_poll(by=head, at=AT, poll=poll)
    polls.voter(poll, "3")  # missing when voting opened, with the reason
    sari = personas.sari(ward)
    deliberation.mark_voter(by=sari, at=AT, entry=first, channel="paper")
    deliberation.take_back_mark(by=sari, at=AT, entry=first, reason="Batal")
    deliberation.mark_voter(by=sari, at=AT, entry=second, channel="none", reason="Pindah")
    deliberation.withdraw_slip(by=sari, at=AT, poll=poll, number=3, reason="Robek")
    deliberation.strike_choice(by=head, at=AT, poll=poll, number=4, reason="Lahan tidak tersedia")
    polls.ended(poll)
    aside = deliberation.add_sheet(by=sari, at=polls.ENDED, poll=poll)
    deliberation.set_aside_sheet(by=head, at=polls.ENDED, sheet=aside, reason="Dua kali dibuat")


def objected(ward: Region) -> None:
    """A result that was objected to and counted again; what it left goes up."""
    head, first = personas.lurah(ward), worked_out(ward)
    deliberation.decide_from_result(by=head, at=OVER, result=first)
    meetings.counted(first.meeting)
    closed = deliberation.close_meeting(by=head, at=OVER, meeting=first.meeting, notes="")
    meetings.upheld(closed, at=OVER + timedelta(hours=1))
    again = {"by": head, "at": OVER + timedelta(hours=2)}
    second = deliberation.recount(result=Result.objects.get(pk=first.pk), reason="Lembar dibuka ulang", **again)
    deliberation.decide_from_result(result=second, **again)
    meeting = deliberation.close_meeting(meeting=Meeting.objects.get(pk=closed.pk), notes="", **again)
    deliberation.pass_up(meeting=meeting, reason="Dana kelurahan habis", **again)
