"""How points on a map are gathered: cells of one size, never finer than may be told."""

from __future__ import annotations

import math
from dataclasses import dataclass

ACROSS = 8  # cells from side to side: a thumb hits each on a phone of 360 px
COARSE = 0.0015  # degrees, about 160 m: no finer in public, where a point may be somebody's door
FINEST = 0.0001  # about 11 m
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees


@dataclass(frozen=True)
class Grid:
    """The cells of a part of a map (id: kisi peta)."""

    box: Box
    cell: float

    def around(self, column: int, row: int) -> Box:
        """The part of the map that one cell covers."""
        west, south = self.box[0] + column * self.cell, self.box[1] + row * self.cell
        return west, south, west + self.cell, south + self.cell


def grid(box: Box, *, is_coarse: bool) -> Grid:
    """The cells over a box, grown to whole cells of a size that stays the same while somebody looks around.

    In public the size never falls below `COARSE`, and cells lie where all public maps have them, so that two looks at
    different boxes tell no more than one.
    """
    west, south, east, north = box
    cell = max((east - west) / ACROSS, (north - south) / (2 * ACROSS), COARSE if is_coarse else FINEST)
    if is_coarse:
        cell = COARSE * 2 ** math.ceil(math.log2(cell / COARSE) - 1e-9)
    west, south = math.floor(west / cell) * cell, math.floor(south / cell) * cell
    east, north = math.ceil(east / cell + 1e-9) * cell, math.ceil(north / cell + 1e-9) * cell
    return Grid((west, south, east, north), cell)


def flattened(degrees: float, latitude: float) -> float:
    """How long a step east is beside one north there."""
    return degrees * math.cos(math.radians(latitude))


def radius(count: int, most: int) -> float:
    """The circle of a number of voices beside the largest, 8 to 20 drawing units: its area grows with the number."""
    return 8 + 12 * math.sqrt(count / most) if most else 8.0
