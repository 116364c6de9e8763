"""Pure decisions about places: how names compare, how codes become paths, where tiles lie, how far points are apart."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

CITY_DIGITS = 4
EARTH_KM = 6371.0


def name_key(name: str) -> str:
    """A name as registers may spell it: case, accents, spaces and punctuation folded ("Kota Baru" = "KOTABARU")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"^(kelurahan|kalurahan|kel|desa|kecamatan|kapanewon|kec)\b\.?", "", plain.strip())
    return re.sub(r"[^a-z0-9]", "", plain)


def path_of_code(code: str) -> str:
    """ "32.78.01.1001" → "3278011001": the parts of a Kemendagri code have fixed widths."""
    return re.sub(r"\D", "", code)


def code_of_path(path: str) -> str:
    """ "3278011001" → "32.78.01.1001"; RW and RT have no Kemendagri code and are left out."""
    return ".".join(part for part in (path[:2], path[2:4], path[4:6], path[6:10]) if part)


def unit_number(value: str) -> str | None:
    """An RW or RT number as three digits ("RW 5", "05", "5" → "005"), or None. Numbers are strings: "007" stays."""
    match = re.fullmatch(r"(?:r[wt]\.?\s*)?0*(\d{1,3})", value.strip().lower())
    return None if match is None or int(match[1]) == 0 else match[1].zfill(3)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) points, in kilometres."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


@dataclass(frozen=True)
class Spot:
    """A tile's place on the grid: column and row; odd rows are shifted half a tile (hexagons)."""

    column: int
    row: int


def tile_grid(points: Sequence[tuple[float, float]]) -> list[Spot]:
    """Give every (latitude, longitude) its own hexagon in its rough place, deterministically.

    Points are scaled to a grid of about twice as many tiles as points; then each point, the one with most neighbours
    first, takes the nearest free tile. Greedy is enough: a reader needs the neighbourhood, not the survey.
    """
    if not points:
        return []
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    squeeze = math.cos(math.radians(sum(lats) / len(lats)))
    xs, ys = [lon * squeeze for lon in lons], [-lat for lat in lats]
    width, height = (max(xs) - min(xs)) or 1e-6, (max(ys) - min(ys)) or 1e-6
    step = math.sqrt(width * height / (1.25 * len(points))) or 1e-6
    wished = [((x - min(xs)) / step, (y - min(ys)) / (step * 0.866)) for x, y in zip(xs, ys, strict=True)]
    order = sorted(range(len(points)), key=lambda i: (_crowding(wished, i), wished[i], i))
    taken: dict[Spot, int] = {}
    for index in order:
        taken[_nearest_free(wished[index], taken)] = index
    spots = {index: spot for spot, index in taken.items()}
    left, top = min(spot.column for spot in taken), min(spot.row for spot in taken)
    top -= top % 2  # keep the parity of rows, which carries the half-tile shift
    return [Spot(spots[i].column - left, spots[i].row - top) for i in range(len(points))]


def _crowding(wished: Sequence[tuple[float, float]], index: int) -> float:
    x, y = wished[index]
    return sum(math.hypot(x - a, y - b) for a, b in wished)


def _nearest_free(wish: tuple[float, float], taken: dict[Spot, int]) -> Spot:
    column, row = round(wish[0]), round(wish[1])
    for reach in range(1, 80):
        near = [
            Spot(c, r)
            for c in range(column - reach, column + reach + 1)
            for r in range(row - reach, row + reach + 1)
            if Spot(c, r) not in taken
        ]
        if near:
            return min(near, key=lambda spot: (_away(spot, wish), spot.row, spot.column))
    raise RuntimeError("no free tile")


def _away(spot: Spot, wish: tuple[float, float]) -> float:
    return math.hypot(spot.column + (spot.row % 2) / 2 - wish[0], (spot.row - wish[1]) * 0.866)


def ring_box(rings: Sequence[Sequence[Sequence[float]]]) -> tuple[float, float, float, float]:
    """West, south, east, north of polygon rings."""
    lons = [point[0] for ring in rings for point in ring]
    lats = [point[1] for ring in rings for point in ring]
    return min(lons), min(lats), max(lons), max(lats)


def is_polygon(rings: object) -> bool:
    """Rings of at least four [longitude, latitude] points, closed, inside the world."""
    if not isinstance(rings, list) or not rings:
        return False
    for ring in rings:
        if not isinstance(ring, list) or len(ring) < 4 or ring[0][:2] != ring[-1][:2]:
            return False
        for point in ring:
            if not isinstance(point, list) or len(point) < 2:
                return False
            if not (isinstance(point[0], int | float) and isinstance(point[1], int | float)):
                return False
            if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
                return False
    return True
