"""A map of voices without a tile server: circles drawn on the server over the outlines and names of the wards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from pendamping.core import formats
from pendamping.needs.models import Voice
from pendamping.needs.queries.map import Cluster, clusters, extent
from pendamping.needs.rules import map as rules
from pendamping.needs.rules.map import Box, Grid
from pendamping.regions.models import Boundary, Level, Region

WIDTH = 360.0
FEW = 12  # a circle of so few leads to their list at once


@dataclass(frozen=True)
class Circle:
    """A cluster as it is drawn (id: lingkaran peta)."""

    x: float
    y: float
    radius: float
    text: str
    label: str
    href: str


def render(
    voices: QuerySet[Voice],
    *,
    box: Box | None,
    is_public: bool,
    closer: Callable[[str], str],
    listed: Callable[[str], str],
) -> SafeString | None:
    """The map as SVG with links, None without any point.

    A circle of many leads `closer` (the address of the map of a box), one of few to the list of that box (`listed`), a
    single one to its voice. In public nothing is drawn finer than about 160 m.
    """
    box = box or extent(voices)
    if box is None:
        return None
    grid = rules.grid(box, is_coarse=is_public)
    found = clusters(voices, grid)
    sheet = _Sheet(grid)
    context: dict[str, Any] = {
        "width": WIDTH, "height": sheet.height, "outlines": _outlines(sheet), "names": _names(sheet),
        "circles": _circles(found, sheet, is_public, closer, listed),
    }  # fmt: skip
    return render_to_string("needs/_pointmap.html", context)


class _Sheet:
    """Degrees to drawing units, north above."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.west, self.south, self.east, self.north = grid.box
        self.middle = (self.south + self.north) / 2
        self.scale = WIDTH / rules.flattened(self.east - self.west, self.middle)
        self.height = round((self.north - self.south) * self.scale, 1)

    def spot(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = rules.flattened(longitude - self.west, self.middle) * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


def _circles(
    found: list[Cluster], sheet: _Sheet, is_public: bool, closer: Callable[[str], str], listed: Callable[[str], str]
) -> list[Circle]:
    most = max((one.count for one in found), default=0)
    lone = "portal:journey" if is_public else "needs:voice"
    circles = []
    for one in found:
        west, south, east, north = sheet.grid.around(one.column, one.row)
        place = ((west + east) / 2, (south + north) / 2) if is_public else (one.longitude, one.latitude)
        part = ",".join(f"{edge:.5f}" for edge in (west, south, east, north))
        finest = sheet.grid.cell <= (rules.COARSE if is_public else rules.FINEST) * 1.01
        few = one.count <= FEW or finest
        href = reverse(lone, args=[one.code]) if one.count == 1 else listed(part) if few else closer(part)
        label = ngettext("%(count)s voice", "%(count)s voices", one.count) % {"count": formats.number(one.count)}
        size = round(rules.radius(one.count, most), 1)
        x, y = sheet.spot(*place)
        x, y = min(max(x, size), WIDTH - size), min(max(y, size), sheet.height - size)  # whole, at the edge too
        circles.append(Circle(x, y, size, formats.number(one.count), label, href))
    return circles


def _outlines(sheet: _Sheet) -> list[str]:
    """The outlines of wards that reach into the sheet, as paths."""
    near = Boundary.objects.filter(
        region__level=Level.WARD, west__lt=sheet.east, east__gt=sheet.west, south__lt=sheet.north,
        north__gt=sheet.south,
    )  # fmt: skip
    return [_path(ring, sheet) for kept in near.order_by("pk") for ring in _rings(kept.geometry)]


def _rings(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return (part[0] for part in parts)


def _path(ring: list[list[float]], sheet: _Sheet) -> str:
    spots = [sheet.spot(point[0], point[1]) for point in ring]
    return "M" + " ".join(f"{x} {y}" for x, y in dict.fromkeys(spots)) + "Z"


def _names(sheet: _Sheet) -> list[tuple[str, float, float]]:
    """The names of wards whose label point lies on the sheet, unless there are so many that none could be read."""
    wards = Region.objects.filter(
        level=Level.WARD, valid_to__isnull=True, longitude__gt=sheet.west, longitude__lt=sheet.east,
        latitude__gt=sheet.south, latitude__lt=sheet.north,
    ).order_by("path")  # fmt: skip
    found = list(wards[:25])
    if len(found) == 25:
        return []
    return [(ward.name, *sheet.spot(float(ward.longitude or 0), float(ward.latitude or 0))) for ward in found]
