"""Do lists, details and dashboards stay as quick when the city grows? Over HTTP, at several sizes in the same minutes.

The sites of all sizes run side by side and are asked in turns, so that a busy moment of the machine hits all alike;
each figure is the best round's. The budget is on processor time: it is what the size of the city can change.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks import load, machine
from benchmarks.figures import Table, middle, percentile
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.site import FIRST_PORT, Site, fresh

QUESTION = "pages: lists, details and dashboards as the city grows"
CLIENTS = 4
ASKED = 40  # requests a round
ROUNDS = 4
BUDGET = 1.2  # times the page at the smallest size


@dataclass(frozen=True)
class Page:
    """A page and who looks at it; `{code}`, `{voice}`, `{ward}` and so on are filled from the world."""

    name: str
    path: str
    who: str = ""


PAGES = (
    Page("working list, city", "/kerja/kebutuhan/", "budi"),
    Page("working list, ward", "/kerja/kebutuhan/?view=all", "sari"),
    Page("working list, city, half way down", "/kerja/kebutuhan/?view=all&before={half_id}", "budi"),
    Page("working list, one subject", "/kerja/kebutuhan/?view=open&about=A1", "budi"),
    Page("public list", "/daftar/kebutuhan/"),
    Page("public list, district and state", "/daftar/kebutuhan/?wilayah={district}&keadaan=verified"),
    Page("public list, half way down", "/daftar/kebutuhan/?sebelum={half_code}"),
    Page("need, working", "/kerja/kebutuhan/{code}/", "budi"),
    Page("journey, public", "/jejak/{voice}/"),
    Page("home, public", "/"),
    Page("ward, public", "/wilayah/{ward}/"),
    Page("my work, city", "/kerja/", "budi"),
    Page("my work, ward secretary", "/kerja/", "sekretaris"),
    Page("figures, this year", "/kerja/angka/", "budi"),
    Page("figures, all the time", "/kerja/angka/?masa=semua", "budi"),
    Page("figures, ward", "/kerja/angka/", "sari"),
    Page("public list, text search", "/cari/?q=posyandu"),
)


@dataclass
class Round:
    """One round of one page at one size."""

    times: list[float]
    per_second: float
    cpu: float


@dataclass
class Town:
    """A site of one size with its signposts."""

    site: Site
    world: dict[str, Any]
    rounds: dict[str, list[Round]] = field(default_factory=dict)

    def requests(self, page: Page, count: int) -> list[Request]:
        """The same page again and again, details of records from all times in turn."""
        world = self.world
        cookie = (("Cookie", f"session={world['sessions'][page.who]}"),) if page.who else ()
        half_id, half_code = world["half"]
        found = []
        for number in range(count):
            names = {
                "code": world["codes"][number % len(world["codes"])],
                "voice": world["voice_codes"][number % len(world["voice_codes"])],
                "ward": world["ward"], "district": world["ward"][:6], "half_id": half_id, "half_code": half_code,
            }  # fmt: skip
            found.append(Request(page.path.format(**names), headers=cookie))
        return found

    def measure(self, page: Page) -> None:
        processes = self.site.server()
        before = machine.cpu_ms(processes)
        answers = load.ask(self.site.port, self.requests(page, ASKED), CLIENTS)
        spent = machine.cpu_ms(processes) - before
        answers.only(200)
        self.rounds.setdefault(page.name, []).append(Round(answers.times, answers.per_second, spent / ASKED))


def run(options: Options) -> list[Table]:
    """Every page at every size."""
    with contextlib.ExitStack() as stack:
        towns = [_town(stack, size, FIRST_PORT + place) for place, size in enumerate(options.sizes)]
        for town in towns:
            stack.enter_context(town.site.running())
        for page in PAGES:  # compiled templates, warm caches
            for town in towns:
                load.ask(town.site.port, town.requests(page, 8), CLIENTS).only(200)
        for _ in range(ROUNDS):
            for page in PAGES:
                for town in towns:
                    town.measure(page)
    return [_table(towns)]


def _town(stack: contextlib.ExitStack, size: int, port: int) -> Town:
    site = stack.enter_context(fresh(port))
    world = site.child("benchmarks.world", needs=size)
    print(f"  world of {size:,} needs: {world['journal']:,} journal entries in {world['seconds']} s", flush=True)
    return Town(site, world)


def _table(towns: Sequence[Town]) -> Table:
    columns = ["page", "needs", "p50 ms", "p95 ms", "req/s", "CPU ms/request", "× smallest"]
    table = Table(f"Pages, {CLIENTS} clients", columns)
    for page in PAGES:
        first = _cpu(towns[0], page)
        for town in towns:
            rounds = town.rounds[page.name]
            p50 = min(middle(one.times) for one in rounds)
            p95 = min(percentile(one.times, 0.95) for one in rounds)
            rate, cpu = max(one.per_second for one in rounds), _cpu(town, page)
            table.add(page.name, f"{town.world['needs']:,}", p50, p95, rate, cpu, cpu / first)
            if town is not towns[0]:
                sentence = f"{page.name} at {town.world['needs']:,}: {cpu / first:.2f} × (budget {BUDGET})"
                if cpu / first > BUDGET:
                    table.budget(False, sentence)
    return table


def _cpu(town: Town, page: Page) -> float:
    return min(one.cpu for one in town.rounds[page.name])
