"""Operations of inaugurations over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.facilitators.api.appointments import MANAGE, decree_of, who
from pendamping.facilitators.models import Ceremony
from pendamping.facilitators.schemas import appointments as schemas
from pendamping.facilitators.services import ceremonies as services

router = Router(tags=["facilitators"])


@endpoint(router, "POST", "/decrees/{code}/ceremonies", verb=MANAGE, response=schemas.CeremonyOut)
def call_ceremony(request: HttpRequest, code: str, facts: schemas.CeremonyIn) -> Any:
    """Call the inauguration of those a decree appoints."""
    return 201, _out(services.call_ceremony(**who(request), decree=decree_of(request, code), **facts.dict()))


@endpoint(router, "GET", "/ceremonies/{code}", verb=Verb.FACILITATOR_SEE, response=schemas.CeremonyOut)
def get_ceremony(request: HttpRequest, code: str) -> Any:
    """One inauguration; the codes of the invitations are not told."""
    return _out(_ceremony(request, code, Verb.FACILITATOR_SEE))


@endpoint(router, "POST", "/ceremonies/{code}/invitations", verb=MANAGE, response=schemas.CeremonyOut)
def invite_appointed(request: HttpRequest, code: str) -> Any:
    """Give codes to those appointed since the call."""
    return 201, _out(services.invite_appointed(**who(request), ceremony=_ceremony(request, code)))


@endpoint(router, "POST", "/ceremonies/{code}/attendance", verb=MANAGE, response=schemas.CeremonyOut)
def check_in(request: HttpRequest, code: str, facts: schemas.CheckInIn) -> Any:
    """Record somebody as present, by the code of the invitation or by hand."""
    found = _ceremony(request, code)
    if facts.appointment:
        attendee = get_object_or_404(found.attendees, appointment__code=facts.appointment)
        services.tick_by_hand(**who(request), attendee=attendee, note=facts.note)
    else:
        services.check_in(**who(request), ceremony=found, ticket=facts.ticket)
    return 201, _out(found)


@endpoint(router, "POST", "/ceremonies/{code}/oath", verb=MANAGE, response=schemas.CeremonyOut)
def record_oath(request: HttpRequest, code: str, facts: schemas.OathIn) -> Any:
    """Record the oath those present took."""
    return 201, _out(services.record_oath(**who(request), ceremony=_ceremony(request, code), **facts.dict()))


def _ceremony(request: Any, code: str, verb: Verb = MANAGE) -> Ceremony:
    found: Ceremony = request.scope.get_or_404(Ceremony.objects.select_related("region", "decree"), verb, code=code)
    return found


def _out(one: Ceremony) -> dict[str, Any]:
    names = ("code", "title", "place", "held_on", "oath_at")
    people = one.attendees.select_related("appointment").order_by("id")
    return {
        **{name: getattr(one, name) for name in names},
        "decree": one.decree.code,
        "attendees": [
            {"appointment": seen.appointment.code, "attended_at": seen.attended_at, "manner": seen.manner}
            for seen in people
        ],
    }
