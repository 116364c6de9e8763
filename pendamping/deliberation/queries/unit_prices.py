"""Unit prices that are read: the list that holds for a place and year, its items by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q, QuerySet

from pendamping.deliberation.enums.unit_prices import PriceListState
from pendamping.deliberation.models import PriceList, UnitPrice
from pendamping.deliberation.rules import unit_prices as rules
from pendamping.regions.models import WIDTHS, Region

FOUND_MOST = 20
WORDS_MOST = 8  # more words than that narrow nothing any more


def lists_of(city_paths: Iterable[str]) -> QuerySet[PriceList]:
    """The lists of these cities, the newest year and version first, with how many items they hold now."""
    found = PriceList.objects.filter(region_path__in=list(city_paths)).select_related("region")
    return found.annotate(held=Count("items")).order_by("-fiscal_year", "-version", "-id")


def list_for(place: str, year: int) -> PriceList | None:
    """The prices of a place for a budget year: those in force, of the latest year up to it. One query."""
    found = PriceList.objects.filter(region_path=place[: WIDTHS["city"]], state=PriceListState.IN_FORCE)
    return found.filter(fiscal_year__lte=year).order_by("-fiscal_year").first()


def items_found(prices: PriceList, asked: str, place: str = "") -> QuerySet[UnitPrice]:
    """Items that hold every word asked for, in name, specification or code; the whole list without a word.

    With a `place` (path), only those for the city and for places it lies in.
    """
    found = UnitPrice.objects.filter(prices=prices).select_related("region")
    for word in rules.searched(asked).split()[:WORDS_MOST]:
        found = found.filter(words__contains=word)
    if place:
        here = [place[:width] for width in WIDTHS.values() if len(place) >= width]
        found = found.filter(Q(region__isnull=True) | Q(region__path__in=here))
    return found.order_by("id")


def drafts_of(city: Region) -> QuerySet[PriceList]:
    """The lists of a city that are being prepared."""
    return PriceList.objects.filter(region=city, state=PriceListState.DRAFT).order_by("fiscal_year")


def told_twice(prices: PriceList) -> int:
    """How many items stand there again with the same words and unit under another price: for whoever fixes the list."""
    same = (
        UnitPrice.objects.filter(prices=prices)
        .order_by()
        .values("name", "specification", "unit", "region")
        .annotate(prices_count=Count("price", distinct=True))
        .filter(prices_count__gt=1)
    )
    return same.count()


def facts_of_items(prices: PriceList) -> Iterator[tuple[str, str, str, str, str, int]]:
    """The items as they are digested and exported, by code and place."""
    rows = UnitPrice.objects.filter(prices=prices).order_by("item_code", "region__path", "id")
    for code, path, name, specification, unit, price in rows.values_list(
        "item_code", "region__path", "name", "specification", "unit", "price"
    ):
        yield code, path or "", name, specification, unit, price
