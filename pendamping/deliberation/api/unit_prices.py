"""Operations of unit prices over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from pendamping.access.endpoints import endpoint, operation_id
from pendamping.access.scope import Scope
from pendamping.access.verbs import Verb
from pendamping.deliberation import services
from pendamping.deliberation.city_scope import city_paths, price_list_kept, price_list_seen
from pendamping.deliberation.models import PriceList, UnitPrice
from pendamping.deliberation.queries import unit_prices as queries
from pendamping.deliberation.schemas import unit_prices as schemas
from pendamping.regions.models import Level, Region

router = Router(tags=["deliberation"])
PAGE = 200


@endpoint(router, "GET", "/price-lists", verb=Verb.RECORD_SEE, response=schemas.PriceListsOut)
def list_price_lists(request: HttpRequest) -> Any:
    """The unit prices of the cities you work in, the newest year and version first."""
    return {"results": [_list(one) for one in queries.lists_of(city_paths(_scope(request)))]}


@endpoint(router, "POST", "/price-lists", verb=Verb.RULES_MANAGE, response=schemas.PriceListOut)
def begin_price_list(request: HttpRequest, facts: schemas.PriceListIn) -> Any:
    """Begin a version of the prices of a year."""
    given = facts.dict()
    cities = Region.objects.filter(level=Level.CITY)
    city = _scope(request).get_or_404(cities, Verb.RULES_MANAGE, path=given.pop("city"))
    made = services.begin_price_list(
        by=_scope(request).account, at=timezone.now(), op=operation_id(request), city=city,
        copy=given.pop("copy_last"), **given,
    )  # fmt: skip
    return 201, _list(made)


@endpoint(router, "GET", "/price-lists/{code}/items", verb=Verb.RECORD_SEE, response=schemas.UnitPricesOut)
def list_unit_prices(
    request: HttpRequest, code: str, q: str = Query("", max_length=200), after: int | None = None
) -> Any:
    """The items of a list that hold every word of `q`, in the order they came in."""
    found = queries.items_found(price_list_seen(_scope(request), code), q)
    if after is not None:
        found = found.filter(pk__gt=after)
    shown = list(found[: PAGE + 1])
    more = str(shown[PAGE - 1].pk) if len(shown) > PAGE else None
    return {"next": more, "results": [_item(one) for one in shown[:PAGE]]}


@endpoint(router, "POST", "/price-lists/{code}/items", verb=Verb.RULES_MANAGE, response=schemas.UnitPriceOut)
def keep_unit_price(request: HttpRequest, code: str, facts: schemas.UnitPriceIn) -> Any:
    """Keep an item of a list being prepared; the same code at the same place replaces it."""
    prices = price_list_kept(_scope(request), code)
    given = facts.dict()
    ward = given.pop("ward")
    wards = Region.objects.filter(level=Level.WARD)
    region = _scope(request).get_or_404(wards, Verb.RULES_MANAGE, path=ward) if ward else None
    made = services.keep_unit_price(
        by=_scope(request).account, at=timezone.now(), op=operation_id(request), prices=prices, region=region, **given
    )
    return 201, _item(made)


@endpoint(router, "POST", "/price-lists/{code}/publication", verb=Verb.RULES_MANAGE, response=schemas.PriceListOut)
def fix_price_list(request: HttpRequest, code: str) -> Any:
    """Put a list in force; from then on it stays as it is."""
    prices = price_list_kept(_scope(request), code)
    done = services.fix_price_list(
        by=_scope(request).account, at=timezone.now(), op=operation_id(request), prices=prices
    )
    return 201, _list(done)


def _scope(request: HttpRequest) -> Scope:
    return request.scope  # type: ignore[attr-defined,no-any-return]


def _list(one: PriceList) -> dict[str, Any]:
    names = ("code", "fiscal_year", "version", "title", "legal_basis", "state", "fixed_at", "digest")
    held = one.held if hasattr(one, "held") else one.items.count()
    return {**{name: getattr(one, name) for name in names}, "city": one.region_path, "items": held}


def _item(one: UnitPrice) -> dict[str, Any]:
    names = ("item_code", "name", "specification", "unit", "price", "kind")
    return {**{name: getattr(one, name) for name in names}, "region": one.region.path if one.region else None}
