"""Operations of decrees, appointments, assignments and contracts over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.models import Account
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators.models import Appointment, Assignment, Contract, Decree, Standing
from pendamping.facilitators.queries import appointments as queries
from pendamping.facilitators.queries import ethics
from pendamping.facilitators.queries.assignments import assignments
from pendamping.facilitators.schemas import appointments as schemas
from pendamping.facilitators.services import appointments as services
from pendamping.facilitators.services import assignments as placing
from pendamping.facilitators.services import contracts, decrees, duty_handovers
from pendamping.regions.models import Level, Region

router = Router(tags=["facilitators"])
PAGE = 50
MANAGE = Verb.APPOINTMENT_MANAGE


@endpoint(router, "POST", "/decrees", verb=MANAGE, response=schemas.DecreeOut)
def record_decree(request: HttpRequest, facts: schemas.DecreeIn) -> Any:
    """Record a signed decree."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    region = request.scope.get_or_404(cities, MANAGE, path=given.pop("region"))  # type: ignore[attr-defined]
    return 201, _decree(decrees.record_decree(**who(request), region=region, **given))


@endpoint(router, "GET", "/decrees/{code}", verb=Verb.FACILITATOR_SEE, response=schemas.DecreeOut)
def get_decree(request: HttpRequest, code: str) -> Any:
    """One decree."""
    return _decree(decree_of(request, code, Verb.FACILITATOR_SEE))


@endpoint(router, "POST", "/decrees/{code}/revocation", verb=MANAGE, response=schemas.DecreeOut)
def revoke_decree(request: HttpRequest, code: str, facts: schemas.RevokeIn) -> Any:
    """Revoke a decree with all that rests on it."""
    return 201, _decree(decrees.revoke_decree(**who(request), decree=decree_of(request, code), **facts.dict()))


@endpoint(router, "POST", "/decrees/{code}/appointments", verb=MANAGE, response=schemas.AppointmentOut)
def appoint(request: HttpRequest, code: str, facts: schemas.AppointIn) -> Any:
    """Appoint somebody under a decree."""
    decree = decree_of(request, code)
    given = facts.dict()
    made = services.appoint(
        **who(request), decree=decree, standing=_standing(decree.region_path, given.pop("application")),
        account=_account(given.pop("account")), kind=given.pop("kind") or "",
        unit=_unit(decree.region_path, given.pop("unit")), **given,
    )  # fmt: skip
    return 201, _whole(made)


@endpoint(router, "POST", "/decrees/{code}/declined", verb=MANAGE, response=schemas.DeclinedOut)
def decline_place(request: HttpRequest, code: str, facts: schemas.DeclineIn) -> Any:
    """Record that somebody selected in the city of a decree does not take the place up."""
    standing = _standing(decree_of(request, code).region_path, facts.application)
    done = services.decline_place(**who(request), standing=standing, reason=facts.reason)
    return 201, {"application": done.application.code, "declined_at": done.application.declined_at}


@endpoint(router, "GET", "/appointments", verb=Verb.FACILITATOR_SEE, response=schemas.AppointmentsOut)
def list_appointments(request: HttpRequest, after: int | None = None) -> Any:
    """Who is appointed in the places you see, newest first."""
    found = queries.seen_by(request.scope)  # type: ignore[attr-defined]
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    placed: dict[int, list[Assignment]] = {}
    for one in assignments().filter(appointment__in=shown[:PAGE]).order_by("id"):
        placed.setdefault(one.appointment_id, []).append(one)
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_appointment(one, placed.get(one.pk, [])) for one in shown[:PAGE]]}


@endpoint(router, "GET", "/my-appointments", own=True, response=list[schemas.OwnAppointmentOut])
def my_appointments(request: HttpRequest) -> Any:
    """One's own appointments, the newest first, with what they still wait for: the code, the predecessor's work."""
    me, today = request.auth, day(timezone.now())  # type: ignore[attr-defined]
    unsigned = {one.pk: version.version for one, version in ethics.unsigned(me, today)}
    waiting = set(queries.waiting_for_handover(me).values_list("pk", flat=True))
    return [
        {**_whole(one), "code_to_sign": unsigned.get(one.pk), "may_take_over": one.pk in waiting}
        for one in queries.of_person(me)
    ]


@endpoint(router, "POST", "/appointments/{code}/end", verb=MANAGE, response=schemas.AppointmentOut)
def end_appointment(request: HttpRequest, code: str, facts: schemas.EndIn) -> Any:
    """End a term early, with its assignments."""
    appointment = _managed(request, code)
    return 201, _whole(services.end_appointment(**who(request), appointment=appointment, **facts.dict()))


@endpoint(router, "POST", "/appointments/{code}/successor", verb=MANAGE, response=schemas.AppointmentOut)
def replace(request: HttpRequest, code: str, facts: schemas.ReplaceIn) -> Any:
    """Name who serves out the term."""
    leaving, given = _managed(request, code), facts.dict()
    made = services.replace(
        **who(request), leaving=leaving, decree=decree_of(request, given.pop("decree")),
        standing=_standing(leaving.region_path, given.pop("application")), account=_account(given.pop("account")),
        unit=_unit(leaving.region_path, given.pop("unit")), **given,
    )  # fmt: skip
    return 201, _whole(made)


@endpoint(router, "POST", "/appointments/{code}/assignments", verb=MANAGE, response=schemas.AppointmentOut)
def assign(request: HttpRequest, code: str, facts: schemas.AssignIn) -> Any:
    """Place somebody at one or several units, all or none."""
    appointment, given = _managed(request, code), facts.dict()
    wanted = list(dict.fromkeys(given.pop("regions")))
    regions = list(queries.units(appointment.region_path).filter(path__in=wanted))
    if len(regions) < len(wanted):
        raise Http404
    decree = given.pop("decree")
    made = placing.assign_all(
        **who(request), appointment=appointment, regions=regions, role=given.pop("role") or "",
        decree=decree_of(request, decree) if decree else None, **given,
    )  # fmt: skip
    return 201, _whole(made)


@endpoint(router, "POST", "/assignments/{code}/end", verb=MANAGE, response=schemas.AssignmentOut)
def end_assignment(request: HttpRequest, code: str, facts: schemas.EndIn) -> Any:
    """End one assignment early."""
    found = request.scope.get_or_404(assignments(), MANAGE, code=code)  # type: ignore[attr-defined]
    return 201, _assignment(placing.end_assignment(**who(request), assignment=found, **facts.dict()))


@endpoint(router, "POST", "/appointments/{code}/contracts", verb=MANAGE, response=schemas.AppointmentOut)
def sign_contract(request: HttpRequest, code: str, facts: schemas.ContractIn) -> Any:
    """Record the contract of a year."""
    found = _managed(request, code)
    contracts.sign_contract(**who(request), appointment=found, **facts.dict())
    return 201, _whole(found)


@endpoint(router, "POST", "/appointments/{code}/contracts/{year}/renewal", verb=MANAGE, response=schemas.AppointmentOut)
def renew_contract(request: HttpRequest, code: str, year: int, facts: schemas.RenewIn) -> Any:
    """Renew the contract of a year for the next."""
    found = _managed(request, code)
    contract = get_object_or_404(Contract, appointment=found, fiscal_year=year)
    contracts.renew_contract(**who(request), contract=contract, **facts.dict())
    return 201, _whole(found)


@endpoint(router, "POST", "/appointments/{code}/takeover", own=True, response=schemas.AppointmentOut)
def take_over(request: HttpRequest, code: str, facts: schemas.TakeOverIn) -> Any:
    """Acknowledge the open work of one's predecessor."""
    found = get_object_or_404(queries.of_person(request.auth), code=code)  # type: ignore[attr-defined]
    duty_handovers.take_over(**who(request), appointment=found, missing=facts.missing)
    return 201, _whole(found)


def who(request: Any) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}


def decree_of(request: Any, code: str, verb: Verb = MANAGE) -> Decree:
    found: Decree = request.scope.get_or_404(queries.decrees(), verb, code=code)
    return found


def _managed(request: Any, code: str) -> Appointment:
    found: Appointment = request.scope.get_or_404(queries.appointments(), MANAGE, code=code)
    return found


def _standing(city_path: str, application: str | None) -> Standing | None:
    """The standing of an application in the ranking in force of its round."""
    if application is None:
        return None
    found = Standing.objects.filter(application__code=application, round__city_path=city_path).order_by("-version")
    return get_object_or_404(found[:1])


def _account(username: str | None) -> Account | None:
    return get_object_or_404(Account, username=username) if username else None


def _unit(city_path: str, path: str | None) -> Region | None:
    return get_object_or_404(queries.units(city_path), path=path) if path else None


def _decree(one: Decree) -> dict[str, Any]:
    names = ("code", "number", "kind", "dated_on", "signatory", "about", "starts_on", "ends_on", "revoked_on",
             "revoked_reason")  # fmt: skip
    return {**{name: getattr(one, name) for name in names}, "region": one.region_path}


def _assignment(one: Assignment) -> dict[str, Any]:
    names = ("code", "role", "starts_on", "ends_on", "ended_on", "ended_reason")
    facts = {name: getattr(one, name) for name in names}
    return {**facts, "appointment": one.appointment.code, "region": one.region_path}


def _whole(one: Appointment) -> dict[str, Any]:
    found = queries.appointments().get(pk=one.pk)
    return _appointment(found, list(assignments().filter(appointment=found).order_by("id")))


def _appointment(one: Appointment, placed: list[Assignment]) -> dict[str, Any]:
    names = ("code", "kind", "specialism", "starts_on", "ends_on", "ended_on", "ended_reason")
    return {
        **{name: getattr(one, name) for name in names},
        "account": str(one.account.uid),
        "name": one.account.name,
        "decree": one.decree.code,
        "application": one.application.code if one.application else None,
        "replaces": one.replaces.code if one.replaces else None,
        "assignments": [_assignment(place) for place in placed],
    }
