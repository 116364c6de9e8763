"""The ward, RW or RT that somebody names in their own words, or points at."""

from __future__ import annotations

from django.db.models import Q

from pendamping.facilitators.rules.outlines import metres_outside, rings
from pendamping.needs.queries.places import neighbourhood
from pendamping.needs.rules import spoken_places as rules
from pendamping.needs.rules.voices import distance_km, pin_reach_km
from pendamping.regions import queries as regions
from pendamping.regions.models import Boundary, Level, Region


def place_in(text: str, city: Region) -> tuple[Region, str] | None:
    """The place a text names, as small as the tree knows it, and the words for the rest; None without a ward."""
    wards = {ward.path: ward for ward in regions.wards(city.path).prefetch_related("aliases")}
    path = rules.ward_in(
        text,
        [
            rules.Ward(
                ward.path,
                (ward.name, *(alias.name for alias in ward.aliases.all())),
                ward.parent.name if ward.parent else "",
            )
            for ward in wards.values()
        ],
    )
    if path is None:
        return None
    rt, rw = rules.units_in(text)
    return neighbourhood(wards[path], rw, rt)


def ward_at(latitude: float, longitude: float, city: Region) -> Region | None:
    """The ward of a point: whose outline holds it, else the nearest whose label point is within reach."""
    here, point = Q(region__path__startswith=city.path, region__level=Level.WARD), (latitude, longitude)
    boxes = Boundary.objects.filter(
        here, region__valid_to__isnull=True,
        west__lte=longitude, east__gte=longitude, south__lte=latitude, north__gte=latitude,
    )  # fmt: skip
    for outline in boxes.select_related("region").order_by("region__path"):
        if metres_outside(point, rings(outline.geometry)) == 0:
            return outline.region
    near = [
        (km, ward.path, ward)
        for ward in regions.wards(city.path)
        if ward.latitude is not None and ward.longitude is not None
        and (km := distance_km(*point, float(ward.latitude), float(ward.longitude))) <= pin_reach_km(ward.area_km2)
    ]  # fmt: skip
    return min(near)[2] if near else None
