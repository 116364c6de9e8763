"""Operations of gates over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.training.models import Course, Gate
from pendamping.training.queries import certificates
from pendamping.training.queries import gates as queries
from pendamping.training.schemas import certificates as schemas
from pendamping.training.services import gates as services

router = Router(tags=["training"])
MANAGE = Verb.TRAINING_MANAGE


@endpoint(router, "GET", "/gates", verb=MANAGE, response=list[schemas.GateOut])
def list_gates(request: HttpRequest) -> Any:
    """Every gate of my city, also those that ended."""
    return [_out(one) for one in _mine(request).order_by("-starts_on", "-id")]


@endpoint(router, "POST", "/gates", verb=MANAGE, response=schemas.GateOut)
def set_gate(request: HttpRequest, facts: schemas.GateIn) -> Any:
    """Let an act ask for a certificate."""
    given = facts.dict() | {"course": _course(request, facts.course), "verb": facts.verb.value}
    return 201, _out(services.set_gate(**_who(request), **given))


@endpoint(router, "GET", "/gates/shut-out", verb=MANAGE, response=schemas.GateShutOutOut)
def count_shut_out(
    request: HttpRequest, course: str, verb: schemas.FieldAct, role: str = "", grace_days: int = 0
) -> Any:
    """How many a gate would shut out if it stood today; nothing is set."""
    found = _course(request, course)
    people = queries.shut_out(
        city=found.region, course=found, verb=verb.value, role=role, grace_days=max(0, min(grace_days, 365)),
        on=day(timezone.now()),
    )  # fmt: skip
    return {"count": len(people)}


@endpoint(router, "POST", "/gates/{uid}/end", verb=MANAGE, response=schemas.GateOut)
def end_gate(request: HttpRequest, uid: uuid.UUID, facts: schemas.GateEndIn) -> Any:
    """Let a gate end."""
    gate = get_object_or_404(_mine(request), uid=uid)
    return 201, _out(services.end_gate(**_who(request), gate=gate, on=facts.on))


def _mine(request: HttpRequest) -> Any:
    return queries.gates().filter(city__path__in=request.scope.paths(MANAGE))


def _course(request: HttpRequest, code: str) -> Course:
    found: Course = request.scope.get_or_404(certificates.all_courses(), MANAGE, code=code)
    return found


def _out(gate: Gate) -> dict[str, Any]:
    names = ("uid", "verb", "role", "module_key", "starts_on", "ends_on", "grace_days", "legal_basis")
    return {**{name: getattr(gate, name) for name in names}, "course": gate.course.code}


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.scope.account, "at": timezone.now(), "op": operation_id(request)}
