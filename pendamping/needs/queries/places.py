"""Places of voices and proposals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from pendamping.core.counters import after
from pendamping.needs.rules import voices as rules
from pendamping.regions.models import WIDTHS, Level, Region


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


def is_in_force(place: Region, on: date) -> bool:
    """Does a ward, RW or RT exist on a day, and all it lies in up to the ward? A ward is known without a query."""
    if place.level == Level.WARD:
        return place.valid_to is None or place.valid_to >= on
    around = [place.path[: WIDTHS[level]] for level in rules.WARD_LEVELS]
    return not Region.objects.filter(path__in=around, valid_to__lt=on).exists()
