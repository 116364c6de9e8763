"""A map that needs no boundaries and no tile server: one hexagon per ward in its rough place, drawn on the server."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pendamping.regions import queries, rules
from pendamping.regions.models import Boundary, Region

SIDE = 30.0  # length of a hexagon's side in drawing units
STEPS = 5


@dataclass(frozen=True)
class Tile:
    """A ward as it stands on the map."""

    name: str
    short: str
    district: str
    url: str
    text: str
    tint: str
    x: float
    y: float
    outline: str


def render(
    places: Iterable[Region],
    *,
    urls: Mapping[str, str],
    values: Mapping[str, int | None] | None = None,
    texts: Mapping[str, str] | None = None,
    title: str,
    unit: str = "",
) -> SafeString:
    """The tile map of some wards as SVG with links, plus nothing else: no request.

    `urls`, `values` and `texts` are by region path; a ward without a value shows the pattern for "no data".
    Each tile is a link read aloud as "Sukajaya, Kecamatan Purbaratu: 12 voices"; the map is one stop of the Tab key and
    the arrow keys walk it (core/app.js). A page that shows it lists the wards beside it.
    """
    wards, spots = _placed(list(places))
    known = [v for w in wards if (v := (values or {}).get(w.path)) is not None]
    most = max(known, default=0)
    shorts = _shorts(ward.name for ward in wards)
    tiles = []
    for ward, spot in sorted(zip(wards, spots, strict=True), key=lambda pair: (pair[1].row, pair[1].column)):
        x = SIDE * math.sqrt(3) * (spot.column + (spot.row % 2) / 2 + 0.5) + 2
        y = SIDE * (1.5 * spot.row + 1) + 2
        value = (values or {}).get(ward.path)
        tiles.append(
            Tile(
                name=ward.name,
                short=shorts[ward.name],
                district=ward.parent.name if ward.parent else "",
                url=urls.get(ward.path, ""),
                text=(texts or {}).get(ward.path, "" if value is None else f"{value} {unit}".strip()),
                tint=_tint(value, most, shown=values is not None),
                x=round(x, 1),
                y=round(y, 1),
                outline=_hexagon(x, y),
            )
        )
    width = max((tile.x for tile in tiles), default=0) + SIDE * math.sqrt(3) / 2 + 2
    height = max((tile.y for tile in tiles), default=0) + SIDE + 2
    context: dict[str, Any] = {"tiles": tiles, "title": title, "width": math.ceil(width), "height": math.ceil(height)}
    return render_to_string("regions/_tilemap.html", context)


def _placed(places: list[Region]) -> tuple[list[Region], list[rules.Spot]]:
    """The wards with a label point in their rough places, the others below them by district and code."""
    known = [place for place in places if place.latitude is not None and place.longitude is not None]
    spots = rules.tile_grid([(float(w.latitude or 0), float(w.longitude or 0)) for w in known])
    rest = sorted((place for place in places if place not in known), key=lambda place: place.path)
    top = max((spot.row for spot in spots), default=-1) + 1
    return known + rest, spots + rules.plain_grid(len(rest), top=top)


def _hexagon(x: float, y: float) -> str:
    corners = ((math.sin(math.radians(60 * k)), -math.cos(math.radians(60 * k))) for k in range(6))
    return " ".join(f"{x + SIDE * 0.96 * dx:.1f},{y + SIDE * 0.96 * dy:.1f}" for dx, dy in corners)


def _shorts(names: Iterable[str]) -> dict[str, str]:
    """Names that fit a tile, at most eight letters; names that begin alike show where they part."""
    bare = {name: name.replace(" ", "") for name in names}
    return {name: _short(letters, set(bare.values()) - {letters}) for name, letters in bare.items()}


def _short(letters: str, others: set[str]) -> str:
    if len(letters) <= 8:
        return letters
    alike = [other for other in others if other[:7] == letters[:7]]
    if not alike:
        return f"{letters[:7]}."
    part = next(place for place in range(7, 99) if not any(other[:place] == letters[:place] for other in alike)) - 1
    word = next((place for place in range(part, part - 3, -1) if letters[place : place + 1].isupper()), part)
    return f"{letters[:4]}.{letters[word : word + 3]}"


def _tint(value: int | None, most: int, *, shown: bool) -> str:
    if not shown:
        return "plain"
    if value is None:
        return "nodata"
    if value == 0 or most == 0:
        return "0"
    return str(min(STEPS, 1 + (value * STEPS - 1) // most))


def outlines(city_path: str) -> dict[str, Any]:
    """The kept boundaries of a city's places as a GeoJSON FeatureCollection."""
    found = (
        Boundary.objects.filter(region__in=queries.below(city_path)).select_related("region").order_by("region__path")
    )
    codes = queries.codes_of(queries.below(city_path))
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": codes.get(kept.region_id) or rules.code_of_path(kept.region.path),
                "bbox": [kept.west, kept.south, kept.east, kept.north],
                "geometry": kept.geometry,
                "properties": {"name": kept.region.name, "level": kept.region.level, "source": kept.source},
            }
            for kept in found
        ],
    }
