"""How fast voices are answered, for everyone to read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.access.pages import public_page, render_page
from pendamping.core import formats
from pendamping.core.languages import in_language
from pendamping.core.moments import day
from pendamping.core.pieces import Column
from pendamping.needs.queries.response_times import FEWEST, Figures, Waits, response_times, titles_of
from pendamping.regions.models import Level, Region
from pendamping.regions.queries import wards

MINUTES_KEPT = 10


@public_page(max_age=MINUTES_KEPT * 60)
def waiting_times(request: HttpRequest) -> HttpResponse:
    """The median wait for a first answer by ward and category, open voices counted. `?w=` is a place."""
    path = request.GET.get("w", "")
    places = Region.objects.filter(level__in=[Level.CITY, Level.DISTRICT, Level.WARD], valid_to__isnull=True)
    place = (places.filter(path=path) if path else places.filter(level=Level.CITY)).order_by("path").first()
    if place is None:
        raise Http404
    figures = response_times(place.path, day(timezone.now()))
    context = {
        "place": place,
        "figures": figures,
        "whole": median_words(figures.whole),
        "fewest": FEWEST,
        "columns": _columns(),
        "wards": [_row(ward.label, figures.wards[ward.path]) for ward in _shown_wards(place, figures)],
        "categories": _categories(place, figures),
        "withheld": sum(not found.is_shown for found in (*figures.wards.values(), *figures.categories.values())),
    }
    return render_page(request, "needs/response_times.html", context)


def _shown_wards(place: Region, figures: Figures) -> list[Region]:
    if place.level == Level.WARD:
        return []
    shown = {path for path, found in figures.wards.items() if found.is_shown}
    return [ward for ward in wards(place.path) if ward.path in shown]


def _categories(place: Region, figures: Figures) -> list[list[Any]]:
    titles = titles_of(figures.categories, place.path)
    language = get_language() or "id"
    rows = [
        _row(in_language(titles[key], language) if key in titles else _("Without a category"), found)
        for key, found in figures.categories.items()
        if found.is_shown
    ]
    return sorted(rows, key=lambda row: str(row[0]))


def _columns() -> list[Any]:
    numbers = (_("Half were answered within"), _("Answered"), _("Still waiting"), _("Late"))
    return [_("Where"), *(Column(label, number=True) for label in numbers)]


def _row(label: str, found: Waits) -> list[Any]:
    numbers = (found.answered, found.waiting, found.late)
    return [label, median_words(found), *(formats.number(one) for one in numbers)]


def median_words(found: Waits) -> str:
    """The median as people read it; that more than half still wait is said, not hidden."""
    if not found.is_shown:
        return _("fewer than %(count)s voices") % {"count": FEWEST}
    if found.median is None:
        return _("more than half still wait")
    return _("%(count)s working days") % {"count": formats.number(found.median)}
