"""What belongs to a whole city and is read by whoever works anywhere in it: unit prices, rules of checks."""

from __future__ import annotations

from django.http import Http404

from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.deliberation.models import PriceList
from pendamping.deliberation.queries.unit_prices import lists_of
from pendamping.regions.models import WIDTHS, Level, Region


def city_paths(scope: Scope) -> list[str]:
    """The paths of the cities somebody sees records of, or of a place in them."""
    return sorted({path[: WIDTHS["city"]] for path in scope.paths(Verb.RECORD_SEE)})


def price_list_seen(scope: Scope, code: str) -> PriceList:
    """A list of a city somebody works in. Raises Http404."""
    found = lists_of(city_paths(scope)).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def price_list_kept(scope: Scope, code: str) -> PriceList:
    """A list of a city whose rules somebody manages: 403 for whoever only reads it, 404 elsewhere."""
    return scope.get_or_404(lists_of(city_paths(scope)), Verb.RULES_MANAGE, code=code)


def managed_city(scope: Scope) -> Region:
    """The city whose rules somebody manages. Raises Http404."""
    found = scope.narrow(Region.objects.filter(level=Level.CITY).order_by("path"), Verb.RULES_MANAGE).first()
    if found is None:
        raise Http404
    return found
