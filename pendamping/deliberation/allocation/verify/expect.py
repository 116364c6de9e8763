"""What the rule gives for a contest, all of it: the decision that a right one must equal."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction

from ..decision import Certificates, Comparison, Decision, Explanation, PotDecision, Round
from ..model import CODE_VERSION, Contest, Rule
from .figures import explain, shortfall
from .floors import Claim, decide_pot, unmet
from .hall import open_hall, rows_of
from .other_rules import most_votes, phragmen
from .steps import Outcome, Replay

PERMILLE_OF_TENTH = 100


@dataclass(frozen=True)
class Settled:
    """One pot replayed."""

    replay: Replay
    outcome: Outcome


def settle(contest: Contest, claims: Sequence[Claim | None], *, quick: bool) -> list[Settled]:
    """All pots in their order."""
    found: list[Settled] = []
    before: list[str] = []
    carried = 0
    for at, pot in enumerate(contest.pots):
        hall = open_hall(contest, pot, pot.ceiling + carried, before)
        replay = Replay(contest, hall, before, quick=quick)
        method = contest.rule.method
        if method == "mes":
            outcome = decide_pot(replay, claims[at] if at < len(claims) else None)
        else:
            outcome = most_votes(replay) if method == "greedy_votes" else phragmen(replay)
        before = [*before, *outcome.funded]
        carried = left_over(replay, outcome) if contest.rule.pots_upwards else 0
        found.append(Settled(replay, outcome))
    return found


def left_over(replay: Replay, outcome: Outcome) -> int:
    return replay.hall.ceiling - sum(map(replay.cost, outcome.funded))


def expected(contest: Contest, claims: Sequence[Claim | None], *, quick: bool) -> tuple[Decision, list[Settled]]:
    """The whole decision, and the replay it comes from."""
    settled = settle(contest, claims, quick=quick)
    rounds: list[Round] = []
    payments: dict[str, tuple[tuple[int, Fraction], ...]] = {}
    status = {p.id: "not" for p in contest.proposals}
    outcome: dict[str, Explanation] = {}
    for one in settled:
        _write_rounds(one, rounds, payments)
        status |= dict.fromkeys(one.outcome.run.bought, "share") | dict.fromkeys(one.outcome.floored, "floor")
        status |= dict.fromkeys(one.outcome.filled, "fill")
    for one in settled:
        for loser in one.replay.hall.proposals:
            if status[loser] == "not":
                outcome[loser] = explain(one.replay, one.outcome, loser)
    for p in contest.proposals:
        if status[p.id] == "not" and p.id not in outcome:
            outcome[p.id] = Explanation("not", "no_pot", 0, p.cost, 0, 0)
    parts = [_part(one) for one in settled]
    last = parts[-1] if parts else None
    greedy = contest.rule.method == "greedy_votes"
    return (
        Decision(
            tuple(name for part in parts for name in part.funded),
            status,
            (last.left_over if contest.rule.pots_upwards else sum(p.left_over for p in parts)) if last else 0,
            last.share_first if last else Fraction(0),
            last.share_final if last else Fraction(0),
            tuple(rounds),
            payments,
            outcome,
            _together([part.certificates for part in parts if part.certificates]),
            None if greedy else _beside(contest, settled),
            sum(1 for r in rounds if r.tie),
            inputs_hash(contest),
            rule_hash(contest.rule),
            CODE_VERSION,
            tuple(parts) if len(parts) > 1 else (),
            max((p.bonus_permille for p in parts), default=1000),
            tuple(f"{x.pot}:{x.selector_kind}:{x.selector}" for one in settled for x in unmet(one.replay, one.outcome)),
        ),
        settled,
    )


def _write_rounds(one: Settled, rounds: list[Round], payments: dict[str, tuple[tuple[int, Fraction], ...]]) -> None:
    payers = one.replay.hall.payers
    for bought in one.outcome.run.purchases:
        paying = [(place, paid) for place, paid in bought.pays if paid]
        alike: dict[Fraction, int] = {}
        for place, paid in paying:
            alike[paid] = alike.get(paid, 0) + payers[place].weight
        rounds.append(
            Round(
                len(rounds) + 1,
                bought.proposal,
                bought.price * (10 if one.outcome.bonus > 10 else 1),
                sum(payers[place].weight for place, _ in paying if payers[place].resident),
                sum(payers[place].weight for place in bought.poor if payers[place].resident),
                sum((paid * many for paid, many in alike.items()), Fraction(0)),
                bought.runner_up,
                bought.equals,
                bought.settled_by,
            )
        )
        payments[bought.proposal] = tuple(
            sorted((row, paid) for place, paid in paying for row in payers[place].members)
        )


def _part(one: Settled) -> PotDecision:
    hall, outcome = one.replay.hall, one.outcome
    return PotDecision(
        hall.pot.id,
        hall.ceiling,
        hall.residents,
        tuple(outcome.funded),
        left_over(one.replay, outcome),
        hall.first,
        outcome.share,
        outcome.bonus * PERMILLE_OF_TENTH,
        _certificates(one),
    )


def _certificates(one: Settled) -> Certificates:
    replay, outcome = one.replay, one.outcome
    funded, hall = outcome.funded, replay.hall
    fair = shortfall(replay, funded)
    room = left_over(replay, outcome)
    rest = [c for c in hall.candidates if c not in funded]
    free = [c for c in rest if not replay.waits(c, funded) and not replay.barred(c, funded)]
    return Certificates(
        room >= 0,
        replay.rule.method == "mes" and priced(one),
        fair.factor,
        fair.proposal,
        fair.size,
        fair.permille,
        all(replay.cost(c) > room for c in free),
        not unmet(replay, outcome)
        and all(x.most is None or replay.counted(x, funded) <= x.most for x in replay.limits)
        and not any(other in funded or other in replay.before for c in funded for other in replay.bars[c]),
    )


def priced(one: Settled) -> bool:
    """Paid in full by supporters, and nobody's free proposal could still be paid by who supports it."""
    replay, outcome = one.replay, one.outcome
    run, hall = outcome.run, replay.hall
    for bought in run.purchases:
        total = sum((paid * hall.payers[place].weight for place, paid in bought.pays), Fraction(0))
        if total != replay.cost(bought.proposal) and bought.proposal not in outcome.floored:
            return False
    for c in hall.candidates:
        if c in outcome.funded or replay.waits(c, run.bought) or replay.barred(c, run.bought):
            continue
        held = sum(p.weight * run.purses.money[place] for place, p in enumerate(hall.payers) if c in p.points)
        if held >= replay.cost(c) * run.purses.whole:
            return False
    return True


def _together(every: list[Certificates]) -> Certificates:
    if not every:
        return Certificates(True, True, Fraction(0), None, 0, 0, True, True)
    worst = every[0]
    for one in every:
        worst = one if one.ejr_factor > worst.ejr_factor else worst
    return replace(
        worst,
        total_within=all(c.total_within for c in every),
        price_system=all(c.price_system for c in every),
        exhaustive=all(c.exhaustive for c in every),
        limits_kept=all(c.limits_kept for c in every),
    )


def _beside(contest: Contest, ours: list[Settled]) -> Comparison:
    greedy = settle(replace(contest, rule=replace(contest.rule, method="greedy_votes")), (), quick=True)
    ids = [p.id for p in contest.proposals]
    sets = [[c for one in pots for c in one.outcome.funded] for pots in (ours, greedy)]
    something = []
    for chosen in sets:
        funded = set(chosen)
        something.append(
            sum(n for n, _, _, paper in rows_of(contest) if any(x > 0 and ids[at] in funded for at, x in paper))
        )
    cost = {p.id: p.cost for p in contest.proposals}
    factors = [
        max((shortfall(one.replay, one.outcome.funded).factor for one in pots), default=Fraction(0))
        for pots in (ours, greedy)
    ]
    return Comparison(
        tuple(sets[1]),
        (something[0], something[1]),
        (sum(cost[c] for c in sets[0]), sum(cost[c] for c in sets[1])),
        (factors[0], factors[1]),
    )


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def rule_hash(rule: Rule) -> str:
    """SHA-256 of the rule, as README.md describes it."""
    return hashlib.sha256(_canonical(_plain(asdict(rule)))).hexdigest()


def inputs_hash(contest: Contest) -> str:
    """SHA-256 of what was decided about, different ballots in the order of their first appearance."""
    head = {name: [_plain(asdict(x)) for x in getattr(contest, name)] for name in ("proposals", "pots", "limits")}
    rows = rows_of(contest)
    offsets = [0]
    for *_, paper in rows:
        offsets.append(offsets[-1] + len(paper))
    tail = [
        None if contest.ballots.endow is None else [f"{e.numerator}/{e.denominator}" for _, e, _, _ in rows],
        None if contest.ballots.area is None else [area for _, _, area, _ in rows],
    ]
    digest = hashlib.sha256(_canonical(head) + b"\n")
    digest.update(struct.pack(f"<{len(offsets)}q", *offsets))
    for numbers in (
        [at for *_, paper in rows for at, _ in paper],
        [x for *_, paper in rows for _, x in paper],
        [n for n, *_ in rows],
    ):
        digest.update(struct.pack(f"<{len(numbers)}i", *numbers))
    digest.update(b"\n" + _canonical(tail))
    return digest.hexdigest()
