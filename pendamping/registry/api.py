"""Operations on places and files over HTTP, for offices that keep them elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.core.errors import Refused
from pendamping.regions import queries as regions
from pendamping.regions import rules, services
from pendamping.regions.enums import Reason
from pendamping.regions.models import Region
from pendamping.registry import queries, schemas
from pendamping.registry import services as files
from pendamping.registry.office import acting

router = Router(tags=["registry"])


def _operation(path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return endpoint(router, "POST", path, verb=Verb.REGION_MANAGE, response=schemas.KeptPlaceOut)


@_operation("/places/{path}/correction")
def correct_place(request: HttpRequest, path: str, facts: schemas.CorrectionIn) -> Any:
    """Correct the facts of a place."""
    return _done(request, path, services.correct, facts.dict(exclude_none=True))


@_operation("/places/{path}/aliases")
def add_alias(request: HttpRequest, path: str, facts: schemas.AliasIn) -> Any:
    """Keep another name of a place."""
    return _done(request, path, services.add_alias, facts.dict())


@_operation("/places/{path}/code")
def recode_place(request: HttpRequest, path: str, facts: schemas.CodeIn) -> Any:
    """Give a place its new official code."""
    return _done(request, path, services.recode, facts.dict())


@_operation("/places/{path}/closing")
def close_place(request: HttpRequest, path: str, facts: schemas.ClosingIn) -> Any:
    """Close a place, with all below it; or name the places that follow one that was closed without them."""
    found = _place(request, path)
    followers = [_coded(code) for code in facts.successors]
    if followers and not found.is_open:
        return _done(request, path, services.name_successors, {"successors": followers})
    return _done(request, path, services.close_place, {**facts.dict(), "successors": followers})


@_operation("/places/{path}/units")
def add_unit(request: HttpRequest, path: str, facts: schemas.UnitIn) -> Any:
    """Add an RW or RT to a ward."""
    return _done(request, path, services.add_unit, facts.dict(), place="ward")


@_operation("/places/{path}/places")
def add_place(request: HttpRequest, path: str, facts: schemas.PlaceIn) -> Any:
    """Add a district or ward below a place."""
    return _done(request, path, services.add_place, facts.dict(), place="parent")


@endpoint(router, "POST", "/imports/trial", verb=Verb.IMPORT_RUN, response=schemas.FileReportOut)
def try_file(request: HttpRequest, facts: Form[schemas.FileIn], file: File[UploadedFile]) -> Any:
    """What would come of a file: counts, and row, column, code and sentence of every fault. Nothing is kept."""
    city = _city(request, facts)
    report, sha256 = files.try_file(
        by=request.auth, at=timezone.now(), city=city, kind=facts.kind, file=file, good_rows=facts.good_rows
    )
    return 201, {"sha256": sha256, "report": report.as_dict()}


@endpoint(router, "POST", "/imports", verb=Verb.IMPORT_RUN, response=schemas.BatchOut)
def take_file(request: HttpRequest, facts: Form[schemas.FileWriteIn], file: File[UploadedFile]) -> Any:
    """Write a file that was tried."""
    city = _city(request, facts)
    by = acting(request.scope, Verb.IMPORT_RUN, city)
    batch = files.take_file(
        by=by, at=timezone.now(), op=operation_id(request), city=city, kind=facts.kind, file=file,
        good_rows=facts.good_rows, tried=facts.tried,
    )  # fmt: skip
    counts = {name: getattr(batch, name) for name in ("rows", "added", "already", "changed", "refused")}
    return 201, {"uid": str(batch.uid), **counts}


def _city(request: HttpRequest, facts: schemas.FileIn) -> Region:
    found = queries.cities(request.scope).filter(path=rules.path_of_code(facts.city)).first()
    if found is None:
        raise Http404
    return found


def _place(request: HttpRequest, path: str) -> Region:
    found: Region = request.scope.get_or_404(Region.objects.all(), Verb.REGION_MANAGE, path=rules.path_of_code(path))
    return found


def _coded(code: str) -> Region:
    found = regions.coded(rules.path_of_code(code))
    if found is None:
        raise Refused(Reason.UNKNOWN_CODE, field="successors", code=code)
    return found


def _done(
    request: HttpRequest, path: str, service: Callable[..., Any], facts: dict[str, Any], *, place: str = "region"
) -> Any:
    found = _place(request, path)
    by = acting(request.scope, Verb.REGION_MANAGE, found)
    made = service(by=by, at=timezone.now(), op=operation_id(request), **{place: found}, **facts)
    names = ("path", "level", "name", "label", "valid_from", "valid_to")
    return 201, {"code": regions.code_of(made), **{name: getattr(made, name) for name in names}}
