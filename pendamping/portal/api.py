"""Operations anyone may ask over HTTP: the tree of places, their outlines, and the line of time of a journey."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Router, Schema

from pendamping.access.endpoints import endpoint
from pendamping.access.pages import office_label
from pendamping.core.codes import read_code
from pendamping.portal.queries import journey
from pendamping.portal.queries.line import entries
from pendamping.regions import queries as places
from pendamping.regions import rules, tilemap
from pendamping.regions.models import Level, Region
from pendamping.telling import phrases

router = Router(tags=["places and journeys"])


class PlaceOut(Schema):
    """A place of the tree."""

    path: str
    code: str
    level: str
    name: str
    label: str
    population: int | None
    latitude: float | None
    longitude: float | None


class PlacesOut(Schema):
    """A place and those directly below it."""

    place: PlaceOut
    below: list[PlaceOut]


class MomentOut(Schema):
    """One public act on a journey."""

    verb: str
    at: datetime
    office: str
    record: str
    reason: str
    changes: dict[str, Any]


class JourneyOut(Schema):
    """Every record of a journey by code, and its public acts, newest first."""

    asked: str
    records: list[str]
    moments: list[MomentOut]


@endpoint(router, "GET", "/places", public=True, response=list[PlaceOut])
def cities(request: HttpRequest, name: str = "") -> Any:
    """The cities here; with `name`, the wards and districts whose name or alias contains it."""
    found = places.search(name) if name else list(places.cities())
    codes = places.codes_of(found)
    return [_place(region, codes) for region in found]


@endpoint(router, "GET", "/places/{path}", public=True, response=PlacesOut)
def place(request: HttpRequest, path: str) -> Any:
    """A place by its path or Kemendagri code, and the places directly below it."""
    here = _found(path)
    below = list(Region.objects.filter(parent=here, valid_to__isnull=True).order_by("path"))
    codes = places.codes_of([here, *below])
    return {"place": _place(here, codes), "below": [_place(region, codes) for region in below]}


@endpoint(router, "GET", "/places/{path}/outlines", public=True, response=dict[str, Any])
def outlines(request: HttpRequest, path: str) -> HttpResponse:
    """The indicative outlines below a place, as a GeoJSON FeatureCollection."""
    return JsonResponse(tilemap.outlines(_found(path).path), content_type="application/geo+json")


@endpoint(router, "GET", "/journeys/{code}", public=True, response=JourneyOut)
def journey_of(request: HttpRequest, code: str) -> Any:
    """The journey that a record belongs to."""
    chain = journey(read_code(code) or code)
    if chain is None:
        raise Http404
    moments = [
        {
            "verb": entry.verb,
            "at": entry.at,
            "office": office_label(entry.office),
            "record": entry.subject_code,
            "reason": entry.reason,
            "changes": phrases.public_changes(entry.verb, entry.changes),
        }
        for entry in entries(chain)
    ]
    codes = [record.code for record in chain.records if getattr(record, "code", "")]
    return {"asked": chain.asked.code, "records": list(dict.fromkeys(codes)), "moments": moments}


def _found(path: str) -> Region:
    digits = rules.path_of_code(path)
    region = places.coded(digits) or Region.objects.filter(path=digits).first()
    if region is None:
        raise Http404
    return region


def _place(region: Region, codes: dict[int, str]) -> dict[str, Any]:
    shown = region.level in rules.DIGITS
    return {
        "path": region.path,
        "code": codes.get(region.pk) or (rules.code_of_path(region.path) if shown else ""),
        "level": Level(region.level).value,
        "name": region.name,
        "label": region.label,
        "population": region.population,
        "latitude": region.latitude,
        "longitude": region.longitude,
    }
