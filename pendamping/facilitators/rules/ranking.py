"""The ranking of a round: totals, ties, outcomes, and the file from which anyone recomputes them.

Nothing here needs Django, a database or a key: values in, values out. Scores are decimals of 100 with three places.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

FORMAT = "pendamping-ranking/1"
FORMULA = "total = (exam × weight of exam + interview × weight of interview) ÷ 100, three decimals, half rounded up"
LOTTERY_RULE = 'sha256(lottery_seed + ":" + pseudonym) in hexadecimal, the smaller first'
CHOSEN, RESERVE, FAILED = "chosen", "reserve", "failed"
SCORED = ("exam", "interview")
LOTTERY = "lottery"  # always the last comparison
BY_PLACE = ("older", "younger", "earlier")  # published as a place among those tied, never as a date of birth
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Rules:
    """What was fixed before the first application: weights in percent, pass marks of 100, the order of comparisons."""

    weights: Mapping[str, int]
    pass_marks: Mapping[str, Decimal]
    tie_rule: Sequence[str]
    lottery_seed: str
    reserves: int  # per post


@dataclass(frozen=True)
class Candidate:
    """One applicant. `ties` holds, for each comparison in BY_PLACE, a number of which the smaller comes first."""

    pseudonym: str
    post: str
    files: bool
    exam: Decimal | None = None
    interview: Decimal | None = None
    ties: Mapping[str, float] = field(default_factory=dict)

    def score(self, stage: str) -> Decimal | None:
        return self.exam if stage == "exam" else self.interview


@dataclass(frozen=True)
class Place:
    """Where one applicant came out. `failed_at` names the first stage not passed; such a one has no rank."""

    candidate: Candidate
    failed_at: str = ""
    total: Decimal | None = None
    rank: int | None = None
    outcome: str = FAILED
    ties: Mapping[str, int] = field(default_factory=dict)  # only where it was needed: place among those tied
    decided_by: str = ""  # what put this one behind an equal total before it


@dataclass(frozen=True)
class Cut:
    """Equal totals where the places end: who is tied, and what decided."""

    post: str
    between: str  # "chosen" or "reserve": the last outcome above the cut
    total: Decimal
    tied: tuple[str, ...]
    decided_by: str


def total_of(candidate: Candidate, rules: Rules) -> Decimal:
    """The weighted total of 100; a stage without weight does not count."""
    parts = [(candidate.score(stage) or Decimal(0)) * rules.weights[stage] for stage in SCORED]
    return (sum(parts, Decimal(0)) / 100).quantize(_THOUSANDTH, ROUND_HALF_UP)


def failed_at(candidate: Candidate, rules: Rules) -> str:
    """The first stage not passed, "" when all are. A stage without weight is not held."""
    if not candidate.files:
        return "files"
    for stage in SCORED:
        score = candidate.score(stage)
        if rules.weights[stage] and (score is None or score < rules.pass_marks[stage]):
            return stage
    return ""


def ticket(seed: str, pseudonym: str) -> str:
    """The number a pseudonym draws in the public lottery."""
    return hashlib.sha256(f"{seed}:{pseudonym}".encode()).hexdigest()


def rank(candidates: Sequence[Candidate], rules: Rules, places: Mapping[str, int]) -> list[Place]:
    """Everybody, post by post (`places` holds their number in their order), the ranked first, then who did not pass."""
    found: list[Place] = []
    for post, number in places.items():
        inside = [one for one in candidates if one.post == post]
        passed = [one for one in inside if not failed_at(one, rules)]
        found += _ranked(passed, rules, number)
        rest = [Place(one, failed_at(one, rules)) for one in inside if failed_at(one, rules)]
        found += sorted(rest, key=lambda place: place.candidate.pseudonym)
    return found


def _ranked(passed: Sequence[Candidate], rules: Rules, number: int) -> list[Place]:
    ordered = _settle(passed, [_total(rules), *_comparisons(rules)], {})
    made: list[Place] = []
    for at, (candidate, ties, decided_by) in enumerate(ordered):
        outcome = CHOSEN if at < number else RESERVE if at < number + rules.reserves else FAILED
        made.append(Place(candidate, "", total_of(candidate, rules), at + 1, outcome, ties, decided_by))
    return made


Comparison = tuple[str, Callable[[Candidate], Any]]
Settled = tuple[Candidate, Mapping[str, int], str]


def _total(rules: Rules) -> Comparison:
    return "total", lambda one: -total_of(one, rules)


def _comparisons(rules: Rules) -> list[Comparison]:
    def of(name: str) -> Comparison:
        if name in SCORED:
            return name, lambda one: -(one.score(name) or Decimal(0))
        return name, lambda one: _place(one, name)

    named = [of(name) for name in rules.tie_rule if name != LOTTERY]
    return [*named, (LOTTERY, lambda one: ticket(rules.lottery_seed, one.pseudonym))]


def _place(one: Candidate, name: str) -> float:
    if name not in one.ties:
        raise ValueError(f"{one.pseudonym} is tied, but its place by {name!r} is not given")
    return one.ties[name]


def _settle(tied: Sequence[Candidate], comparisons: Sequence[Comparison], ties: Mapping[str, int]) -> list[Settled]:
    """Order those still equal by the next comparison, and only the equal ones by the one after it."""
    if len(tied) == 1 or not comparisons:
        return [(one, ties, "") for one in tied]
    (name, key), *rest = comparisons
    values = {one.pseudonym: key(one) for one in tied}
    made: list[Settled] = []
    for place, value in enumerate(sorted(set(values.values())), start=1):
        group = [one for one in tied if values[one.pseudonym] == value]
        known = {**ties, name: place} if name in BY_PLACE else ties
        settled = _settle(group, rest, known)
        if place > 1 and name != "total":
            settled[0] = (*settled[0][:2], name)
        made += settled
    return made


def cuts(ranked: Sequence[Place], rules: Rules, places: Mapping[str, int]) -> list[Cut]:
    """Where equal totals straddle the last place or the last reserve."""
    found = []
    for post, number in places.items():
        inside = [one for one in ranked if one.candidate.post == post and one.rank]
        for name, end in ((CHOSEN, number), (RESERVE, number + rules.reserves)):
            if (
                not 0 < end < len(inside)
                or inside[end - 1].total != inside[end].total
                or (name == RESERVE and not rules.reserves)
            ):
                continue
            equal = tuple(one.candidate.pseudonym for one in inside if one.total == inside[end].total)
            found.append(Cut(post, name, inside[end].total or Decimal(0), equal, inside[end].decided_by))
    return found


def vacancies(ranked: Sequence[Place], places: Mapping[str, int]) -> dict[str, int]:
    """Places nobody passed for. The pass mark stays: they remain empty."""
    chosen = {post: sum(1 for one in ranked if one.candidate.post == post and one.outcome == CHOSEN) for post in places}
    return {post: number - chosen[post] for post, number in places.items() if number > chosen[post]}


def moves(before: Mapping[str, tuple[int | None, str]], after: Sequence[Place]) -> list[dict[str, Any]]:
    """Who stands elsewhere than before (pseudonym → rank, outcome), who is gone: in the order of the new ranking."""
    now = {one.candidate.pseudonym: (one.rank, one.outcome) for one in after}
    found = [
        {"pseudonym": name, "rank": [before[name][0], rank], "outcome": [before[name][1], outcome]}
        for name, (rank, outcome) in now.items()
        if name in before and before[name] != (rank, outcome)
    ]
    gone = [
        {"pseudonym": name, "rank": [rank, None], "outcome": [outcome, ""]}
        for name, (rank, outcome) in before.items() if name not in now
    ]  # fmt: skip
    return found + gone


def document(
    candidates: Sequence[Candidate], rules: Rules, posts: Mapping[str, tuple[str, int]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The file as it is published: `posts` maps a key to label and number, `about` names round and version."""
    numbers = {key: number for key, (_label, number) in posts.items()}
    ranked = rank(candidates, rules, numbers)
    made: dict[str, Any] = {
        "format": FORMAT, **about, "formula": FORMULA, "weights": dict(rules.weights),
        "pass_marks": {stage: str(mark) for stage, mark in rules.pass_marks.items()},
        "tie_rule": [*(name for name in rules.tie_rule if name != LOTTERY), LOTTERY],
        "lottery": LOTTERY_RULE, "lottery_seed": rules.lottery_seed, "reserves": rules.reserves,
        "posts": [{"post": key, "label": label, "number": number} for key, (label, number) in posts.items()],
        **_results(ranked, rules, numbers),
    }  # fmt: skip
    return {**made, "sha256": digest(made)}


def _results(ranked: Sequence[Place], rules: Rules, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "vacant": vacancies(ranked, numbers),
        "ties_at_the_cut": [
            {"post": cut.post, "between": cut.between, "total": str(cut.total), "tied": list(cut.tied),
             "decided_by": cut.decided_by}
            for cut in cuts(ranked, rules, numbers)
        ],
        "rows": [_row(one) for one in ranked],
    }  # fmt: skip


def _row(place: Place) -> dict[str, Any]:
    one = place.candidate
    return {
        "pseudonym": one.pseudonym, "post": one.post, "files": one.files, "exam": _text(one.exam),
        "interview": _text(one.interview), "eligible": not place.failed_at, "failed_at": place.failed_at,
        "total": _text(place.total), "rank": place.rank, "outcome": place.outcome, "ties": dict(place.ties),
        "decided_by": place.decided_by,
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value.quantize(_THOUSANDTH, ROUND_HALF_UP))


def digest(made: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of everything but the digest itself."""
    bare = {name: value for name, value in made.items() if name != "sha256"}
    said = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def written(made: Mapping[str, Any]) -> str:
    """The file's text, one member a line where that helps reading."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def first_difference(text: str) -> str:
    """Compute a published file anew and name the first thing that comes out otherwise; "" when all is the same."""
    try:
        made = json.loads(text)
        if not isinstance(made, dict) or made.get("format") != FORMAT:
            return f"this is no file of the format {FORMAT}"
        candidates, rules, numbers = _read(made)
        again = _results(rank(candidates, rules, numbers), rules, numbers)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation, RecursionError) as problem:
        return f"the file cannot be read: {type(problem).__name__} {problem}"
    found = _rows_differ(made["rows"], again["rows"])
    for name in ("vacant", "ties_at_the_cut"):
        if not found and made.get(name) != again[name]:
            found = f"{name}: the file says {made.get(name)}, computed {again[name]}"
    if not found and made.get("sha256") != digest(made):
        found = f"sha256: the file says {made.get('sha256')}, computed {digest(made)}"
    return found


def _rows_differ(said: Sequence[Mapping[str, Any]], again: Sequence[Mapping[str, Any]]) -> str:
    for number, (row, computed) in enumerate(zip(said, again, strict=False), start=1):
        for name, value in computed.items():
            if row.get(name) != value:
                return f"row {number} ({row.get('pseudonym')}), {name}: the file says {row.get(name)}, computed {value}"
    if len(said) != len(again):
        return f"rows: the file has {len(said)}, computed {len(again)}"
    return ""


def _read(made: Mapping[str, Any]) -> tuple[list[Candidate], Rules, dict[str, int]]:
    rules = Rules(
        weights={stage: int(made["weights"][stage]) for stage in SCORED},
        pass_marks={stage: _mark(made["pass_marks"][stage]) for stage in SCORED},
        tie_rule=list(made["tie_rule"]), lottery_seed=str(made["lottery_seed"]), reserves=int(made["reserves"]),
    )  # fmt: skip
    names = [str(row["pseudonym"]) for row in made["rows"]]
    if len(set(names)) != len(names):
        raise ValueError("a pseudonym stands there twice")
    candidates = [
        Candidate(
            str(row["pseudonym"]), str(row["post"]), row["files"] is True,
            None if row["exam"] is None else _mark(row["exam"]),
            None if row["interview"] is None else _mark(row["interview"]), dict(row["ties"]),
        )
        for row in made["rows"]
    ]  # fmt: skip
    return candidates, rules, {str(post["post"]): int(post["number"]) for post in made["posts"]}


def _mark(value: Any) -> Decimal:
    mark = Decimal(value)
    if not mark.is_finite() or not 0 <= mark <= 100:
        raise ValueError(f"{value} is no score of 100")
    return mark
