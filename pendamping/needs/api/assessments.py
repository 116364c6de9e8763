"""Operations of assessments."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Form, Router
from ninja.errors import HttpError

from pendamping.access.endpoints import endpoint
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.needs import services
from pendamping.needs.api._shared import Photos, admitted, perform, scope_of
from pendamping.needs.models import Need
from pendamping.needs.queries.assessments import criteria_in_force, weighed
from pendamping.needs.schemas.assessments import (
    NeedAssessmentOut,
    NeedCriterionIn,
    NeedCriterionOut,
    NeedScoresIn,
    NeedViewIn,
    NeedViewOut,
)
from pendamping.regions.models import Level, Region

router = Router(tags=["needs"])


@endpoint(router, "GET", "/needs/{code}/assessment", verb=Verb.RECORD_SEE, response=NeedAssessmentOut)
def see_assessment(request: HttpRequest, code: str) -> Any:
    """What a need weighs by the criteria in force at its place today."""
    return _assessment(scope_of(request).get_or_404(Need.objects.all(), Verb.RECORD_SEE, code=code))


@endpoint(router, "POST", "/needs/{code}/scores", verb=Verb.NEED_VERIFY, response=NeedAssessmentOut)
def score_need(request: HttpRequest, code: str, data: NeedScoresIn) -> Any:
    """Give a need points by some criteria, each with its reason."""
    need = scope_of(request).get_or_404(Need.objects.all(), Verb.NEED_VERIFY, code=code)
    scores = {one.criterion: (one.points, one.reason) for one in data.scores}
    if len(scores) < len(data.scores):
        raise HttpError(400, "each criterion once")
    return 201, _assessment(perform(request, services.score_need, need=need, scores=scores))


@endpoint(router, "POST", "/needs/{code}/views", verb=Verb.NEED_VERIFY, response=NeedViewOut)
def take_view(request: HttpRequest, code: str, data: Form[NeedViewIn], photos: Photos = []) -> Any:  # noqa: B006
    """Keep one photo from a fixed point; it becomes public."""
    need = scope_of(request).get_or_404(Need.objects.all(), Verb.NEED_VERIFY, code=code)
    if (data.latitude is None) != (data.longitude is None):
        raise HttpError(400, "latitude and longitude belong together")
    if len(photos) != 1:
        raise HttpError(400, "send one photo")
    facts = data.model_dump()
    uid = facts.pop("viewpoint")
    viewpoint = need.viewpoints.filter(uid=uid).first() if uid else None
    if uid and viewpoint is None:
        raise Http404
    done = perform(
        request, services.take_view, need=need, photo=admitted(photos)[0], viewpoint=viewpoint, **facts
    )  # fmt: skip
    return 201, NeedViewOut.of(done)


@endpoint(router, "POST", "/criteria", verb=Verb.LISTENING_MANAGE, response=NeedCriterionOut)
def set_criterion(request: HttpRequest, data: NeedCriterionIn) -> Any:
    """Set what needs of a city are weighed by from a day on."""
    cities = Region.objects.filter(level=Level.CITY)
    city = scope_of(request).get_or_404(cities, Verb.LISTENING_MANAGE, path=data.city)
    facts = data.model_dump() | {"city": city, "help": data.help.model_dump() if data.help else None}
    return 201, NeedCriterionOut.of(perform(request, services.set_criterion, **facts))


def _assessment(need: Need) -> NeedAssessmentOut:
    criteria = criteria_in_force(need.region_path, day(timezone.now()))
    return NeedAssessmentOut.of(weighed([need], criteria)[0])
