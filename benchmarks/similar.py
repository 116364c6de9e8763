"""How well, and how quickly, are voices about the same trouble found?

Precision and recall on the labelled set of the tests (half of it chose the weights, half only measures); recall on the
duplicates that Boston's officers marked themselves, where PENDAMPING_SHARED_DATA holds them; and the time of one
search among 100,000 voices of a city, by point and by place alone.
"""

from __future__ import annotations

import csv
import gzip
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.figures import Table, percentile
from benchmarks.options import Options
from benchmarks.site import ROOT, Site, fresh

QUESTION = "similar: precision, recall, and milliseconds a search"
VOICES, SEARCHES, BUDGET_MS = 100_000, 300, 100
CITY = "32.78"
SHARED = Path(os.environ.get("PENDAMPING_SHARED_DATA", ROOT.parent / "shared" / "data")) / "real"
BOSTON = SHARED / "boston-311-2011-07" / "boston311_2011_07.csv.gz"
METRES, DAYS = 150, 60  # how near is the same in Boston's set
CELL = 0.003  # degrees: a little more than where nearness ends


def run(options: Options) -> list[Table]:
    """Both measures of quality, then the time."""
    with fresh() as site:
        return [_labelled(site), _boston(site), _timed(site)]


def _labelled(site: Site) -> Table:
    table = Table("Labelled set", ["pairs", "all", "the same", "least likeness", "precision", "recall"])
    for row in site.child("benchmarks.similar", part="labelled"):
        table.add(*row)
    return table


def labelled() -> list[list[Any]]:
    """In the site: precision and recall below, at and above the likeness from which voices are offered."""
    from pendamping.needs.rules import similar as rules
    from pendamping.needs.tests import tellings

    rows: list[list[Any]] = []
    pairs = tellings.pairs()
    parts = (("tuned on", True), ("only measured", False), ("all", None))
    for name, half in parts:
        chosen = [pair for pair in pairs if half is None or pair.tuned is half]
        for least in (rules.SAME - 0.1, rules.SAME, rules.SAME + 0.1):
            measure = tellings.measured(chosen, least)
            same = sum(pair.same for pair in chosen)
            rows.append([name, len(chosen), same, least, measure.precision, measure.recall])
    return rows


def _boston(site: Site) -> Table:
    """Duplicates by officers' own notes ("Duplicate of existing case, see CRM# 294792"), each with its original."""
    table = Table("Boston, July 2011: duplicates marked by officers", ["marked", "found first", "among 3", "among 5"])
    if not BOSTON.is_file():
        table.notes.append("Not measured: PENDAMPING_SHARED_DATA holds no such set.")
        return table
    table.add(*site.child("benchmarks.similar", part="boston"))
    table.notes.append("Their words are a type and a street: place and time do nearly all the work.")
    return table


def boston() -> list[float]:
    """In the site: how many were marked, and how often the original is among the likest one, three and five."""
    with gzip.open(BOSTON, "rt") as file:
        rows = list(csv.DictReader(file))
    ends = {row["case_enquiry_id"][-6:]: row for row in rows}
    marked = []
    for row in rows:
        named = re.search(r"duplic.*?(\d{6})\b", row["closure_reason"], re.IGNORECASE)
        if named and named[1] in ends and ends[named[1]] is not row:
            marked.append((row["case_enquiry_id"], ends[named[1]]["case_enquiry_id"]))
    found = _Cells(rows)
    ranks = [found.likest(asked).index(meant) if meant in found.likest(asked) else 99 for asked, meant in marked]
    return [len(marked), *(sum(rank < most for rank in ranks) / max(1, len(ranks)) for most in (1, 3, 5))]


class _Cells:
    """Boston's cases by a grid, so that only neighbours are compared."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.told = {row["case_enquiry_id"]: _telling(row) for row in rows}
        self.cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for key, telling in self.told.items():
            if telling.latitude is not None:
                self.cells[self._cell(telling)].append(key)

    def likest(self, asked: str) -> list[str]:
        from pendamping.needs.rules import similar as rules

        own = self.told[asked]
        if own.latitude is None:
            return []
        x, y = self._cell(own)
        near = [key for dx in (-1, 0, 1) for dy in (-1, 0, 1) for key in self.cells[x + dx, y + dy] if key != asked]
        alike = {key: rules.likeness(own, self.told[key], near_metres=METRES, near_days=DAYS) for key in near}
        return sorted((key for key in near if alike[key] >= rules.SAME), key=lambda key: -alike[key])

    def _cell(self, telling: Any) -> tuple[int, int]:
        return round(telling.latitude / CELL), round(telling.longitude / CELL)


def _telling(row: dict[str, str]) -> Any:
    from pendamping.needs.rules import similar as rules

    day = datetime.fromisoformat(row["open_dt"]).timestamp() / 86400
    trigrams = rules.trigrams_of(f"{row['case_title']} {row['location_street_name']}")
    latitude, longitude = (float(row[name]) if row[name] else None for name in ("latitude", "longitude"))
    return rules.Telling(trigrams, "", day, row["type"], latitude, longitude)


def _timed(site: Site) -> Table:
    table = Table(f"Searches among {VOICES:,} voices", ["asked by", "p50 ms", "p95 ms", "slowest ms", "found"])
    found = site.child("benchmarks.similar", part="timed", voices=VOICES, searches=SEARCHES)
    for asked, facts in found.items():
        times = facts["ms"]
        slow = percentile(times, 0.95)
        table.add(asked, percentile(times, 0.5), slow, max(times), facts["found"])
        table.budget(slow <= BUDGET_MS, f"{asked}: p95 at most {BUDGET_MS} ms ({slow:.0f})")
    return table


def main(*, part: str, **asked: int) -> Any:
    """In the site: one part of the question."""
    parts: dict[str, Callable[..., Any]] = {"labelled": labelled, "boston": boston, "timed": timed}
    return parts[part](**asked)


def timed(*, voices: int, searches: int) -> dict[str, Any]:
    """In the site: a city of voices, and searches among them."""
    from django.utils import timezone

    from pendamping.core.moments import period
    from pendamping.demo.city import reference
    from pendamping.needs.models import Category, Voice
    from pendamping.needs.queries.similar import similar_voices
    from pendamping.needs.queries.visible import public_voices
    from pendamping.needs.tests.tellings import rows
    from pendamping.regions.models import Level, Region

    at, chance = timezone.now(), random.Random(5)
    reference(CITY, (at.year,), at)
    wards = list(Region.objects.filter(level=Level.WARD, valid_to__isnull=True).order_by("path"))
    categories = {one.key: one for one in Category.objects.filter(city=None)}
    told = rows()

    def place(ward: Region) -> dict[str, Decimal]:
        north, east = (chance.gauss(0, 0.006) for _ in range(2))
        return {
            "latitude": Decimal(f"{float(ward.latitude or -7.33) + north:.6f}"),
            "longitude": Decimal(f"{float(ward.longitude or 108.22) + east:.6f}"),
        }

    made = []
    for number in range(voices):
        ward, said = chance.choice(wards), chance.choice(told)
        heard_at = at - timedelta(minutes=chance.randrange(400 * 24 * 60))
        made.append(
            Voice(
                code=f"S{number:08d}", region=ward, region_path=ward.path, period=period(heard_at), heard_at=heard_at,
                created_at=heard_at, text=f"{said['text']}, gang {chance.randrange(40)}", channel="web",
                category=categories[said["category"]], **(place(ward) if number % 3 else {}),
            )
        )  # fmt: skip
        if len(made) == 2000:
            Voice.objects.bulk_create(made)
            made = []
    Voice.objects.bulk_create(made)
    answers: dict[str, Any] = {}
    for asked in ("point and words", "place and words", "point alone"):
        times, found = [], 0
        for _ in range(searches):
            ward, said = chance.choice(wards), chance.choice(told)
            facts: dict[str, Any] = {
                "region": ward, "at": at, "text": "" if asked == "point alone" else said["text"],
                "category": categories[said["category"]], **({} if asked.startswith("place") else place(ward)),
            }  # fmt: skip
            started = time.perf_counter()
            found += bool(similar_voices(public_voices(), **facts))
            times.append((time.perf_counter() - started) * 1000)
        answers[asked] = {"ms": times, "found": found}
    return answers
