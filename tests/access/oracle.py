"""The oracle: what each kind of person meets at each door, written down and reviewed by people (matrix.csv)."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.access.routes import Door
from tests.access.world import COLUMNS

FILE = Path(__file__).with_name("matrix.csv")
HEAD = ["route", "method", *COLUMNS]


def read() -> dict[tuple[str, str], dict[str, str]]:
    """Every row by route and method."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["route"], row["method"]): row for row in csv.DictReader(file)}


def missing(doors: list[Door]) -> list[Door]:
    """Doors nobody has written down yet."""
    known = read() if FILE.exists() else {}
    return [door for door in doors if (door.key, door.method) not in known]


def gone(doors: list[Door]) -> list[tuple[str, str]]:
    """Rows whose door is no more."""
    keys = {(door.key, door.method) for door in doors}
    return sorted(key for key in read() if key not in keys)
