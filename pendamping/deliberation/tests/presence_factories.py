"""Meetings with people invited and present, made through the acts people use."""

from __future__ import annotations

from typing import Any

from pendamping.access.tests import personas
from pendamping.deliberation import services
from pendamping.deliberation.models import AgendaPoint, Invitation, Meeting, PaperSheet, Presence
from pendamping.deliberation.rules.points import Planned
from pendamping.deliberation.rules.register import TypedRow
from pendamping.deliberation.services.register import Facts
from pendamping.deliberation.tests.factories import AT
from pendamping.needs.tests.factories import NOW
from pendamping.regions.models import Region
from pendamping.regions.tests import factories as places

PLAN = (Planned("Pembukaan", 10), Planned("Pembahasan usulan", 60))


def rts(ward: Region, number: int = 2) -> list[Region]:
    """RTs of the ward's first RW."""
    rw = places.rw(ward)
    return [places.rt(rw, nth) for nth in range(1, number + 1)]


def guest(meeting: Meeting, **changes: Any) -> Invitation:
    facts = {"capacity": "guest", "label": "Majelis Taklim Al-Ikhlas", "name": "Contoh Rekaan", **changes}
    return services.invite_guest(by=personas.sari(meeting.region), at=NOW, meeting=meeting, **facts)


def invited(meeting: Meeting, *capacities: str) -> list[Invitation]:
    services.invite(by=personas.sari(meeting.region), at=NOW, meeting=meeting, capacities=capacities)
    return list(Invitation.objects.filter(meeting=meeting))


def pointed(meeting: Meeting) -> list[AgendaPoint]:
    services.set_points(by=personas.sari(meeting.region), at=NOW, meeting=meeting, planned=PLAN)
    return list(meeting.points.all())


def present(meeting: Meeting, **facts: Any) -> Presence:
    row = Facts(**{"sex": "f", **facts})
    return services.add_presence(by=personas.sari(meeting.region), at=AT, meeting=meeting, facts=row)


def sheet(meeting: Meeting, rows: int = 10) -> PaperSheet:
    return services.print_sheet(by=personas.sari(meeting.region), at=NOW, meeting=meeting, rows=rows)


def typed(paper: PaperSheet, *rows: TypedRow) -> PaperSheet:
    return services.type_sheet(by=personas.sari(paper.meeting.region), at=AT, sheet=paper, rows=rows)
