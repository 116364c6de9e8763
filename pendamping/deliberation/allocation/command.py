"""`pendamping allocate FILE.pb`: the rule on any Pabulib file, for people and for programs."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .decide import decide
from .decision import Decision
from .holding import Holding, price_that_holds
from .model import FILL, FLOOR, GREEDY, SHARE, Contest, Invalid
from .options import add_rule, rule_of
from .pabulib import read_pabulib
from .published import decision_out
from .sentences import MONEY, rupiah, sentence
from .unreadable import FAULTS, unreadable

EXAMPLES = """examples:
  as a ward shares its money, in words:
    .venv/bin/python -m pendamping allocate kelurahan.pb --fill votes --lot 3,1,2
  plain equal shares, ties by id, for a program:
    .venv/bin/python -m pendamping allocate Poland_Swiecie_2023.pb --completion none --ties id --json
"""
BOTH = "--prices tells a price in the explanations and --brief leaves them out: give one of the two"
STATUS = {
    "id": {SHARE: "dibeli pendukungnya", FLOOR: "batas bawah", FILL: "dari sisa dana"},
    "en": {SHARE: "bought by its supporters", FLOOR: "by a floor", FILL: "from what was left"},
}
MOST_VOTES = {"id": "suara terbanyak", "en": "most votes"}


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    result = argparse.ArgumentParser(
        prog="pendamping allocate",
        description="Share the money of a Pabulib file (.pb) among its projects, and say of each that lost why. "
        "Exit code 0: shared, 2: the file cannot be read or options contradict each other.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("file", help="the ballots, in the open format of participatory budgeting (.pb)")
    add_rule(result)
    result.add_argument(
        "--language", choices=("id", "en"), default="id", help="the language of the answer; default %(default)s"
    )
    result.add_argument(
        "--json", action="store_true", help="print one JSON object for a program; default words for people"
    )
    result.add_argument(
        "--brief",
        action="store_true",
        help="leave explanations, payments and certificates out, for very large files; not with --prices; default all "
        "of them",
    )
    result.add_argument(
        "--prices",
        action="store_true",
        help="run the rule again, some ten times for each that lost, and tell a price at which it is funded and one at "
        "most a hundredth higher at which it is not; not with --brief; default an estimate at the final share",
    )
    return result


def allocate(arguments: Sequence[str]) -> int:
    """Run the command; 0 when decided, 2 when the file cannot be read (the reason on the error stream).

    Options that contradict each other leave with 2, as argparse does.
    """
    options = parser()
    given = options.parse_args(arguments)
    if given.brief and given.prices:
        options.error(BOTH)
    start = time.perf_counter()
    try:
        contest = read_pabulib(given.file, rule_of(given))
    except FAULTS as fault:
        sys.stderr.write(unreadable(fault, given.file, given.language) + "\n")
        return 2
    read = time.perf_counter()
    try:
        decision = decide(contest, brief=given.brief)
    except Invalid as fault:
        sys.stderr.write(unreadable(fault, given.file, given.language) + "\n")
        return 2
    done = time.perf_counter()
    prices = _prices(contest, decision) if given.prices else {}
    if given.json:
        found = report(contest, decision, read - start, done - read, prices, brief=given.brief)
        if given.prices:
            found["prices"] = {name: one and vars(one) for name, one in prices.items()}
        sys.stdout.write(json.dumps(found) + "\n")
    else:
        sys.stdout.write(told(contest, decision, given.language, prices))
    return 0


def _prices(contest: Contest, decision: Decision) -> dict[str, Holding | None]:
    """What other prices give each that lost for want of money."""
    lost = {name: why for name, why in decision.outcome.items() if why.reason in MONEY}
    return {name: price_that_holds(contest, name, why.would_be_funded_at) for name, why in lost.items()}


def report(
    contest: Contest, decision: Decision, read: float, rule: float, prices: Mapping[str, Holding | None], *, brief: bool
) -> dict[str, Any]:  # fmt: skip
    """What `--json` prints; seconds measured, money whole. `prices`: what holds, in place of the estimate."""
    cost = {p.id: p.cost for p in contest.proposals}
    result: dict[str, Any] = {
        "selected": list(decision.funded),
        "total_cost": sum(cost[x] for x in decision.funded),
        "seconds_read": round(read, 6),
        "seconds_rule": round(rule, 6),
        "ties": decision.ties,
        "left_over": decision.left_over,
    }
    written = decision_out(replace(decision, payments={}))
    result |= {k: written[k] for k in ("share_first", "share_final", "inputs_hash", "rule_hash", "code_version")}
    if not brief:
        titles = {p.id: p.title or p.id for p in contest.proposals}
        result["explanations"] = {
            name: {
                **written["outcome"][name],
                **{x: sentence(titles[name], e, titles, x, tried=prices.get(name, False)) for x in ("id", "en")},
            }
            for name, e in decision.outcome.items()
        }
        result |= {k: written[k] for k in ("status", "rounds", "certificates", "compare")}
    return result


def told(contest: Contest, decision: Decision, language: str, prices: Mapping[str, Holding | None]) -> str:
    """The result in words, one line a proposal."""
    by_id = {p.id: p for p in contest.proposals}
    titles = {p.id: p.title or p.id for p in contest.proposals}
    ways = STATUS[language] | ({FILL: MOST_VOTES[language]} if contest.rule.method == GREEDY else {})
    lines = [
        f"{k:>3}. {rupiah(by_id[x].cost):>20}  {titles[x]} [{ways[decision.status[x]]}]"
        for k, x in enumerate(decision.funded, 1)
    ]
    lines += [
        "",
        *(
            f"  - {sentence(titles[x], e, titles, language, tried=prices.get(x, False))}"
            for x, e in decision.outcome.items()
        ),
    ]
    left = {"id": "Sisa dana", "en": "Left over"}[language]
    return "\n".join([*lines, "", f"{left}: {rupiah(decision.left_over)}", ""])
