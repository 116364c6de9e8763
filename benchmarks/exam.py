"""Do hundreds of candidates answering at once lose an answer? The page's own door, one connection each, FULL sync.

Every candidate sends answers one after another without pausing to think, which no person does: 300 candidates who
answer a question every 40 seconds make 7.5 answers a second. Each fifth answer is sent twice with the same counter,
as a browser does that missed the acknowledgement. Afterwards what is kept is compared with what was acknowledged.
`PENDAMPING_BENCH_CANDIDATES` and `PENDAMPING_BENCH_QUESTIONS` make it smaller.
"""

from __future__ import annotations

import os
from urllib.parse import urlencode

from benchmarks import load, machine
from benchmarks.figures import Table, percentile
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.site import Site, fresh

QUESTION = "exam: candidates answering at once over HTTP, nothing lost"
CANDIDATES, QUESTIONS = 300, 40
RESENT = 5  # every fifth answer travels twice
BUDGET = 100  # answers a second, more than ten times what 300 people at a screen make
OPTIONS = 5


def run(options: Options) -> list[Table]:
    """A sitting in which everybody begins together."""
    candidates = int(os.environ.get("PENDAMPING_BENCH_CANDIDATES", CANDIDATES))
    questions = int(os.environ.get("PENDAMPING_BENCH_QUESTIONS", QUESTIONS))
    table = Table(
        f"{candidates} candidates, {questions} questions each, all at once",
        ["candidates", "answers", "answers/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms/answer", "sync ms", "not 200",
         "lost", "duplicates"],
    )  # fmt: skip
    with fresh() as site:
        world = site.child("benchmarks.exam_world", candidates=candidates, questions=questions)
        sent = {
            f"{who}/{place}": (who + place) % OPTIONS for place in range(1, questions + 1) for who in range(candidates)
        }
        with site.running():
            requests = _requests(site, world["cookie"], world["passes"], sent)
            sync, before = machine.sync_ms(str(site.folder)), machine.cpu_ms(site.server())
            answers = load.ask(site.port, requests, candidates)
            spent = (machine.cpu_ms(site.server()) - before) / len(requests)
        kept = site.child("benchmarks.exam_counted", passes=world["passes"], questions=questions, sent=sent)
    refused = sum(count for state, count in answers.states.items() if state != 200)
    table.add(
        candidates, len(requests), answers.per_second,
        *(percentile(answers.times, share) for share in (0.5, 0.95, 0.99)), spent, sync, refused, kept["lost"],
        kept["duplicates"],
    )  # fmt: skip
    table.budget(
        refused == 0 and kept["lost"] == 0 and kept["duplicates"] == 0,
        f"{len(requests)} answers sent, {refused} not acknowledged, {kept['lost']} lost, {kept['duplicates']} twice",
    )
    table.budget(answers.per_second >= BUDGET, f"{answers.per_second:.0f} answers/s (budget {BUDGET})")
    return [table]


def _requests(site: Site, cookie: str, passes: list[str], sent: dict[str, int]) -> list[Request]:
    """Question after question, in each one candidate after another: client n is always candidate n."""
    found: list[Request] = []
    questions = len(sent) // len(passes)
    for place in range(1, questions + 1):
        row = [_answer(site, cookie, note, place, sent[f"{who}/{place}"]) for who, note in enumerate(passes)]
        found += row * (2 if place % RESENT == 0 else 1)
    return found


def _answer(site: Site, cookie: str, note: str, place: int, option: int) -> Request:
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Accept", "application/json"),
        ("Cookie", f"{cookie}={note}"),
        ("Origin", site.url),
        ("Sec-Fetch-Site", "same-origin"),
    )
    body = urlencode({"answer": option, "sequence": place}).encode()
    return Request(f"/seleksi/ujian/soal/{place}/", "POST", body, headers)
