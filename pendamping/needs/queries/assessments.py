"""What is read to weigh a need: the criteria that hold, its points, the needs like it, the views of its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet

from pendamping.core.models import Photo
from pendamping.needs.enums.needs import NeedState
from pendamping.needs.enums.proposals import ProposalState
from pendamping.needs.models import Criterion, Need, Proposal, Score, View, Viewpoint
from pendamping.needs.rules import assessments as rules
from pendamping.regions.models import WIDTHS

SIMILAR_MOST = 5


def criteria_in_force(place: str, on: date) -> list[Criterion]:
    """What needs of a place are weighed by on a day; a weight of zero leaves a criterion out. One query."""
    return [one for one in criteria_of(place, on) if one.weight]


def criteria_of(place: str, on: date) -> list[Criterion]:
    """The criteria of a city on a day, in their order: its own, and those for all under keys it has not set.

    Also those it left out. One query.
    """
    days = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    cities = Q(city__isnull=True) | Q(city__path=place[: WIDTHS["city"]])
    found: dict[str, Criterion] = {}
    for one in Criterion.objects.filter(days, cities).order_by("position", "id"):
        if one.key not in found or one.city_id is not None:
            found[one.key] = one
    return sorted(found.values(), key=lambda one: (one.position, one.pk))


def criteria_to_come(place: str, on: date) -> QuerySet[Criterion]:
    """Versions a city has set that begin after this day, the next first."""
    return Criterion.objects.filter(city__path=place[: WIDTHS["city"]], valid_from__gt=on).order_by("valid_from", "id")


@dataclass(frozen=True)
class Weighed:
    """A need with its points by each criterion in force; None where none were given yet."""

    need: Need
    lines: Sequence[tuple[Criterion, Score | None]]
    sum: rules.Sum


def weighed(needs: Sequence[Need], criteria: Sequence[Criterion]) -> list[Weighed]:
    """Needs weighed by the same criteria; points by another version count while its scale is the same. One query."""
    keys = [one.key for one in criteria]
    scores = Score.objects.filter(need__in=needs, replaced_at__isnull=True, criterion__key__in=keys)
    given = {
        (one.need_id, one.criterion.key, one.criterion.scale): one
        for one in scores.select_related("criterion").order_by("id")
    }
    return [_weighed(need, [(one, given.get((need.pk, one.key, one.scale))) for one in criteria]) for need in needs]


def _weighed(need: Need, lines: list[tuple[Criterion, Score | None]]) -> Weighed:
    parts = [
        rules.Part(min(one.level_words), one.most, one.weight, score.points if score else None) for one, score in lines
    ]
    return Weighed(need, lines, rules.sum_of(parts))


def last_score(need: Need) -> int:
    """The key of the newest points of a need, of whichever criterion: what a form was filled in with."""
    newest: int | None = need.scores.aggregate(newest=Max("pk"))["newest"]
    return newest or 0


def similar_needs(need: Need) -> QuerySet[Need]:
    """Needs of the ward about the same group of the menu, newest first, that were not answered, funded or passed on."""
    decided = Proposal.objects.filter(
        need=OuterRef("pk"), state__in=(ProposalState.FUNDED, ProposalState.PASSED_ON, ProposalState.TO_CITY)
    )
    found = Need.objects.filter(~Exists(decided), ward_path=need.ward_path).exclude(pk=need.pk)
    found = found.exclude(state=NeedState.ANSWERED)
    if need.menu_item is None:
        found = found.filter(menu_item=None)
    else:
        found = found.filter(menu_item__code__startswith=f"{need.menu_item.group_code}.")
    return found.order_by("-id")


def viewpoints_of(need: Need) -> QuerySet[Viewpoint]:
    """The points a need is photographed from, each with its views from the first to the last."""
    views = View.objects.select_related("photo").order_by("taken_on", "id")
    return need.viewpoints.order_by("id").prefetch_related(Prefetch("views", queryset=views))


def photos_of_need(need: Need) -> list[Photo]:
    """The photos of the site check, and the newest from each fixed point."""
    newest = {view.viewpoint_id: view.photo for point in viewpoints_of(need) for view in point.views.all()}
    return list({photo.pk: photo for photo in [*need.photos.order_by("id"), *newest.values()]}.values())
