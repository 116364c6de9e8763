"""The two rules beside Equal Shares: most votes first, and sequential Phragmén."""

from __future__ import annotations

from fractions import Fraction

from .rounds import Run
from .steps import Outcome, Replay


def most_votes(replay: Replay) -> Outcome:
    """Only the filling, on nothing; by points where the utility is points."""
    hall = replay.hall
    votes = hall.points if replay.rule.utility in ("points", "points_cost") else hall.supporters
    return replay.filled(Outcome(Run(), hall.first, 0), votes)


def phragmen(replay: Replay) -> Outcome:
    """Everybody earns at the same rate; what its supporters can pay first is bought and their money is gone.

    With `born[i]` the moment since which i has saved, a proposal can be paid at (cost + Σ w·e·born) / Σ w·e.
    """
    hall = replay.hall
    born = [Fraction(0)] * len(hall.payers)
    backers: dict[str, list[int]] = {one: [] for one in hall.candidates}
    for place, payer in enumerate(hall.payers):
        for one in payer.points if payer.resident else ():
            if one in backers:
                backers[one].append(place)
    rates = {
        one: sum((hall.payers[p].weight * hall.payers[p].endow for p in places), Fraction(0))
        for one, places in backers.items()
    }
    saved: dict[str, Fraction] = {one: Fraction(0) for one in backers}
    run = Run()
    while True:
        moments = {
            one: (replay.cost(one) + saved[one]) / rates[one]
            for one in backers
            if one not in run.bought
            and rates[one]
            and not replay.waits(one, run.bought)
            and not replay.barred(one, run.bought)
        }
        if not moments:
            break
        now = min(moments.values())
        best = [one for one, moment in moments.items() if moment == now]
        if any(run.cost + replay.cost(one) > hall.ceiling for one in best):
            break
        winner = replay.order.better(best)[0]
        run.bought.append(winner)
        run.cost += replay.cost(winner)
        gone = set(backers[winner])
        for one in moments:
            since: dict[Fraction, Fraction] = {}
            for place in gone.intersection(backers[one]):
                held = since.get(born[place], Fraction(0))
                since[born[place]] = held + hall.payers[place].weight * hall.payers[place].endow
            saved[one] += sum(((now - then) * held for then, held in since.items()), Fraction(0))
        for place in gone:
            born[place] = now
    return replay.filled(Outcome(run, hall.first, 0))
