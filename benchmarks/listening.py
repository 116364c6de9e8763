"""Do lists and search of voices stay quick among many, and how many voices a second come in from real lists?

The sets of Jakarta (2019) and Boston (July 2011) are imported whole, by the project's own import, where
PENDAMPING_SHARED_DATA points at them. Then cities of generated voices stand side by side and are asked in turns.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks import load, machine
from benchmarks.figures import Table, middle, percentile
from benchmarks.imports import SHARED
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.pages import Page, Round
from benchmarks.site import FIRST_PORT, ROOT, Site, fresh

QUESTION = "listening: real lists taken in; lists and search among many voices"
CLIENTS = 4
ASKED = 30  # requests a round
ROUNDS = 2
BUDGET_MS = 500  # p95 of every page at every size, with all clients at once
REAL = (  # list, its city, its mapping
    ("jakarta-crm-2019-2020/crm_jakarta_pusat_2019.csv", "31.71", "jakarta-crm"),
    ("jakarta-crm-2019-2020/crm_dengan_rincian_2019_jan_agu.csv", "31.73", "jakarta-crm"),
    ("boston-311-2011-07/boston311_2011_07.csv.gz", "", str(ROOT / "benchmarks" / "maps" / "boston.toml")),
)
PAGES = (
    Page("waiting, city", "/kerja/suara/", "budi"),
    Page("waiting, ward", "/kerja/suara/", "sari"),
    Page("all, city, half way down", "/kerja/suara/?view=all&before={half_id}", "budi"),
    Page("one subject, city", "/kerja/suara/?view=all&about=A3", "budi"),
    Page("public list", "/daftar/suara/"),
    Page("public list, half way down", "/daftar/suara/?sebelum={half}"),
    Page("search, a common word, city", "/kerja/suara/?view=all&q=sampah", "budi"),
    Page("search, two words, city", "/kerja/suara/?view=all&q=selokan+mampet", "budi"),
    Page("search, a rare word, city", "/kerja/suara/?view=all&q=Cendrawasih+317", "budi"),
    Page("search, a word nobody said", "/kerja/suara/?view=all&q=helikopter", "budi"),
    Page("search, two words, ward", "/kerja/suara/?view=all&q=jalan+berlubang", "sari"),
    Page("waiting times, public", "/suara/waktu-jawab/"),
    Page("requests over Open311", "/open311/v2/requests.json"),
    Page("my work, city", "/kerja/", "budi"),
    Page("voice, working", "/kerja/suara/{code}/", "budi"),
    Page("journey of a voice, public", "/jejak/{code}/"),
)


def run(options: Options) -> list[Table]:
    """Real lists first, then pages and memory at every size."""
    return [_imports(), *_cities(options.sizes)]


def _imports() -> Table:
    columns = [
        "list",
        "rows",
        "taken",
        "refused",
        "voices/s",
        "CPU ms/row",
        "again rows/s",
        "again CPU ms/row",
        "Rss MB",
    ]
    table = Table("Real lists, taken in whole", columns)
    for name, city, mapping in REAL:
        file = SHARED / name
        if not file.is_file():
            table.notes.append(f"{name} was not measured: PENDAMPING_SHARED_DATA does not hold it.")
            continue
        with fresh() as site:
            found = site.child("benchmarks.listening", file=str(file), city=city, mapping=mapping)
        (first, spent), (second, spent_again) = found["seconds"]
        rows, label = found["rows"], f"{file.parent.name}, {file.name.split('.')[0]}"
        table.add(
            label, rows, found["added"], found["refused"], found["added"] / first, 1000 * spent / rows, rows / second,
            1000 * spent_again / rows, found["memory"],
        )  # fmt: skip
        table.notes += [f"{label}: {count} × {why}" for why, count in found["why"]]
    return table


def main(*, file: str, city: str, mapping: str, most: int = 0) -> dict[str, Any]:
    """In the site: take a list in, and once more; whole, or its first rows."""
    from collections import Counter

    from django.utils import timezone

    from pendamping.core.imports import plan
    from pendamping.core.imports.sheet import read
    from pendamping.demo.city import reference
    from pendamping.demo.people import hold, sign_in
    from pendamping.needs.importers import Voices, read_mapping

    at = timezone.now()
    place = reference(city, (2019,), at) if city else _boston(at)
    by = hold(sign_in("pengimpor", "Akun impor"), "planning_agency", place, at)
    sheet = read(_plain(Path(file)))
    if most:
        sheet = replace(sheet, rows=sheet.rows[: most + 1])

    def once() -> tuple[Any, tuple[float, float]]:
        started, spent = time.perf_counter(), time.process_time()
        importer = Voices(place, read_mapping(mapping))
        report = plan.run(importer, sheet, mode="good", dry_run=False, by=by, at=at)
        return report, (time.perf_counter() - started, time.process_time() - spent)

    (written, first), (_again, second) = once(), once()
    why = Counter(problem.code for problem in written.problems)
    return {
        "rows": written.rows, "added": written.added, "refused": written.refused, "seconds": [first, second],
        "why": why.most_common(5), "memory": machine.peak_mb([os.getpid()]),
    }  # fmt: skip


def _plain(file: Path) -> Path:
    """The list itself, where it is packed."""
    if file.suffix != ".gz":
        return file
    opened = Path(tempfile.mkdtemp(prefix="pendamping-list-")) / file.stem
    with gzip.open(file) as packed, opened.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return opened


def _boston(at: Any) -> Any:
    """A city of one district whose wards are the neighbourhoods of the list; no city of Indonesia has them."""
    from pendamping.demo.city import reference
    from pendamping.regions.models import Level, Region, RegionAlias
    from pendamping.regions.rules import name_key

    city = reference("32.78", (2011,), at, with_wards=False)
    common = {"created_at": at, "zone": city.zone}
    district = Region.objects.create(parent=city, level=Level.DISTRICT, path=f"{city.path}01", name="Boston", **common)
    wards = [
        Region(parent=district, level=Level.WARD, path=f"{district.path}{1000 + place}", name=name, **common)
        for place, name in enumerate(NEIGHBOURHOODS, start=1)
    ]
    for ward in Region.objects.bulk_create(wards):
        RegionAlias.objects.create(region=ward, name=ward.name, key=name_key(ward.name))
    return city


NEIGHBOURHOODS = (
    "Dorchester", "Roxbury", "Jamaica Plain", "Allston / Brighton", "Greater Mattapan", "West Roxbury", "Hyde Park",
    "Roslindale", "South Boston / South Boston Waterfront", "East Boston", "South End", "Downtown / Financial District",
    "Back Bay", "Charlestown", "Fenway / Kenmore / Audubon Circle / Longwood", "Boston", "Beacon Hill", "Mission Hill",
    "Brighton", "Mattapan", "Allston", "South Boston",
)  # fmt: skip


@dataclass
class Town:
    """A site of so many voices with its signposts."""

    site: Site
    world: dict[str, Any]
    rounds: dict[str, list[Round]] = field(default_factory=dict)

    def requests(self, page: Page, count: int) -> list[Request]:
        """The same page again and again, details of voices from all times in turn."""
        world = self.world
        cookie = (("Cookie", f"session={world['sessions'][page.who]}"),) if page.who else ()
        names = {name: world[name] for name in ("ward", "half", "half_id")}
        codes = world["codes"]
        return [
            Request(page.path.format(code=codes[number % len(codes)], **names), headers=cookie)
            for number in range(count)
        ]

    def measure(self, page: Page) -> None:
        processes = self.site.server()
        before = machine.cpu_ms(processes)
        answers = load.ask(self.site.port, self.requests(page, ASKED), CLIENTS)
        spent = machine.cpu_ms(processes) - before
        answers.only(200)
        self.rounds.setdefault(page.name, []).append(Round(answers.times, answers.per_second, spent / ASKED))


def _cities(sizes: Sequence[int]) -> list[Table]:
    memory = Table(
        "Memory after the lists, MB", ["voices", "server Rss", "server peak", "whole site Pss", "data folder"]
    )
    with contextlib.ExitStack() as stack:
        towns = [_town(stack, size, FIRST_PORT + place) for place, size in enumerate(sizes)]
        for town in towns:
            stack.enter_context(town.site.running())
        for page in PAGES:  # compiled templates, warm caches
            for town in towns:
                load.ask(town.site.port, town.requests(page, 4), CLIENTS).only(200)
        for _ in range(ROUNDS):
            for page in PAGES:
                for town in towns:
                    town.measure(page)
        for town in towns:
            _remember(memory, town)
    return [_table(towns), memory]


def _town(stack: contextlib.ExitStack, size: int, port: int) -> Town:
    site = stack.enter_context(fresh(port))
    world = site.child("benchmarks.crowd", voices=size)
    print(f"  {size:,} voices, {world['needs']:,} needs in {world['seconds']} s", flush=True)
    return Town(site, world)


def _remember(table: Table, town: Town) -> None:
    server = town.site.server()
    biggest = max(server, key=lambda pid: machine.memory_mb([pid], "Rss"))
    folder = sum(file.stat().st_size for file in town.site.folder.rglob("*") if file.is_file()) / 1e6
    table.add(
        f"{town.world['voices']:,}", machine.memory_mb([biggest], "Rss"), machine.peak_mb([biggest]),
        machine.memory_mb(town.site.everything()), folder,
    )  # fmt: skip


def _table(towns: Sequence[Town]) -> Table:
    table = Table(f"Voices, {CLIENTS} clients", ["page", "voices", "p50 ms", "p95 ms", "req/s", "CPU ms/request"])
    for page in PAGES:
        for town in towns:
            rounds, voices = town.rounds[page.name], f"{town.world['voices']:,}"
            p50 = min(middle(one.times) for one in rounds)
            p95 = min(percentile(one.times, 0.95) for one in rounds)
            rate, cpu = max(one.per_second for one in rounds), min(one.cpu for one in rounds)
            table.add(page.name, voices, p50, p95, rate, cpu)
            if p95 > BUDGET_MS:
                table.budget(False, f"{page.name} at {voices}: p95 {p95:.0f} ms (budget {BUDGET_MS})")
    return table
