"""What if 2,000 phones in and around a hall vote within the same minute? Each opens the ballot and casts it.

2,000 in a minute are 34 a second; here nobody waits for anybody, so what is measured is what the server can take. Every
tenth ballot is sent twice, as a phone does that got no answer: it counts once. `PENDAMPING_BENCH_PHONES` makes it
smaller.
"""

from __future__ import annotations

import os
import uuid
from typing import Any
from urllib.parse import urlencode

from benchmarks import load, machine
from benchmarks.figures import Table, percentile
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.site import Site, fresh

QUESTION = "ballots: 2,000 phones voting within a minute over HTTP"
PHONES, PROPOSALS, HANDS = 2000, 12, 50
BUDGET = 34  # ballots a second: 2,000 within the same minute


def run(options: Options) -> list[Table]:
    """Everybody opens the ballot, then everybody casts it; the count says whether each is there once."""
    phones = int(os.environ.get("PENDAMPING_BENCH_PHONES", PHONES))
    table = Table(
        f"{phones} phones, {PROPOSALS} proposals, all at once",
        ["what", "asked", "a second", "p50 ms", "p95 ms", "p99 ms", "CPU ms each", "not answered"],
    )
    with fresh() as site:
        world = site.child("benchmarks.ballots_world", phones=phones, proposals=PROPOSALS)
        with site.running():
            opened = _measure(table, site, "the ballot opened", [Request(world["address"])] * phones)
            casts = [_cast(site, world["address"], code, number) for number, code in enumerate(world["codes"])]
            cast = _measure(table, site, "cast, every tenth twice", [*casts, *casts[::10]])
        kept = site.child("benchmarks.ballots_counted")
    wrong = sum(count for one in (opened, cast) for state, count in one.states.items() if state != 200)
    lost, double = phones - kept["marks"], kept["ballots"] - kept["marks"]
    said = f"{kept['ballots']} ballots counted, {lost} lost, {double} double, {wrong} not answered with a receipt"
    table.budget(wrong == 0 and lost == 0 and double == 0 and kept["receipts"] == phones, said)
    rate = cast.per_second
    table.budget(rate >= BUDGET, f"{rate:.0f} ballots/s (budget {BUDGET})")
    return [table]


def _measure(table: Table, site: Site, what: str, requests: list[Request]) -> Any:
    before = machine.cpu_ms(site.server())
    answers = load.ask(site.port, requests, min(HANDS, len(requests)))
    spent = (machine.cpu_ms(site.server()) - before) / len(requests)
    refused = sum(count for state, count in answers.states.items() if state != 200)
    times = (percentile(answers.times, share) for share in (0.5, 0.95, 0.99))
    table.add(what, len(requests), answers.per_second, *times, spent, refused)
    return answers


def _cast(site: Site, address: str, code: str, number: int) -> Request:
    chosen = [str(1 + (number + step) % PROPOSALS) for step in range(3)]
    body = urlencode({"code": code, "op": str(uuid.uuid4()), "choices": chosen}, doseq=True).encode()
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Origin", site.url),
        ("Sec-Fetch-Site", "same-origin"),
    )
    return Request(address, "POST", body, headers)
