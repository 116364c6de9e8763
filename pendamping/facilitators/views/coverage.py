"""Who serves where: the map and lists of a day for those inside, the same names for everybody outside."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from pendamping.access.pages import page, public_page, render_page
from pendamping.access.verbs import Verb
from pendamping.core.moments import day
from pendamping.facilitators.models import Assignment
from pendamping.facilitators.queries import assignments as queries
from pendamping.facilitators.queries import ethics
from pendamping.regions import queries as regions
from pendamping.regions import tilemap
from pendamping.regions.models import Level, Region


@page(Verb.FACILITATOR_SEE)
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Wards with and without a facilitator on a day, gaps in that year, and roles without an assignment."""
    city = _city(request)
    on = _day_of(request.GET.get("hari", "")) or day(timezone.now())
    wards = [ward for ward in regions.wards(city.path) if _sees(request, ward)]
    served = queries.by_ward(city.path, on)
    seen = {ward.path for ward in wards}
    gaps = queries.gaps(city.path, since=date(on.year, 1, 1), until=date(on.year, 12, 31))
    empty = [ward for ward in wards if ward.path not in served]
    manages = request.scope.can(Verb.APPOINTMENT_MANAGE, city)  # type: ignore[attr-defined]
    context = {
        "city": city, "on": on, "map": tile_map(wards, served, on), "wards": len(wards), "empty": _districts(empty),
        "empty_count": len(empty), "gaps": [gap for gap in gaps if gap.ward.path in seen],
        "served": _with_people(wards, served),
        "coordinators": [
            one for one in queries.coordinators(city.path, on) if request.scope.can(Verb.FACILITATOR_SEE, one)  # type: ignore[attr-defined]
        ],
        "mismatches": list(queries.mismatches(city.path, day(timezone.now()))) if manages else [],
        "manages": manages,
    }  # fmt: skip
    return render_page(request, "facilitators/coverage.html", context)


@public_page()
def serving(request: HttpRequest) -> HttpResponse:
    """For everybody: who serves which ward today. Names stand in a public decree."""
    city = regions.site_city()
    today = day(timezone.now())
    wards = list(regions.wards(city.path)) if city else []
    served = _by_decree(queries.by_ward(city.path, today), today) if city else {}
    coordinating = [one for one in queries.coordinators(city.path, today) if _is_public(one, today)] if city else []
    context = {
        "city": city, "today": today, "map": tile_map(wards, served, today, public=True),
        "districts": _with_people(wards, served),
        "coordinators": coordinating, "has_code": city is not None and ethics.code_in_force(city.path) is not None,
    }  # fmt: skip
    return render_page(request, "facilitators/serving.html", context)


def tile_map(
    wards: list[Region], served: dict[str, list[Assignment]], on: date, *, public: bool = False
) -> SafeString | str:
    """The wards by how many facilitate them; the words of each tile say it too."""
    if not any(ward.latitude is not None for ward in wards):
        return ""
    here = reverse("facilitators:coverage") + f"?hari={on.isoformat()}"
    counts = {ward.path: len(served.get(ward.path, [])) for ward in wards}
    return tilemap.render(
        wards,
        urls={
            ward.path: reverse("portal:ward", args=[ward.path]) if public else f"{here}#w{ward.path}" for ward in wards
        },
        values=dict(counts),
        texts={
            path: ngettext("%(count)d facilitator", "%(count)d facilitators", count) % {"count": count}
            if count
            else _("nobody")
            for path, count in counts.items()
        },
        title=_("The wards by number of facilitators"),
    )


def _by_decree(served: dict[str, list[Assignment]], today: date) -> dict[str, list[Assignment]]:
    return {path: [one for one in found if _is_public(one, today)] for path, found in served.items()}


def _is_public(one: Assignment, today: date) -> bool:
    revoked_on = one.decree.revoked_on
    return one.account.is_active and (revoked_on is None or revoked_on > today)


def _districts(wards: list[Region]) -> list[tuple[str, list[Region]]]:
    return [(name, list(group)) for name, group in groupby(wards, key=lambda w: w.parent.label if w.parent else "")]


def _with_people(
    wards: list[Region], served: dict[str, list[Assignment]]
) -> list[tuple[str, list[tuple[Region, list[Assignment]]]]]:
    return [(name, [(ward, served.get(ward.path, [])) for ward in group]) for name, group in _districts(wards)]


def _sees(request: Any, ward: Region) -> bool:
    return bool(request.scope.can(Verb.FACILITATOR_SEE, ward))


def _city(request: Any) -> Region:
    """The city of the first place where this person sees facilitators."""
    path = next(iter(request.scope.paths(Verb.FACILITATOR_SEE)), "")
    found = Region.objects.filter(level=Level.CITY, path=path[:4]).first()
    if found is None:
        raise Http404
    return found


def _day_of(typed: str) -> date | None:
    """A day of the address; anything else means today."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None
