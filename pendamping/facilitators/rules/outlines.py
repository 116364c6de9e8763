"""How far does a point lie from another, or outside an outline? Flat geometry, good enough within a city."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pendamping.regions.rules import distance_km

Point = tuple[float, float]  # latitude, longitude
Ring = Sequence[Point]
METRES_A_DEGREE = 111_195.0  # of latitude


def metres(a: Point, b: Point) -> int:
    """Metres between two points."""
    return round(distance_km(a, b) * 1000)


def rings(geometry: Mapping[str, Any] | None) -> list[list[Point]]:
    """The rings of a GeoJSON Polygon or MultiPolygon, holes among them; nothing for anything else."""
    if not geometry:
        return []
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or []
    polygons = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []
    return [[(float(lat), float(lon)) for lon, lat, *_height in ring] for polygon in polygons for ring in polygon]


def metres_outside(point: Point, outline: Sequence[Ring]) -> int:
    """0 inside, else metres to the nearest edge."""
    squeeze = math.cos(math.radians(point[0]))
    flat = [[((lon - point[1]) * squeeze, lat - point[0]) for lat, lon in ring] for ring in outline]
    edges = [edge for ring in flat for edge in _edges(ring)]
    crossings = sum(1 for (ax, ay), (bx, by) in edges if _crosses(ax, ay, bx, by))
    if crossings % 2 or not edges:  # holes count as crossings too, so a hole is outside
        return 0
    return round(min(_from_origin(*a, *b) for a, b in edges) * METRES_A_DEGREE)


def _edges(ring: Sequence[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    yield from zip(ring, [*ring[1:], ring[0]], strict=True)


def _crosses(ax: float, ay: float, bx: float, by: float) -> bool:
    """Does a ray from the origin to the east cross this edge?"""
    return (ay > 0) != (by > 0) and ax + (0 - ay) * (bx - ax) / (by - ay) > 0


def _from_origin(ax: float, ay: float, bx: float, by: float) -> float:
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
    return math.hypot(ax + along * dx, ay + along * dy)
