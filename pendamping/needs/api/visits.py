"""Operations of visits from door to door."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.api._shared import perform, scope_of
from pendamping.needs.queries.places import rts_of
from pendamping.needs.queries.visits import doors, groups_met
from pendamping.needs.rules.visits import quarter_of
from pendamping.needs.schemas.visits import DoorOut, DoorsOut, VisitIn, VisitOut
from pendamping.regions.models import Level, Region

router = Router(tags=["needs"])


@endpoint(router, "GET", "/wards/{path}/doors", verb=Verb.VOICE_RECORD, response=DoorsOut)
def see_doors(request: HttpRequest, path: str) -> Any:
    """Which RTs and groups of a ward were not heard this quarter, as far as one works there."""
    scope = scope_of(request)
    ward = scope.get_or_404(Region.objects.filter(level=Level.WARD), Verb.VOICE_RECORD, path=path)
    quarter = quarter_of(day(timezone.now()))
    found = doors(scope.narrow(rts_of(ward), Verb.VOICE_RECORD), ward, quarter)
    return DoorsOut(
        first_day=quarter[0], last_day=quarter[1], doors=[DoorOut.of(one) for one in found],
        groups=dict(groups_met(ward, quarter)),
    )  # fmt: skip


@endpoint(router, "POST", "/visits", verb=Verb.VOICE_RECORD, response=VisitOut)
def record_visit(request: HttpRequest, data: VisitIn) -> Any:
    """Keep that somebody knocked at the doors of an RT."""
    rt = scope_of(request).get_or_404(Region.objects.filter(level=Level.RT), Verb.VOICE_RECORD, path=data.region)
    facts = data.model_dump() | {"region": rt}
    return 201, VisitOut.of(perform(request, services.record_visit, **facts))
