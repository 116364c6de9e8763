"""Meetings in every state, made through the acts people use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.enums.meetings import MeetingKind, Outcome
from pendamping.deliberation.models import AgendaItem, Decision, Meeting, MeetingObjection, MeetingRules
from pendamping.needs.models import Proposal
from pendamping.needs.tests.factories import NOW, checked
from pendamping.regions.models import Region

YEAR = 2026
DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


def call_facts(ward: Region, **changes: Any) -> dict[str, Any]:
    """All facts of a meeting that can be called."""
    facts: dict[str, Any] = {
        "kind": MeetingKind.DEVELOPMENT, "title": "Musyawarah pembangunan Sukamaju", "fiscal_year": YEAR,
        "held_on": DAY, "place": "Aula kelurahan", "agenda": "Pembukaan\nPembahasan usulan", "chair_office": "Lurah",
        "region": ward,
    }  # fmt: skip
    return {**facts, **changes}


def called(ward: Region, **changes: Any) -> Meeting:
    """A ward development meeting called for 10 March 2026 by the facilitator of that place."""
    return services.call_meeting(by=personas.person("ward_facilitator", ward), at=NOW, **call_facts(ward, **changes))


def ready(ward: Region, **changes: Any) -> Proposal:
    """A checked proposal of this budget year."""
    return checked(ward, **{"fiscal_year": YEAR, **changes})


def put(meeting: Meeting, proposal: Proposal | None = None, **changes: Any) -> AgendaItem:
    proposal = proposal or ready(meeting.region, **changes)
    return services.put_proposal(by=personas.sari(meeting.region), at=AT, meeting=meeting, proposal=proposal)


def decided(item: AgendaItem, outcome: str = Outcome.FUNDED, amount: int | None = 40_000_000) -> Decision:
    return services.decide(
        by=personas.lurah(item.meeting.region), at=AT, item=item, outcome=outcome,
        reason="Genangan terjadi tiap hujan dan 55 warga terbantu", amount=amount,
    )  # fmt: skip


def counted(meeting: Meeting, **changes: int) -> Meeting:
    facts = {"women": 21, "men": 19, "youth": 6, "disabled": 1, **changes}
    return services.count_attendance(by=personas.sari(meeting.region), at=AT, meeting=meeting, **facts)


def closed(meeting: Meeting, notes: str = "") -> Meeting:
    counted(meeting)
    return services.close_meeting(by=personas.lurah(meeting.region), at=AT, meeting=meeting, notes=notes)


def funded(ward: Region, amount: int = 40_000_000, **changes: Any) -> Decision:
    """A proposal that a closed meeting decided to fund."""
    meeting = called(ward)
    decision = decided(put(meeting, **changes), amount=amount)
    closed(meeting)
    return Decision.objects.get(pk=decision.pk)


def ruled(city: Region, kind: str = MeetingKind.DEVELOPMENT, fiscal_year: int = YEAR, **changes: Any) -> MeetingRules:
    """A version of the rules that the city set, in force since last year and without days of its own."""
    facts: dict[str, Any] = {
        "legal_basis": "Perwal 1/2026", "notice_days": 3, "quorum": 20, "women": 300, "rts": 0, "objection_days": 7,
        "valid_from": date(2025, 6, 1),
    }  # fmt: skip
    return services.set_meeting_rules(
        by=personas.secretariat(city), at=NOW, city=city, kind=kind, fiscal_year=fiscal_year, **{**facts, **changes}
    )


def objected(meeting: Meeting, words: str = "Usulan RW 003 tidak dibahas", at: datetime = AT) -> MeetingObjection:
    """A resident without an account objects to a closed meeting."""
    return services.make_objection(by=None, at=at, meeting=meeting, words=words)


def upheld(meeting: Meeting, at: datetime = AT) -> Meeting:
    """The district head upholds an objection, so that the meeting is opened again."""
    services.answer_objection(
        by=personas.camat(meeting.region.parent), at=at, objection=objected(meeting, at=at), is_upheld=True,
        answer="Usulan RW 003 memang belum dibacakan",
    )  # fmt: skip
    return Meeting.objects.select_related("region", "rules").get(pk=meeting.pk)
