"""How much memory does a site take: at rest, under load, after papers and photos?"""

from __future__ import annotations

import time

from benchmarks import load, machine
from benchmarks.figures import Table
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.site import Site, fresh

QUESTION = "memory: at rest and after load"
BUDGET = 150
SETTLE = 4
ASKED = 400
PAGES = ("/", "/wilayah/", "/daftar/kebutuhan/", "/suara/", "/jejak/{asset}/", "/wilayah/{ward}/")


def run(options: Options) -> list[Table]:
    """The demo city, left alone, then asked."""
    table = Table("Memory of a site, MB", ["when", "server Rss", "server Pss", "server peak", "whole site Pss"])
    with fresh() as site:
        found = site.child("benchmarks.demo")
        with site.running():
            time.sleep(SETTLE)
            rest = _add(table, "at rest, nothing asked yet", site)
            load.ask(site.port, [Request(path.format(**found)) for path in PAGES], 1).only(200)
            _add(table, "each page asked once", site)
            requests = [Request(PAGES[number % len(PAGES)].format(**found)) for number in range(ASKED)]
            load.ask(site.port, requests, 8).only(200)
            time.sleep(SETTLE)
            _add(table, f"after {ASKED} pages, 8 clients", site)
    table.budget(rest <= BUDGET, f"server at rest: {rest:.0f} MB resident (budget {BUDGET})")
    table.notes.append("Server: the processes that answer. Whole site: with the one that starts them and the worker.")
    return [table]


def _add(table: Table, when: str, site: Site) -> float:
    server = [pid for pid in site.server() if machine.memory_mb([pid], "Rss") > 0]
    biggest = max(server, key=lambda pid: machine.memory_mb([pid], "Rss"))  # the others only watch it
    resident = machine.memory_mb([biggest], "Rss")
    whole = machine.memory_mb(site.everything())
    table.add(when, resident, machine.memory_mb([biggest]), machine.peak_mb([biggest]), whole)
    return resident
