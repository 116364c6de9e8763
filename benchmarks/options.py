"""What may be asked of all measurements."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = (1_000, 20_000, 100_000)
LARGEST = 1_000_000


@dataclass(frozen=True)
class Options:
    """The sizes of the cities that are built (id: ukuran kota)."""

    sizes: tuple[int, ...] = SIZES
