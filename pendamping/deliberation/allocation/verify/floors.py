"""Floors: the plain rule if it meets them, else the smallest support bonus that does, else the reserve."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..model import Limit
from .steps import MOST_TENTHS, Outcome, Replay

MOST_REACHED = 100_000  # different sums of a floor's proposals


def unmet(replay: Replay, outcome: Outcome) -> list[Limit]:
    """The floors that the outcome does not reach."""
    return [x for x in replay.limits if x.least is not None and replay.counted(x, outcome.funded) < x.least]


@dataclass(frozen=True)
class Claim:
    """What a decision says of one pot, as a hint where to look: the final share, the bonus in tenths, a reserve."""

    share: Fraction
    tenths: int
    reserved: bool


def decide_pot(replay: Replay, claim: Claim | None = None) -> Outcome:
    """The outcome of the whole rule for one pot under Equal Shares."""
    hint = claim or Claim(Fraction(0), 10, reserved=False)
    plain = replay.complete(replay.market({}), claim=hint.share if claim and hint.tenths == 10 else None)
    missing = unmet(replay, plain)
    if not missing:
        return plain
    enough = all(in_reach(replay, x) for x in missing)
    tagged = [one for one in replay.hall.candidates if any(x in missing for x in replay.held[one])]
    tries = range(11, MOST_TENTHS + 1) if enough else range(0)
    if claim and replay.quick and enough:
        tries = (
            range(MOST_TENTHS, MOST_TENTHS + 1) if hint.reserved else range(max(11, hint.tenths - 1), MOST_TENTHS + 1)
        )
    for tenths in tries:
        market = replay.market(dict.fromkeys(tagged, tenths))
        outcome = replay.complete(market, claim=hint.share if tenths == hint.tenths else None)
        outcome.bonus, outcome.boosted = tenths, frozenset(tagged)
        if not unmet(replay, outcome):
            return outcome
    reserved = reserve(replay, missing)
    outcome = replay.complete(replay.market({}), reserved, claim=hint.share if hint.reserved else None)
    outcome.floored = reserved
    return outcome


def in_reach(replay: Replay, floor: Limit) -> bool:
    """Could the proposals of `floor` add up to it, with what the ceiling and each cap leave them?"""
    mine = [c for c in replay.hall.candidates if floor in replay.held[c] and not replay.barred(c, ())]
    rooms = [replay.hall.ceiling]
    for cap in replay.limits:
        if cap.most is not None:
            capped = replay.counted(cap, mine)
            rooms.append(min(cap.most, capped) + sum(map(replay.cost, mine)) - capped)
    reached = {0}
    for one in mine:
        reached.update([x + replay.cost(one) for x in reached if x + replay.cost(one) <= min(rooms)])
        if len(reached) > MOST_REACHED:
            return True
    return any(x >= (floor.least or 0) for x in reached)


def reserve(replay: Replay, missing: list[Limit]) -> list[str]:
    """What is bought for the floors: as a plain run at the first share over them alone buys, then by supporters."""
    hall = replay.hall
    chosen: list[str] = []
    for limit in missing:
        rest = [one for one in hall.candidates if limit in replay.held[one] and one not in chosen]
        alone = replay.run(replay.market({}), hall.first, among=rest, beside=chosen).bought
        rest = sorted(
            (c for c in rest if c not in alone), key=lambda c: (-hall.supporters[c], replay.order.sort_key(c))
        )
        for one in [*alone, *rest]:
            if replay.counted(limit, chosen) >= (limit.least or 0):
                break
            fits = sum(map(replay.cost, chosen)) + replay.cost(one) <= hall.ceiling
            if one not in chosen and fits and not replay.waits(one, chosen) and not replay.barred(one, chosen):
                chosen.append(one)
    return chosen
