"""The two rules beside Equal Shares: most votes first, and sequential Phragmén."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from .hall import Payer, common_denominator
from .rounds import Purchase, Run
from .steps import Outcome, Replay


def most_votes(replay: Replay) -> Outcome:
    """Only the filling, on nothing; by points where the utility or the filling is. Nobody has a share."""
    hall = replay.hall
    votes = hall.points if replay.by_points else hall.supporters
    return replay.filled(Outcome(Run(), Fraction(0), 0), votes)


def phragmen(replay: Replay) -> Outcome:
    """Everybody earns at the same rate; what its supporters can pay first is bought and their money is gone.

    With `born[i]` the moment since which i has saved, a proposal can be paid at (cost + Σ w·e·born) / Σ w·e, or now
    when that is past: it had waited for another, and its supporters keep the same each. The share is the moment of the
    last purchase: what one endowment has earned by then.
    """
    saving = _Saving(replay)
    run, now = Run(), Fraction(0)
    while True:
        moments = {
            one: max(now, saving.moment(one))
            for one, rate in saving.rates.items()
            if rate
            and one not in run.bought
            and not replay.waits(one, run.bought)
            and not replay.barred(one, run.bought)
        }
        if not moments:
            break
        soonest = min(moments.values())
        equals = [one for one, moment in moments.items() if moment == soonest]
        if any(run.cost + replay.cost(one) > replay.hall.ceiling for one in equals):
            break
        now = soonest
        winner, said = replay.order.better(equals)
        rest = {one: moment for one, moment in moments.items() if one != winner}
        following = [one for one, moment in rest.items() if moment == min(rest.values())]
        level = saving.level(winner)
        pays = saving.spend(winner, level)
        run.bought.append(winner)
        run.cost += replay.cost(winner)
        run.purchases.append(
            Purchase(
                winner,
                now,
                pays,
                tuple(place for place, _ in pays) if level == now else (),
                tuple(sorted((one for one in equals if one != winner), key=replay.order.sort_key)),
                said,
                replay.order.better(following)[0] if following else None,
            )
        )
    outcome = Outcome(run, now, 0)
    return replay.filled(outcome) if replay.hall.total_endow else outcome


class _Saving:
    """Who has saved since when, and what that leaves each proposal to wait for. Rates are whole numbers of a unit."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.payers: list[Payer] = replay.hall.payers
        self.unit = common_denominator(payer.endow for payer in self.payers)
        self.rate = [payer.weight * int(payer.endow * self.unit) for payer in self.payers]
        self.moments = [Fraction(0)]
        self.born = [0] * len(self.payers)  # each saves since moments[born]
        self.backers: dict[str, set[int]] = {one: set() for one in replay.hall.candidates}
        for place, payer in enumerate(self.payers):
            for one in payer.points:
                if one in self.backers:
                    self.backers[one].add(place)
        self.rates = {one: sum(self.rate[p] for p in places) for one, places in self.backers.items()}
        self.late = dict.fromkeys(self.backers, Fraction(0))  # Σ rate · born of each proposal's supporters

    def moment(self, one: str) -> Fraction:
        return (self.replay.cost(one) * self.unit + self.late[one]) / self.rates[one]

    def since(self, places: Iterable[int]) -> dict[int, int]:
        """The rates of these payers together, by what they save since."""
        found: dict[int, int] = {}
        for place in places:
            found[self.born[place]] = found.get(self.born[place], 0) + self.rate[place]
        return found

    def level(self, one: str) -> Fraction:
        """Up to which moment its supporters have paid when it is bought: whoever saved since before then pays."""
        due, rate = Fraction(self.replay.cost(one) * self.unit), 0
        for born, some in sorted(self.since(self.backers[one]).items(), key=lambda x: self.moments[x[0]]):
            if rate and self.moments[born] >= due / rate:
                break
            due += some * self.moments[born]
            rate += some
        return due / rate

    def spend(self, winner: str, now: Fraction) -> tuple[tuple[int, Fraction], ...]:
        """The supporters of `winner` have paid up to the moment `now`: what a resident of each pays, if anything."""
        gone = {place for place in self.backers[winner] if self.moments[self.born[place]] < now}
        for one, places in self.backers.items():
            shared = self.since(gone & places)
            self.late[one] += sum(((now - self.moments[born]) * rate for born, rate in shared.items()), Fraction(0))
        saved = [(place, (now - self.moments[self.born[place]]) * self.payers[place].endow) for place in sorted(gone)]
        self.moments.append(now)
        for place in gone:
            self.born[place] = len(self.moments) - 1
        return tuple((place, paid) for place, paid in saved if paid)
