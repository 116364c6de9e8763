"""Ballots at every step, made through the acts people use."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from pendamping.access.models import Account
from pendamping.access.tests import personas
from pendamping.deliberation import sealing, services
from pendamping.deliberation.enums.polls import PollBasis, PollKind
from pendamping.deliberation.models import Attendance, Meeting, Poll, RollEntry
from pendamping.deliberation.rules.ballots import Picks
from pendamping.deliberation.services.casting import Cast
from pendamping.deliberation.tests.factories import AT, called, put
from pendamping.deliberation.tests.factories import counted as heads
from pendamping.regions.models import Region

CEILING = 100_000_000
LATER = AT + timedelta(hours=1)
ENDED = AT + timedelta(hours=2)
COUNTED = AT + timedelta(hours=3)


def secretary(region: Region) -> Account:
    return personas.person("ward_secretary", region)


def meeting(ward: Region, proposals: int = 4) -> Meeting:
    """A called meeting with proposals on its agenda."""
    found = called(ward)
    for _number in range(proposals):
        put(found)
    return found


def failed(found: Meeting) -> Any:
    """Consensus was sought in vain."""
    return services.record_no_consensus(
        by=personas.lurah(found.region), at=AT, meeting=found, reason="Dua RW sama-sama mendahulukan usulannya"
    )


def prepared(found: Meeting, **changes: Any) -> Poll:
    """A ballot over the whole agenda, agreed beforehand, by slip, link and paper."""
    facts: dict[str, Any] = {
        "title": "Memilih usulan 2026", "kind": PollKind.APPROVAL, "basis": PollBasis.PLANNED,
        "proposals": [item.proposal for item in found.items.order_by("position")],
        "channels": ["hall", "remote", "paper"], "ceiling": CEILING,
    }  # fmt: skip
    return services.prepare_poll(by=personas.sari(found.region), at=AT, meeting=found, **{**facts, **changes})


def announced(found: Meeting, **changes: Any) -> Poll:
    return services.announce_poll(by=personas.lurah(found.region), at=AT, poll=prepared(found, **changes))


def opened(found: Meeting, slips: int = 5, **changes: Any) -> Poll:
    """Voting is open; so many slips are printed."""
    poll = announced(found, **changes)
    if not Attendance.objects.filter(meeting=found).exists():
        heads(found, women=60, men=60)
    if slips and poll.has_hall:
        services.make_slips(by=personas.sari(found.region), at=AT, poll=poll, count=slips)
    return services.open_poll(by=personas.lurah(found.region), at=AT, poll=poll)


def ended(poll: Poll) -> Poll:
    return services.end_poll(by=personas.lurah(poll.meeting.region), at=ENDED, poll=poll)


def counted(poll: Poll, remark: str = "") -> Poll:
    """Voting ended and counted."""
    ended(poll)
    return services.count_poll(by=personas.lurah(poll.meeting.region), at=COUNTED, poll=poll, remark=remark)


def voter(poll: Poll, number: str = "1", **changes: Any) -> RollEntry:
    """Somebody on the roll."""
    facts = {"name": f"Warga {number}", "identity": f"RT01-{number}", "phone": "081234567890", "rt": "RT 01", **changes}
    facts = {"reason": "Terlewat saat daftar disusun", **facts}
    return services.add_voter(by=personas.sari(poll.meeting.region), at=AT, poll=poll, **facts)


def codes(poll: Poll) -> list[str]:
    """What is printed on the slips."""
    return [sealing.slip_code(slip.uid) for slip in poll.slips.order_by("number")]


def ticks(*numbers: int) -> Picks:
    return tuple((number, 1) for number in numbers)


def cast(poll: Poll, code: str, picks: Picks, op: uuid.UUID | None = None, is_sure: bool = True) -> Cast:
    """A ballot by phone, an hour after opening."""
    return services.cast_ballot(
        at=LATER, poll=Poll.objects.get(pk=poll.pk), code=code, op=op or uuid.uuid4(), picks=picks, is_sure=is_sure
    )
