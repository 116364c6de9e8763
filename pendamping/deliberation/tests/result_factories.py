"""Counted ballots and their results, made through the acts people use."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from pendamping.access.tests import personas
from pendamping.deliberation import sealing, services
from pendamping.deliberation.models import Attendance, Meeting, Poll, Result, Slip
from pendamping.deliberation.tests.factories import AT, called, put, ready
from pendamping.needs.models import Proposal
from pendamping.regions.models import Region

Lines = str  # of a count sheet: "1 3 7 × 4"
VOTING = AT + timedelta(minutes=1)
OVER = AT + timedelta(hours=1)


def meeting_with(ward: Region, costs: Sequence[int]) -> tuple[Meeting, list[Proposal]]:
    """A called meeting with one proposal for each cost on its agenda."""
    meeting = called(ward)
    proposals = [
        ready(ward, title=f"Usulan {number}", estimated_cost=cost) for number, cost in enumerate(costs, start=1)
    ]
    for one in proposals:
        put(meeting, one)
    return meeting, proposals


def announced(
    meeting: Meeting, proposals: Sequence[Proposal], ceiling: int, *, kind: str = "approval",
    channels: Sequence[str] = ("paper", "hall"), rule: Mapping[str, Any] | None = None, **facts: Any,
) -> Poll:  # fmt: skip
    head = personas.lurah(meeting.region)
    poll = services.prepare_poll(
        by=head, at=AT, meeting=meeting, title="Pemungutan suara prioritas", kind=kind, basis="planned",
        proposals=proposals, channels=channels, ceiling=ceiling, least=1, rule=rule, **facts,
    )  # fmt: skip
    poll = services.announce_poll(by=head, at=AT, poll=poll)
    if not Attendance.objects.filter(meeting=meeting).exists():
        services.count_attendance(by=head, at=AT, meeting=meeting, women=300, men=300)
    return services.open_poll(by=head, at=VOTING, poll=poll)


def counted(poll: Poll, lines: Lines = "", blank: int = 0) -> Poll:
    """End voting, enter a count sheet twice, count."""
    ward = Region.objects.get(path=poll.region_path)
    head = personas.lurah(ward)
    poll = services.end_poll(by=head, at=OVER, poll=poll)
    if lines or blank:
        sheet = services.add_sheet(by=head, at=OVER, poll=poll)
        for person in (personas.sari(ward), personas.person("ward_secretary", ward)):
            services.enter_sheet(by=person, at=OVER, sheet=sheet, lines=lines, blank=blank)
    return services.count_poll(by=head, at=OVER, poll=poll)


def in_the_hall(poll: Poll, *ballots: Sequence[int]) -> list[str]:
    """Ballots by phone in the hall; the receipts."""
    sari = personas.sari(Region.objects.get(path=poll.region_path))
    services.make_slips(by=sari, at=AT, poll=poll, count=len(ballots))
    slips = Slip.objects.filter(poll=poll).order_by("number")
    return [
        services.cast_ballot(
            at=VOTING, poll=poll, code=sealing.slip_code(slip.uid), op=uuid.uuid4(),
            picks=tuple((number, 1) for number in picks), is_sure=True,
        ).receipt
        for slip, picks in zip(slips, ballots, strict=True)
    ]  # fmt: skip


def counted_poll(ward: Region, costs: Sequence[int], ceiling: int, lines: Lines, **facts: Any) -> Poll:
    """A counted ballot over proposals of these costs; `lines` are those of the count sheet."""
    meeting, proposals = meeting_with(ward, costs)
    return counted(announced(meeting, proposals, ceiling, **facts), lines)


def result(poll: Poll) -> Result:
    return services.run_result(by=personas.lurah(Region.objects.get(path=poll.region_path)), at=OVER, poll=poll)


DRAIN = "1 2 × 30\n1 × 20\n3 × 35\n2 4 × 15"  # four proposals, a hundred ballots, two that lose


def worked_out(ward: Region) -> Result:
    """Rp 100 million for four proposals of 40, 40, 30 and 50 million, after a hundred paper ballots."""
    poll = counted_poll(ward, (40_000_000, 40_000_000, 30_000_000, 50_000_000), 100_000_000, DRAIN)
    return result(poll)
