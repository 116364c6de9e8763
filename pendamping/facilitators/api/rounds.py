"""Operations of selection rounds, their posts and requirements over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.verbs import Verb
from pendamping.facilitators.enums.rounds import RoundStage, Stage
from pendamping.facilitators.models import Requirement, Round
from pendamping.facilitators.queries import numbers
from pendamping.facilitators.queries import rounds as queries
from pendamping.facilitators.schemas import selection as schemas
from pendamping.facilitators.services import requirements as requirement_acts
from pendamping.facilitators.services import rounds as acts
from pendamping.regions.models import Level, Region

router = Router(tags=["selection"])
PAGE = 50
WHOLE: dict[str, Any] = {"verb": Verb.SELECTION_MANAGE, "response": schemas.RoundWhole}


@endpoint(router, "GET", "/selections", public=True, response=schemas.RoundsOut)
def list_selections(request: HttpRequest, stage: RoundStage | None = None, after: int | None = None) -> Any:
    """Selections anyone may see, newest first."""
    found = queries.public_rounds()
    if stage is not None:
        found = found.filter(stage=stage)
    if after is not None:
        found = found.filter(pk__lt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_round(one) for one in shown[:PAGE]]}


@endpoint(router, "GET", "/selections/{code}", public=True, response=schemas.RoundWhole)
def get_selection(request: HttpRequest, code: str) -> Any:
    """One selection with its posts, numbers and every version of its requirements."""
    return _whole(get_object_or_404(queries.public_rounds(), code=code))


@endpoint(router, "POST", "/selections", **WHOLE)
def make_selection(request: HttpRequest, facts: schemas.RoundIn) -> Any:
    """Prepare a selection for a city."""
    given, scope = facts.dict(), _scope(request)
    mine = scope.paths(Verb.SELECTION_MANAGE)
    path = given.pop("region") or (mine[0] if len(mine) == 1 else "")
    cities = Region.objects.filter(level=Level.CITY)
    region = scope.get_or_404(cities, Verb.SELECTION_MANAGE, path=path)
    return 201, _whole(acts.make_round(**_who(request), region=region, **given))


@endpoint(router, "POST", "/selections/{code}/facts", **WHOLE)
def edit_selection(request: HttpRequest, code: str, facts: schemas.RoundIn) -> Any:
    """Mend a selection before registration opens."""
    given = facts.dict(exclude={"region"})
    return 201, _whole(acts.edit_round(**_who(request), round=_found(request, code), **given))


@endpoint(router, "POST", "/selections/{code}/posts", **WHOLE)
def add_post(request: HttpRequest, code: str, facts: schemas.PostIn) -> Any:
    """Offer places of a kind in an area."""
    found, given = _found(request, code), facts.dict()
    region = get_object_or_404(Region, path=given.pop("region"))
    acts.add_post(**_who(request), round=found, region=region, **given)
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/posts/{uid}/removal", **WHOLE)
def remove_post(request: HttpRequest, code: str, uid: str) -> Any:
    """Take a post out before registration opens."""
    found = _found(request, code)
    post = next((one for one in queries.posts_of(found) if str(one.uid) == uid), None)
    acts.remove_post(**_who(request), post=post or get_object_or_404(found.posts.none()))
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/stage", **WHOLE)
def advance_selection(request: HttpRequest, code: str, facts: schemas.StageIn) -> Any:
    """Lead a selection to its next stage."""
    return 201, _whole(acts.advance_round(**_who(request), round=_found(request, code), to=facts.to))


@endpoint(router, "POST", "/selections/{code}/cancellation", **WHOLE)
def cancel_selection(request: HttpRequest, code: str, facts: schemas.RoundReasonIn) -> Any:
    """Call a selection off, with a reason everyone reads."""
    return 201, _whole(acts.cancel_round(**_who(request), round=_found(request, code), reason=facts.reason))


@endpoint(router, "POST", "/selections/{code}/requirements", **WHOLE)
def add_requirement(request: HttpRequest, code: str, facts: schemas.RequirementIn) -> Any:
    """Write a requirement into the version that is not published."""
    found = _found(request, code)
    written = queries.set_being_written(found) or get_object_or_404(found.requirement_sets.none())
    requirement_acts.add_requirement(**_who(request), requirement_set=written, **facts.dict())
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/requirements/{position}", **WHOLE)
def edit_requirement(request: HttpRequest, code: str, position: int, facts: schemas.RequirementIn) -> Any:
    """Mend a requirement of the version that is not published."""
    found = _found(request, code)
    requirement_acts.edit_requirement(**_who(request), requirement=_written(found, position), **facts.dict())
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/requirements/{position}/removal", **WHOLE)
def remove_requirement(request: HttpRequest, code: str, position: int) -> Any:
    """Take a requirement out of the version that is not published."""
    found = _found(request, code)
    requirement_acts.remove_requirement(**_who(request), requirement=_written(found, position))
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/requirement-change", **WHOLE)
def begin_requirement_change(request: HttpRequest, code: str, facts: schemas.RoundReasonIn) -> Any:
    """Begin a new version of the requirements while registration is open."""
    found = _found(request, code)
    requirement_acts.begin_change(**_who(request), round=found, reason=facts.reason)
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/requirement-change/publication", **WHOLE)
def publish_requirement_change(request: HttpRequest, code: str) -> Any:
    """Put the new version in force."""
    found = _found(request, code)
    requirement_acts.publish_change(**_who(request), round=found)
    return 201, _whole(found)


@endpoint(router, "POST", "/selections/{code}/requirement-change/removal", **WHOLE)
def drop_requirement_change(request: HttpRequest, code: str) -> Any:
    """Give the new version up."""
    found = _found(request, code)
    requirement_acts.drop_change(**_who(request), round=found)
    return 201, _whole(found)


def _scope(request: HttpRequest) -> Any:
    return request.scope  # type: ignore[attr-defined]


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.auth, "at": timezone.now(), "op": operation_id(request)}  # type: ignore[attr-defined]


def _found(request: HttpRequest, code: str) -> Round:
    found: Round = _scope(request).get_or_404(queries.rounds(), Verb.SELECTION_MANAGE, code=code)
    return found


def _written(found: Round, position: int) -> Requirement:
    mine = Requirement.objects.filter(requirement_set__round=found, requirement_set__published_at=None)
    return get_object_or_404(mine.select_related("requirement_set__round"), position=min(position, 30_000))


def _round(found: Round) -> dict[str, Any]:
    names = ("code", "title", "stage", *acts.FACTS, "cancelled_reason")
    return {**{name: getattr(found, name) for name in names}, "uid": str(found.uid), "region": found.region_path}


def _whole(found: Round) -> dict[str, Any]:
    found = queries.rounds().get(pk=found.pk)
    versions = list(queries.published_sets(found))
    written = queries.set_being_written(found)
    shown = [written, *versions] if written and found.opened_at is None else versions
    return {
        **_round(found),
        "posts": [_post(row) for row in numbers.numbers_of(found)],
        "versions": [_version(one) for one in shown],
    }


def _post(row: numbers.PostNumbers) -> dict[str, Any]:
    post = row.post
    return {
        "uid": str(post.uid), "kind": post.kind, "specialism": post.specialism, "region": post.region.path,
        "area": post.region.label, "number": post.number, "handed_in": row.applied,
        "passed": dict(zip(Stage.values, row.passed, strict=True)),
    }  # fmt: skip


def _version(version: Any) -> dict[str, Any]:
    names = ("position", *requirement_acts.FACTS)
    rows = sorted(version.requirements.all(), key=lambda one: one.position)
    return {
        "version": version.version, "reason": version.reason, "published_at": version.published_at,
        "requirements": [{name: getattr(one, name) for name in names} for one in rows],
    }  # fmt: skip
