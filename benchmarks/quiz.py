"""What if 500 learners open a quiz in the same minute? Each begins an attempt by the page's own door, all at once.

Beginning draws the questions, keeps them and tells the journal: the dearest moment of a quiz. 500 in a minute are 8.4 a
second; here nobody waits for anybody. Each begins twice, as an impatient thumb does: one attempt stands.
`PENDAMPING_BENCH_LEARNERS` and `PENDAMPING_BENCH_QUESTIONS` make it smaller.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlencode

from benchmarks import load, machine
from benchmarks.figures import Table, percentile
from benchmarks.load import Request
from benchmarks.options import Options
from benchmarks.site import Site, fresh

QUESTION = "quiz: learners opening a quiz at once over HTTP"
LEARNERS, QUESTIONS, HANDS = 500, 10, 50
BUDGET = 9  # attempts begun a second: 500 within the same minute


def run(options: Options) -> list[Table]:
    """Everybody presses "Begin" together."""
    learners = int(os.environ.get("PENDAMPING_BENCH_LEARNERS", LEARNERS))
    questions = int(os.environ.get("PENDAMPING_BENCH_QUESTIONS", QUESTIONS))
    table = Table(
        f"{learners} learners, {questions} questions each, all at once",
        ["learners", "begun/s", "p50 ms", "p95 ms", "p99 ms", "CPU ms each", "not begun", "lost", "questions wrong"],
    )
    with fresh() as site:
        world = site.child("benchmarks.quiz_world", learners=learners, questions=questions)
        with site.running():
            requests = [_begin(site, world, session, code) for session, code in world["learners"]] * 2
            before = machine.cpu_ms(site.server())
            answers = load.ask(site.port, requests, min(HANDS, learners))
            spent = (machine.cpu_ms(site.server()) - before) / len(requests)
        kept = site.child("benchmarks.quiz_counted", learners=learners, questions=questions)
    refused = sum(count for state, count in answers.states.items() if state != 302)
    table.add(
        learners, answers.per_second, *(percentile(answers.times, share) for share in (0.5, 0.95, 0.99)), spent,
        refused, kept["lost"], kept["wrong"],
    )  # fmt: skip
    table.budget(
        refused == 0 and kept["lost"] == 0 and kept["wrong"] == 0,
        f"{len(requests)} presses, {refused} not answered, {kept['lost']} attempts lost",
    )
    table.budget(answers.per_second >= BUDGET, f"{answers.per_second:.0f} begun/s (budget {BUDGET})")
    return [table]


def _begin(site: Site, world: dict[str, Any], session: str, code: str) -> Request:
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("Cookie", f"{world['cookie']}={session}; {world['csrf_cookie']}={world['csrf']}"),
        ("Origin", site.url),
        ("Sec-Fetch-Site", "same-origin"),
    )
    body = urlencode({"csrfmiddlewaretoken": world["csrf"]}).encode()
    return Request(f"/belajar/{code}/m1/kuis/kuis/mulai/", "POST", body, headers)
