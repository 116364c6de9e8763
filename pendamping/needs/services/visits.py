"""A facilitator knocks at the doors of an RT."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from pendamping.access.duties import office_of
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core import journal
from pendamping.core.acts import act
from pendamping.core.moments import day as day_of
from pendamping.core.personal import mask_to
from pendamping.needs.enums.visits import Group, VisitResult
from pendamping.needs.models import Visit, Voice
from pendamping.needs.queries.places import is_in_force
from pendamping.needs.queries.visits import moments_of
from pendamping.needs.rules.visits import may_record_visit
from pendamping.regions.models import Region


@act("needs.visit_recorded")
def record_visit(
    *,
    by: Account,
    at: datetime,
    region: Region,
    day: date,
    result: VisitResult,
    groups: Collection[Group] = (),
    note: str = "",
) -> Visit:
    """Keep that somebody knocked at the doors of an RT (id: mencatat kunjungan), and what came of it.

    What they wrote down there that day belongs to the visit. Needs voice.record at the RT (asked by the caller).
    Refuses other places, days to come, "heard" with nothing written down, groups met where nobody was.
    """
    start, end = moments_of(day, day)
    written = Voice.objects.filter(
        region=region, recorded_by=by, heard_at__gte=start, heard_at__lt=end, visits__isnull=True
    )
    voices = list(written.select_for_update(of=("self",)))
    may_record_visit(
        level=region.level, in_force=is_in_force(region, day_of(at)), on=day, today=day_of(at), result=result,
        groups=groups, voices=len(voices),
    ).or_raise()  # fmt: skip
    visit = Visit.add(
        at=at, region=region, visited_by=by, day=day, result=result, groups=sorted(groups), note=mask_to(note, 200)
    )
    visit.voices.set(voices)
    journal.record(
        "needs.visit_recorded",
        subject=visit,
        region=visit.region_path,
        by=by,
        at=at,
        office=office_of(by, Verb.VOICE_RECORD, visit, at),
        changes={"voices": len(voices)},
    )
    return visit
