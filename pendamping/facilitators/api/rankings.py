"""Operations of the ranking and of objections over HTTP: for everybody, for applicants, for the secretariat."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.facilitators.api.applications import _own, _throttled
from pendamping.facilitators.models import Objection, Ranking
from pendamping.facilitators.queries import objections as queries
from pendamping.facilitators.queries import rankings
from pendamping.facilitators.queries.rounds import public_rounds, rounds
from pendamping.facilitators.schemas import rankings as schemas
from pendamping.facilitators.services import objections
from pendamping.facilitators.services import rankings as services

router = Router(tags=["ranking"])
OBJECTIONS_AN_HOUR = 8
MOST = 200


@endpoint(router, "GET", "/selections/{code}/ranking", public=True, response=schemas.RankingOut)
def get_ranking(request: HttpRequest, code: str, version: int | None = None) -> Any:
    """The published ranking, the version in force or another; the document is the file anyone can recompute."""
    found = rankings.rankings(get_object_or_404(public_rounds(), code=code))
    if version is not None:
        found = found.filter(version=max(0, min(version, 30_000)))
    one = found.first()
    if one is None:
        raise Http404
    return _ranking(one)


@endpoint(router, "POST", "/rounds/{code}/ranking", verb=Verb.SELECTION_MANAGE, response=schemas.RankingOut)
def publish_ranking(request: HttpRequest, code: str) -> Any:
    """Publish the ranking and open the objection window."""
    found = request.scope.get_or_404(rounds(), Verb.SELECTION_MANAGE, code=code)  # type: ignore[attr-defined]
    made = services.publish_ranking(
        by=request.auth,
        at=timezone.now(),
        op=operation_id(request),
        round=found,  # type: ignore[attr-defined]
    )
    return 201, _ranking(made)


@endpoint(router, "POST", "/applications/{code}/objections", public=True, response=schemas.ObjectionOut)
def lodge_objection(request: HttpRequest, code: str, facts: schemas.ObjectionIn) -> Any:
    """An applicant objects to a result; code in the address, key in the header X-Applicant-Key."""
    own = _own(request, code)
    _throttled(f"facilitators.objection:{own.code}", OBJECTIONS_AN_HOUR, 3600)
    made = objections.lodge_objection(
        by=None, at=timezone.now(), op=operation_id(request), application=own, stage=facts.stage, text=facts.text
    )
    return 201, _objection(made)


@endpoint(router, "GET", "/objections", verb=Verb.SELECTION_MANAGE, response=list[schemas.ObjectionOut])
def list_objections(request: HttpRequest, waiting: bool = True) -> Any:
    """Objections that wait for an answer, the oldest first; or the newest of all."""
    records = queries.objections_waiting_for_answer() if waiting else queries.objections()
    return [_objection(one) for one in request.scope.narrow(records, Verb.SELECTION_MANAGE)[:MOST]]  # type: ignore[attr-defined]


@endpoint(router, "POST", "/objections/{code}/answer", verb=Verb.SELECTION_MANAGE, response=schemas.ObjectionOut)
def answer_objection(request: HttpRequest, code: str, facts: schemas.ObjectionAnswerIn) -> Any:
    """Answer an objection; upheld, it may correct a score and makes a new version of the ranking."""
    found = request.scope.get_or_404(queries.objections(), Verb.SELECTION_MANAGE, code=code)  # type: ignore[attr-defined]
    done = objections.answer_objection(
        by=request.auth,
        at=timezone.now(),
        op=operation_id(request),
        objection=found,
        **facts.dict(),  # type: ignore[attr-defined]
    )
    return 201, _objection(done)


def _ranking(one: Ranking) -> dict[str, Any]:
    return {
        "version": one.version, "cause": one.cause, "reason": one.reason, "sha256": one.sha256,
        "published_at": one.created_at, "moves": one.moves, "document": json.loads(one.document),
    }  # fmt: skip


def _objection(one: Objection) -> dict[str, Any]:
    names = ("code", "stage", "text", "state", "answer", "answered_at", "old_score", "new_score", "version",
             "new_version")  # fmt: skip
    return {
        "round": one.round.code, "application": one.application.code, "lodged_at": one.created_at,
        **{name: getattr(one, name) for name in names},
    }  # fmt: skip
