"""Pure decisions about places: how names compare, how codes become paths, where tiles lie, how far points are apart."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.regions.enums import Reason

CITY_DIGITS = 4
EARTH_KM = 6371.0
DIGITS = {"city": 4, "district": 6, "ward": 10}  # levels that have a code of their own
NAME_MOST = 80
# The least and most a fact of a place can be: the largest regency has some 45,000 km² and 6 million people.
BOUNDS: Mapping[str, tuple[int, int]] = {
    "population": (0, 20_000_000),
    "population_year": (1945, 2100),
    "area_km2": (0, 50_000),
    "latitude": (-12, 7),
    "longitude": (94, 142),
}


def facts_fit(facts: Mapping[str, Any]) -> Verdict:
    """Can a place have these facts? What is accepted fits its column and can be shown again."""
    for name, (least, most) in BOUNDS.items():
        value = facts.get(name)
        if value is not None and not (Decimal(str(value)).is_finite() and least <= value <= most):
            return refused(Reason.BAD_FACT, field=name, value=value, least=least, most=most)
    if len(facts.get("name") or "") > NAME_MOST:
        return refused(Reason.NAME_TOO_LONG, field="name", most=NAME_MOST)
    return ALLOWED


def may_rename(level: str) -> Verdict:
    """An RW or RT is its number."""
    return ALLOWED if level in DIGITS else refused(Reason.UNIT_NAME, field="name")


def may_close(*, name: str, since: date | None, until: date | None, on: date, today: date) -> Verdict:
    """May a place end on this day? Once, not before it stood, not in days to come."""
    if until is not None:
        return refused(Reason.CLOSED, name=name, on=until)
    if on > today:
        return refused(Reason.FUTURE_DAY, field="on", on=on)
    if since is not None and on < since:
        return refused(Reason.BEFORE_ITS_TIME, field="on", name=name, since=since)
    return ALLOWED


def may_follow(*, path: str, level: str, name: str, other: str, other_level: str, is_open: bool) -> Verdict:
    """May a place (`name`, at `other`) follow the one that ended at `path`? It stands, in its city, at its level."""
    fits = is_open and other_level == level and other != path and other[:CITY_DIGITS] == path[:CITY_DIGITS]
    return ALLOWED if fits else refused(Reason.NOT_A_SUCCESSOR, field="successors", name=name)


def may_recode(*, name: str, level: str, code: str, on: date, today: date) -> Verdict:
    """Can this be the code of a place of this level from that day on?"""
    if level not in DIGITS:
        return refused(Reason.NO_CODE)
    if len(path_of_code(code)) != DIGITS[level] or len(code) > 20:
        example = code_of_path("3278011001"[: DIGITS[level]])
        return refused(
            Reason.WRONG_CODE, field="code", code=code[:20], name=name, digits=DIGITS[level], example=example
        )
    return refused(Reason.FUTURE_DAY, field="on", on=on) if on > today else ALLOWED


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


def plain_grid(count: int, *, top: int = 0) -> list[Spot]:
    """A tile for each of some places nobody gave a point, in the order they come (district and code), about square."""
    wide = math.ceil(math.sqrt(count)) or 1
    return [Spot(index % wide, top + index // wide) for index in range(count)]


def ring_box(rings: Sequence[Sequence[Sequence[float]]]) -> tuple[float, float, float, float]:
    """West, south, east, north of polygon rings."""
    lons = [point[0] for ring in rings for point in ring]
    lats = [point[1] for ring in rings for point in ring]
    return min(lons), min(lats), max(lons), max(lats)


def is_polygon(rings: object) -> bool:
    """Rings of at least four [longitude, latitude] points, closed, inside Indonesia."""
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
            (west, east), (south, north) = BOUNDS["longitude"], BOUNDS["latitude"]
            if not (west <= point[0] <= east and south <= point[1] <= north):
                return False
    return True
