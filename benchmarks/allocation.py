"""How quickly is the money of a ward shared?

And the plain rule beside pabutools, where somebody installed it: it needs a proprietary solver and is not in our lock.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Table
from benchmarks.options import Options
from benchmarks.site import ROOT
from pendamping.deliberation.allocation import Ballots, Contest, Pot, Proposal, Rule, decide, read_pabulib
from pendamping.deliberation.allocation.completion import complete
from pendamping.deliberation.allocation.prepare import electorate

QUESTION = "allocation: seconds a decision, and how many times quicker than pabutools"
SAMPLE = Path(os.environ.get("PENDAMPING_SHARED_DATA", ROOT.parent / "shared" / "data")) / "pabulib"
PLAIN = Rule(completion="none", fill="none", ties=("id",))


def best(call: Callable[[], Any], times: int = 3) -> float:
    """Seconds of the quickest of several calls."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


def ward(residents: int = 2000, many: int = 40, seed: int = 1) -> Contest:
    """A ward as it may be: round prices, eight neighbourhoods that favour their own, three to seven choices each."""
    r = random.Random(seed)
    millions = (15, 20, 25, 30, 40, 50, 60, 75, 100, 150)
    made = tuple(Proposal(f"p{i}", f"Usulan {i}", r.choice(millions) * 1_000_000) for i in range(many))
    liked = [r.random() ** 2 + 0.05 for _ in range(many)]
    home = [r.randrange(8) for _ in range(many)]
    rows = []
    for _ in range(residents):
        mine, count = r.randrange(8), r.randint(3, 7)
        weights = [p * (3 if home[i] == mine else 1) for i, p in enumerate(liked)]
        chosen: set[int] = set()
        while len(chosen) < count:
            chosen.add(r.choices(range(many), weights)[0])
        rows.append(sorted(chosen))
    return Contest(made, Ballots.of(rows), (Pot("ward", 600_000_000),), (), Rule())


def million(residents: int = 1_000_000, many: int = 200, choices: int = 5) -> Contest:
    """A city: each ballot `choices` different ones of `many` proposals, some liked far more than others."""
    r = np.random.default_rng(1)
    step = r.integers(1, many // choices, (residents, choices)).cumsum(axis=1) - 1
    made = tuple(Proposal(f"p{i}", "", int(r.integers(10, 300)) * 1_000_000) for i in range(many))
    ballots = Ballots(
        np.arange(residents + 1, dtype=np.int64) * choices,
        step.astype(np.int32).ravel(),
        np.ones(residents * choices, np.int32),
        np.ones(residents, np.int32),
    )
    return Contest(made, ballots, (Pot("city", 5_000_000_000),), (), Rule())


def beside_pabutools(path: Path) -> dict[str, float] | None:
    """Seconds of reading and of the plain rule, theirs at its best (ballots grouped or not) and ours."""
    try:
        from pabutools.election import Cost_Sat, parse_pabulib
        from pabutools.rules import method_of_equal_shares
        from pabutools.tiebreaking import lexico_tie_breaking
    except ImportError:
        return None
    start = time.perf_counter()
    instance, profile = parse_pabulib(str(path))
    read = time.perf_counter() - start
    times = []
    for grouped in (False, True):
        start = time.perf_counter()
        given = profile.as_multiprofile() if grouped else profile
        method_of_equal_shares(instance, given, sat_class=Cost_Sat, tie_breaking=lexico_tie_breaking)
        times.append(time.perf_counter() - start)
    contest = read_pabulib(path, PLAIN)
    pot = contest.pots[0]
    start = time.perf_counter()
    prepared = electorate(contest, pot, pot.ceiling)
    prepare = time.perf_counter() - start
    return {
        "their_read": read,
        "their_rule": times[0],
        "their_grouped": times[1],
        "our_read": best(lambda: read_pabulib(path, PLAIN)),
        "our_prepare": prepare,
        "our_rule": best(lambda: complete(prepared), 5),
    }


def run(options: Options) -> list[Table]:
    """The ward and the largest elections, then the comparison, then a million ballots."""
    return [_ours(), *_compared(), _million()]


def _ours() -> Table:
    table = Table("Default rule", ["election", "seconds", "budget"])
    _timed(table, "ward, 2,000 ballots x 40, with explanations and certificates", ward(), 0.3)
    lodz, toulouse = (SAMPLE / name for name in ("Poland_Lodz_2024.pb", "France_Toulouse_2022.pb"))
    if lodz.exists():  # the largest of the sample
        contest = read_pabulib(lodz)
        _timed(table, f"{lodz.name}, completion", contest, 3, brief=True)
        _timed(table, f"{lodz.name}, with explanations and certificates", contest)
    if toulouse.exists():
        _timed(table, f"{toulouse.name}, with explanations and certificates", read_pabulib(toulouse), 3)
    return table


def _timed(table: Table, name: str, contest: Contest, budget: float | None = None, *, brief: bool = False) -> None:
    """A row with the seconds of a decision, held to a budget where one is given."""
    seconds = best(lambda: decide(contest, brief=brief))
    table.add(name, seconds, budget or "")
    if budget is not None:
        table.budget(seconds <= budget, f"{name}: {seconds:.2f} s, at most {budget} s")


def _compared() -> list[Table]:
    table = Table("Plain rule beside pabutools", ["election", "rule x", "rule x, theirs grouped", "end to end x"])
    rules, ends = [], []
    for path in sorted(SAMPLE.glob("*.pb")):
        found = beside_pabutools(path)
        if found is None:
            table.notes.append("Not measured: pabutools is not installed here.")
            break
        theirs = min(found["their_rule"], found["their_grouped"])
        rules.append(found["their_rule"] / found["our_rule"])
        ours = found["our_read"] + found["our_prepare"] + found["our_rule"]
        ends.append((found["their_read"] + theirs) / ours)
        table.add(path.name[:44], rules[-1], theirs / found["our_rule"], ends[-1])
    if rules:
        rule, end = statistics.median(rules), statistics.median(ends)
        table.budget(rule >= 300, f"rule alone: median {rule:.0f} x, at least 300 x")
        table.budget(end >= 20, f"end to end: median {end:.1f} x, at least 20 x")
    return [table]


def _million() -> Table:
    table = Table("A million ballots x 200 projects, without explanations", ["seconds", "funded", "GB"])
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.allocation"], check=True, capture_output=True, text=True, cwd=ROOT
    )
    seconds, funded, peak = json.loads(done.stdout)
    table.add(seconds, funded, peak)
    table.budget(peak <= 2, f"memory: {peak:.2f} GB, at most 2 GB")
    return table


def memory() -> None:
    """A million ballots in a process of its own; prints seconds, funded, GB at the peak."""
    contest = million()
    start = time.perf_counter()
    decision = decide(contest, brief=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps([round(time.perf_counter() - start, 1), len(decision.funded), round(peak, 2)]))


if __name__ == "__main__":
    memory()
