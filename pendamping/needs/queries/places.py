"""Places of voices and proposals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from pendamping.core.counters import after
from pendamping.needs.rules import voices as rules
from pendamping.regions.models import WIDTHS, Boundary, Level, Region


def neighbourhood(ward: Region, rw: str, rt: str) -> tuple[Region, str]:
    """The RW or RT meant by typed numbers, as far as the tree knows it, and the words for what it does not know."""
    place = ward
    unknown: list[str] = []
    for level, typed in ((Level.RW, rw), (Level.RT, rt)):
        if not typed:
            continue
        number = str(int(typed))
        names = {number.zfill(width) for width in (1, 2, 3)}
        found = None if unknown else Region.objects.filter(parent=place, level=level, name__in=names).first()
        if found is None:
            unknown.append(f"{level.label} {int(typed):03d}")
        else:
            place = found
    return place, ", ".join(unknown)


def wards_of(paths: Iterable[str] = ("",)) -> QuerySet[Region]:
    """The wards in force that lie in these places or around them, by district and name."""
    reached = Q(pk__in=[])
    for path in paths:
        reached |= Q(path__startswith=path[: WIDTHS["ward"]])
    wards = Region.objects.filter(reached, level=Level.WARD, valid_to__isnull=True)
    return wards.select_related("parent").order_by("parent__path", "name")


def rts_of(ward: Region) -> QuerySet[Region]:
    """The RTs of a ward that stand today, with their RW."""
    inside = Region.objects.filter(path__gte=ward.path, path__lt=after(ward.path))
    return inside.filter(level=Level.RT, valid_to__isnull=True).select_related("parent__parent").order_by("path")


def ward_at(latitude: Decimal, longitude: Decimal) -> Region | None:
    """The ward a point lies in by its kept outline, else the one whose label point is nearest, within its reach."""
    wards = Region.objects.filter(level=Level.WARD, valid_to__isnull=True)
    north, east = float(latitude), float(longitude)
    around = Boundary.objects.filter(
        region__in=wards, west__lte=east, east__gte=east, south__lte=north, north__gte=north
    )
    for outline in around.select_related("region__parent").order_by("region__path"):
        if rules.lies_in(north, east, outline.geometry):
            return outline.region
    reach = Decimal(str(rules.PIN_MOST_KM / 100))  # degrees, a little more than the reach
    close = wards.filter(
        latitude__range=(latitude - reach, latitude + reach), longitude__range=(longitude - reach, longitude + reach)
    )
    apart = {
        ward: rules.distance_km(north, east, float(ward.latitude or 0), float(ward.longitude or 0)) for ward in close
    }
    nearest = min(apart, key=lambda ward: (apart[ward], ward.path), default=None)
    return nearest if nearest is not None and apart[nearest] <= rules.PIN_MOST_KM else None


def is_in_force(place: Region, on: date) -> bool:
    """Does a ward, RW or RT exist on a day, and all it lies in up to the ward? A ward is known without a query."""
    if place.level == Level.WARD:
        return place.valid_to is None or place.valid_to >= on
    around = [place.path[: WIDTHS[level]] for level in rules.WARD_LEVELS]
    return not Region.objects.filter(path__in=around, valid_to__lt=on).exists()
